//! Works on one tenant's record: one after the other, and what becomes of one whose worker was taken for dead.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use kexun_base::events::Actor;
use kexun_base::{Code, Ctx};
use kexun_people::rights::Role;
use kexun_people::staff::Draft;
use kexun_people::tenants::TenantId;
use kexun_service::imports::{self, Asked, Import, Kind, Order, Progress};
use kexun_service::{editions, kpi};
use kexun_testkit::{Client, TestApp, both_databases};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::crash::leases_end;
use super::{HEADER, upload, worked_example};

both_databases![
    who_moves_during_an_import_is_counted_where_he_is,
    an_import_taken_over_and_published_stays_so,
    a_lost_lease_leaves_an_import_to_be_done_again,
    works_of_one_tenant_wait_in_the_queue,
    a_new_telephone_number_counts_nothing_anew,
];

/// An import that is ordered, to be run by the test, and its file.
async fn ordered(app: &TestApp, tenant: TenantId) -> (Import, tempfile::NamedTempFile) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(worked_example().as_bytes()).unwrap();
    let order = Order {
        tenant,
        kind: Kind::Conversations,
        file_name: "a.csv".into(),
        asked: Asked::default(),
        bytes: worked_example().len() as u64,
        actor: Actor::Operator,
    };
    (imports::begin(app.ctx(), app.ctx().id(), order, false).await.unwrap(), file)
}

/// Does something in the middle of an import, where it tells how far it is.
fn meanwhile<T>(work: impl Future<Output = T>) -> T {
    tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(work))
}

async fn value(ctx: &Ctx, sql: &str) -> i64 {
    let db = ctx.db().read();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get::<i64>("", "n").unwrap()
}

async fn events(client: &Client) -> Vec<String> {
    let listed = client.get("/api/v1/events?kind=import.").await.ok();
    let kinds = listed["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap().to_owned());
    let mut kinds: Vec<String> = kinds.collect();
    kinds.sort();
    kinds
}

/// The first import has read who is in which team when somebody is moved. The recount that this brings about must
/// count the days of the import, too.
async fn who_moves_during_an_import_is_counted_where_he_is(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let joined_on = Some("2026-01-01".parse().unwrap());
    let draft = Draft {
        account: "A".into(),
        name: "阿甲".into(),
        shop: Some(acme.shop),
        joined_on,
        ..Draft::default()
    };
    let a = app.enter(&acme, draft).await.staff;
    let (import, file) = ordered(&app, acme.id).await;
    let recounting = std::sync::Mutex::new(None);
    let progress = |at: Progress| {
        if !matches!(at, Progress::Counting(_)) {
            return;
        }
        meanwhile(async {
            let path = format!("/api/v1/staff/{a}");
            let moved = json!({"team_id": acme.team, "from": "2026-01-01", "version": 1});
            admin.patch(&path, moved).await.ok();
            let (ctx, tenant) = (app.ctx().clone(), acme.id);
            let recount = tokio::spawn(async move { kpi::recount(&ctx, tenant).await });
            // Time to look at what there is to count.
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            *recounting.lock().unwrap() = Some(recount);
        });
    };
    imports::run(app.ctx(), acme.id, import.id, file.path(), false, progress).await.unwrap();
    let recount = recounting.lock().unwrap().take().expect("the import counted");
    recount.await.unwrap().unwrap();
    let teams = admin.get("/api/v1/kpi?from=2026-06-01&to=2026-06-30&by=team&keys=conversations").await.ok();
    let of_team = teams["rows"].as_array().unwrap().iter().find(|row| row["team"] == "甲组");
    assert_eq!(of_team.unwrap()["values"]["conversations"]["value"], 1, "{teams}");
}

async fn an_import_taken_over_and_published_stays_so(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let (import, file) = ordered(&app, acme.id).await;
    let (second, once) = (app.second(Default::default()).await, AtomicBool::new(false));
    let progress = |at: Progress| {
        if !matches!(at, Progress::Merging(..)) || once.swap(true, Ordering::SeqCst) {
            return;
        }
        // It was silent for so long that another worker took it for dead, and did the work.
        meanwhile(async {
            leases_end(&app).await;
            let done = imports::run(&second, acme.id, import.id, file.path(), true, |_| {}).await.unwrap();
            assert_eq!(done.state, imports::State::Done);
        });
    };
    let error = imports::run(app.ctx(), acme.id, import.id, file.path(), true, progress).await.unwrap_err();
    assert_eq!(error.code, Code::Unavailable, "{error}");
    let shown = admin.get(&format!("/api/v1/imports/{}", import.id)).await.ok();
    assert_eq!(
        (&shown["state"], &shown["imported"], &shown["error"]),
        (&json!("done"), &json!(8), &Value::Null)
    );
    assert_eq!(events(&admin).await, ["import.ordered", "import.published"]);
}

async fn a_lost_lease_leaves_an_import_to_be_done_again(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let (import, file) = ordered(&app, acme.id).await;
    let once = AtomicBool::new(false);
    let progress = |at: Progress| {
        if !matches!(at, Progress::Merging(..)) || once.swap(true, Ordering::SeqCst) {
            return;
        }
        meanwhile(async {
            leases_end(&app).await;
            let other = editions::Staging::begin(app.ctx(), acme.id).await.unwrap();
            other.end(app.ctx(), Ok(false)).await.unwrap();
        });
    };
    let error = imports::run(app.ctx(), acme.id, import.id, file.path(), true, progress).await.unwrap_err();
    assert_eq!(error.code, Code::Unavailable, "{error}");
    assert_eq!(admin.get(&format!("/api/v1/imports/{}", import.id)).await.ok()["state"], "merging");
    assert_eq!(events(&admin).await, ["import.ordered"]);
    let done = imports::run(app.ctx(), acme.id, import.id, file.path(), true, |_| {}).await.unwrap();
    assert_eq!((done.state, done.imported), (imports::State::Done, 8));
}

async fn works_of_one_tenant_wait_in_the_queue(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    app.run_jobs().await;
    let mut uploaded = Vec::new();
    for name in ["k1", "k2"] {
        let file = format!("{HEADER}\n{name},S1,小王,2026-06-01 10:00:00,客户,,在吗\n");
        let path = "/api/v1/imports?kind=conversations";
        let ordered = admin.upload(path, "file.csv", file.as_bytes()).await.status(202).ok();
        uploaded.push(format!("/api/v1/imports/{}", ordered["id"].as_str().unwrap()));
    }
    // A worker is at the first.
    let tx = app.ctx().db().begin().await.unwrap();
    let until = app.ctx().now().plus_seconds(20).0;
    let busy = format!("UPDATE job SET leased_until = {until}, attempts = 1 WHERE id = {FIRST_IMPORT}");
    assert_eq!(tx.execute_unprepared(&busy).await.unwrap().rows_affected(), 1);
    tx.commit().await.unwrap();
    app.run_jobs().await;
    assert_eq!(admin.get(&uploaded[1]).await.ok()["state"], "queued", "it holds no worker");
    leases_end(&app).await;
    app.run_jobs().await;
    for import in &uploaded {
        assert_eq!(admin.get(import).await.ok()["state"], "done");
    }
    // So do the other works on a record.
    admin.post(&format!("{}/undo", uploaded[0]), json!({})).await.status(202);
    let customer = admin.get("/api/v1/customers").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let erase = format!("/api/v1/customers/{customer}/erase");
    admin.post(&erase, json!({"reason": "本人要求"})).await.status(202);
    kpi::order_recount(app.ctx(), acme.id).await.unwrap();
    let works = "SELECT COUNT(*) AS n FROM job WHERE state = 'queued' AND lane IS NOT NULL AND kind IN \
                 ('imports.undo', 'customers.erase', 'kpi.recount_in_turn')";
    assert_eq!(value(app.ctx(), works).await, 3);
    // One that waits to be begun is enough.
    kpi::order_recount(app.ctx(), acme.id).await.unwrap();
    assert_eq!(value(app.ctx(), works).await, 3);
    app.run_jobs().await;
    assert_eq!(admin.get(&uploaded[0]).await.ok()["state"], "undone");
    assert_eq!(value(app.ctx(), works).await, 0);
}

const FIRST_IMPORT: &str = "(SELECT id FROM job WHERE kind = 'imports.run' ORDER BY id LIMIT 1)";

/// Nothing in a member's card changes a figure but where he belongs.
async fn a_new_telephone_number_counts_nothing_anew(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let draft =
        Draft { account: "A".into(), name: "阿甲".into(), shop: Some(acme.shop), ..Draft::default() };
    let a = app.enter(&acme, draft).await.staff;
    upload(&app, &admin, "conversations", worked_example().as_bytes()).await;
    let recounts = "SELECT COUNT(*) AS n FROM job WHERE state = 'queued' AND kind LIKE 'kpi.recount%'";
    assert_eq!(value(app.ctx(), recounts).await, 0);
    let path = format!("/api/v1/staff/{a}");
    let version = async || admin.get(&path).await.ok()["version"].clone();
    admin.patch(&path, json!({"phone": "13812345678", "version": version().await})).await.ok();
    assert_eq!(value(app.ctx(), recounts).await, 0);
    admin.patch(&path, json!({"team_id": acme.team, "version": version().await})).await.ok();
    assert_eq!(value(app.ctx(), recounts).await, 1);
}
