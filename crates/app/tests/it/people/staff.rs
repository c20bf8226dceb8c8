//! Staff: entering, changing, roles, accounts.

use kexun_base::time::Day;
use kexun_people::rights::Role;
use kexun_people::staff::accounts::{self, Rosters};
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{admin_of_acme, member, session, shop_and_team};

both_databases![
    a_member_is_entered_and_moves,
    a_change_from_a_past_day_reaches_beyond_later_steps,
    a_stale_change_is_refused,
    lists_are_filtered_and_paged,
    a_supervisor_sees_his_own,
    nobody_grants_what_he_lacks,
    the_last_administrator_stays,
    who_sets_a_password_must_outrank,
    accounts_find_their_owners,
];

async fn a_member_is_entered_and_moves(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (shop, first) = shop_and_team(&boss, "S1", "甲组").await;
    let second = boss.post("/api/v1/teams", json!({ "shop_id": shop, "name": "乙组" })).await.ok();
    let li = boss
        .post(
            "/api/v1/staff",
            json!({ "account": "小李", "name": "李雷", "shop_id": shop, "team_id": first, "level": "初级",
                "joined_on": "2026-03-01", "phone": "1380000", "email": "li@example.com",
                "roles": [{ "role": "agent", "shop_id": shop, "team_id": first }] }),
        )
        .await
        .status(201)
        .ok();
    assert_eq!((&li["login"], &li["team"]["name"]), (&json!("小李"), &json!("甲组")));
    let path = format!("/api/v1/staff/{}", li["id"].as_str().unwrap());
    let moved =
        boss.patch(&path, json!({ "team_id": second["id"], "level": "中级", "version": 1 })).await.ok();
    assert_eq!(moved["version"], 2);
    let steps: Vec<Value> = moved["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| json!([s["from"], s["to"], s["team"], s["level"]]))
        .collect();
    assert_eq!(
        steps,
        [json!(["2026-03-01", "2026-06-30", "甲组", "初级"]), json!(["2026-07-01", null, "乙组", "中级"]),]
    );
    // The rosters follow.
    let db = app.ctx().db().read();
    let rosters = Rosters::load(db, acme).await.unwrap();
    let account = accounts::list_all(db, acme).await.unwrap().into_iter().find(|a| a.name == "小李").unwrap();
    let team = |day: &str| rosters.team_of(account.number, day.parse::<Day>().unwrap());
    assert_eq!([team("2025-01-01"), team("2026-06-30"), team("2026-07-01")], [Some(1), Some(1), Some(2)]);
    boss.post("/api/v1/staff", json!({ "account": "小李", "name": "x" })).await.refused("conflict");
    boss.post("/api/v1/staff", json!({ "account": "x", "login": "小李", "name": "x" }))
        .await
        .refused("conflict");
    boss.post("/api/v1/staff", json!({ "account": "x", "name": " " })).await.refused("invalid");
    let strange = json!({ "account": "x", "name": "x", "shop_id": "00000000-0000-0000-0000-000000000000" });
    let fault = boss.post("/api/v1/staff", strange).await.refused("invalid");
    assert_eq!(fault["fields"][0]["field"], "shop_id");
}

async fn a_change_from_a_past_day_reaches_beyond_later_steps(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let (shop, first) = shop_and_team(&boss, "S1", "甲组").await;
    let mut teams = vec![json!(first)];
    for name in ["乙组", "丙组"] {
        let team = boss.post("/api/v1/teams", json!({ "shop_id": shop, "name": name })).await.ok();
        teams.push(team["id"].clone());
    }
    let li = json!({ "account": "li", "name": "李雷", "team_id": first, "level": "初级", "joined_on": "2026-01-05" });
    let id = boss.post("/api/v1/staff", li).await.ok()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/staff/{id}");
    let change = async |change: Value| boss.patch(&path, change).await;
    change(json!({ "team_id": teams[1], "from": "2026-03-10", "version": 1 })).await.ok();
    change(json!({ "level": "中级", "from": "2026-04-01", "version": 2 })).await.ok();
    let moved = change(json!({ "team_id": teams[2], "from": "2026-03-01", "version": 3 })).await.ok();
    let step = |s: &Value| json!([s["from"], s["to"], s["team"], s["level"]]);
    let steps: Vec<Value> = moved["history"].as_array().unwrap().iter().map(step).collect();
    let expected = [
        json!(["2026-01-05", "2026-02-28", "甲组", "初级"]),
        json!(["2026-03-01", "2026-03-31", "丙组", "初级"]),
        json!(["2026-04-01", null, "丙组", "中级"]),
    ];
    assert_eq!(steps, expected);
    let db = app.ctx().db().read();
    let rosters = Rosters::load(db, acme).await.unwrap();
    let account = accounts::list_all(db, acme).await.unwrap().into_iter().find(|a| a.name == "li").unwrap();
    let team = |day: &str| rosters.team_of(account.number, day.parse::<Day>().unwrap());
    assert_eq!([team("2026-02-28"), team("2026-03-10"), team("2026-06-30")], [Some(1), Some(3), Some(3)]);
    // A later day does not count yet: rights and lists would know of it now.
    let early = json!({ "team_id": first, "from": "2026-07-02", "version": 4 });
    let refused = change(early).await.status(422).refused("invalid");
    assert_eq!(refused["fields"][0]["field"], "from");
    assert_eq!(
        change(json!({ "team_id": first, "from": "2026-07-01", "version": 4 })).await.ok()["version"],
        5
    );
    // Two kinds of news: what teams are counted by, and the rest.
    let told = async |kind: &str| {
        let events = boss.get(&format!("/api/v1/events?kind={kind}&subject={id}")).await.ok();
        events["items"].as_array().unwrap().len()
    };
    assert_eq!((told("staff.moved").await, told("staff.changed").await), (3, 4));
}

async fn a_stale_change_is_refused(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let path = format!("/api/v1/staff/{}", member(app.ctx(), acme, "li", &[]).await);
    boss.patch(&path, json!({ "name": "a", "version": 1 })).await.ok();
    boss.patch(&path, json!({ "name": "b", "version": 1 })).await.status(409).refused("stale_version");
    let now = boss.get(&path).await.ok();
    assert_eq!((&now["name"], &now["version"]), (&json!("a"), &json!(2)));
}

async fn accounts_of(client: &Client, query: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut path = format!("/api/v1/staff?{query}");
    loop {
        let page = client.get(&path).await.ok();
        found.extend(
            page["items"].as_array().unwrap().iter().map(|s| s["account"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/staff?{query}&cursor={next}"),
            None => return found,
        }
    }
}

async fn lists_are_filtered_and_paged(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let (shop, team) = shop_and_team(&boss, "S1", "甲组").await;
    for n in 1..=5 {
        let place = if n > 3 { json!(team) } else { json!(null) };
        let role = if n == 2 { "inspector" } else { "agent" };
        let body = json!({ "account": format!("a{n}"), "name": format!("李{n}%"), "team_id": place,
            "roles": [{ "role": role }] });
        boss.post("/api/v1/staff", body).await.ok();
    }
    assert_eq!(accounts_of(&boss, "limit=2").await, ["a1", "a2", "a3", "a4", "a5", "boss"]);
    assert_eq!(accounts_of(&boss, "q=%E6%9D%8E3").await, ["a3"]);
    assert_eq!(accounts_of(&boss, "q=A3").await, ["a3"]);
    assert_eq!(accounts_of(&boss, "q=_").await, Vec::<String>::new(), "a wildcard stands for itself");
    assert_eq!(accounts_of(&boss, &format!("team={team}")).await, ["a4", "a5"]);
    assert_eq!(accounts_of(&boss, &format!("shop={shop}&limit=1")).await, ["a4", "a5"]);
    assert_eq!(accounts_of(&boss, "role=inspector").await, ["a2"]);
    boss.get("/api/v1/staff?cursor=nonsense").await.refused("invalid");
}

async fn a_supervisor_sees_his_own(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let (_, team) = shop_and_team(&boss, "S1", "甲组").await;
    let (other, _) = shop_and_team(&boss, "S2", "丙组").await;
    let han = json!({ "account": "han", "name": "韩", "team_id": team, "roles": [{ "role": "supervisor", "team_id": team }] });
    boss.post("/api/v1/staff", han).await.ok();
    boss.post("/api/v1/staff", json!({ "account": "in", "name": "x", "team_id": team })).await.ok();
    let out =
        boss.post("/api/v1/staff", json!({ "account": "out", "name": "x", "shop_id": other })).await.ok();
    let han = session(&app, "han").await;
    assert_eq!(accounts_of(&han, "").await, ["han", "in"]);
    han.get(&format!("/api/v1/staff/{}", out["id"].as_str().unwrap())).await.status(404);
    han.post("/api/v1/staff", json!({ "account": "y", "name": "y", "team_id": team }))
        .await
        .refused("forbidden");
    han.get("/api/v1/accounts").await.refused("forbidden");
}

async fn nobody_grants_what_he_lacks(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let id = member(app.ctx(), acme, "hr", &[Role::Hr]).await;
    let hr = session(&app, "hr").await;
    let path = format!("/api/v1/staff/{id}/roles");
    let li = format!("/api/v1/staff/{}/roles", member(app.ctx(), acme, "li", &[]).await);
    let refused = hr.post(&path, json!({ "role": "admin" })).await.status(403).refused("forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("admin"), "{refused}");
    hr.post(&li, json!({ "role": "agent" })).await.status(201);
    hr.post(&li, json!({ "role": "agent" })).await.refused("conflict");
    let sneaky = json!({ "account": "x", "name": "x", "roles": [{ "role": "director" }] });
    hr.post("/api/v1/staff", sneaky).await.refused("forbidden");
    assert_eq!(accounts_of(&boss, "").await, ["boss", "hr", "li"], "a refused entry leaves nothing");
    // Nor does he take away from those above him.
    let top = boss.get("/api/v1/staff?q=boss").await.ok()["items"][0].clone();
    let (top, grant) =
        (top["id"].as_str().unwrap().to_owned(), top["roles"][0]["id"].as_str().unwrap().to_owned());
    hr.delete(&format!("/api/v1/staff/{top}/roles/{grant}")).await.refused("forbidden");
}

async fn the_last_administrator_stays(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let top = boss.get("/api/v1/staff?q=boss").await.ok()["items"][0].clone();
    let path = format!(
        "/api/v1/staff/{}/roles/{}",
        top["id"].as_str().unwrap(),
        top["roles"][0]["id"].as_str().unwrap()
    );
    boss.delete(&path).await.status(409).refused("conflict");
    member(app.ctx(), acme, "second", &[Role::Admin]).await;
    boss.delete(&path).await.status(204);
    boss.get("/api/v1/staff").await.refused("forbidden");
}

async fn who_sets_a_password_must_outrank(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member(app.ctx(), acme, "hr", &[Role::Hr]).await;
    let agent = member(app.ctx(), acme, "li", &[Role::Agent]).await;
    let hr = session(&app, "hr").await;
    let top = boss.get("/api/v1/staff?q=boss").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    let set = json!({ "password": "a new password", "version": 1 });
    hr.patch(&format!("/api/v1/staff/{top}"), set.clone()).await.refused("forbidden");
    hr.patch(&format!("/api/v1/staff/{top}"), json!({ "login": "mine", "version": 1 }))
        .await
        .refused("forbidden");
    let li = session(&app, "li").await;
    hr.patch(&format!("/api/v1/staff/{agent}"), set).await.ok();
    li.get("/api/v1/me").await.refused("not_signed_in");
    let sign_in = json!({ "login": "li", "password": "a new password" });
    app.nobody().post("/api/v1/session", sign_in).await.ok();
}

async fn accounts_find_their_owners(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let tx = app.ctx().db().begin().await.unwrap();
    let names = ["shop-bot", "li", "shop-bot"].map(str::to_owned);
    let made = accounts::ensure(app.ctx(), &tx, acme, &names).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(made.len(), 2);
    let li = boss.post("/api/v1/staff", json!({ "account": "li", "name": "李雷" })).await.ok();
    let listed = boss.get("/api/v1/accounts?linked=true").await.ok();
    let of_li = listed["items"].as_array().unwrap().iter().find(|a| a["account"] == "li").unwrap().clone();
    assert_eq!((&of_li["staff_id"], &of_li["name"]), (&li["id"], &json!("李雷")));
    let loose = boss.get("/api/v1/accounts?linked=false").await.ok();
    assert_eq!(loose["items"].as_array().unwrap().len(), 1);
    assert_eq!(boss.get("/api/v1/home").await.ok()["now"][0]["kind"], "accounts_unlinked");
    let bot = format!("/api/v1/accounts/{}", loose["items"][0]["id"].as_str().unwrap());
    let linked = boss.patch(&bot, json!({ "staff_id": li["id"] })).await.ok();
    assert_eq!(linked["name"], "李雷");
    boss.patch(&bot, json!({ "staff_id": null })).await.ok();
    let own = format!("/api/v1/accounts/{}", of_li["id"].as_str().unwrap());
    boss.patch(&own, json!({ "staff_id": null })).await.refused("conflict");
    // A name that an export writes instead of the account finds the account.
    let tx = app.ctx().db().begin().await.unwrap();
    let by_name = accounts::ensure(app.ctx(), &tx, acme, &["李雷".to_owned()]).await.unwrap();
    assert_eq!(by_name["李雷"].name, "li");
}
