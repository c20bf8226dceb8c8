//! A clock that is set back by an hour: nobody is locked out, nothing waits for it to catch up, and
//! what was written in order stays in order.

use std::sync::Arc;

use kexun::operations;
use kexun_base::jobs::{self, Jobs};
use kexun_base::leases::Lease;
use kexun_base::{Result, events};
use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use crate::assessment::exams_stage::{
    answer_path, begin, events as told, exam, paper, questions, right, set, stage,
};
use crate::people::{PASSWORD, member_with_password, tenant};

both_databases![
    what_is_due_does_not_wait_for_the_clock,
    the_lease_of_a_dead_process_ends,
    sessions_go_on_and_nobody_is_locked_out,
    a_sitting_goes_on,
    the_books_stay_whole,
];

const HOUR: i64 = 3600;

/// Orders a job that does nothing.
async fn order(app: &TestApp) {
    let tx = app.ctx().db().begin().await.unwrap();
    jobs::enqueue(app.ctx(), &tx, None, "t", &json!({})).await.unwrap();
    tx.commit().await.unwrap();
}

async fn what_is_due_does_not_wait_for_the_clock(app: TestApp) {
    let nothing = |_, _| -> futures::future::BoxFuture<'static, Result<()>> { Box::pin(async { Ok(()) }) };
    let app = TestApp::build(app.backend()).jobs(|jobs| jobs.with("t", Arc::new(nothing))).start().await;
    order(&app).await;
    app.advance(-HOUR);
    assert_eq!(app.run_jobs().await, 1, "ordered for at once");
    // Taken by a process that died before the clock was set back.
    let begun = Arc::new(tokio::sync::Notify::new());
    let told = begun.clone();
    let hanging: jobs::Handler = Arc::new(move |_, _| {
        told.notify_one();
        Box::pin(std::future::pending())
    });
    let second = app.second(Jobs::default().with("t", hanging)).await;
    order(&app).await;
    let dying = tokio::spawn(async move { jobs::run_due(&second).await });
    begun.notified().await;
    dying.abort();
    app.advance(-HOUR);
    assert_eq!(app.run_jobs().await, 1, "its lease ends long after any could");
    // What was ordered for later stays ordered for later.
    let tx = app.ctx().db().begin().await.unwrap();
    let later = app.ctx().now().plus_seconds(2 * HOUR);
    jobs::enqueue_at(app.ctx(), &tx, None, "t", &json!({}), later).await.unwrap();
    tx.commit().await.unwrap();
    app.advance(-HOUR);
    assert_eq!(app.run_jobs().await, 0);
    app.advance(3 * HOUR);
    assert_eq!(app.run_jobs().await, 1);
}

async fn the_lease_of_a_dead_process_ends(app: TestApp) {
    let ctx = app.ctx();
    Lease::take(ctx, "a", 30).await.unwrap().unwrap();
    app.advance(-60);
    assert!(Lease::take(ctx, "a", 30).await.unwrap().is_none(), "clocks of two machines differ a little");
    app.advance(-HOUR);
    let lease = Lease::take(ctx, "a", 30).await.unwrap().unwrap();
    assert!(Lease::take(ctx, "a", 30).await.unwrap().is_none(), "one holds it");
    let tx = ctx.db().begin().await.unwrap();
    lease.renew(ctx, &tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sessions_go_on_and_nobody_is_locked_out(app: TestApp) {
    let acme = tenant(&app, "acme", None).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let with = |password: &str| json!({ "login": "li", "password": password });
    let signed_in = app.nobody().post("/api/v1/session", with(PASSWORD)).await.set_cookie();
    for _ in 0..5 {
        app.nobody().post("/api/v1/session", with("guess guess")).await.refused("wrong_password");
    }
    app.nobody().post("/api/v1/session", with(PASSWORD)).await.refused("throttled");
    app.advance(-HOUR);
    app.nobody().cookie(&signed_in).get("/api/v1/me").await.ok();
    let again = app.nobody().post("/api/v1/session", with(PASSWORD)).await.set_cookie();
    app.advance(HOUR);
    app.nobody().cookie(&again).get("/api/v1/me").await.ok();
}

async fn a_sitting_goes_on(app: TestApp) {
    let stage = stage(&app, 1).await;
    let bank = paper(&stage.hr, &questions()).await;
    let (member, candidate) = &stage.agents[0];
    let mut draft = exam(&app, &bank, &[member]);
    draft["opens_at"] = json!(app.ctx().now().plus_seconds(-2 * HOUR));
    let exam = set(&stage.hr, draft).await;
    let sitting = begin(candidate, &exam).await;
    let attempt = sitting["attempt"].as_str().unwrap();
    let save = async |seq: usize, n: usize, response: &Value| {
        let body = json!({ "response": response, "client_seq": seq });
        candidate.put(&answer_path(attempt, n), body).await.ok();
    };
    save(1, 1, &json!({ "kind": "single", "option": 0 })).await;
    app.advance(-HOUR);
    for (n, response) in (1..).zip(&right()) {
        save(n + 1, n, response).await;
    }
    let resumed = begin(candidate, &exam).await;
    assert_eq!(
        (&resumed["attempt"], &resumed["deadline"], &resumed["answers"]["1"]["option"]),
        (&sitting["attempt"], &sitting["deadline"], &json!(1)),
        "the same sitting with the same end, and what was answered last"
    );
    let done = candidate.post(&format!("/api/v1/attempts/{attempt}/submit"), json!({})).await.ok();
    assert_eq!(done["state"], "graded", "{done}");
    assert_eq!(told(&app, &stage.acme, "exam.graded").await.len(), 1);
}

async fn the_books_stay_whole(app: TestApp) {
    let acme = app.company().await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    for n in 0..3 {
        admin.post("/api/v1/shops", json!({ "code": format!("B{n}"), "name": "店" })).await.status(201);
        app.seal().await;
        app.advance(-HOUR);
    }
    let sealed = events::after(app.ctx().db().read(), acme.id.0, 0, 100).await.unwrap();
    let shops: Vec<_> = sealed.iter().filter(|e| e.kind == "shop.created").map(|e| e.at).collect();
    assert!(shops[1..].is_sorted_by(|a, b| a > b), "the later, the earlier by the clock: {shops:?}");
    let numbers: Vec<_> = sealed.iter().filter_map(|e| e.seq).collect();
    assert_eq!(numbers, (1..=sealed.len() as i64).collect::<Vec<_>>(), "in the order of sealing");
    assert!(operations::check(app.ctx()).await.unwrap().sound);
}
