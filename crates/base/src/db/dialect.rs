//! Everything that SQLite and PostgreSQL do not do alike. Nothing outside this file asks which of
//! the two it talks to.

pub(super) mod catalogue;
mod trouble;

use std::path::Path;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, SimpleExpr, TableCreateStatement};
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};

pub use catalogue::{defer_references, demand_references};
pub use trouble::{Trouble, is_unstorable, trouble};

/// Bound parameters that one statement may have on both databases; longer lists are sent in parts.
pub const MAX_PARAMETERS: usize = 30_000;

/// Memory for pages of an SQLite connection that reads, KiB.
pub(super) const READER_CACHE_KIB: u32 = 8_000;
/// Memory for pages of the one that writes. Taken only as far as a work needs it.
pub(super) const WRITER_CACHE_KIB: u32 = 24_000;
/// Pages of the write-ahead log after which it is folded into the file. A page of an index that is written
/// again and again is so folded once for many batches.
const FOLDED_AFTER_PAGES: u32 = 4_000;

/// Options of an SQLite connection pool on `file`: write-ahead log, synced at every commit, patient
/// with other processes.
fn sqlite_options(file: &Path, connections: u32, cache_kib: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(60))
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .sqlx_logging(false)
        // A full disk ends a transaction of SQLite by itself, and the driver still believes to be in it:
        // such a connection is replaced.
        .map_sqlx_sqlite_before_acquire(|connection, _| {
            let sound = !connection.is_in_transaction();
            Box::pin(async move { Ok(sound) })
        })
        .map_sqlx_sqlite_opts(move |options| {
            options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(30))
                .statement_cache_capacity(128)
                .pragma("temp_store", "memory")
                .pragma("cache_size", format!("-{cache_kib}"))
                .pragma("wal_autocheckpoint", FOLDED_AFTER_PAGES.to_string())
                .pragma("journal_size_limit", "67108864")
        });
    options
}

/// Options of a connection pool on PostgreSQL. Unless the address has `options` of its own: nobody waits
/// longer for another's lock than SQLite's writers do, and the locks of a server that is cut off or stands
/// still are given back.
pub(super) fn postgres_options(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(16).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
    options.map_sqlx_postgres_opts(|options| {
        if options.get_options().is_some() {
            return options;
        }
        options.options([
            ("lock_timeout", "30s"),
            ("idle_in_transaction_session_timeout", "10min"),
            ("tcp_keepalives_idle", "30"),
            ("tcp_keepalives_interval", "10"),
            ("tcp_keepalives_count", "3"),
        ])
    });
    options
}

/// Lets a transaction of bulk work wait and pause for as long as it must.
pub(super) async fn take_time(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(
            "SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
        )
        .await?;
    }
    Ok(())
}

/// Opens a pool on an SQLite file. Switching a new file to the write-ahead log takes the whole file for
/// itself and does not heed the busy timeout: whoever starts at the same moment tries again.
pub(super) async fn open_sqlite(
    file: &Path,
    connections: u32,
    cache_kib: u32,
) -> Result<DatabaseConnection, DbErr> {
    const PAUSE: Duration = Duration::from_millis(50);
    const ATTEMPTS: u32 = 600;
    let options = || sqlite_options(file, connections, cache_kib);
    for _ in 1..ATTEMPTS {
        match Database::connect(options()).await {
            Err(error) if trouble(&error) == Some(Trouble::Busy) => tokio::time::sleep(PAUSE).await,
            outcome => return outcome,
        }
    }
    Database::connect(options()).await
}

/// Lets one process migrate at a time. SQLite's `IMMEDIATE` transaction does that by itself.
pub(super) async fn lock_migrations(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7265786)").await?;
    }
    Ok(())
}

/// Whether a database answers, and takes writes: PostgreSQL may be a standby that only reads.
pub(super) async fn takes_writes(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT current_setting('transaction_read_only') = 'off' AS takes_writes",
        _ => "SELECT TRUE AS takes_writes",
    };
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.map_or(Ok(false), |row| row.try_get("", "takes_writes"))
}

/// Tells the planner how large tables have become. PostgreSQL finds out by itself, but a minute late: until then it takes a
/// table that is being filled for empty, and reads all of it where an index leads to a row.
pub(super) async fn analyze(db: &impl ConnectionTrait, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        db.execute_unprepared(&format!("ANALYZE \"{table}\"")).await?;
    }
    Ok(())
}

/// Lets a table be kept in the order of its primary key, without a second tree for it, where the database can.
pub fn keep_by_key(backend: DbBackend, table: &mut TableCreateStatement) {
    if backend == DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
}

/// How a statement names its parameter of that place, from 1.
pub(super) fn parameter(backend: DbBackend, place: usize) -> String {
    if backend == DbBackend::Postgres { format!("${place}") } else { "?".to_owned() }
}

/// `column` begins with `part`; `%` and `_` in `part` stand for themselves.
pub fn begins(column: impl IntoColumnRef, part: &str) -> SimpleExpr {
    Expr::col(column).like(LikeExpr::new(format!("{}%", escaped(part))).escape('\\'))
}

/// `column` contains `part`, upper and lower case alike; `%` and `_` in `part` stand for themselves.
pub fn contains(column: impl IntoColumnRef, part: &str) -> SimpleExpr {
    let pattern = LikeExpr::new(format!("%{}%", escaped(&part.to_lowercase()))).escape('\\');
    Expr::expr(Func::lower(Expr::col(column))).like(pattern)
}

fn escaped(part: &str) -> String {
    part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
