//! The chain of events: whole when nobody touched it, and telling where somebody did.

use kexun_base::Ctx;
use kexun_base::events::{self, Actor, NewEvent};
use kexun_base::ids::Uuid;
use kexun_testkit::{TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::json;

both_databases![
    a_sealed_chain_is_whole,
    changed_data_show,
    a_changed_event_shows,
    a_missing_event_shows,
    a_cut_tail_shows,
    an_event_put_in_between_shows,
    erased_data_leave_the_chain_whole,
    tenants_have_chains_of_their_own,
    an_event_goes_with_its_transaction,
    two_sealers_make_one_chain,
    more_than_a_batch_is_sealed,
];

const TENANT: Uuid = Uuid::from_u128(7);

async fn record(ctx: &Ctx, tenant: Uuid, count: usize) {
    let tx = ctx.db().begin().await.unwrap();
    for n in 0..count {
        let event = NewEvent {
            tenant,
            kind: "thing.changed",
            actor: Actor::Person(Uuid::from_u128(1)),
            subject_kind: "thing",
            subject: Uuid::from_u128(2),
            data: json!({ "n": n, "名": "值" }),
            caused_by: None,
        };
        events::record(ctx, &tx, event).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Writes past the program, as whoever has the database can.
async fn tamper(ctx: &Ctx, sql: &str) {
    let tx = ctx.db().begin().await.unwrap();
    assert_eq!(tx.execute_unprepared(sql).await.unwrap().rows_affected(), 1, "{sql}");
    tx.commit().await.unwrap();
}

async fn fault(app: &TestApp) -> Option<(i64, &'static str)> {
    let ctx = app.ctx();
    events::verify(ctx, ctx.db().read(), TENANT).await.unwrap().map(|f| (f.seq, f.what))
}

async fn five_sealed(app: &TestApp) {
    record(app.ctx(), TENANT, 5).await;
    assert_eq!(app.seal().await, 5);
    assert_eq!(fault(app).await, None);
}

async fn a_sealed_chain_is_whole(app: TestApp) {
    let state = events::chain_state(app.ctx().db().read(), TENANT).await.unwrap();
    assert_eq!((state.length, state.head, state.pending), (0, None, 0));
    assert_eq!(fault(&app).await, None);
    record(app.ctx(), TENANT, 3).await;
    let state = events::chain_state(app.ctx().db().read(), TENANT).await.unwrap();
    assert_eq!((state.length, state.pending), (0, 3));
    assert_eq!(app.seal().await, 3);
    app.advance(60);
    record(app.ctx(), TENANT, 2).await;
    assert_eq!(app.seal().await, 2);
    assert_eq!(app.seal().await, 0);
    let state = events::chain_state(app.ctx().db().read(), TENANT).await.unwrap();
    assert_eq!((state.length, state.pending, state.sealed_at), (5, 0, Some(app.ctx().now())));
    assert_eq!(state.head.map(|h| h.len()), Some(64));
    assert_eq!(fault(&app).await, None);
}

async fn changed_data_show(app: TestApp) {
    five_sealed(&app).await;
    tamper(app.ctx(), "UPDATE event SET data = '{\"n\":99}' WHERE seq = 3").await;
    assert_eq!(fault(&app).await, Some((3, "the event's data were changed")));
}

async fn a_changed_event_shows(app: TestApp) {
    five_sealed(&app).await;
    tamper(app.ctx(), "UPDATE event SET kind = 'thing.kept' WHERE seq = 2").await;
    assert_eq!(fault(&app).await.map(|f| f.0), Some(2));
    tamper(app.ctx(), "UPDATE event SET kind = 'thing.changed' WHERE seq = 2").await;
    assert_eq!(fault(&app).await, None);
    tamper(app.ctx(), "UPDATE event SET at = at - 1 WHERE seq = 4").await;
    assert_eq!(fault(&app).await.map(|f| f.0), Some(4));
}

async fn a_missing_event_shows(app: TestApp) {
    five_sealed(&app).await;
    tamper(app.ctx(), "DELETE FROM event WHERE seq = 2").await;
    assert_eq!(fault(&app).await, Some((2, "an event is missing here")));
}

async fn a_cut_tail_shows(app: TestApp) {
    five_sealed(&app).await;
    tamper(app.ctx(), "DELETE FROM event WHERE seq = 5").await;
    assert!(fault(&app).await.is_some_and(|f| f.1.contains("cut off")));
    // Whoever sets the head back as well, hash and all, is found out by the head published before.
    tamper(app.ctx(), "UPDATE event_chain SET length = 4").await;
    assert!(fault(&app).await.is_some_and(|f| f.1.contains("cut off")));
}

async fn an_event_put_in_between_shows(app: TestApp) {
    five_sealed(&app).await;
    record(app.ctx(), TENANT, 1).await;
    // Its hash is borrowed, since only the key makes one that fits.
    tamper(
        app.ctx(),
        "UPDATE event SET seq = 6, hash = (SELECT hash FROM event WHERE seq = 5) WHERE seq IS NULL",
    )
    .await;
    assert_eq!(fault(&app).await, Some((6, "the event was changed or put in between")));
}

async fn erased_data_leave_the_chain_whole(app: TestApp) {
    five_sealed(&app).await;
    tamper(app.ctx(), "UPDATE event SET data = NULL WHERE seq = 3").await;
    assert_eq!(fault(&app).await, None);
}

async fn tenants_have_chains_of_their_own(app: TestApp) {
    let other = Uuid::from_u128(8);
    record(app.ctx(), TENANT, 2).await;
    record(app.ctx(), other, 3).await;
    assert_eq!(app.seal().await, 5);
    let db = app.ctx().db().read();
    assert_eq!(events::chain_state(db, TENANT).await.unwrap().length, 2);
    assert_eq!(events::chain_state(db, other).await.unwrap().length, 3);
    tamper(app.ctx(), "DELETE FROM event WHERE seq = 3").await;
    assert_eq!(fault(&app).await, None);
    assert!(events::verify(app.ctx(), db, other).await.unwrap().is_some());
}

async fn an_event_goes_with_its_transaction(app: TestApp) {
    let ctx = app.ctx();
    let tx = ctx.db().begin().await.unwrap();
    let event = NewEvent {
        tenant: TENANT,
        kind: "thing.changed",
        actor: Actor::System,
        subject_kind: "thing",
        subject: TENANT,
        data: json!({}),
        caused_by: None,
    };
    events::record(ctx, &tx, event).await.unwrap();
    drop(tx);
    assert_eq!(app.seal().await, 0);
}

async fn two_sealers_make_one_chain(app: TestApp) {
    let second = app.second(Default::default()).await;
    record(app.ctx(), TENANT, 40).await;
    let mut sealed = 0;
    for _ in 0..10 {
        let (one, two) = tokio::join!(events::seal(app.ctx(), TENANT), events::seal(&second, TENANT));
        sealed += one.unwrap() + two.unwrap();
        record(&second, TENANT, 3).await;
    }
    sealed += app.seal().await;
    assert_eq!(sealed, 70);
    assert_eq!(fault(&app).await, None);
    assert_eq!(events::chain_state(app.ctx().db().read(), TENANT).await.unwrap().length, 70);
}

async fn more_than_a_batch_is_sealed(app: TestApp) {
    record(app.ctx(), TENANT, 1_001).await;
    assert_eq!(app.seal().await, 1_001);
    assert_eq!(fault(&app).await, None);
}
