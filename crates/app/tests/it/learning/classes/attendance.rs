//! Signing in, late, leave, absent, and the end of a class.

use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use super::{School, after, agent, at, code, status, told};

both_databases![
    one_signs_in_by_the_code_on_the_screen,
    only_who_takes_part_signs_in_and_in_time,
    wrong_codes_are_counted,
    leave_is_asked_for_and_answered,
    what_is_taken_back_leaves_the_sign_in,
    a_class_ends_and_the_books_hear_of_everybody,
    a_class_that_nobody_ends_ends_by_itself,
];

fn path(id: &str, what: &str) -> String {
    format!("/api/v1/classes/{id}/{what}")
}

async fn one_signs_in_by_the_code_on_the_screen(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(20, 80).await;
    let teacher = app.session(&school.lecturer).await;
    let screen = teacher.get(&path(&class, "code")).await.ok();
    assert_eq!(
        (&screen["changes_at"], &screen["came"], &screen["expected"]),
        (&after(app.ctx().now(), 15), &json!(0), &json!(3))
    );
    let first = code(&teacher, &class).await;
    // The clock stands at the beginning of a step: the code holds for this one and the next.
    app.advance(29);
    assert_ne!(code(&teacher, &class).await, first);
    let mine = school.session(&app, 0).await;
    let done = mine.post(&path(&class, "sign-in"), json!({ "code": first })).await.ok();
    assert_eq!((&done["status"], &done["after_min"]), (&json!("present"), &json!(-20)));
    app.advance(1);
    let other = school.session(&app, 1).await;
    let old =
        other.post(&path(&class, "sign-in"), json!({ "code": first })).await.status(422).refused("invalid");
    assert_eq!(old["fields"][0]["field"], "code");
    // Whoever signs in again, even by an old code and late, is told the same again.
    app.advance(40 * 60);
    assert_eq!(mine.post(&path(&class, "sign-in"), json!({ "code": first })).await.ok(), done);
    let now = code(&teacher, &class).await;
    let late = other.post(&path(&class, "sign-in"), json!({ "code": now })).await.ok();
    assert_eq!((&late["status"], &late["after_min"]), (&json!("late"), &json!(20)));
    let screen = teacher.get(&path(&class, "code")).await.ok();
    assert_eq!((&screen["came"], &screen["expected"]), (&json!(2), &json!(3)));
    let told = told(&app, &school.acme, "class.signed_in").await;
    assert_eq!(told.len(), 2, "once each");
}

async fn only_who_takes_part_signs_in_and_in_time(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(31, 91).await;
    let stranger = agent(&app, &school.acme, "stranger").await;
    let stranger = app.session(&stranger).await;
    let (mine, teacher) = (school.session(&app, 0).await, app.session(&school.lecturer).await);
    let screen = teacher.get(&path(&class, "code")).await.ok();
    assert_eq!((&screen["code"], &screen["opens_at"]), (&Value::Null, &at(1)));
    let early = mine
        .post(&path(&class, "sign-in"), json!({ "code": "123456" }))
        .await
        .status(409)
        .refused("conflict");
    assert!(early["detail"].as_str().unwrap().contains("too early"), "{early}");
    app.advance(60);
    let now = code(&teacher, &class).await;
    stranger.post(&path(&class, "sign-in"), json!({ "code": now })).await.refused("not_found");
    // Nor does whoever only oversees.
    school.hr.post(&path(&class, "sign-in"), json!({ "code": now })).await.refused("not_found");
    let other = School::open_in(&app, app.company_named("other").await).await;
    other
        .session(&app, 0)
        .await
        .post(&path(&class, "sign-in"), json!({ "code": now }))
        .await
        .refused("not_found");
    app.advance(90 * 60);
    mine.post(&path(&class, "sign-in"), json!({ "code": now })).await.status(409).refused("conflict");
    assert_eq!(status(&teacher, &class, &school.agents[0]).await["status"], "invited");
}

async fn wrong_codes_are_counted(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(10, 70).await;
    let (mine, other) = (school.session(&app, 0).await, school.session(&app, 1).await);
    for _ in 0..10 {
        mine.post(&path(&class, "sign-in"), json!({ "code": "no" })).await.status(422);
    }
    let right = code(&school.hr, &class).await;
    mine.post(&path(&class, "sign-in"), json!({ "code": right })).await.status(429).refused("throttled");
    other.post(&path(&class, "sign-in"), json!({ "code": right })).await.ok();
    app.advance(301);
    let right = code(&school.hr, &class).await;
    mine.post(&path(&class, "sign-in"), json!({ "code": right })).await.ok();
}

async fn leave_is_asked_for_and_answered(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(600, 660).await;
    let (first, second) = (school.session(&app, 0).await, school.session(&app, 1).await);
    let teacher = app.session(&school.lecturer).await;
    app.advance(1);
    first.post(&path(&class, "leave"), json!({ "reason": "" })).await.status(422);
    first.post(&path(&class, "leave"), json!({ "reason": "看牙医" })).await.status(204);
    first.post(&path(&class, "leave"), json!({ "reason": "看牙医" })).await.refused("conflict");
    app.advance(1);
    second.post(&path(&class, "leave"), json!({ "reason": "不想来" })).await.status(204);
    app.advance(1);
    let inbox = teacher.get("/api/v1/notices").await.ok();
    assert_eq!(inbox["items"][0]["kind"], "class_leave_asked");
    assert_eq!(inbox["items"][0]["params"]["name"], "acme-a2");

    let answer = |n: usize| format!("/api/v1/classes/{class}/participants/{}/leave", school.agents[n].staff);
    second.post(&answer(1), json!({ "granted": true, "version": 2 })).await.status(403);
    teacher.post(&answer(0), json!({ "granted": true, "version": 1 })).await.refused("stale_version");
    teacher.post(&answer(0), json!({ "granted": true, "version": 2 })).await.status(204);
    teacher.post(&answer(0), json!({ "granted": false, "version": 3 })).await.refused("conflict");
    teacher.post(&answer(2), json!({ "granted": true, "version": 1 })).await.refused("conflict");
    school.hr.post(&answer(1), json!({ "granted": false, "version": 2 })).await.status(204);
    assert_eq!(status(&teacher, &class, &school.agents[0]).await["status"], "leave");
    assert_eq!(status(&teacher, &class, &school.agents[1]).await["status"], "invited");
    assert_eq!(first.get("/api/v1/notices").await.ok()["items"][0]["kind"], "class_leave_granted");
    assert_eq!(second.get("/api/v1/notices").await.ok()["items"][0]["kind"], "class_leave_refused");
    // Who has leave is free for another class, and may come all the same.
    let mut draft = school.draft(600, 660, "别处", &[0]);
    draft["lecturer"] =
        json!(app.member(&school.acme, "second", vec![super::whole(Role::Lecturer)]).await.staff);
    school.hr.post("/api/v1/classes", draft).await.status(201);
    app.advance(600 * 60);
    let third = school.session(&app, 2).await;
    third.post(&path(&class, "leave"), json!({ "reason": "太晚" })).await.status(409).refused("conflict");
    let now = code(&teacher, &class).await;
    first.post(&path(&class, "sign-in"), json!({ "code": now })).await.ok();
    assert_eq!(status(&teacher, &class, &school.agents[0]).await["status"], "present");
}

async fn what_is_taken_back_leaves_the_sign_in(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(20, 80).await;
    let teacher = app.session(&school.lecturer).await;
    let now = code(&teacher, &class).await;
    let mine = school.session(&app, 0).await;
    let done = mine.post(&path(&class, "sign-in"), json!({ "code": now })).await.ok();
    for (agent, version) in [(0, 2), (1, 1)] {
        let by_hand = format!("/api/v1/classes/{class}/participants/{}", school.agents[agent].staff);
        let set =
            |status: &str, version: i32| json!({ "status": status, "reason": "点错了", "version": version });
        teacher.patch(&by_hand, set("absent", version)).await.status(204);
        teacher.patch(&by_hand, set("invited", version + 1)).await.status(204);
    }
    let signed_in = status(&teacher, &class, &school.agents[0]).await;
    assert_eq!(
        (&signed_in["status"], &signed_in["signed_in_at"], &signed_in["reason"]),
        (&json!("present"), &done["signed_in_at"], &Value::Null)
    );
    assert_eq!(status(&teacher, &class, &school.agents[1]).await["status"], "invited");
}

async fn a_class_ends_and_the_books_hear_of_everybody(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(10, 70).await;
    let (teacher, mine) = (app.session(&school.lecturer).await, school.session(&app, 0).await);
    teacher.post(&path(&class, "close"), json!({ "version": 2 })).await.status(409).refused("conflict");
    app.advance(25 * 60);
    let now = code(&teacher, &class).await;
    mine.post(&path(&class, "sign-in"), json!({ "code": now })).await.ok();
    let by_hand = format!("/api/v1/classes/{class}/participants/{}", school.agents[1].staff);
    let present = |version: i32| json!({ "status": "present", "reason": "手机没电", "version": version });
    mine.patch(&by_hand, present(1)).await.status(403);
    teacher.patch(&by_hand, json!({ "status": "present", "reason": "", "version": 1 })).await.status(422);
    teacher.patch(&by_hand, present(9)).await.refused("stale_version");
    teacher.patch(&by_hand, present(1)).await.status(204);
    app.advance(60 * 60);
    school.hr.post(&path(&class, "close"), json!({ "version": 1 })).await.refused("stale_version");
    teacher.post(&path(&class, "close"), json!({ "version": 2 })).await.status(204);
    teacher.post(&path(&class, "close"), json!({ "version": 3 })).await.refused("conflict");

    let told_now = told(&app, &school.acme, "class.attended").await;
    let of = |n: usize| {
        let staff = json!(school.agents[n].staff);
        let of = told_now.iter().filter(|e| e["staff"] == staff);
        of.map(|e| (e["status"].clone(), e["minutes"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(of(0), [(json!("late"), json!(45))]);
    assert_eq!(of(1), [(json!("present"), json!(60))]);
    assert_eq!(of(2), [(json!("absent"), json!(0))]);
    assert_eq!(
        (&told_now[0]["title"], &told_now[0]["competence"]),
        (&json!("售后话术"), &json!("after_sales"))
    );
    let set = told(&app, &school.acme, "class.attendance_set").await;
    assert_eq!((&set[0]["before"], &set[0]["reason"]), (&json!("invited"), &json!("手机没电")));
    assert_eq!(mine.get("/api/v1/notices").await.ok()["items"][0]["kind"], "class_feedback");

    // What the books say wrongly is put right, and told again.
    let absent = format!("/api/v1/classes/{class}/participants/{}", school.agents[2].staff);
    teacher.patch(&absent, json!({ "status": "invited", "reason": "?", "version": 2 })).await.status(422);
    teacher.patch(&absent, present(2)).await.status(204);
    let told = told(&app, &school.acme, "class.attended").await;
    assert_eq!((told.len(), &told[3]["status"]), (4, &json!("present")));
    assert!(told.iter().all(|e| e["day"] == "2026-07-01"), "the day of the class, whenever it is settled");
    let ids = [class.parse().unwrap()];
    let acme = school.acme.id;
    let titles = kexun_learning::classes::titles(app.ctx().db().read(), acme, &ids).await.unwrap();
    assert_eq!(titles[&ids[0]], "售后话术");
}

async fn a_class_that_nobody_ends_ends_by_itself(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(10, 70).await;
    let mut later = school.draft(10, 130, "一号会议室", &[]);
    later["audience"] = Value::Null;
    let change = json!({ "class": later, "version": 2 });
    school.hr.put(&format!("/api/v1/classes/{class}"), change).await.ok();
    let state = async || school.hr.get(&format!("/api/v1/classes/{class}")).await.ok()["state"].clone();
    app.advance((70 + 121) * 60);
    app.run_jobs().await;
    assert_eq!(state().await, "announced", "it was made longer");
    app.advance(60 * 60);
    app.run_jobs().await;
    assert_eq!(state().await, "ended");
    assert_eq!(told(&app, &school.acme, "class.attended").await.len(), 3);
    let id = class.parse::<kexun_base::ids::Uuid>().unwrap().into();
    let report = kexun_learning::classes::report(app.ctx(), app.ctx().db().read(), school.acme.id, id).await;
    let report = report.unwrap().unwrap();
    assert_eq!((report.invited, report.absent, report.feedback.means), (3, 3, None));
}
