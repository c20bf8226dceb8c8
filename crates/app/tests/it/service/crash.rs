//! `kill -9` in the middle of an import, and imports that run into each other.

use std::fmt::Write;
use std::path::Path;
use std::process::Child;
use std::time::Duration;

use kexun_base::db::Tx;
use kexun_base::http::PageRequest;
use kexun_people::rights::Role;
use kexun_people::tenants::TenantId;
use kexun_service::{editions, imports};
use kexun_testkit::company::Company;
use kexun_testkit::{Client, TestApp, both_databases};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::{
    HEADER, figures, import_bytes, import_command, import_file, import_of, outcome, upload, worked_example,
};

both_databases![
    killed_at_any_moment_an_import_leaves_nothing,
    after_a_crash_another_file_comes_in_clean,
    two_imports_at_once_are_both_in,
];

/// Rows of the file whose import is killed.
const ROWS: usize = 12_000;

/// Many conversations over four weeks in a shop and of agents that nobody knows yet, some of a shop
/// that is known, and more of a conversation that is.
pub fn big_file() -> String {
    let mut file = worked_example();
    for row in 0..ROWS {
        let (shop, group) = if row % 3 == 0 { ("S1", "") } else { ("新店", "n") };
        let (day, hour, minute) = (row / 8 % 28 + 1, row % 8 + 9, row / 80 % 60);
        let sender = if row % 2 == 0 { "客户," } else { ["客服,A", "客服,新人"][row / 2 % 2] };
        let conversation = row / 8;
        // Writing to a string does not fail.
        let _ = writeln!(
            file,
            "{group}{conversation},{shop},c{},2026-06-{day:02} {hour:02}:{minute:02}:{:02},{sender},第{row}句",
            conversation % 500,
            row % 60
        );
    }
    let _ = writeln!(file, "k1,S1,小王,2026-06-01 11:30,客服,新人,还在吗");
    file
}

/// What people see of a tenant: figures, shops, accounts.
pub type View = (Vec<(String, Value)>, Value, Value);

/// What people see of a tenant.
pub async fn view(client: &Client) -> View {
    let names = |list: Value, key: &str| -> Value {
        let names = list["items"].as_array().unwrap().iter().map(|i| i[key].as_str().unwrap().to_owned());
        // Everybody who looks has an account himself.
        let mut names: Vec<String> = names.filter(|name| !name.starts_with("operations-")).collect();
        names.sort();
        names.into()
    };
    (
        figures(client, "2026-06-01", "2026-06-30", "day").await,
        names(client.get("/api/v1/shops").await.ok(), "name"),
        names(client.get("/api/v1/accounts").await.ok(), "account"),
    )
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stage {
    Reading,
    Merging,
    Counting,
}

/// Waits until the newest import of a tenant has come so far, and holds it there until the transaction ends; none when
/// it was too fast to be held.
pub async fn hold(app: &TestApp, tenant: TenantId, number: i32, stage: Stage) -> Option<Tx> {
    for _ in 0..30_000 {
        match has_come_to(app, tenant, number, stage).await {
            Some(true) => {
                let tx = app.ctx().db().begin().await.unwrap();
                // Each batch renews the lease, and each stage changes the import: neither gets past these.
                for rows in ["lease SET until = until", "import SET version = version"] {
                    tx.execute_unprepared(&format!("UPDATE {rows}")).await.unwrap();
                }
                return has_come_to(app, tenant, number, stage).await.map(|_| tx);
            }
            Some(false) => tokio::time::sleep(Duration::from_millis(2)).await,
            None => return None,
        }
    }
    panic!("the import does not go on");
}

/// Whether the newest import has come so far and not to its end; none: it is over.
async fn has_come_to(app: &TestApp, tenant: TenantId, number: i32, stage: Stage) -> Option<bool> {
    let page = PageRequest { cursor: None, limit: Some(1) };
    let newest = imports::list(app.ctx().db().read(), tenant, None, &page).await.unwrap().items.pop();
    match newest.filter(|import| import.number >= number).map(|import| import.state) {
        Some(imports::State::Reading | imports::State::Merging) if stage == Stage::Reading => Some(true),
        Some(imports::State::Merging) => Some(staged(app, tenant, stage).await),
        Some(imports::State::Done | imports::State::Failed) => None,
        _ => Some(false),
    }
}

/// Whether rows of this stage are there that nobody sees yet.
async fn staged(app: &TestApp, tenant: TenantId, stage: Stage) -> bool {
    let table = if stage == Stage::Counting { "kpi_day" } else { "conversation" };
    let db = app.ctx().db().read();
    let edition = editions::published(db, tenant).await.unwrap();
    let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE born > {edition}");
    let found = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    found.unwrap().try_get::<i64>("", "n").unwrap() > 0
}

/// As if the time had passed after which a silent process counts as dead.
pub async fn leases_end(app: &TestApp) {
    let tx = app.ctx().db().begin().await.unwrap();
    tx.execute_unprepared("UPDATE lease SET until = 0").await.unwrap();
    tx.execute_unprepared("UPDATE job SET leased_until = 0").await.unwrap();
    tx.commit().await.unwrap();
}

pub fn kill(mut child: Child) {
    child.kill().expect("SIGKILL is sent");
    child.wait().expect("it ends");
}

/// A file on disk.
pub fn file(content: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), content).unwrap();
    file
}

/// Figures of a fresh company with these files and nothing else.
async fn clean(app: &TestApp, files: &[&str]) -> View {
    let fresh = app.company_named("clean").await;
    let operations = app.sign_in(&fresh, Role::Operations).await;
    for content in files {
        let import = upload(app, &operations, "conversations", content.as_bytes()).await;
        assert_eq!(import["state"], "done");
    }
    view(&operations).await
}

/// How often it is tried to catch an import before its end.
pub const TRIES: u32 = 8;

/// A company that has this file already, with what is seen of it; and in which the import of another was killed when it
/// had come to a stage.
async fn killed_at(app: &TestApp, stage: Stage, known: Option<&str>, path: &Path) -> (Company, Client, View) {
    for attempt in 0..TRIES {
        let company = app.company_named(&format!("{stage:?}-{attempt}").to_lowercase()).await;
        let operations = app.sign_in(&company, Role::Operations).await;
        if let Some(known) = known {
            upload(app, &operations, "conversations", known.as_bytes()).await;
        }
        let before = view(&operations).await;
        let child = import_of(&company.slug, app, "conversations", path).spawn().unwrap();
        let held = hold(app, company.id, 1 + i32::from(known.is_some()), stage).await;
        kill(child);
        let Some(held) = held else { continue };
        held.rollback().await.unwrap();
        leases_end(app).await;
        return (company, operations, before);
    }
    panic!("{stage:?} was too short to be hit");
}

async fn killed_at_any_moment_an_import_leaves_nothing(app: TestApp) {
    let (small, big) = (worked_example(), big_file());
    let all = clean(&app, &[&small, &big]).await;
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    assert_eq!(import_bytes(&app, "conversations", small.as_bytes(), &[]).0, 0);
    let before = view(&operations).await;
    let big = file(&big);
    for stage in [Stage::Reading, Stage::Merging, Stage::Counting] {
        let (_, operations, before) = killed_at(&app, stage, Some(&small), big.path()).await;
        let now = view(&operations).await;
        assert!(now == before, "killed while {stage:?}: {now:?}");
    }
    for milliseconds in [20, 60, 120, 250, 400] {
        let child = import_command(&app, "conversations", big.path(), &[]).spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
        kill(child);
        leases_end(&app).await;
        let now = view(&operations).await;
        assert!(now == before || now == all, "killed after {milliseconds} ms: {now:?}");
    }
    let published = view(&operations).await == all;
    let (status, report) = import_file(&app, "conversations", big.path(), &[]);
    let expected = if published { (0, ROWS + 9) } else { (ROWS + 1, 8) };
    assert_eq!((status, &report["imported"]), (0, &json!(expected.0)), "{report}");
    assert_eq!(&report["unchanged"], expected.1);
    assert_eq!(view(&operations).await, all);
}

async fn after_a_crash_another_file_comes_in_clean(app: TestApp) {
    let big = file(&big_file());
    let (company, operations, _) = killed_at(&app, Stage::Merging, None, big.path()).await;
    let other =
        format!("{HEADER}\nx,S1,c1,2026-06-02 10:00,客户,,在吗\nx,S1,c1,2026-06-02 10:01,客服,B,在的\n");
    let path = file(&other);
    let (status, report) =
        outcome(&import_of(&company.slug, &app, "conversations", path.path()).output().unwrap());
    assert_eq!((status, &report["imported"]), (0, &json!(2)), "{report}");
    assert_eq!(view(&operations).await, clean(&app, &[&other]).await, "nothing of the dead import is seen");
}

async fn two_imports_at_once_are_both_in(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let whole = big_file();
    // Both name the same new shop and new agents, and share half of their rows.
    let lines: Vec<&str> = whole.lines().collect();
    let (third, two_thirds) = (lines.len() / 3, lines.len() * 2 / 3);
    let first = file(&lines[..two_thirds].join("\n"));
    let second = file(&[&lines[..1], &lines[third..]].concat().join("\n"));
    let start = |path| import_command(&app, "conversations", path, &[]).spawn().unwrap();
    let both = [start(first.path()), start(second.path())];
    let mut imported = 0;
    for child in both {
        let (status, report) = outcome(&child.wait_with_output().unwrap());
        assert_eq!(status, 0, "{report}");
        imported += report["imported"].as_u64().unwrap();
    }
    assert_eq!(imported as usize, lines.len() - 1, "each row is new once");
    assert_eq!(view(&operations).await, clean(&app, &[&whole]).await);
}
