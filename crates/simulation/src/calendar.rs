//! When customers write: the rhythm of the day, the week and the year.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::draw::{Dice, between, weighted};
use crate::plan::Plan;

/// Weight of each hour: peaks at 10–11, 14–16 and 20–22, little at night.
const HOURS: [f64; 24] = [
    1.2, 0.6, 0.35, 0.25, 0.2, 0.25, 0.5, 1.2, 3.0, 5.2, 7.2, 6.0, 4.2, 4.8, 6.6, 6.8, 5.6, 4.4, 4.4, 5.6,
    7.6, 8.0, 5.6, 2.6,
];

/// The first hour in which people answer; before it only robots do.
pub(crate) const OPENING_HOUR: u32 = 8;

/// A second of the day at which a conversation begins.
pub(crate) fn second_of_day(dice: &mut Dice) -> u32 {
    let hour = weighted(dice, &HOURS) as u32;
    hour * 3600 + between(dice, 0.0, 3600.0) as u32
}

/// How busy a day is compared with an ordinary one.
pub(crate) fn intensity(day: NaiveDate) -> f64 {
    let week = match day.weekday() {
        Weekday::Mon => 1.10,
        Weekday::Tue => 1.02,
        Weekday::Wed | Weekday::Thu => 0.97,
        Weekday::Fri => 0.92,
        Weekday::Sat => 0.98,
        Weekday::Sun => 1.08,
    };
    week * sale(day)
}

/// Factor of the sales festivals 6.18, 11.11 and 12.12, with their approach and aftermath.
fn sale(day: NaiveDate) -> f64 {
    match (day.month(), day.day()) {
        (11, 11) => 3.6,
        (6, 18) => 2.8,
        (12, 12) => 2.2,
        (11, 1 | 10) | (6, 1 | 17) | (12, 11) => 1.7,
        (11, 2..=9) | (6, 2..=16) => 1.25,
        (11, 12..=18) | (6, 19..=24) | (12, 13..=16) => 1.5,
        _ => 1.0,
    }
}

/// Whether the day lies in the aftermath of a festival, when parcels are late and prices fall.
pub(crate) fn aftermath(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (11, 12..=18) | (6, 19..=24) | (12, 13..=16))
}

/// Conversations of each day, in proportion to its intensity; they add up to the plan exactly.
pub(crate) fn day_counts(plan: &Plan) -> Vec<u32> {
    let weights: Vec<f64> = plan.dates().map(intensity).collect();
    let total: f64 = weights.iter().sum();
    let mut reached = 0.0;
    let mut given = 0;
    weights
        .iter()
        .map(|weight| {
            reached += weight;
            // Rounding the running total keeps the sum exact and every day within one.
            let until = (plan.conversations as f64 * reached / total).round() as usize;
            let count = until - given;
            given = until;
            count as u32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_add_up_and_the_festival_stands_out() {
        let last_day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
        let plan = Plan { seed: 1, last_day, conversations: 12_345, days: 40 };
        let counts = day_counts(&plan);
        assert_eq!(counts.len(), 40);
        assert_eq!(counts.iter().sum::<u32>(), 12_345);
        let (busiest, _) = plan.dates().zip(&counts).max_by_key(|(_, n)| **n).expect("days");
        assert_eq!(busiest, NaiveDate::from_ymd_opt(2026, 11, 11).expect("a date"));
    }
}
