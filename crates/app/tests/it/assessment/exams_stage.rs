//! What exams are tried on: a company with people, a bank of a few questions, papers of them.

use kexun_base::time::Micros;
use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_testkit::{Client, Company, Member, TestApp};
use serde_json::{Value, json};

/// Words of answers and remarks that no candidate may read before he is allowed to.
pub const SECRETS: [&str; 4] = ["七天无理由", "好评返现", "示范答案", "评分要点"];

/// A company, who examines and who is examined in it.
pub struct Stage {
    pub acme: Company,
    pub hr: Client,
    /// Agents of its team.
    pub agents: Vec<(Member, Client)>,
}

/// Brings them in.
pub async fn stage(app: &TestApp, agents: usize) -> Stage {
    let acme = app.company().await;
    let hr = app.sign_in(&acme, Role::Hr).await;
    let mut people = Vec::new();
    for n in 0..agents {
        let member = agent(app, &acme, &format!("agent{n}")).await;
        let client = app.session(&member).await;
        people.push((member, client));
    }
    Stage { acme, hr, agents: people }
}

/// An agent of the company's team.
pub async fn agent(app: &TestApp, acme: &Company, account: &str) -> Member {
    let role = Grant { role: Role::Agent, shop_id: Some(acme.shop), team_id: Some(acme.team) };
    let draft = Draft {
        account: account.into(),
        name: format!("{account} 姓名"),
        shop: Some(acme.shop),
        team: Some(acme.team),
        roles: vec![role],
        ..Draft::default()
    };
    app.enter(acme, draft).await
}

/// One question of each kind that needs no person to mark it.
pub fn questions() -> Vec<Value> {
    let option = |text: &str, share: f64| json!({ "text": text, "share": share, "feedback": "好评返现" });
    vec![
        json!({ "text": "退货期限？", "key": { "kind": "single", "options": [
            option("三天", 0.0), option("七天", 1.0), option("十天", 0.0)] } }),
        json!({ "text": "哪些可以退？", "key": { "kind": "multiple", "options": [
            option("衣服", 0.5), option("鞋子", 0.5), option("鲜花", -0.5)] } }),
        json!({ "text": "可以辱骂客户。", "key": { "kind": "true_false", "answer": false } }),
        json!({ "text": "退货叫什么？", "explanation": "平台规则第二章", "key": { "kind": "fill_in",
            "accepted": [{ "text": "七天无理由", "share": 1.0 }] } }),
    ]
}

/// A question that a person marks.
pub fn short() -> Value {
    json!({ "text": "怎样安抚客户？",
        "key": { "kind": "short_answer", "model": "示范答案", "rubric": "评分要点" } })
}

/// A paper that asks these questions, each for ten points; its id.
pub async fn paper(by: &Client, questions: &[Value]) -> String {
    let mut asked = Vec::new();
    for question in questions {
        let made = by.post("/api/v1/questions", question.clone()).await.status(201).ok();
        asked.push(json!({ "question": made["id"], "points": 10 }));
    }
    let content = json!({ "kind": "fixed", "questions": asked });
    let made = by.post("/api/v1/papers", json!({ "title": "入职考试卷", "content": content })).await;
    made.status(201).ok()["id"].as_str().unwrap().to_owned()
}

/// An exam that is open now and for a day more; 30 minutes, one attempt.
pub fn exam(app: &TestApp, paper: &str, staff: &[&Member]) -> Value {
    let now = app.ctx().now();
    json!({
        "title": "平台规则考试", "competence": "platform_rules", "paper": paper,
        "opens_at": now, "closes_at": now.plus_seconds(86_400), "minutes": 30, "attempts": 1,
        "limits": { "excellent": 0.9, "good": 0.8, "pass": 0.6 }, "credits": 1.5, "make_up": null,
        "shows_answers": "after_close", "audience": { "staff": staff.iter().map(|m| m.staff).collect::<Vec<_>>() },
    })
}

/// Sets an exam; its id.
pub async fn set(by: &Client, exam: Value) -> String {
    by.post("/api/v1/exams", exam).await.status(201).ok()["id"].as_str().unwrap().to_owned()
}

/// Begins or resumes an exam; the sitting.
pub async fn begin(who: &Client, exam: &str) -> Value {
    who.post(&format!("/api/v1/exams/{exam}/attempts"), json!({})).await.ok()
}

/// The right answers to [`questions`].
pub fn right() -> [Value; 4] {
    [
        json!({ "kind": "single", "option": 1 }),
        json!({ "kind": "multiple", "options": [0, 1] }),
        json!({ "kind": "true_false", "answer": false }),
        json!({ "kind": "fill_in", "text": " 七天无理由 " }),
    ]
}

/// Sits an exam from beginning to end with the first `count` answers right and no others; the attempt.
pub async fn sit(who: &Client, exam: &str, count: usize) -> Value {
    let sitting = begin(who, exam).await;
    let attempt = sitting["attempt"].as_str().unwrap();
    for (n, response) in (1..).zip(right().iter().take(count)) {
        who.put(&answer_path(attempt, n), json!({ "response": response, "client_seq": n })).await.ok();
    }
    who.post(&format!("/api/v1/attempts/{attempt}/submit"), json!({})).await.ok()
}

/// Where an answer is saved.
pub fn answer_path(attempt: &str, n: usize) -> String {
    format!("/api/v1/attempts/{attempt}/answers/{n}")
}

/// Data of the events of a kind, the oldest first.
pub async fn events(app: &TestApp, acme: &Company, kind: &str) -> Vec<Value> {
    let auditor = app.sign_in(acme, Role::Admin).await;
    let listed = auditor.get(&format!("/api/v1/events?kind={kind}&limit=200")).await.ok();
    listed["items"].as_array().unwrap().iter().rev().map(|e| e["data"].clone()).collect()
}

/// The instant that JSON names.
pub fn instant(value: &Value) -> Micros {
    serde_json::from_value(value.clone()).expect("an instant")
}
