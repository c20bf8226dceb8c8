//! The way to PostgreSQL: encrypted where the server offers it, checked where the address says so.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use kexun_base::db::{Db, Target};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// A PostgreSQL of its own that lets nobody in over the network but over TLS; it goes with this.
struct Cluster {
    keeper: Child,
    folder: String,
    port: u16,
}

impl Cluster {
    /// None where PostgreSQL's programs are missing.
    fn start() -> Option<Cluster> {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/with-postgres.sh");
        let mut command = Command::new(script);
        command.env("KEXUN_PG_TLS", port.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = command.spawn().expect("scripts/with-postgres.sh runs");
        let mut folder = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut folder).unwrap();
        if folder.is_empty() {
            let status = keeper.wait().unwrap();
            let missing = status.code() == Some(3);
            assert!(missing && std::env::var_os("CI").is_none(), "no PostgreSQL for the test: {status}");
            return None;
        }
        Some(Cluster { keeper, folder: folder.trim().to_owned(), port })
    }

    /// Whether a connection to this host with these words in its address is encrypted; none: there is none.
    async fn encrypted(&self, host: &str, words: &str) -> Option<bool> {
        let address = format!("postgres://kexun@{host}:{}/postgres?{words}", self.port);
        let db = Db::connect(&Target::Postgres(address)).await.ok()?;
        let asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        let row = db.read().query_one_raw(Statement::from_string(DbBackend::Postgres, asked)).await;
        let encrypted = row.unwrap().unwrap().try_get("", "ssl").unwrap();
        db.close().await.unwrap();
        Some(encrypted)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Its keeper ends the server when its input closes.
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgresql_is_spoken_to_over_tls() {
    let Some(cluster) = Cluster::start() else { return };
    let authority = format!("sslrootcert={}/ca.crt", cluster.folder);
    assert_eq!(cluster.encrypted("127.0.0.1", "sslmode=disable").await, None, "the server wants TLS");
    assert_eq!(cluster.encrypted("127.0.0.1", "").await, Some(true), "without a word, as it is offered");
    assert_eq!(cluster.encrypted("127.0.0.1", "sslmode=require").await, Some(true));
    let full = format!("sslmode=verify-full&{authority}");
    assert_eq!(cluster.encrypted("localhost", &full).await, Some(true));
    assert_eq!(cluster.encrypted("127.0.0.1", &full).await, None, "the certificate is for another name");
    let same_authority = format!("sslmode=verify-ca&{authority}");
    assert_eq!(cluster.encrypted("127.0.0.1", &same_authority).await, Some(true));
    for mode in ["verify-ca", "verify-full"] {
        let unknown = format!("sslmode={mode}");
        assert_eq!(cluster.encrypted("localhost", &unknown).await, None, "nobody knows the authority");
    }
}
