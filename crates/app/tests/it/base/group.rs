//! Many small writes that share one commit.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{BoxFuture, join_all};
use kexun_base::db::{Batch, Tx};
use kexun_base::events::{self, Actor, Filter, NewEvent};
use kexun_base::http::PageRequest;
use kexun_base::ids::Uuid;
use kexun_base::{Code, Ctx, Error, Result};
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

both_databases![
    many_at_once_are_all_written,
    one_that_fails_takes_back_only_itself,
    who_hangs_up_stops_nobody,
    a_batch_writes_all_that_come_at_once,
    what_the_database_refuses_fails_alone,
];

const TENANT: Uuid = Uuid::from_u128(7);

/// Writes event `n`, and fails after that if `fails`.
async fn write(ctx: &Ctx, n: usize, fails: bool) -> Result<usize> {
    let own = ctx.clone();
    ctx.db().write_grouped(move |tx| write_and_fail(own, tx, n, fails)).await
}

fn write_and_fail(
    ctx: Ctx,
    tx: &kexun_base::db::Tx,
    n: usize,
    fails: bool,
) -> futures::future::BoxFuture<'_, Result<usize>> {
    Box::pin(async move {
        let event = NewEvent {
            tenant: TENANT,
            kind: "thing.changed",
            actor: Actor::System,
            subject_kind: "thing",
            subject: Uuid::from_u128(n as u128),
            data: json!({ "n": n }),
            caused_by: None,
        };
        events::record(&ctx, tx, event).await?;
        if fails { Err(Error::new(Code::Conflict, format!("{n} must not be"))) } else { Ok(n) }
    })
}

async fn written(ctx: &Ctx) -> Vec<u64> {
    let page = PageRequest { cursor: None, limit: Some(200) };
    let events = events::list(ctx.db().read(), TENANT, &Filter::default(), &page).await.unwrap().items;
    let mut numbers: Vec<u64> = events.iter().map(|e| e.data["n"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

async fn many_at_once_are_all_written(app: TestApp) {
    let ctx = app.ctx();
    let outcomes = join_all((0..190).map(|n| write(ctx, n, false))).await;
    for (n, outcome) in outcomes.into_iter().enumerate() {
        assert_eq!(outcome.unwrap(), n);
    }
    assert_eq!(written(ctx).await, (0..190).collect::<Vec<_>>());
}

async fn one_that_fails_takes_back_only_itself(app: TestApp) {
    let ctx = app.ctx();
    let outcomes = join_all((0..30).map(|n| write(ctx, n, n % 3 == 0))).await;
    for (n, outcome) in outcomes.into_iter().enumerate() {
        assert_eq!(
            outcome.map_err(|e| e.detail.into_owned()),
            match n % 3 {
                0 => Err(format!("{n} must not be")),
                _ => Ok(n),
            }
        );
    }
    assert_eq!(written(ctx).await, (0..30).filter(|n| n % 3 != 0).collect::<Vec<_>>());
}

async fn who_hangs_up_stops_nobody(app: TestApp) {
    let ctx = app.ctx();
    let answered = AtomicUsize::new(0);
    let impatient = async {
        let waiting = join_all((0..20).map(|n| write(ctx, n, false)));
        // Polled once, then dropped: as a request whose client has gone.
        futures::future::select(Box::pin(waiting), std::future::ready(())).await;
    };
    let patient = async {
        for outcome in join_all((20..40).map(|n| write(ctx, n, false))).await {
            outcome.unwrap();
            answered.fetch_add(1, Ordering::Relaxed);
        }
    };
    futures::future::join(impatient, patient).await;
    assert_eq!(answered.load(Ordering::Relaxed), 20);
    let numbers = written(ctx).await;
    assert!((20..40).all(|n| numbers.contains(&n)), "{numbers:?}");
}

/// Event `n`; one that is refused as such, or one that breaks the whole batch.
#[derive(Clone)]
struct Thing {
    ctx: Ctx,
    n: usize,
    is_refused: bool,
    breaks: bool,
}

impl Batch for Thing {
    type Done = usize;

    fn write(tx: &Tx, batch: Vec<Self>) -> BoxFuture<'_, Result<Vec<Result<usize>>>> {
        Box::pin(async move {
            let mut outcomes = Vec::new();
            for thing in batch {
                if thing.is_refused {
                    outcomes.push(Err(Error::new(Code::Conflict, format!("{} must not be", thing.n))));
                    continue;
                }
                outcomes.push(Ok(write_and_fail(thing.ctx, tx, thing.n, false).await?));
                if thing.breaks {
                    return Err(Error::internal("the database refused"));
                }
            }
            Ok(outcomes)
        })
    }
}

async fn batched(ctx: &Ctx, n: usize, is_refused: bool, breaks: bool) -> Result<usize> {
    let own = ctx.clone();
    ctx.db().write_batched(Thing { ctx: own, n, is_refused, breaks }).await
}

async fn a_batch_writes_all_that_come_at_once(app: TestApp) {
    let ctx = app.ctx();
    let outcomes = join_all((0..190).map(|n| batched(ctx, n, n % 10 == 0, false))).await;
    for (n, outcome) in outcomes.into_iter().enumerate() {
        assert_eq!(outcome.is_err(), n % 10 == 0, "{n}");
    }
    assert_eq!(written(ctx).await, (0..190).filter(|n| n % 10 != 0).collect::<Vec<_>>());
}

async fn what_the_database_refuses_fails_alone(app: TestApp) {
    let ctx = app.ctx();
    let outcomes = join_all((0..30).map(|n| batched(ctx, n, false, n == 7))).await;
    for (n, outcome) in outcomes.into_iter().enumerate() {
        assert_eq!(outcome.is_err(), n == 7, "{n}");
    }
    assert_eq!(written(ctx).await, (0..30).filter(|n| *n != 7).collect::<Vec<_>>());
}
