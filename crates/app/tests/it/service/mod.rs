//! The service record and its figures.

mod conversations;
pub mod crash;
pub mod crash_server;
mod customers;
mod imports;
mod imports_any_order;
mod imports_hostile;
mod irc;
mod kpi;
mod kpi_contacts;
mod synced;
mod targets;
mod turns;
pub mod weak_spots;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use kexun_base::db::Target;
use kexun_testkit::{Client, TestApp};
use serde_json::{Value, json};

/// The columns of the conversations in the order of these tests.
pub const HEADER: &str = "conversation_id,shop,customer,sent_at,sender,agent,text";

/// The conversation of kpi.md's worked example, in the shop with the code `S1`.
pub const WORKED_EXAMPLE: &str = "conversation_id,shop,customer,sent_at,sender,agent,text
k1,S1,小王,2026-06-01 10:00:00,客户,,在吗
k1,S1,小王,2026-06-01 10:00:05,机器人,,您好,请问有什么可以帮您
k1,S1,小王,2026-06-01 10:00:20,客户,,我的快递还没到
k1,S1,小王,2026-06-01 10:01:00,客服,A,您好,我帮您查一下
k1,S1,小王,2026-06-01 10:05:00,客服,A,已经到本地网点了
k1,S1,小王,2026-06-01 10:06:00,客户,,那今天能送吗
k1,S1,小王,2026-06-01 10:10:30,客服,B,可以的,今天下午送到
k1,S1,小王,2026-06-01 10:11:00,客户,,谢谢
";

/// The worked example as a table whose texts, which hold commas, are quoted.
pub fn worked_example() -> String {
    let rows = WORKED_EXAMPLE.lines().map(|line| {
        let cells: Vec<&str> = line.splitn(7, ',').collect();
        format!("{},\"{}\"\n", cells[..6].join(","), cells[6])
    });
    rows.collect()
}

/// The program at the command line, on the data of an app and with its master key.
pub fn kexun(app: &TestApp) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kexun"));
    command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env("KEXUN_KEY", "2a".repeat(32)).env("KEXUN_DATA", &app.ctx().settings().folder);
    if let Target::Postgres(address) = app.target() {
        command.env("KEXUN_DATABASE_URL", address);
    }
    command
}

/// `kexun import KIND FILE --tenant acme --json` with more arguments.
pub fn import_command(app: &TestApp, kind: &str, file: &Path, more: &[&str]) -> Command {
    let mut command = import_of("acme", app, kind, file);
    command.args(more);
    command
}

/// An import at the command line, of a company of this short name.
pub fn import_of(slug: &str, app: &TestApp, kind: &str, file: &Path) -> Command {
    let mut command = kexun(app);
    command.args(["import", kind]).arg(file).args(["--tenant", slug, "--json"]);
    command
}

/// What an import at the command line came to: exit status, and the object it printed.
pub fn import_file(app: &TestApp, kind: &str, file: &Path, more: &[&str]) -> (i32, Value) {
    outcome(&import_command(app, kind, file, more).output().expect("the program runs"))
}

/// The same for bytes of a file.
pub fn import_bytes(app: &TestApp, kind: &str, bytes: &[u8], more: &[&str]) -> (i32, Value) {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("it can be written");
    import_file(app, kind, file.path(), more)
}

/// Exit status and printed object; the words of an error where nothing was printed.
pub fn outcome(output: &Output) -> (i32, Value) {
    let printed = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| json!(String::from_utf8_lossy(&output.stderr)));
    (output.status.code().expect("it ended by itself"), printed)
}

/// Uploads a file, lets the workers do what is due, and returns the import as it then stands.
pub async fn upload(app: &TestApp, client: &Client, kind: &str, bytes: &[u8]) -> Value {
    let path = format!("/api/v1/imports?kind={kind}");
    let ordered = client.upload(&path, "file.csv", bytes).await.status(202).ok();
    app.run_jobs().await;
    let id = ordered["id"].as_str().expect("an import has an id");
    client.get(&format!("/api/v1/imports/{id}")).await.ok()
}

/// Undoes an import that [`upload`] returned.
pub async fn undo(app: &TestApp, client: &Client, import: &Value) {
    let id = import["id"].as_str().expect("an import has an id");
    client.post(&format!("/api/v1/imports/{id}/undo"), json!({})).await.status(202);
    app.run_jobs().await;
    assert_eq!(client.get(&format!("/api/v1/imports/{id}")).await.ok()["state"], "undone");
}

/// The rejected rows of an import: row, column, code.
pub async fn rejections(client: &Client, import: &Value) -> Vec<(i64, Option<String>, String)> {
    let id = import["id"].as_str().expect("an import has an id");
    let listed = client.get(&format!("/api/v1/imports/{id}/rejections?limit=200")).await.ok();
    let rows = listed["items"].as_array().expect("a list").iter();
    let word = |v: &Value| v.as_str().map(str::to_owned);
    rows.map(|r| (r["row"].as_i64().unwrap(), word(&r["column"]), word(&r["code"]).unwrap())).collect()
}

/// All figures of a tenant, by everything there is, that can be compared with another's: a list of
/// scope, day, values; without ids, and without rows in which nothing happened.
pub async fn figures(client: &Client, from: &str, to: &str, per: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for by in ["agent", "team", "shop", "tenant"] {
        let path = format!("/api/v1/kpi?from={from}&to={to}&by={by}&per={per}");
        let answer = client.get(&path).await.ok();
        for row in answer["rows"].as_array().expect("rows") {
            let values = row["values"].as_object().expect("values");
            let nothing = |v: &Value| v["value"].is_null() || v["value"] == 0;
            if values.values().all(nothing) {
                continue;
            }
            let name = if by == "tenant" { "" } else { row[by].as_str().unwrap_or("—") };
            all.push((format!("{by} {name} {}", row["from"].as_str().unwrap()), row["values"].clone()));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}
