//! An organisation whose trainings have known effects: conversations over sixteen weeks, and the events
//! that classes and courses leave.

use kexun_base::events::{self, Actor, NewEvent, Subject};
use kexun_base::ids::Uuid;
use kexun_people::rights::Role;
use kexun_people::staff::{Draft, StaffId};
use kexun_people::tenants::TeamId;
use kexun_testkit::TestApp;
use kexun_testkit::company::Company;
use serde_json::{Value, json};

use crate::service::{HEADER, upload};

/// By how many seconds those trained in `甲组` answer sooner from the day after on.
pub const TRUTH: i64 = -20;

/// The Sunday on which classes took place.
pub const DAY: &str = "2026-05-03";

/// First and last day of the record: eight weeks before and after that Sunday.
pub const DAYS: (&str, &str) = ("2026-03-09", "2026-06-28");

/// People of a team; the first half is trained.
pub const PEOPLE: usize = 12;

/// Conversations of a person in a week.
const A_WEEK: i64 = 6;

pub struct World {
    pub acme: Company,
    /// The second team, whose training did nothing.
    pub second: TeamId,
    /// Members of `甲组`, the trained first.
    pub first_team: Vec<StaffId>,
    /// Members of `乙组`, the trained first.
    pub second_team: Vec<StaffId>,
}

/// Numbers that look like chance and are the same every time, from −1 to 1.
fn noise(seed: i64) -> f64 {
    let mixed = (seed.wrapping_mul(6_364_136_223_846_793_005)).wrapping_add(1_442_695_040_888_963_407);
    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(-4_658_895_280_553_007_687);
    ((mixed ^ (mixed >> 32)) & 0xffff) as f64 / 32_768.0 - 1.0
}

/// The account that a person answers from: the first of `甲组` has two.
fn account(team: &str, person: usize, at: i64) -> String {
    let spare = if team == "甲" && person == 0 && at % 2 == 1 { "b" } else { "" };
    format!("{team}{person}{spare}")
}

/// Sixteen weeks of both teams, each conversation with one answer.
fn record() -> String {
    let first: chrono::NaiveDate = DAYS.0.parse().unwrap();
    let mut rows = format!("{HEADER}\n");
    for (team, effect) in [("甲", TRUTH), ("乙", 0)] {
        for person in 0..PEOPLE {
            let who = (person as i64 + 1) * if team == "甲" { 1_009 } else { 2_003 };
            let level = 90.0 + 20.0 * noise(who);
            for week in 0..16_i64 {
                let shared = 6.0 * noise(week + 77);
                let own = 5.0 * noise(who * 31 + week);
                let trained = person < PEOPLE / 2 && week >= 8;
                for at in 0..A_WEEK {
                    let chance = 15.0 * noise((who * 16 + week) * 100 + at);
                    let shift = if trained { effect as f64 } else { 0.0 };
                    let wait = (level + shared + own + chance + shift).round() as i64;
                    let day = first + chrono::Days::new((week * 7 + at) as u64);
                    let id = format!("{team}{person}-{week}-{at}");
                    let agent = account(team, person, at);
                    rows += &format!("{id},S1,客{id},{day} 10:00:00,客户,,在吗\n");
                    let (minute, second) = (wait / 60, wait % 60);
                    rows += &format!("{id},S1,客{id},{day} 10:{minute:02}:{second:02},客服,{agent},在的\n");
                }
            }
        }
    }
    rows
}

impl World {
    pub async fn build(app: &TestApp) -> World {
        let acme = app.company().await;
        let boss = app.sign_in(&acme, Role::Admin).await;
        let made = boss.post("/api/v1/teams", json!({ "shop_id": acme.shop, "name": "乙组" })).await.ok();
        let second: TeamId = made["id"].as_str().unwrap().parse().unwrap();
        let mut teams = Vec::new();
        for (name, team) in [("甲", acme.team), ("乙", second)] {
            let mut people = Vec::new();
            for person in 0..PEOPLE {
                let account = format!("{name}{person}");
                let draft = Draft {
                    name: account.clone(),
                    account,
                    shop: Some(acme.shop),
                    team: Some(team),
                    joined_on: Some("2026-01-01".parse().unwrap()),
                    ..Draft::default()
                };
                people.push(app.enter(&acme, draft).await.staff);
            }
            teams.push(people);
        }
        let import = upload(app, &boss, "conversations", record().as_bytes()).await;
        assert_eq!(import["rejected"], 0, "{import}");
        let second_team = teams.pop().unwrap();
        let first_team = teams.pop().unwrap();
        let spare = &boss.get("/api/v1/accounts?q=%E7%94%B20b").await.ok()["items"][0];
        let path = format!("/api/v1/accounts/{}", spare["id"].as_str().unwrap());
        boss.patch(&path, json!({ "staff_id": first_team[0] })).await.ok();
        app.run_jobs().await;
        World { acme, second, first_team, second_team }
    }

    /// Notes an event of a thing, as other wings do, on the Monday: attendance is closed a day late.
    pub async fn tell(&self, app: &TestApp, of: (&'static str, Uuid), kind: &'static str, data: Value) {
        self.tell_because(app, of, kind, data, &[]).await;
    }

    pub async fn tell_because(
        &self,
        app: &TestApp,
        (subject_kind, subject): (&'static str, Uuid),
        kind: &'static str,
        data: Value,
        causes: &[Subject],
    ) {
        let sunday: kexun_base::time::Day = DAY.parse().unwrap();
        let back = sunday.begins(chrono_tz::Asia::Shanghai).seconds() + 39 * 3600 - app.ctx().now().seconds();
        app.advance(back);
        let tx = app.ctx().db().begin().await.unwrap();
        let (tenant, actor) = (self.acme.id.0, Actor::System);
        let event = NewEvent { tenant, kind, actor, subject_kind, subject, data, caused_by: None };
        events::record_because(app.ctx(), &tx, event, causes).await.unwrap();
        tx.commit().await.unwrap();
        app.advance(-back);
    }

    /// A class that these took part in; who follows them was excused.
    pub async fn class(
        &self,
        app: &TestApp,
        title: &str,
        (came, excused): (&[StaffId], &[StaffId]),
        lecturer: Option<StaffId>,
    ) -> Uuid {
        let id: Uuid = app.ctx().id();
        let class = ("class", id);
        let arranged =
            json!({ "title": title, "lecturer": lecturer, "starts_at": format!("{DAY}T02:00:00Z") });
        self.tell(app, class, "class.arranged", arranged).await;
        let all = came.iter().map(|s| (s, "present")).chain(excused.iter().map(|s| (s, "leave")));
        for (staff, status) in all {
            let data = json!({
                "staff": staff, "title": title, "competence": title, "status": status, "minutes": 90,
            });
            self.tell(app, class, "class.attended", data).await;
        }
        self.tell(app, class, "class.ended", json!({ "title": title })).await;
        id
    }
}
