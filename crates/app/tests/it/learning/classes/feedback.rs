//! What people thought of a class: who may say it, and that nobody sees who did.

use kexun_people::rights::{Grant, Role};
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{School, agent, code, told, whole};

both_databases![
    feedback_is_given_once_and_shown_without_names,
    who_sees_a_part_of_the_people_reads_nothing_of_all,
];

/// What somebody thinks; `version` is that of what he said before.
fn answers(content: i32, remarks: Value, version: i32) -> Value {
    json!({
        "content": content, "lecturer": 5, "organisation": 4, "applicable": 3, "remarks": remarks,
        "version": version,
    })
}

/// A class of four whom the first three have come to: its address, and the four.
async fn attended(app: &TestApp, school: &mut School) -> (String, Vec<Client>) {
    let fourth = agent(app, &school.acme, "acme-a4").await;
    school.agents.push(fourth);
    let class = school.hr.post("/api/v1/classes", school.draft(10, 70, "A", &[0, 1, 2, 3])).await.ok();
    let class = class["id"].as_str().unwrap();
    let path = format!("/api/v1/classes/{class}");
    school.hr.post(&format!("{path}/announce"), json!({ "version": 1 })).await.ok();
    let now = code(&school.hr, class).await;
    let mut people = Vec::new();
    for n in 0..4 {
        people.push(school.session(app, n).await);
    }
    for agent in &people[..3] {
        agent.post(&format!("{path}/sign-in"), json!({ "code": now })).await.ok();
    }
    (path, people)
}

async fn feedback_is_given_once_and_shown_without_names(app: TestApp) {
    let mut school = School::open(&app).await;
    let (path, people) = attended(&app, &mut school).await;
    let feedback = format!("{path}/feedback");
    people[0].put(&feedback, answers(5, Value::Null, 0)).await.status(409).refused("conflict");
    app.advance(71 * 60);
    school.hr.post(&format!("{path}/close"), json!({ "version": 2 })).await.status(204);
    let home = people[0].get("/api/v1/home").await.ok();
    assert!(home["now"].as_array().unwrap().iter().any(|l| l["kind"] == "feedback_due"), "{home}");
    people[3].put(&feedback, answers(1, Value::Null, 0)).await.status(409).refused("conflict");
    people[0].put(&feedback, answers(6, Value::Null, 0)).await.status(422);

    people[0].put(&feedback, answers(5, json!("案例多一些"), 0)).await.ok();
    people[1].put(&feedback, answers(4, json!("  "), 0)).await.ok();
    let few = school.hr.get(&feedback).await.ok();
    assert_eq!((&few["results"]["count"], &few["results"]["asked"]), (&json!(2), &json!(3)));
    assert_eq!((&few["results"]["means"], &few["results"]["remarks"]), (&Value::Null, &json!([])));
    people[0].put(&feedback, answers(1, Value::Null, 0)).await.status(409).refused("stale_version");
    people[0].put(&feedback, answers(4, json!("案例再多一些"), 1)).await.ok();
    people[2].put(&feedback, answers(1, json!("太快"), 0)).await.ok();

    // While somebody can still answer, means of three and then of four would tell what the fourth said.
    let waiting = school.hr.get(&feedback).await.ok();
    assert_eq!(waiting["results"], json!({ "count": 3, "asked": 3, "means": null, "remarks": [] }));
    // Who takes part sees what he said himself, and no more.
    let own = people[0].get(&feedback).await.ok();
    assert_eq!(
        (&own["results"], &own["mine"]["version"], &own["open"]),
        (&Value::Null, &json!(2), &json!(true))
    );
    assert_eq!(people[3].get(&feedback).await.ok()["open"], false);

    let given = told(&app, &school.acme, "class.feedback_given").await;
    assert_eq!(given.len(), 3, "once each, however often it is changed");
    assert!(given.iter().all(|e| e["content"].is_null()), "the books do not hold what was said");
    app.advance(7 * 24 * 3600 + 1);
    people[0].put(&feedback, answers(5, Value::Null, 2)).await.status(409).refused("conflict");
    shown_without_names(&app, &school, &feedback).await;
    assert_eq!(people[0].get(&feedback).await.ok()["results"], Value::Null);
    let director = app.sign_in(&school.acme, Role::Director).await;
    let shown = director.get(&feedback).await.ok();
    assert_eq!((&shown["results"]["count"], &shown["results"]["means"]["content"]), (&json!(3), &json!(3.0)));
}

async fn who_sees_a_part_of_the_people_reads_nothing_of_all(app: TestApp) {
    let school = School::open(&app).await;
    let elsewhere = app.member(&school.acme, "elsewhere", vec![whole(Role::Agent)]).await;
    let of_team =
        Grant { role: Role::Supervisor, shop_id: Some(school.acme.shop), team_id: Some(school.acme.team) };
    let supervisor = app.sign_in_with(&school.acme, of_team).await;
    for (from, others, all) in [(10, vec![], true), (100, vec![elsewhere.staff], false)] {
        let mut draft = school.draft(from, from + 60, "A", &[0, 1, 2]);
        let mut staff = draft["audience"]["staff"].as_array().unwrap().clone();
        staff.extend(others.iter().map(|id| json!(id)));
        draft["audience"]["staff"] = json!(staff);
        let class = school.hr.post("/api/v1/classes", draft).await.ok();
        let path = format!("/api/v1/classes/{}/feedback", class["id"].as_str().unwrap());
        assert_eq!(supervisor.get(&path).await.ok()["results"].is_object(), all, "{others:?}");
        assert!(school.hr.get(&path).await.ok()["results"].is_object());
    }
}

/// The lecturer reads means and remarks, and from neither who gave which.
async fn shown_without_names(app: &TestApp, school: &School, feedback: &str) {
    let teacher = app.session(&school.lecturer).await;
    let shown = teacher.get(feedback).await;
    let text = shown.text();
    let shown = shown.ok();
    assert_eq!(
        (&shown["results"]["means"]["content"], &shown["results"]["means"]["applicable"]),
        (&json!(3.0), &json!(3.0))
    );
    let mut remarks: Vec<&str> =
        shown["results"]["remarks"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
    remarks.sort_unstable();
    assert_eq!(remarks, ["太快", "案例再多一些"]);
    for agent in &school.agents {
        assert!(!text.contains(&agent.staff.to_string()) && !text.contains(&agent.account), "{text}");
    }
}
