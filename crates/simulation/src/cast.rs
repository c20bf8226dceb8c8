//! The people: who works where, since when, under which name.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rand::Rng;

use crate::catalogue::{MARKETPLACE, MERCHANTS, SHOPS, TEAMS};
use crate::draw::{Dice, Purpose, dice, index, shuffle};
use crate::model::{Level, Position, Role, Staff};
use crate::names::{GIVEN, NICKS, SURNAMES};
use crate::plan::Plan;
use crate::roster::PART_TIME_DAYS;
use crate::skill::{Place, Skill};

/// Company-level posts of a merchant: which merchants have one, title, roles, level.
const POSTS: &[(&[&str], &str, &[Role], Level)] = &[
    (&["yunzhi", "qiming", "hesui"], "人事总监", &[Role::Director], Level::Manager),
    (&["yunzhi"], "人事专员", &[Role::TrainingGroup, Role::Hr], Level::Middle),
    (&["qiming", "hesui"], "人事专员", &[Role::TrainingGroup, Role::Hr, Role::Admin], Level::Middle),
    (&["yunzhi", "qiming", "hesui"], "运营", &[Role::Operations], Level::Middle),
    (&["yunzhi", "qiming", "hesui"], "质检员", &[Role::Inspector], Level::Senior),
    (&["yunzhi"], "培训讲师", &[Role::Lecturer, Role::TrainingGroup], Level::Senior),
    (&["yunzhi"], "系统管理员", &[Role::Admin], Level::Middle),
];

/// Draws people with names not given out before.
struct Casting<'a> {
    dice: Dice,
    plan: &'a Plan,
    names: BTreeSet<String>,
    logins: BTreeSet<String>,
    nicks: Vec<&'static str>,
    count: u32,
}

/// All staff: the agents first, in the order of `places`, then everybody else.
pub(crate) fn staff(plan: &Plan, places: &[Place], skills: &[Skill]) -> Vec<Staff> {
    let mut nicks = NICKS.to_vec();
    let mut dice = dice(plan.seed, Purpose::Cast, 0);
    shuffle(&mut dice, &mut nicks);
    let mut casting =
        Casting { dice, plan, names: BTreeSet::new(), logins: BTreeSet::new(), nicks, count: 0 };
    let mut all: Vec<Staff> =
        places.iter().zip(skills).map(|(place, skill)| casting.agent(*place, skill)).collect();
    appoint(places, skills, &mut all);
    for sketch in &SHOPS {
        all.push(casting.supervisor(sketch.merchant, sketch.code));
    }
    for (slug, _, _) in MERCHANTS {
        for (_, title, roles, level) in POSTS.iter().filter(|post| post.0.contains(&slug)) {
            all.push(casting.officer(slug, title, roles, *level));
        }
    }
    all.push(casting.officer(MARKETPLACE.slug, "平台服务治理", &[Role::Marketplace], Level::Manager));
    all.push(casting.officer(MARKETPLACE.slug, "平台管理员", &[Role::Admin], Level::Middle));
    all
}

/// Lets the best full-time agent of each pre- and after-sales team teach, and gives newcomers a mentor.
fn appoint(places: &[Place], skills: &[Skill], agents: &mut [Staff]) {
    for (shop, sketch) in SHOPS.iter().enumerate() {
        let members: Vec<usize> = (0..places.len()).filter(|i| places[*i].shop == shop).collect();
        // A mentor is experienced and has no weak spot of his own.
        let fit = |i: &&usize| skills[**i].weakness.is_none() && skills[**i].quota.is_none();
        let Some(&mentor) = members.iter().filter(fit).min_by_key(|i| agents[**i].joined_on) else {
            continue;
        };
        agents[mentor].roles.push(Role::Mentor);
        if sketch.merchant != "yunzhi" {
            agents[mentor].roles.push(Role::Lecturer);
        }
        let login = agents[mentor].login.clone();
        for &i in
            members.iter().filter(|i| **i != mentor && agents[**i].level == Level::Junior).collect::<Vec<_>>()
        {
            agents[i].mentor = Some(login.clone());
        }
    }
}

impl Casting<'_> {
    /// A new person; the caller fills in the post.
    fn person(&mut self, tenant: &'static str, roles: &[Role], joined_on: NaiveDate) -> Staff {
        let (name, pinyin) = loop {
            let (surname, first) = SURNAMES[index(&mut self.dice, SURNAMES.len())];
            let (given, second) = GIVEN[index(&mut self.dice, GIVEN.len())];
            let name = format!("{surname}{given}");
            if self.names.insert(name.clone()) {
                break (name, format!("{first}{second}"));
            }
        };
        let mut login = pinyin.clone();
        let mut n = 1;
        while !self.logins.insert(login.clone()) {
            n += 1;
            login = format!("{pinyin}{n}");
        }
        self.count += 1;
        Staff {
            tenant,
            account: login.clone(),
            email: format!("{login}@{tenant}.example"),
            login,
            name,
            shop: None,
            team: None,
            roles: roles.to_vec(),
            level: Level::Junior,
            joined_on,
            mentor: None,
            phone: format!("1540000{:04}", 1000 + self.count * 37),
            positions: Vec::new(),
        }
    }

    /// A day so many days before the simulated span begins.
    fn before(&mut self, least: u64, most: u64) -> NaiveDate {
        let days = self.dice.random_range(least..=most);
        self.plan.first_day().checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
    }

    /// A day shortly before part-timers begin to help out.
    fn lately(&mut self) -> NaiveDate {
        let days = PART_TIME_DAYS as u64 + self.dice.random_range(1..=8);
        self.plan.last_day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
    }

    fn agent(&mut self, place: Place, skill: &Skill) -> Staff {
        let sketch = &SHOPS[place.shop];
        let (team, _) = TEAMS[place.team];
        let joined_on = if skill.quota.is_some() { self.lately() } else { self.before(40, 2200) };
        let mut person = self.person(sketch.merchant, &[Role::Agent], joined_on);
        let nick = self.nicks.pop().expect("there are more nicks than agents");
        person.account = format!("{}:{nick}", sketch.name);
        person.shop = Some(sketch.code);
        person.team = Some(team);
        let years = |n: u64| joined_on.checked_add_days(Days::new(365 * n)).unwrap_or(joined_on);
        let mut steps = vec![(joined_on, "客服专员", Level::Junior)];
        if years(1) <= self.plan.first_day() {
            steps.push((years(1), "客服专员", Level::Middle));
        }
        if years(3) <= self.plan.first_day() {
            steps.push((years(3), "资深客服", Level::Senior));
        }
        if skill.quota.is_some() {
            steps[0].1 = "兼职客服";
        }
        for (from, title, level) in steps {
            person.level = level;
            person.positions.push(Position { from, title, level, shop: Some(sketch.code), team: Some(team) });
        }
        person
    }

    fn supervisor(&mut self, tenant: &'static str, shop: &'static str) -> Staff {
        let joined_on = self.before(900, 2600);
        let mut person = self.person(tenant, &[Role::Supervisor], joined_on);
        person.shop = Some(shop);
        person.level = Level::Supervisor;
        let promoted = joined_on.checked_add_days(Days::new(700)).unwrap_or(joined_on);
        let step = |from, title, level, team| Position { from, title, level, shop: Some(shop), team };
        person.positions = vec![
            step(joined_on, "客服专员", Level::Middle, Some(TEAMS[1].0)),
            step(promoted, "客服主管", Level::Supervisor, None),
        ];
        person
    }

    fn officer(&mut self, tenant: &'static str, title: &'static str, roles: &[Role], level: Level) -> Staff {
        let joined_on = self.before(300, 2600);
        let mut person = self.person(tenant, roles, joined_on);
        person.roles.sort_unstable();
        person.level = level;
        person.positions = vec![Position { from: joined_on, title, level, shop: None, team: None }];
        person
    }
}
