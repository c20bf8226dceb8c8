//! Ids of another organisation in what one sends: the paths are swept (`sweep`), here are the bodies.

use kexun_people::rights::Role;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use crate::people::{admin_of_acme, member, session, shop_and_team, tenant};

both_databases![ids_of_others_in_a_body_are_refused];

async fn ids_of_others_in_a_body_are_refused(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (shop, team) = shop_and_team(&boss, "S1", "甲组").await;
    let staff = member(app.ctx(), acme, "li", &[Role::Agent, Role::Lecturer]).await.to_string();
    let truth = json!({ "text": "Is it so?", "key": { "kind": "true_false", "answer": true } });
    let question = boss.post("/api/v1/questions", truth).await.ok()["id"].clone();
    let content =
        |question: &Value| json!({ "kind": "fixed", "questions": [{ "question": question, "points": 1 }] });
    let paper = json!({ "title": "p", "content": content(&question) });
    let paper = boss.post("/api/v1/papers", paper).await.ok()["id"].clone();

    let other = tenant(&app, "other", None).await;
    let own = member(app.ctx(), other, "thief", &[Role::Admin, Role::Supervisor]).await.to_string();
    let thief = session(&app, "thief").await;
    let course = published_course(&thief).await;
    let account = thief.get("/api/v1/accounts").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let now = app.ctx().now();
    let class = |lecturer: &str, audience: Value| {
        json!({
            "title": "t", "competence": "chat", "lecturer": lecturer, "place": "p", "audience": audience,
            "starts_at": "2026-07-02T02:00:00Z", "ends_at": "2026-07-02T03:00:00Z",
        })
    };
    let exam = json!({
        "title": "e", "competence": "culture", "paper": paper, "opens_at": now, "closes_at": now.plus_seconds(60),
        "minutes": 1, "attempts": 1, "credits": 1, "make_up": null, "shows_answers": "after_close",
        "limits": { "excellent": 0.9, "good": 0.8, "pass": 0.6 }, "audience": { "staff": [own] },
    });
    let sent = [
        ("/api/v1/staff", json!({ "account": "x", "name": "x", "shop_id": shop })),
        ("/api/v1/staff", json!({ "account": "x", "name": "x", "team_id": team })),
        ("/api/v1/teams", json!({ "shop_id": shop, "name": "x" })),
        ("/api/v1/papers", json!({ "title": "p", "content": content(&question) })),
        ("/api/v1/exams", exam),
        ("/api/v1/classes", class(&staff, json!({ "staff": [] }))),
        ("/api/v1/archive-requests", json!({ "staff": staff, "purpose": "x", "days": 1 })),
        ("/api/v1/needs", json!({ "title": "n", "people": [staff] })),
    ];
    for (path, body) in sent {
        let answer = thief.post(path, body.clone()).await;
        assert!(answer.status.is_client_error(), "{path} {body}: {} {}", answer.status, answer.text());
    }
    let elsewhere = json!({ "key": "first_response", "shop_id": shop, "target": 1.0 });
    assert!(thief.put("/api/v1/kpi/targets", elsewhere).await.status.is_client_error());
    let path = format!("/api/v1/accounts/{account}");
    assert!(thief.patch(&path, json!({ "staff_id": staff })).await.status.is_client_error());
    let role = json!({ "role": "agent", "shop_id": shop });
    assert!(thief.post(&format!("/api/v1/staff/{own}/roles"), role).await.status.is_client_error());
    // An audience may name anybody; it reaches one's own people only.
    let audience = json!({ "staff": [staff] });
    thief.post("/api/v1/classes", class(&own, audience.clone())).await;
    thief.post(&format!("/api/v1/courses/{course}/assign"), json!({ "audience": audience })).await;
    app.run_jobs().await;
    let li = session(&app, "li").await;
    assert_eq!(
        li.get("/api/v1/notices").await.ok()["items"],
        json!([]),
        "nobody of another tenant hears of it"
    );
    assert_eq!(li.get("/api/v1/me").await.ok()["unread"], 0);
}

async fn published_course(thief: &Client) -> String {
    let course = json!({ "title": "c", "competence": "chat", "level": "basic" });
    let course =
        thief.post("/api/v1/courses", course).await.ok()["course"]["id"].as_str().unwrap().to_owned();
    let lesson = json!({ "title": "a", "kind": "text", "body": "a", "minutes": 1, "required": true });
    thief.post(&format!("/api/v1/courses/{course}/lessons"), lesson).await.ok();
    thief.post(&format!("/api/v1/courses/{course}/publish"), json!({ "version": 1 })).await;
    course
}
