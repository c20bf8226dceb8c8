//! Short ways to write conversations down.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

use super::super::*;

pub(super) const A: u32 = 1;
pub(super) const B: u32 = 2;
pub(super) type Cells = HashMap<Cell, DayFigures>;

/// UTC seconds of a local time like `2026-01-05 10:00:00`.
pub(super) fn at(zone: Tz, local: &str) -> i64 {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M:%S").unwrap();
    zone.from_local_datetime(&local).earliest().unwrap().timestamp()
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn customer(at: i64) -> Utterance {
    assigned(at, None)
}

pub(super) fn assigned(at: i64, agent: Option<u32>) -> Utterance {
    Utterance { at, sender: Sender::Customer, agent }
}

pub(super) fn agent(at: i64, agent: u32) -> Utterance {
    Utterance { at, sender: Sender::Agent, agent: Some(agent) }
}

pub(super) fn robot(at: i64) -> Utterance {
    Utterance { at, sender: Sender::Robot, agent: None }
}

/// A conversation that owns its parts.
#[derive(Clone, Debug)]
pub(super) struct Chat {
    pub(super) timeline: Timeline,
    pub(super) customer: u32,
    pub(super) channel: Channel,
    pub(super) zone: ShopZone,
    pub(super) opened_at: Option<i64>,
    pub(super) call_s: Option<u32>,
    pub(super) closing: Closing,
    pub(super) ratings: Vec<Rating>,
}

pub(super) fn chat(utterances: Vec<Utterance>) -> Chat {
    Chat {
        timeline: Timeline::new(utterances).unwrap(),
        customer: 7,
        channel: Channel::Chat,
        zone: ShopZone::default(),
        opened_at: None,
        call_s: None,
        closing: Closing::Open,
        ratings: Vec::new(),
    }
}

/// A chat in Shanghai on 2026-01-05, times of day as `10:00:00`, senders as `c`, `r`, `A`, `B`.
pub(super) fn script(lines: &str) -> Chat {
    let utterance = |line: &str| {
        let (time, sender) = line.trim().split_once(' ').unwrap();
        let at = at(Tz::Asia__Shanghai, &format!("2026-01-05 {time}"));
        match sender {
            "c" => customer(at),
            "r" => robot(at),
            "A" => agent(at, A),
            "B" => agent(at, B),
            _ => panic!("{sender}?"),
        }
    };
    chat(lines.split(',').map(utterance).collect())
}

impl Chat {
    pub(super) fn contribute(&self, team_of: &impl Fn(u32, NaiveDate) -> Option<u32>, sink: &mut Cells) {
        let input = ConversationInput {
            timeline: &self.timeline,
            customer: self.customer,
            channel: self.channel,
            zone: &self.zone,
            opened_at: self.opened_at,
            call_s: self.call_s,
            closing: self.closing,
            ratings: &self.ratings,
        };
        contribute(&input, team_of, sink);
    }

    /// Its figures in one scope and all days; A and B are team 1.
    pub(super) fn of(&self, scope: Scope) -> DayFigures {
        merged(std::slice::from_ref(self), scope, |_| true)
    }
}

pub(super) fn one_team(_: u32, _: NaiveDate) -> Option<u32> {
    Some(1)
}

pub(super) fn merged(chats: &[Chat], scope: Scope, days: impl Fn(NaiveDate) -> bool) -> DayFigures {
    let mut cells = Cells::new();
    for chat in chats {
        chat.contribute(&one_team, &mut cells);
    }
    gather(&cells, scope, days)
}

pub(super) fn gather(cells: &Cells, scope: Scope, days: impl Fn(NaiveDate) -> bool) -> DayFigures {
    let mut all = DayFigures::default();
    for (cell, figures) in cells {
        if cell.scope == scope && days(cell.day) {
            all.merge(figures);
        }
    }
    all
}

/// Value and denominator of a key.
pub(super) fn value(figures: &DayFigures, key: &str) -> (Option<f64>, Option<u64>) {
    let figure: Figure = key.parse().unwrap();
    let value = figure.evaluate(figures).unwrap();
    (value.value.map(Amount::as_f64), value.n)
}

#[track_caller]
pub(super) fn check(figures: &DayFigures, expected: &[(&str, Option<f64>, Option<u64>)]) {
    for &(key, amount, n) in expected {
        let (found, found_n) = value(figures, key);
        let same = match (found, amount) {
            (Some(found), Some(amount)) => (found - amount).abs() < 1e-9,
            (found, amount) => found == amount,
        };
        assert!(same && found_n == n, "{key}: {found:?} of {found_n:?}, not {amount:?} of {n:?}");
    }
}

/// First-contact resolution of the contacts whose `of` is 1; those of 0 only decide about them.
pub(super) fn fcr(contacts: &[Contact], hours: u32) -> Value {
    let mut tallies = [Resolved::default(); 2];
    resolve(contacts, hours, &mut tallies);
    tallies[1].value(hours)
}
