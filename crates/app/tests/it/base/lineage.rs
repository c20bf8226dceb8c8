//! What came of what.

use kexun_base::Ctx;
use kexun_base::events::lineage::{self, Link};
use kexun_base::events::{self, Actor, NewEvent, Subject};
use kexun_base::ids::Uuid;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

both_databases![the_chain_is_followed_both_ways, a_circle_ends, tenants_have_chains_of_their_own];

const TENANT: Uuid = Uuid::from_u128(7);

const fn thing(n: u128) -> Subject {
    Subject { kind: "thing", id: Uuid::from_u128(n) }
}

fn link(n: u128) -> Link {
    Link { kind: "thing".into(), id: Uuid::from_u128(n) }
}

async fn made(ctx: &Ctx, tenant: Uuid, thing: Subject, causes: &[Subject]) {
    let tx = ctx.db().begin().await.unwrap();
    let event = NewEvent {
        tenant,
        kind: "thing.made",
        actor: Actor::System,
        subject_kind: thing.kind,
        subject: thing.id,
        data: json!({}),
        caused_by: None,
    };
    events::record_because(ctx, &tx, event, causes).await.unwrap();
    tx.commit().await.unwrap();
}

async fn around(app: &TestApp, tenant: Uuid, n: u128) -> (Vec<Link>, Vec<Link>) {
    let lineage = lineage::of(app.ctx().db().read(), tenant, &link(n)).await.unwrap();
    (lineage.before, lineage.after)
}

async fn the_chain_is_followed_both_ways(app: TestApp) {
    let ctx = app.ctx();
    made(ctx, TENANT, thing(3), &[thing(1), thing(2)]).await;
    made(ctx, TENANT, thing(4), &[thing(3)]).await;
    made(ctx, TENANT, thing(5), &[thing(4), thing(1)]).await;
    // Told again, it is remembered once.
    made(ctx, TENANT, thing(4), &[thing(3)]).await;
    assert_eq!(around(&app, TENANT, 3).await, (vec![link(1), link(2)], vec![link(4), link(5)]));
    let (before, mut after) = around(&app, TENANT, 1).await;
    assert_eq!((before, after.pop()), (vec![], Some(link(4))), "the nearest come first");
    after.sort();
    assert_eq!(after, [link(3), link(5)]);
    assert_eq!(around(&app, TENANT, 9).await, (vec![], vec![]));
}

async fn a_circle_ends(app: TestApp) {
    let ctx = app.ctx();
    made(ctx, TENANT, thing(1), &[thing(2)]).await;
    made(ctx, TENANT, thing(2), &[thing(1)]).await;
    assert_eq!(around(&app, TENANT, 1).await, (vec![link(2)], vec![link(2)]));
}

async fn tenants_have_chains_of_their_own(app: TestApp) {
    made(app.ctx(), TENANT, thing(1), &[thing(2)]).await;
    assert_eq!(around(&app, Uuid::from_u128(8), 1).await, (vec![], vec![]));
}
