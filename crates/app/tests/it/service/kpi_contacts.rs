//! One-contact resolution: the contacts that each day keeps give what the conversations give.

use std::collections::BTreeMap;
use std::fmt::Write;

use kexun_base::time::Day;
use kexun_people::rights::{Grant, Role};
use kexun_people::staff::Draft;
use kexun_service::kpi::rules::{Sender, Timeline};
use kexun_service::{conversations, editions};
use kexun_testkit::company::Company;
use kexun_testkit::{Client, TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{HEADER, kexun, outcome, undo, upload};

both_databases![
    a_contact_that_comes_again_later_changes_the_day_before,
    a_contact_that_went_on_for_weeks_still_decides,
    days_give_what_the_conversations_give,
];

/// A conversation of customer `who`, begun at `at` and answered by `agent` ten minutes later.
fn chat(id: &str, shop: &str, who: &str, at: &str, agent: &str) -> String {
    format!("{id},{shop},{who},{at}:00,客户,,在吗\n{id},{shop},{who},{at}:50,客服,{agent},在的\n")
}

fn file(chats: &[String]) -> String {
    format!("{HEADER}\n{}", chats.concat())
}

/// Value and denominator of `fcr` in each row: by name (`-`: null) and first day.
async fn fcr(client: &Client, days: (&str, &str), by: &str, per: &str, key: &str) -> BTreeMap<String, Value> {
    let (from, to) = days;
    let answer =
        client.get(&format!("/api/v1/kpi?from={from}&to={to}&by={by}&per={per}&keys={key}")).await.ok();
    let rows = answer["rows"].as_array().unwrap();
    let row = |row: &Value| {
        let value = &row["values"].as_object().unwrap().values().next().unwrap();
        let name = format!("{} {}", row[by].as_str().unwrap_or("-"), row["from"].as_str().unwrap());
        // Not every last digit comes back from JSON as it was.
        let share = value["value"].as_f64().map(|share| (share * 1e9).round() / 1e9);
        (name, json!([share, value["n"]]))
    };
    rows.iter().map(row).filter(|(_, value)| value[1] != 0).collect()
}

fn of(rows: &[(&str, Value)]) -> BTreeMap<String, Value> {
    rows.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

async fn a_contact_that_comes_again_later_changes_the_day_before(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let june = ("2026-06-01", "2026-06-30");
    let first = [
        chat("k1", "S1", "小王", "2026-06-01 10:00", "A"),
        chat("k2", "S1", "小李", "2026-06-01 11:00", "B"),
    ];
    upload(&app, &operations, "conversations", file(&first).as_bytes()).await;
    let solved = of(&[("A 2026-06-01", json!([1.0, 1])), ("B 2026-06-01", json!([1.0, 1]))]);
    assert_eq!(fcr(&operations, june, "agent", "all", "fcr").await, solved);
    // He comes again on another day: what he first came for was not solved, and this is no first contact.
    let again = file(&[chat("k3", "S1", "小王", "2026-06-04 09:00", "B")]);
    let again = upload(&app, &operations, "conversations", again.as_bytes()).await;
    let unsolved = of(&[("A 2026-06-01", json!([0.0, 1])), ("B 2026-06-01", json!([1.0, 1]))]);
    assert_eq!(fcr(&operations, june, "agent", "all", "fcr").await, unsolved);
    let shop = of(&[("一店 2026-06-01", json!([0.5, 2]))]);
    assert_eq!(fcr(&operations, june, "shop", "day", "fcr").await, shop);
    // Within fewer hours these are two contacts, each by itself.
    let apart = of(&[("acme 2026-06-01", json!([1.0, 3]))]);
    assert_eq!(fcr(&operations, june, "tenant", "all", "fcr_24").await, apart);
    // Though the period ends before it, the second contact counts against the first.
    let one_day = ("2026-06-01", "2026-06-01");
    assert_eq!(fcr(&operations, one_day, "agent", "day", "fcr").await, unsolved);
    assert!(fcr(&operations, ("2026-06-02", "2026-06-09"), "agent", "all", "fcr").await.is_empty());
    undo(&app, &operations, &again).await;
    assert_eq!(fcr(&operations, june, "agent", "all", "fcr").await, solved);
    let (status, report) = outcome(&kexun(&app).args(["check", "--json"]).output().unwrap());
    assert_eq!(status, 0, "{report}");
}

async fn a_contact_that_went_on_for_weeks_still_decides(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let long = "k1,S1,小王,2026-05-01 10:00:00,客户,,在吗\nk1,S1,小王,2026-06-20 10:00:00,客服,A,解决了\n";
    let later = chat("k2", "S1", "小王", "2026-06-21 10:00", "A");
    let other = chat("k3", "S1", "小李", "2026-06-21 10:00", "A");
    let rows = file(&[long.to_owned(), later, other]);
    upload(&app, &operations, "conversations", rows.as_bytes()).await;
    let days = ("2026-06-21", "2026-06-22");
    let expected = of(&[("A 2026-06-21", json!([1.0, 1]))]);
    assert_eq!(fcr(&operations, days, "agent", "all", "fcr").await, expected);
    // Seen as a whole, what the long one was about was not solved.
    let days = ("2026-05-01", "2026-06-30");
    let expected = of(&[("A 2026-05-01", json!([0.5, 2]))]);
    assert_eq!(fcr(&operations, days, "agent", "all", "fcr").await, expected);
}

/// Agents A to C, of whom A is in the team and B becomes one of it on 10 June.
async fn with_agents(app: &TestApp, company: &Company) {
    for (account, team, joined) in [("A", Some(company.team), "2026-01-01"), ("B", None, "2026-01-01")] {
        let draft = Draft {
            account: account.into(),
            name: account.into(),
            login: Some(format!("acme-{account}")),
            shop: Some(company.shop),
            team,
            joined_on: Some(joined.parse().unwrap()),
            roles: vec![Grant { role: Role::Agent, shop_id: None, team_id: None }],
            ..Draft::default()
        };
        app.enter(company, draft).await;
    }
}

/// Conversations of 20 customers of two shops over 20 days: some are answered by two, some by nobody, some
/// go on for days, some have no customer. The same every time.
fn many() -> String {
    let mut rows = format!("{HEADER}\n");
    let mut state = 7u32;
    let mut random = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    for conversation in 0..220 {
        let shop = ["S1", "S2"][random(2) as usize];
        let (who, day, hour) = (random(20), 1 + random(20), random(24));
        let first = ["客户", "机器人"][usize::from(random(9) == 0)];
        let mut say = |day: u32, hour: u32, minute: u32, sender: &str, agent: &str| {
            writeln!(
                rows,
                "k{conversation},{shop},c{who},2026-06-{day:02} {hour:02}:{minute:02}:00,{sender},{agent},好"
            )
            .unwrap();
        };
        say(day, hour, 0, first, "");
        if random(8) > 0 {
            say(day, hour, 1, "客户", ["", "A"][random(2) as usize]);
        }
        for minute in 0..random(3) {
            say(day, hour, 2 + minute, "客服", ["A", "B", "C"][random(3) as usize]);
        }
        if random(12) == 0 {
            say(day + 1 + random(8), hour, 30, "客服", "C");
        }
    }
    rows
}

/// A contact of the record, told by its conversation.
struct Told {
    shop: String,
    customer: i32,
    day: Day,
    times: (i64, i64),
    agents: Vec<i32>,
}

async fn told(app: &TestApp, company: &Company) -> Vec<Told> {
    let db = app.ctx().db().read();
    let edition = editions::published(db, company.id).await.unwrap();
    let shops = kexun_people::tenants::shops(db, company.id).await.unwrap();
    let ids: Vec<_> = shops.iter().map(|shop| shop.id).collect();
    let days = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    let rows = conversations::contacts_between(db, company.id, edition, &ids, days).await.unwrap();
    let told = rows.into_iter().filter_map(|row| {
        let timeline = Timeline::decode(&row.timeline).unwrap();
        let messages = timeline.utterances();
        let asked: Vec<_> = messages.iter().filter(|m| m.sender == Sender::Customer).collect();
        let wrote = messages.iter().filter(|m| m.sender == Sender::Agent);
        let mut agents: Vec<i32> = wrote.filter_map(|m| m.agent).map(|a| a as i32).collect();
        if agents.is_empty() {
            agents.extend(asked.first()?.agent.map(|a| a as i32));
        }
        agents.sort_unstable();
        agents.dedup();
        let times = (row.started_at.seconds(), row.ended_at.seconds());
        let shop = shops.iter().find(|shop| shop.id == row.shop_id).unwrap().name.clone();
        let customer = asked.first().map(|_| row.customer_no)?;
        Some(Told { shop, customer, day: row.first_day, times, agents })
    });
    told.collect()
}

/// Of the contacts that somebody owns and that begin in a period: the share solved, and how many are first.
fn expected(all: &[Told], days: (&str, &str), owns: impl Fn(&Told) -> bool) -> Value {
    let near = |a: &Told, b: &Told| a.customer == b.customer && b.times.0 - a.times.1 <= 72 * 3600;
    let others = |place: usize, contact: &Told, before: bool| {
        all.iter().enumerate().any(|(at, other)| {
            let comes = if before {
                (other.times.0, at) < (contact.times.0, place)
            } else {
                (other.times.0, at) > (contact.times.0, place)
            };
            at != place && comes && if before { near(other, contact) } else { near(contact, other) }
        })
    };
    let period: (Day, Day) = (days.0.parse().unwrap(), days.1.parse().unwrap());
    let firsts: Vec<(usize, &Told)> = all
        .iter()
        .enumerate()
        .filter(|(place, c)| (period.0..=period.1).contains(&c.day) && owns(c) && !others(*place, c, true))
        .collect();
    let solved = firsts.iter().filter(|(place, c)| !others(*place, c, false)).count();
    let share = (solved as f64 / firsts.len() as f64 * 1e9).round() / 1e9;
    json!([share, firsts.len()])
}

fn in_row(found: &BTreeMap<String, Value>, name: &str, days: (&str, &str)) -> Value {
    found.get(&format!("{name} {}", days.0)).cloned().unwrap_or(json!([null, 0]))
}

async fn days_give_what_the_conversations_give(app: TestApp) {
    let acme = app.company().await;
    with_agents(&app, &acme).await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let import = upload(&app, &operations, "conversations", many().as_bytes()).await;
    assert_eq!(import["state"], "done", "{import}");
    let db = app.ctx().db().read();
    let numbers = kexun_people::staff::accounts::list_all(db, acme.id).await.unwrap();
    let number = |name: &str| numbers.iter().find(|account| account.name == name).unwrap().number;
    let all = told(&app, &acme).await;
    assert!(all.len() > 150, "{}", all.len());
    for days in [("2026-06-01", "2026-06-30"), ("2026-06-08", "2026-06-10"), ("2026-06-15", "2026-06-15")] {
        let found = fcr(&operations, days, "tenant", "all", "fcr").await;
        assert_eq!(in_row(&found, "acme", days), expected(&all, days, |_| true), "{days:?}");
        for shop in ["一店", "S2"] {
            let found = fcr(&operations, days, "shop", "all", "fcr").await;
            let owned = expected(&all, days, |c| c.shop == shop);
            assert_eq!(in_row(&found, shop, days), owned, "{shop} {days:?}");
        }
        let found = fcr(&operations, days, "agent", "all", "fcr").await;
        for name in ["A", "B", "C"] {
            let owned = expected(&all, days, |c| c.agents.contains(&number(name)));
            assert_eq!(in_row(&found, name, days), owned, "{name} {days:?}");
        }
        let found = fcr(&operations, days, "team", "all", "fcr").await;
        let owned = expected(&all, days, |c| c.agents.contains(&number("A")));
        assert_eq!(in_row(&found, "甲组", days), owned, "{days:?}");
        let owned = expected(&all, days, |c| !c.agents.contains(&number("A")));
        assert_eq!(in_row(&found, "-", days), owned, "{days:?}");
    }
    the_rows_stay_where_nothing_changed(&app, &acme).await;
}

/// Counting anew writes contacts again only where they are others.
async fn the_rows_stay_where_nothing_changed(app: &TestApp, company: &Company) {
    let rows = async || {
        let db = app.ctx().db().read();
        let rows = db
            .query_all_raw(sea_orm::Statement::from_string(
                db.get_database_backend(),
                "SELECT row_id FROM kpi_contacts WHERE died = 9223372036854775807",
            ))
            .await;
        let ids: Vec<kexun_base::ids::Uuid> =
            rows.unwrap().iter().map(|row| row.try_get("", "row_id").unwrap()).collect();
        ids.into_iter().collect::<std::collections::BTreeSet<_>>()
    };
    let before = rows().await;
    assert!(before.len() > 30, "{}", before.len());
    kexun_service::kpi::recount(app.ctx(), company.id).await.unwrap();
    assert_eq!(rows().await, before);
}
