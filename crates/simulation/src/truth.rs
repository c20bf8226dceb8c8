//! What is really so, for tests that hold findings against it.

use chrono::NaiveDate;

use crate::catalogue::{SHOPS, TEAMS};
use crate::event::Event;
use crate::organisation::Organisation;
use crate::skill::{Skill, Weakness};
use crate::talk::{FOLLOW_ROUNDS, THANKS};
use crate::training::{Earlier, Training, skill_at};

/// Measures (keys of the figures) whose true values are known, with whether more is worse.
const MEASURES: [(&str, bool); 8] = [
    ("first_response", true),
    ("average_response", true),
    ("answered_within_180", false),
    ("jd_30s", false),
    ("unanswered", true),
    ("satisfaction", false),
    ("resolution", false),
    ("fcr", false),
];

/// One agent's true parameters.
#[derive(Debug, Clone)]
pub struct AgentTruth {
    /// Account in the chat records.
    pub account: String,
    /// Code of the shop.
    pub shop: &'static str,
    /// Team in the shop.
    pub team: &'static str,
    /// First day of employment.
    pub joined_on: NaiveDate,
    /// The parameters, at the end of the span.
    pub skill: Skill,
    /// What they were before a training changed them.
    pub earlier: Option<Earlier>,
}

/// An agent who is truly weak in a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct WeakSpot {
    /// Account in the chat records.
    pub account: String,
    /// Code of the shop.
    pub shop: &'static str,
    /// Team in the shop.
    pub team: &'static str,
    /// Key of the measure. `unanswered` is meant as a share of the agent's conversations.
    pub key: &'static str,
    /// What lies behind it.
    pub weakness: Weakness,
    /// The agent's expected value: seconds, or a share 0–1.
    pub expected: f64,
    /// Mean expected value of the others in the team.
    pub peers: f64,
}

impl WeakSpot {
    /// How many times as large (or, for shares that should be high, how many times as many
    /// failures, `(1 − expected) ÷ (1 − peers)`) as in the team; above 1 is worse.
    pub fn ratio(&self) -> f64 {
        ratio(self.key, self.expected, self.peers)
    }
}

/// All that is known.
#[derive(Debug, Clone)]
pub struct Truth {
    /// Every agent.
    pub agents: Vec<AgentTruth>,
    /// What agents are truly weak in at the end of the span; a planted weakness shows in several measures.
    pub weak_spots: Vec<WeakSpot>,
    /// What happened to shops.
    pub events: Vec<Event>,
    /// Trainings that were held; none in short spans.
    pub trainings: Vec<Training>,
}

impl Truth {
    pub(crate) fn of(org: &Organisation) -> Self {
        let agents: Vec<AgentTruth> = (org.places.iter().zip(&org.skills).zip(&org.earlier).zip(&org.staff))
            .map(|(((place, skill), earlier), person)| AgentTruth {
                account: person.account.clone(),
                shop: SHOPS[place.shop].code,
                team: TEAMS[place.team].0,
                joined_on: person.joined_on,
                skill: skill.clone(),
                earlier: earlier.clone(),
            })
            .collect();
        let weak_spots = agents.iter().flat_map(|agent| weak_spots(agent, &agents)).collect();
        Self { agents, weak_spots, events: org.events.clone(), trainings: org.trainings.clone() }
    }

    /// The agent of an account.
    pub fn agent(&self, account: &str) -> Option<&AgentTruth> {
        self.agents.iter().find(|agent| agent.account == account)
    }

    /// The agent's expected value of a measure at the end of the span; `None` for a key whose truth is
    /// not known.
    pub fn expected(&self, account: &str, key: &str) -> Option<f64> {
        self.agent(account).and_then(|agent| expected(&agent.skill, key))
    }

    /// The same over the days from `first` to `last`, each counting alike.
    pub fn expected_over(&self, account: &str, key: &str, first: NaiveDate, last: NaiveDate) -> Option<f64> {
        let agent = self.agent(account)?;
        let (mut sum, mut days) = (0.0, 0.0);
        for day in first.iter_days().take_while(|day| *day <= last) {
            sum += expected(skill_at(&agent.skill, agent.earlier.as_ref(), day), key)?;
            days += 1.0;
        }
        (days > 0.0).then(|| sum / days)
    }

    /// How much worse than his team the agent truly is in a measure, as [`WeakSpot::ratio`]; ordinary
    /// people lie around 1 and below 1.35, where weak spots begin. `None` for an unknown account or
    /// key, or without others in the team.
    pub fn ratio(&self, account: &str, key: &str) -> Option<f64> {
        let agent = self.agent(account)?;
        let own = expected(&agent.skill, key)?;
        Some(ratio(key, own, peers(agent, &self.agents, key)?))
    }

    /// Whether the agent is truly weak in the measure.
    pub fn is_weak(&self, account: &str, key: &str) -> bool {
        self.weak_spots.iter().any(|spot| spot.account == account && spot.key == key)
    }

    /// Keys of the measures of which the truth is known.
    pub fn measures() -> impl Iterator<Item = &'static str> {
        MEASURES.iter().map(|(key, _)| *key)
    }
}

fn ratio(key: &str, own: f64, peers: f64) -> f64 {
    let more_is_worse = MEASURES.iter().any(|(k, worse)| *k == key && *worse);
    if more_is_worse { own / peers } else { (1.0 - own) / (1.0 - peers) }
}

/// How much worse than the team (see [`WeakSpot::ratio`]) counts as weak, not as a difference
/// such as there is between ordinary people.
const MATERIAL: f64 = 1.35;

fn weak_spots(agent: &AgentTruth, all: &[AgentTruth]) -> Vec<WeakSpot> {
    let Some(weakness) = agent.skill.weakness else { return Vec::new() };
    let spot = |key| {
        let spot = WeakSpot {
            account: agent.account.clone(),
            shop: agent.shop,
            team: agent.team,
            key,
            weakness,
            expected: expected(&agent.skill, key)?,
            peers: peers(agent, all, key)?,
        };
        (spot.ratio() >= MATERIAL).then_some(spot)
    };
    Truth::measures().filter_map(spot).collect()
}

/// Mean expected value of the others in the agent's team; `None` if there are none.
fn peers(agent: &AgentTruth, all: &[AgentTruth], key: &str) -> Option<f64> {
    let values: Vec<f64> = (all.iter())
        .filter(|a| a.shop == agent.shop && a.team == agent.team && a.account != agent.account)
        .filter_map(|peer| expected(&peer.skill, key))
        .collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The expected value of a measure at usual load, without events. It leaves handovers, the cap of
/// two hours and customers' unrelated returns out of account; figures from many chats lie within
/// some per cent of it.
pub(crate) fn expected(skill: &Skill, key: &str) -> Option<f64> {
    let kept = 1.0 - skill.leaves_unanswered;
    // Rounds asked after the first, each only if the one before was answered.
    let mut later = 0.0;
    for (rounds, p) in FOLLOW_ROUNDS.iter().enumerate() {
        later += p * (0..rounds).map(|i| kept.powi(i as i32 + 1)).sum::<f64>();
    }
    let thanks =
        THANKS * FOLLOW_ROUNDS.iter().enumerate().map(|(n, p)| p * kept.powi(n as i32 + 1)).sum::<f64>();
    let answered_later = later * kept + thanks * skill.courtesy;
    let value = match key {
        "first_response" => mean(skill, skill.first_median),
        "average_response" => {
            let seconds =
                kept * mean(skill, skill.first_median) + answered_later * mean(skill, skill.follow_median);
            seconds / (kept + answered_later)
        }
        "answered_within_180" => {
            let quick = kept * within(skill, skill.first_median, 180.0)
                + answered_later * within(skill, skill.follow_median, 180.0);
            quick / (1.0 + later + thanks)
        }
        "jd_30s" => kept * within(skill, skill.first_median, 30.0),
        "unanswered" => skill.leaves_unanswered,
        "satisfaction" => skill.satisfaction,
        "resolution" => kept * (1.0 - skill.unsolved) + skill.leaves_unanswered * 0.1,
        "fcr" => {
            let unsolved = kept * skill.unsolved + skill.leaves_unanswered * 0.9;
            1.0 - (0.45 * unsolved + 0.04 * (1.0 - unsolved))
        }
        _ => return None,
    };
    Some(value)
}

/// Mean wait in seconds: a log-normal, lengthened now and then by a log-normal factor.
fn mean(skill: &Skill, median: f64) -> f64 {
    let lengthened = Skill::INTERRUPTION_FACTOR * (Skill::INTERRUPTION_SPREAD.powi(2) / 2.0).exp();
    let factor = 1.0 - skill.interruption + skill.interruption * lengthened;
    median * (skill.spread.powi(2) / 2.0).exp() * factor
}

/// Probability of a wait of at most `limit` seconds.
fn within(skill: &Skill, median: f64, limit: f64) -> f64 {
    let wide = skill.spread.hypot(Skill::INTERRUPTION_SPREAD);
    // Waits are rounded to whole seconds.
    let limit = limit + 0.5;
    (1.0 - skill.interruption) * normal_cdf((limit / median).ln() / skill.spread)
        + skill.interruption * normal_cdf((limit / (median * Skill::INTERRUPTION_FACTOR)).ln() / wide)
}

/// Standard normal distribution function (Abramowitz & Stegun 26.2.17; error below 7.5e-8).
fn normal_cdf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let tail = poly * (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if x >= 0.0 { 1.0 - tail } else { tail }
}
