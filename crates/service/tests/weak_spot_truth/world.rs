//! A simulated organisation, judged.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use kexun_base::ids::Uuid;
use kexun_people::tenants::ShopId;
use kexun_service::kpi::rules::{
    Channel, Closing, ConversationInput, Period, Rating, Score, Sender, ShopZone, Timeline, Unit, Utterance,
};
use kexun_service::weak_spots::evidence::Evidence;
use kexun_service::weak_spots::measures::Measure;
use kexun_service::weak_spots::rules::{Found, judge};
use kexun_simulation as sim;
use kexun_stats::weak::{Direction, Margin};

/// Shanghai is this far ahead of UTC, seconds.
const AHEAD_S: i64 = 8 * 3600;

/// How much is simulated.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// As `kexun demo --scale small`: 40,000 conversations in 182 days.
    HalfYear,
    /// A month at that pace.
    Month,
    /// A quarter with a quarter of the chats: about 90 an agent.
    Thin,
}

/// A simulated organisation and what was found in it.
pub struct World {
    /// Everything that was found about anybody.
    pub found: Vec<Found>,
    truth: sim::Truth,
    days: (NaiveDate, NaiveDate),
    accounts: Vec<String>,
}

#[derive(Default)]
struct Chat {
    shop: Option<ShopId>,
    messages: Vec<Utterance>,
    ratings: Vec<Rating>,
    closing: Option<Closing>,
}

impl World {
    /// Simulates and judges.
    pub fn simulate(seed: u64, shape: Shape) -> World {
        let last_day = NaiveDate::from_ymd_opt(2026, 6, 30).expect("a date");
        let (conversations, days) = match shape {
            Shape::HalfYear => (40_000, 182),
            Shape::Month => (6_600, 30),
            Shape::Thin => (5_000, 91),
        };
        let plan = sim::Plan { seed, last_day, conversations, days };
        let org = sim::Organisation::build(&plan);
        let truth = org.truth();
        let accounts: Vec<String> = truth.agents.iter().map(|a| a.account.clone()).collect();
        let period = Period::new(plan.first_day(), last_day).expect("a period");
        let mut evidence = Evidence::new(period, Measure::ALWAYS.to_vec());
        let teams = teams(&truth);
        let team_of = |agent: u32, _: NaiveDate| teams.get(agent as usize).copied();
        let zone = ShopZone::default();
        for (number, chat) in chats(&org, &accounts).into_values().enumerate() {
            let timeline = Timeline::new(chat.messages).expect("messages come in order of time");
            let conversation = ConversationInput {
                timeline: &timeline,
                customer: number as u32,
                channel: Channel::Chat,
                zone: &zone,
                opened_at: None,
                call_s: None,
                closing: chat.closing.unwrap_or(Closing::Open),
                ratings: &chat.ratings,
            };
            evidence.add(chat.shop.expect("a chat has messages"), &conversation, &team_of);
        }
        let found = judge(&evidence, &|_, _| None, &|_| true).expect("possible cases").found;
        World { found, truth, days: (plan.first_day(), last_day), accounts }
    }

    /// The account of whom something was found.
    pub fn account(&self, found: &Found) -> &str {
        &self.accounts[found.agent.account as usize]
    }

    /// Whether it is right: worse than the mean of the team's others by the margin, or planted.
    pub fn truly_weak(&self, found: &Found) -> bool {
        let beyond = || {
            let (own, peers) = self.expected(found)?;
            let sign = found.measure.direction().sign();
            let boundary = match found.measure.margin() {
                Margin::Points(points) => peers + sign * points,
                Margin::Factor(factor) => peers * factor.powf(sign),
            };
            Some(sign * (own - boundary) > 0.0)
        };
        self.is_planted(found) || beyond().unwrap_or(false)
    }

    /// Whether a weakness was planted that shows in the measure.
    pub fn is_planted(&self, found: &Found) -> bool {
        self.truth.is_weak(self.account(found), &found.measure.figure().to_string())
    }

    /// Whether he takes only a handful of chats.
    pub fn is_part_timer(&self, found: &Found) -> bool {
        self.truth.agent(self.account(found)).is_some_and(|a| a.skill.quota.is_some())
    }

    /// The true value over the period and the mean of the others' of his team.
    fn expected(&self, found: &Found) -> Option<(f64, f64)> {
        let key = found.measure.figure().to_string();
        let (first, last) = self.days;
        let expected = |account: &str| self.truth.expected_over(account, &key, first, last);
        let me = self.truth.agent(self.account(found))?;
        let others: Vec<f64> = (self.truth.agents.iter())
            .filter(|a| a.shop == me.shop && a.team == me.team && a.account != me.account)
            .filter_map(|a| expected(&a.account))
            .collect();
        let mean = others.iter().sum::<f64>() / others.len() as f64;
        Some((expected(&me.account)?, mean))
    }

    /// A measure's usual value: the median over everybody with cases.
    pub fn usual(&self, measure: Measure) -> f64 {
        let of_measure = self.found.iter().filter(|f| f.measure == measure);
        let mut values: Vec<f64> = of_measure.map(|f| f.finding.value).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    }
}

/// How far a value lies beyond another towards the worse, in margins.
pub fn margins_beyond(measure: Measure, value: f64, reference: f64) -> f64 {
    match (measure.margin(), measure.unit(), measure.direction()) {
        (Margin::Factor(factor), Unit::Seconds, _) => {
            (value.max(0.5) / reference.max(0.5)).ln() / factor.ln()
        }
        (Margin::Points(points), _, Direction::LowerIsWorse) => (reference - value) / points,
        (Margin::Points(points), ..) => (value - reference) / points,
        (Margin::Factor(factor), ..) => (value / reference).ln() / factor.ln(),
    }
}

fn teams(truth: &sim::Truth) -> Vec<u32> {
    let mut names: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let number = |a: &sim::AgentTruth| {
        let next = names.len() as u32 + 1;
        *names.entry((a.shop, a.team)).or_insert(next)
    };
    truth.agents.iter().map(number).collect()
}

fn chats(org: &sim::Organisation, accounts: &[String]) -> BTreeMap<Arc<str>, Chat> {
    let numbers: HashMap<&str, u32> =
        accounts.iter().enumerate().map(|(i, a)| (a.as_str(), i as u32)).collect();
    let shops: HashMap<&str, ShopId> =
        org.shops().enumerate().map(|(i, s)| (s.code, ShopId(Uuid::from_u128(i as u128 + 1)))).collect();
    let mut chats: BTreeMap<Arc<str>, Chat> = BTreeMap::new();
    for message in org.messages() {
        let chat = chats.entry(message.conversation_id).or_default();
        chat.shop = shops.get(message.shop).copied();
        chat.messages.push(Utterance {
            at: message.sent_at.and_utc().timestamp() - AHEAD_S,
            sender: match message.sender {
                sim::Sender::Customer => Sender::Customer,
                sim::Sender::Agent => Sender::Agent,
                sim::Sender::Robot => Sender::Robot,
                sim::Sender::System => Sender::System,
            },
            agent: message.agent.and_then(|a| numbers.get(a).copied()),
        });
    }
    for rating in org.ratings() {
        let at = rating.rated_at.and_utc().timestamp() - AHEAD_S;
        let score = Score::new(rating.score).expect("1 to 5");
        chats.entry(rating.conversation_id).or_default().ratings.push(Rating { at, score });
    }
    for contact in org.contacts() {
        let closing =
            if contact.outcome == sim::Outcome::Solved { Closing::Solved } else { Closing::Unsolved };
        chats.entry(contact.conversation_id).or_default().closing = Some(closing);
    }
    chats
}
