//! Tenants, shops, teams.

use chrono_tz::Tz::{self, America__Los_Angeles as ANGELES, Asia__Shanghai as SHANGHAI};
use kexun_base::events::{self, Actor, NewEvent};
use kexun_base::ids::Uuid;
use kexun_base::time::Day;
use kexun_people::rights::Role;
use kexun_people::tenants::{self, TenantId};
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use super::{admin_of_acme, member, session, shop_and_team, tenant};

both_databases![
    a_marketplace_makes_merchants,
    a_marketplace_reads_its_merchants,
    a_company_is_no_marketplace,
    shops_and_teams_are_kept,
    a_shop_keeps_a_name_that_is_too_long,
    a_new_zone_counts_from_a_day_that_has_not_begun,
    a_new_zone_counts_for_all_days_while_there_is_no_record,
    a_team_is_dissolved_when_it_is_empty,
];

async fn a_marketplace_makes_merchants(app: TestApp) {
    let mall = tenant(&app, "mall", None).await;
    tenant(&app, "first", Some(mall)).await;
    member(app.ctx(), mall, "boss", &[Role::Admin]).await;
    let boss = session(&app, "boss").await;
    assert_eq!(boss.get("/api/v1/me").await.ok()["tenant"]["kind"], "marketplace");
    let made =
        boss.post("/api/v1/tenants", json!({ "slug": "second", "name": "二店" })).await.status(201).ok();
    assert_eq!(made["kind"], "merchant");
    boss.post("/api/v1/tenants", json!({ "slug": "second", "name": "again" })).await.refused("conflict");
    boss.post("/api/v1/tenants", json!({ "slug": "不行", "name": "x" })).await.refused("invalid");
    let listed = boss.get("/api/v1/tenants").await.ok();
    let slugs: Vec<_> = listed["items"].as_array().unwrap().iter().map(|t| t["slug"].clone()).collect();
    assert!(slugs.contains(&json!("first")) && slugs.contains(&json!("second")), "{slugs:?}");
    let path = format!("/api/v1/tenants/{}", made["id"].as_str().unwrap());
    boss.patch(&path, json!({ "name": "新名", "version": 1 })).await.ok();
    boss.patch(&path, json!({ "name": "旧", "version": 1 })).await.status(409).refused("stale_version");
    // Its administrator sets the merchant up.
    let there = boss.in_tenant("second");
    let (shop, _) = shop_and_team(&there, "S1", "甲组").await;
    let staff = json!({ "account": "li", "name": "李雷", "shop_id": shop, "roles": [{ "role": "admin" }] });
    there.post("/api/v1/staff", staff).await.status(201);
    there.post("/api/v1/tenants", json!({ "slug": "third", "name": "x" })).await.refused("conflict");
}

async fn a_marketplace_reads_its_merchants(app: TestApp) {
    let mall = tenant(&app, "mall", None).await;
    let first = tenant(&app, "first", Some(mall)).await;
    tenant(&app, "alone", None).await;
    member(app.ctx(), mall, "seer", &[Role::Marketplace]).await;
    member(app.ctx(), mall, "agent", &[Role::Agent]).await;
    member(app.ctx(), first, "li", &[Role::Admin]).await;
    let seer = session(&app, "seer").await;
    assert_eq!(
        seer.get("/api/v1/me").await.ok()["merchants"],
        json!([{ "slug": "first", "name": "first 公司" }])
    );
    let there = seer.clone().in_tenant("first");
    let me = there.get("/api/v1/me").await.ok();
    assert_eq!((&me["tenant"]["parent"], &me["staff_id"]), (&json!("mall"), &json!(null)));
    assert_eq!(there.get("/api/v1/staff").await.ok()["items"][0]["account"], "li");
    there.post("/api/v1/shops", json!({ "code": "A", "name": "A" })).await.refused("forbidden");
    there.get("/api/v1/events").await.refused("forbidden");
    // By query, as links do.
    assert_eq!(seer.get("/api/v1/staff?tenant=first").await.ok()["items"][0]["account"], "li");
    seer.in_tenant("alone").get("/api/v1/staff").await.refused("forbidden");
    // Who has no part in overseeing sees nothing of them, and nobody looks up from below.
    session(&app, "agent").await.in_tenant("first").get("/api/v1/shops").await.refused("forbidden");
    let li = session(&app, "li").await;
    li.clone().in_tenant("mall").get("/api/v1/shops").await.refused("forbidden");
    let hidden = li.clone().in_tenant("alone").get("/api/v1/shops").await.refused("forbidden");
    let missing = li.in_tenant("nowhere").get("/api/v1/shops").await.refused("forbidden");
    let said =
        |p: serde_json::Value| p["detail"].as_str().unwrap().replace("alone", "…").replace("nowhere", "…");
    assert_eq!(said(hidden), said(missing));
}

async fn a_company_is_no_marketplace(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    boss.post("/api/v1/tenants", json!({ "slug": "x", "name": "x" })).await.refused("conflict");
    assert_eq!(boss.get("/api/v1/tenants").await.ok()["items"], json!([]));
}

async fn shops_and_teams_are_kept(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let (shop, team) = shop_and_team(&boss, "S1", "甲组").await;
    boss.post("/api/v1/shops", json!({ "code": "S1", "name": "x" })).await.refused("conflict");
    boss.post("/api/v1/shops", json!({ "code": "S2", "name": "x", "zone": "Mars/Base" }))
        .await
        .refused("invalid");
    boss.post("/api/v1/teams", json!({ "shop_id": shop, "name": "甲组" })).await.refused("conflict");
    let path = format!("/api/v1/shops/{shop}");
    let changed = boss.patch(&path, json!({ "name": "旗舰店", "version": 1 })).await.ok();
    assert_eq!(
        (&changed["name"], &changed["code"], &changed["version"]),
        (&json!("旗舰店"), &json!("S1"), &json!(2))
    );
    boss.patch(&path, json!({ "name": "x", "version": 1 })).await.refused("stale_version");
    boss.patch(&format!("/api/v1/teams/{team}"), json!({ "name": "乙组", "version": 1 })).await.ok();
    let listed = boss.get("/api/v1/shops").await.ok();
    assert_eq!(listed["items"][0]["teams"][0]["name"], "乙组");
    assert_eq!(listed["items"][0]["zone"], "Asia/Shanghai");
}

async fn a_shop_keeps_a_name_that_is_too_long(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let long = "长".repeat(120);
    let tx = app.ctx().db().begin().await.unwrap();
    let (shop, _) = tenants::ensure_shop(app.ctx(), &tx, acme, &long).await.unwrap();
    tx.commit().await.unwrap();
    let path = format!("/api/v1/shops/{}", shop.id);
    let west = boss.patch(&path, json!({ "zone": "Asia/Tokyo", "version": 1 })).await.ok();
    assert_eq!((&west["zone"], &west["code"]), (&json!("Asia/Tokyo"), &json!(long)));
    let named = boss.patch(&path, json!({ "code": long, "name": "长店", "version": 2 })).await.ok();
    assert_eq!((&named["name"], &named["code"]), (&json!("长店"), &json!(long)));
    let other = json!({ "code": "短".repeat(65), "version": 3 });
    assert_eq!(boss.patch(&path, other).await.refused("invalid")["fields"][0]["field"], "code");
}

/// Notes what imports tell of.
async fn tell(app: &TestApp, tenant: TenantId, kind: &'static str, import: Uuid) {
    let tx = app.ctx().db().begin().await.unwrap();
    let (tenant, actor, subject_kind, subject, data) = (tenant.0, Actor::System, "import", import, json!({}));
    let event = NewEvent { tenant, kind, actor, subject_kind, subject, data, caused_by: None };
    events::record(app.ctx(), &tx, event).await.unwrap();
    tx.commit().await.unwrap();
    app.advance(1);
}

async fn zones(app: &TestApp, tenant: TenantId) -> Vec<(String, Tz)> {
    let shops = tenants::shops(app.ctx().db().read(), tenant).await.unwrap();
    shops[0].zones.iter().map(|(from, zone)| (from.to_string(), *zone)).collect()
}

async fn a_new_zone_counts_from_a_day_that_has_not_begun(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (shop, _) = shop_and_team(&boss, "S1", "甲组").await;
    tell(&app, acme, "import.published", app.ctx().id()).await;
    // Ten in the morning of 1 July in Shanghai; in Los Angeles it is 30 June.
    let path = format!("/api/v1/shops/{shop}");
    boss.patch(&path, json!({ "zone": "America/Los_Angeles", "version": 1 })).await.ok();
    let ever = Day::default().to_string();
    assert_eq!(zones(&app, acme).await, [(ever, SHANGHAI), ("2026-07-02".into(), ANGELES)]);
}

async fn a_new_zone_counts_for_all_days_while_there_is_no_record(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (shop, _) = shop_and_team(&boss, "S1", "甲组").await;
    let path = format!("/api/v1/shops/{shop}");
    let ever = Day::default().to_string();
    boss.patch(&path, json!({ "zone": "America/Los_Angeles", "version": 1 })).await.ok();
    assert_eq!(zones(&app, acme).await, [(ever.clone(), ANGELES)]);
    // One that failed left nothing.
    let (first, second) = (app.ctx().id(), app.ctx().id());
    tell(&app, acme, "import.ordered", first).await;
    tell(&app, acme, "import.failed", first).await;
    boss.patch(&path, json!({ "zone": "Asia/Shanghai", "version": 2 })).await.ok();
    assert_eq!(zones(&app, acme).await, [(ever.clone(), SHANGHAI)]);
    // One under way counts its days by the zone that it met.
    tell(&app, acme, "import.ordered", second).await;
    boss.patch(&path, json!({ "zone": "America/Los_Angeles", "version": 3 })).await.ok();
    assert_eq!(zones(&app, acme).await, [(ever, SHANGHAI), ("2026-07-02".into(), ANGELES)]);
}

async fn a_team_is_dissolved_when_it_is_empty(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let (_, team) = shop_and_team(&boss, "S1", "甲组").await;
    let li =
        boss.post("/api/v1/staff", json!({ "account": "li", "name": "李雷", "team_id": team })).await.ok();
    assert_eq!(li["shop"]["name"], "S1", "a team brings its shop");
    let path = format!("/api/v1/teams/{team}");
    boss.delete(&path).await.refused("conflict");
    let member = format!("/api/v1/staff/{}", li["id"].as_str().unwrap());
    app.advance(86_400);
    boss.patch(&member, json!({ "team_id": null, "version": 1 })).await.ok();
    boss.delete(&path).await.status(204);
    let history = boss.get(&member).await.ok()["history"].clone();
    assert_eq!(history[0]["team"], "甲组", "it stays in the history: {history}");
    let shop = li["shop"]["id"].clone();
    let again = boss.post("/api/v1/teams", json!({ "shop_id": shop, "name": "甲组" })).await.status(201).ok();
    assert_eq!(again["id"], json!(team), "it comes back");
}
