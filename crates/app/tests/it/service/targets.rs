//! Targets: who may set which, and that nobody overwrites another's unseen.

use kexun_people::rights::{Grant, Role};
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

both_databases![a_target_is_set_changed_and_withdrawn, a_supervisor_sets_those_of_his_shop];

const PATH: &str = "/api/v1/kpi/targets";

fn target(key: &str, shop: Value, target: Value, version: i32) -> Value {
    json!({ "key": key, "shop_id": shop, "target": target, "version": version })
}

async fn a_target_is_set_changed_and_withdrawn(app: TestApp) {
    let acme = app.company().await;
    let boss = app.sign_in(&acme, Role::Director).await;
    let whole = |to: Value, version| target("first_response", Value::Null, to, version);
    assert_eq!(boss.put(PATH, whole(json!(60.5), 0)).await.ok(), whole(json!(60.5), 1));
    boss.put(PATH, whole(json!(90), 0)).await.status(409).refused("stale_version");
    boss.put(PATH, whole(json!(50), 7)).await.status(409).refused("stale_version");
    boss.put(PATH, target("satisfaction", json!(acme.shop), json!(0.9), 3)).await.refused("stale_version");
    boss.put(PATH, whole(json!(45), 1)).await.ok();
    boss.put(PATH, target("first_response", json!(acme.shop), json!(30), 0)).await.ok();
    boss.put(PATH, whole(Value::Null, 2)).await.ok();
    let listed = boss.get(PATH).await.ok();
    assert_eq!(
        listed,
        json!([whole(Value::Null, 3), target("first_response", json!(acme.shop), json!(30.0), 1)])
    );

    for (key, to, field) in [
        ("first_response", json!(-1), "target"),
        ("satisfaction", json!(90), "target"),
        ("conversations", json!(1), "key"),
        ("nonsense", json!(1), "key"),
    ] {
        let fault = boss.put(PATH, target(key, Value::Null, to, 0)).await.status(422).refused("invalid");
        assert_eq!(fault["fields"][0]["field"], field, "{key}");
    }
    let other = app.company_named("other").await;
    boss.put(PATH, target("satisfaction", json!(other.shop), json!(0.9), 0)).await.refused("not_found");
    let elsewhere = app.sign_in(&other, Role::Director).await;
    assert_eq!(elsewhere.get(PATH).await.ok(), json!([]));

    let auditor = app.sign_in(&acme, Role::Admin).await;
    let events = auditor.get("/api/v1/events?kind=target.set").await.ok();
    let seen: Vec<Value> = events["items"].as_array().unwrap().iter().map(|e| e["data"].clone()).collect();
    assert_eq!(seen.len(), 4);
    assert!(
        seen.contains(&json!({ "key": "first_response", "shop_id": null, "target": 45.0, "before": 60.5 }))
    );
}

async fn a_supervisor_sets_those_of_his_shop(app: TestApp) {
    let acme = app.company().await;
    let of_shop = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: None };
    let of_team = Grant { team_id: Some(acme.team), ..of_shop };
    let supervisor = app.sign_in_with(&acme, of_shop).await;
    supervisor.put(PATH, target("satisfaction", json!(acme.shop), json!(0.9), 0)).await.ok();
    supervisor.put(PATH, target("satisfaction", Value::Null, json!(0.9), 0)).await.refused("forbidden");
    let of_team = app.sign_in_with(&acme, of_team).await;
    of_team.put(PATH, target("satisfaction", json!(acme.shop), json!(0.8), 1)).await.refused("forbidden");
    let agent = app.sign_in(&acme, Role::Agent).await;
    agent.put(PATH, target("satisfaction", json!(acme.shop), json!(0.8), 1)).await.refused("forbidden");
    // What one's figures are to be is no secret.
    assert_eq!(agent.get(PATH).await.ok()[0]["target"], 0.9);
}
