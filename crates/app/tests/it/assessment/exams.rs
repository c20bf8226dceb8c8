//! Sitting exams: every answer counts that was acknowledged, none that came too late, and nobody learns
//! too early what is right.

use kexun_people::rights::{Grant, Role};
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use super::exams_stage::{
    SECRETS, agent, answer_path, begin, events, exam, paper, questions, right, set, short, sit, stage,
};

both_databases![
    a_sitting_resumes_and_what_was_answered_last_counts,
    nothing_counts_after_the_deadline,
    handed_in_by_two_at_once_it_is_graded_once,
    what_is_right_is_told_to_nobody_too_early,
    others_see_nothing_of_it,
    an_exam_that_cannot_be_is_refused,
    one_that_nobody_began_is_called_off,
];

async fn a_sitting_resumes_and_what_was_answered_last_counts(app: TestApp) {
    let stage = stage(&app, 1).await;
    let paper = paper(&stage.hr, &questions()).await;
    let (member, who) = &stage.agents[0];
    let exam = set(&stage.hr, exam(&app, &paper, &[member])).await;
    let inbox = who.get("/api/v1/notices").await.ok();
    assert_eq!(inbox["items"][0]["kind"], "exam_set");
    assert_eq!(inbox["items"][0]["params"]["opens"], "2026-07-01 10:00", "in the shop's time");
    let home = who.get("/api/v1/home").await.ok();
    assert_eq!(home["now"][0]["kind"], "exams_due", "{home}");

    let first = begin(who, &exam).await;
    let attempt = first["attempt"].as_str().unwrap().to_owned();
    assert_eq!(first["deadline"], "2026-07-01T02:30:00Z");
    assert_eq!(first["items"].as_array().unwrap().len(), 4);
    assert_eq!(first["items"][0]["options"][1], json!({ "number": 1, "text": "七天" }));
    let save = |n: usize, seq: i64, response: Value| {
        let path = answer_path(&attempt, n);
        let who = who.clone();
        async move { who.put(&path, json!({ "response": response, "client_seq": seq })).await }
    };
    let single = |option: Value| json!({ "kind": "single", "option": option });
    // The later answer arrives first, and the earlier one twice.
    save(1, 5, single(json!(1))).await.ok();
    save(1, 3, single(json!(0))).await.ok();
    save(1, 3, single(json!(0))).await.ok();
    save(2, 6, json!({ "kind": "multiple", "options": [1, 0] })).await.ok();
    save(4, 7, json!({ "kind": "fill_in", "text": "七天无理由" })).await.ok();
    // Another answer under the same sequence would be lost: it is refused, not acknowledged.
    save(1, 5, single(json!(2))).await.status(409).refused("conflict");
    save(1, 8, json!({ "kind": "fill_in", "text": "x" })).await.status(422).refused("invalid");
    save(1, 8, single(json!(3))).await.status(422).refused("invalid");
    save(9, 8, single(json!(1))).await.status(404).refused("not_found");

    app.advance(60);
    let other_device = app.session(member).await;
    let again = begin(&other_device, &exam).await;
    assert_eq!(again["attempt"], first["attempt"]);
    assert_eq!((&again["deadline"], &again["items"]), (&first["deadline"], &first["items"]));
    assert_eq!(again["server_now"], "2026-07-01T02:01:00Z");
    assert_eq!(again["answers"]["1"], single(json!(1)));
    assert_eq!(again["answers"]["2"], json!({ "kind": "multiple", "options": [0, 1] }));
    assert_eq!((&again["answers"]["3"], &again["last_seq"]), (&Value::Null, &json!(7)));
    assert_eq!(who.get(&format!("/api/v1/attempts/{attempt}")).await.ok(), again);
    // Taken back, then answered again.
    save(1, 9, single(Value::Null)).await.ok();
    save(1, 10, single(json!(1))).await.ok();
    let done = who.post(&format!("/api/v1/attempts/{attempt}/submit"), json!({})).await.ok();
    assert_eq!((&done["state"], &done["earned"]), (&json!("graded"), &json!(30.0)));
    assert_eq!((&done["score"], &done["grade"]), (&json!(0.75), &json!("pass")));
    save(3, 11, json!({ "kind": "true_false", "answer": false })).await.status(409).refused("conflict");
    // One attempt was all he had.
    who.post(&format!("/api/v1/exams/{exam}/attempts"), json!({})).await.status(409).refused("conflict");
    let own = &who.get("/api/v1/exams/own").await.ok()["items"][0];
    assert_eq!((&own["standing"], &own["credits"]), (&json!("passed"), &json!(1.5)));
    let told = events(&app, &stage.acme, "exam.graded").await;
    assert_eq!(
        told,
        [json!({
            "staff": member.staff, "attempt": attempt, "title": "平台规则考试", "competence": "platform_rules",
            "score": 0.75, "grade": "pass", "credits": 1.5, "make_up": false,
        })]
    );
}

async fn nothing_counts_after_the_deadline(app: TestApp) {
    let stage = stage(&app, 1).await;
    let paper = paper(&stage.hr, &questions()).await;
    let (member, who) = &stage.agents[0];
    let exam = set(&stage.hr, exam(&app, &paper, &[member])).await;
    let sitting = begin(who, &exam).await;
    let attempt = sitting["attempt"].as_str().unwrap();
    let put = |n: usize, seq: i64| {
        let answer = json!({ "response": right()[n - 1], "client_seq": seq });
        let (who, path) = (who.clone(), answer_path(attempt, n));
        async move { who.put(&path, answer).await }
    };
    put(1, 1).await.ok();
    app.advance(30 * 60 + 10);
    put(2, 2).await.ok();
    app.advance(1);
    let refused = put(3, 3).await.status(409).refused("conflict");
    assert!(refused["detail"].as_str().unwrap().contains("what was saved before counts"));
    // What was saved is confirmed again to who missed the acknowledgement.
    put(2, 2).await.ok();
    app.run_jobs().await;
    let after = who.get(&format!("/api/v1/exams/{exam}")).await.ok();
    let tried = &after["own"]["tries"][0];
    assert_eq!((&tried["state"], &tried["earned"]), (&json!("graded"), &json!(20.0)));
    assert_eq!(tried["submitted_at"], sitting["deadline"]);
    assert_eq!(after["own"]["standing"], "failed");
    let over = who.get(&format!("/api/v1/attempts/{attempt}")).await.ok();
    assert_eq!((&over["items"], &over["answers"]), (&json!([]), &json!({})));
}

async fn handed_in_by_two_at_once_it_is_graded_once(app: TestApp) {
    let stage = stage(&app, 1).await;
    let paper = paper(&stage.hr, &questions()).await;
    let (member, who) = &stage.agents[0];
    let exam = set(&stage.hr, exam(&app, &paper, &[member])).await;
    let path = format!("/api/v1/exams/{exam}/attempts");
    let (one, two) = tokio::join!(who.post(&path, json!({})), who.post(&path, json!({})));
    let (one, two) = (one.ok(), two.ok());
    assert_eq!(one["attempt"], two["attempt"], "two who begin at once begin one attempt");
    let attempt = one["attempt"].as_str().unwrap();
    for (n, response) in (1..).zip(right()) {
        who.put(&answer_path(attempt, n), json!({ "response": response, "client_seq": n })).await.ok();
    }
    let path = format!("/api/v1/attempts/{attempt}/submit");
    let (one, two) = tokio::join!(who.post(&path, json!({})), who.post(&path, json!({})));
    assert_eq!(one.ok(), two.ok());
    let graded = events(&app, &stage.acme, "exam.graded").await;
    assert_eq!(graded.len(), 1);
    assert_eq!((&graded[0]["grade"], &graded[0]["credits"]), (&json!("excellent"), &json!(1.5)));
    assert_eq!(events(&app, &stage.acme, "exam.submitted").await.len(), 1);
}

async fn what_is_right_is_told_to_nobody_too_early(app: TestApp) {
    let stage = stage(&app, 1).await;
    let mut asked = questions();
    asked.push(short());
    let paper = paper(&stage.hr, &asked).await;
    let (member, who) = &stage.agents[0];
    let open = exam(&app, &paper, &[member]);
    let never = json!({ "shows_answers": "never", "title": "不公布" });
    let mut closed = open.clone();
    closed.as_object_mut().unwrap().extend(never.as_object().unwrap().clone());
    let mut attempts = Vec::new();
    for draft in [open, closed] {
        let exam = set(&stage.hr, draft).await;
        let sitting = begin(who, &exam).await;
        let attempt = sitting["attempt"].as_str().unwrap().to_owned();
        let submit = format!("/api/v1/attempts/{attempt}/submit");
        let mut seen = vec![sitting.to_string()];
        for path in [
            format!("/api/v1/exams/{exam}"),
            "/api/v1/exams/own".into(),
            format!("/api/v1/attempts/{attempt}"),
        ] {
            seen.push(who.get(&path).await.ok().to_string());
        }
        seen.push(who.post(&submit, json!({})).await.ok().to_string());
        seen.push(who.get(&format!("/api/v1/exams/{exam}")).await.ok().to_string());
        seen.push(who.get(&format!("/api/v1/attempts/{attempt}")).await.ok().to_string());
        let review = who.get(&format!("/api/v1/attempts/{attempt}/review")).await.status(403);
        seen.push(review.text());
        for text in &seen {
            for secret in
                SECRETS.iter().chain(&["\"share\"", "\"accepted\"", "\"key\"", "\"rubric\"", "\"model\""])
            {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
        for path in [
            format!("/api/v1/exams/{exam}/results"),
            format!("/api/v1/exams/{exam}/marking"),
            format!("/api/v1/papers/{paper}"),
        ] {
            who.get(&path).await.status(403).refused("forbidden");
        }
        attempts.push(attempt);
    }
    app.advance(86_400 + 11);
    let review = who.get(&format!("/api/v1/attempts/{}/review", attempts[0])).await.ok();
    assert_eq!(review["items"][3]["key"]["accepted"][0]["text"], "七天无理由");
    assert_eq!(review["items"][3]["explanation"], "平台规则第二章");
    assert_eq!((&review["items"][3]["earned"], &review["items"][3]["response"]), (&json!(0.0), &Value::Null));
    who.get(&format!("/api/v1/attempts/{}/review", attempts[1])).await.status(403).refused("forbidden");
}

async fn others_see_nothing_of_it(app: TestApp) {
    let stage = stage(&app, 2).await;
    let bank = paper(&stage.hr, &questions()).await;
    let (member, who) = &stage.agents[0];
    let (second, other) = &stage.agents[1];
    let exam_id = set(&stage.hr, exam(&app, &bank, &[member, second])).await;
    let sitting = begin(who, &exam_id).await;
    let attempt = sitting["attempt"].as_str().unwrap().to_owned();
    let stranger_company = app.company_named("other").await;
    let outsider = agent(&app, &stage.acme, "outsider").await;
    let no_candidate = app.session(&outsider).await;
    let elsewhere = app.sign_in(&stranger_company, Role::Admin).await;
    for client in [&elsewhere, &no_candidate, other] {
        client.get(&format!("/api/v1/attempts/{attempt}")).await.status(404).refused("not_found");
        client.get(&format!("/api/v1/attempts/{attempt}/review")).await.status(404).refused("not_found");
        let answer = json!({ "response": right()[0], "client_seq": 1 });
        client.put(&answer_path(&attempt, 1), answer).await.status(404).refused("not_found");
        let submit = format!("/api/v1/attempts/{attempt}/submit");
        client.post(&submit, json!({})).await.status(404).refused("not_found");
    }
    for client in [&elsewhere, &no_candidate] {
        client.get(&format!("/api/v1/exams/{exam_id}")).await.status(404).refused("not_found");
        let path = format!("/api/v1/exams/{exam_id}/attempts");
        client.post(&path, json!({})).await.status(404).refused("not_found");
    }
    elsewhere.get(&format!("/api/v1/exams/{exam_id}/results")).await.status(404).refused("not_found");
    assert_eq!(elsewhere.get("/api/v1/exams").await.ok()["items"], json!([]));

    // Lecturers see the exams that they set, and only those.
    let lecturer = app.sign_in(&stage.acme, Role::Lecturer).await;
    let colleague = app.sign_in(&stage.acme, Role::Lecturer).await;
    let own = set(&lecturer, exam(&app, &bank, &[member])).await;
    assert_eq!(lecturer.get("/api/v1/exams").await.ok()["items"].as_array().unwrap().len(), 1);
    assert_eq!(colleague.get("/api/v1/exams").await.ok()["items"], json!([]));
    for path in [format!("exams/{own}"), format!("exams/{own}/results"), format!("exams/{own}/marking")] {
        lecturer.get(&format!("/api/v1/{path}")).await.ok();
        colleague.get(&format!("/api/v1/{path}")).await.status(404).refused("not_found");
    }
    lecturer.get(&format!("/api/v1/exams/{exam_id}")).await.status(404).refused("not_found");
    // A supervisor sees his people's part.
    let of_team =
        Grant { role: Role::Supervisor, shop_id: Some(stage.acme.shop), team_id: Some(stage.acme.team) };
    let supervisor = app.sign_in_with(&stage.acme, of_team).await;
    let results = supervisor.get(&format!("/api/v1/exams/{exam_id}/results")).await.ok();
    assert_eq!(results["items"].as_array().unwrap().len(), 2);
    let made = stage.hr.post("/api/v1/shops", json!({ "code": "S2", "name": "二店" })).await.ok();
    let shop_id = Some(serde_json::from_value(made["id"].clone()).unwrap());
    let of_other =
        app.sign_in_with(&stage.acme, Grant { role: Role::Supervisor, shop_id, team_id: None }).await;
    assert_eq!(of_other.get("/api/v1/exams").await.ok()["items"], json!([]));
    for path in [format!("exams/{exam_id}"), format!("exams/{exam_id}/results")] {
        of_other.get(&format!("/api/v1/{path}")).await.status(404).refused("not_found");
    }
}

async fn an_exam_that_cannot_be_is_refused(app: TestApp) {
    let stage = stage(&app, 1).await;
    let bank = paper(&stage.hr, &questions()).await;
    let (member, who) = &stage.agents[0];
    let good = exam(&app, &bank, &[member]);
    let elsewhere = app.company_named("other").await;
    let stranger = agent(&app, &elsewhere, "stranger").await;
    let cases = [
        ("title", json!(" "), "title"),
        ("title", json!("平台\0考试"), "title"),
        ("minutes", json!(0), "minutes"),
        ("attempts", json!(6), "attempts"),
        ("closes_at", good["opens_at"].clone(), "closes_at"),
        ("limits", json!({ "excellent": 0.9, "good": 0.9, "pass": 0.6 }), "limits"),
        ("make_up", json!({ "after_days": 0, "window_days": 7, "times": 1 }), "make_up"),
        ("audience", json!({}), "candidates"),
        ("audience", json!({ "staff": [stranger.staff] }), "audience"),
    ];
    for (field, value, at_fault) in cases {
        let mut draft = good.clone();
        draft[field] = value;
        let fault = stage.hr.post("/api/v1/exams", draft).await.status(422).refused("invalid");
        assert_eq!(fault["fields"][0]["field"], at_fault);
    }
    let mut draft = good.clone();
    draft["paper"] = json!(app.ctx().id::<kexun_base::ids::Uuid>());
    stage.hr.post("/api/v1/exams", draft).await.status(404).refused("not_found");
    let mut draft = good.clone();
    draft["causes"] = json!([{ "kind": "class", "id": app.ctx().id::<kexun_base::ids::Uuid>() }]);
    stage.hr.post("/api/v1/exams", draft).await.status(404).refused("not_found");
    who.post("/api/v1/exams", good.clone()).await.status(403).refused("forbidden");
    assert!(events(&app, &stage.acme, "exam.set").await.is_empty());
    // Before it opens, nobody begins it.
    let mut coming = good;
    coming["opens_at"] = json!(app.ctx().now().plus_seconds(60));
    let coming = set(&stage.hr, coming).await;
    let path = format!("/api/v1/exams/{coming}/attempts");
    who.post(&path, json!({})).await.status(409).refused("conflict");
    app.advance(60);
    who.post(&path, json!({})).await.ok();
}

async fn one_that_nobody_began_is_called_off(app: TestApp) {
    let stage = stage(&app, 1).await;
    let bank = paper(&stage.hr, &questions()).await;
    let (member, who) = &stage.agents[0];
    let (off, on) = (
        set(&stage.hr, exam(&app, &bank, &[member])).await,
        set(&stage.hr, exam(&app, &bank, &[member])).await,
    );
    let path = format!("/api/v1/exams/{off}/cancel");
    stage.hr.post(&path, json!({ "version": 7 })).await.status(409).refused("stale_version");
    assert_eq!(stage.hr.post(&path, json!({ "version": 1 })).await.ok()["cancelled"], true);
    who.post(&format!("/api/v1/exams/{off}/attempts"), json!({})).await.status(409).refused("conflict");
    sit(who, &on, 4).await;
    let path = format!("/api/v1/exams/{on}/cancel");
    stage.hr.post(&path, json!({ "version": 1 })).await.status(409).refused("conflict");
    // Who did not come to what was called off has not failed.
    app.advance(2 * 86_400);
    app.run_jobs().await;
    assert_eq!(events(&app, &stage.acme, "exam.graded").await.len(), 1);
}
