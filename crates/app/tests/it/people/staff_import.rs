//! Staff from and to a spreadsheet.

use std::time::Duration;

use kexun_people::rights::Role;
use kexun_people::tenants;
use kexun_testkit::{Answer, Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{admin_of_acme, member, session};

both_databases![
    a_sheet_makes_people_shops_and_teams,
    the_same_sheet_again_changes_nothing,
    a_sheet_without_news_waits_for_nobody,
    a_sheet_whose_bringer_hangs_up_is_gone,
    a_shop_of_a_rejected_row_is_made_by_the_next,
    a_dry_run_changes_nothing,
    bad_rows_are_named_and_good_ones_kept,
    a_sheet_gives_no_more_than_its_bringer_has,
    what_was_exported_can_be_imported,
    what_is_no_sheet_is_refused,
];

const SHEET: &str = "账号,姓名,店铺,班组,级别,岗位,入职日期,角色,手机\n\
    li,李雷,旗舰店,甲组,初级,资深客服,2026-03-01,客服,13800000001\n\
    han,韩梅梅,旗舰店,甲组,高级,,2025-01-01,\"主管,客服\",\n\
    hr,王芳,,,,,,人事,\n";

async fn send(client: &Client, path: &str, sheet: &[u8]) -> Answer {
    client.upload(path, "staff.csv", sheet).await
}

async fn import(client: &Client, sheet: &str) -> Value {
    send(client, "/api/v1/staff/import", sheet.as_bytes()).await.ok()
}

fn counts(report: &Value) -> [u64; 4] {
    let rejected = report["rejected"].as_array().unwrap().len() as u64;
    [
        report["rows"].as_u64().unwrap(),
        report["imported"].as_u64().unwrap(),
        report["unchanged"].as_u64().unwrap(),
        rejected,
    ]
}

async fn events(client: &Client) -> usize {
    client.get("/api/v1/events?limit=200").await.ok()["items"].as_array().unwrap().len()
}

async fn a_sheet_makes_people_shops_and_teams(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    assert_eq!(counts(&import(&boss, SHEET).await), [3, 3, 0, 0]);
    let staff = boss.get("/api/v1/staff?q=han").await.ok()["items"][0].clone();
    assert_eq!((&staff["shop"]["name"], &staff["team"]["name"]), (&json!("旗舰店"), &json!("甲组")));
    assert_eq!((&staff["login"], &staff["joined_on"]), (&json!("han"), &json!("2025-01-01")));
    let roles = staff["roles"].as_array().unwrap();
    assert_eq!(roles.len(), 2);
    let supervisor = roles.iter().find(|r| r["role"] == "supervisor").unwrap();
    assert_eq!(supervisor["team_id"], staff["team"]["id"], "a supervisor's role reaches his team");
    let hr = boss.get("/api/v1/staff?q=hr").await.ok()["items"][0].clone();
    assert_eq!(hr["roles"][0]["shop_id"], json!(null));
}

async fn the_same_sheet_again_changes_nothing(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    import(&boss, SHEET).await;
    let before = (events(&boss).await, boss.get("/api/v1/staff").await.ok());
    assert_eq!(counts(&import(&boss, SHEET).await), [3, 0, 3, 0]);
    assert_eq!((events(&boss).await, boss.get("/api/v1/staff").await.ok()), before);
    // A later sheet changes what it says, and leaves alone what it is silent about.
    let later = "account,name,level,team\nli,李雷,中级,\nnew,新人,,\n";
    assert_eq!(counts(&import(&boss, later).await), [2, 2, 0, 0]);
    let li = boss.get("/api/v1/staff?q=li").await.ok()["items"][0].clone();
    assert_eq!(
        (&li["level"], &li["position"], &li["team"]["name"], &li["phone"]),
        (&json!("中级"), &json!("资深客服"), &json!("甲组"), &json!("13800000001"))
    );
}

async fn a_sheet_without_news_waits_for_nobody(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    import(&boss, SHEET).await;
    let writing = app.ctx().db().begin().await.unwrap();
    tenants::lock(&writing, acme).await.unwrap();
    let again = tokio::time::timeout(Duration::from_secs(4), import(&boss, SHEET)).await;
    assert_eq!(counts(&again.expect("it needs no turn to write")), [3, 0, 3, 0]);
    writing.rollback().await.unwrap();
}

fn kept(app: &TestApp) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(app.ctx().files().folder()) else { return Vec::new() };
    folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

async fn a_sheet_whose_bringer_hangs_up_is_gone(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let writing = app.ctx().db().begin().await.unwrap();
    tenants::lock(&writing, acme).await.unwrap();
    let sending = send(&boss, "/api/v1/staff/import", SHEET.as_bytes());
    let hung_up = tokio::time::timeout(Duration::from_millis(1500), sending).await;
    assert!(hung_up.is_err(), "it waits for its turn to write");
    assert_eq!(kept(&app), Vec::<String>::new());
    writing.rollback().await.unwrap();
    send(&boss, "/api/v1/staff/import", b"x,y\n1,2\n").await.refused("unreadable_file");
    import(&boss, SHEET).await;
    assert_eq!(kept(&app), Vec::<String>::new());
}

async fn a_shop_of_a_rejected_row_is_made_by_the_next(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let sheet = "account,name,shop,team,email\n\
        a,甲,新店,新组,no address\n\
        b,乙,新店,新组,\n\
        c,丙,新店,新组,\n";
    assert_eq!(counts(&import(&boss, sheet).await), [3, 2, 0, 1]);
    let shops = boss.get("/api/v1/shops").await.ok();
    assert_eq!(shops["items"].as_array().unwrap().len(), 1);
    assert_eq!(shops["items"][0]["teams"].as_array().unwrap().len(), 1);
    let members = boss.get("/api/v1/staff").await.ok();
    let of_new = |m: &&Value| m["shop"]["name"] == "新店" && m["team"]["name"] == "新组";
    assert_eq!(members["items"].as_array().unwrap().iter().filter(of_new).count(), 2);
}

async fn a_dry_run_changes_nothing(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let before = events(&boss).await;
    let report = send(&boss, "/api/v1/staff/import?dry_run=true", SHEET.as_bytes()).await.ok();
    assert_eq!(counts(&report), [3, 3, 0, 0]);
    assert_eq!(boss.get("/api/v1/staff").await.ok()["items"].as_array().unwrap().len(), 1);
    assert_eq!(boss.get("/api/v1/shops").await.ok()["items"], json!([]));
    assert_eq!(events(&boss).await, before);
}

async fn bad_rows_are_named_and_good_ones_kept(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let sheet = "account,name,shop,team,joined_on,email,roles,colour\n\
        a,甲,S,T,2026-01-01,a@example.com,agent,red\n\
        b,,S,T,,,,\n\
        c,丙,S,T,2026-13-01,,,\n\
        d,丁,,T,,,,\n\
        e,戊,S,T,,no address,,\n\
        f,己,S,T,,,king,\n\
        a,again,S,T,,,,\n\
        g,庚,S,T,,,,\n";
    let report = import(&boss, sheet).await;
    assert_eq!(counts(&report), [8, 2, 0, 6]);
    let named: Vec<(u64, &str)> = report["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["row"].as_u64().unwrap(), r["column"].as_str().unwrap()))
        .collect();
    assert_eq!(
        named,
        [(3, "name"), (4, "joined_on"), (5, "team"), (6, "email"), (7, "roles"), (8, "account")]
    );
    assert_eq!(report["warnings"][0]["code"], "unknown_column");
    let kept: Vec<Value> = boss.get("/api/v1/staff").await.ok()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["account"].clone())
        .collect();
    assert_eq!(kept, ["a", "boss", "g"]);
    assert_eq!(
        boss.get("/api/v1/accounts").await.ok()["items"].as_array().unwrap().len(),
        3,
        "rejected rows leave nothing"
    );
}

async fn a_sheet_gives_no_more_than_its_bringer_has(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member(app.ctx(), acme, "hr", &[Role::Hr]).await;
    let hr = session(&app, "hr").await;
    let sheet = "account,name,roles\na,甲,agent\nb,乙,admin\nboss,新名,\nc,丙,director\n";
    let report = import(&hr, sheet).await;
    assert_eq!(counts(&report), [4, 2, 0, 2]);
    assert_eq!((&report["rejected"][0]["row"], &report["rejected"][1]["row"]), (&json!(3), &json!(5)));
    let kept = boss.get("/api/v1/staff").await.ok()["items"].as_array().unwrap().len();
    assert_eq!(kept, 3);
    member(app.ctx(), acme, "li", &[Role::Agent]).await;
    send(&session(&app, "li").await, "/api/v1/staff/import", sheet.as_bytes()).await.refused("forbidden");
}

async fn what_was_exported_can_be_imported(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    import(&boss, SHEET).await;
    boss.post("/api/v1/staff", json!({ "account": "x", "name": "=1+1" })).await.ok();
    for format in ["csv", "xlsx"] {
        let sheet = boss.get(&format!("/api/v1/staff/export?format={format}")).await;
        let named = format!("attachment; filename=\"staff.{format}\"");
        assert_eq!(sheet.header("content-disposition"), named);
        if format == "csv" {
            assert!(sheet.text().contains("'=1+1"), "no formula leaves the program: {}", sheet.text());
        }
        let report = send(&boss, "/api/v1/staff/import", &sheet.body).await.ok();
        assert_eq!(counts(&report), [5, 0, 5, 0], "{report}");
    }
    boss.get("/api/v1/staff/export?format=pdf").await.refused("invalid");
    let exported = boss.get("/api/v1/events?kind=staff.exported").await.ok();
    assert_eq!(exported["items"].as_array().unwrap().len(), 2, "an export is audited");
}

async fn what_is_no_sheet_is_refused(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    send(&boss, "/api/v1/staff/import", b"\x89PNG\r\n\x1a\n123").await.status(422).refused("unreadable_file");
    send(&boss, "/api/v1/staff/import", b"").await.refused("unreadable_file");
    send(&boss, "/api/v1/staff/import", b"x,y\n1,2\n").await.refused("unreadable_file");
    boss.upload_parts("/api/v1/staff/import", &[]).await.refused("invalid");
}
