//! Trainings that were held in the organisation, and what they truly changed.

use chrono::{Days, NaiveDate};

use crate::catalogue::SHOPS;
use crate::draw::{Dice, Purpose, dice, shuffle};
use crate::model::{Role, Staff};
use crate::plan::Plan;
use crate::skill::{Place, Skill};
use crate::truth::expected;

/// A training whose true effect is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Short name, ASCII.
    pub key: &'static str,
    /// Chinese title.
    pub title: &'static str,
    /// English title.
    pub title_en: &'static str,
    /// Slug of the merchant that held it.
    pub merchant: &'static str,
    /// Key of the figure that it was to change.
    pub figure: &'static str,
    /// The day on which it was held; what it changed is changed from the next day on.
    pub day: NaiveDate,
    /// Accounts of those who took part.
    pub accounts: Vec<String>,
    /// Accounts of those they can be compared with: the merchant's other full-time agents.
    pub controls: Vec<String>,
    /// The true change of the figure in those who took part, mean of their expected values after
    /// less before, in seconds or as a share; 0 if it did nothing.
    pub effect: f64,
}

/// What somebody was like before a training.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The last day on which it was so.
    pub until: NaiveDate,
    /// The parameters then.
    pub skill: Skill,
}

/// The trainings and, for every agent, what he was like before.
pub(crate) struct Trainings {
    pub held: Vec<Training>,
    pub earlier: Vec<Option<Earlier>>,
}

/// The merchant with the most agents, so that enough are left to be compared with.
const MERCHANT: &str = "yunzhi";
/// Days from the training that works to the last day: ten weeks.
const WORKS_BEFORE: u64 = 70;
/// Days from the training that does nothing to the last day: nine weeks.
const IDLE_BEFORE: u64 = 63;
/// Without at least so many days before it, nothing could be compared, and none is held.
const FEWEST_DAYS_BEFORE: u64 = 28;
/// How many times as long those who needed the training took to answer before it. Afterwards they
/// are like most.
const SLOW: f64 = 1.6;
/// The team, as in `TEAMS`, that handles complaints.
const COMPLAINTS: usize = 2;
/// How many take part in the training that does nothing.
const IDLE_PARTICIPANTS: usize = 5;

impl Trainings {
    /// Two trainings of one merchant: one makes the slowest of each team as quick as most, the other
    /// changes nothing. None in spans too short to see what came of them.
    pub(crate) fn of(plan: &Plan, places: &[Place], skills: &[Skill], staff: &[Staff]) -> Self {
        let mut all = Self { held: Vec::new(), earlier: vec![None; places.len()] };
        if u64::from(plan.days) < WORKS_BEFORE + FEWEST_DAYS_BEFORE {
            return all;
        }
        let before = |days| plan.last_day.checked_sub_days(Days::new(days)).unwrap_or(plan.last_day);
        let (day, idle_day) = (before(WORKS_BEFORE), before(IDLE_BEFORE));
        let mut rest = candidates(&mut dice(plan.seed, Purpose::Training, 0), places, skills, staff);

        let quick = one_of_each_team(places, &mut rest);
        let mut effect = 0.0;
        for agent in &quick {
            let mut skill = skills[*agent].clone();
            skill.first_median *= SLOW;
            skill.follow_median *= SLOW;
            let figure = |skill| expected(skill, "first_response").unwrap_or_default();
            effect += (figure(&skills[*agent]) - figure(&skill)) / quick.len() as f64;
            all.earlier[*agent] = Some(Earlier { until: day, skill });
        }
        let courteous = &rest[..IDLE_PARTICIPANTS.min(rest.len())];
        let accounts = |agents: &[usize]| agents.iter().map(|a| staff[*a].account.clone()).collect();
        let others = |agents: &[usize]| {
            let other = |a: &usize| full_time(places, skills, *a) && !agents.contains(a);
            (0..places.len()).filter(other).map(|a| staff[a].account.clone()).collect()
        };
        all.held = vec![
            Training {
                key: "quick_answers",
                title: "快速应答",
                title_en: "Quick answers",
                merchant: MERCHANT,
                figure: "first_response",
                day,
                accounts: accounts(&quick),
                controls: others(&quick),
                effect,
            },
            Training {
                key: "courteous_words",
                title: "服务用语",
                title_en: "Courteous words",
                merchant: MERCHANT,
                figure: "satisfaction",
                day: idle_day,
                accounts: accounts(courteous),
                controls: others(courteous),
                effect: 0.0,
            },
        ];
        all
    }
}

/// The parameters on a day: the earlier ones up to the day of the training.
pub(crate) fn skill_at<'a>(now: &'a Skill, earlier: Option<&'a Earlier>, day: NaiveDate) -> &'a Skill {
    match earlier {
        Some(earlier) if day <= earlier.until => &earlier.skill,
        _ => now,
    }
}

fn full_time(places: &[Place], skills: &[Skill], agent: usize) -> bool {
    SHOPS[places[agent].shop].merchant == MERCHANT && skills[agent].quota.is_none()
}

/// Ordinary full-time agents in random order. Mentors teach, planted weaknesses stay as they are, and
/// complaints come too seldom for a change to be seen.
fn candidates(dice: &mut Dice, places: &[Place], skills: &[Skill], staff: &[Staff]) -> Vec<usize> {
    let fit = |a: &usize| {
        let busy = places[*a].team != COMPLAINTS && full_time(places, skills, *a);
        busy && skills[*a].weakness.is_none() && !staff[*a].has(Role::Mentor)
    };
    let mut all: Vec<usize> = (0..places.len()).filter(fit).collect();
    shuffle(dice, &mut all);
    all
}

/// Takes one of each team out of `rest`: two slow ones in a team would hide each other.
fn one_of_each_team(places: &[Place], rest: &mut Vec<usize>) -> Vec<usize> {
    let mut taken: Vec<usize> = Vec::new();
    rest.retain(|agent| {
        let again = taken.iter().any(|t| places[*t] == places[*agent]);
        if !again {
            taken.push(*agent);
        }
        again
    });
    taken
}
