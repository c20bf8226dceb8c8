//! The definitions again, word for word and slowly: every figure is read off the messages of all
//! conversations for one scope and period at a time. Nothing is shared with the code under test but
//! the types of the input.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Timelike};

use super::super::*;
use super::build::Chat;

/// A question: which figures of whom and when.
pub(super) struct Asked<'a> {
    pub(super) chats: &'a [Chat],
    pub(super) scope: Scope,
    pub(super) days: &'a dyn Fn(NaiveDate) -> bool,
    pub(super) team_of: &'a dyn Fn(u32, NaiveDate) -> Option<u32>,
}

/// The customer message at `first` started a round.
struct SlowRound<'a> {
    chat: &'a Chat,
    opens_conversation: bool,
    start: i64,
    answer: Option<i64>,
    owner: Option<u32>,
    customer_times: Vec<i64>,
}

impl SlowRound<'_> {
    fn response(&self) -> Option<i64> {
        self.answer.map(|answer| answer - self.start)
    }
}

fn local(chat: &Chat, at: i64) -> (NaiveDate, u32) {
    // The zone's own day is tested by itself; the hour is that of the zone in force.
    let zones = [chrono_tz::Tz::Asia__Shanghai, chrono_tz::Tz::Europe__Berlin];
    let zone = zones.into_iter().find(|zone| chat.zone == ShopZone::new(*zone)).unwrap();
    let time = DateTime::from_timestamp(at, 0).unwrap().with_timezone(&zone);
    (time.date_naive(), time.hour())
}

fn wrote(chat: &Chat, sender: Sender) -> Vec<Utterance> {
    let all = chat.timeline.utterances().iter().copied();
    all.filter(|u| u.sender == sender).collect()
}

/// Every customer message before which, looking back past robots, there is no customer message.
fn slow_rounds(chat: &Chat) -> Vec<SlowRound<'_>> {
    let people: Vec<Utterance> = (chat.timeline.utterances().iter().copied())
        .filter(|u| matches!(u.sender, Sender::Customer | Sender::Agent))
        .collect();
    let is_start =
        |i: usize| people[i].sender == Sender::Customer && (i == 0 || people[i - 1].sender == Sender::Agent);
    (0..people.len())
        .filter(|&i| is_start(i))
        .map(|i| {
            let answer = people[i..].iter().find(|u| u.sender == Sender::Agent);
            let last_agent = people[..i].iter().rfind(|u| u.sender == Sender::Agent);
            let unanswered_owner = people[i].agent.or(last_agent.and_then(|u| u.agent));
            let mine = people[i..].iter().take_while(|u| u.sender == Sender::Customer);
            SlowRound {
                chat,
                opens_conversation: people[..i].iter().all(|u| u.sender == Sender::Agent),
                start: people[i].at,
                answer: answer.map(|u| u.at),
                owner: answer.map_or(unanswered_owner, |u| u.agent),
                customer_times: mine.map(|u| u.at).collect(),
            }
        })
        .collect()
}

fn mean(values: &[i64]) -> (Option<f64>, Option<u64>) {
    let n = values.len() as u64;
    let value = values.iter().sum::<i64>() as f64 / n as f64;
    ((n > 0).then_some(value), Some(n))
}

fn share(values: &[bool]) -> (Option<f64>, Option<u64>) {
    mean(&values.iter().map(|&hit| i64::from(hit)).collect::<Vec<_>>())
}

fn quotient(part: usize, n: usize) -> (Option<f64>, Option<u64>) {
    ((n > 0).then(|| part as f64 / n as f64), Some(n as u64))
}

impl Asked<'_> {
    fn mine(&self, owner: Option<u32>, day: NaiveDate) -> bool {
        match self.scope {
            Scope::Shop => true,
            Scope::Team(team) => owner.and_then(|agent| (self.team_of)(agent, day)) == team,
            Scope::Agent(agent) => owner == agent,
        }
    }

    fn start_day(chat: &Chat) -> Option<NaiveDate> {
        let first = chat.timeline.utterances().first().map(|u| u.at);
        first.or(chat.opened_at).map(|at| local(chat, at).0)
    }

    /// Agents who wrote, else who should have.
    fn credited(chat: &Chat) -> BTreeSet<Option<u32>> {
        let wrote: BTreeSet<_> = wrote(chat, Sender::Agent).iter().map(|u| u.agent).collect();
        if !wrote.is_empty() {
            return wrote;
        }
        let owner = slow_rounds(chat).first().and_then(|round| round.owner);
        BTreeSet::from([owner])
    }

    fn credited_on(&self, chat: &Chat, day: NaiveDate) -> bool {
        (self.days)(day) && Self::credited(chat).iter().any(|&agent| self.mine(agent, day))
    }

    /// Conversations of the period credited to the scope, by whether customer and agent wrote.
    fn conversations(&self, customer: bool, agent: bool) -> Vec<&Chat> {
        let kind = |chat: &&Chat| {
            wrote(chat, Sender::Customer).is_empty() != customer
                && wrote(chat, Sender::Agent).is_empty() != agent
        };
        let mine = |chat: &&Chat| Self::start_day(chat).is_some_and(|d| self.credited_on(chat, d));
        self.chats.iter().filter(kind).filter(mine).collect()
    }

    fn contacts(&self) -> Vec<&Chat> {
        let mut contacts = self.conversations(true, true);
        contacts.extend(self.conversations(true, false));
        contacts
    }

    /// Rounds of the scope that start in the period, only those in the window if asked.
    fn rounds(&self, hours: std::ops::Range<u32>) -> Vec<SlowRound<'_>> {
        let keep = |round: &SlowRound<'_>| {
            let (day, hour) = local(round.chat, round.start);
            (self.days)(day) && self.mine(round.owner, day) && hours.contains(&hour)
        };
        self.chats.iter().flat_map(slow_rounds).filter(keep).collect()
    }

    /// Rounds of the scope in the conversations that start in the period.
    fn rounds_of_conversations(&self) -> Vec<SlowRound<'_>> {
        let keep = |round: &SlowRound<'_>| {
            let day = Self::start_day(round.chat).unwrap();
            (self.days)(day) && self.mine(round.owner, day)
        };
        self.chats.iter().flat_map(slow_rounds).filter(keep).collect()
    }

    /// Customer messages sent in the period: customer, day, hour, wait.
    fn messages(&self) -> Vec<(u32, NaiveDate, u32, Option<i64>)> {
        let mut messages = Vec::new();
        for round in self.chats.iter().flat_map(slow_rounds) {
            for &at in &round.customer_times {
                let (day, hour) = local(round.chat, at);
                if (self.days)(day) && self.mine(round.owner, day) {
                    let wait = round.answer.map(|answer| answer - at);
                    messages.push((round.chat.customer, day, hour, wait));
                }
            }
        }
        messages
    }

    fn agent_messages(&self) -> usize {
        let mut count = 0;
        for chat in self.chats.iter().filter(|chat| !wrote(chat, Sender::Customer).is_empty()) {
            let day = Self::start_day(chat).unwrap();
            let mine = |u: &&Utterance| (self.days)(day) && self.mine(u.agent, day);
            count += wrote(chat, Sender::Agent).iter().filter(mine).count();
        }
        count
    }

    fn first_responses(&self) -> Vec<i64> {
        let mut times: Vec<i64> = (self.rounds_of_conversations().iter())
            .filter(|round| round.opens_conversation)
            .filter_map(SlowRound::response)
            .collect();
        times.sort_unstable();
        times
    }

    pub(super) fn percentile(&self, percent: f64) -> Option<f64> {
        let times = self.first_responses();
        let rank = (percent / 100.0 * times.len() as f64).ceil() as usize;
        times.get(rank.wrapping_sub(1)).map(|&s| s as f64)
    }

    fn handling(&self) -> Vec<i64> {
        let mut times = Vec::new();
        for chat in self.conversations(true, true) {
            let day = Self::start_day(chat).unwrap();
            let mut mine = wrote(chat, Sender::Agent);
            mine.retain(|u| self.mine(u.agent, day));
            match chat.channel {
                Channel::Phone => times.extend(chat.call_s.map(i64::from)),
                _ => times.push(mine[mine.len() - 1].at - mine[0].at),
            }
        }
        times
    }

    fn ratings(&self) -> Vec<bool> {
        let mut good = Vec::new();
        for chat in self.chats {
            for rating in &chat.ratings {
                if self.credited_on(chat, local(chat, rating.at).0) {
                    good.push(rating.score >= Score::new(4).unwrap());
                }
            }
        }
        good
    }

    fn resolution(&self) -> Vec<bool> {
        let mut contacts = self.contacts();
        let bare = self.conversations(false, false);
        contacts.extend(bare.iter().filter(|chat| chat.timeline.utterances().is_empty()));
        let closed = contacts.iter().filter(|chat| chat.closing != Closing::Open);
        closed.map(|chat| chat.closing == Closing::Solved).collect()
    }

    fn pdd(&self) -> (Option<f64>, Option<u64>) {
        let mut messages = self.messages();
        messages.retain(|&(_, _, hour, _)| (8..23).contains(&hour));
        let asked: BTreeSet<_> = messages.iter().map(|m| (m.0, m.1)).collect();
        messages.retain(|&(_, _, _, wait)| wait.is_none_or(|s| s > 3600));
        let bad: BTreeSet<_> = messages.iter().map(|m| (m.0, m.1)).collect();
        quotient(asked.len() - bad.len(), asked.len())
    }

    fn kuaishou(&self) -> (Option<f64>, Option<u64>) {
        let mut rounds = self.rounds(8..23);
        rounds.retain(|round| round.answer.is_some());
        let reached: BTreeSet<_> = rounds.iter().map(|r| r.chat.customer).collect();
        rounds.retain(|round| round.response() > Some(180));
        let late: BTreeSet<_> = rounds.iter().map(|r| r.chat.customer).collect();
        quotient(reached.len() - late.len(), reached.len())
    }

    fn wangwang(&self) -> Vec<i64> {
        let same_day = |r: &&SlowRound<'_>| {
            r.answer.is_some_and(|answer| local(r.chat, answer).0 == local(r.chat, r.start).0)
        };
        (self.rounds(0..24).iter().filter(same_day))
            .filter_map(SlowRound::response)
            .filter(|&s| s != 0)
            .map(|s| s.min(600))
            .collect()
    }

    fn jd(&self) -> Vec<bool> {
        (self.rounds_of_conversations().iter())
            .filter(|round| round.opens_conversation)
            .filter(|round| {
                let first = round.chat.timeline.utterances()[0].at;
                (9..23).contains(&local(round.chat, first).1)
            })
            .map(|round| round.response().is_some_and(|s| s <= 30))
            .collect()
    }

    fn douyin(&self) -> Vec<bool> {
        let mut hits = Vec::new();
        for round in self.rounds_of_conversations() {
            for &at in &round.customer_times {
                if (8..23).contains(&local(round.chat, at).1) {
                    hits.push(round.answer.is_some_and(|answer| answer - at <= 180));
                }
            }
        }
        hits
    }

    fn customer_messages(&self) -> usize {
        let rounds = self.rounds_of_conversations();
        rounds.iter().map(|round| round.customer_times.len()).sum()
    }

    /// Value and denominator.
    pub(super) fn value(&self, figure: Figure) -> (Option<f64>, Option<u64>) {
        let count = |n: usize| (Some(n as f64), None);
        let within = |rounds: &[SlowRound<'_>], limit: i64| {
            let hit = |r: &SlowRound<'_>| r.response().is_some_and(|s| s <= limit);
            share(&rounds.iter().map(hit).collect::<Vec<_>>())
        };
        let all = || self.rounds(0..24);
        match figure {
            Figure::Outbound => count(self.conversations(false, true).len()),
            Figure::Conversations => count(self.conversations(true, true).len()),
            Figure::Unanswered => count(self.conversations(true, false).len()),
            Figure::Customers => {
                let people: BTreeSet<_> = self.messages().iter().map(|m| m.0).collect();
                count(people.len())
            }
            Figure::Rounds => count(all().len()),
            Figure::CustomerMessages => count(self.customer_messages()),
            Figure::AgentMessages => count(self.agent_messages()),
            Figure::FirstResponse => mean(&self.first_responses()),
            Figure::AverageResponse => {
                mean(&all().iter().filter_map(SlowRound::response).collect::<Vec<_>>())
            }
            Figure::AnsweredWithin(limit) => within(&all(), i64::from(limit)),
            Figure::ReplyRatio => quotient(self.agent_messages(), self.customer_messages()),
            Figure::HandlingTime => mean(&self.handling()),
            Figure::Satisfaction | Figure::JdSatisfaction => share(&self.ratings()),
            Figure::Resolution => share(&self.resolution()),
            Figure::Fcr(_) => unreachable!("compared on its own"),
            Figure::Taobao3min => within(&self.rounds(8..23), 180),
            Figure::WangwangResponse => mean(&self.wangwang()),
            Figure::PddEffectiveReply => self.pdd(),
            Figure::Jd30s => share(&self.jd()),
            Figure::Douyin3min => share(&self.douyin()),
            Figure::Kuaishou3min => self.kuaishou(),
        }
    }

    pub(super) fn rated_share(&self) -> Option<f64> {
        let contacts = self.contacts();
        let rated = contacts.iter().filter(|chat| !chat.ratings.is_empty());
        quotient(rated.count(), contacts.len()).0
    }
}
