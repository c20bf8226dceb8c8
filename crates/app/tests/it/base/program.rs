//! The program as people start it: a process, with signals and a command line.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use kexun_base::db::Target;
use kexun_testkit::databases::Scratch;
use kexun_testkit::{TestApp, both_databases};

both_databases![
    two_start_at_once_and_stop_in_order,
    metrics_have_an_address_of_their_own,
    a_database_out_of_reach_is_said,
    data_without_their_key_are_left_alone,
];

/// The program with a place for its data, and nothing of this environment.
fn kexun(data: &Path, target: &Target) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kexun"));
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env("KEXUN_DATA", data);
    if let Target::Postgres(address) = target {
        command.env("KEXUN_DATABASE_URL", address);
    }
    command
}

/// Waits until the log says where it listens.
fn wait_until_listening(child: &mut Child) -> String {
    let [address] = wait_until_said(child, ["listening on http://"]);
    address
}

/// Waits until the log says these words, in this order; the address after each.
fn wait_until_said<const N: usize>(child: &mut Child, words: [&str; N]) -> [String; N] {
    let log = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut lines = log.lines().map(|l| l.expect("the log is text"));
    let addresses = words.map(|words| {
        let said = lines.by_ref().find(|l| l.contains(words)).expect("it says where it listens");
        let rest = said.split("http://").nth(1).expect("an address").to_owned();
        rest.split(['"', ' ', '/']).next().expect("an address").to_owned()
    });
    // Somebody must keep reading, or a full pipe would stop the program.
    std::thread::spawn(move || lines.for_each(drop));
    addresses
}

/// The head and body of what is answered to a GET.
fn get(address: &str, path: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).expect("it lets in");
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

async fn metrics_have_an_address_of_their_own(app: TestApp) {
    let scratch = Scratch::empty(app.backend()).await;
    let mut command = kexun(scratch.folder(), scratch.target());
    command.args(["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"]);
    let mut child = command.spawn().expect("it starts");
    let [apart, public] = wait_until_said(&mut child, ["metrics at http://", "listening on http://"]);
    get(&public, "/healthz");
    for address in [&apart, &public] {
        let told = get(address, "/metrics");
        assert!(told.starts_with("HTTP/1.1 200") && told.contains("kexun_http_request_seconds"), "{told}");
    }
    assert!(get(&apart, "/api/v1/me").starts_with("HTTP/1.1 404"), "nothing else is there");
    assert_eq!(terminate(child).status.code(), Some(0));
}

fn terminate(child: Child) -> Output {
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill is there");
    assert!(told.success());
    child.wait_with_output().expect("it ends")
}

async fn two_start_at_once_and_stop_in_order(app: TestApp) {
    let scratch = Scratch::empty(app.backend()).await;
    let start = || {
        let mut command = kexun(scratch.folder(), scratch.target());
        command.args(["serve", "--listen", "127.0.0.1:0"]).spawn().expect("it starts")
    };
    let mut both = [start(), start()];
    for child in &mut both {
        let address = wait_until_listening(child);
        std::net::TcpStream::connect(&address).expect("it lets in");
    }
    for child in both {
        assert_eq!(terminate(child).status.code(), Some(0), "told to stop, it stops in order");
    }
    let log = scratch.folder().join("kexun.sqlite-wal");
    assert!(!log.exists(), "the write-ahead log is folded in at the end");
}

async fn data_without_their_key_are_left_alone(app: TestApp) {
    let scratch = Scratch::empty(app.backend()).await;
    let keyed = |arguments: &[&str]| {
        let mut command = kexun(scratch.folder(), scratch.target());
        command.env("KEXUN_KEY", "2a".repeat(32)).args(arguments).output().expect("it runs")
    };
    let begun = keyed(&["tenant", "create", "acme", "--name", "A"]);
    assert_eq!(begun.status.code(), Some(0), "{begun:?}");
    let copy = scratch.folder().join("copy.kxb");
    let copy = copy.to_str().expect("a name");
    let user = ["user", "create", "li", "--tenant", "acme"];
    let commands: [&[&str]; 4] =
        [&user, &["backup", copy], &["check"], &["tenant", "second-factor-optional", "acme"]];
    for arguments in commands {
        let unkeyed = kexun(scratch.folder(), scratch.target()).args(arguments).output().expect("it ends");
        let said = String::from_utf8_lossy(&unkeyed.stderr);
        assert_eq!(unkeyed.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("no master key") && said.contains("KEXUN_KEY_FILE"), "{arguments:?}: {said}");
    }
    assert!(!scratch.folder().join("master.key").exists(), "none is made");
    assert!(!Path::new(copy).exists(), "and nothing is sealed with another");
    let goes_on = keyed(&user);
    assert_eq!(goes_on.status.code(), Some(0), "{goes_on:?}");
}

async fn a_database_out_of_reach_is_said(app: TestApp) {
    let nowhere = match app.target() {
        Target::Folder(folder) => {
            let file = folder.join("a-file");
            std::fs::write(&file, "in the way").unwrap();
            Target::Folder(file)
        }
        Target::Postgres(_) => Target::Postgres("postgres://kexun@127.0.0.1:1/nothing".into()),
    };
    let data = if let Target::Folder(folder) = &nowhere {
        folder.clone()
    } else {
        app.ctx().settings().folder.clone()
    };
    let output = kexun(&data, &nowhere).args(["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("kexun: "), "{output:?}");
}
