//! An acknowledgement is sent only after the data is on disk.

use std::path::Path;
use std::process::Command;

use kexun_testkit::databases::{self, Backend};
use kexun_testkit::{TestApp, both_databases};
use sea_orm::{ConnectionTrait, Statement};

use super::crash_server::{listening, send_file, token};
use super::{import_command, kexun, worked_example};

both_databases![every_commit_is_synced];

async fn every_commit_is_synced(app: TestApp) {
    let tx = app.ctx().db().begin().await.unwrap();
    let value = async |sql: &str, column: &str| {
        let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await.unwrap();
        let row = row.unwrap();
        row.try_get::<String>("", column)
            .or_else(|_| row.try_get::<i64>("", column).map(|n| n.to_string()))
            .or_else(|_| row.try_get::<i32>("", column).map(|n| n.to_string()))
            .unwrap()
    };
    match app.backend() {
        Backend::Sqlite => {
            assert_eq!(value("PRAGMA synchronous", "synchronous").await, "2", "FULL");
            assert_eq!(value("PRAGMA journal_mode", "journal_mode").await, "wal");
        }
        // The cluster of the tests does not sync; the program must not ask for less than the server gives.
        Backend::Postgres => {
            let source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'";
            assert_eq!(value(source, "source").await, "command line", "the program leaves it alone");
        }
    }
}

/// Whether calls of the system can be watched here.
fn strace_works() -> bool {
    let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    let works = tried.is_ok_and(|o| o.status.success());
    if !works {
        println!("PASSED OVER: no strace, or it may not watch");
    }
    works
}

/// The same command, its writes and syncs written down in `log` by a process of its own.
fn watched(command: &Command, log: &Path) -> Command {
    let calls = "trace=write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync";
    let mut strace = Command::new("strace");
    strace.args(["-D", "-f", "-y", "-s", "64", "-e", calls, "-o"]).arg(log);
    strace.arg(command.get_program()).args(command.get_args());
    strace.env_clear().envs(command.get_envs().filter_map(|(k, v)| Some((k, v?))));
    if let Some(path) = std::env::var_os("PATH") {
        strace.env("PATH", path);
    }
    strace.stdin(std::process::Stdio::null());
    strace.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    strace
}

/// The log, once the program has ended and all of it is written.
fn finished(log: &Path) -> String {
    for _ in 0..500 {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        if text.lines().last().is_some_and(|l| l.contains("+++ ")) {
            return text;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("the log of the calls does not end");
}

/// Whether everything written to files whose name ends so was synced before the call that `told`.
fn synced_before(log: &str, ending: &str, told: impl Fn(&str) -> bool) {
    let ending = format!("{ending}>");
    let end = log.lines().position(told).expect("the acknowledgement is in the log");
    let before: Vec<&str> = log.lines().take(end).collect();
    let of_file = |line: &&str| line.contains(&ending);
    let is_sync = |line: &str| line.contains("fsync(") || line.contains("fdatasync(");
    let last_write = before.iter().rposition(|l| of_file(l) && !is_sync(l)).expect("it is written");
    let last_sync = before.iter().rposition(|l| of_file(l) && is_sync(l)).expect("it is synced");
    assert!(last_write < last_sync, "{}\n…\n{}", before[last_write], log.lines().nth(end).unwrap());
}

#[test]
fn the_command_line_tells_after_the_sync() {
    if !strace_works() {
        return;
    }
    databases::run(Backend::Sqlite, |app: TestApp| async move {
        app.company().await;
        let folder = tempfile::tempdir().unwrap();
        let (file, log) = (folder.path().join("a.csv"), folder.path().join("log"));
        std::fs::write(&file, worked_example()).unwrap();
        let output = watched(&import_command(&app, "conversations", &file, &[]), &log).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let log = finished(&log);
        synced_before(&log, "kexun.sqlite-wal", |line| {
            line.contains(" write(1<") && line.contains("imported")
        });
    });
}

#[test]
fn the_server_answers_after_the_sync() {
    if !strace_works() {
        return;
    }
    databases::run(Backend::Sqlite, |app: TestApp| async move {
        let acme = app.company().await;
        let token = token(&app, &acme).await;
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut command = kexun(&app);
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        let (mut server, address) = listening(watched(&command, &log).spawn().unwrap());
        let (status, ordered) = send_file(&address, &token, &worked_example());
        assert_eq!(status, 202, "{ordered}");
        server.kill().unwrap();
        server.wait().unwrap();
        let log = finished(&log);
        let answered = |line: &str| line.contains("HTTP/1.1 202");
        // The worker goes on writing meanwhile: what counts is the upload, and that its order was synced.
        synced_before(&log, &format!("{}.part", ordered["id"].as_str().unwrap()), answered);
        let end = log.lines().position(answered).expect("it answered");
        let before: Vec<&str> = log.lines().take(end).collect();
        let kept = before.iter().rposition(|l| l.contains(".part>") && l.contains("fsync(")).unwrap();
        let rest = &before[kept..];
        let wal = |l: &&&str| l.contains("kexun.sqlite-wal>");
        let written =
            rest.iter().filter(wal).position(|l| l.contains("pwrite64(")).expect("the order is written");
        let synced = rest.iter().filter(wal).skip(written).any(|l| l.contains("sync("));
        assert!(synced, "the order is synced: {rest:#?}");
    });
}
