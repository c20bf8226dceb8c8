//! A database of its own for every test, on both kinds.
//!
//! SQLite: a folder. PostgreSQL: a database in a private cluster that `scripts/with-postgres.sh`
//! starts once for a whole run (`KEXUN_TEST_PG` names it); a test program started by itself starts
//! one of its own, which goes when the program goes. Tables are made once per cluster, in a template
//! that each test's database is cloned from.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use kexun::wiring::Migrator;
use kexun_base::db::{Db, Target};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;

use crate::app::TestApp;

/// Names the tests that run on each database; a test that is not named is dead code and does not
/// pass the lints. Each becomes a module with the tests `sqlite` and `postgres`.
#[macro_export]
macro_rules! both_databases {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                $crate::databases::run($crate::Backend::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                $crate::databases::run($crate::Backend::Postgres, super::$name);
            }
        }
    )+};
}

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// A folder with an SQLite database.
    Sqlite,
    /// A database in the private PostgreSQL cluster.
    Postgres,
}

/// Runs one test with a fresh program on a fresh database. Where there are no PostgreSQL programs
/// at all the test says so and is passed over, but never under `CI`.
pub fn run<T, F>(backend: Backend, test: T)
where
    T: FnOnce(TestApp) -> F,
    F: Future<Output = ()>,
{
    if backend == Backend::Postgres && cluster().is_none() {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime starts").block_on(async { test(TestApp::start(backend).await).await });
}

/// A test's own database; removed when it is dropped.
pub struct Scratch {
    target: Target,
    folder: TempDir,
}

impl Scratch {
    /// An empty place on SQLite; on PostgreSQL a database that has its tables already.
    ///
    /// # Panics
    /// When the machine has no PostgreSQL server programs: [`run`] asks first.
    pub async fn new(backend: Backend) -> Self {
        let folder = folder();
        let target = match backend {
            Backend::Sqlite => Target::Folder(folder.path().to_owned()),
            Backend::Postgres => Target::Postgres(cloned(&fresh_name()).await),
        };
        Scratch { target, folder }
    }

    /// A place without any table, for tests of the migrations.
    ///
    /// # Panics
    /// As [`Scratch::new`].
    pub async fn empty(backend: Backend) -> Self {
        let folder = folder();
        let target = match backend {
            Backend::Sqlite => Target::Folder(folder.path().to_owned()),
            Backend::Postgres => Target::Postgres(created(&fresh_name()).await),
        };
        Scratch { target, folder }
    }

    /// Where it lies; another process can open it too.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// A folder for files, on PostgreSQL too.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let Target::Postgres(address) = &self.target else { return };
        let name = address.trim_start_matches("postgres://kexun@localhost/");
        let name = name.split('?').next().unwrap_or_default().to_owned();
        // A runtime may not be entered twice in one thread; a panic may be under way: own thread,
        // and what fails is left to the cluster's end.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(async {
                let server = server().await;
                server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.ok()
            })
        });
        dropping.join().ok();
    }
}

/// The folder of the cluster's socket; none where the programs are missing.
fn cluster() -> Option<&'static str> {
    static CLUSTER: OnceLock<Option<String>> = OnceLock::new();
    CLUSTER.get_or_init(|| std::env::var("KEXUN_TEST_PG").ok().or_else(start_cluster)).as_deref()
}

/// Starts a cluster that lives as long as the pipe to its keeper is open: as long as this process.
fn start_cluster() -> Option<String> {
    static KEEPER: Mutex<Option<Child>> = Mutex::new(None);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/with-postgres.sh");
    let started = Command::new(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut keeper = started.expect("scripts/with-postgres.sh runs");
    let mut folder = String::new();
    let output = keeper.stdout.take().expect("its output is piped");
    BufReader::new(output).read_line(&mut folder).expect("its output is text");
    if folder.is_empty() {
        let status = keeper.wait().expect("it ends");
        let missing = status.code() == Some(3);
        assert!(missing && std::env::var_os("CI").is_none(), "no PostgreSQL for the tests: {status}");
        println!("PASSED OVER: this machine has no PostgreSQL server programs");
        return None;
    }
    *KEEPER.lock().expect("nobody panicked with it") = Some(keeper);
    Some(folder.trim().to_owned())
}

fn address(database: &str) -> String {
    let folder = cluster().expect("tests on PostgreSQL run only where there is one");
    format!("postgres://kexun@localhost/{database}?host={folder}")
}

async fn server() -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(address("postgres"));
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("the cluster answers")
}

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("kexun-test.").tempdir().expect("a temporary folder")
}

fn fresh_name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

async fn created(name: &str) -> String {
    let server = server().await;
    server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
    address(name)
}

async fn cloned(name: &str) -> String {
    let server = server().await;
    let template = template(&server).await;
    let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
    server.execute_unprepared(&sql).await.expect("the template is cloned");
    address(name)
}

/// The database with all tables and no rows, made by whichever test program comes first. Its name
/// tells test programs of different builds apart.
async fn template(server: &DatabaseConnection) -> String {
    let program = std::env::current_exe().expect("this program has a path");
    let built = std::fs::metadata(&program).and_then(|m| m.modified()).expect("it has a date");
    let print = blake3::hash(format!("{program:?} {built:?}").as_bytes()).to_hex();
    let name = format!("template_{}", &print[..16]);
    server.execute_unprepared("SELECT pg_advisory_lock(1)").await.expect("a lock is given");
    let sql = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    let known =
        server.query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql)).await;
    if known.expect("databases can be listed").is_none() {
        let draft = format!("{name}_draft");
        server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {draft}")).await.expect("no old draft");
        server.execute_unprepared(&format!("CREATE DATABASE {draft}")).await.expect("a database is made");
        let db = Db::open::<Migrator>(&Target::Postgres(address(&draft))).await.expect("the migrations pass");
        db.close().await.expect("it closes");
        let rename = format!("ALTER DATABASE {draft} RENAME TO {name}");
        // Its connections are closed on this side; the server may take a while to notice.
        let mut renamed = server.execute_unprepared(&rename).await;
        for _ in 0..20 {
            if renamed.is_ok() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            renamed = server.execute_unprepared(&rename).await;
        }
        renamed.expect("the draft becomes the template");
    }
    server.execute_unprepared("SELECT pg_advisory_unlock(1)").await.expect("the lock is given back");
    name
}
