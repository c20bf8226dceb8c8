//! A database that somebody else holds: the program waits for a while, then says so, and reads on.

use std::sync::Arc;
use std::time::Duration;

use kexun_base::Code;
use kexun_base::db::{Db, Target, Tx};
use kexun_base::time::ManualClock;
use kexun_people::rights::{By, Role};
use kexun_people::tenants::{self, ShopDraft};
use kexun_testkit::app::open;
use kexun_testkit::{Backend, TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::json;

both_databases![who_waits_in_vain_is_told, who_waits_for_a_moment_notices_nothing];

/// Another process that holds what a new shop needs: on SQLite the file, on PostgreSQL the table.
async fn holder(app: &TestApp) -> (Db, Tx) {
    let other = Db::connect(app.target()).await.unwrap();
    let tx = other.begin().await.unwrap();
    if app.backend() == Backend::Postgres {
        tx.execute_unprepared("LOCK TABLE shop IN EXCLUSIVE MODE").await.unwrap();
    }
    (other, tx)
}

async fn who_waits_in_vain_is_told(app: TestApp) {
    let acme = app.company().await;
    // A server that waits for a tenth of a second instead of half a minute.
    let target = match app.target() {
        Target::Postgres(address) => Target::Postgres(format!("{address}&options=-c%20lock_timeout%3D100ms")),
        folder => folder.clone(),
    };
    let (clock, settings) = (Arc::new(ManualClock::at(app.ctx().now())), app.ctx().settings().clone());
    let ctx = open(&target, clock, settings, Default::default(), 9).await;
    if app.backend() == Backend::Sqlite {
        let tx = ctx.db().begin().await.unwrap();
        tx.execute_unprepared("PRAGMA busy_timeout = 100").await.unwrap();
        tx.commit().await.unwrap();
    }
    let (other, held) = holder(&app).await;
    let draft = |code: &str| ShopDraft { code: code.into(), name: code.into(), zone: "Asia/Shanghai".into() };
    let refused = tenants::create_shop(&ctx, By::Operator(acme.id), &draft("A")).await.unwrap_err();
    assert_eq!(refused.code, Code::Unavailable, "{refused}");
    assert!(refused.to_string().contains("busy with another write"), "{refused}");
    let names = async || tenants::shops(ctx.db().read(), acme.id).await.unwrap().len();
    assert_eq!(names().await, 1, "reading goes on");
    held.rollback().await.unwrap();
    other.close().await.unwrap();
    tenants::create_shop(&ctx, By::Operator(acme.id), &draft("A")).await.unwrap();
    assert_eq!(names().await, 2);
    ctx.db().close().await.unwrap();
}

async fn who_waits_for_a_moment_notices_nothing(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let (other, held) = holder(&app).await;
    let waiting = {
        let admin = admin.clone();
        tokio::spawn(async move { admin.post("/api/v1/shops", json!({ "code": "A", "name": "一店" })).await })
    };
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!waiting.is_finished(), "it waits");
    let listed = admin.get("/api/v1/shops").await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "reading goes on");
    held.rollback().await.unwrap();
    waiting.await.unwrap().status(201);
    other.close().await.unwrap();
}
