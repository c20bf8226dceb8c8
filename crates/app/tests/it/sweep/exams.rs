//! An exam that has closed, somebody's graded attempt at it, and an answer that waits to be marked.

use std::collections::HashMap;

use kexun_testkit::{Client, TestApp};
use serde_json::{Value, json};

use crate::assessment::exams_stage::{begin, paper, questions, set, short};

/// Ids of them. The administrator sits himself; what waits to be marked is an agent's.
pub async fn ids(app: &TestApp, admin: &Client, agent: &Client) -> HashMap<String, String> {
    let mut asked = questions();
    asked.push(short());
    let (quick, by_hand) = (paper(admin, &asked[..1]).await, paper(admin, &asked[4..]).await);
    let now = app.ctx().now();
    let exam = |paper: &str, who: &Value| {
        json!({
            "title": "考试", "competence": "culture", "paper": paper, "opens_at": now,
            "closes_at": now.plus_seconds(60), "minutes": 1, "attempts": 1, "credits": 1, "make_up": null,
            "limits": { "excellent": 0.9, "good": 0.8, "pass": 0.6 }, "shows_answers": "after_close",
            "audience": { "staff": [who["staff_id"]] },
        })
    };
    let (me, other) = (admin.get("/api/v1/me").await.ok(), agent.get("/api/v1/me").await.ok());
    let graded = begin(admin, &set(admin, exam(&quick, &me)).await).await;
    let waiting = set(admin, exam(&by_hand, &other)).await;
    let theirs = begin(agent, &waiting).await;
    let path = format!("/api/v1/attempts/{}/answers/1", theirs["attempt"].as_str().unwrap());
    let text = json!({ "response": { "kind": "short_answer", "text": "道歉" }, "client_seq": 1 });
    agent.put(&path, text).await.ok();
    app.advance(120);
    app.run_jobs().await;
    let overview = admin.get(&format!("/api/v1/exams/{waiting}/marking")).await.ok();
    let question = overview["questions"][0]["question"].as_str().unwrap().to_owned();
    let answers = admin.get(&format!("/api/v1/exams/{waiting}/marking/{question}")).await.ok();
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    HashMap::from([
        ("exams".to_owned(), waiting),
        ("attempts".to_owned(), id(&graded["attempt"])),
        ("marks".to_owned(), id(&answers["items"][0]["id"])),
        ("question".to_owned(), question),
        ("n".to_owned(), "1".to_owned()),
    ])
}
