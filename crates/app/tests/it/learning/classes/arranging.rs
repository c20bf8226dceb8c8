//! Who arranges what, and that nobody and nothing is booked twice.

use kexun_people::rights::{Grant, Role};
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use super::{School, at, told, whole};

both_databases![
    a_class_is_arranged_changed_and_called_off,
    what_cannot_be_is_refused,
    people_and_rooms_are_not_booked_twice,
    two_at_once_cannot_both_have_the_room,
    everybody_sees_what_concerns_him,
    a_supervisor_arranges_for_his_people,
    another_tenant_has_nothing,
];

const PATH: &str = "/api/v1/classes";

async fn a_class_is_arranged_changed_and_called_off(app: TestApp) {
    let school = School::open(&app).await;
    let mut draft = school.draft(600, 690, "一号会议室", &[0, 1]);
    let made = school.hr.post(PATH, draft.clone()).await.status(201).ok();
    assert_eq!(
        (&made["state"], &made["late_after_min"], &made["version"]),
        (&json!("planned"), &json!(10), &json!(1))
    );
    assert_eq!(made["participants"].as_array().unwrap().len(), 2);
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());

    draft["title"] = json!("售后话术（二）");
    draft["audience"] = json!({ "shops": [school.acme.shop] });
    let change = json!({ "class": draft, "version": 1 });
    let changed = school.hr.put(&path, change.clone()).await.ok();
    assert_eq!((&changed["title"], &changed["counts"]["people"]), (&json!("售后话术（二）"), &json!(3)));
    school.hr.put(&path, change).await.status(409).refused("stale_version");
    draft.as_object_mut().unwrap().remove("audience");
    let same = school.hr.put(&path, json!({ "class": draft, "version": 2 })).await.ok();
    assert_eq!(same["counts"]["people"], 3, "without an audience the same people take part");

    let list = school.hr.get(&format!("{PATH}?q=售后")).await.ok();
    assert_eq!(list["items"][0]["place"], "一号会议室");
    assert_eq!(school.hr.get(&format!("{PATH}?q=nothing")).await.ok()["items"], json!([]));
    school
        .hr
        .post(&format!("{path}/cancel"), json!({ "reason": " ", "version": 3 }))
        .await
        .refused("invalid");
    let off =
        school.hr.post(&format!("{path}/cancel"), json!({ "reason": "讲师病了", "version": 3 })).await.ok();
    assert_eq!((&off["state"], &off["cancel_reason"]), (&json!("cancelled"), &json!("讲师病了")));
    school.hr.put(&path, json!({ "class": draft, "version": 4 })).await.refused("conflict");
    school.hr.post(&format!("{path}/announce"), json!({ "version": 4 })).await.refused("conflict");
    assert_eq!(told(&app, &school.acme, "class.changed").await.len(), 2);
    assert_eq!(told(&app, &school.acme, "class.cancelled").await[0]["reason"], "讲师病了");
    // A room that a class gave up is free.
    school.hr.post(PATH, school.draft(600, 690, "一号会议室", &[0])).await.status(201);
}

async fn what_cannot_be_is_refused(app: TestApp) {
    let school = School::open(&app).await;
    let fine = school.draft(60, 120, "A", &[0]);
    let nowhere = json!("01890000-0000-7000-8000-000000000000");
    for (field, value) in [
        ("title", json!("")),
        ("ends_at", at(60)),
        ("zone", json!("Mars")),
        ("online_url", json!("javascript:alert(1)")),
        ("seats", json!(0)),
        ("lecturer", json!(school.agents[0].staff)),
        ("audience", json!({ "staff": [nowhere] })),
    ] {
        let mut draft = fine.clone();
        draft[field] = value;
        let fault = school.hr.post(PATH, draft).await.status(422).refused("invalid");
        assert_eq!(fault["fields"][0]["field"], field, "{fault}");
    }
    let mut crowded = school.draft(60, 120, "A", &[0, 1, 2]);
    crowded["seats"] = json!(2);
    school.hr.post(PATH, crowded).await.status(422);
    for cause in ["plan_item", "course"] {
        let mut draft = fine.clone();
        draft[cause] = nowhere.clone();
        school.hr.post(PATH, draft).await.status(404).refused("not_found");
    }
    let mut unknown = fine.clone();
    unknown["colour"] = json!("red");
    school.hr.post(PATH, unknown).await.status(422);
    // Nobody would know where to go, or nobody would come.
    for draft in [school.draft(60, 120, "", &[0]), school.draft(60, 120, "A", &[])] {
        let made = school.hr.post(PATH, draft).await.ok();
        let path = format!("{PATH}/{}/announce", made["id"].as_str().unwrap());
        school.hr.post(&path, json!({ "version": 1 })).await.status(409).refused("conflict");
        let cancel = path.replace("announce", "cancel");
        school.hr.post(&cancel, json!({ "reason": "试", "version": 1 })).await.ok();
    }
}

async fn people_and_rooms_are_not_booked_twice(app: TestApp) {
    let school = School::open(&app).await;
    let second = app.member(&school.acme, "second", vec![whole(Role::Lecturer)]).await;
    school.hr.post(PATH, school.draft(600, 690, "一号会议室", &[0, 1])).await.ok();

    let mut draft = school.draft(660, 720, "一号会议室", &[1, 2]);
    let refused = school.hr.post(PATH, draft.clone()).await.status(409).refused("conflict");
    let detail = refused["detail"].as_str().unwrap();
    for word in ["一号会议室", "售后话术", "acme-a2", "acme-teacher", "2026-07-01 20:00"] {
        assert!(detail.contains(word), "{word} is not in {detail}");
    }
    // The form is told before it is saved.
    let wanted = json!({
        "starts_at": draft["starts_at"], "ends_at": draft["ends_at"], "place": "一号会议室",
        "lecturer": draft["lecturer"], "audience": draft["audience"],
    });
    let shown = school.hr.post(&format!("{PATH}/conflicts"), wanted).await.ok();
    let names: Vec<&str> =
        shown["conflicts"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert_eq!(names[0], "一号会议室");
    assert_eq!((names.len(), &shown["count"]), (3, &json!(2)), "{names:?}");

    // People may be booked knowingly, rooms never.
    draft["accept_conflicts"] = json!(true);
    school.hr.post(PATH, draft.clone()).await.status(409).refused("conflict");
    draft["place"] = json!("二号会议室");
    school.hr.post(PATH, draft.clone()).await.status(201);
    // One after the other is no conflict, and nobody stands in his own way.
    let mut next = school.draft(690, 700, "一号会议室", &[0]);
    next["lecturer"] = json!(second.staff);
    let next_made = school.hr.post(PATH, next.clone()).await.status(201).ok();
    next["ends_at"] = at(705);
    let path = format!("{PATH}/{}", next_made["id"].as_str().unwrap());
    school.hr.put(&path, json!({ "class": next, "version": 1 })).await.ok();
    next["starts_at"] = at(689);
    school.hr.put(&path, json!({ "class": next, "version": 2 })).await.status(409).refused("conflict");
}

async fn two_at_once_cannot_both_have_the_room(app: TestApp) {
    let school = School::open(&app).await;
    let second = app.member(&school.acme, "second", vec![whole(Role::Lecturer)]).await;
    let first = school.draft(600, 690, "一号会议室", &[0]);
    let mut other = school.draft(630, 720, "一号会议室", &[1]);
    other["lecturer"] = json!(second.staff);
    let mine = app.sign_in(&school.acme, Role::TrainingGroup).await;
    let (a, b) = tokio::join!(school.hr.post(PATH, first), mine.post(PATH, other));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", a.text(), b.text());
    assert_eq!(school.hr.get(PATH).await.ok()["items"].as_array().unwrap().len(), 1);
}

async fn everybody_sees_what_concerns_him(app: TestApp) {
    let school = School::open(&app).await;
    let other = app.member(&school.acme, "other-teacher", vec![whole(Role::Lecturer)]).await;
    let of_first = school.hr.post(PATH, school.draft(600, 690, "A", &[0, 1])).await.ok();
    let path = format!("{PATH}/{}", of_first["id"].as_str().unwrap());
    let mut draft = school.draft(600, 690, "B", &[2]);
    draft["lecturer"] = json!(other.staff);
    school.hr.post(PATH, draft).await.ok();

    let (mine, stranger) = (school.session(&app, 0).await, school.session(&app, 2).await);
    let seen = mine.get(&path).await.ok();
    assert_eq!(seen["participants"].as_array().unwrap().len(), 1, "no other agent is shown");
    assert_eq!((&seen["counts"], &seen["audience"]), (&Value::Null, &Value::Null));
    stranger.get(&path).await.status(404).refused("not_found");
    stranger.get(&format!("{path}/calendar.ics")).await.refused("not_found");
    stranger.get(&format!("{path}/feedback")).await.refused("not_found");
    assert_eq!(stranger.get(PATH).await.ok()["items"].as_array().unwrap().len(), 1);

    let (teacher, colleague) = (app.session(&school.lecturer).await, app.session(&other).await);
    let listed = teacher.get(&format!("{PATH}?teaching=true")).await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "a lecturer sees only his classes");
    assert_eq!(teacher.get(PATH).await.ok()["items"].as_array().unwrap().len(), 1);
    assert_eq!(teacher.get(&path).await.ok()["participants"].as_array().unwrap().len(), 2);
    colleague.get(&path).await.refused("not_found");
    colleague.get(&format!("{path}/code")).await.refused("not_found");
    mine.get(&format!("{path}/code")).await.status(403).refused("forbidden");
    colleague.post(&format!("{path}/announce"), json!({ "version": 1 })).await.refused("not_found");
    // Who teaches may change when; those who take part are not his to choose, nor to leave out.
    let mut moved = school.draft(610, 690, "A", &[]);
    moved["audience"] = json!({ "everybody": true });
    let moved = teacher.put(&path, json!({ "class": moved, "version": 1 })).await.ok();
    assert_eq!((&moved["starts_at"], &moved["counts"]["people"]), (&at(610), &json!(2)));
    // A lecturer prepares what he teaches; whom it is for is not his choice.
    let mut own = school.draft(800, 860, "C", &[]);
    own["audience"] = Value::Null;
    teacher.post(PATH, own.clone()).await.status(201);
    own["lecturer"] = json!(other.staff);
    teacher.post(PATH, own).await.status(422);
    teacher.post(PATH, school.draft(900, 960, "C", &[0])).await.status(422);
}

async fn a_supervisor_arranges_for_his_people(app: TestApp) {
    let school = School::open(&app).await;
    let elsewhere = app.member(&school.acme, "elsewhere", vec![whole(Role::Agent)]).await;
    let of_team =
        Grant { role: Role::Supervisor, shop_id: Some(school.acme.shop), team_id: Some(school.acme.team) };
    let supervisor = app.sign_in_with(&school.acme, of_team).await;
    let made = supervisor.post(PATH, school.draft(600, 690, "A", &[0, 1])).await.ok();
    assert_eq!(made["in_hands"], true);
    let mut wide = school.draft(800, 860, "A", &[]);
    wide["audience"] = json!({ "everybody": true });
    let all_of_his = supervisor.post(PATH, wide).await.ok();
    assert_eq!(all_of_his["counts"]["people"], 4, "a rule reaches as far as he does, himself included");
    let mut foreign = school.draft(900, 960, "A", &[]);
    foreign["audience"] = json!({ "staff": [elsewhere.staff] });
    supervisor.post(PATH, foreign).await.status(422);

    // Of a class that another arranged he sees his own people only, and changes nothing.
    let mut mixed = school.draft(1000, 1060, "A", &[2]);
    mixed["audience"]["staff"] = json!([school.agents[2].staff, elsewhere.staff]);
    let mixed = school.hr.post(PATH, mixed).await.ok();
    let path = format!("{PATH}/{}", mixed["id"].as_str().unwrap());
    let seen = supervisor.get(&path).await.ok();
    assert_eq!((&seen["in_hands"], &seen["counts"]["people"]), (&json!(false), &json!(1)));
    supervisor.post(&format!("{path}/announce"), json!({ "version": 1 })).await.refused("not_found");
    let choices = supervisor.get(&format!("{PATH}/choices")).await.ok();
    let people: Vec<&str> =
        choices["people"].as_array().unwrap().iter().map(|p| p["account"].as_str().unwrap()).collect();
    assert!(people.contains(&"acme-a1") && !people.contains(&"elsewhere"), "{people:?}");
    assert_eq!(choices["places"], json!(["A"]));
}

async fn another_tenant_has_nothing(app: TestApp) {
    let school = School::open(&app).await;
    let other = School::open_in(&app, app.company_named("other").await).await;
    let made = school.hr.post(PATH, school.draft(600, 690, "A", &[0])).await.ok();
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    other.hr.get(&path).await.refused("not_found");
    other
        .hr
        .put(&path, json!({ "class": other.draft(600, 690, "A", &[0]), "version": 1 }))
        .await
        .refused("not_found");
    other.hr.post(&format!("{path}/announce"), json!({ "version": 1 })).await.refused("not_found");
    other.hr.get(&format!("{path}/code")).await.refused("not_found");
    // The same name is another room, and its people are nobody here.
    other.hr.post(PATH, other.draft(600, 690, "A", &[0])).await.status(201);
    let mut foreign = school.draft(700, 760, "B", &[]);
    foreign["audience"] = json!({ "staff": [other.agents[0].staff] });
    school.hr.post(PATH, foreign).await.status(422);
    let mut foreign = school.draft(700, 760, "B", &[]);
    foreign["audience"] = json!({ "shops": [other.acme.shop] });
    assert_eq!(school.hr.post(PATH, foreign).await.ok()["counts"]["people"], 0);
}
