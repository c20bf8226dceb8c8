//! The evidence adds up to the figure, and without what makes it worse the figure is as good as can be.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;
use uuid::Uuid;

use super::ConversationId;
use super::evidence::{Shares, Span, counts, first_contacts, has_limit, has_worse_side, misses, usual_limit};
use crate::kpi::rules::{
    Amount, Cell, Channel, Closing, Contact, ConversationInput, DayFigures, Figure, Period, Rating, Resolved,
    Scope, Score, Sender, ShopZone, Timeline, Utterance, Value, contribute, resolve,
};

/// 2026-03-28 06:00 UTC.
const START: i64 = 1_774_677_600;

#[derive(Debug)]
struct Chat {
    timeline: Timeline,
    customer: u32,
    closing: Closing,
    ratings: Vec<Rating>,
}

impl Chat {
    fn input<'a>(&'a self, zone: &'a ShopZone) -> ConversationInput<'a> {
        ConversationInput {
            timeline: &self.timeline,
            customer: self.customer,
            channel: Channel::Chat,
            zone,
            opened_at: Some(START),
            call_s: None,
            closing: self.closing,
            ratings: &self.ratings,
        }
    }
}

/// Agent 1 stays in team 1, agent 2 alternates, agent 3 has none.
fn team_of(agent: u32, day: NaiveDate) -> Option<u32> {
    match agent {
        1 => Some(1),
        2 => Some(1 + day.day() % 2),
        _ => None,
    }
}

fn chat() -> impl Strategy<Value = Chat> {
    let pause = prop_oneof![4 => 0i64..90, 2 => 150i64..700, 1 => 3000i64..40_000];
    let sender = prop_oneof![
        5 => Just(Sender::Customer),
        5 => Just(Sender::Agent),
        1 => Just(Sender::Robot),
        1 => Just(Sender::System),
    ];
    let messages = prop::collection::vec((pause, sender, prop::option::weighted(0.9, 1u32..4)), 0..10);
    let closing = prop::sample::select(vec![Closing::Open, Closing::Solved, Closing::Unsolved]);
    let ratings = prop::collection::vec((0i64..300_000, 1u8..6), 0..3);
    (0i64..200_000, messages, 1u32..6, closing, ratings).prop_map(
        |(start, messages, customer, closing, ratings)| {
            let mut at = START + start;
            let utterance = |(pause, sender, agent)| {
                at += pause;
                let named = matches!(sender, Sender::Agent | Sender::Customer);
                Utterance { at, sender, agent: if named { agent } else { None } }
            };
            let rating = |(after, score)| Rating { at: START + after, score: Score::new(score).unwrap() };
            Chat {
                timeline: Timeline::new(messages.into_iter().map(utterance).collect()).unwrap(),
                customer,
                closing,
                ratings: ratings.into_iter().map(rating).collect(),
            }
        },
    )
}

fn scopes() -> Vec<Scope> {
    let teams = [1, 2].map(|team| Scope::Team(Some(team)));
    let agents = [1, 2, 3].map(|agent| Scope::Agent(Some(agent)));
    [Scope::Shop].into_iter().chain(teams).chain(agents).collect()
}

/// The figures as the daily partial results give them.
fn rolled_up(chats: &[Chat], zone: &ShopZone, scope: Scope, period: Period) -> DayFigures {
    let mut cells: HashMap<Cell, DayFigures> = HashMap::new();
    for chat in chats {
        contribute(&chat.input(zone), &team_of, &mut cells);
    }
    let mut all = DayFigures::default();
    for (cell, figures) in &cells {
        if cell.scope == scope && period.contains(cell.day) {
            all.merge(figures);
        }
    }
    all
}

fn sum<'a>(parts: impl Iterator<Item = &'a DayFigures>) -> DayFigures {
    let mut all = DayFigures::default();
    parts.for_each(|part| all.merge(part));
    all
}

fn alike(a: Value, b: Value) -> bool {
    a.n == b.n && a.value.map(Amount::as_f64) == b.value.map(Amount::as_f64)
}

/// What a figure is when nothing made it worse.
fn is_spotless(figure: Figure, left: &DayFigures, limit: Option<u32>) -> bool {
    let value = figure.evaluate(left).and_then(|v| v.value).map(Amount::as_f64);
    match figure {
        Figure::Unanswered => value == Some(0.0),
        Figure::FirstResponse => left.first_responses.at_most(limit.unwrap()) == left.first_responses.total(),
        Figure::AverageResponse => left.responses.at_most(limit.unwrap()) == left.responses.total(),
        Figure::WangwangResponse => value.is_none_or(|mean| mean <= f64::from(limit.unwrap())),
        _ => value.is_none_or(|share| share == 1.0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_evidence_adds_up_to_the_figure(
        chats in prop::collection::vec(chat(), 0..14), from in 0i64..3, days in 0i64..4, over in 0u32..400,
    ) {
        let zone = ShopZone::new(Tz::Asia__Shanghai);
        let first = NaiveDate::from_ymd_opt(2026, 3, 28).unwrap() + chrono::TimeDelta::days(from);
        let period = Period::new(first, first + chrono::TimeDelta::days(days)).unwrap();
        let shares: Vec<Shares> = chats.iter().map(|c| Shares::of(&c.input(&zone), &team_of)).collect();
        for scope in scopes() {
            let whole = rolled_up(&chats, &zone, scope, period);
            let adds: Vec<DayFigures> = shares.iter().map(|s| s.within(|cells| cells == scope, period)).collect();
            for figure in Figure::SHIPPED.into_iter().chain([Figure::AnsweredWithin(30)]) {
                let Some(expected) = figure.evaluate(&whole) else { continue };
                let listed = sum(adds.iter().filter(|a| counts(figure, a)));
                let found = figure.evaluate(&listed).unwrap();
                prop_assert!(alike(found, expected), "{} of {:?}: {:?} not {:?}", figure, scope, found, expected);
                if !has_worse_side(figure) {
                    prop_assert!(!adds.iter().any(|a| misses(figure, a, Some(0))));
                    continue;
                }
                prop_assert!(adds.iter().filter(|a| misses(figure, a, Some(over))).all(|a| counts(figure, a)));
                let left = sum(adds.iter().filter(|a| !misses(figure, a, Some(over))));
                prop_assert!(is_spotless(figure, &left, Some(over)), "{} of {:?}", figure, scope);
            }
        }
    }

    #[test]
    fn the_slowest_tenth_is_found(chats in prop::collection::vec(chat(), 1..40)) {
        let zone = ShopZone::default();
        let period = Period::new("2026-03-01".parse().unwrap(), "2026-05-01".parse().unwrap()).unwrap();
        let whole = rolled_up(&chats, &zone, Scope::Shop, period);
        for figure in [Figure::FirstResponse, Figure::AverageResponse] {
            prop_assert!(has_limit(figure));
            let limit = usual_limit(figure, &whole);
            let times = if figure == Figure::FirstResponse { &whole.first_responses } else { &whole.responses };
            if let Some(limit) = limit {
                let slow = times.total() - times.at_most(limit);
                prop_assert!(slow * 10 >= times.total(), "{} of {}", slow, times.total());
            } else {
                prop_assert!(times.percentile(90).is_none_or(|p90| p90 == 0));
            }
        }
    }

    #[test]
    fn first_contacts_are_those_of_the_figure(
        raw in prop::collection::vec((0u32..3, 0i64..400, 0i64..60), 0..20), hours in 1u32..100,
    ) {
        let mut contacts: Vec<Contact> = raw.iter().map(|&(customer, opened, lasts)| Contact {
            customer,
            opened_at: opened * 3600,
            last_at: (opened + lasts) * 3600,
            of: 0,
        }).collect();
        contacts.sort_by_key(|c| (c.customer, c.opened_at));
        let span = |(index, c): (usize, &Contact)| Span {
            id: ConversationId(Uuid::from_u128(index as u128)),
            customer: c.customer as i32,
            opened_at: c.opened_at,
            last_at: c.last_at,
        };
        let spans: Vec<Span> = contacts.iter().enumerate().map(span).collect();
        let firsts = first_contacts(&spans, hours);
        let mut tallies = [Resolved::default()];
        resolve(&contacts, hours, &mut tallies);
        let value = tallies[0].value(hours);
        prop_assert_eq!(value.n, Some(firsts.len() as u64));
        let solved = firsts.values().filter(|solved| **solved).count();
        let share = (!firsts.is_empty()).then(|| solved as f64 / firsts.len() as f64);
        prop_assert_eq!(value.value.map(Amount::as_f64), share);
    }
}
