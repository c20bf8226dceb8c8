//! A write that is sent again is answered again, not done again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::post;
use kexun_base::db::Tx;
use kexun_base::events::{Actor, NewEvent, record};
use kexun_base::http::{Json, idempotency};
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Error, Result};
use kexun_testkit::{Answer, TestApp, both_databases};
use serde_json::{Value, json};

both_databases![
    a_repeated_write_is_answered_again,
    another_request_may_not_use_the_key,
    a_refused_write_may_be_tried_again,
    owners_do_not_meet,
    keys_are_forgotten_after_a_day,
    a_write_cut_off_frees_its_key_after_a_minute,
    a_change_whose_answer_was_lost_is_not_made_again,
    two_at_once_are_done_once,
    a_key_is_short,
];

const OWNER: Uuid = Uuid::from_u128(1);

/// The program with a write `/count`, which answers how often it was done, refuses `{"bad": true}`, and loses its
/// answer at `{"lost": true}`, or, once it was written together with others, at `{"lost": "grouped"}`.
async fn counting(app: &TestApp) -> (TestApp, Arc<AtomicU32>) {
    let count = Arc::new(AtomicU32::new(0));
    let counted = count.clone();
    let handler = move |State(ctx): State<Ctx>, Json(body): Json<Value>| async move {
        if !body["lost"].is_null() {
            change(&ctx, body["lost"] == "grouped").await;
            counted.fetch_add(1, Ordering::SeqCst);
            return Error::internal("nobody heard of the commit").into_response();
        }
        if body["bad"] == true {
            return Error::invalid("bad").into_response();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        axum::Json(json!({ "n": counted.fetch_add(1, Ordering::SeqCst) + 1 })).into_response()
    };
    let ctx: Arc<std::sync::OnceLock<Ctx>> = Arc::default();
    let late = ctx.clone();
    let once = move |request: Request, next: Next| {
        let ctx = late.get().expect("the program has started").clone();
        let owner = request.headers().get("owner").and_then(|v| v.to_str().ok()?.parse().ok());
        async move {
            idempotency::once(&ctx, owner.unwrap_or(OWNER), request, next)
                .await
                .unwrap_or_else(IntoResponse::into_response)
        }
    };
    let routes = Router::new().route("/count", post(handler).layer(from_fn(once)));
    let app = TestApp::build(app.backend()).routes(routes).start().await;
    ctx.set(app.ctx().clone()).ok();
    (app, count)
}

/// A change that tells of itself.
async fn change(ctx: &Ctx, grouped: bool) {
    if grouped {
        let own = ctx.clone();
        let write = ctx.db().write_grouped(move |tx| Box::pin(async move { told(&own, tx).await }));
        return write.await.unwrap();
    }
    let tx = ctx.db().begin().await.unwrap();
    told(ctx, &tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn told(ctx: &Ctx, tx: &Tx) -> Result<()> {
    let event = NewEvent {
        tenant: OWNER,
        kind: "test.changed",
        actor: Actor::System,
        subject_kind: "test",
        subject: OWNER,
        data: json!({}),
        caused_by: None,
    };
    record(ctx, tx, event).await.map(drop)
}

async fn send(app: &TestApp, key: &str, body: Value) -> Answer {
    app.nobody().header("idempotency-key", key).post("/count", body).await
}

async fn a_repeated_write_is_answered_again(app: TestApp) {
    let (app, count) = counting(&app).await;
    let first = send(&app, "k", json!({})).await;
    assert_eq!(first.header("idempotent-replay"), "");
    assert_eq!(first.ok()["n"], 1);
    let again = send(&app, "k", json!({})).await;
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.ok()["n"], 1);
    assert_eq!(send(&app, "k2", json!({})).await.ok()["n"], 2);
    app.nobody().post("/count", json!({})).await.ok();
    assert_eq!(count.load(Ordering::SeqCst), 3, "without a key each is done");
}

async fn another_request_may_not_use_the_key(app: TestApp) {
    let (app, count) = counting(&app).await;
    send(&app, "k", json!({ "a": 1 })).await.ok();
    send(&app, "k", json!({ "a": 2 })).await.status(422).refused("idempotency_mismatch");
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

async fn a_refused_write_may_be_tried_again(app: TestApp) {
    let (app, _) = counting(&app).await;
    send(&app, "k", json!({ "bad": true })).await.refused("invalid");
    send(&app, "k", json!({ "bad": false })).await.ok();
}

async fn owners_do_not_meet(app: TestApp) {
    let (app, count) = counting(&app).await;
    send(&app, "k", json!({})).await.ok();
    let other = app.nobody().header("owner", &Uuid::from_u128(2).to_string());
    assert_eq!(other.header("idempotency-key", "k").post("/count", json!({})).await.ok()["n"], 2);
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

async fn keys_are_forgotten_after_a_day(app: TestApp) {
    let (app, count) = counting(&app).await;
    send(&app, "k", json!({})).await.ok();
    app.advance(24 * 3600 - 1);
    send(&app, "k", json!({})).await.ok();
    assert_eq!(count.load(Ordering::SeqCst), 1);
    app.advance(2);
    send(&app, "k", json!({})).await.ok();
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

async fn a_write_cut_off_frees_its_key_after_a_minute(app: TestApp) {
    let (app, count) = counting(&app).await;
    let client = app.nobody().header("idempotency-key", "k");
    let cut = tokio::time::timeout(std::time::Duration::from_millis(1), async {
        client.post("/count", json!({})).await;
    });
    cut.await.ok();
    if count.load(Ordering::SeqCst) == 0 {
        // The key may or may not have been reserved before the cut; either way the write is possible.
        app.advance(61);
        send(&app, "k", json!({})).await.ok();
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

async fn two_at_once_are_done_once(app: TestApp) {
    let (app, count) = counting(&app).await;
    let all_at_once = |key: fn(usize) -> String| {
        let sends = (0..24).map(|n| {
            let client = app.nobody().header("idempotency-key", &key(n));
            tokio::spawn(async move { client.post("/count", json!({})).await })
        });
        futures::future::join_all(sends.collect::<Vec<_>>())
    };
    // Different keys first, so that enough connections stand open for the race that follows.
    for answer in all_at_once(|n| format!("warm {n}")).await {
        answer.unwrap().ok();
    }
    for answer in all_at_once(|_| "k".into()).await {
        let answer = answer.unwrap();
        if answer.status != 200 {
            answer.status(409).refused("in_progress");
        }
    }
    assert_eq!(count.load(Ordering::SeqCst), 25);
    assert_eq!(send(&app, "k", json!({})).await.ok()["n"], 25);
}

async fn a_key_is_short(app: TestApp) {
    let (app, _) = counting(&app).await;
    send(&app, &"k".repeat(200), json!({})).await.ok();
    send(&app, &"k".repeat(201), json!({})).await.status(422).refused("invalid");
    send(&app, "", json!({})).await.status(422).refused("invalid");
}

async fn a_change_whose_answer_was_lost_is_not_made_again(app: TestApp) {
    let (app, count) = counting(&app).await;
    for (key, lost) in [("k", json!(true)), ("g", json!("grouped"))] {
        let lost = || send(&app, key, json!({ "lost": lost }));
        lost().await.status(500);
        lost().await.refused("in_progress");
        app.advance(61);
        let again = lost().await.refused("conflict");
        assert!(again["detail"].as_str().unwrap().contains("was done already"), "{again}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 2);
}
