//! One conversation added to the figures of every day and scope it concerns.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cells::{Cell, Scope, Sink};
use super::day::{DayFigures, Share};
use super::input::{Channel, Closing, ConversationInput};
use super::rounds::{Round, rounds};
use super::timeline::{Sender, Utterance};
use super::zone::{Local, Moment, date};

/// `taobao_3min`, `douyin_3min`, `kuaishou_3min`: in time is at most this, seconds.
const THREE_MINUTES_S: u32 = 180;
/// `wangwang_response`: a response time counts at most as this, seconds.
const WANGWANG_CAP_S: u32 = 600;
/// `pdd_effective_reply`: effective is at most this, seconds.
const PDD_LIMIT_S: i64 = 3600;
/// `jd_30s`: in time is at most this, seconds.
const JD_LIMIT_S: u32 = 30;

/// Adds one conversation to all cells concerned. `team_of` gives the team (number) to which an
/// agent (number) belonged on a day. Which figure goes to which day and scope: see the module.
///
/// Which cells it touches depends on the conversation alone (and `team_of`): to replace a
/// conversation, build the cells it touched before and after anew from the conversations of
/// their days. Sets of customers cannot be subtracted from.
pub fn contribute<T, S>(conversation: &ConversationInput<'_>, team_of: &T, sink: &mut S)
where
    T: Fn(u32, NaiveDate) -> Option<u32>,
    S: Sink,
{
    let utterances = conversation.timeline.utterances();
    let first = utterances.first().map_or(0, |u| u.at);
    let last = utterances.last().map_or(0, |u| u.at);
    let mut booking =
        Booking { conversation, local: Local::new(conversation.zone, first, last), team_of, sink };
    let participants = booking.participants();
    booking.whole(&participants);
    booking.ratings(&participants);
    booking.rounds();
}

/// What an agent, or all of a team or shop, wrote in a conversation.
#[derive(Clone, Copy)]
struct Part {
    messages: u64,
    first: i64,
    last: i64,
}

impl Part {
    fn join(&mut self, other: Self) {
        self.messages += other.messages;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// By agent, or by team.
type Parts = BTreeMap<Option<u32>, Part>;

fn join(parts: &mut Parts, key: Option<u32>, part: Part) {
    let joined = parts.entry(key);
    joined.and_modify(|p| p.join(part)).or_insert(part);
}

/// What a conversation is, to the figures that count conversations.
enum Kind {
    /// Customer and agent wrote.
    Served,
    /// A customer wrote and no agent.
    Unanswered,
    /// An agent wrote and no customer.
    Outbound,
    /// There are no messages: only a contact record, if at all.
    NoTranscript,
    /// Only robots or the system wrote.
    NobodyWrote,
}

/// What one round adds to the day it starts.
struct Started {
    customer: u32,
    response_s: Option<u32>,
    in_window: bool,
    answered_same_day: bool,
}

impl Started {
    fn add(&self, figures: &mut DayFigures) {
        let in_time = self.response_s.is_some_and(|s| s <= THREE_MINUTES_S);
        figures.rounds += 1;
        if self.in_window {
            figures.taobao.add(in_time);
        }
        let Some(seconds) = self.response_s else {
            return;
        };
        figures.responses.add(seconds);
        if self.answered_same_day && seconds > 0 {
            figures.wangwang.add(u64::from(seconds.min(WANGWANG_CAP_S)));
        }
        if self.in_window {
            figures.kuaishou_reached.insert(self.customer);
            if !in_time {
                figures.kuaishou_late.insert(self.customer);
            }
        }
    }
}

/// What the customer messages of one round sent on one day add to that day.
struct Asked {
    customer: u32,
    day: i32,
    in_window: bool,
    /// One in the window went unanswered for too long.
    neglected: bool,
}

impl Asked {
    fn add(&self, figures: &mut DayFigures) {
        figures.customers.insert(self.customer);
        if self.in_window {
            let askers = figures.pdd.entry(self.day).or_default();
            askers.asked.insert(self.customer);
            if self.neglected {
                askers.neglected.insert(self.customer);
            }
        }
    }
}

/// What one round adds to the day its conversation starts.
struct Opened {
    customer_messages: u32,
    douyin: Share,
    /// First round of a conversation that started in the window: whether it was in time.
    jd: Option<bool>,
    first_response_s: Option<u32>,
}

impl Opened {
    fn add(&self, figures: &mut DayFigures) {
        figures.customer_messages += u64::from(self.customer_messages);
        figures.douyin.merge(self.douyin);
        self.jd.into_iter().for_each(|in_time| figures.jd.add(in_time));
        self.first_response_s.into_iter().for_each(|s| figures.first_responses.add(s));
    }
}

struct Booking<'a, T, S> {
    conversation: &'a ConversationInput<'a>,
    local: Local<'a>,
    team_of: &'a T,
    sink: &'a mut S,
}

impl<T, S> Booking<'_, T, S>
where
    T: Fn(u32, NaiveDate) -> Option<u32>,
    S: Sink,
{
    /// Whom the conversation is credited to: the agents who wrote, else the owner of its round,
    /// else nobody.
    fn participants(&self) -> Parts {
        let mut parts = Parts::new();
        let utterances = self.conversation.timeline.utterances();
        for utterance in utterances.iter().filter(|u| u.sender == Sender::Agent) {
            let part = Part { messages: 1, first: utterance.at, last: utterance.at };
            join(&mut parts, utterance.agent, part);
        }
        if parts.is_empty() {
            let nothing = Part { messages: 0, first: 0, last: 0 };
            let owner = rounds(utterances).next().and_then(|round| round.agent);
            parts.insert(owner, nothing);
        }
        parts
    }

    fn kind(&self, participants: &Parts) -> Kind {
        let utterances = self.conversation.timeline.utterances();
        let customer = utterances.iter().any(|u| u.sender == Sender::Customer);
        let agent = participants.values().any(|part| part.messages > 0);
        match (customer, agent) {
            (true, true) => Kind::Served,
            (true, false) => Kind::Unanswered,
            (false, true) => Kind::Outbound,
            (false, false) if utterances.is_empty() => Kind::NoTranscript,
            (false, false) => Kind::NobodyWrote,
        }
    }

    /// The figures that count conversations.
    fn whole(&mut self, participants: &Parts) {
        let conversation = self.conversation;
        let first = conversation.timeline.utterances().first().map(|u| u.at);
        let Some(start) = first.or(conversation.opened_at) else {
            return;
        };
        let day = self.day(start);
        let rated = u64::from(!conversation.ratings.is_empty());
        match self.kind(participants) {
            Kind::Served => self.spread(participants, day, |figures, part| {
                figures.conversations += 1;
                figures.rated += rated;
                close(figures, conversation.closing);
                figures.agent_messages += part.messages;
                let handled = match conversation.channel {
                    Channel::Phone => conversation.call_s.map(u64::from),
                    _ => Some((part.last - part.first) as u64),
                };
                handled.into_iter().for_each(|s| figures.handling.add(s));
            }),
            Kind::Unanswered => self.spread(participants, day, |figures, _| {
                figures.unanswered += 1;
                figures.rated += rated;
                close(figures, conversation.closing);
            }),
            Kind::Outbound => self.spread(participants, day, |figures, _| figures.outbound += 1),
            Kind::NoTranscript if conversation.closing != Closing::Open => {
                self.spread(participants, day, |figures, _| {
                    close(figures, conversation.closing);
                });
            }
            Kind::NoTranscript | Kind::NobodyWrote => {}
        }
    }

    fn ratings(&mut self, participants: &Parts) {
        for rating in self.conversation.ratings {
            // Not `self.local`: a rating may be given long after the conversation.
            let day = self.conversation.zone.day(rating.at);
            let score = usize::from(rating.score.0 - 1);
            self.spread(participants, day, |figures, _| figures.scores[score] += 1);
        }
    }

    fn rounds(&mut self) {
        let utterances = self.conversation.timeline.utterances();
        let Some(first) = utterances.first() else {
            return;
        };
        let opening = self.local.at(first.at);
        for (index, round) in rounds(utterances).enumerate() {
            self.round(utterances, &round, opening, index == 0);
        }
    }

    fn round(&mut self, utterances: &[Utterance], round: &Round, opening: Moment, leads: bool) {
        let start = self.local.at(utterances[round.start].at);
        let answer = round.answer.map(|index| self.local.at(utterances[index].at));
        let started = Started {
            customer: self.conversation.customer,
            response_s: round.response_s,
            in_window: daytime(start),
            answered_same_day: answer.is_some_and(|answer| answer.day == start.day),
        };
        let (asked, douyin) = self.messages(utterances, round, start.day);
        let in_time = round.response_s.is_some_and(|s| s <= JD_LIMIT_S);
        let opened = Opened {
            customer_messages: round.customer_messages,
            douyin,
            jd: (leads && opening.within(9, 23)).then_some(in_time),
            first_response_s: round.response_s.filter(|_| leads),
        };
        let agent = round.agent;
        // Nearly always all is of one day: then look its cells up once.
        if start.day == asked.day && start.day == opening.day {
            self.book(agent, start.day, |figures| {
                started.add(figures);
                asked.add(figures);
                opened.add(figures);
            });
        } else {
            self.book(agent, start.day, |figures| started.add(figures));
            self.book(agent, asked.day, |figures| asked.add(figures));
            self.book(agent, opening.day, |figures| opened.add(figures));
        }
    }

    /// The customer messages of a round: what they add to the day of the last of them (earlier days
    /// are booked at once), and how many of those in the window were answered in time.
    fn messages(&mut self, utterances: &[Utterance], round: &Round, first_day: i32) -> (Asked, Share) {
        let answered = round.answer.map(|index| utterances[index].at);
        let on =
            |day| Asked { customer: self.conversation.customer, day, in_window: false, neglected: false };
        let mut asked = on(first_day);
        let mut douyin = Share::default();
        let messages = utterances[round.start..round.end].iter();
        for message in messages.filter(|u| u.sender == Sender::Customer) {
            let sent = self.local.at(message.at);
            if sent.day != asked.day {
                let before = std::mem::replace(&mut asked, on(sent.day));
                self.book(round.agent, before.day, |figures| before.add(figures));
            }
            if daytime(sent) {
                let wait = answered.map(|at| at - message.at);
                douyin.add(wait.is_some_and(|s| s <= i64::from(THREE_MINUTES_S)));
                asked.in_window = true;
                asked.neglected |= wait.is_none_or(|s| s > PDD_LIMIT_S);
            }
        }
        (asked, douyin)
    }

    /// Adds to the cells of one owner: the shop's, his team's, his own.
    fn book(&mut self, agent: Option<u32>, day: i32, add: impl Fn(&mut DayFigures)) {
        let day = date(day);
        let team = agent.and_then(|agent| (self.team_of)(agent, day));
        for scope in [Scope::Shop, Scope::Team(team), Scope::Agent(agent)] {
            add(self.sink.cell(Cell { day, scope }));
        }
    }

    /// Adds to the cells of several owners: once to the shop's, once to each of their teams', and
    /// to their own, with what each of these wrote.
    fn spread(&mut self, participants: &Parts, day: NaiveDate, add: impl Fn(&mut DayFigures, &Part)) {
        let mut teams = Parts::new();
        let mut shop: Option<Part> = None;
        for (&agent, &part) in participants {
            add(self.sink.cell(Cell { day, scope: Scope::Agent(agent) }), &part);
            let team = agent.and_then(|agent| (self.team_of)(agent, day));
            join(&mut teams, team, part);
            match &mut shop {
                Some(all) => all.join(part),
                None => shop = Some(part),
            }
        }
        for (team, part) in teams {
            add(self.sink.cell(Cell { day, scope: Scope::Team(team) }), &part);
        }
        if let Some(part) = shop {
            add(self.sink.cell(Cell { day, scope: Scope::Shop }), &part);
        }
    }

    fn day(&self, at: i64) -> NaiveDate {
        self.conversation.zone.day(at)
    }
}

/// The window of the day that most platforms look at.
fn daytime(moment: Moment) -> bool {
    moment.within(8, 23)
}

fn close(figures: &mut DayFigures, closing: Closing) {
    match closing {
        Closing::Open => {}
        Closing::Solved => figures.closed.add(true),
        Closing::Unsolved => figures.closed.add(false),
    }
}
