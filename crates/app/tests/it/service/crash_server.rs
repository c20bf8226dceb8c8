//! A server that serves while others import, and one that is killed while it imports.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;
use std::time::Duration;

use kexun_people::rights::{Grant, Role};
use kexun_service::imports;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::crash::{Stage, TRIES, big_file, file, hold, kill, leases_end, view};
use super::{import_command, kexun, outcome, upload};

both_databases![a_server_answers_while_others_import, a_server_that_was_killed_finishes_the_upload];

/// A server of the app's data in a process of its own, and where it listens.
pub fn serve(app: &TestApp) -> (Child, String) {
    listening(kexun(app).args(["serve", "--listen", "127.0.0.1:0"]).spawn().unwrap())
}

/// Waits until the log says where a server listens.
pub fn listening(mut child: Child) -> (Child, String) {
    let log = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut lines = log.lines().map_while(Result::ok);
    let said = lines.by_ref().find(|l| l.contains("listening on http://")).expect("it says where it listens");
    // Somebody must keep reading, or a full pipe would stop the program.
    std::thread::spawn(move || lines.for_each(drop));
    let rest = said.split("http://").nth(1).expect("an address");
    (child, rest.split(['"', ' ']).next().expect("an address").to_owned())
}

/// One request over a real connection: status and body.
pub fn request(address: &str, head: &str, token: &str, body: &[u8]) -> (u16, Value) {
    let mut stream = TcpStream::connect(address).expect("it lets in");
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let length = body.len();
    write!(
        stream,
        "{head}\r\nhost: kexun\r\nconnection: close\r\nauthorization: Bearer {token}\r\ncontent-length: {length}\r\n\r\n"
    )
    .unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

/// Sends a file as a browser would.
pub fn send_file(address: &str, token: &str, content: &str) -> (u16, Value) {
    let head =
        "POST /api/v1/imports?kind=conversations HTTP/1.1\r\ncontent-type: multipart/form-data; boundary=b0";
    let part = "--b0\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    request(address, head, token, format!("{part}{content}\r\n--b0--\r\n").as_bytes())
}

/// A token of somebody who may import, made at the command line.
pub async fn token(app: &TestApp, company: &kexun_testkit::company::Company) -> String {
    app.member(company, "ops", vec![Grant { role: Role::Operations, shop_id: None, team_id: None }]).await;
    token_in(app, &company.slug, "ops")
}

/// A token of a member of `acme`, made at the command line.
pub fn token_of(app: &TestApp, account: &str) -> String {
    token_in(app, "acme", account)
}

fn token_in(app: &TestApp, slug: &str, account: &str) -> String {
    let output =
        kexun(app).args(["token", "create", "--account", account, "--tenant", slug]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

async fn a_server_answers_while_others_import(app: TestApp) {
    let acme = app.company().await;
    let token = token(&app, &acme).await;
    let (server, address) = serve(&app);
    let kpi = "GET /api/v1/kpi?from=2026-06-01&to=2026-06-30&by=tenant&keys=conversations HTTP/1.1";
    let count = |answer: &Value| answer["rows"][0]["values"]["conversations"]["value"].as_u64().unwrap();
    let (status, nothing) = request(&address, kpi, &token, b"");
    assert_eq!((status, count(&nothing)), (200, 0));
    let big = file(&big_file());
    let mut import = import_command(&app, "conversations", big.path(), &[]).spawn().unwrap();
    let mut seen = Vec::new();
    while import.try_wait().unwrap().is_none() {
        assert_eq!(request(&address, "GET /readyz HTTP/1.1", &token, b"").0, 200);
        let (status, answer) = request(&address, kpi, &token, b"");
        assert_eq!(status, 200, "{answer}");
        seen.push(count(&answer));
        // Somebody writes meanwhile, too.
        let head = "PATCH /api/v1/nothing HTTP/1.1";
        assert_eq!(request(&address, head, &token, b"").0, 404);
    }
    let (status, report) = outcome(&import.wait_with_output().unwrap());
    assert_eq!(status, 0, "{report}");
    let all = count(&request(&address, kpi, &token, b"").1);
    assert!(all > 1000 && !seen.is_empty(), "{} answers, {all} conversations", seen.len());
    assert!(seen.iter().all(|n| *n == 0 || *n == all), "half an import was seen: {seen:?}");
    kill(server);
}

/// A server takes a file of a company and is killed while it imports it; somebody there, and what he was answered.
async fn killed_while_importing(app: &TestApp, content: &str) -> (Client, Value) {
    for attempt in 0..TRIES {
        let company = app.company_named(&format!("killed-{attempt}")).await;
        let operations = app.sign_in(&company, Role::Operations).await;
        let token = token(app, &company).await;
        let before = view(&operations).await;
        let (server, address) = serve(app);
        let (status, ordered) = send_file(&address, &token, content);
        assert_eq!(status, 202, "{ordered}");
        let held = hold(app, company.id, 1, Stage::Merging).await;
        kill(server);
        let Some(held) = held else { continue };
        held.rollback().await.unwrap();
        assert_eq!(view(&operations).await, before);
        leases_end(app).await;
        return (operations, ordered);
    }
    panic!("it was too fast to be killed");
}

async fn a_server_that_was_killed_finishes_the_upload(app: TestApp) {
    let content = big_file();
    let (operations, ordered) = killed_while_importing(&app, &content).await;
    let (server, _) = serve(&app);
    let id = ordered["id"].as_str().unwrap();
    let mut import = Value::Null;
    for _ in 0..600 {
        import = operations.get(&format!("/api/v1/imports/{id}")).await.ok();
        if import["state"] == "done" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(import["state"], "done", "{import}");
    assert_eq!(import["imported"], json!(content.lines().count() - 1));
    kill(server);
    let (figures, shops, _) = view(&operations).await;
    let stored: imports::ImportId = serde_json::from_value(ordered["id"].clone()).unwrap();
    leases_end(&app).await;
    app.advance(200 * 86_400);
    app.run_jobs().await;
    assert!(!app.ctx().files().path(stored.0).exists(), "the file, in clear, does not stay");
    let clean = app.company_named("clean").await;
    let clean = app.sign_in(&clean, Role::Operations).await;
    upload(&app, &clean, "conversations", content.as_bytes()).await;
    let (expected, expected_shops, _) = view(&clean).await;
    assert_eq!((figures, shops), (expected, expected_shops));
}
