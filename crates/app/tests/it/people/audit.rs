//! The audit log and the jobs, as people read them.

use kexun_base::jobs;
use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{admin_of_acme, member, tenant};

both_databases![the_log_says_who_did_what, the_chain_says_whether_it_is_whole, a_dead_job_is_started_again,];

async fn the_log_says_who_did_what(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let li = member(app.ctx(), acme, "li", &[Role::Agent]).await;
    app.advance(86_400);
    boss.patch(&format!("/api/v1/staff/{li}"), json!({ "level": "高级", "version": 1 })).await.ok();
    let all = boss.get("/api/v1/events?limit=200").await.ok();
    let newest = &all["items"][0];
    assert_eq!((&newest["kind"], &newest["actor"]["name"]), (&json!("staff.changed"), &json!("boss")));
    assert_eq!(newest["data"]["fields"], json!(["level"]));
    assert_eq!(newest["subject"], json!({ "kind": "staff", "id": li.to_string() }));
    let of = |query: &str| {
        let (boss, path) = (boss.clone(), format!("/api/v1/events?{query}"));
        async move { boss.get(&path).await.ok()["items"].as_array().unwrap().len() }
    };
    assert_eq!(of("kind=staff.").await, 3);
    assert_eq!(of("actor=boss").await, 1);
    assert_eq!(of("actor=somebody").await, 0);
    assert_eq!(of(&format!("subject={li}")).await, 3, "entered, given a role, changed");
    assert_eq!(of("from=2026-07-02").await, 1);
    assert_eq!(of("to=2026-07-01&kind=staff.").await, 2);
    let page = boss.get("/api/v1/events?limit=2").await.ok();
    let next = page["next"].as_str().unwrap();
    let second = boss.get(&format!("/api/v1/events?limit=2&cursor={next}")).await.ok();
    assert_eq!(second["items"][0], all["items"][2]);
}

async fn the_chain_says_whether_it_is_whole(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let state = boss.get("/api/v1/events/chain").await.ok();
    assert_eq!((&state["length"], &state["head"], &state["intact"]), (&json!(0), &json!(null), &json!(null)));
    let waiting = state["pending"].as_u64().unwrap();
    assert!(waiting > 0);
    app.seal().await;
    let state = boss.get("/api/v1/events/chain?verify=true").await.ok();
    assert_eq!(
        (&state["length"], &state["pending"], &state["intact"]),
        (&json!(waiting), &json!(0), &json!(true))
    );
    let tx = app.ctx().db().begin().await.unwrap();
    tx.execute_unprepared("UPDATE event SET kind = 'x' WHERE seq = 2").await.unwrap();
    tx.commit().await.unwrap();
    let state = boss.get("/api/v1/events/chain?verify=true").await.ok();
    assert_eq!((&state["intact"], &state["broken_at"]), (&json!(false), &json!(2)));
}

async fn a_dead_job_is_started_again(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let other = tenant(&app, "other", None).await;
    let tx = app.ctx().db().begin().await.unwrap();
    let id = jobs::enqueue(app.ctx(), &tx, Some(acme.0), "unheard.of", &json!({})).await.unwrap();
    let foreign = jobs::enqueue(app.ctx(), &tx, Some(other.0), "unheard.of", &json!({})).await.unwrap();
    tx.commit().await.unwrap();
    while boss.get("/api/v1/jobs?state=dead").await.ok()["items"] == json!([]) {
        app.run_jobs().await;
        app.advance(4000);
    }
    let dead = boss.get("/api/v1/jobs?state=dead").await.ok();
    assert_eq!(dead["items"].as_array().unwrap().len(), 1, "another tenant's are not shown");
    assert_eq!(boss.get("/api/v1/home").await.ok()["now"][0]["kind"], "jobs_dead");
    boss.post(&format!("/api/v1/jobs/{id}/retry"), json!({})).await.status(204);
    boss.post(&format!("/api/v1/jobs/{foreign}/retry"), json!({})).await.refused("not_found");
    assert_eq!(boss.get("/api/v1/jobs?state=dead").await.ok()["items"], json!([]));
}
