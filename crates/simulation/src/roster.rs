//! Who is at work and who takes the next chat.

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::calendar::OPENING_HOUR;
use crate::draw::{Dice, weighted};
use crate::organisation::Organisation;

/// Part-timers help out in the last two weeks of the span.
pub(crate) const PART_TIME_DAYS: i64 = 14;
/// How much longer answers take when the load is above one's usual one.
const LOAD_EXPONENT: f64 = 0.3;

/// What an agent has on the desk.
#[derive(Debug, Default, Clone)]
struct Desk {
    /// Ends of the chats now open.
    open: Vec<NaiveDateTime>,
    /// Usual number of open chats (running mean).
    usual: f64,
    /// Chats taken in the whole span.
    taken: u32,
}

/// The desks of all agents, advancing with time.
#[derive(Debug, Clone)]
pub(crate) struct Roster {
    desks: Vec<Desk>,
}

impl Roster {
    pub(crate) fn new(agents: usize) -> Self {
        Self { desks: vec![Desk::default(); agents] }
    }

    /// The agent of the shop who takes a chat for the team now; `None` at night.
    pub(crate) fn pick(
        &mut self,
        dice: &mut Dice,
        org: &Organisation,
        shop: usize,
        team: usize,
        at: NaiveDateTime,
    ) -> Option<usize> {
        if at.hour() < OPENING_HOUR {
            return None;
        }
        let in_shop = |a: &usize| org.places[*a].shop == shop;
        let in_team = |a: &usize| in_shop(a) && org.places[*a].team == team;
        let on = |a: &usize| self.on_shift(org, *a, at);
        let all = 0..org.places.len();
        let mut able: Vec<usize> = all.clone().filter(in_team).filter(on).collect();
        if able.is_empty() {
            able = all.clone().filter(in_shop).filter(on).collect();
        }
        if able.is_empty() {
            // Nobody of the shop is on: a full-time member of the team works overtime.
            able = all.filter(in_team).filter(|a| org.skills[*a].quota.is_none()).collect();
        }
        if able.is_empty() {
            return None;
        }
        let weights: Vec<f64> = able.iter().map(|a| self.readiness(org, *a, at)).collect();
        Some(able[weighted(dice, &weights)])
    }

    /// Another agent for a chat that is handed over, of the given team; `None` if there is none.
    pub(crate) fn colleague(
        &mut self,
        dice: &mut Dice,
        org: &Organisation,
        from: usize,
        team: usize,
        at: NaiveDateTime,
    ) -> Option<usize> {
        let shop = org.places[from].shop;
        self.pick(dice, org, shop, team, at).filter(|a| *a != from && org.skills[*a].quota.is_none())
    }

    fn on_shift(&self, org: &Organisation, agent: usize, at: NaiveDateTime) -> bool {
        let day = at.date();
        if let Some(quota) = org.skills[agent].quota {
            let left = (org.plan.last_day - day).num_days();
            return left < PART_TIME_DAYS && self.desks[agent].taken < quota && at.hour() >= 9;
        }
        let number = i64::from(day.num_days_from_ce());
        let resting = (number + 3 * agent as i64).rem_euclid(7) == 0;
        let early = (number.div_euclid(7) + agent as i64).rem_euclid(2) == 0;
        !resting && early == (at.hour() < 16)
    }

    /// Chats go to whoever has few open; part-timers are given theirs first.
    fn readiness(&mut self, org: &Organisation, agent: usize, at: NaiveDateTime) -> f64 {
        let eager = if org.skills[agent].quota.is_some() { 1.5 } else { 1.0 };
        eager / (1.0 + self.load(agent, at))
    }

    /// Number of chats open on the desk.
    fn load(&mut self, agent: usize, at: NaiveDateTime) -> f64 {
        let open = &mut self.desks[agent].open;
        open.retain(|end| *end > at);
        open.len() as f64
    }

    /// Factor on the agent's waits from the present load; 1 at his usual load.
    pub(crate) fn burden(&mut self, agent: usize, at: NaiveDateTime) -> f64 {
        let load = self.load(agent, at);
        let desk = &mut self.desks[agent];
        let burden = ((1.0 + load) / (1.0 + desk.usual)).powf(LOAD_EXPONENT);
        desk.usual += 0.03 * (load - desk.usual);
        burden
    }

    /// Notes that the agent takes a chat that ends at `end`.
    pub(crate) fn take(&mut self, agent: usize, end: NaiveDateTime) {
        let desk = &mut self.desks[agent];
        desk.open.push(end);
        desk.taken += 1;
    }
}
