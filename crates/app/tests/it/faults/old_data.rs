//! Data of the first complete version (`old/README.md`), brought up to date by this one.

use std::path::Path;

use kexun::operations::{self, Order};
use kexun::wiring::Migrator;
use kexun_base::db::Db;
use kexun_base::secrets::Key;
use kexun_testkit::databases::Scratch;
use kexun_testkit::{Backend, Client, TestApp, both_databases};
use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait;
use serde_json::{Value, json};

use crate::people::PASSWORD;

both_databases![an_old_data_folder_is_brought_up_to_date, an_old_backup_is_brought_up_to_date];

const SQLITE: &str = include_str!("old/sqlite.sql");
const POSTGRES: &str = include_str!("old/postgres.sql");

async fn signed_in(app: &TestApp, login: &str) -> Client {
    let answer = app.nobody().post("/api/v1/session", json!({ "login": login, "password": PASSWORD })).await;
    let cookie = answer.set_cookie();
    answer.ok();
    app.nobody().cookie(&cookie)
}

fn count(listed: &Value) -> usize {
    listed["items"].as_array().unwrap().len()
}

/// What was there is there, sound, and can be worked with.
async fn lives_on(app: &TestApp) {
    assert!(Migrator::get_pending_migrations(app.ctx().db().read()).await.unwrap().is_empty());
    let report = operations::check(app.ctx()).await.unwrap();
    assert!(report.sound, "{report:#?}");
    let admin = signed_in(app, "admin").await;
    assert_eq!(count(&admin.get("/api/v1/staff").await.ok()), 6);
    assert_eq!(count(&admin.get("/api/v1/shops").await.ok()), 2);
    let boss = signed_in(app, "boss").await;
    let listed = boss.get("/api/v1/conversations?limit=200").await.ok();
    assert_eq!(count(&listed), 25);
    let figures =
        boss.get("/api/v1/kpi?from=2026-06-01&to=2026-06-30&by=tenant&keys=conversations").await.ok();
    assert_eq!(figures["rows"][0]["values"]["conversations"]["value"], 24, "{figures}");
    let texts =
        boss.get(&format!("/api/v1/conversations/{}", listed["items"][1]["id"].as_str().unwrap())).await;
    assert!(texts.ok().to_string().contains("马上查"));
    let operations_ = signed_in(app, "ops").await;
    let more = "conversation_id,shop,customer,sent_at,sender,agent,text\nneu,一店,客户1,2026-06-28 10:00:00,客户,,在吗\nneu,一店,客户1,2026-06-28 10:00:30,客服,zhao,在的\n";
    let import = crate::service::upload(app, &operations_, "conversations", more.as_bytes()).await;
    assert_eq!((&import["state"], &import["imported"]), (&json!("done"), &json!(2)), "{import}");
    // What came later works on the old data.
    let shop = admin.get("/api/v1/shops").await.ok()["items"][0]["id"].clone();
    admin.post("/api/v1/teams", json!({ "shop_id": shop, "name": "乙组" })).await.ok();
    app.run_jobs().await;
    app.seal().await;
    let report = operations::check(app.ctx()).await.unwrap();
    assert!(report.sound, "{report:#?}");
}

async fn an_old_data_folder_is_brought_up_to_date(app: TestApp) {
    let old = Scratch::empty(app.backend()).await;
    let dump = if app.backend() == Backend::Sqlite { SQLITE } else { POSTGRES };
    let db = Db::connect(old.target()).await.unwrap();
    db.read().execute_unprepared(dump).await.unwrap();
    db.close().await.unwrap();
    let app = TestApp::build(app.backend()).start_on(old).await;
    // It was made after the instant at which the clocks of tests stand.
    app.advance(180 * 86_400);
    lives_on(&app).await;
}

async fn an_old_backup_is_brought_up_to_date(app: TestApp) {
    let there = Scratch::empty(app.backend()).await;
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/faults/old/backup.kxb"));
    let (key, target, folder) = (Key::from_bytes([42; 32]), there.target(), there.folder());
    let order = Order { file, key: &key, target, folder, force: false };
    operations::restore::<Migrator>(&order, &|_: &str| {}).await.unwrap();
    let app = TestApp::build(app.backend()).start_on(there).await;
    app.advance(180 * 86_400);
    lives_on(&app).await;
}
