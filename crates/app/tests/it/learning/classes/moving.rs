//! What becomes of sign-ins and leave when a class is moved, and that what is over stays where it was.

use kexun_people::rights::Role;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{School, code, status, told, whole};

both_databases![
    who_signed_in_or_had_leave_is_expected_at_the_new_time,
    what_is_over_is_not_moved_nor_called_off,
    who_has_leave_does_not_stand_in_the_way,
    what_is_written_down_later_waits_for_its_attendance,
];

const PATH: &str = "/api/v1/classes";
/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// The change of a class to other minutes, with the same people.
fn to(school: &School, from: i64, to: i64, version: i32) -> Value {
    let mut draft = school.draft(from, to, "一号会议室", &[]);
    draft["audience"] = Value::Null;
    json!({ "class": draft, "version": version })
}

/// Has an agent ask for leave, and grants it.
async fn grant_leave(app: &TestApp, school: &School, class: &str, agent: usize) {
    let who = school.session(app, agent).await;
    who.post(&format!("{PATH}/{class}/leave"), json!({ "reason": "看牙医" })).await.status(204);
    let answer = format!("{PATH}/{class}/participants/{}/leave", school.agents[agent].staff);
    school.hr.post(&answer, json!({ "granted": true, "version": 2 })).await.status(204);
}

/// Signs an agent in by the code on the screen now.
async fn sign_in(app: &TestApp, school: &School, class: &str, agent: usize) -> Value {
    let now = code(&school.hr, class).await;
    let who = school.session(app, agent).await;
    who.post(&format!("{PATH}/{class}/sign-in"), json!({ "code": now })).await.ok()
}

async fn kinds(who: &Client) -> Vec<Value> {
    let inbox = who.get("/api/v1/notices").await.ok();
    inbox["items"].as_array().unwrap().iter().map(|n| n["kind"].clone()).collect()
}

async fn who_signed_in_or_had_leave_is_expected_at_the_new_time(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(20, 80).await;
    let path = format!("{PATH}/{class}");
    sign_in(&app, &school, &class, 0).await;
    grant_leave(&app, &school, &class, 1).await;
    let stands = async |n: usize| status(&school.hr, &class, &school.agents[n]).await;

    // It only lasts longer: who is there is there, and who has leave has it.
    school.hr.put(&path, to(&school, 20, 100, 2)).await.ok();
    assert_eq!(
        (&stands(0).await["status"], &stands(1).await["status"]),
        (&json!("present"), &json!("leave"))
    );
    app.advance(60);
    school.hr.put(&path, to(&school, DAY + 20, DAY + 80, 3)).await.ok();
    let (signed_in, excused) = (stands(0).await, stands(1).await);
    assert_eq!((&signed_in["status"], &signed_in["signed_in_at"]), (&json!("invited"), &Value::Null));
    assert_eq!(
        (&excused["status"], &excused["leave_state"], &excused["leave_reason"]),
        (&json!("invited"), &Value::Null, &Value::Null)
    );
    let had_leave = school.session(&app, 1).await;
    let told_of = kinds(&had_leave).await;
    assert!(told_of.contains(&json!("class_leave_refused")), "{told_of:?}");
    assert!(!kinds(&school.session(&app, 0).await).await.contains(&json!("class_leave_refused")));
    let changed = told(&app, &school.acme, "class.changed").await;
    let again = |n: usize| changed[n]["invited_again"].as_array().unwrap().len();
    assert_eq!((again(0), again(1)), (0, 2));
    had_leave.post(&format!("{path}/leave"), json!({ "reason": "还是牙医" })).await.status(204);

    // Whoever signed in for the old time was not there at the new one.
    app.advance(DAY * 60);
    let done = sign_in(&app, &school, &class, 2).await;
    assert_eq!(done["status"], "present");
    app.advance(80 * 60);
    school.hr.post(&format!("{path}/close"), json!({ "version": 4 })).await.status(204);
    let books = told(&app, &school.acme, "class.attended").await;
    let of = |n: usize| books.iter().find(|e| e["staff"] == json!(school.agents[n].staff)).unwrap().clone();
    assert_eq!((&of(0)["status"], &of(0)["minutes"]), (&json!("absent"), &json!(0)));
    assert_eq!((&of(2)["status"], &of(2)["day"]), (&json!("present"), &json!("2026-07-02")));
}

async fn what_is_over_is_not_moved_nor_called_off(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(10, 70).await;
    let path = format!("{PATH}/{class}");
    sign_in(&app, &school, &class, 0).await;
    app.advance(70 * 60);
    let refused = school.hr.put(&path, to(&school, DAY, DAY + 60, 2)).await.status(409).refused("conflict");
    assert!(refused["detail"].as_str().unwrap().contains("end it"), "{refused}");
    let off = json!({ "reason": "没办成", "version": 2 });
    school.hr.post(&format!("{path}/cancel"), off).await.status(409).refused("conflict");
    school.hr.post(&format!("{path}/close"), json!({ "version": 2 })).await.status(204);
    assert_eq!(told(&app, &school.acme, "class.attended").await.len(), 3);

    // Of one that was never announced nobody knows: it is put right, or called off, at any time.
    let made = school.hr.post(PATH, school.draft(0, 60, "一号会议室", &[0])).await.ok();
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    school.hr.put(&path, to(&school, 1, 60, 1)).await.ok();
    school.hr.post(&format!("{path}/cancel"), json!({ "reason": "没办成", "version": 2 })).await.ok();
}

async fn who_has_leave_does_not_stand_in_the_way(app: TestApp) {
    let school = School::open(&app).await;
    let class = school.announced(600, 660).await;
    grant_leave(&app, &school, &class, 0).await;
    let second = app.member(&school.acme, "second", vec![whole(Role::Lecturer)]).await;
    for (from, to) in [(600, 660), (800, 860)] {
        let mut elsewhere = school.draft(from, to, "别处", &[0]);
        elsewhere["lecturer"] = json!(second.staff);
        school.hr.post(PATH, elsewhere).await.status(201);
    }
    let path = format!("{PATH}/{class}");
    let mut change = school.draft(600, 660, "一号会议室", &[0, 1, 2]);
    change["description"] = json!("带上手机");
    let wanted = json!({
        "class": class, "starts_at": change["starts_at"], "ends_at": change["ends_at"], "place": "一号会议室",
        "lecturer": change["lecturer"], "audience": change["audience"],
    });
    let shown = school.hr.post(&format!("{PATH}/conflicts"), wanted).await.ok();
    assert_eq!((&shown["conflicts"], &shown["count"]), (&json!([]), &json!(3)), "he keeps his seat");
    school.hr.put(&path, json!({ "class": change, "version": 2 })).await.ok();
    school.hr.put(&path, to(&school, 600, 660, 3)).await.ok();
    // At another time his leave does not hold, and then he is elsewhere.
    let busy = school.hr.put(&path, to(&school, 800, 860, 4)).await.status(409).refused("conflict");
    assert!(busy["detail"].as_str().unwrap().contains("acme-a1"), "{busy}");
}

async fn what_is_written_down_later_waits_for_its_attendance(app: TestApp) {
    let school = School::open(&app).await;
    app.advance(300 * 60);
    let class = school.announced(10, 70).await;
    let state = async || school.hr.get(&format!("{PATH}/{class}")).await.ok()["state"].clone();
    app.advance(60 * 60);
    app.run_jobs().await;
    assert_eq!(state().await, "announced", "there is time to put down who came");
    let by_hand = format!("{PATH}/{class}/participants/{}", school.agents[0].staff);
    let came = json!({ "status": "present", "reason": "补记", "version": 1 });
    school.hr.patch(&by_hand, came).await.status(204);
    app.advance(61 * 60);
    app.run_jobs().await;
    assert_eq!(state().await, "ended");
    let books = told(&app, &school.acme, "class.attended").await;
    let came: Vec<&Value> = books.iter().filter(|e| e["status"] == "present").collect();
    assert_eq!((books.len(), came.len(), &came[0]["minutes"]), (3, 1, &json!(60)));
}
