//! What one tenant has, another never sees: by id, by list, by search, by name.

use kexun_people::rights::{Grant, Role};
use kexun_people::staff::{Draft, attach};
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use super::{admin_of_acme, member, session, shop_and_team, tenant};

both_databases![a_tenants_things_are_its_own, a_person_of_two_tenants_is_nobodys_alone];

async fn a_tenants_things_are_its_own(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (shop, team) = shop_and_team(&boss, "S1", "甲组").await;
    let li = member(app.ctx(), acme, "li", &[Role::Agent]).await;
    let account = boss.get("/api/v1/accounts").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let grant =
        boss.get(&format!("/api/v1/staff/{li}")).await.ok()["roles"][0]["id"].as_str().unwrap().to_owned();
    let other = tenant(&app, "other", None).await;
    let own = member(app.ctx(), other, "thief", &[Role::Admin]).await;
    let thief = session(&app, "thief").await;
    let acme = acme.to_string();
    thief
        .patch(&format!("/api/v1/tenants/{acme}"), json!({ "name": "x", "version": 1 }))
        .await
        .refused("not_found");
    thief
        .patch(&format!("/api/v1/shops/{shop}"), json!({ "name": "x", "version": 1 }))
        .await
        .refused("not_found");
    thief
        .patch(&format!("/api/v1/teams/{team}"), json!({ "name": "x", "version": 1 }))
        .await
        .refused("not_found");
    thief.delete(&format!("/api/v1/teams/{team}")).await.refused("not_found");
    thief.post("/api/v1/teams", json!({ "shop_id": shop, "name": "x" })).await.refused("not_found");
    thief.get(&format!("/api/v1/staff/{li}")).await.refused("not_found");
    thief
        .patch(&format!("/api/v1/staff/{li}"), json!({ "name": "x", "version": 1 }))
        .await
        .refused("not_found");
    thief.post(&format!("/api/v1/staff/{li}/roles"), json!({ "role": "agent" })).await.refused("not_found");
    thief.delete(&format!("/api/v1/staff/{li}/roles/{grant}")).await.refused("not_found");
    thief.delete(&format!("/api/v1/staff/{own}/roles/{grant}")).await.refused("not_found");
    thief
        .patch(&format!("/api/v1/accounts/{account}"), json!({ "staff_id": own }))
        .await
        .refused("not_found");
    let abroad = json!({ "account": "x", "name": "x", "shop_id": shop });
    thief.post("/api/v1/staff", abroad).await.refused("invalid");
    let abroad = json!({ "role": "agent", "team_id": team });
    thief.post(&format!("/api/v1/staff/{own}/roles"), abroad).await.refused("invalid");
    for (path, seen) in [("/staff", 1), ("/shops", 0), ("/accounts", 1), ("/tenants", 0), ("/staff?q=li", 0)]
    {
        let list = thief.get(&format!("/api/v1{path}")).await.ok();
        assert_eq!(list["items"].as_array().unwrap().len(), seen, "{path}: {list}");
    }
    let log = thief.get("/api/v1/events?limit=200").await.ok().to_string();
    assert!(!log.contains("acme") && !log.contains("\"li\""), "{log}");
    // The same code and account may be his own, too.
    shop_and_team(&thief, "S1", "甲组").await;
    let mine = thief.post("/api/v1/staff", json!({ "account": "li", "name": "李四" })).await.status(201).ok();
    assert_eq!(mine["login"], "li@other", "a taken login is not given twice");
}

async fn a_person_of_two_tenants_is_nobodys_alone(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let other = tenant(&app, "other", None).await;
    let role = Grant { role: Role::Agent, shop_id: None, team_id: None };
    let li = boss.post("/api/v1/staff", json!({ "account": "li", "name": "李雷" })).await.ok();
    let draft = Draft { account: "li".into(), name: "小李".into(), roles: vec![role], ..Draft::default() };
    attach(app.ctx(), other, "li", draft).await.unwrap();
    let me = session(&app, "li").await.get("/api/v1/me").await.ok();
    assert_eq!(me["memberships"].as_array().unwrap().len(), 2);
    let path = format!("/api/v1/staff/{}", li["id"].as_str().unwrap());
    // His place here is ours to change, his login, address and password are not.
    boss.patch(&path, json!({ "level": "高级", "name": "李大雷", "version": 1 })).await.ok();
    for change in [
        json!({ "password": "a new password" }),
        json!({ "login": "x" }),
        json!({ "email": "x@example.com" }),
    ] {
        let mut change = change;
        change["version"] = json!(2);
        boss.patch(&path, change).await.refused("forbidden");
    }
    let there = session(&app, "li").await.in_tenant("other").get("/api/v1/me").await.ok();
    assert_eq!(there["person"]["name"], "李雷", "another tenant's word about his name does not reach him");
}
