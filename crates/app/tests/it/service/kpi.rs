//! Figures: the worked example of the definitions, and who may see which.

use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_testkit::company::Company;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{HEADER, import_bytes, kexun, upload, worked_example};

both_databases![
    the_worked_example_comes_out_alike_everywhere,
    an_agent_sees_his_own_figures_alone,
    a_supervisor_sees_his_shop_alone,
    a_question_is_of_a_bounded_size,
];

const JUNE: &str = "from=2026-06-01&to=2026-06-30";

/// Agent A in the team 甲组; B is in none.
async fn with_agent_a(app: &TestApp, company: &Company) {
    let draft = Draft {
        account: "A".into(),
        name: "阿甲".into(),
        login: Some(format!("{}-a", company.slug)),
        shop: Some(company.shop),
        team: Some(company.team),
        joined_on: Some("2026-01-01".parse().unwrap()),
        roles: vec![Grant { role: Role::Agent, shop_id: None, team_id: None }],
        ..Draft::default()
    };
    app.enter(company, draft).await;
}

async fn asked(client: &Client, by: &str) -> Value {
    client.get(&format!("/api/v1/kpi?{JUNE}&by={by}")).await.ok()
}

/// The row of a name; null for none.
fn row<'a>(answer: &'a Value, by: &str, name: &Value) -> &'a Value {
    let rows = answer["rows"].as_array().unwrap();
    rows.iter().find(|r| r[by] == *name).unwrap_or_else(|| panic!("no {by} {name} in {answer}"))
}

/// Values and denominators as expected; what has no denominator is a count or a mean without one.
#[track_caller]
fn holds(row: &Value, expected: &[(&str, Value, Value)]) {
    for (key, value, n) in expected {
        let found = &row["values"][key];
        let close = match (found["value"].as_f64(), value.as_f64()) {
            (Some(found), Some(value)) => (found - value).abs() < 1e-6,
            _ => found["value"].is_null() && value.is_null(),
        };
        assert!(close && found["n"] == *n, "{key}: {found}, expected {value} of {n}");
        assert_eq!(found["version"], 1, "{key}");
    }
}

fn of_the_shop() -> Vec<(&'static str, Value, Value)> {
    vec![
        ("conversations", json!(1), Value::Null),
        ("customers", json!(1), Value::Null),
        ("unanswered", json!(0), Value::Null),
        ("outbound", json!(0), Value::Null),
        ("first_response", json!(60), json!(1)),
        ("average_response", json!(165), json!(2)),
        ("answered_within_180", json!(1.0 / 3.0), json!(3)),
        ("reply_ratio", json!(0.75), json!(4)),
        ("handling_time", json!(570), json!(1)),
        ("satisfaction", Value::Null, json!(0)),
        ("taobao_3min", json!(1.0 / 3.0), json!(3)),
        ("wangwang_response", json!(165), json!(2)),
        ("pdd_effective_reply", json!(0), json!(1)),
        ("jd_30s", json!(0), json!(1)),
        ("douyin_3min", json!(0.5), json!(4)),
        ("kuaishou_3min", json!(0), json!(1)),
    ]
}

fn of_agent_a() -> Vec<(&'static str, Value, Value)> {
    vec![
        ("conversations", json!(1), Value::Null),
        ("first_response", json!(60), json!(1)),
        ("average_response", json!(60), json!(1)),
        ("answered_within_180", json!(1), json!(1)),
        ("reply_ratio", json!(1), json!(2)),
        ("handling_time", json!(240), json!(1)),
    ]
}

fn of_agent_b() -> Vec<(&'static str, Value, Value)> {
    vec![
        ("conversations", json!(1), Value::Null),
        ("first_response", Value::Null, json!(0)),
        ("average_response", json!(270), json!(1)),
        ("answered_within_180", json!(0), json!(2)),
        ("reply_ratio", json!(0.5), json!(2)),
        ("handling_time", json!(0), json!(1)),
    ]
}

async fn the_worked_example_comes_out_alike_everywhere(app: TestApp) {
    let acme = app.company().await;
    with_agent_a(&app, &acme).await;
    let (status, report) = import_bytes(&app, "conversations", worked_example().as_bytes(), &[]);
    assert_eq!((status, &report["imported"]), (0, &json!(8)), "{report}");
    let director = app.sign_in(&acme, Role::Director).await;
    let expected = [
        ("shop", json!("一店"), of_the_shop()),
        ("tenant", json!("acme"), of_the_shop()),
        ("agent", json!("A"), of_agent_a()),
        ("agent", json!("B"), of_agent_b()),
        ("team", json!("甲组"), of_agent_a()),
        ("team", Value::Null, of_agent_b()),
    ];
    for (by, name, values) in &expected {
        let answer = asked(&director, by).await;
        assert_eq!(answer["zone"], "Asia/Shanghai");
        let found = row(&answer, by, name);
        assert_eq!((&found["from"], &found["to"]), (&json!("2026-06-01"), &json!("2026-06-30")));
        holds(found, values);
    }
    the_command_line_says_the_same(&app, &director).await;
    // Uploaded in another company, the same file gives the same.
    let other = app.company_named("other").await;
    with_agent_a(&app, &other).await;
    let operations = app.sign_in(&other, Role::Operations).await;
    let import = upload(&app, &operations, "conversations", worked_example().as_bytes()).await;
    assert_eq!((&import["state"], &import["imported"]), (&json!("done"), &json!(8)));
    for (by, name, values) in &expected {
        let name = if *by == "tenant" { json!("other") } else { name.clone() };
        holds(row(&asked(&operations, by).await, by, &name), values);
    }
}

async fn the_command_line_says_the_same(app: &TestApp, director: &Client) {
    for by in ["shop", "tenant", "agent", "team"] {
        for per in ["day", "all"] {
            let place = ["kpi", "--tenant", "acme", "--from", "2026-06-01", "--to", "2026-06-30"];
            let output =
                kexun(app).args(place).args(["--format", "json", "--by", by, "--per", per]).output().unwrap();
            let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
            let answer = director.get(&format!("/api/v1/kpi?{JUNE}&by={by}&per={per}")).await.ok();
            assert_eq!(printed, answer, "by {by} per {per}");
        }
    }
}

async fn an_agent_sees_his_own_figures_alone(app: TestApp) {
    let acme = app.company().await;
    let own = vec![Grant { role: Role::Agent, shop_id: None, team_id: None }];
    let a = app.member(&acme, "A", own).await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    upload(&app, &operations, "conversations", worked_example().as_bytes()).await;
    let a = app.session(&a).await;
    let answer = asked(&a, "agent").await;
    let names: Vec<&Value> = answer["rows"].as_array().unwrap().iter().map(|r| &r["agent"]).collect();
    assert_eq!(names, [&json!("A")]);
    holds(row(&answer, "agent", &json!("A")), &of_agent_a());
    for by in ["shop", "team", "tenant"] {
        a.get(&format!("/api/v1/kpi?{JUNE}&by={by}")).await.status(403).refused("forbidden");
    }
    // Nor by naming somebody else, or the shop.
    let all = asked(&operations, "agent").await;
    let b = row(&all, "agent", &json!("B"))["id"].as_str().unwrap().to_owned();
    let other = a.get(&format!("/api/v1/kpi?{JUNE}&by=agent&agent={b}")).await.ok();
    assert_eq!(other["rows"], json!([]));
    let shop = acme.shop.0;
    let of_shop = a.get(&format!("/api/v1/kpi?{JUNE}&by=agent&shop={shop}")).await.ok();
    assert_eq!(of_shop["rows"].as_array().unwrap().len(), 1, "{of_shop}");
}

async fn a_supervisor_sees_his_shop_alone(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let two = worked_example().replace(",S1,", ",S2,").replace("k1", "k2");
    upload(&app, &operations, "conversations", worked_example().as_bytes()).await;
    upload(&app, &operations, "conversations", two.as_bytes()).await;
    let grant = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: None };
    let supervisor = app.sign_in_with(&acme, grant).await;
    let answer = asked(&supervisor, "shop").await;
    let names: Vec<&Value> = answer["rows"].as_array().unwrap().iter().map(|r| &r["shop"]).collect();
    assert_eq!(names, [&json!("一店")]);
    let all = asked(&operations, "shop").await;
    let s2 = row(&all, "shop", &json!("S2"))["id"].as_str().unwrap().to_owned();
    supervisor.get(&format!("/api/v1/kpi?{JUNE}&by=shop&shop={s2}")).await.status(403).refused("forbidden");
    // An agent who serves both shops is seen with what he did in this one.
    holds(row(&asked(&supervisor, "agent").await, "agent", &json!("A")), &of_agent_a());
    let both = asked(&operations, "agent").await;
    holds(row(&both, "agent", &json!("A")), &[("conversations", json!(2), Value::Null)]);
}

async fn a_question_is_of_a_bounded_size(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let shops = (2..16).map(|n| format!("k{n},S{n},小王,2026-06-01 10:00:00,客户,,在吗\n"));
    let file = format!("{HEADER}\n{}", shops.collect::<String>());
    upload(&app, &operations, "conversations", file.as_bytes()).await;
    let days = "from=2016-06-01&to=2026-06-01&by=shop&per=day&keys=rounds";
    let refused = operations.get(&format!("/api/v1/kpi?{days}")).await.status(422).refused("invalid");
    assert_eq!(refused["fields"][0]["field"], "per", "{refused}");
    let months = days.replace("per=day", "per=month");
    let answer = operations.get(&format!("/api/v1/kpi?{months}")).await.ok();
    assert_eq!(answer["rows"].as_array().unwrap().len(), 15 * 121);
    let keys = |count: u32| (0..count).map(|n| format!("fcr_{n}")).collect::<Vec<_>>().join(",");
    let asked = |keys: &str| format!("/api/v1/kpi?{JUNE}&keys={keys}");
    let refused = operations.get(&asked(&keys(51))).await.status(422).refused("invalid");
    assert_eq!(refused["fields"][0]["field"], "keys", "{refused}");
    operations.get(&asked(&keys(50))).await.status(200);
    let answer = operations.get(&asked(&["fcr,fcr_72"; 40].join(","))).await.ok();
    assert_eq!(answer["rows"][0]["values"].as_object().unwrap().len(), 1, "{answer}");
}
