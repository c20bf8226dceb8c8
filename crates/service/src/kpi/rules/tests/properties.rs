//! Random conversations: figures as the reference says, whatever the order and the parts.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::super::*;
use super::build::*;
use super::reference::Asked;

/// 2026-03-28 06:00 UTC: the day before Berlin's clock goes forward.
const START: i64 = 1_774_677_600;

/// Agent 1 stays in team 1, agent 2 alternates, agent 3 has none.
pub(super) fn team_of(agent: u32, day: NaiveDate) -> Option<u32> {
    match agent {
        1 => Some(1),
        2 => Some(1 + day.day() % 2),
        _ => None,
    }
}

fn pause() -> impl Strategy<Value = i64> {
    prop_oneof![
        3 => 0i64..3,
        4 => 0i64..60,
        2 => prop::sample::select(vec![29i64, 30, 31, 179, 180, 181, 599, 600, 601, 3599, 3600, 3601]),
        2 => 0i64..1000,
        1 => 0i64..40_000,
    ]
}

fn some_agent() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![6 => (1u32..4).prop_map(Some), 1 => Just(None)]
}

pub(super) fn utterances() -> impl Strategy<Value = Vec<Utterance>> {
    let sender = prop_oneof![
        5 => Just(Sender::Customer),
        5 => Just(Sender::Agent),
        1 => Just(Sender::Robot),
        1 => Just(Sender::System),
    ];
    let message = (pause(), sender, some_agent(), any::<bool>());
    (0i64..200_000, prop::collection::vec(message, 0..14)).prop_map(|(start, messages)| {
        let mut at = START + start;
        let utterance = |(pause, sender, agent, assigned): (i64, Sender, Option<u32>, bool)| {
            at += pause;
            let named = match sender {
                Sender::Customer => assigned,
                Sender::Agent => true,
                Sender::Robot | Sender::System => false,
            };
            Utterance { at, sender, agent: agent.filter(|_| named) }
        };
        messages.into_iter().map(utterance).collect()
    })
}

fn some_chat() -> impl Strategy<Value = Chat> {
    let rating = (0i64..400_000, 1u8..6)
        .prop_map(|(after, score)| Rating { at: START + after, score: Score::new(score).unwrap() });
    let contact = (
        prop::sample::select(vec![Channel::Chat, Channel::Chat, Channel::Phone, Channel::Email]),
        prop::option::of(0u32..1000),
        prop::sample::select(vec![Closing::Open, Closing::Solved, Closing::Unsolved]),
        prop::option::of(0i64..200_000),
    );
    let zone = prop::sample::select(vec![Tz::Asia__Shanghai, Tz::Europe__Berlin]);
    let ratings = prop::collection::vec(rating, 0..3);
    (utterances(), 1u32..5, contact, zone, ratings).prop_map(
        |(utterances, customer, (channel, call_s, closing, opened), zone, ratings)| Chat {
            customer,
            channel,
            call_s,
            closing,
            ratings,
            zone: ShopZone::new(zone),
            opened_at: opened.map(|after| START + after),
            ..chat(utterances)
        },
    )
}

pub(super) fn chats(up_to: usize) -> impl Strategy<Value = Vec<Chat>> {
    prop::collection::vec(some_chat(), 0..up_to)
}

fn cells_of(chats: &[Chat]) -> Cells {
    let mut cells = Cells::new();
    for chat in chats {
        chat.contribute(&team_of, &mut cells);
    }
    cells
}

fn scopes() -> Vec<Scope> {
    let numbers = [None, Some(1), Some(2), Some(3)];
    let teams = numbers[..3].iter().map(|&team| Scope::Team(team));
    let agents = numbers.iter().map(|&agent| Scope::Agent(agent));
    std::iter::once(Scope::Shop).chain(teams).chain(agents).collect()
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (a, b) => a == b,
    }
}

fn compare(cells: &Cells, asked: &Asked<'_>) -> Result<(), TestCaseError> {
    let figures = gather(cells, asked.scope, asked.days);
    let odd = [0, 30, 599].map(Figure::AnsweredWithin);
    for &figure in Figure::SHIPPED.iter().chain(&odd) {
        let Some(value) = figure.evaluate(&figures) else {
            continue;
        };
        let (expected, n) = asked.value(figure);
        let found = value.value.map(Amount::as_f64);
        let context =
            format!("{figure} of {:?}: {found:?}/{:?}, reference {expected:?}/{n:?}", asked.scope, value.n);
        prop_assert!(close(found, expected) && value.n == n, "{}", context);
        match value.detail {
            Some(Detail::Percentiles { p50, p90 }) => {
                prop_assert_eq!((p50, p90), (asked.percentile(50.0), asked.percentile(90.0)));
            }
            Some(Detail::Rated { rated_share }) => {
                prop_assert!(close(rated_share, asked.rated_share()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// First contacts and solved ones, by looking at every pair.
fn slow_fcr(contacts: &[Contact], hours: i64) -> (usize, usize) {
    let near = |earlier: &Contact, later: &Contact| later.opened_at - earlier.last_at <= hours * 3600;
    let of_same = |i: usize, j: usize| contacts[i].customer == contacts[j].customer;
    let first = |i: usize| !(0..i).any(|j| of_same(i, j) && near(&contacts[j], &contacts[i]));
    let last = |i: usize| !(i + 1..contacts.len()).any(|j| of_same(i, j) && near(&contacts[i], &contacts[j]));
    let firsts: Vec<usize> = (0..contacts.len()).filter(|&i| contacts[i].of == 1 && first(i)).collect();
    (firsts.iter().filter(|&&i| last(i)).count(), firsts.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn figures_are_as_the_reference_says(chats in chats(12), from in 0i32..3, len in 0i32..4) {
        let cells = cells_of(&chats);
        let first = NaiveDate::from_ymd_opt(2026, 3, 28).unwrap();
        let day = |after: i32| first + chrono::TimeDelta::days(i64::from(after));
        let period = Period::new(day(from), day(from + len)).unwrap();
        for scope in scopes() {
            let asked = |days| Asked { chats: &chats, scope, days, team_of: &team_of };
            compare(&cells, &asked(&|_| true))?;
            compare(&cells, &asked(&|day| period.contains(day)))?;
        }
    }

    #[test]
    fn parts_merge_to_what_one_pass_gives(a in chats(6), b in chats(6), c in chats(6)) {
        let all: Vec<Chat> = [&b[..], &c, &a].concat();
        let whole = cells_of(&all);
        let parts = [cells_of(&a), cells_of(&b), cells_of(&c)];
        for (cell, expected) in &whole {
            let [a, b, c] = parts.each_ref().map(|p| p.get(cell).cloned().unwrap_or_default());
            let join = |x: &DayFigures, y: &DayFigures| {
                let mut joined = x.clone();
                joined.merge(y);
                joined
            };
            prop_assert_eq!(&join(&join(&a, &b), &c), expected);
            prop_assert_eq!(&join(&a, &join(&b, &c)), expected);
            prop_assert_eq!(&join(&join(&c, &b), &a), expected);
            prop_assert!(!expected.is_empty());
        }
        let cells: usize = parts.iter().flat_map(|p| p.keys()).collect::<std::collections::BTreeSet<_>>().len();
        prop_assert_eq!(cells, whole.len());
    }

    #[test]
    fn repeated_contacts_are_found(raw in prop::collection::vec((0u32..3, 0i64..400, 0i64..60, any::<bool>()), 0..20)) {
        let mut contacts: Vec<Contact> = raw.iter().map(|&(customer, opened, lasts, counted)| Contact {
            customer,
            opened_at: opened * 3600,
            last_at: (opened + lasts) * 3600,
            of: counted.into(),
        }).collect();
        contacts.sort_by_key(|c| (c.customer, c.opened_at));
        let (solved, first) = slow_fcr(&contacts, 72);
        let value = fcr(&contacts, 72);
        prop_assert_eq!(value.n, Some(first as u64));
        let share = (first > 0).then(|| solved as f64 / first as f64);
        prop_assert_eq!(value.value.map(Amount::as_f64), share);
    }
}
