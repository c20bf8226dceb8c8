//! One conversation, from the first word to the rating: who says which kind of line when.
//! Words are only chosen here; `render` fills them in when the message is asked for.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};
use rand::{Rng, RngCore};

use crate::catalogue::SHOPS;
use crate::conversation::{Arrival, Call, Conversation, Line, Verdict};
use crate::draw::{Dice, Purpose, between, chance, dice, index, log_normal, weighted};
use crate::model::{Channel, Outcome, Sender};
use crate::organisation::Organisation;
use crate::roster::Roster;
use crate::texts::{Exchange, Phase, Pool, Situation, situations};

/// Probabilities of 0, 1, 2 and 3 questions after the first answer.
pub(crate) const FOLLOW_ROUNDS: [f64; 4] = [0.28, 0.34, 0.24, 0.14];
/// Probability that an answered customer says thank you.
pub(crate) const THANKS: f64 = 0.55;
/// How much more often solved contacts are rated well than unsolved ones.
const RATING_GAP: f64 = 0.25;

/// Lets a conversation happen and books it on the desks of those who take part.
pub(crate) fn converse(
    org: &Organisation,
    roster: &mut Roster,
    arrival: Arrival,
    serial: u64,
    id: Arc<str>,
) -> Conversation {
    let mut dice = dice(org.plan.seed, Purpose::Conversation, serial);
    let situation = &situations()[arrival.situation];
    let team = team_for(&mut dice, arrival.shop, situation.phase);
    let agent = roster.pick(&mut dice, org, arrival.shop, team, arrival.at);
    let phone =
        agent.is_some() && !arrival.outbound && situation.phase != Phase::PreSales && chance(&mut dice, 0.03);
    let burden = agent.map_or(1.0, |a| roster.burden(a, arrival.at)) * org.slowness(arrival.shop, arrival.at);
    let mut talk = Talk {
        org,
        dice,
        situation,
        agent,
        burden,
        phone,
        now: arrival.at,
        lines: Vec::with_capacity(12),
        takers: agent.into_iter().collect(),
    };
    let answered = match (agent, arrival.outbound) {
        (None, _) => talk.night(),
        (Some(_), true) => talk.outbound(),
        (Some(_), false) => talk.day(roster, &arrival),
    };
    talk.finish(roster, arrival, serial, id, answered)
}

/// The team a conversation is routed to; robots send some after-sales matters to pre-sales.
fn team_for(dice: &mut Dice, shop: usize, phase: Phase) -> usize {
    let complaints = SHOPS[shop].agents[2] > 0;
    match phase {
        Phase::PreSales => 0,
        Phase::Complaint if complaints && chance(dice, 0.7) => 2,
        _ if chance(dice, 0.1) => 0,
        _ => 1,
    }
}

struct Talk<'a> {
    org: &'a Organisation,
    dice: Dice,
    situation: &'static Situation,
    agent: Option<usize>,
    /// Factor on waits from load and events.
    burden: f64,
    phone: bool,
    now: NaiveDateTime,
    lines: Vec<Line>,
    /// Agents who took part.
    takers: Vec<usize>,
}

impl Talk<'_> {
    fn say_at(&mut self, at: NaiveDateTime, sender: Sender, template: &'static str) {
        let agent = match sender {
            Sender::Customer | Sender::Agent => self.agent.map(|a| a as u16),
            Sender::Robot | Sender::System => None,
        };
        let salt = self.dice.next_u32();
        self.lines.push(Line { at, sender, agent, template, salt });
    }

    fn say(&mut self, sender: Sender, template: &'static str) {
        self.say_at(self.now, sender, template);
    }

    fn one_of(&mut self, lines: &[&'static str]) -> &'static str {
        lines[index(&mut self.dice, lines.len())]
    }

    fn any(&mut self, pool: Pool) -> &'static str {
        self.one_of(pool.lines())
    }

    fn pause(&mut self, low: f64, high: f64) {
        let seconds = between(&mut self.dice, low, high) as i64;
        self.now += TimeDelta::seconds(seconds);
    }

    /// The customer reads and thinks; now and then he goes away and measures something.
    fn think(&mut self) {
        let mut seconds = log_normal(&mut self.dice, 28.0, 0.8).clamp(3.0, 600.0);
        if chance(&mut self.dice, 0.03) {
            seconds = between(&mut self.dice, 600.0, 2400.0);
        }
        self.now += TimeDelta::seconds(seconds as i64);
    }

    /// At night the robot answers, and nobody else.
    fn night(&mut self) -> bool {
        let opening = self.one_of(&self.situation.openings);
        self.say(Sender::Customer, opening);
        self.pause(1.0, 4.0);
        let robot = self.any(Pool::RobotNight);
        self.say(Sender::Robot, robot);
        if chance(&mut self.dice, 0.4) {
            self.think();
            let again = self.any(Pool::NightAgain);
            self.say(Sender::Customer, again);
            self.pause(1.0, 4.0);
            let robot = self.any(Pool::RobotNight);
            self.say(Sender::Robot, robot);
        }
        false
    }

    /// The agent writes first; few customers answer.
    fn outbound(&mut self) -> bool {
        let first = self.any(Pool::Outbound);
        self.say(Sender::Agent, first);
        if !chance(&mut self.dice, 0.35) {
            return false;
        }
        self.pause(60.0, 3000.0);
        let reply = self.any(Pool::OutboundReply);
        let answer = self.any(Pool::OutboundAnswer);
        self.round(true, &[reply], &[answer], false)
    }

    /// An ordinary conversation: whether it was answered at all.
    fn day(&mut self, roster: &mut Roster, arrival: &Arrival) -> bool {
        if !self.opening(arrival.again) {
            return false;
        }
        self.hand_over(roster, arrival.shop);
        for exchange in self.exchanges() {
            self.think();
            let mut question = vec![exchange.question];
            self.embellish(&mut question);
            let answer = self.styled(exchange.good, exchange.poor);
            if !self.round(false, &question, &[answer], false) {
                return true;
            }
        }
        self.closing();
        true
    }

    fn exchanges(&mut self) -> Vec<Exchange> {
        let wanted = weighted(&mut self.dice, &FOLLOW_ROUNDS);
        let mut left = self.situation.follow.clone();
        (0..wanted.min(left.len())).map(|_| left.remove(index(&mut self.dice, left.len()))).collect()
    }

    /// The good words with the probability of the agent's style, else the poor ones.
    fn styled(&mut self, good: &'static str, poor: &'static str) -> &'static str {
        let style = self.agent.map_or(1.0, |a| self.org.skill(a, self.now).style);
        if chance(&mut self.dice, style) {
            good
        } else if chance(&mut self.dice, 0.3) {
            self.any(Pool::Curt)
        } else {
            poor
        }
    }

    /// Adds the short messages in which people chop what they say.
    fn embellish(&mut self, question: &mut Vec<&'static str>) {
        if chance(&mut self.dice, 0.28) {
            question.push(self.any(Pool::Extra));
        }
        let personal = if self.situation.phase == Phase::PreSales { 0.02 } else { 0.11 };
        if chance(&mut self.dice, personal) {
            question.push(self.any(Pool::Personal));
        }
    }

    fn opening(&mut self, again: bool) -> bool {
        let mut question = Vec::with_capacity(4);
        if chance(&mut self.dice, 0.35) {
            question.push(self.any(Pool::Hello));
        }
        if again {
            question.push(self.any(Pool::Again));
        }
        question.push(self.one_of(&self.situation.openings));
        self.embellish(&mut question);
        let good = self.one_of(&self.situation.good);
        let poor = self.one_of(&self.situation.poor);
        let answer = self.styled(good, poor);
        let robot = !self.phone && chance(&mut self.dice, 0.75);
        if answer == good && chance(&mut self.dice, 0.45) {
            let hello = self.any(Pool::AgentHello);
            self.round(true, &question, &[hello, answer], robot)
        } else {
            self.round(true, &question, &[answer], robot)
        }
    }

    /// One round: the customer's lines, the wait, the answer. False if none comes, which ends the chat.
    fn round(
        &mut self,
        first: bool,
        question: &[&'static str],
        answer: &[&'static str],
        robot: bool,
    ) -> bool {
        let org = self.org;
        let skill = self.agent.map(|a| org.skill(a, self.now));
        let left = skill.is_none_or(|s| chance(&mut self.dice, s.leaves_unanswered));
        // Who is left alone waits some minutes for nothing.
        let wait = match skill {
            Some(skill) if !left => skill.wait(&mut self.dice, first, self.burden),
            _ => between(&mut self.dice, 200.0, 900.0) as i64,
        };
        let start = self.now;
        let mut offset = 0;
        for (i, line) in question.iter().enumerate() {
            // All of them come before the answer: what follows it would be a new round.
            let at = start + TimeDelta::seconds(offset.min(wait * 4 / 5));
            self.say_at(at, Sender::Customer, line);
            if i == 0 && robot {
                let greeting = self.any(Pool::Robot);
                self.say_at(at + TimeDelta::seconds(1), Sender::Robot, greeting);
            }
            offset += self.dice.random_range(3..18);
        }
        if !self.phone {
            self.nudge(start, offset, wait);
        }
        self.now = start + TimeDelta::seconds(wait);
        if left {
            return false;
        }
        for (i, line) in answer.iter().enumerate() {
            if i > 0 {
                self.pause(3.0, 16.0);
            }
            self.say(Sender::Agent, line);
        }
        true
    }

    /// The customer grows impatient.
    fn nudge(&mut self, start: NaiveDateTime, from: i64, wait: i64) {
        let mut at = from.max(45) + self.dice.random_range(0..60);
        for _ in 0..3 {
            if at >= wait {
                return;
            }
            if chance(&mut self.dice, 0.55) {
                let nudge = self.any(Pool::Nudge);
                self.say_at(start + TimeDelta::seconds(at), Sender::Customer, nudge);
            }
            // Each nudge waits at least twice as long as the one before.
            at = 2 * at + self.dice.random_range(10..120);
        }
    }

    /// Passes the chat to the team it belongs to, or to a colleague without need.
    fn hand_over(&mut self, roster: &mut Roster, shop: usize) {
        let Some(from) = self.agent else { return };
        let team = self.org.places[from].team;
        let misrouted = self.situation.phase != Phase::PreSales && team == 0;
        let skill = self.org.skill(from, self.now);
        if !chance(&mut self.dice, if misrouted { 0.85 } else { skill.handover }) {
            return;
        }
        // What is misrouted belongs to after-sales; the rest stays in the team.
        let team = if misrouted { 1 } else { team };
        let Some(to) = roster.colleague(&mut self.dice, self.org, from, team, self.now) else { return };
        self.pause(4.0, 20.0);
        let words = self.any(Pool::Transfer);
        self.say(Sender::Agent, words);
        self.pause(1.0, 3.0);
        let notice = self.any(Pool::TransferSystem);
        self.say(Sender::System, notice);
        self.agent = Some(to);
        self.takers.push(to);
        self.burden = roster.burden(to, self.now) * self.org.slowness(shop, self.now);
        let wait = self.org.skill(to, self.now).wait(&mut self.dice, false, self.burden);
        self.now += TimeDelta::seconds(wait);
        let hello = self.any(if misrouted { Pool::TransferHello } else { Pool::AgentHello });
        self.say(Sender::Agent, hello);
        self.pause(4.0, 20.0);
        let answer = self.one_of(&self.situation.good);
        self.say(Sender::Agent, answer);
    }

    /// Thanks, which may stay unanswered, or the agent's closing words.
    fn closing(&mut self) {
        let Some(agent) = self.agent else { return };
        if chance(&mut self.dice, THANKS) {
            self.think();
            let thanks = self.any(Pool::Thanks);
            self.say(Sender::Customer, thanks);
            let skill = self.org.skill(agent, self.now);
            if chance(&mut self.dice, skill.courtesy) {
                let wait = skill.wait(&mut self.dice, false, self.burden);
                self.now += TimeDelta::seconds(wait);
                let answer = self.any(Pool::ThanksAnswer);
                self.say(Sender::Agent, answer);
            }
        } else if chance(&mut self.dice, 0.3) {
            self.pause(60.0, 240.0);
            let words = self.any(Pool::Closing);
            self.say(Sender::Agent, words);
        }
        if !self.phone && chance(&mut self.dice, 0.15) {
            self.pause(5.0, 60.0);
            let invite = self.any(Pool::Invite);
            self.say(Sender::System, invite);
        }
    }

    fn finish(
        mut self,
        roster: &mut Roster,
        arrival: Arrival,
        serial: u64,
        id: Arc<str>,
        answered: bool,
    ) -> Conversation {
        self.lines.sort_by_key(|line| line.at);
        let end = self.lines.last().map_or(arrival.at, |line| line.at.max(self.now));
        for agent in &self.takers {
            roster.take(*agent, end);
        }
        let closed_at = end + TimeDelta::seconds(self.dice.random_range(30..600));
        let unsolved = self.unsolved(answered);
        let solved = !chance(&mut self.dice, unsolved);
        let verdict = if answered { self.verdict(&arrival, solved, closed_at) } else { None };
        let back_at = self.back_at(&arrival, solved, closed_at);
        let named = self.lines.iter().any(|line| line.template.contains("{order}"));
        let ordered = named || arrival.outbound || self.situation.phase != Phase::PreSales;
        let order_id = ordered.then(|| order_number(&mut self.dice, arrival.shop, &arrival));
        let talk = (end - arrival.at).num_seconds().clamp(20, 3600) as u32;
        let call = self.phone.then(|| Call {
            talk,
            hold: self.dice.random_range(0..talk / 4 + 5),
            after: self.dice.random_range(20..180),
        });
        Conversation {
            serial,
            id,
            shop: arrival.shop,
            situation: arrival.situation,
            channel: if self.phone { Channel::Phone } else { Channel::Chat },
            customer: arrival.customer,
            order_id,
            product: arrival.product,
            slots: self.dice.next_u64(),
            lines: self.lines,
            outcome: if solved { Outcome::Solved } else { Outcome::Unsolved },
            closed_at,
            call,
            verdict,
            back_at,
        }
    }

    fn unsolved(&self, answered: bool) -> f64 {
        match self.agent {
            Some(agent) if answered => self.org.skill(agent, self.now).unsolved,
            Some(_) => 0.9,
            // Robots settle about half of what they are asked.
            None => 0.5,
        }
    }

    /// The rating of the agent who had the chat last. Solved contacts are rated better, in such a
    /// way that the agent's satisfaction stays what his parameter says.
    fn verdict(&mut self, arrival: &Arrival, solved: bool, closed_at: NaiveDateTime) -> Option<Verdict> {
        let skill = self.org.skill(self.agent?, self.now);
        if !chance(&mut self.dice, skill.rated) {
            return None;
        }
        let shift = if solved { skill.unsolved } else { skill.unsolved - 1.0 };
        let fault =
            if self.org.cluster(arrival.shop, arrival.situation, arrival.at).is_some() { 0.3 } else { 0.0 };
        let good = chance(&mut self.dice, skill.satisfaction + RATING_GAP * shift - fault);
        let score = match (good, weighted(&mut self.dice, &[0.45, 0.2, 0.35])) {
            (true, 1) => 4,
            (true, _) => 5,
            (false, low) => [3, 2, 1][low],
        };
        let pool = if good { Pool::Praise } else { Pool::Blame };
        let comment =
            if chance(&mut self.dice, if good { 0.15 } else { 0.45 }) { Some(self.any(pool)) } else { None };
        let delay = log_normal(&mut self.dice, 400.0, 1.2).clamp(10.0, 80_000.0) as i64;
        Some(Verdict { at: closed_at + TimeDelta::seconds(delay), score, comment })
    }

    /// Unsolved matters come back within 72 hours, most of the day's hours.
    fn back_at(
        &mut self,
        arrival: &Arrival,
        solved: bool,
        closed_at: NaiveDateTime,
    ) -> Option<NaiveDateTime> {
        let p = match (arrival.outbound, solved) {
            (true, _) => return None,
            (false, true) => 0.04,
            (false, false) => 0.45,
        };
        if !chance(&mut self.dice, p) {
            return None;
        }
        let hours = TimeDelta::seconds(self.dice.random_range(3600..60 * 3600));
        let at = closed_at + hours;
        let day_begins = at.date().and_hms_opt(9, 0, 0).unwrap_or(at);
        Some(if at < day_begins { at + TimeDelta::hours(9) } else { at })
    }
}

/// An order number in the manner of the shop's platform: 19 digits, or a date and 15 digits.
fn order_number(dice: &mut Dice, shop: usize, arrival: &Arrival) -> Arc<str> {
    let tail: u64 = dice.random_range(0..1_000_000_000_000_000);
    if SHOPS[shop].message_ids {
        Arc::from(format!("2{:03}{tail:015}", 100 + dice.random_range(0..900)).as_str())
    } else {
        Arc::from(format!("{}-{tail:015}", arrival.at.format("%y%m%d")).as_str())
    }
}
