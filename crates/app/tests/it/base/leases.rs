//! One holder at a time, across processes.

use kexun_base::Code;
use kexun_base::leases::Lease;
use kexun_testkit::{TestApp, both_databases};

both_databases![one_holds_it, who_slept_too_long_may_not_write, many_want_it];

async fn one_holds_it(app: TestApp) {
    let (ctx, second) = (app.ctx(), app.second(Default::default()).await);
    let lease = Lease::take(ctx, "a", 30).await.unwrap().unwrap();
    assert!(Lease::take(&second, "a", 30).await.unwrap().is_none());
    assert!(Lease::take(&second, "b", 30).await.unwrap().is_some(), "another name is another lease");
    let tx = ctx.db().begin().await.unwrap();
    lease.release(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(Lease::take(&second, "a", 30).await.unwrap().is_some());
}

async fn who_slept_too_long_may_not_write(app: TestApp) {
    let ctx = app.ctx();
    let slow = Lease::take(ctx, "a", 30).await.unwrap().unwrap();
    app.advance(29);
    let tx = ctx.db().begin().await.unwrap();
    slow.renew(ctx, &tx).await.unwrap();
    tx.commit().await.unwrap();
    app.advance(29);
    assert!(Lease::take(ctx, "a", 30).await.unwrap().is_none(), "it was renewed");
    app.advance(2);
    let quick = Lease::take(ctx, "a", 30).await.unwrap().unwrap();
    let tx = ctx.db().begin().await.unwrap();
    assert_eq!(slow.renew(ctx, &tx).await.unwrap_err().code, Code::Unavailable);
    quick.renew(ctx, &tx).await.unwrap();
    slow.release(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(Lease::take(ctx, "a", 30).await.unwrap().is_none(), "what is lost cannot be given back");
}

async fn many_want_it(app: TestApp) {
    let second = app.second(Default::default()).await;
    let takers = (0..12).map(|n| {
        let ctx = if n % 2 == 0 { app.ctx().clone() } else { second.clone() };
        tokio::spawn(async move { Lease::take(&ctx, "a", 30).await.unwrap().is_some() })
    });
    let mut holders = 0;
    for taker in takers.collect::<Vec<_>>() {
        holders += u32::from(taker.await.unwrap());
    }
    assert_eq!(holders, 1);
}
