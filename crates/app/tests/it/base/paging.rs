//! Lists by cursor: complete and without repetition while rows come.

use std::collections::BTreeSet;

use kexun_base::events::{self, Actor, Filter, NewEvent};
use kexun_base::http::PageRequest;
use kexun_base::ids::Uuid;
use kexun_base::{Code, Ctx};
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

both_databases![pages_are_complete_while_rows_come, limits_have_bounds, filters_narrow_and_tenants_part];

const TENANT: Uuid = Uuid::from_u128(7);

async fn record(ctx: &Ctx, tenant: Uuid, kind: &'static str, actor: Actor) {
    let tx = ctx.db().begin().await.unwrap();
    let event = NewEvent {
        tenant,
        kind,
        actor,
        subject_kind: "thing",
        subject: tenant,
        data: json!({}),
        caused_by: None,
    };
    events::record(ctx, &tx, event).await.unwrap();
    tx.commit().await.unwrap();
}

fn page(cursor: Option<String>, limit: u64) -> PageRequest {
    PageRequest { cursor, limit: Some(limit) }
}

async fn pages_are_complete_while_rows_come(app: TestApp) {
    let ctx = app.ctx();
    for n in 0..23 {
        record(ctx, TENANT, "thing.changed", Actor::System).await;
        // Some share their instant, so that the id must decide.
        app.advance(n % 3);
    }
    let (mut seen, mut times, mut cursor) = (BTreeSet::new(), Vec::new(), None);
    loop {
        let part = events::list(ctx.db().read(), TENANT, &Filter::default(), &page(cursor, 5)).await.unwrap();
        times.extend(part.items.iter().map(|e| e.at));
        assert!(part.items.iter().all(|e| seen.insert(e.id)), "none comes twice");
        app.advance(1);
        record(ctx, TENANT, "thing.changed", Actor::System).await;
        cursor = part.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 23, "what came later is newer than the first page");
    assert!(times.is_sorted_by(|a, b| a >= b));
}

async fn limits_have_bounds(app: TestApp) {
    let ctx = app.ctx();
    for _ in 0..3 {
        record(ctx, TENANT, "thing.changed", Actor::System).await;
    }
    let list = async |request: PageRequest| {
        events::list(ctx.db().read(), TENANT, &Filter::default(), &request).await
    };
    assert_eq!(list(page(None, 0)).await.unwrap().items.len(), 1);
    assert_eq!(list(page(None, u64::MAX)).await.unwrap().items.len(), 3);
    assert!(list(page(None, 3)).await.unwrap().next.is_none(), "a full last page has no next");
    let made_up = list(page(Some("7b7d".into()), 3)).await.unwrap_err();
    assert_eq!((made_up.code, made_up.fields[0].field.as_str()), (Code::Invalid, "cursor"));
}

async fn filters_narrow_and_tenants_part(app: TestApp) {
    let ctx = app.ctx();
    let (other, person) = (Uuid::from_u128(8), Uuid::from_u128(9));
    record(ctx, TENANT, "import.published", Actor::Person(person)).await;
    app.advance(10);
    record(ctx, TENANT, "staff.changed", Actor::System).await;
    record(ctx, other, "import.published", Actor::Person(person)).await;
    let count = async |filter: Filter| {
        events::list(ctx.db().read(), TENANT, &filter, &page(None, 50)).await.unwrap().items.len()
    };
    assert_eq!(count(Filter::default()).await, 2);
    assert_eq!(count(Filter { kind: Some("import.".into()), ..Filter::default() }).await, 1);
    assert_eq!(count(Filter { kind: Some("%".into()), ..Filter::default() }).await, 0, "% is no wild card");
    assert_eq!(count(Filter { actor: Some(person), ..Filter::default() }).await, 1);
    assert_eq!(count(Filter { subject: Some(other), ..Filter::default() }).await, 0);
    assert_eq!(count(Filter { from: Some(ctx.now()), ..Filter::default() }).await, 1);
    assert_eq!(count(Filter { until: Some(ctx.now()), ..Filter::default() }).await, 1);
}
