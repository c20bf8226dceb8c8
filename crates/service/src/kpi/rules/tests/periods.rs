//! Periods and their parts.

use proptest::prelude::*;

use super::super::*;
use super::build::day;

fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).unwrap()
}

fn parts(from: &str, to: &str, per: Per) -> Vec<(String, String)> {
    (period(from, to).split(per)).map(|part| (part.from().to_string(), part.to().to_string())).collect()
}

#[test]
fn a_period_includes_both_ends() {
    let january = period("2026-01-01", "2026-01-31");
    assert_eq!(january.days(), 31);
    assert!(january.contains(day("2026-01-31")) && !january.contains(day("2026-02-01")));
    assert_eq!(Period::new(day("2026-01-02"), day("2026-01-01")), None);
    assert_eq!(period("2026-01-01", "2026-01-01").days(), 1);
}

#[test]
fn weeks_start_on_monday_and_are_cut() {
    // 2026-01-01 is a Thursday.
    let weeks = parts("2026-01-01", "2026-01-13", Per::Week);
    let expected = [("2026-01-01", "2026-01-04"), ("2026-01-05", "2026-01-11"), ("2026-01-12", "2026-01-13")];
    assert_eq!(weeks, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn months_are_calendar_months() {
    let months = parts("2026-01-31", "2026-03-01", Per::Month);
    let expected = [("2026-01-31", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-01")];
    assert_eq!(months, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(parts("2026-01-31", "2026-03-01", Per::All).len(), 1);
    assert_eq!(parts("2026-01-31", "2026-03-01", Per::Day).len(), 30);
}

#[test]
fn before_a_month_comes_a_month_before_days_as_many_days() {
    let before = |from, to| period(from, to).previous().unwrap();
    assert_eq!(before("2026-03-01", "2026-03-31"), period("2026-02-01", "2026-02-28"));
    assert_eq!(before("2026-01-01", "2026-03-31"), period("2025-10-01", "2025-12-31"));
    assert_eq!(before("2026-03-01", "2026-03-30"), period("2026-01-30", "2026-02-28"));
    assert_eq!(before("2026-01-05", "2026-01-11"), period("2025-12-29", "2026-01-04"));
    assert_eq!(before("2024-02-01", "2024-02-29"), period("2024-01-01", "2024-01-31"));
}

#[test]
fn per_is_written_as_in_the_command() {
    for (text, per) in [("day", Per::Day), ("week", Per::Week), ("month", Per::Month), ("all", Per::All)] {
        assert_eq!(text.parse(), Ok(per));
        assert_eq!(serde_json::to_value(per).unwrap(), text);
    }
    assert!("quarter".parse::<Per>().is_err());
}

proptest! {
    #[test]
    fn parts_follow_each_other_and_cover_all(start in 0i32..40_000, len in 0i32..500, kind in 0usize..4) {
        let date = |days| chrono::NaiveDate::from_epoch_days(days).unwrap();
        let whole = Period::new(date(start), date(start + len)).unwrap();
        let per = [Per::Day, Per::Week, Per::Month, Per::All][kind];
        let mut next = whole.from();
        for part in whole.split(per) {
            prop_assert_eq!(part.from(), next);
            prop_assert!(part.to() >= part.from());
            next = part.to().succ_opt().unwrap();
        }
        prop_assert_eq!(next, whole.to().succ_opt().unwrap());
        let previous = whole.previous().unwrap();
        prop_assert_eq!(previous.to().succ_opt().unwrap(), whole.from());
    }
}
