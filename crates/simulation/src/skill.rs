//! What an agent is truly like: the hidden parameters behind the chats.

use crate::catalogue::SHOPS;
use crate::draw::{Dice, Purpose, between, chance, dice, index, log_normal, normal, shuffle};

/// One planted weakness. Everyone else varies only as ordinary people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// Takes long to say the first word.
    SlowStart,
    /// Is slow throughout.
    SlowThroughout,
    /// Is mostly quick, but often leaves the desk: many very long waits.
    Interrupted,
    /// Leaves customers without any answer.
    LeavesUnanswered,
    /// Is curt and gets low ratings.
    Curt,
    /// Does not solve the problem; customers come back.
    SolvesLittle,
}

/// Parameters from which an agent's behaviour is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    /// Median wait before the first answer of a conversation, in seconds, at usual load and
    /// without interruption.
    pub first_median: f64,
    /// Median wait before later answers, likewise.
    pub follow_median: f64,
    /// Standard deviation of the logarithm of the waits.
    pub spread: f64,
    /// Probability that a wait is an interruption: longer by a factor of median 8.
    pub interruption: f64,
    /// Probability that a customer's question gets no answer and the chat ends there.
    pub leaves_unanswered: f64,
    /// Probability that a conversation ends unsolved.
    pub unsolved: f64,
    /// Probability that a rating is 4 or 5.
    pub satisfaction: f64,
    /// Probability that a conversation is rated.
    pub rated: f64,
    /// Probability that a pre-sales chat is handed over without need.
    pub handover: f64,
    /// Probability that a closing "谢谢" is answered.
    pub courtesy: f64,
    /// Probability that an answer is in good style.
    pub style: f64,
    /// For part-timers, the number of conversations they take in the whole span.
    pub quota: Option<u32>,
    /// The planted weakness, if any.
    pub weakness: Option<Weakness>,
}

impl Skill {
    /// Median factor by which an interruption lengthens a wait.
    pub(crate) const INTERRUPTION_FACTOR: f64 = 8.0;
    /// Spread of the logarithm of that factor.
    pub(crate) const INTERRUPTION_SPREAD: f64 = 0.5;
    /// Nobody waits longer than this for one answer, seconds.
    const LONGEST: f64 = 7200.0;

    /// Seconds until an answer, ≥ 1; `burden` multiplies the median (1 at usual load).
    pub(crate) fn wait(&self, dice: &mut Dice, first: bool, burden: f64) -> i64 {
        let median = if first { self.first_median } else { self.follow_median };
        let mut seconds = log_normal(dice, median * burden, self.spread);
        if chance(dice, self.interruption) {
            seconds *= log_normal(dice, Self::INTERRUPTION_FACTOR, Self::INTERRUPTION_SPREAD);
        }
        // Between 1 s and two hours, so the cast is exact.
        seconds.clamp(1.0, Self::LONGEST).round() as i64
    }
}

/// Where an agent works: index into [`SHOPS`] and into its teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub shop: usize,
    pub team: usize,
}

/// The places of all agents, shop by shop, team by team.
pub(crate) fn places() -> Vec<Place> {
    let mut all = Vec::new();
    for (shop, sketch) in SHOPS.iter().enumerate() {
        for (team, count) in sketch.agents.iter().enumerate() {
            all.extend(std::iter::repeat_n(Place { shop, team }, *count));
        }
    }
    all
}

/// Chats that part-timers take, one part-timer a shop: few enough that chance rules.
const QUOTAS: [u32; SHOPS.len()] = [11, 17, 8, 26, 6];

/// The weaknesses planted: about one agent in five has one, each in a team of its own.
const PLANTED: [Weakness; 8] = [
    Weakness::SlowStart,
    Weakness::SlowThroughout,
    Weakness::Interrupted,
    Weakness::LeavesUnanswered,
    Weakness::Curt,
    Weakness::SolvesLittle,
    Weakness::SlowThroughout,
    Weakness::Curt,
];

/// The skills of all agents, in the order of `places`.
pub(crate) fn skills(seed: u64, places: &[Place]) -> Vec<Skill> {
    let dice = &mut dice(seed, Purpose::Skill, 0);
    let mut all: Vec<Skill> = places.iter().map(|place| ordinary(dice, place.team, ORDINARY)).collect();
    // The last of each shop's pre-sales team works part-time.
    for (shop, quota) in QUOTAS.iter().enumerate() {
        if let Some(agent) = places.iter().rposition(|p| *p == Place { shop, team: 0 }) {
            all[agent].quota = Some(*quota);
        }
    }
    plant(dice, places, &mut all);
    all
}

/// How much the pace of ordinary people varies (standard deviation of its logarithm).
const ORDINARY: f64 = 0.07;
/// How much the pace of those varies in whom a weakness is planted: little, so that their
/// quickness does not hide it.
const PLAIN: f64 = 0.03;

/// An agent like most. After-sales questions take longer than pre-sales ones, complaints longest.
/// The ranges are so narrow that ordinary people never look like those with a weakness.
fn ordinary(dice: &mut Dice, team: usize, variation: f64) -> Skill {
    let (first, follow) = [(22.0, 32.0), (28.0, 44.0), (34.0, 55.0)][team];
    let pace = (variation * normal(dice)).clamp(-0.11, 0.11).exp();
    let mut shade = || (0.02 * normal(dice)).clamp(-0.03, 0.03).exp();
    let (first, follow) = (first * pace * shade(), follow * pace * shade());
    Skill {
        first_median: first,
        follow_median: follow,
        spread: between(dice, 0.73, 0.76),
        interruption: between(dice, 0.022, 0.027),
        leaves_unanswered: between(dice, 0.010, 0.013),
        unsolved: between(dice, 0.08, 0.10) + 0.02 * team as f64,
        satisfaction: (0.915 + 0.006 * normal(dice)).clamp(0.905, 0.925) - 0.015 * team as f64,
        rated: between(dice, 0.24, 0.38),
        handover: between(dice, 0.01, 0.04),
        courtesy: between(dice, 0.60, 0.68),
        style: between(dice, 0.82, 0.95),
        quota: None,
        weakness: None,
    }
}

/// Gives each planted weakness to a full-time agent of a team of at least three, no two in one team.
fn plant(dice: &mut Dice, places: &[Place], all: &mut [Skill]) {
    let mut teams: Vec<Vec<usize>> = Vec::new();
    for place in places {
        let members =
            |p: &Place| places.iter().enumerate().filter(|(_, q)| *q == p).map(|(i, _)| i).collect();
        let team: Vec<usize> = members(place);
        if team.len() >= 3 && !teams.contains(&team) {
            teams.push(team);
        }
    }
    shuffle(dice, &mut teams);
    let mut kinds = PLANTED;
    shuffle(dice, &mut kinds);
    for (team, kind) in teams.iter().zip(kinds) {
        let full_time: Vec<usize> = team.iter().copied().filter(|a| all[*a].quota.is_none()).collect();
        let agent = full_time[index(dice, full_time.len())];
        all[agent] = ordinary(dice, places[agent].team, PLAIN);
        weaken(dice, &mut all[agent], kind);
    }
}

/// Applies a weakness of realistic size.
fn weaken(dice: &mut Dice, skill: &mut Skill, kind: Weakness) {
    skill.weakness = Some(kind);
    match kind {
        Weakness::SlowStart => skill.first_median *= between(dice, 1.8, 2.4),
        Weakness::SlowThroughout => {
            let factor = between(dice, 1.6, 2.1);
            skill.first_median *= factor;
            skill.follow_median *= factor;
        }
        Weakness::Interrupted => skill.interruption = between(dice, 0.13, 0.18),
        Weakness::LeavesUnanswered => skill.leaves_unanswered = between(dice, 0.06, 0.09),
        Weakness::Curt => {
            skill.satisfaction = between(dice, 0.77, 0.82);
            skill.style = between(dice, 0.35, 0.5);
        }
        Weakness::SolvesLittle => skill.unsolved = between(dice, 0.23, 0.30),
    }
}
