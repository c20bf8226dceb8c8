//! The least: axum, JSON, SeaORM, one durable insert a request, and nothing else. Nobody is asked who he is, nothing
//! is checked. What Kexun does beyond it is what its ratio to this tells.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, put};
use axum::{Json, Router};
use clap::{Parser, Subcommand};
use kexun_base::db::{Db, Target, Tx};
use kexun_base::ids::Uuid;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use crate::rush::Outcome;

/// The command line: as that of `kexun serve`, so that the same load starts both.
#[derive(Debug, Parser)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves.
    Serve {
        /// Data folder.
        #[arg(long)]
        data: PathBuf,
        /// PostgreSQL database; SQLite in the folder if not said.
        #[arg(long)]
        database_url: Option<String>,
        /// Address.
        #[arg(long)]
        listen: SocketAddr,
        /// On SQLite: a commit for each insert, instead of one for all that wait.
        #[arg(long, env = "SKELETON_SINGLE")]
        single: bool,
    },
}

mod answer {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "skeleton_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub attempt_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub item: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub client_seq: i64,
        pub response: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "CREATE TABLE skeleton_answer (attempt_id UUID NOT NULL, item INTEGER NOT NULL, \
                     client_seq BIGINT NOT NULL, response TEXT NOT NULL, PRIMARY KEY (attempt_id, item, client_seq))";

/// Serves until it is killed.
///
/// # Errors
/// When the database does not open or the address is taken.
pub async fn run(cli: Cli) -> Outcome<()> {
    let Command::Serve { data, database_url, listen, single } = cli.command;
    let target = database_url.map_or(Target::Folder(data), Target::Postgres);
    let db = Db::connect(&target).await?;
    let tx = db.begin().await?;
    tx.execute_unprepared("DROP TABLE IF EXISTS skeleton_answer").await?;
    tx.execute_unprepared(TABLE).await?;
    tx.commit().await?;
    let grouped = (db.backend() == DbBackend::Sqlite && !single).then(|| {
        let (send, receive) = mpsc::unbounded_channel();
        tokio::spawn(write(db.clone(), receive));
        send
    });
    let state = Arc::new(Skeleton { db, grouped });
    let router = Router::new()
        .route("/readyz", get(|| async { "ready" }))
        .route("/api/v1/attempts/{id}/answers/{n}", put(save))
        .with_state(state);
    Ok(axum::serve(TcpListener::bind(listen).await?, router).await?)
}

type Waiting = (answer::ActiveModel, oneshot::Sender<()>);

struct Skeleton {
    db: Db,
    grouped: Option<mpsc::UnboundedSender<Waiting>>,
}

/// Writes what waits, together.
async fn write(db: Db, mut waiting: mpsc::UnboundedReceiver<Waiting>) {
    let mut group = Vec::new();
    while waiting.recv_many(&mut group, 128).await > 0 {
        let mut told = Vec::with_capacity(group.len());
        let written = async {
            let tx = db.begin().await?;
            for (row, tell) in group.drain(..) {
                insert(&tx, row).await?;
                told.push(tell);
            }
            Outcome::Ok(tx.commit().await?)
        };
        if written.await.is_ok() {
            for tell in told {
                // Who went away meanwhile needs no answer.
                tell.send(()).ok();
            }
        }
    }
}

async fn insert(tx: &Tx, row: answer::ActiveModel) -> Outcome<()> {
    answer::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

#[derive(Deserialize)]
struct Answer {
    response: Value,
    client_seq: i64,
}

async fn save(
    State(state): State<Arc<Skeleton>>,
    Path((id, n)): Path<(Uuid, i32)>,
    Json(answer): Json<Answer>,
) -> Result<Json<Value>, StatusCode> {
    let row = answer::ActiveModel {
        attempt_id: Set(id),
        item: Set(n),
        client_seq: Set(answer.client_seq),
        response: Set(answer.response.to_string()),
    };
    let done: Outcome<()> = match &state.grouped {
        Some(queue) => {
            let (tell, told) = oneshot::channel();
            queue.send((row, tell)).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
            told.await.map_err(|_| "not written".into())
        }
        None => alone(&state.db, row).await,
    };
    done.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Json(json!({ "n": n, "client_seq": answer.client_seq })))
}

async fn alone(db: &Db, row: answer::ActiveModel) -> Outcome<()> {
    if db.backend() == DbBackend::Postgres {
        answer::Entity::insert(row).exec_without_returning(db.read()).await?;
        return Ok(());
    }
    let tx = db.begin().await?;
    insert(&tx, row).await?;
    Ok(tx.commit().await?)
}
