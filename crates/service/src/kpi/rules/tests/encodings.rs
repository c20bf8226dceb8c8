//! The compact encodings: identity on what was written, an error on everything else.

use proptest::prelude::*;

use super::super::*;
use super::build::*;
use super::properties::{chats, team_of, utterances};

#[test]
fn a_message_takes_about_two_bytes() {
    let start = at(chrono_tz::Tz::Asia__Shanghai, "2026-01-05 10:00:00");
    let utterances = (0..1000).map(|i| match i % 2 {
        0 => customer(start + i * 40),
        _ => agent(start + i * 40, 12),
    });
    let timeline = Timeline::new(utterances.collect()).unwrap();
    let bytes = timeline.encode();
    assert!(bytes.len() < 2020, "{}", bytes.len());
    assert_eq!(Timeline::decode(&bytes), Ok(timeline));
    assert_eq!(Timeline::default().encode(), [1, 0]);
}

#[test]
fn a_timeline_is_sorted_and_of_our_time() {
    let wrong = |utterances| Timeline::new(utterances).unwrap_err();
    assert_eq!(wrong(vec![customer(5), customer(4)]), TimelineError::Unsorted(1));
    assert_eq!(wrong(vec![customer(-1)]), TimelineError::OutOfRange(0));
    assert_eq!(wrong(vec![customer(1), customer(LATEST + 1)]), TimelineError::OutOfRange(1));
    assert!(Timeline::new(vec![customer(EARLIEST), agent(LATEST, u32::MAX)]).is_ok());
}

#[test]
fn silence_cuts_only_when_longer_than_the_gap() {
    let cuts = |times: &[i64]| split_by_silence(times, DEFAULT_GAP_S).collect::<Vec<_>>();
    assert!(cuts(&[]).is_empty());
    assert!(cuts(&[0]).is_empty());
    assert_eq!(cuts(&[0, 1800, 3601, 3601, 9000]), [2, 4]);
}

#[test]
fn impossible_figures_are_refused() {
    let mut figures = DayFigures { rounds: 1, ..DayFigures::default() };
    figures.responses.add(3);
    assert_eq!(DayFigures::decode(&figures.encode()), Ok(figures.clone()));
    figures.responses.add(4);
    assert!(DayFigures::decode(&figures.encode()).is_err());
    let late = DayFigures { kuaishou_late: [5].into_iter().collect(), ..DayFigures::default() };
    assert!(DayFigures::decode(&late.encode()).is_err());
    let hits = DayFigures { jd: Share { n: 1, hits: 2 }, ..DayFigures::default() };
    assert!(DayFigures::decode(&hits.encode()).is_err());
}

/// Damages bytes in one place.
fn damaged(mut bytes: Vec<u8>, place: usize, by: u8) -> Vec<u8> {
    let place = place % bytes.len();
    bytes[place] ^= by;
    bytes
}

proptest! {
    #[test]
    fn timelines_come_back(utterances in utterances()) {
        let timeline = Timeline::new(utterances).unwrap();
        let bytes = timeline.encode();
        prop_assert_eq!(Timeline::decode(&bytes), Ok(timeline.clone()));
        for end in 0..bytes.len() {
            prop_assert!(Timeline::decode(&bytes[..end]).is_err());
        }
        let mut longer = bytes;
        longer.push(0);
        let mut reused = timeline;
        prop_assert!(reused.decode_from(&longer).is_err());
        prop_assert!(reused.utterances().is_empty());
    }

    #[test]
    fn what_decodes_is_what_encodes(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let versioned: Vec<u8> = std::iter::once(1).chain(bytes).collect();
        if let Ok(timeline) = Timeline::decode(&versioned) {
            prop_assert!(Timeline::new(timeline.utterances().to_vec()).is_ok());
            prop_assert_eq!(timeline.encode(), versioned.clone());
        }
        if let Ok(figures) = DayFigures::decode(&versioned) {
            prop_assert_eq!(figures.encode(), versioned);
        }
    }

    #[test]
    fn figures_come_back(chats in chats(8), place in any::<usize>(), by in 1u8..) {
        let mut cells = Cells::new();
        for chat in &chats {
            chat.contribute(&team_of, &mut cells);
        }
        let mut all = DayFigures::default();
        for figures in cells.values() {
            let bytes = figures.encode();
            prop_assert_eq!(DayFigures::decode(&bytes), Ok(figures.clone()));
            all.merge(figures);
        }
        let bytes = all.encode();
        for end in 0..bytes.len() {
            prop_assert!(DayFigures::decode(&bytes[..end]).is_err());
        }
        let damaged = damaged(bytes, place, by);
        if let Ok(other) = DayFigures::decode(&damaged) {
            prop_assert_eq!(other.encode(), damaged);
            for figure in Figure::SHIPPED {
                let value = figure.evaluate(&other).and_then(|value| value.value);
                prop_assert!(value.is_none_or(|amount| amount.as_f64().is_finite()));
            }
        }
    }
}
