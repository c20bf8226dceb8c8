//! Marking by hand, grades, credits, make-ups, results.

use kexun_base::jobs;
use kexun_people::rights::{Grant, Role};
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::exams_stage::{
    Stage, answer_path, begin, events, exam, instant, paper, questions, set, short, sit, stage,
};

both_databases![
    answers_are_marked_without_names,
    who_fails_or_stays_away_gets_a_make_up,
    the_best_attempt_counts_and_credits_once,
    results_go_out_as_a_sheet,
];

async fn answers_are_marked_without_names(app: TestApp) {
    let stage = stage(&app, 2).await;
    let grant = |role| Grant { role, shop_id: None, team_id: None };
    // He teaches, and sits it himself.
    let teacher = app.member(&stage.acme, "teacher", vec![grant(Role::Lecturer)]).await;
    let lecturer = app.session(&teacher).await;
    let bank = paper(&lecturer, &[questions()[0].clone(), short()]).await;
    let members: Vec<_> = stage.agents.iter().map(|(m, _)| m).chain([&teacher]).collect();
    let exam = set(&lecturer, exam(&app, &bank, &members)).await;
    let clients = [&stage.agents[0].1, &stage.agents[1].1, &lecturer];
    for (n, who) in clients.iter().enumerate() {
        let done = sit_in_words(who, &exam, &format!("先道歉 {n}")).await;
        assert_eq!((&done["state"], &done["grade"]), (&json!("marking"), &Value::Null));
    }
    let line = to_mark(&lecturer).await;
    assert_eq!(
        (&line["params"]["count"], &line["link"]),
        (&json!(2), &json!(format!("/exams/{exam}/marking")))
    );

    let overview = lecturer.get(&format!("/api/v1/exams/{exam}/marking")).await.ok();
    let question = &overview["questions"][0];
    assert_eq!(
        (&question["answers"], &question["marked"], &question["model"]),
        (&json!(2), &json!(0), &json!("示范答案"))
    );
    let id = question["question"].as_str().unwrap();
    let path = format!("/api/v1/exams/{exam}/marking/{id}?revision={}", question["revision"]);
    let listed = lecturer.get(&path).await.ok();
    let answers = listed["items"].as_array().unwrap().clone();
    assert_eq!(answers.len(), 2, "nobody marks himself");
    names_nobody(&listed, &stage);
    let mark = |answer: &Value| format!("/api/v1/marks/{}", answer["id"].as_str().unwrap());
    let points = |points: f64, version: i32| json!({ "points": points, "comment": "语气诚恳\n再具体些", "version": version });
    lecturer.put(&mark(&answers[0]), points(10.5, 1)).await.status(422).refused("invalid");
    lecturer.put(&mark(&answers[0]), points(8.0, 3)).await.status(409).refused("stale_version");
    let colleague = app.sign_in(&stage.acme, Role::Lecturer).await;
    colleague.put(&mark(&answers[0]), points(8.0, 1)).await.status(404).refused("not_found");
    lecturer.put(&mark(&answers[0]), points(8.0, 1)).await.ok();
    // It was his last answer: the result stands.
    lecturer.put(&mark(&answers[0]), points(9.0, 2)).await.status(409).refused("conflict");
    lecturer.put(&mark(&answers[1]), points(8.0, 1)).await.ok();
    let graded = events(&app, &stage.acme, "exam.graded").await;
    assert_eq!((graded.len(), &graded[0]["score"], &graded[0]["grade"]), (2, &json!(0.4), &json!("fail")));
    // The training group marks his.
    let listed = stage.hr.get(&path).await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 3);
    hears_of_his_result(&app, &stage.agents[0].1, &exam).await;
}

/// Answers the second question in words and hands in; the attempt.
async fn sit_in_words(who: &Client, exam: &str, words: &str) -> Value {
    let attempt = begin(who, exam).await["attempt"].as_str().unwrap().to_owned();
    let text = json!({ "kind": "short_answer", "text": words });
    who.put(&answer_path(&attempt, 2), json!({ "response": text, "client_seq": 1 })).await.ok();
    who.post(&format!("/api/v1/attempts/{attempt}/submit"), json!({})).await.ok()
}

/// The line of somebody's home page about answers that wait for his mark.
async fn to_mark(who: &Client) -> Value {
    let home = who.get("/api/v1/home").await.ok();
    let lines = home["now"].as_array().unwrap();
    lines.iter().find(|line| line["kind"] == "attempts_to_mark").expect("answers wait for him").clone()
}

/// Nothing in a list tells which agent wrote what.
fn names_nobody(listed: &Value, stage: &Stage) {
    let listed = listed.to_string();
    for (member, _) in &stage.agents {
        let names = [member.staff.to_string(), member.person.to_string(), member.account.clone()];
        assert!(names.iter().all(|name| !listed.contains(name)), "{listed}");
    }
}

/// A notice without the grade at once; what the lecturer wrote when the exam has closed.
async fn hears_of_his_result(app: &TestApp, candidate: &Client, exam: &str) {
    let inbox = candidate.get("/api/v1/notices").await.ok();
    let result = inbox["items"].as_array().unwrap().iter().find(|n| n["kind"] == "exam_graded");
    assert!(
        result.is_some_and(|n| n["params"] == json!({ "title": "平台规则考试" })),
        "a mail names no grade: {inbox}"
    );
    app.advance(86_400 + 11);
    let own = candidate.get(&format!("/api/v1/exams/{exam}")).await.ok();
    let attempt = own["own"]["tries"][0]["id"].as_str().unwrap();
    let review = candidate.get(&format!("/api/v1/attempts/{attempt}/review")).await.ok();
    assert_eq!(review["items"][1]["comment"], "语气诚恳\n再具体些");
}

async fn who_fails_or_stays_away_gets_a_make_up(app: TestApp) {
    let stage = stage(&app, 4).await;
    let bank = paper(&stage.hr, &questions()).await;
    let members: Vec<_> = stage.agents.iter().map(|(m, _)| m).collect();
    let mut draft = exam(&app, &bank, &members);
    draft["make_up"] = json!({ "after_days": 3, "window_days": 2, "times": 1 });
    let exam = set(&stage.hr, draft).await;
    app.advance(60);
    sit(&stage.agents[0].1, &exam, 4).await;
    sit(&stage.agents[1].1, &exam, 1).await;
    sit(&stage.agents[2].1, &exam, 0).await;
    let own = stage.agents[1].1.get("/api/v1/exams/own").await.ok();
    let next = &own["items"][0];
    let make_up = next["id"].as_str().unwrap().to_owned();
    assert_eq!((&next["make_up_number"], &next["standing"]), (&json!(1), &json!("coming")));
    let at = |text: &str| instant(&json!(text));
    assert_eq!(
        (instant(&next["opens_at"]), instant(&next["closes_at"])),
        (at("2026-07-03T16:00:00Z"), at("2026-07-05T16:00:00Z")),
        "midnight in Shanghai"
    );
    assert_eq!(own["items"][1]["make_up"], json!(make_up));
    // The other joins it; who has not come yet does when the exam closes; who passed does not.
    let theirs = stage.agents[2].1.get("/api/v1/exams/own").await.ok();
    assert_eq!(theirs["items"][0]["id"], json!(make_up));
    app.advance(86_400 + 11);
    app.run_jobs().await;
    let detail = stage.hr.get(&format!("/api/v1/exams/{make_up}")).await.ok();
    assert_eq!(detail["managed"]["counts"]["candidates"], 3);
    assert_eq!(detail["make_up_of"], json!(exam));
    let first = stage.hr.get(&format!("/api/v1/exams/{exam}")).await.ok();
    assert_eq!(first["managed"]["make_ups"].as_array().unwrap().len(), 1);
    let absent = stage.agents[3].1.get(&format!("/api/v1/exams/{exam}")).await.ok();
    assert_eq!((&absent["own"]["standing"], &absent["own"]["grade"]), (&json!("absent"), &json!("fail")));
    let graded = events(&app, &stage.acme, "exam.graded").await;
    let of_absent = graded.iter().find(|e| e["staff"] == json!(members[3].staff)).unwrap();
    assert_eq!(
        (&of_absent["score"], &of_absent["attempt"], &of_absent["credits"]),
        (&Value::Null, &Value::Null, &json!(0.0))
    );
    let set_for = events(&app, &stage.acme, "exam.make_up_set").await;
    assert_eq!(set_for.len(), 3);
    assert!(set_for.iter().all(|e| e["of"] == json!(exam)));
    let inbox = stage.agents[3].1.get("/api/v1/notices").await.ok();
    assert_eq!(inbox["items"][0]["kind"], "exam_make_up");
    the_make_up_is_the_last(&app, &stage, &exam, &make_up).await;
}

/// One passes and earns the credits, two fail for good, and that once.
async fn the_make_up_is_the_last(app: &TestApp, stage: &Stage, exam: &str, make_up: &str) {
    app.advance(3 * 86_400);
    sit(&stage.agents[1].1, make_up, 3).await;
    sit(&stage.agents[2].1, make_up, 1).await;
    app.advance(3 * 86_400);
    app.run_jobs().await;
    let passed = &stage.agents[1].1.get("/api/v1/exams/own").await.ok()["items"][0];
    assert_eq!((&passed["standing"], &passed["credits"]), (&json!("passed"), &json!(1.5)));
    for (_, who) in &stage.agents[2..] {
        let own = who.get("/api/v1/exams/own").await.ok();
        assert_eq!(own["items"].as_array().unwrap().len(), 2, "no third exam");
    }
    let graded = events(app, &stage.acme, "exam.graded").await;
    let make_ups: Vec<_> = graded.iter().filter(|e| e["make_up"] == true).collect();
    assert_eq!(make_ups.len(), 3);
    // A job that runs twice settles nobody twice.
    let order = json!({ "tenant": stage.acme.id, "exam": exam });
    let tx = app.ctx().db().begin().await.unwrap();
    jobs::enqueue(app.ctx(), &tx, None, "assessment.exams.close", &order).await.unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
    assert_eq!(events(app, &stage.acme, "exam.graded").await.len(), graded.len());
}

async fn the_best_attempt_counts_and_credits_once(app: TestApp) {
    let stage = stage(&app, 1).await;
    let bank = paper(&stage.hr, &questions()).await;
    let (member, who) = &stage.agents[0];
    let mut draft = exam(&app, &bank, &[member]);
    draft["attempts"] = json!(3);
    draft["make_up"] = json!({ "after_days": 3, "window_days": 2, "times": 1 });
    let exam = set(&stage.hr, draft).await;
    assert_eq!(sit(who, &exam, 0).await["grade"], "fail");
    let after = who.get(&format!("/api/v1/exams/{exam}")).await.ok();
    assert_eq!((&after["own"]["standing"], &after["own"]["make_up"]), (&json!("open"), &Value::Null));
    app.advance(60);
    assert_eq!(sit(who, &exam, 4).await["grade"], "excellent");
    app.advance(60);
    assert_eq!(sit(who, &exam, 3).await["grade"], "pass");
    let after = who.get(&format!("/api/v1/exams/{exam}")).await.ok();
    assert_eq!((&after["own"]["grade"], &after["own"]["score"]), (&json!("excellent"), &json!(1.0)));
    assert_eq!((&after["own"]["credits"], &after["own"]["begun"]), (&json!(1.5), &json!(3)));
    let earned = events(&app, &stage.acme, "exam.graded").await;
    let earned: f64 = earned.iter().filter_map(|e| e["credits"].as_f64()).sum();
    assert!((earned - 1.5).abs() < 1e-9, "credits of all events together: {earned}");
    app.advance(2 * 86_400);
    app.run_jobs().await;
    assert!(events(&app, &stage.acme, "exam.make_up_set").await.is_empty());
    let head = &kexun_assessment::exams::heads(
        app.ctx().db().read(),
        stage.acme.id,
        &[kexun_assessment::exams::ExamId(exam.parse().unwrap())],
    )
    .await
    .unwrap()[0];
    assert_eq!((head.candidates, head.sat, head.graded, head.passed), (1, 1, 1, 1));
}

async fn results_go_out_as_a_sheet(app: TestApp) {
    let stage = stage(&app, 2).await;
    let bank = paper(&stage.hr, &questions()).await;
    let members: Vec<_> = stage.agents.iter().map(|(m, _)| m).collect();
    let exam = set(&stage.hr, exam(&app, &bank, &members)).await;
    let (_, who) = &stage.agents[0];
    let attempt = begin(who, &exam).await["attempt"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/attempts/{attempt}/signs");
    who.post(&path, json!({ "kind": "left_page", "seconds": 20 })).await.status(204);
    who.post(&path, json!({ "kind": "left_page", "seconds": 5 })).await.status(204);
    sit(who, &exam, 4).await;
    let results = stage.hr.get(&format!("/api/v1/exams/{exam}/results")).await.ok();
    let first = &results["items"][0];
    assert_eq!(
        (&first["account"], &first["grade"], &first["score"]),
        (&json!("agent0"), &json!("excellent"), &json!(1.0))
    );
    assert_eq!((&first["left_page"], &first["left_page_s"]), (&json!(2), &json!(25)));
    assert_eq!(results["items"][1]["standing"], "open");
    let sheet = stage.hr.get(&format!("/api/v1/exams/{exam}/results/export?format=csv")).await.text();
    assert!(sheet.contains("agent0,agent0 姓名,1,1,优秀,1.5"), "{sheet}");
    assert_eq!(events(&app, &stage.acme, "exam.exported").await, [json!({ "rows": 2, "format": "csv" })]);
}
