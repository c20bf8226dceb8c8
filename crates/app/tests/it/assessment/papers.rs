//! Papers, and the sheets drawn of them.

use std::collections::BTreeSet;

use kexun_assessment::papers::{self, PaperId};
use kexun_people::rights::Role;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{question, single, truth};

both_databases![
    a_fixed_paper_asks_its_questions,
    a_drawn_paper_gives_each_his_own_sheet,
    rules_that_overlap_do_not_starve_each_other,
    what_is_lacking_is_said_by_rule,
    a_paper_is_changed_only_as_it_was_seen,
    what_makes_no_paper_is_refused,
];

const PATH: &str = "/api/v1/papers";

async fn made(client: &Client, content: Value, shuffled: bool) -> String {
    let body = json!({
        "title": "七月考核", "content": content, "shuffle_questions": shuffled, "shuffle_options": shuffled,
    });
    client.post(PATH, body).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn asked(client: &Client, paper: &str, seed: u32) -> Vec<String> {
    let sheet = client.get(&format!("{PATH}/{paper}/preview?seed={seed}")).await.ok();
    sheet["items"].as_array().unwrap().iter().map(|i| i["text"].as_str().unwrap().to_owned()).collect()
}

fn fixed(questions: &[&str]) -> Value {
    let questions: Value = questions.iter().map(|q| json!({ "question": q, "points": 2.5 })).collect();
    json!({ "kind": "fixed", "questions": questions })
}

fn drawn(rules: &[Value]) -> Value {
    json!({ "kind": "drawn", "rules": rules })
}

async fn bank(client: &Client, count: u32, more: Value) -> Vec<String> {
    let mut ids = Vec::new();
    for n in 0..count {
        ids.push(question(client, &format!("{more} {n}"), single(), more.clone()).await);
    }
    ids
}

async fn a_fixed_paper_asks_its_questions(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let first = question(&lecturer, "first", single(), json!({})).await;
    let second = question(&lecturer, "second", truth(true), json!({})).await;
    let draft = question(&lecturer, "draft", truth(true), json!({ "state": "draft" })).await;
    lecturer
        .post(PATH, json!({ "title": "x", "content": fixed(&[&first, &draft]) }))
        .await
        .refused("invalid");
    let paper = made(&lecturer, fixed(&[&second, &first]), false).await;
    assert_eq!(asked(&lecturer, &paper, 7).await, ["second", "first"]);
    let shown = lecturer.get(&format!("{PATH}/{paper}")).await.ok();
    assert_eq!((&shown["total"], &shown["count"]), (&json!(5.0), &json!(2)));
    assert_eq!(shown["questions"][0]["text"], "second");

    // It asks what is right now, and keeps what was retired; who has a sheet keeps it as it was.
    let path = format!("/api/v1/questions/{first}");
    lecturer.patch(&path, json!({ "text": "first, better", "state": "retired", "version": 1 })).await.ok();
    assert_eq!(asked(&lecturer, &paper, 7).await, ["second", "first, better"]);
    let sheet = lecturer.get(&format!("{PATH}/{paper}/preview")).await.ok();
    assert_eq!((&sheet["items"][1]["revision"], &sheet["items"][1]["order"]), (&json!(2), &json!([0, 1])));
    let head = papers::head(app.ctx().db().read(), acme.id, PaperId(paper.parse().unwrap())).await.unwrap();
    assert_eq!((head.title.as_str(), head.count, head.total.0), ("七月考核", 2, 500));

    let agent = app.sign_in(&acme, Role::Agent).await;
    agent.get(&format!("{PATH}/{paper}/preview")).await.status(403).refused("forbidden");
    let other = app.company_named("other").await;
    let stranger = app.sign_in(&other, Role::Lecturer).await;
    stranger.get(&format!("{PATH}/{paper}")).await.status(404).refused("not_found");
    stranger.post(PATH, json!({ "title": "x", "content": fixed(&[&first]) })).await.refused("invalid");
}

async fn a_drawn_paper_gives_each_his_own_sheet(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    bank(&lecturer, 8, json!({ "topic": "a", "difficulty": 2 })).await;
    bank(&lecturer, 2, json!({ "topic": "b", "difficulty": 5, "state": "draft" })).await;
    let paper =
        made(&lecturer, drawn(&[json!({ "difficulty_from": 1, "count": 4, "points": 5 })]), true).await;
    let id = PaperId(paper.parse().unwrap());
    let mut sheets = BTreeSet::new();
    let mut orders = BTreeSet::new();
    for seed in 0..20 {
        let sheet = papers::sheet(app.ctx().db().read(), acme.id, id, seed).await.unwrap();
        let again = papers::sheet(app.ctx().db().read(), acme.id, id, seed).await.unwrap();
        assert_eq!(sheet, again, "the same seed gives the same sheet");
        let texts: Vec<String> = sheet.items.iter().map(|i| i.text.clone()).collect();
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), 4);
        assert!(texts.iter().all(|text| text.contains("\"a\"")), "drafts are not drawn");
        assert!(sheet.items.iter().all(|i| i.points.0 == 500));
        orders.extend(sheet.items.iter().map(|i| i.order.clone()));
        sheets.insert(texts);
    }
    assert!(sheets.len() > 15, "{} sheets of 20 differ", sheets.len());
    assert_eq!(orders.len(), 2, "options come in both orders");
    let other = app.company_named("other").await;
    assert!(papers::sheet(app.ctx().db().read(), other.id, id, 0).await.is_err());
}

async fn rules_that_overlap_do_not_starve_each_other(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    bank(&lecturer, 3, json!({ "topic": "a", "competence": "chat" })).await;
    bank(&lecturer, 2, json!({ "topic": "b", "competence": "chat" })).await;
    // Only if the first rule leaves topic a to the second can both be satisfied.
    let rules = [
        json!({ "competence": "chat", "count": 2, "points": 1 }),
        json!({ "topic": "a", "question_kind": "single", "count": 3, "points": 2 }),
    ];
    let paper = made(&lecturer, drawn(&rules), false).await;
    for seed in 0..10 {
        let texts = asked(&lecturer, &paper, seed).await;
        assert!(texts[..2].iter().all(|t| t.contains("\"b\"")), "{texts:?}");
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), 5);
    }
}

async fn what_is_lacking_is_said_by_rule(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    bank(&lecturer, 3, json!({ "topic": "a" })).await;
    let rules = [json!({ "topic": "a", "count": 2, "points": 1 }), json!({ "count": 4, "points": 1 })];
    let counted = lecturer.post("/api/v1/papers/count", json!({ "rules": rules })).await.ok();
    assert_eq!(
        counted,
        json!({ "matching": [3, 3], "lacks": [{ "rule": 0, "missing": 2 }, { "rule": 1, "missing": 1 }] })
    );
    let paper = made(&lecturer, drawn(&rules), false).await;
    let refused = lecturer.get(&format!("{PATH}/{paper}/preview")).await.status(409).refused("conflict");
    assert!(refused["detail"].as_str().unwrap().contains("lacks"), "{refused}");
    bank(&lecturer, 3, json!({ "topic": "c" })).await;
    assert_eq!(asked(&lecturer, &paper, 0).await.len(), 6);
    assert_eq!(
        lecturer.post("/api/v1/papers/count", json!({ "rules": [] })).await.ok()["matching"],
        json!([])
    );
}

async fn a_paper_is_changed_only_as_it_was_seen(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let id = question(&lecturer, "one", truth(true), json!({})).await;
    let paper = made(&lecturer, fixed(&[&id]), false).await;
    let path = format!("{PATH}/{paper}");
    let changed =
        lecturer.patch(&path, json!({ "title": "八月", "state": "retired", "version": 1 })).await.ok();
    assert_eq!(
        (&changed["title"], &changed["version"], &changed["count"]),
        (&json!("八月"), &json!(2), &json!(1))
    );
    lecturer
        .patch(&path, json!({ "title": "九月", "version": 1 }))
        .await
        .status(409)
        .refused("stale_version");
    assert_eq!(lecturer.get(&format!("{PATH}?state=active")).await.ok()["items"], json!([]));
    assert_eq!(lecturer.get(&format!("{PATH}?q=%E5%85%AB")).await.ok()["items"][0]["id"], json!(paper));
    let auditor = app.sign_in(&acme, Role::Admin).await;
    for kind in ["paper.made", "paper.changed"] {
        let events = auditor.get(&format!("/api/v1/events?kind={kind}")).await.ok();
        assert_eq!(events["items"].as_array().unwrap().len(), 1, "{kind}");
    }
}

async fn what_makes_no_paper_is_refused(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let id = question(&lecturer, "one", truth(true), json!({})).await;
    let rule = |more: Value| {
        let mut rule = json!({ "count": 1, "points": 1 });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        drawn(&[rule])
    };
    for (content, said) in [
        (fixed(&[]), "asks nothing"),
        (fixed(&[&id, &id]), "twice"),
        (json!({ "kind": "fixed", "questions": [{ "question": id, "points": 0 }] }), "points"),
        (rule(json!({ "count": 0 })), "draw 1 to 200"),
        (rule(json!({ "difficulty_from": 4, "difficulty_to": 2 })), "difficulty"),
        (drawn(&vec![json!({ "count": 200, "points": 1 }); 3]), "600 questions"),
    ] {
        let refused = lecturer
            .post(PATH, json!({ "title": "x", "content": content }))
            .await
            .status(422)
            .refused("invalid");
        assert_eq!(refused["fields"][0]["field"], "content");
        assert!(refused["detail"].as_str().unwrap().contains(said), "{refused}");
    }
    lecturer.post(PATH, json!({ "title": " ", "content": fixed(&[&id]) })).await.status(422);
}
