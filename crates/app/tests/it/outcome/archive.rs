//! Archives: they grow from events, each once and in order; and who may look into them.

use calamine::{Reader, Xlsx};
use kexun::operations;
use kexun_base::events::{Actor, Subject};
use kexun_people::rights::{Grant, Role};
use kexun_people::staff::{Draft, StaffId};
use kexun_people::tenants::TenantId;
use kexun_testkit::{Client, Company, Member, TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{happens, of_whole, thing};

both_databases![
    an_archive_grows_from_events,
    every_event_counts_once,
    an_event_under_way_is_not_passed_over,
    a_correction_stands_in_the_place_of_what_it_corrects,
    a_class_stands_on_its_day_whenever_it_was_settled,
    an_archive_opens_to_whom_it_was_granted,
    a_look_ends_with_its_time,
    applications_are_decided_by_another,
    what_archives_say_is_checked_and_made_anew,
    a_sheet_says_who_took_it,
];

/// Writes what other rooms would, then lets the jobs run.
async fn attended(app: &TestApp, tenant: TenantId, class: Subject, staff: StaffId, status: &str) {
    let data = json!({ "staff": staff, "title": "话术训练", "competence": "communication", "status": status,
        "minutes": 90 });
    happens(app, tenant, Actor::System, ("class.attended", class), data, &[]).await;
}

async fn graded(app: &TestApp, tenant: TenantId, exam: Subject, staff: StaffId, grade: &str, credits: f64) {
    let data = json!({ "staff": staff, "attempt": exam.id, "title": "平台规则考试", "score": 0.855,
        "competence": "platform_rules", "grade": grade, "credits": credits, "make_up": false });
    happens(app, tenant, Actor::System, ("exam.graded", exam), data, &[]).await;
}

async fn li(app: &TestApp, acme: &Company) -> (Member, Client) {
    let place = Grant { role: Role::Agent, shop_id: Some(acme.shop), team_id: Some(acme.team) };
    let draft = Draft {
        account: "li".into(),
        name: "李雷".into(),
        shop: Some(acme.shop),
        team: Some(acme.team),
        level: Some("初级".into()),
        joined_on: Some("2026-03-01".parse().unwrap()),
        roles: vec![place],
        ..Draft::default()
    };
    let li = app.enter(acme, draft).await;
    let client = app.session(&li).await;
    (li, client)
}

fn kinds(archive: &Value) -> Vec<&str> {
    archive["entries"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect()
}

async fn an_archive_grows_from_events(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    let (course, class, exam) = (thing(&app, "course"), thing(&app, "class"), thing(&app, "exam"));
    let data = json!({ "staff": li.staff, "title": "企业文化", "competence": "culture" });
    happens(&app, acme.id, Actor::System, ("course.completed", course), data, &[]).await;
    app.advance(86_400);
    attended(&app, acme.id, class, li.staff, "late").await;
    graded(&app, acme.id, exam, li.staff, "good", 2.0).await;
    app.run_jobs().await;
    let archive = own.get("/api/v1/archive").await.ok();
    assert_eq!(kinds(&archive), ["exam", "class", "course"], "newest first");
    let totals = json!({ "credits": 2.0, "minutes": 90, "courses": 1, "classes": 1, "attended": 1, "exams": 1,
        "passed": 1 });
    assert_eq!((&archive["totals"], &archive["watermark"]), (&totals, &Value::Null));
    assert_eq!(
        (&archive["joined_on"], &archive["history"][0]["level"]),
        (&json!("2026-03-01"), &json!("初级"))
    );
    let entry = &archive["entries"][1];
    assert_eq!((&entry["status"], &entry["day"]), (&json!("late"), &json!("2026-07-02")));
    assert_eq!(entry["subject"], json!(class.id));
    for (query, left) in
        [("kind=exam", 1), ("competence=culture", 1), ("from=2026-07-02", 2), ("to=2026-07-01", 1)]
    {
        let part = own.get(&format!("/api/v1/archive?{query}")).await.ok();
        assert_eq!(kinds(&part).len(), left, "{query}");
    }
    // Looking at one's own leaves no trace, and one thing more is one's own: its thread.
    assert_eq!(own.get(&format!("/api/v1/archive/{}/looks", li.staff)).await.ok()["items"], json!([]));
    let thread = own.get(&format!("/api/v1/thread/exam/{}", exam.id)).await.ok();
    assert_eq!(thread["stages"][5]["things"][0]["id"], json!(exam.id));
}

/// The job runs again and again, another process runs it at the same time, one is cut off: an event is
/// one entry.
async fn every_event_counts_once(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    let second = app.second(kexun::wiring::background()).await;
    for round in 0..5 {
        for _ in 0..4 {
            attended(&app, acme.id, thing(&app, "class"), li.staff, "present").await;
        }
        let ctx = app.ctx().clone();
        let (one, two) = tokio::join!(kexun_base::jobs::run_due(&ctx), kexun_base::jobs::run_due(&second));
        one.unwrap();
        two.unwrap();
        app.advance(60);
        app.run_jobs().await;
        assert_eq!(kinds(&own.get("/api/v1/archive").await.ok()).len(), 4 * (round + 1));
    }
    // Where it stood was lost, as if it had been cut off before it said so: nothing is doubled.
    let tx = app.ctx().db().begin().await.unwrap();
    tx.execute_unprepared("UPDATE archive_cursor SET seq = 0").await.unwrap();
    tx.commit().await.unwrap();
    attended(&app, acme.id, thing(&app, "class"), li.staff, "present").await;
    app.run_jobs().await;
    let archive = own.get("/api/v1/archive").await.ok();
    assert_eq!((kinds(&archive).len(), &archive["totals"]["classes"]), (21, &json!(21)));
}

/// The job that waits is not begun while somebody is about to commit one event more.
async fn an_event_under_way_is_not_passed_over(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    attended(&app, acme.id, thing(&app, "class"), li.staff, "present").await;
    let ctx = app.ctx().clone();
    let tx = ctx.db().begin().await.unwrap();
    let event = kexun_base::events::NewEvent {
        tenant: acme.id.0,
        kind: "class.attended",
        actor: Actor::System,
        subject_kind: "class",
        subject: thing(&app, "class").id,
        data: json!({ "staff": li.staff, "title": "x", "status": "present", "minutes": 10 }),
        caused_by: None,
    };
    kexun_base::events::record(&ctx, &tx, event).await.unwrap();
    let runs = tokio::spawn({
        let ctx = ctx.clone();
        async move { kexun_base::jobs::run_due(&ctx).await.unwrap() }
    });
    tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    tx.commit().await.unwrap();
    runs.await.unwrap();
    app.run_jobs().await;
    assert_eq!(kinds(&own.get("/api/v1/archive").await.ok()).len(), 2);
}

async fn a_correction_stands_in_the_place_of_what_it_corrects(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    let exam = thing(&app, "exam");
    graded(&app, acme.id, exam, li.staff, "fail", 0.0).await;
    // The chain is in order of time; within one instant it is in none.
    app.advance(1);
    graded(&app, acme.id, exam, li.staff, "pass", 1.5).await;
    // Of somebody who is no member, nothing is kept.
    graded(&app, acme.id, exam, StaffId(exam.id), "pass", 1.5).await;
    app.run_jobs().await;
    let archive = own.get("/api/v1/archive").await.ok();
    let replaced: Vec<&Value> =
        archive["entries"].as_array().unwrap().iter().map(|e| &e["replaced"]).collect();
    assert_eq!(replaced, [&json!(false), &json!(true)]);
    assert_eq!((&archive["totals"]["passed"], &archive["totals"]["credits"]), (&json!(1), &json!(1.5)));
}

async fn a_class_stands_on_its_day_whenever_it_was_settled(app: TestApp) {
    let acme = app.company().await;
    let (li, _) = li(&app, &acme).await;
    let class = thing(&app, "class");
    let settled = |status: &str, minutes: i64| {
        json!({ "staff": li.staff, "title": "话术训练", "competence": "communication", "status": status,
            "minutes": minutes, "day": "2026-06-28" })
    };
    happens(&app, acme.id, Actor::System, ("class.attended", class), settled("absent", 0), &[]).await;
    app.advance(20 * 86_400);
    // Weeks later it is put right.
    happens(&app, acme.id, Actor::System, ("class.attended", class), settled("present", 90), &[]).await;
    // Events of before say no day: then it is the one on which they were written.
    attended(&app, acme.id, thing(&app, "class"), li.staff, "present").await;
    app.run_jobs().await;
    // He was not seen for weeks.
    let own = app.session(&li).await;
    let june = own.get("/api/v1/archive?from=2026-06-01&to=2026-06-30").await.ok();
    assert_eq!(
        (&june["totals"]["minutes"], &june["totals"]["attended"], kinds(&june).len()),
        (&json!(90), &json!(1), 2)
    );
    assert!(june["entries"].as_array().unwrap().iter().all(|e| e["day"] == "2026-06-28"), "{june}");
    let after = own.get("/api/v1/archive?from=2026-07-01").await.ok();
    assert_eq!((&after["entries"][0]["day"], kinds(&after).len()), (&json!("2026-07-21"), 1));
    assert!(operations::check(app.ctx()).await.unwrap().sound);
}

/// The supervisor of li's team, the HR director, and what they are asked.
struct Office {
    supervisor: Client,
    director: Client,
    path: String,
}

async fn office(app: &TestApp, acme: &Company, li: &Member) -> Office {
    let team = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: Some(acme.team) };
    let supervisor = app.member(acme, "sup", vec![team]).await;
    let director = app.member(acme, "dir", vec![of_whole(Role::Director)]).await;
    Office {
        supervisor: app.session(&supervisor).await,
        director: app.session(&director).await,
        path: format!("/api/v1/archive/{}", li.staff),
    }
}

async fn applied(client: &Client, staff: StaffId, days: u32) -> Value {
    let wish = json!({ "staff": staff, "purpose": "晋升评议", "days": days });
    client.post("/api/v1/archive-requests", wish).await.status(201).ok()
}

async fn decided(client: &Client, request: &Value, granted: bool) -> Value {
    let path = format!("/api/v1/archive-requests/{}/decision", request["id"].as_str().unwrap());
    let decision = json!({ "granted": granted, "reason": "与工作无关", "version": request["version"] });
    client.post(&path, decision).await.ok()
}

async fn an_archive_opens_to_whom_it_was_granted(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    let Office { supervisor, director, path } = office(&app, &acme, &li).await;
    let other = app.company_named("other").await;
    // Nobody but the owner and who keeps archives.
    app.sign_in(&acme, Role::Agent).await.get(&path).await.refused("not_found");
    app.sign_in(&other, Role::Admin).await.get(&path).await.refused("not_found");
    supervisor.get(&path).await.refused("forbidden");
    director.get(&path).await.refused("forbidden");
    own.get(&path).await.ok();
    let hr = app.sign_in(&acme, Role::Hr).await;
    assert_eq!(hr.get(&path).await.ok()["watermark"]["purpose"], Value::Null);
    let kept = hr.get("/api/v1/archive/people?q=李").await.ok();
    assert_eq!((&kept["items"][0]["id"], kept["items"].as_array().unwrap().len()), (&json!(li.staff), 1));
    // The supervisor applies, and looks when it is granted.
    let request = applied(&supervisor, li.staff, 7).await;
    supervisor.get(&path).await.refused("forbidden");
    let inbox = director.get("/api/v1/notices").await.ok();
    assert_eq!(inbox["items"][0]["kind"], "archive_requested");
    let lines = director.get("/api/v1/home").await.ok();
    assert!(lines["now"].as_array().unwrap().iter().any(|l| l["kind"] == "archive_requests"), "{lines}");
    let granted = decided(&director, &request, true).await;
    assert_eq!((&granted["state"], &granted["decided_by"]), (&json!("granted"), &json!("dir")));
    let seen = supervisor.get(&path).await.ok();
    assert_eq!(
        (&seen["watermark"]["reader"], &seen["watermark"]["purpose"]),
        (&json!("sup"), &json!("晋升评议"))
    );
    // Every look is in the audit log, and the owner sees it.
    let looks = own.get(&format!("{path}/looks")).await.ok();
    let looks: Vec<[&Value; 3]> = looks["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| [&l["who"], &l["purpose"], &l["request"]])
        .collect();
    assert_eq!(looks.len(), 2);
    assert!(looks.contains(&[&json!("sup"), &json!("晋升评议"), &request["id"]]));
    supervisor.get(&format!("{path}/looks")).await.refused("not_found");
    let audit = director.get("/api/v1/events?kind=archive.viewed").await.ok();
    let audit = audit["items"].as_array().unwrap();
    assert!(audit.iter().any(|event| event["data"]["request"] == request["id"]), "{audit:?}");
    // What was granted to one opens nothing to another, and can be taken back.
    app.sign_in(&acme, Role::Supervisor).await.get(&path).await.refused("forbidden");
    let back = format!("/api/v1/archive-requests/{}/withdrawal", request["id"].as_str().unwrap());
    supervisor.post(&back, json!({ "version": 1 })).await.refused("stale_version");
    supervisor.post(&back, json!({ "version": 2 })).await.ok();
    supervisor.get(&path).await.refused("forbidden");
}

async fn a_look_ends_with_its_time(app: TestApp) {
    let acme = app.company().await;
    let (li, _) = li(&app, &acme).await;
    let Office { supervisor, director, path, .. } = office(&app, &acme, &li).await;
    let request = applied(&supervisor, li.staff, 2).await;
    app.advance(86_400);
    decided(&director, &request, true).await;
    app.advance(2 * 86_400 - 1);
    supervisor.get(&path).await.ok();
    app.advance(1);
    let problem = supervisor.get(&path).await.refused("forbidden");
    assert!(problem["detail"].as_str().unwrap().contains("over"), "{problem}");
    supervisor.get(&format!("{path}/export")).await.refused("forbidden");
    let listed = supervisor.get("/api/v1/archive-requests").await.ok();
    assert_eq!(listed["items"][0]["state"], "expired");
    applied(&supervisor, li.staff, 2).await;
}

async fn applications_are_decided_by_another(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    let Office { supervisor, director, .. } = office(&app, &acme, &li).await;
    let post = |client: &Client, body: Value| {
        let client = client.clone();
        async move { client.post("/api/v1/archive-requests", body).await }
    };
    let wish = |days: i32, purpose: &str| json!({ "staff": li.staff, "purpose": purpose, "days": days });
    post(&supervisor, wish(31, "x")).await.refused("invalid");
    post(&supervisor, wish(0, "x")).await.refused("invalid");
    post(&supervisor, wish(3, "  ")).await.refused("invalid");
    post(&own, wish(3, "x")).await.refused("forbidden");
    let hr = app.sign_in(&acme, Role::Hr).await;
    post(&hr, wish(3, "x")).await.refused("invalid");
    let first = applied(&supervisor, li.staff, 3).await;
    post(&supervisor, wish(3, "x")).await.refused("conflict");
    // Not by the applicant, were he the director himself; not by who has not the right.
    let by_director = applied(&director, li.staff, 3).await;
    let path = |r: &Value| format!("/api/v1/archive-requests/{}/decision", r["id"].as_str().unwrap());
    let yes = json!({ "granted": true, "version": 1 });
    director.post(&path(&by_director), yes.clone()).await.refused("forbidden");
    supervisor.post(&path(&first), yes.clone()).await.refused("forbidden");
    let other = app.company_named("other").await;
    let stranger = app.sign_in(&other, Role::Director).await;
    stranger.post(&path(&first), yes.clone()).await.refused("not_found");
    // The supervisor sees his own, the director all.
    let seen = |client: &Client| {
        let client = client.clone();
        async move { client.get("/api/v1/archive-requests").await.ok()["items"].as_array().unwrap().len() }
    };
    assert_eq!((seen(&supervisor).await, seen(&director).await), (1, 2));
    director.post(&path(&first), json!({ "granted": false, "version": 1 })).await.refused("invalid");
    let refused = decided(&director, &first, false).await;
    assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("与工作无关")));
    director.post(&path(&first), json!({ "granted": true, "version": 2 })).await.refused("conflict");
}

async fn what_archives_say_is_checked_and_made_anew(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    for exam in [thing(&app, "exam"), thing(&app, "exam")] {
        graded(&app, acme.id, exam, li.staff, "pass", 1.0).await;
    }
    app.run_jobs().await;
    let before = own.get("/api/v1/archive").await.ok();
    let report = operations::check(app.ctx()).await.unwrap();
    assert!(report.sound, "{report:?}");
    assert_eq!(report.tenants[0].archive_entries, 2);
    for damage in [
        "UPDATE archive_entry SET grade = 'excellent'",
        "DELETE FROM archive_entry",
        "UPDATE archive_entry SET seq = seq + 1000",
    ] {
        let tx = app.ctx().db().begin().await.unwrap();
        tx.execute_unprepared(damage).await.unwrap();
        tx.commit().await.unwrap();
        let report = operations::check(app.ctx()).await.unwrap();
        assert!(report.findings.faults.iter().all(|f| f.area == "archive") && !report.sound, "{damage}");
        operations::recount(app.ctx(), &report).await.unwrap();
        assert!(operations::check(app.ctx()).await.unwrap().sound, "{damage}");
    }
    let after = own.get("/api/v1/archive").await.ok();
    assert_eq!(after["totals"], before["totals"]);
}

async fn a_sheet_says_who_took_it(app: TestApp) {
    let acme = app.company().await;
    let (li, own) = li(&app, &acme).await;
    graded(&app, acme.id, thing(&app, "exam"), li.staff, "good", 2.0).await;
    app.run_jobs().await;
    let Office { supervisor, director, path, .. } = office(&app, &acme, &li).await;
    decided(&director, &applied(&supervisor, li.staff, 7).await, true).await;
    let sheet = async |client: &Client| {
        let answer = client.get(&format!("{path}/export")).await.status(200);
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.body.to_vec())).unwrap();
        let name = book.sheet_names()[0].clone();
        let range = book.worksheet_range(&name).unwrap();
        range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let rows = sheet(&supervisor).await;
    assert_eq!(rows[0][0], "sup 于 2026-07-01 10:00（Asia/Shanghai）导出；用途：晋升评议");
    let last = &rows[rows.len() - 1];
    assert_eq!(
        last[..9],
        ["2026-07-01", "考试", "平台规则考试", "平台规则", "", "", "85.5", "良好", "2"].map(String::from)
    );
    assert!(sheet(&own).await[0][0].contains("本人查阅"));
    let looks = own.get(&format!("{path}/looks")).await.ok();
    assert_eq!(looks["items"][0]["exported"], json!(true));
}
