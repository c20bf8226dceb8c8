//! Sessions: how long they last, how they end, and what protects them.

use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use super::{admin_of_acme, member, session, tenant};

both_databases![
    a_session_lasts_while_it_is_used,
    signing_out_acts_at_once,
    another_site_changes_nothing,
    a_withdrawn_role_acts_at_once,
    a_write_sent_twice_is_done_once,
    one_changes_ones_own_language,
];

const DAY: i64 = 24 * 3600;

async fn a_session_lasts_while_it_is_used(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    for _ in 0..6 {
        app.advance(13 * DAY);
        boss.get("/api/v1/me").await.ok();
    }
    // 78 days; on the 90th it ends whatever happens.
    app.advance(13 * DAY);
    boss.get("/api/v1/me").await.refused("not_signed_in");
    let idle = session(&app, "boss").await;
    app.advance(15 * DAY);
    idle.get("/api/v1/me").await.refused("not_signed_in");
}

async fn signing_out_acts_at_once(app: TestApp) {
    let (_, here) = admin_of_acme(&app).await;
    let (there, third) = (session(&app, "boss").await, session(&app, "boss").await);
    let gone = here.delete("/api/v1/session").await.status(204);
    assert!(gone.header("set-cookie").starts_with("kexun_session=; Path=/; Max-Age=0"));
    here.get("/api/v1/me").await.refused("not_signed_in");
    there.get("/api/v1/me").await.ok();
    there.delete("/api/v1/sessions").await.status(204);
    there.get("/api/v1/me").await.refused("not_signed_in");
    third.get("/api/v1/me").await.refused("not_signed_in");
}

async fn another_site_changes_nothing(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let foreign = boss.clone().without("x-kexun");
    foreign.get("/api/v1/shops").await.ok();
    let shop = json!({ "code": "A", "name": "A" });
    foreign.post("/api/v1/shops", shop.clone()).await.status(403).refused("cross_site");
    foreign.delete("/api/v1/session").await.refused("cross_site");
    boss.post("/api/v1/shops", shop).await.status(201);
    // A stale cookie does not keep anybody from signing in.
    app.nobody().cookie("kexun_session=stale").without("x-kexun").get("/api/v1/sign-in").await.ok();
}

async fn a_withdrawn_role_acts_at_once(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let id = member(app.ctx(), acme, "ops", &[Role::Agent, Role::Director]).await;
    let ops = session(&app, "ops").await;
    ops.get("/api/v1/events").await.ok();
    let roles = boss.get(&format!("/api/v1/staff/{id}")).await.ok()["roles"].clone();
    let director = roles.as_array().unwrap().iter().find(|r| r["role"] == "director").unwrap();
    let path = format!("/api/v1/staff/{id}/roles/{}", director["id"].as_str().unwrap());
    boss.delete(&path).await.status(204);
    ops.get("/api/v1/events").await.refused("forbidden");
    ops.get("/api/v1/me").await.ok();
}

async fn a_write_sent_twice_is_done_once(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let other = tenant(&app, "other", None).await;
    // The first membership is the one without a word about the tenant.
    app.advance(1);
    kexun_people::staff::attach(
        app.ctx(),
        other,
        "boss",
        kexun_people::staff::Draft {
            account: "boss".into(),
            name: "boss".into(),
            roles: vec![kexun_people::rights::Grant { role: Role::Admin, shop_id: None, team_id: None }],
            ..Default::default()
        },
    )
    .await
    .unwrap();
    let keyed = boss.clone().header("idempotency-key", "k1");
    let shop = json!({ "code": "A", "name": "A" });
    let first = keyed.post("/api/v1/shops", shop.clone()).await.status(201).ok();
    let again = keyed.post("/api/v1/shops", shop.clone()).await.status(201);
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.ok(), first);
    keyed.post("/api/v1/shops", json!({ "code": "B", "name": "B" })).await.refused("idempotency_mismatch");
    // In another tenant the same key is another key.
    let there = keyed.in_tenant("other").post("/api/v1/shops", shop).await.status(201).ok();
    assert_ne!(there["id"], first["id"]);
    // What holds a secret is not kept for a second time, nor done a second time.
    let keyed = boss.header("idempotency-key", "k2");
    let token = json!({ "name": "t", "rights": ["kpi:read"] });
    keyed.post("/api/v1/tokens", token.clone()).await.status(201);
    keyed.post("/api/v1/tokens", token).await.refused("conflict");
    assert_eq!(keyed.get("/api/v1/tokens").await.ok()["items"].as_array().unwrap().len(), 1);
}

async fn one_changes_ones_own_language(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let me = boss.patch("/api/v1/me", json!({ "locale": "en", "email": "boss@example.com" })).await.ok();
    assert_eq!((&me["person"]["locale"], &me["person"]["email"]), (&json!("en"), &json!("boss@example.com")));
    let me = boss.patch("/api/v1/me", json!({ "email": null })).await.ok();
    assert_eq!((&me["person"]["locale"], &me["person"]["email"]), (&json!("en"), &json!(null)));
    boss.patch("/api/v1/me", json!({ "locale": "fr" })).await.refused("invalid");
    boss.patch("/api/v1/me", json!({ "email": "no" })).await.refused("invalid");
}
