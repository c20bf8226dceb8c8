//! Courses: who sees and changes which, and that nobody's progress is ever lost.

use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_testkit::{Client, Company, Member, TestApp, both_databases};
use serde_json::{Value, json};

both_databases![
    a_course_is_made_published_and_completed_once,
    nobody_changes_the_course_of_another,
    late_and_repeated_reports_lower_nothing,
    a_course_is_assigned_within_reach,
    lessons_change_and_progress_stays,
    only_what_can_be_learned_is_taken_in,
];

const PATH: &str = "/api/v1/courses";

fn draft(title: &str) -> Value {
    json!({ "title": title, "competence": "after_sales", "level": "basic" })
}

fn text(title: &str, required: bool) -> Value {
    json!({ "title": title, "kind": "text", "body": "# 退货\n七天无理由。", "minutes": 5, "required": required })
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

/// A published course with two required lessons and one that is not: its address and theirs.
async fn published(lecturer: &Client, title: &str) -> (String, Vec<String>) {
    let course = id(&lecturer.post(PATH, draft(title)).await.ok()["course"]);
    let course = format!("{PATH}/{course}");
    let mut last = Value::Null;
    for (title, required) in [("一", true), ("二", true), ("三", false)] {
        last = lecturer.post(&format!("{course}/lessons"), text(title, required)).await.status(201).ok();
    }
    let version = last["course"]["version"].clone();
    lecturer.post(&format!("{course}/publish"), json!({ "version": version })).await.ok();
    let lessons = last["lessons"].as_array().unwrap().iter();
    (course.clone(), lessons.map(|lesson| format!("{course}/lessons/{}", id(lesson))).collect())
}

async fn done(learner: &Client, lesson: &str) -> Value {
    let report = json!({ "position": 1, "done": true });
    learner.put(&format!("{lesson}/progress"), report).await.ok()
}

async fn agent(app: &TestApp, company: &Company, account: &str, in_shop: bool) -> Member {
    let shop = in_shop.then_some(company.shop);
    let roles = vec![Grant { role: Role::Agent, shop_id: shop, team_id: None }];
    let draft = Draft { account: account.into(), name: account.into(), shop, roles, ..Draft::default() };
    app.enter(company, draft).await
}

async fn events(app: &TestApp, company: &Company, kind: &str) -> Vec<Value> {
    let admin = app.sign_in(company, Role::Admin).await;
    let found = admin.get(&format!("/api/v1/events?kind={kind}")).await.ok();
    found["items"].as_array().unwrap().iter().map(|event| event["data"].clone()).collect()
}

async fn a_course_is_made_published_and_completed_once(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let learner = agent(&app, &acme, "xiaomei", true).await;
    let agent = app.session(&learner).await;
    let course = lecturer.post(PATH, draft("退货政策")).await.status(201).ok()["course"].clone();
    assert_eq!((&course["state"], &course["may_edit"]), (&json!("draft"), &json!(true)));
    let path = format!("{PATH}/{}", id(&course));

    // A draft is nobody's but its makers'.
    agent.get(&path).await.refused("not_found");
    agent.post(&format!("{path}/start"), json!({})).await.refused("not_found");
    assert_eq!(agent.get(PATH).await.ok()["items"], json!([]));
    lecturer.post(&format!("{path}/publish"), json!({ "version": 1 })).await.refused("conflict");
    lecturer.post(&format!("{path}/lessons"), text("选学", false)).await.ok();
    lecturer.post(&format!("{path}/publish"), json!({ "version": 1 })).await.refused("conflict");
    let made = lecturer.post(&format!("{path}/lessons"), text("必学", true)).await.ok();
    lecturer.post(&format!("{path}/publish"), json!({ "version": 9 })).await.refused("stale_version");
    lecturer.post(&format!("{path}/publish"), json!({ "version": 1 })).await.ok();

    let seen = agent.get(&path).await.ok();
    assert_eq!(seen["course"]["learning"], Value::Null);
    assert_eq!(seen["course"]["may_edit"], false);
    assert_eq!(
        agent.post(&format!("{path}/start"), json!({})).await.ok()["course"]["learning"]["state"],
        "begun"
    );
    let must = format!("{path}/lessons/{}", id(&made["lessons"][1]));
    let read = agent.put(&format!("{must}/progress"), json!({ "position": 0.4 })).await.ok();
    assert_eq!((&read["lesson"]["done"], &read["course"]["done"]), (&json!(false), &json!(0)));
    let mine = agent.get(&format!("{PATH}/mine")).await.ok();
    assert_eq!(mine["items"][0]["next"], "选学");
    for _ in 0..2 {
        let after = done(&agent, &must).await;
        assert_eq!(after["course"]["state"], "done");
        assert_eq!(after["course"]["completed_on"], "2026-07-01");
        app.advance(86_400);
    }
    let told = events(&app, &acme, "course.completed").await;
    let expected = json!({ "staff": learner.staff, "title": "退货政策", "competence": "after_sales" });
    assert_eq!(told, [expected]);

    // Withdrawn, it is gone for learners, and what they did stays.
    lecturer.post(&format!("{path}/withdraw"), json!({ "version": 2 })).await.ok();
    agent.get(&path).await.refused("not_found");
    assert_eq!(agent.get(&format!("{PATH}/mine")).await.ok()["items"][0]["offered"], false);
    lecturer.post(&format!("{path}/publish"), json!({ "version": 3 })).await.ok();
    assert_eq!(agent.get(&path).await.ok()["course"]["learning"]["state"], "done");
}

async fn nobody_changes_the_course_of_another(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let rival = app.sign_in(&acme, Role::Lecturer).await;
    let group = app.sign_in(&acme, Role::TrainingGroup).await;
    let stranger = app.sign_in(&app.company_named("other").await, Role::Admin).await;
    let secret = format!("{PATH}/{}", id(&lecturer.post(PATH, draft("草稿")).await.ok()["course"]));
    app.advance(1);
    let (open, lessons) = published(&lecturer, "公开课").await;
    let change = json!({ "title": "我的", "version": 1 });
    rival.get(&secret).await.refused("not_found");
    rival.patch(&secret, change.clone()).await.refused("not_found");
    rival.post(&format!("{secret}/lessons"), text("插入", true)).await.refused("not_found");
    rival.patch(&open, json!({ "title": "我的", "version": 2 })).await.refused("forbidden");
    rival.delete(&lessons[0]).await.refused("forbidden");
    rival.post(&format!("{open}/withdraw"), json!({ "version": 2 })).await.refused("forbidden");
    rival.upload(&format!("{open}/files"), "a.png", b"\x89PNG\r\n\x1a\n1234").await.refused("forbidden");
    let titles = |list: Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap().iter();
        items.map(|course| course["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(rival.get(PATH).await.ok()), ["公开课"]);
    assert_eq!(titles(group.get(PATH).await.ok()), ["公开课", "草稿"]);
    assert_eq!(titles(group.get(&format!("{PATH}?q=稿&state=draft")).await.ok()), ["草稿"]);
    assert_eq!(group.patch(&secret, change).await.ok()["course"]["title"], "我的");
    lecturer.patch(&secret, json!({ "level": "advanced", "version": 1 })).await.refused("stale_version");
    for path in [&open, &secret] {
        stranger.get(path).await.refused("not_found");
        stranger.patch(path, json!({ "title": "x", "version": 2 })).await.refused("not_found");
        stranger.post(&format!("{path}/start"), json!({})).await.refused("not_found");
        stranger.get(&format!("{path}/learners")).await.refused("not_found");
    }
    stranger.put(&format!("{}/progress", lessons[0]), json!({ "position": 1 })).await.refused("not_found");
    // A course is given away by who makes courses for all.
    let to = app.member(&acme, "to", vec![]).await.staff;
    lecturer.patch(&secret, json!({ "owner": to, "version": 2 })).await.refused("forbidden");
    group.patch(&secret, json!({ "owner": to, "version": 2 })).await.ok();
    lecturer.get(&secret).await.refused("not_found");
}

async fn late_and_repeated_reports_lower_nothing(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let agent = app.session(&agent(&app, &acme, "xiaomei", true).await).await;
    let course = id(&lecturer.post(PATH, draft("视频课")).await.ok()["course"]);
    let course = format!("{PATH}/{course}");
    let mp4 = [b"\0\0\0\x20ftypisom".as_slice(), &[0; 100]].concat();
    let file = id(&lecturer.upload(&format!("{course}/files"), "课.mp4", &mp4).await.status(201).ok());
    let video = json!({ "title": "看", "kind": "video", "file": file, "length_s": 600, "minutes": 10, "required": true });
    let made = lecturer.post(&format!("{course}/lessons"), video).await.ok();
    lecturer.post(&format!("{course}/publish"), json!({ "version": 1 })).await.ok();
    let path = format!("{course}/lessons/{}/progress", id(&made["lessons"][0]));
    let report =
        |position: i32, watched: i32| json!({ "position": position, "watched_s": watched, "done": true });

    agent.post(&format!("{course}/start"), json!({})).await.ok();
    app.advance(200);
    let first = agent.put(&path, report(190, 190)).await.ok();
    assert_eq!(first["lesson"], json!({ "position": 190.0, "watched_s": 190, "done": false }));
    // What a phone kept comes after what another device sent.
    let late = agent.put(&path, report(20, 20)).await.ok();
    assert_eq!(late["lesson"], first["lesson"]);
    // 600 seconds cannot have passed.
    let claimed = agent.put(&path, report(600, 600)).await.ok();
    assert_eq!(claimed["lesson"], json!({ "position": 600.0, "watched_s": 400, "done": false }));
    app.advance(100);
    assert_eq!(agent.put(&path, report(590, 580)).await.ok()["course"]["state"], "done");
    let resumed = agent.get(&course).await.ok();
    assert_eq!(
        resumed["lessons"][0]["standing"],
        json!({ "position": 600.0, "watched_s": 580, "done": true })
    );
    agent.put(&path, json!({ "position": 0 })).await.ok();
    assert_eq!(agent.get(&course).await.ok()["lessons"][0]["standing"]["done"], true);
    agent.put(&path, json!({ "position": "far" })).await.refused("invalid");
}

async fn a_course_is_assigned_within_reach(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let (course, lessons) = published(&lecturer, "公开课").await;
    let mei = agent(&app, &acme, "xiaomei", true).await;
    let lei = agent(&app, &acme, "lilei", true).await;
    let far = agent(&app, &acme, "far", false).await;
    let of_shop = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: None };
    let supervisor = app.sign_in_with(&acme, of_shop).await;
    let assign = format!("{course}/assign");
    let to = |audience: Value, due: Value| json!({ "audience": audience, "due": due });

    supervisor.post(&assign, to(json!({ "staff": [far.staff] }), Value::Null)).await.refused("invalid");
    supervisor.post(&assign, to(json!({}), Value::Null)).await.refused("invalid");
    let past = to(json!({ "everybody": true }), json!("2026-06-30"));
    assert_eq!(supervisor.post(&assign, past).await.refused("invalid")["fields"][0]["field"], "due");
    lecturer.post(&assign, to(json!({ "everybody": true }), Value::Null)).await.refused("forbidden");
    let soon = to(json!({ "shops": [acme.shop] }), json!("2026-07-03"));
    let assigned = supervisor.post(&assign, soon.clone()).await.ok();
    assert_eq!(assigned, json!({ "added": 2, "changed": 0, "done": 0 }));

    let agent = app.session(&mei).await;
    let notice = agent.get("/api/v1/notices").await.ok()["items"][0].clone();
    assert_eq!(notice["kind"], "course_assigned_due");
    assert_eq!(notice["params"], json!({ "title": "公开课", "due": "2026-07-03" }));
    let now = agent.get("/api/v1/home").await.ok()["now"].clone();
    assert_eq!(now, json!([{ "kind": "courses_due", "params": { "count": 1 }, "link": "/learn" }]));
    let mine = agent.get(&format!("{PATH}/mine")).await.ok()["items"][0]["course"]["learning"].clone();
    assert_eq!((&mine["state"], &mine["due"]), (&json!("assigned"), &json!("2026-07-03")));
    for lesson in &lessons[..2] {
        done(&agent, lesson).await;
    }
    let again = supervisor.post(&assign, soon).await.ok();
    assert_eq!(again, json!({ "added": 0, "changed": 1, "done": 1 }));

    // Who looks in from far away learns by himself, and is not among the supervisor's people.
    app.session(&far).await.post(&format!("{course}/start"), json!({})).await.ok();
    app.advance(4 * 86_400);
    learners_of_the_shop(&supervisor, &course, &lei).await;
    let hr = app.sign_in(&acme, Role::Hr).await;
    assert_eq!(hr.get(&format!("{course}/learners")).await.ok()["items"].as_array().unwrap().len(), 3);
    agent.get(&format!("{course}/learners")).await.refused("forbidden");

    let told = events(&app, &acme, "course.assigned").await;
    let named = |event: &Value| event["staff"].as_array().unwrap().contains(&json!(mei.staff));
    assert_eq!((told.len(), told.iter().filter(|event| named(event)).count()), (2, 1));
    let done = events(&app, &acme, "course.completed").await;
    assert_eq!(done.iter().map(|e| &e["staff"]).collect::<Vec<_>>(), [&json!(mei.staff)]);
}

/// The two of the shop, one to a page: who is late first; and the sheet of them.
async fn learners_of_the_shop(supervisor: &Client, course: &str, late: &Member) {
    let list = supervisor.get(&format!("{course}/learners?limit=1")).await.ok();
    assert_eq!(list["items"][0]["id"], json!(late.staff));
    assert_eq!(list["items"][0]["learning"]["overdue"], true);
    let cursor = list["next"].as_str().unwrap();
    let rest = supervisor.get(&format!("{course}/learners?cursor={cursor}")).await.ok();
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!(rest["items"][0]["learning"]["completed_on"], "2026-07-01");
    assert_eq!(rest["items"][0]["learning"]["done"], 2);
    let sheet = supervisor.get(&format!("{course}/learners/export?format=csv&lang=en")).await.text();
    assert!(sheet.contains("lilei,lilei,\"not begun, overdue\",0,2,2026-07-03,"), "{sheet}");
}

async fn lessons_change_and_progress_stays(app: TestApp) {
    let acme = app.company().await;
    let lecturer = app.sign_in(&acme, Role::Lecturer).await;
    let (course, lessons) = published(&lecturer, "公开课").await;
    let agent = app.session(&agent(&app, &acme, "xiaomei", true).await).await;
    done(&agent, &lessons[0]).await;
    let ids = |value: &Value| -> Vec<String> {
        let lessons = value["lessons"].as_array().unwrap().iter();
        lessons.map(|lesson| format!("{course}/lessons/{}", id(lesson))).collect()
    };
    let seen = lecturer.get(&course).await.ok();
    let mut order: Vec<String> = seen["lessons"].as_array().unwrap().iter().map(id).collect();
    order.rotate_left(1);
    let half = json!({ "lessons": [order[0].clone()], "version": 2 });
    lecturer.put(&format!("{course}/order"), half).await.refused("invalid");
    let all = json!({ "lessons": order, "version": 2 });
    let moved = lecturer.put(&format!("{course}/order"), all.clone()).await.ok();
    assert_eq!(ids(&moved), [lessons[1].clone(), lessons[2].clone(), lessons[0].clone()]);
    lecturer.put(&format!("{course}/order"), all).await.refused("stale_version");

    let new = json!({ "title": "新的一", "version": 1 });
    lecturer.patch(&lessons[0], new.clone()).await.ok();
    lecturer.patch(&lessons[0], new).await.refused("stale_version");
    let standing = agent.get(&course).await.ok()["lessons"][2].clone();
    assert_eq!((&standing["title"], &standing["standing"]["done"]), (&json!("新的一"), &json!(true)));

    // What is left he has done: the course is complete.
    lecturer.delete(&lessons[1]).await.status(204);
    let complete = agent.get(&course).await.ok()["course"]["learning"].clone();
    assert_eq!((&complete["state"], &complete["required"]), (&json!("done"), &json!(1)));
    assert_eq!(events(&app, &acme, "course.completed").await.len(), 1);
    let title = lecturer.delete(&lessons[0]).await.refused("conflict");
    assert!(title["detail"].as_str().unwrap().contains("last required lesson"));
    agent.put(&format!("{}/progress", lessons[1]), json!({ "position": 1 })).await.refused("not_found");
}

async fn only_what_can_be_learned_is_taken_in(app: TestApp) {
    let acme = app.company().await;
    let group = app.sign_in(&acme, Role::TrainingGroup).await;
    let (course, _) = published(&group, "短期课").await;
    let early = app.session(&agent(&app, &acme, "early", true).await).await;
    let late = app.session(&agent(&app, &acme, "late", true).await).await;
    group.patch(&course, json!({ "valid_until": "2026-07-02", "version": 2 })).await.ok();
    early.post(&format!("{course}/start"), json!({})).await.ok();
    assert_eq!(late.get(&format!("{PATH}?open=true")).await.ok()["items"].as_array().unwrap().len(), 1);
    app.advance(3 * 86_400);
    early.post(&format!("{course}/start"), json!({})).await.ok();
    late.post(&format!("{course}/start"), json!({})).await.refused("conflict");
    assert_eq!(late.get(&format!("{PATH}?open=true")).await.ok()["items"], json!([]));
    let all = json!({ "audience": { "everybody": true } });
    group.post(&format!("{course}/assign"), all).await.refused("conflict");
    group.patch(&course, json!({ "valid_until": null, "version": 3 })).await.ok();
    late.post(&format!("{course}/start"), json!({})).await.ok();
    // There is no such item of a plan.
    let item = json!({ "plan_item": "01890000-0000-7000-8000-000000000000", "version": 4 });
    group.patch(&course, item).await.refused("not_found");
}
