//! Weak spots through the real import: what is found, what is not, and who may see it. Whether lists
//! are true and complete is tested against known truth in `crates/service/tests/weak_spot_truth`.

use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_people::tenants::TeamId;
use kexun_testkit::company::Company;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{HEADER, upload};

both_databases![
    the_slow_one_is_found_and_not_the_one_with_few_chats,
    a_team_is_seen_by_those_who_answer_for_it
];

const JUNE: &str = "from=2026-06-01&to=2026-06-30";

/// (account, conversations, factor on his waits): 甲… are of one team, 乙… of another that has harder
/// questions and takes twice the time.
const AGENTS: [(&str, u32, u32); 9] = [
    ("甲一", 60, 10),
    ("甲二", 60, 11),
    ("甲三", 60, 9),
    ("甲慢", 60, 25),
    ("甲新", 6, 16),
    ("乙一", 60, 20),
    ("乙二", 60, 21),
    ("乙三", 60, 19),
    ("乙四", 60, 20),
];

/// June of all agents; each conversation has two rounds.
fn record() -> String {
    let mut rows = format!("{HEADER}\n");
    for (account, count, factor) in AGENTS {
        for i in 0..count {
            let (day, hour) = (1 + i % 30, 9 + i / 30);
            let wait = |salt: u32| (8 + (i * 7 + salt * 5) % 13) * factor / 4;
            let (first, second) = (wait(0), wait(1));
            let at =
                |second: u32| format!("2026-06-{day:02} {hour:02}:{:02}:{:02}", second / 60, second % 60);
            let id = format!("{account}-{i}");
            for (second, sender, agent) in [
                (0, "客户", ""),
                (first, "客服", account),
                (first + 30, "客户", ""),
                (first + 30 + second, "客服", account),
            ] {
                rows += &format!("{id},S1,客{id},{},{sender},{agent},好\n", at(second));
            }
        }
    }
    rows
}

/// The company with its agents and their record; also its second team.
pub async fn with_record(app: &TestApp) -> (Company, TeamId) {
    let acme = app.company().await;
    let boss = app.sign_in(&acme, Role::Admin).await;
    let made = boss.post("/api/v1/teams", json!({ "shop_id": acme.shop, "name": "乙组" })).await.ok();
    let second: TeamId = made["id"].as_str().unwrap().parse().unwrap();
    for (account, ..) in AGENTS {
        let team = if account.starts_with('甲') { acme.team } else { second };
        let draft = Draft {
            account: account.into(),
            name: account.into(),
            shop: Some(acme.shop),
            team: Some(team),
            joined_on: Some("2026-01-01".parse().unwrap()),
            ..Draft::default()
        };
        app.enter(&acme, draft).await;
    }
    let import = upload(app, &boss, "conversations", record().as_bytes()).await;
    assert_eq!(import["rejected"], 0, "{import}");
    (acme, second)
}

async fn spots(client: &Client, more: &str) -> Value {
    client.get(&format!("/api/v1/weak-spots?{JUNE}{more}")).await.ok()
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|s| s["agent"]["name"].as_str().unwrap()).collect()
}

async fn the_slow_one_is_found_and_not_the_one_with_few_chats(app: TestApp) {
    let (acme, _) = with_record(&app).await;
    let boss = app.sign_in(&acme, Role::Director).await;
    let found = spots(&boss, "").await;
    assert!(names(&found["spots"]).iter().all(|n| *n == "甲慢"), "{found}");
    let listed = found["spots"].as_array().unwrap();
    let slow = listed.iter().find(|s| s["key"] == "first_response").unwrap_or_else(|| panic!("{found}"));
    assert_eq!(
        (&slow["n"], &slow["verdict"], &slow["team"]["name"]),
        (&json!(60), &json!("weak"), &json!("甲组"))
    );
    assert!(slow["certainty"].as_f64().unwrap() > 0.95 && slow["low"].as_f64() > slow["peers"].as_f64());
    assert!(slow["words"]["zh"].as_str().unwrap().contains("慢约"), "{slow}");
    assert!(slow["words"]["en"].as_str().unwrap().contains("% slower"), "{slow}");
    let new = found["unclear"].as_array().unwrap().iter().find(|s| s["agent"]["name"] == "甲新");
    if let Some(new) = new {
        assert!(["too_few", "unclear"].contains(&new["verdict"].as_str().unwrap()), "{new}");
    }

    // It is the figure that is shown elsewhere, and its evidence is there.
    let agent = slow["agent"]["id"].as_str().unwrap();
    let figures =
        boss.get(&format!("/api/v1/kpi?{JUNE}&by=agent&agent={agent}&keys=first_response")).await.ok();
    let shown = &figures["rows"][0]["values"]["first_response"];
    assert_eq!((&shown["value"], &shown["n"]), (&slow["value"], &slow["n"]));
    let behind = boss
        .get(&format!("/api/v1/conversations?{JUNE}&key=first_response&miss=true&agent={agent}"))
        .await
        .ok();
    assert!(!behind["items"].as_array().unwrap().is_empty());

    // A target that he misses is told of too; what has no target is judged by peers alone.
    let target = json!({ "key": "jd_30s", "shop_id": acme.shop, "target": 0.9, "version": 0 });
    boss.put("/api/v1/kpi/targets", target).await.ok();
    let found = spots(&boss, "").await;
    let late = found["spots"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["key"] == "jd_30s" && s["agent"]["name"] == "甲慢");
    assert_eq!(late.map(|s| &s["target"]), Some(&json!(0.9)), "{found}");

    let funnel = boss.get(&format!("/api/v1/weak-spots/funnel?key=first_response&{JUNE}")).await.ok();
    assert_eq!(funnel["points"].as_array().unwrap().len(), AGENTS.len());
    let limits = funnel["limits"].as_array().unwrap();
    assert_eq!(limits.last().unwrap()["n"], 60);
    assert!(limits[0]["high95"].as_f64() > limits.last().unwrap()["high95"].as_f64());
    let fault = boss.get(&format!("/api/v1/weak-spots/funnel?key=customers&{JUNE}")).await.refused("invalid");
    assert_eq!(fault["fields"][0]["field"], "key");
    let empty = boss.get("/api/v1/weak-spots?from=2026-01-01&to=2026-01-31").await.ok();
    assert_eq!((&empty["tested"], &empty["spots"]), (&json!(0), &json!([])));
    boss.get("/api/v1/weak-spots?from=2024-01-01&to=2026-01-31").await.refused("invalid");
}

async fn a_team_is_seen_by_those_who_answer_for_it(app: TestApp) {
    let (acme, second) = with_record(&app).await;
    let leads = |team| Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: Some(team) };
    let first = app.sign_in_with(&acme, leads(acme.team)).await;
    let found = spots(&first, "").await;
    assert!(names(&found["spots"]).contains(&"甲慢"), "{found}");
    let asked = format!("/api/v1/weak-spots?{JUNE}&team={second}");
    first.get(&asked).await.refused("forbidden");
    let funnel = format!("/api/v1/weak-spots/funnel?key=average_response&{JUNE}");
    let points = first.get(&funnel).await.ok();
    assert!(names(&points["points"]).iter().all(|n| n.starts_with('甲')), "{points}");

    let other = app.sign_in_with(&acme, leads(second)).await;
    let found = spots(&other, "").await;
    assert!(names(&found["spots"]).is_empty() && found["tested"].as_u64() > Some(0), "{found}");
    assert!(names(&found["unclear"]).iter().all(|n| n.starts_with('乙')), "{found}");
    let agent = app.sign_in(&acme, Role::Agent).await;
    agent.get(&format!("/api/v1/weak-spots?{JUNE}")).await.status(403).refused("forbidden");
    let stranger = app.company_named("other").await;
    let elsewhere = app.sign_in(&stranger, Role::Director).await;
    elsewhere.get(&asked).await.refused("not_found");
    assert_eq!(spots(&elsewhere, "").await["tested"], 0);
}
