//! Sessions: how long they last, how they end, and what protects them.

use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use super::{PASSWORD, admin_of_acme, member, member_with_password, session, tenant};

both_databases![
    a_session_lasts_while_it_is_used,
    signing_out_acts_at_once,
    one_sees_where_one_is_signed_in,
    one_session_or_all_others_are_ended,
    a_strangers_session_is_not_to_be_found,
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

/// Signs in as the administrator with the browser's own words.
async fn browser(app: &TestApp, says: &str) -> kexun_testkit::Client {
    let nobody = app.nobody().header("user-agent", says).from([192, 0, 2, 1]);
    let answer = nobody.post("/api/v1/session", json!({ "login": "boss", "password": PASSWORD })).await;
    let cookie = answer.set_cookie();
    answer.ok();
    nobody.cookie(&cookie)
}

async fn listed(client: &kexun_testkit::Client) -> Vec<serde_json::Value> {
    client.get("/api/v1/sessions").await.ok()["items"].as_array().unwrap().clone()
}

async fn one_sees_where_one_is_signed_in(app: TestApp) {
    let acme = tenant(&app, "acme", None).await;
    member_with_password(app.ctx(), acme, "boss", &[Role::Admin]).await;
    let old = session(&app, "boss").await;
    app.advance(3600);
    let phone = browser(&app, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1").await;
    app.advance(600);
    let desk = browser(&app, "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0.0.0 Safari/537.36").await;
    app.advance(600);
    phone.get("/api/v1/me").await.ok();
    let sessions = listed(&desk).await;
    let devices: Vec<_> = sessions.iter().map(|s| (&s["device"], &s["this"])).collect();
    let expected = [("Chrome, Windows", true), ("Safari, iPhone", false), ("test", false)];
    let expected = expected.map(|(device, this)| (json!(device), json!(this)));
    assert!(devices.into_iter().eq(expected.iter().map(|(device, this)| (device, this))), "{sessions:?}");
    assert_eq!(sessions[0]["address"], "192.0.2.1", "{sessions:?}");
    assert!(sessions[2]["address"].is_null(), "that one signed in without a network");
    assert_eq!(sessions[1]["created_at"], "2026-07-01T03:00:00Z");
    assert_eq!(sessions[1]["last_used_at"], "2026-07-01T03:20:00Z");
    // What is over is no longer listed, and no session is one that tokens could see.
    app.advance(13 * DAY);
    desk.get("/api/v1/me").await.ok();
    app.advance(2 * DAY);
    old.get("/api/v1/me").await.refused("not_signed_in");
    assert_eq!(listed(&desk).await.len(), 1);
    let token = json!({ "name": "t", "rights": ["kpi:read"] });
    let token = desk.post("/api/v1/tokens", token).await.ok()["token"].as_str().unwrap().to_owned();
    let program = app.nobody().token(&token);
    program.get("/api/v1/sessions").await.refused("forbidden");
    program.delete("/api/v1/sessions?others=true").await.refused("forbidden");
}

async fn one_session_or_all_others_are_ended(app: TestApp) {
    let (_, here) = admin_of_acme(&app).await;
    let (second, third) = (session(&app, "boss").await, session(&app, "boss").await);
    let fourth = session(&app, "boss").await;
    let id_of =
        async |client: &kexun_testkit::Client| listed(client).await[0]["id"].as_str().unwrap().to_owned();
    let (own, gone) = (id_of(&here).await, id_of(&second).await);
    let answer = here.delete(&format!("/api/v1/sessions/{gone}")).await.status(204);
    assert!(answer.header("set-cookie").is_empty(), "the own session goes on");
    second.get("/api/v1/me").await.refused("not_signed_in");
    third.get("/api/v1/me").await.ok();
    here.delete(&format!("/api/v1/sessions/{gone}")).await.refused("not_found");
    here.delete("/api/v1/sessions?others=true").await.status(204);
    third.get("/api/v1/me").await.refused("not_signed_in");
    fourth.get("/api/v1/me").await.refused("not_signed_in");
    assert_eq!(listed(&here).await.len(), 1);
    let events = here.get("/api/v1/events").await.ok();
    let kinds = |kind: &str| events["items"].as_array().unwrap().iter().filter(|e| e["kind"] == kind).count();
    assert_eq!((kinds("session.closed"), kinds("session.others_closed")), (1, 1), "{events}");
    // One's own is ended like any other; the browser forgets its cookie.
    let answer = here.delete(&format!("/api/v1/sessions/{own}")).await.status(204);
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    here.get("/api/v1/me").await.refused("not_signed_in");
}

async fn a_strangers_session_is_not_to_be_found(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member(app.ctx(), acme, "ops", &[Role::Director]).await;
    let ops = session(&app, "ops").await;
    let his = listed(&boss).await[0]["id"].as_str().unwrap().to_owned();
    assert!(listed(&ops).await.iter().all(|session| session["id"] != his));
    ops.delete(&format!("/api/v1/sessions/{his}")).await.refused("not_found");
    boss.get("/api/v1/me").await.ok();
    boss.clone().without("x-kexun").delete(&format!("/api/v1/sessions/{his}")).await.refused("cross_site");
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
