//! What must fail no candidate and give nothing away: questions that are asked again, a bank that changes, texts
//! that no database keeps, an exam that closes while people hand in.

use futures::future::join_all;
use kexun_base::jobs;
use kexun_testkit::{Client, TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::exams_stage::{answer_path, begin, exam, instant, paper, questions, set, short, sit, stage};
use super::{question, truth};

both_databases![
    what_is_right_is_hidden_from_who_is_asked_again,
    who_comes_late_sits_though_the_bank_shrank,
    a_character_that_nobody_sees_costs_no_answer,
    closing_and_handing_in_at_once_disturb_nobody,
];

const DAY_S: i64 = 86_400;
/// As long as answers that were under way still count.
const GRACE_S: i64 = 10;

/// Why somebody does not see the right answers of an exam.
async fn withheld(who: &Client, exam: &str) -> Value {
    let seen = who.get(&format!("/api/v1/exams/{exam}")).await.ok();
    assert_eq!(seen["answers_shown"], json!(seen["answers_withheld"].is_null()));
    seen["answers_withheld"].clone()
}

fn review(attempt: &Value) -> String {
    format!("/api/v1/attempts/{}/review", attempt["id"].as_str().unwrap())
}

async fn what_is_right_is_hidden_from_who_is_asked_again(app: TestApp) {
    let stage = stage(&app, 2).await;
    let bank = paper(&stage.hr, &questions()).await;
    let [(failing, fails), (passing, passes)] = &stage.agents[..] else { unreachable!() };
    let mut draft = exam(&app, &bank, &[failing, passing]);
    draft["attempts"] = json!(2);
    draft["make_up"] = json!({ "after_days": 3, "window_days": 2, "times": 1 });
    let first = set(&stage.hr, draft.clone()).await;
    let failed = review(&sit(fails, &first, 1).await);
    let passed = review(&sit(passes, &first, 4).await);
    // Others may answer until the moment of grace is over.
    app.advance(DAY_S + GRACE_S);
    assert_eq!(withheld(passes, &first).await, json!({ "why": "open", "until": draft["closes_at"] }));
    passes.get(&passed).await.status(403).refused("forbidden");
    app.advance(1);
    assert_eq!(withheld(passes, &first).await, Value::Null);
    passes.get(&passed).await.ok();
    // Nobody has settled his result yet: he may be called again, and then is.
    assert_eq!(withheld(fails, &first).await, json!({ "why": "not_final", "until": null }));
    fails.get(&failed).await.status(403).refused("forbidden");
    app.run_jobs().await;
    let make_up = &fails.get("/api/v1/exams/own").await.ok()["items"][0];
    assert_eq!(make_up["make_up_number"], 1);
    assert_eq!(withheld(fails, &first).await, json!({ "why": "asked_again", "until": make_up["closes_at"] }));
    let refused = fails.get(&failed).await.status(403).refused("forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("make-up"), "{refused}");
    // The same paper in an exam that is set by hand is the same again.
    let mut by_hand = exam(&app, &bank, &[passing]);
    by_hand["closes_at"] = json!(app.ctx().now().plus_seconds(60));
    set(&stage.hr, by_hand).await;
    passes.get(&passed).await.status(403).refused("forbidden");
    app.advance(5 * DAY_S);
    assert!(instant(&make_up["closes_at"]) < app.ctx().now());
    app.run_jobs().await;
    for (who, review) in [(fails, &failed), (passes, &passed)] {
        assert_eq!(who.get(review).await.ok()["items"][3]["key"]["accepted"][0]["text"], "七天无理由");
    }
}

async fn who_comes_late_sits_though_the_bank_shrank(app: TestApp) {
    let stage = stage(&app, 2).await;
    let topic = json!({ "topic": "退货" });
    let mut ids = Vec::new();
    for n in 0..4 {
        ids.push(question(&stage.hr, &format!("第{n}题"), truth(true), topic.clone()).await);
    }
    let change = async |n: usize, mut change: Value| {
        change["version"] = json!(1);
        stage.hr.patch(&format!("/api/v1/questions/{}", ids[n]), change).await.ok();
    };
    change(3, json!({ "state": "retired" })).await;
    app.advance(1);
    let rules = json!({ "kind": "drawn", "rules": [{ "topic": "退货", "count": 3, "points": 5 }] });
    let made = stage.hr.post("/api/v1/papers", json!({ "title": "抽题卷", "content": rules })).await.ok();
    let bank = made["id"].as_str().unwrap();
    let members: Vec<_> = stage.agents.iter().map(|(m, _)| m).collect();
    let mut draft = exam(&app, bank, &members);
    draft["make_up"] = json!({ "after_days": 3, "window_days": 2, "times": 1 });
    let first = set(&stage.hr, draft.clone()).await;
    app.advance(1);
    change(0, json!({ "state": "retired" })).await;
    stage.hr.post("/api/v1/exams", draft).await.status(409).refused("conflict");
    let asked = async |who: &Client, exam: &str| {
        let sitting = begin(who, exam).await;
        let attempt = sitting["attempt"].as_str().unwrap();
        who.post(&format!("/api/v1/attempts/{attempt}/submit"), json!({})).await.ok();
        let texts =
            sitting["items"].as_array().unwrap().iter().map(|i| i["text"].as_str().unwrap().to_owned());
        let mut texts: Vec<String> = texts.collect();
        texts.sort();
        texts
    };
    let (early, late) = (&stage.agents[0].1, &stage.agents[1].1);
    // Not the one that was retired when the exam was set.
    assert_eq!(asked(early, &first).await, ["第0题", "第1题", "第2题"]);
    change(1, json!({ "topic": "换货" })).await;
    assert_eq!(asked(late, &first).await, ["第0题", "第2题"], "fewer rather than none");
    let make_up = early.get("/api/v1/exams/own").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    app.advance(3 * DAY_S);
    assert_eq!(
        asked(early, &make_up).await,
        ["第0题", "第2题"],
        "the make-up of an exam that was set before"
    );
}

async fn a_character_that_nobody_sees_costs_no_answer(app: TestApp) {
    let stage = stage(&app, 2).await;
    let bank = paper(&stage.hr, &[questions()[0].clone(), short()]).await;
    let members: Vec<_> = stage.agents.iter().map(|(m, _)| m).collect();
    let exam = set(&stage.hr, exam(&app, &bank, &members)).await;
    let words = json!({ "kind": "short_answer", "text": "先道\u{2}歉\0\r\n再补偿" });
    let mut attempts = Vec::new();
    for (_, who) in &stage.agents {
        let attempt = begin(who, &exam).await["attempt"].as_str().unwrap().to_owned();
        for _ in 0..2 {
            let answer = json!({ "response": words, "client_seq": 1 });
            who.put(&answer_path(&attempt, 2), answer).await.ok();
        }
        attempts.push(attempt);
    }
    // Saved by an earlier version, which kept it as it came.
    let tx = app.ctx().db().begin().await.unwrap();
    let stored = words.to_string();
    assert!(stored.contains("\\u0000"));
    tx.execute_unprepared(&format!("UPDATE attempt_answer SET response = '{stored}'")).await.unwrap();
    tx.commit().await.unwrap();
    let (_, who) = &stage.agents[0];
    let done = who.post(&format!("/api/v1/attempts/{}/submit", attempts[0]), json!({})).await.ok();
    assert_eq!(done["state"], "marking");
    app.advance(30 * 60 + GRACE_S + 1);
    app.run_jobs().await;
    let overview = stage.hr.get(&format!("/api/v1/exams/{exam}/marking")).await.ok();
    let question = &overview["questions"][0];
    assert_eq!(question["answers"], 2, "the one that was left is handed in too");
    let id = question["question"].as_str().unwrap();
    let listed = stage.hr.get(&format!("/api/v1/exams/{exam}/marking/{id}")).await.ok();
    for answer in listed["items"].as_array().unwrap() {
        assert_eq!(answer["response"], "先道歉\n再补偿");
    }
    let mark = format!("/api/v1/marks/{}", listed["items"][0]["id"].as_str().unwrap());
    let remark = json!({ "points": 5, "comment": "好\0", "version": 1 });
    let refused = stage.hr.put(&mark, remark).await.status(422).refused("invalid");
    assert_eq!(refused["fields"][0]["field"], "comment");
}

async fn closing_and_handing_in_at_once_disturb_nobody(app: TestApp) {
    let stage = stage(&app, 14).await;
    let bank = paper(&stage.hr, &questions()).await;
    let members: Vec<_> = stage.agents.iter().map(|(m, _)| m).collect();
    let mut draft = exam(&app, &bank, &members);
    draft["make_up"] = json!({ "after_days": 3, "window_days": 2, "times": 1 });
    let exam = set(&stage.hr, draft).await;
    app.advance(DAY_S - 60);
    let mut handing_in = Vec::new();
    // Four do not come.
    for (_, who) in &stage.agents[4..] {
        let attempt = begin(who, &exam).await["attempt"].as_str().unwrap().to_owned();
        let who = who.clone();
        handing_in
            .push(async move { who.post(&format!("/api/v1/attempts/{attempt}/submit"), json!({})).await });
    }
    // The exam is to be closed and all attempts to be collected, now.
    app.advance(60 + GRACE_S + 1);
    let workers = (0..3).map(|_| {
        let ctx = app.ctx().clone();
        tokio::spawn(async move { jobs::run_due(&ctx).await.unwrap() })
    });
    let workers: Vec<_> = workers.collect();
    let handing_in: Vec<_> = handing_in.into_iter().map(tokio::spawn).collect();
    for answer in join_all(handing_in).await {
        assert_eq!(answer.unwrap().ok()["state"], "graded");
    }
    for worked in join_all(workers).await {
        worked.unwrap();
    }
    let page = Default::default();
    for job in jobs::list(app.ctx().db().read(), stage.acme.id.0, None, &page).await.unwrap().items {
        assert_eq!(job.last_error, None, "{job:?}");
    }
    let results = stage.hr.get(&format!("/api/v1/exams/{exam}/results")).await.ok();
    let results = results["items"].as_array().unwrap();
    let count = |standing: &str| results.iter().filter(|r| r["standing"] == standing).count();
    assert_eq!((count("failed"), count("absent")), (10, 4));
    assert!(results[0]["make_up"].is_string());
    assert!(
        results.iter().all(|r| r["make_up"] == results[0]["make_up"]),
        "one make-up for all: {results:?}"
    );
}
