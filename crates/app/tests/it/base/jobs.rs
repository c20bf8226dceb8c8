//! Background work: at least once, again after a while, visible when given up.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use kexun_base::ids::Uuid;
use kexun_base::jobs::{self, Handler, Jobs};
use kexun_base::{Code, Ctx, Error, Result};
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

both_databases![
    a_job_is_done_once,
    a_job_goes_with_its_transaction,
    a_failing_job_is_tried_again_later_and_later,
    a_job_given_up_is_seen_and_started_again,
    a_hopeless_job_is_given_up_at_once,
    a_panic_is_a_failure,
    a_job_nobody_knows_waits_for_whoever_does,
    workers_share_the_work,
    a_dead_workers_job_is_taken_over,
    jobs_done_long_ago_are_forgotten,
];

const TENANT: Uuid = Uuid::from_u128(7);

fn handler<F>(work: impl Fn(Ctx, Value) -> F + Send + Sync + 'static) -> Handler
where
    F: Future<Output = Result<()>> + Send + 'static,
{
    Arc::new(move |ctx, payload| Box::pin(work(ctx, payload)))
}

/// A job `t` that counts how often it was tried and answers by its number.
fn counting(answer: impl Fn(u32) -> Result<()> + Send + Sync + Clone + 'static) -> (Arc<AtomicU32>, Handler) {
    let count = Arc::new(AtomicU32::new(0));
    let counted = count.clone();
    let work = handler(move |_, _| {
        let (n, answer) = (counted.fetch_add(1, Ordering::SeqCst) + 1, answer.clone());
        async move { answer(n) }
    });
    (count, work)
}

async fn app_with(app: &TestApp, work: Handler) -> TestApp {
    TestApp::build(app.backend()).jobs(|jobs| jobs.with("t", work)).start().await
}

async fn order(ctx: &Ctx, payload: Value) {
    let tx = ctx.db().begin().await.unwrap();
    jobs::enqueue(ctx, &tx, Some(TENANT), "t", &payload).await.unwrap();
    tx.commit().await.unwrap();
}

async fn only(ctx: &Ctx) -> jobs::Job {
    let page = jobs::list(ctx.db().read(), TENANT, None, &Default::default()).await.unwrap();
    assert_eq!(page.items.len(), 1);
    page.items.into_iter().next().unwrap()
}

async fn a_job_is_done_once(app: TestApp) {
    let (count, work) = counting(|_| Ok(()));
    let app = app_with(&app, work).await;
    order(app.ctx(), json!({})).await;
    assert_eq!(app.run_jobs().await, 1);
    app.advance(3600);
    assert_eq!(app.run_jobs().await, 0);
    assert_eq!(count.load(Ordering::SeqCst), 1);
    let job = only(app.ctx()).await;
    assert_eq!((job.state.as_str(), job.attempts, job.last_error), ("done", 1, None));
}

async fn a_job_goes_with_its_transaction(app: TestApp) {
    let (count, work) = counting(|_| Ok(()));
    let app = app_with(&app, work).await;
    let tx = app.ctx().db().begin().await.unwrap();
    jobs::enqueue(app.ctx(), &tx, None, "t", &json!({})).await.unwrap();
    drop(tx);
    assert_eq!(app.run_jobs().await, 0);
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

async fn a_failing_job_is_tried_again_later_and_later(app: TestApp) {
    let (count, work) =
        counting(|n| if n < 4 { Err(Error::new(Code::Unavailable, "not today")) } else { Ok(()) });
    let app = app_with(&app, work).await;
    order(app.ctx(), json!({})).await;
    for (tries, wait) in [(1, 2), (2, 4), (3, 8)] {
        assert_eq!(app.run_jobs().await, 1);
        let job = only(app.ctx()).await;
        assert_eq!((job.state.as_str(), job.attempts), ("queued", tries));
        assert_eq!(job.last_error.as_deref(), Some("not today"));
        assert_eq!(job.run_at, app.ctx().now().plus_seconds(wait));
        app.advance(wait - 1);
        assert_eq!(app.run_jobs().await, 0, "not before its time");
        app.advance(1);
    }
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(only(app.ctx()).await.state, "done");
    assert_eq!(count.load(Ordering::SeqCst), 4);
}

async fn a_job_given_up_is_seen_and_started_again(app: TestApp) {
    let (count, work) = counting(|n| if n <= 8 { Err(Error::internal("broken")) } else { Ok(()) });
    let app = app_with(&app, work).await;
    order(app.ctx(), json!({})).await;
    for _ in 0..20 {
        app.run_jobs().await;
        app.advance(4000);
    }
    assert_eq!(count.load(Ordering::SeqCst), 8);
    let db = app.ctx().db();
    assert_eq!(jobs::dead(db.read()).await.unwrap(), 1);
    let page = jobs::list(db.read(), TENANT, Some("dead"), &Default::default()).await.unwrap();
    assert_eq!(page.items[0].last_error.as_deref(), Some("broken"));
    let tx = db.begin().await.unwrap();
    let foreign = jobs::retry(app.ctx(), &tx, Uuid::from_u128(8), page.items[0].id).await;
    assert_eq!(foreign.unwrap_err().code, Code::NotFound);
    jobs::retry(app.ctx(), &tx, TENANT, page.items[0].id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(only(app.ctx()).await.state, "done");
}

async fn a_hopeless_job_is_given_up_at_once(app: TestApp) {
    let (count, work) = counting(|_| Err(Error::new(Code::UnreadableFile, "no table at all")));
    let app = app_with(&app, work).await;
    order(app.ctx(), json!({})).await;
    app.run_jobs().await;
    app.advance(4000);
    app.run_jobs().await;
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(only(app.ctx()).await.state, "dead");
}

async fn a_panic_is_a_failure(app: TestApp) {
    let (_, work) = counting(|_| panic!("over the cliff"));
    let app = app_with(&app, work).await;
    order(app.ctx(), json!({})).await;
    app.run_jobs().await;
    let job = only(app.ctx()).await;
    assert_eq!((job.state.as_str(), job.attempts), ("queued", 1));
    assert!(job.last_error.is_some());
}

async fn a_job_nobody_knows_waits_for_whoever_does(app: TestApp) {
    order(app.ctx(), json!({})).await;
    app.run_jobs().await;
    let job = only(app.ctx()).await;
    assert_eq!(job.state, "queued");
    assert!(job.last_error.unwrap().contains("knows no job"));
}

/// Four workers of two processes and sixty jobs: each is done, none twice.
async fn workers_share_the_work(app: TestApp) {
    let done: Arc<Mutex<HashMap<u64, u32>>> = Arc::default();
    let noted = done.clone();
    let work = handler(move |_, payload| {
        *noted.lock().unwrap().entry(payload["n"].as_u64().unwrap()).or_default() += 1;
        async {
            tokio::task::yield_now().await;
            Ok(())
        }
    });
    let app = app_with(&app, work.clone()).await;
    let second = app.second(Jobs::default().with("t", work)).await;
    for n in 0..60 {
        order(app.ctx(), json!({ "n": n })).await;
    }
    let workers = [app.ctx(), &second, app.ctx(), &second].map(|ctx| {
        let ctx = ctx.clone();
        tokio::spawn(async move { jobs::run_due(&ctx).await.unwrap() })
    });
    let mut count = 0;
    for worker in workers {
        count += worker.await.unwrap();
    }
    // A worker that met only rows others were taking may have left early.
    count += app.run_jobs().await;
    assert_eq!(count, 60);
    assert!(done.lock().unwrap().values().all(|times| *times == 1), "{done:?}");
    assert_eq!(done.lock().unwrap().len(), 60);
}

async fn a_dead_workers_job_is_taken_over(app: TestApp) {
    let (count, work) = counting(|_| Ok(()));
    let app = app_with(&app, work).await;
    let hanging = Jobs::default().with("t", handler(|_, _| std::future::pending()));
    let second = app.second(hanging).await;
    order(app.ctx(), json!({})).await;
    let dying = tokio::spawn(async move { jobs::run_due(&second).await });
    while only(app.ctx()).await.attempts == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    dying.abort();
    assert_eq!(app.run_jobs().await, 0, "it may still live");
    app.advance(31);
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(count.load(Ordering::SeqCst), 1);
    assert_eq!(only(app.ctx()).await.attempts, 2);
}

async fn jobs_done_long_ago_are_forgotten(app: TestApp) {
    let (_, work) = counting(|_| Ok(()));
    let app = app_with(&app, work).await;
    order(app.ctx(), json!({})).await;
    app.run_jobs().await;
    app.advance(29 * 86_400);
    order(app.ctx(), json!({})).await;
    assert_eq!(jobs::forget_done(app.ctx()).await.unwrap(), 0);
    app.advance(2 * 86_400);
    assert_eq!(jobs::forget_done(app.ctx()).await.unwrap(), 1);
    assert_eq!(only(app.ctx()).await.state, "queued", "what waits is kept");
}
