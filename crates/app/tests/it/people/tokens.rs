//! API tokens.

use std::collections::BTreeSet;

use kexun_people::rights::{By, Right, Role};
use kexun_people::sign_in::tokens::{self, NewToken};
use kexun_testkit::{TestApp, both_databases};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use super::{admin_of_acme, member, session, tenant};

both_databases![
    a_token_carries_some_of_ones_rights,
    a_token_ends,
    a_token_loses_what_its_owner_loses,
    only_a_hash_is_stored,
    a_token_stays_in_its_tenant,
];

async fn a_token_carries_some_of_ones_rights(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let made = boss
        .post("/api/v1/tokens", json!({ "name": "figures", "rights": ["org:read"] }))
        .await
        .status(201)
        .ok();
    let secret = made["token"].as_str().unwrap();
    assert!(secret.starts_with("kx_") && secret.len() == 67, "{secret}");
    let program = app.nobody().token(secret);
    program.get("/api/v1/shops").await.ok();
    // No cookie, no X-Kexun needed; but no right either.
    program.post("/api/v1/shops", json!({ "code": "A", "name": "A" })).await.refused("forbidden");
    let me = program.get("/api/v1/me").await.ok();
    assert_eq!(me["rights"], json!(["org:read"]));
    let listed = boss.get("/api/v1/tokens").await.ok();
    assert!(listed["items"][0]["last_used_at"].is_string() && listed["items"][0].get("token").is_none());
    member(app.ctx(), acme, "ops", &[Role::Operations]).await;
    let ops = session(&app, "ops").await;
    ops.post("/api/v1/tokens", json!({ "name": "x", "rights": ["audit:read"] })).await.refused("forbidden");
    ops.post("/api/v1/tokens", json!({ "name": "x", "rights": [] })).await.refused("invalid");
    // Another's token is not there for him.
    let id = made["id"].as_str().unwrap();
    ops.delete(&format!("/api/v1/tokens/{id}")).await.refused("not_found");
    boss.delete(&format!("/api/v1/tokens/{id}")).await.status(204);
    app.nobody().token(secret).get("/api/v1/shops").await.status(401).refused("not_signed_in");
}

async fn a_token_ends(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let made = boss.post("/api/v1/tokens", json!({ "name": "t", "rights": ["org:read"] })).await.ok();
    let program = app.nobody().token(made["token"].as_str().unwrap());
    app.advance(89 * 86_400);
    program.get("/api/v1/shops").await.ok();
    app.advance(2 * 86_400);
    let why = program.get("/api/v1/shops").await.refused("not_signed_in");
    assert!(why["detail"].as_str().unwrap().contains("expired"), "{why}");
    let boss = session(&app, "boss").await;
    let past = json!({ "name": "t", "rights": ["org:read"], "expires_at": "2026-01-01T00:00:00Z" });
    boss.post("/api/v1/tokens", past).await.refused("invalid");
}

async fn a_token_loses_what_its_owner_loses(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let id = member(app.ctx(), acme, "ops", &[Role::Operations]).await;
    let ops = session(&app, "ops").await;
    let made = ops.post("/api/v1/tokens", json!({ "name": "t", "rights": ["job:read"] })).await.ok();
    let program = app.nobody().token(made["token"].as_str().unwrap());
    program.get("/api/v1/jobs").await.ok();
    let roles = boss.get(&format!("/api/v1/staff/{id}")).await.ok()["roles"][0]["id"].clone();
    boss.delete(&format!("/api/v1/staff/{id}/roles/{}", roles.as_str().unwrap())).await.status(204);
    program.get("/api/v1/jobs").await.refused("forbidden");
}

async fn only_a_hash_is_stored(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let made = boss.post("/api/v1/tokens", json!({ "name": "t", "rights": ["org:read"] })).await.ok();
    let secret = made["token"].as_str().unwrap().to_owned();
    let db = app.ctx().db();
    for table in ["api_token", "event", "idempotency_key", "session", "credential"] {
        let rows = Statement::from_string(db.backend(), format!("SELECT * FROM {table}"));
        for row in db.read().query_all_raw(rows).await.unwrap() {
            assert!(!format!("{row:?}").contains(&secret[3..]), "{table}");
        }
    }
}

async fn a_token_stays_in_its_tenant(app: TestApp) {
    let (acme, _) = admin_of_acme(&app).await;
    let other = tenant(&app, "other", None).await;
    app.advance(1);
    let draft = kexun_people::staff::Draft { account: "boss".into(), name: "b".into(), ..Default::default() };
    kexun_people::staff::attach(app.ctx(), other, "boss", draft).await.unwrap();
    let person = super::person(app.ctx(), "boss").await;
    let new = NewToken { name: "t".into(), rights: BTreeSet::from([Right::OrgRead]), expires_at: None };
    let (_, secret) = tokens::issue(app.ctx(), By::Operator(acme), person, new).await.unwrap();
    let program = app.nobody().token(&secret);
    assert_eq!(program.get("/api/v1/me").await.ok()["tenant"]["slug"], "acme");
    program.in_tenant("other").get("/api/v1/shops").await.refused("forbidden");
}
