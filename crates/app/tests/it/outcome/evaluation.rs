//! Evaluations: a training that helped is found and measured, one that did nothing is not, and too few
//! people are too few; who may see what.

use std::collections::BTreeMap;

use kexun_base::events::Subject;
use kexun_base::ids::Uuid;
use kexun_people::rights::{Grant, Role};
use kexun_people::staff::{Draft, StaffId};
use kexun_stats::effects::{Design, Observation, Options, difference_in_differences};
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::evaluation_world::{DAYS, PEOPLE, TRUTH, World};
use crate::service::{HEADER, upload};

both_databases![
    what_helped_is_measured_and_what_did_not_is_not,
    everybody_sees_the_trainings_of_his_own_people,
    a_course_and_a_plan_are_evaluated_by_who_learned_when,
    the_report_of_a_class_puts_all_together,
    weeks_by_which_people_were_chosen_are_left_out,
    who_left_moves_no_mean,
    a_training_of_many_days_looks_no_further_than_its_weeks,
];

const PATH: &str = "/api/v1/evaluations";
const HALF: usize = PEOPLE / 2;

fn draft(kind: &str, id: Uuid) -> Value {
    json!({ "subject": { "kind": kind, "id": id }, "figure": "first_response" })
}

fn with(mut draft: Value, field: &str, value: Value) -> Value {
    draft[field] = value;
    draft
}

/// Effect and interval.
fn estimate(evaluation: &Value) -> [f64; 3] {
    let found = &evaluation["outcome"]["estimate"];
    ["effect", "low", "high"].map(|key| found[key].as_f64().unwrap_or_else(|| panic!("{evaluation}")))
}

/// The same by hand: rows of `GET /kpi` by agent and calendar week, accounts of one person added up.
async fn by_hand(client: &Client, team: char) -> [f64; 3] {
    let (from, to) = DAYS;
    let asked = format!("/api/v1/kpi?from={from}&to={to}&by=agent&per=week&keys=first_response");
    let answer = client.get(&asked).await.ok();
    let mut weeks: Vec<&str> =
        answer["rows"].as_array().unwrap().iter().map(|row| row["from"].as_str().unwrap()).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let mut sums: BTreeMap<(u32, i32), (f64, f64)> = BTreeMap::new();
    for row in answer["rows"].as_array().unwrap() {
        let name = row["agent"].as_str().unwrap();
        let Some(person) = name.strip_prefix(team) else { continue };
        let person: u32 = person.trim_end_matches('b').parse().unwrap();
        let week = weeks.iter().position(|week| *week == row["from"]).unwrap() as i32 - 8;
        let measured = &row["values"]["first_response"];
        let n = measured["n"].as_f64().unwrap();
        let sum = sums.entry((person, week)).or_default();
        *sum = (sum.0 + measured["value"].as_f64().unwrap_or_default() * n, sum.1 + n);
    }
    let observations: Vec<Observation> = sums
        .into_iter()
        .map(|((unit, period), (sum, n))| Observation { unit, period, value: sum / n, weight: n })
        .collect();
    let treated_from = (0..HALF as u32).map(|unit| (unit, 0)).collect();
    let found = difference_in_differences(
        &observations,
        &Design { treated_from, ..Design::default() },
        &Options::default(),
    )
    .unwrap();
    [found.effect, found.lower, found.upper]
}

async fn what_helped_is_measured_and_what_did_not_is_not(app: TestApp) {
    let world = World::build(&app).await;
    let boss = app.sign_in(&world.acme, Role::Director).await;
    let group = app.sign_in(&world.acme, Role::TrainingGroup).await;
    let came = &world.first_team[..HALF];
    let helped = world.class(&app, "快速响应", (came, &world.first_team[HALF..=HALF]), None).await;
    let made = group.post(PATH, draft("class", helped)).await.ok();
    let [effect, low, high] = estimate(&made);
    assert!(low < TRUTH as f64 && (TRUTH as f64) < high && high < 0.0, "{effect} ({low} to {high})");
    assert_eq!(made["outcome"]["verdict"], "better");
    assert!(made["words"]["zh"].as_str().unwrap().starts_with("缩短了 "), "{made}");
    assert!(made["words"]["en"].as_str().unwrap().starts_with("Shorter by "), "{made}");
    let outcome = &made["outcome"];
    assert_eq!((&outcome["comparison"], &outcome["first_day"]), (&json!("team"), &json!("2026-05-03")));
    assert_eq!(outcome["trained"]["counted"], HALF);
    assert_eq!(outcome["controls"]["counted"], PEOPLE - HALF);
    assert_eq!(
        (&made["subject"]["title"], &outcome["weeks"][8]["from"]),
        (&json!("快速响应"), &json!("2026-05-04"))
    );
    assert_eq!(outcome["weeks"].as_array().unwrap().len(), 16);
    let hand = by_hand(&boss, '甲').await;
    for (found, hand) in estimate(&made).iter().zip(hand) {
        assert!((found - hand).abs() < 1e-9, "{found} and by hand {hand}");
    }

    let idle = world.class(&app, "晨会", (&world.second_team[..HALF], &[]), None).await;
    let nothing = group.post(PATH, draft("class", idle)).await.ok();
    let [_, low, high] = estimate(&nothing);
    assert!(low < 0.0 && high > 0.0, "{nothing}");
    assert_eq!(nothing["outcome"]["verdict"], "no_difference");
    assert!(nothing["words"]["zh"].as_str().unwrap().starts_with("看不出差别：95% 区间 −"), "{nothing}");

    let few = world.class(&app, "小课", (&world.second_team[..2], &[]), None).await;
    let few = group.post(PATH, draft("class", few)).await.ok();
    assert_eq!(
        (&few["outcome"]["verdict"], &few["outcome"]["estimate"]),
        (&json!("not_enough"), &Value::Null)
    );
    assert!(few["words"]["zh"].as_str().unwrap().contains("受训人员 2 人，至少需要 3 人"), "{few}");

    the_figure_and_the_weeks_are_checked(&group, helped).await;
    what_was_known_stays(&app, &group, &made).await;
}

async fn the_figure_and_the_weeks_are_checked(group: &Client, class: Uuid) {
    let good = || draft("class", class);
    for (body, field) in [
        (with(good(), "figure", json!("conversations")), "figure"),
        (with(good(), "figure", json!("fcr")), "figure"),
        (with(good(), "figure", json!("nonsense")), "figure"),
        (with(good(), "weeks_before", json!(0)), "weeks_before"),
        (with(good(), "weeks_after", json!(27)), "weeks_after"),
        (with(good(), "comparison", json!("named")), "controls"),
    ] {
        let fault = group.post(PATH, body).await.refused("invalid");
        assert_eq!(fault["fields"][0]["field"], field);
    }
    group.post(PATH, draft("class", Uuid::nil())).await.refused("not_found");
}

/// Calculating anew adds what is known now, and a page still shows what was known then.
async fn what_was_known_stays(app: &TestApp, group: &Client, made: &Value) {
    app.advance(3600);
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    let anew = group.post(&format!("{path}/refresh"), json!({})).await.ok();
    assert_ne!(anew["computed_at"], made["computed_at"]);
    assert_eq!(anew["outcome"], made["outcome"]);
    let known = anew["history"].as_array().unwrap();
    assert_eq!(known.len(), 2);
    assert_eq!((&known[0]["computed_at"], &known[0]["weeks_after"]), (&made["computed_at"], &json!(8)));
    assert_eq!(group.get(&path).await.ok(), anew);
    let listed = group.get(&format!("{PATH}?limit=1")).await.ok();
    let next = listed["next"].as_str().unwrap();
    let rest = group.get(&format!("{PATH}?limit=5&cursor={next}")).await.ok();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (2, &Value::Null));
    let of_one =
        group.get(&format!("{PATH}?kind=class&id={}", made["subject"]["id"].as_str().unwrap())).await;
    assert_eq!(of_one.ok()["items"][0]["words"], made["words"]);
}

async fn everybody_sees_the_trainings_of_his_own_people(app: TestApp) {
    let world = World::build(&app).await;
    let leads = |team| Grant { role: Role::Supervisor, shop_id: Some(world.acme.shop), team_id: Some(team) };
    let first = app.sign_in_with(&world.acme, leads(world.acme.team)).await;
    let second = app.sign_in_with(&world.acme, leads(world.second)).await;
    let whole = |role| vec![Grant { role, shop_id: None, team_id: None }];
    let teacher = app.member(&world.acme, "teacher", whole(Role::Lecturer)).await;
    let other = app.sign_in(&world.acme, Role::Lecturer).await;
    let lecturer = app.session(&teacher).await;
    let came = &world.first_team[..HALF];
    let class = world.class(&app, "快速响应", (came, &[]), Some(teacher.staff)).await;

    // Its people's supervisor is told that it can be judged by now, and nobody else.
    let told = |home: Value| home["now"].as_array().unwrap().iter().any(|l| l["kind"] == "evaluations_ready");
    assert!(told(first.get("/api/v1/home").await.ok()));
    assert!(!told(second.get("/api/v1/home").await.ok()) && !told(lecturer.get("/api/v1/home").await.ok()));
    let made = first.post(PATH, draft("class", class)).await.ok();
    assert!(!told(first.get("/api/v1/home").await.ok()));
    assert_eq!(made["outcome"]["beyond_reach"], 0);
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    second.post(PATH, draft("class", class)).await.refused("not_found");
    for blind in [&second, &other] {
        blind.get(&path).await.refused("not_found");
        assert_eq!(blind.get(PATH).await.ok()["items"], json!([]));
        blind.get(&format!("{PATH}/reports/class/{class}")).await.refused("not_found");
    }
    second.post(&format!("{path}/refresh"), json!({})).await.refused("not_found");
    lecturer.get(&path).await.ok();
    assert_eq!(lecturer.get(PATH).await.ok()["items"][0]["id"], made["id"]);
    lecturer.post(PATH, draft("class", class)).await.refused("forbidden");
    let agent = app.sign_in(&world.acme, Role::Agent).await;
    agent.get(&path).await.refused("forbidden");
    let elsewhere = app.company_named("other").await;
    let stranger = app.sign_in(&elsewhere, Role::Admin).await;
    stranger.get(&path).await.refused("not_found");
    stranger.post(PATH, draft("class", class)).await.refused("not_found");
    stranger.get(&format!("{PATH}/reports/class/{class}")).await.refused("not_found");

    // A class of both teams: each supervisor judges by his own people, and sees no verdict on others.
    let both: Vec<StaffId> = came.iter().chain(&world.second_team[..HALF]).copied().collect();
    let shared = world.class(&app, "合训", (&both, &[]), None).await;
    let group = app.sign_in(&world.acme, Role::TrainingGroup).await;
    let whole = group.post(PATH, draft("class", shared)).await.ok();
    assert_eq!(whole["outcome"]["trained"]["counted"], 2 * HALF);
    first.get(&format!("{PATH}/{}", whole["id"].as_str().unwrap())).await.refused("not_found");
    let part = second.post(PATH, draft("class", shared)).await.ok();
    assert_eq!(
        (&part["outcome"]["trained"]["counted"], &part["outcome"]["beyond_reach"]),
        (&json!(HALF), &json!(HALF))
    );
    let listed = first.get(PATH).await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let named = with(draft("class", class), "comparison", json!("named"));
    let named = with(named, "controls", json!(&world.second_team[HALF..]));
    let fault = first.post(PATH, named.clone()).await.refused("invalid");
    assert_eq!(fault["fields"][0]["field"], "controls");
    let by_hand = group.post(PATH, named).await.ok();
    assert_eq!(
        (&by_hand["outcome"]["comparison"], by_hand["outcome"]["controls"]["counted"].as_u64()),
        (&json!("named"), Some(HALF as u64))
    );
}

async fn a_course_and_a_plan_are_evaluated_by_who_learned_when(app: TestApp) {
    let world = World::build(&app).await;
    let group = app.sign_in(&world.acme, Role::TrainingGroup).await;
    let (item, course, plan): (Uuid, Uuid, Uuid) = (app.ctx().id(), app.ctx().id(), app.ctx().id());
    let because_of_item = [Subject { kind: "plan_item", id: item }];
    world.tell(&app, ("plan", plan), "plan.approved", json!({ "title": "二季度计划" })).await;
    world.tell(&app, ("plan_item", item), "plan_item.added", json!({ "plan": plan, "title": "响应" })).await;
    let published = ("course.published", json!({ "title": "响应课" }));
    world.tell_because(&app, ("course", course), published.0, published.1, &because_of_item).await;
    let assigned = json!({ "staff": &world.first_team[..=HALF], "title": "响应课" });
    world.tell(&app, ("course", course), "course.assigned", assigned).await;
    group.post(PATH, draft("course", course)).await.refused("conflict");
    for (place, staff) in world.first_team[..HALF].iter().enumerate() {
        // The last one learned it on a Wednesday, two and a half weeks later.
        let day = if place == HALF - 1 { "2026-05-20" } else { "2026-05-03" };
        let data = json!({ "staff": staff, "title": "响应课", "competence": "chat", "day": day });
        world.tell(&app, ("course", course), "course.completed", data).await;
    }
    let of_course = group.post(PATH, draft("course", course)).await.ok();
    assert_eq!(of_course["subject"]["title"], "响应课");
    assert_eq!(of_course["outcome"]["last_day"], "2026-05-20");
    assert_eq!(
        (&of_course["outcome"]["verdict"], &of_course["outcome"]["trained"]["counted"]),
        (&json!("better"), &json!(HALF))
    );
    let of_plan = group.post(PATH, draft("plan", plan)).await.ok();
    assert_eq!(of_plan["subject"]["title"], "二季度计划");
    assert_eq!(of_plan["outcome"], of_course["outcome"]);
    let invited = group.post(PATH, with(draft("course", course), "invited", json!(true))).await.ok();
    assert_eq!(invited["outcome"]["trained"]["people"], HALF + 1);

    app.advance(1);
    // Who was taught the same in a class meanwhile is no yardstick.
    let taught = &world.first_team[HALF + 1..HALF + 2];
    let class = ("class", app.ctx().id::<Uuid>());
    let data =
        json!({ "staff": taught[0], "title": "补课", "competence": "chat", "status": "late", "minutes": 60 });
    world.tell(&app, class, "class.attended", data).await;
    let anew =
        group.post(&format!("{PATH}/{}/refresh", of_course["id"].as_str().unwrap()), json!({})).await.ok();
    assert_eq!(
        (&anew["outcome"]["taught_elsewhere"], &anew["outcome"]["controls"]["counted"]),
        (&json!(1), &json!(PEOPLE - HALF - 1))
    );
}

async fn the_report_of_a_class_puts_all_together(app: TestApp) {
    let world = World::build(&app).await;
    let group = app.sign_in(&world.acme, Role::TrainingGroup).await;
    let (came, excused) = (&world.first_team[..HALF], &world.first_team[HALF..HALF + 2]);
    let class = world.class(&app, "快速响应", (came, excused), None).await;
    let exam = ("exam", app.ctx().id::<Uuid>());
    let because_of_class = [Subject { kind: "class", id: class }];
    world.tell_because(&app, exam, "exam.set", json!({ "title": "响应考试" }), &because_of_class).await;
    let make_up = ("exam", app.ctx().id::<Uuid>());
    let set = json!({ "title": "响应补考", "make_up": true });
    world.tell_because(&app, make_up, "exam.set", set, &[Subject { kind: "exam", id: exam.1 }]).await;
    for (attempt, staff, score, grade) in [
        (1, came[0], json!(0.4), "fail"),
        (1, came[1], json!(0.95), "excellent"),
        (2, came[0], json!(0.75), "pass"),
        // He did not come: failed, and not graded.
        (0, came[3], Value::Null, "fail"),
    ] {
        let data = json!({
            "staff": staff, "attempt": attempt, "title": "响应考试", "competence": "chat", "score": score,
            "grade": grade, "credits": 1, "make_up": false,
        });
        world.tell(&app, exam, "exam.graded", data).await;
    }
    let given = json!({ "staff": came[2], "title": "快速响应" });
    world.tell(&app, ("class", class), "class.feedback_given", given).await;
    let made = group.post(PATH, draft("class", class)).await.ok();
    let report = group.get(&format!("{PATH}/reports/class/{class}")).await.ok();
    assert_eq!(report["title"], "快速响应");
    assert_eq!((&report["attendance"]["present"], &report["attendance"]["leave"]), (&json!(HALF), &json!(2)));
    assert_eq!(
        report["attendance"]["people"][0],
        json!({ "staff": came[0], "name": "甲0", "status": "present" })
    );
    // What they said is not in the events: it is with the class, and this one is only told of.
    assert_eq!(report["feedback"], json!({ "asked": HALF, "given": 1, "means": null, "remarks": [] }));
    let graded = &report["exams"][0];
    assert_eq!((&graded["graded"], &graded["pass"], &graded["fail"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!((&graded["absent"], &graded["make_up"]), (&json!(1), &json!(false)));
    assert!((graded["mean_score"].as_f64().unwrap() - 0.85).abs() < 1e-9, "{graded}");
    // A make-up is one before anybody has sat it.
    assert_eq!((&report["exams"][1]["make_up"], &report["exams"][1]["graded"]), (&json!(true), &json!(0)));
    assert_eq!(report["effects"][0]["id"], made["id"]);
}

/// A need that was raised from the weak spots of these days, of which a class of these came.
async fn chosen(world: &World, app: &TestApp, title: &str, people: &[StaffId], days: (&str, &str)) -> Uuid {
    let class = world.class(app, title, (people, &[]), None).await;
    let need = ("need", app.ctx().id::<Uuid>());
    let item = ("plan_item", app.ctx().id::<Uuid>());
    world
        .tell(app, need, "need.raised", json!({ "from": days.0, "to": days.1, "key": "first_response" }))
        .await;
    let because = |(kind, id)| [Subject { kind, id }];
    world.tell_because(app, item, "plan_item.added", json!({}), &because(need)).await;
    let announced = json!({ "title": title });
    world.tell_because(app, ("class", class), "class.announced", announced, &because(item)).await;
    class
}

async fn weeks_by_which_people_were_chosen_are_left_out(app: TestApp) {
    let world = World::build(&app).await;
    let group = app.sign_in(&world.acme, Role::TrainingGroup).await;
    let people = &world.first_team[..HALF];
    // The last two of the eight weeks on record before the training.
    let class = chosen(&world, &app, "快速响应", people, ("2026-04-20", "2026-05-03")).await;
    let made = group.post(PATH, with(draft("class", class), "weeks_before", json!(4))).await.ok();
    let outcome = &made["outcome"];
    assert_eq!(
        outcome["left_out"],
        json!({ "from": "2026-04-20", "to": "2026-05-03", "weeks": 2, "short": false })
    );
    let weeks = outcome["weeks"].as_array().unwrap();
    let seen: Vec<i64> =
        weeks.iter().filter(|w| w["trained"]["n"] != 0).map(|w| w["week"].as_i64().unwrap()).collect();
    // The weeks before them stand in, and nobody stands in those left out.
    assert_eq!(seen, [-6, -5, -4, -3, 0, 1, 2, 3, 4, 5, 6, 7]);
    assert!(weeks.iter().all(|w| !matches!(w["week"].as_i64(), Some(-2 | -1)) || w["controls"]["n"] == 0));
    assert_eq!(outcome["verdict"], "better");
    // Where the record does not reach back beyond the evidence, that is said.
    let class = chosen(&world, &app, "全程", people, ("2026-03-09", "2026-05-03")).await;
    let none = group.post(PATH, draft("class", class)).await.ok();
    assert_eq!(none["outcome"]["lacking"]["what"], "before");
    assert!(none["words"]["zh"].as_str().unwrap().contains("除去据以选人的那几周"), "{none}");
    // Where no weak spot stands behind it, nothing is left out.
    let class = world.class(&app, "晨会", (people, &[]), None).await;
    let plain = group.post(PATH, draft("class", class)).await.ok();
    assert_eq!(
        (&plain["outcome"]["left_out"], &plain["outcome"]["weeks"][0]["week"]),
        (&Value::Null, &json!(-8))
    );
}

async fn who_left_moves_no_mean(app: TestApp) {
    let world = World::build(&app).await;
    let group = app.sign_in(&world.acme, Role::TrainingGroup).await;
    let boss = app.sign_in(&world.acme, Role::Admin).await;
    // Somebody with one slow conversation before the training, and none after it.
    let draft_of = Draft {
        account: "走".into(),
        name: "走".into(),
        shop: Some(world.acme.shop),
        team: Some(world.acme.team),
        joined_on: Some("2026-01-01".parse().unwrap()),
        ..Draft::default()
    };
    let gone = app.enter(&world.acme, draft_of).await.staff;
    let rows = format!(
        "{HEADER}\n走1,S1,客走,2026-04-06 10:00:00,客户,,在吗\n走1,S1,客走,2026-04-06 10:10:00,客服,走,在的\n"
    );
    let import = upload(&app, &boss, "conversations", rows.as_bytes()).await;
    assert_eq!(import["rejected"], 0, "{import}");
    app.run_jobs().await;
    let people: Vec<StaffId> = world.first_team[..HALF].iter().copied().chain([gone]).collect();
    let class = world.class(&app, "快速响应", (&people, &[]), None).await;
    let without = world.class(&app, "快速响应二", (&world.first_team[..HALF], &[]), None).await;
    let controls = json!(&world.first_team[HALF..]);
    let named =
        |class| with(with(draft("class", class), "comparison", json!("named")), "controls", controls.clone());
    let made = group.post(PATH, named(class)).await.ok();
    assert_eq!(made["outcome"]["trained"]["only_before"], 1, "{made}");
    let same = group.post(PATH, named(without)).await.ok();
    assert_eq!(made["outcome"]["table"], same["outcome"]["table"]);
    assert_eq!(made["outcome"]["weeks"], same["outcome"]["weeks"]);
}

/// Everybody on a day of his own: nobody is looked at beyond the weeks that were asked for around it.
async fn a_training_of_many_days_looks_no_further_than_its_weeks(app: TestApp) {
    let world = World::build(&app).await;
    let group = app.sign_in(&world.acme, Role::TrainingGroup).await;
    let course = ("course", app.ctx().id::<Uuid>());
    world.tell(&app, course, "course.published", json!({ "title": "响应课" })).await;
    let first: kexun_base::time::Day = "2026-03-16".parse().unwrap();
    for (week, staff) in (0..).zip(&world.first_team) {
        let day = first.plus(week * 7).to_string();
        let data = json!({ "staff": staff, "title": "响应课", "competence": "chat", "day": day });
        world.tell(&app, course, "course.completed", data).await;
    }
    let asked = with(with(draft("course", course.1), "weeks_before", json!(4)), "weeks_after", json!(4));
    let made = group.post(PATH, asked).await.ok();
    assert_eq!(
        (&made["outcome"]["comparison"], &made["outcome"]["trained"]["counted"]),
        (&json!("shop"), &json!(PEOPLE))
    );
    let since = made["outcome"]["since"].as_array().unwrap();
    assert!(!since.is_empty(), "{made}");
    assert!(since.iter().all(|s| (-4..4).contains(&s["week"].as_i64().unwrap())), "{since:?}");
}
