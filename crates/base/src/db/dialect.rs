//! Everything that SQLite and PostgreSQL do not do alike. Nothing outside this file asks which of
//! the two it talks to.

pub(super) mod catalogue;

use std::path::Path;
use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, SimpleExpr};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr};

pub use catalogue::{defer_references, demand_references};

/// Bound parameters that one statement may have on both databases; longer lists are sent in parts.
pub const MAX_PARAMETERS: usize = 30_000;

/// Memory for pages of an SQLite connection that reads, KiB.
pub(super) const READER_CACHE_KIB: u32 = 8_000;
/// Memory for pages of the one that writes: rows come in the order of their own keys, so that indexes are
/// written all over. Taken only as far as a work needs it.
pub(super) const WRITER_CACHE_KIB: u32 = 48_000;
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
            Err(error) if is_busy(&error) => tokio::time::sleep(PAUSE).await,
            outcome => return outcome,
        }
    }
    Database::connect(options()).await
}

/// Whether another process holds the file just now (`SQLITE_BUSY` and its variants).
fn is_busy(error: &DbErr) -> bool {
    const SQLITE_BUSY: i32 = 5;
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    let code = error.as_database_error().and_then(|e| e.code()).and_then(|c| c.parse::<i32>().ok());
    code.is_some_and(|code| code & 0xff == SQLITE_BUSY)
}

/// Lets one process migrate at a time. SQLite's `IMMEDIATE` transaction does that by itself.
pub(super) async fn lock_migrations(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7265786)").await?;
    }
    Ok(())
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
