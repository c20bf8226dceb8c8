//! One database layer over SQLite and PostgreSQL.
//!
//! Reads go through a pool; writes through [`Db::begin`]. On SQLite there is one writing
//! connection per process, its transactions are `IMMEDIATE` (so a transaction never fails half-way
//! because another process wrote meanwhile) and synced to disk when they commit; many small writes
//! share one commit ([`Db::write_grouped`], [`Db::write_batched`]). On PostgreSQL
//! both are the same pool. What must differ between the two stands in this module, SQL and settings in [`dialect`].

pub mod bulk;
pub mod copy;
pub mod dialect;
mod group;
pub mod references;
pub mod schema;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures::future::BoxFuture;
use sea_orm::{
    AccessMode, Database, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::errors::{Code, Error, Result};

pub use group::Batch;

/// Name of the SQLite database in its folder.
const FILE: &str = "kexun.sqlite";

/// A writing transaction. Dropped without [`DatabaseTransaction::commit`], it rolls back.
pub type Tx = DatabaseTransaction;

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder with an SQLite database in it.
    Folder(PathBuf),
    /// A PostgreSQL database: `postgres://user:password@host/name`.
    Postgres(String),
}

/// The database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    group: Arc<group::Group>,
}

impl Db {
    /// Opens the database, makes it where there is none, and brings its tables up to date in one
    /// transaction: two programs that start at once, or one that dies meanwhile, do no harm.
    ///
    /// # Errors
    /// When the folder cannot be written, the server does not answer, or a migration fails.
    pub async fn open<M: MigratorTrait>(target: &Target) -> Result<Db> {
        let db = Self::connect(target).await?;
        let tx = db.begin_migrating().await?;
        M::up(&tx, None).await?;
        tx.commit().await?;
        Ok(db)
    }

    /// Opens the database, makes it where there is none, and leaves its tables as they are: for who
    /// migrates by himself.
    ///
    /// # Errors
    /// When the folder cannot be written or the server does not answer.
    pub async fn connect(target: &Target) -> Result<Db> {
        match target {
            Target::Folder(folder) => Self::open_sqlite(folder).await,
            Target::Postgres(url) => Self::open_postgres(url).await,
        }
    }

    /// Whether a folder has a database in it.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    /// Begins a writing transaction in which tables may be changed: one process at a time.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin_migrating(&self) -> Result<Tx> {
        let tx = self.begin().await?;
        dialect::take_time(&tx).await?;
        dialect::lock_migrations(&tx).await?;
        Ok(tx)
    }

    async fn open_sqlite(folder: &PathBuf) -> Result<Db> {
        // Nobody else on the machine reads in a folder that is made here; one that is there stays as it is.
        let mut own = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut own, 0o700);
        own.recursive(true).create(folder)?;
        let file = folder.join(FILE);
        let writer = dialect::open_sqlite(&file, 1, dialect::WRITER_CACHE_KIB).await?;
        let reader = dialect::open_sqlite(&file, 8, dialect::READER_CACHE_KIB).await?;
        Ok(Db { reader, writer, group: Arc::default() })
    }

    async fn open_postgres(url: &str) -> Result<Db> {
        let pool = Database::connect(dialect::postgres_options(url)).await?;
        Ok(Db { reader: pool.clone(), writer: pool, group: Arc::default() })
    }

    /// For reading. Never write through it.
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// A reading transaction: all its queries see one and the same state.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self) -> Result<Tx> {
        let options = match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(sea_orm::IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            },
            _ => TransactionOptions::default(),
        };
        let tx = self.reader.begin_with_options(options).await?;
        dialect::take_time(&tx).await?;
        Ok(tx)
    }

    /// Begins a writing transaction. Keep it short: on SQLite nobody else writes meanwhile.
    ///
    /// # Errors
    /// When the database does not answer, or another process keeps writing for 30 seconds.
    pub async fn begin(&self) -> Result<Tx> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.backend() == DbBackend::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// Tells the database how large tables have become, before they are asked much.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn tell_sizes(&self, tables: &[&str]) -> Result<()> {
        if self.backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let tx = self.begin().await?;
        dialect::analyze(&tx, tables).await?;
        Ok(tx.commit().await?)
    }

    /// Does a small write, durable when this returns. Where there is one writer (SQLite) all who
    /// come at the same time share a transaction and its sync to disk; elsewhere each has his own.
    /// A write that fails takes back only itself.
    ///
    /// # Errors
    /// Those of the write; when the database does not answer, in which case nothing was written.
    pub async fn write_grouped<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        if self.backend() == DbBackend::Sqlite {
            return self.group.write(self, work).await;
        }
        let tx = self.begin().await?;
        let done = work(&tx).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Does a small write of a kind in one batch with all others of the kind that come at the same time:
    /// a few statements and one sync to disk for all, durable when this returns.
    ///
    /// # Errors
    /// Those of the write; when the database does not answer, in which case nothing was acknowledged.
    pub async fn write_batched<B: Batch>(&self, one: B) -> Result<B::Done> {
        // Where writers do not exclude each other, one batch is put together while another is synced.
        let leaders = if self.backend() == DbBackend::Sqlite { 1 } else { 2 };
        self.group.write_batched(self, leaders, one).await
    }

    /// Which of the two databases this is.
    pub fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    /// Whether the database answers and takes writes.
    ///
    /// # Errors
    /// `unavailable` when it does not.
    pub async fn ping(&self) -> Result<()> {
        if dialect::takes_writes(&self.reader).await? {
            return Ok(());
        }
        Err(Error::new(Code::Unavailable, dialect::Trouble::ReadOnly.detail()))
    }

    /// Closes all connections; on SQLite folds the write-ahead log into the file.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(&self) -> Result<()> {
        self.reader.close_by_ref().await?;
        Ok(self.writer.close_by_ref().await?)
    }
}
