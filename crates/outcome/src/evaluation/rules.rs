//! Weeks before and after a training, and the figures of people in them. Pure.

use std::collections::BTreeMap;
use std::collections::btree_map::Range;

use kexun_base::time::Day;
use kexun_people::staff::StaffId;
use kexun_service::kpi::rules::{DayFigures, Figure, Unit};

use super::outcome::Group;

/// Days of a week.
const WEEK: i32 = 7;

/// Whether a training can be judged by a figure: it must be of cases that can be cut into weeks.
pub(super) fn fits(figure: Figure) -> bool {
    // Whether a contact is the first one depends on the days around it: weeks do not add up to it.
    figure.definition().unit != Unit::Count && !matches!(figure, Figure::Fcr(_))
}

/// The weeks that are looked at. Week 0 begins on the day after the first training day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weeks {
    /// The first day on which somebody was trained.
    pub anchor: Day,
    /// The first week looked at, negative.
    pub first: i32,
    /// The last one.
    pub last: i32,
}

impl Weeks {
    /// So many weeks before the first and after the last of some training days.
    pub fn around(days: (Day, Day), before: i32, after: i32) -> Weeks {
        let anchor = days.0;
        let mut weeks = Weeks { anchor, first: -before, last: 0 };
        weeks.last = weeks.after(days.1) + after - 1;
        weeks
    }

    /// The week of a day.
    pub fn of(&self, day: Day) -> i32 {
        (day.0 - self.anchor.0 - 1).div_euclid(WEEK)
    }

    /// The first whole week after a training day.
    pub fn after(&self, trained: Day) -> i32 {
        self.of(trained) + 1
    }

    /// The week that a training day cuts in two, if it does.
    fn cut_by(&self, trained: Day) -> Option<i32> {
        let ends_a_week = (trained.0 - self.anchor.0).rem_euclid(WEEK) == 0;
        (!ends_a_week).then(|| self.of(trained))
    }

    /// First and last day of a week.
    pub fn days(&self, week: i32) -> (Day, Day) {
        let first = self.anchor.plus(1 + WEEK * week);
        (first, first.plus(WEEK - 1))
    }

    /// First and last day of all.
    pub fn all_days(&self) -> (Day, Day) {
        (self.days(self.first).0, self.days(self.last).1)
    }
}

/// A figure of some cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measured {
    /// Its value.
    pub value: f64,
    /// Of how many cases.
    pub n: u64,
}

/// Somebody's figure, week by week.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Who.
    pub staff: StaffId,
    /// The first whole week after his training; none: he compares.
    pub from: Option<i32>,
    /// Weeks in which he had cases.
    pub weeks: BTreeMap<i32, Measured>,
}

impl Row {
    /// The row of somebody, from his days. Several accounts and shops add up to one: sums are divided,
    /// never means averaged.
    pub fn of(
        staff: StaffId,
        trained: Option<Day>,
        days: &[(Day, &DayFigures)],
        figure: Figure,
        weeks: &Weeks,
    ) -> Row {
        let cut = trained.and_then(|day| weeks.cut_by(day));
        let mut sums: BTreeMap<i32, DayFigures> = BTreeMap::new();
        for (day, figures) in days {
            let week = weeks.of(*day);
            if (weeks.first..=weeks.last).contains(&week) && cut != Some(week) {
                sums.entry(week).or_default().merge(figures);
            }
        }
        let measured = |(week, figures): (i32, DayFigures)| {
            let found = figure.evaluate(&figures)?;
            Some((week, Measured { value: found.value?.as_f64(), n: found.n? }))
        };
        let weeks_with_cases = sums.into_iter().filter_map(measured).collect();
        Row { staff, from: trained.map(|day| weeks.after(day)), weeks: weeks_with_cases }
    }

    /// Where his figures lie, seen from his training (or, of who compares, from the first one).
    pub fn presence(&self) -> Presence {
        let from = self.from.unwrap_or(0);
        let before = self.weeks.range(..from).next().is_some();
        let after = self.weeks.range(from..).next().is_some();
        match (before, after) {
            (true, true) => Presence::Both,
            (true, false) => Presence::OnlyBefore,
            (false, true) => Presence::OnlyAfter,
            (false, false) => Presence::Never,
        }
    }
}

/// When somebody had cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Before and after.
    Both,
    /// Before only: he left, or serves no more.
    OnlyBefore,
    /// After only: he joined then.
    OnlyAfter,
    /// Never.
    Never,
}

/// A group's figure in some weeks of each of its people: all their cases together.
pub(super) fn together<'a>(
    rows: impl Iterator<Item = &'a Row>,
    weeks: impl Fn(&'a Row) -> Range<'a, i32, Measured>,
) -> Group {
    let (mut people, mut n, mut sum) = (0, 0, 0.0);
    for row in rows {
        let before = n;
        for (_, measured) in weeks(row) {
            n += measured.n;
            sum += measured.value * measured.n as f64;
        }
        people += u64::from(n > before);
    }
    Group { value: (n > 0).then(|| sum / n as f64), people, n }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;
    use kexun_service::kpi::rules::Mean;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn handled(sum: u64, n: u64) -> DayFigures {
        DayFigures { handling: Mean { sum, n }, ..DayFigures::default() }
    }

    #[test]
    fn weeks_are_counted_from_the_day_after() {
        let weeks = Weeks::around((day("2026-03-15"), day("2026-03-15")), 8, 8);
        assert_eq!((weeks.first, weeks.last), (-8, 7));
        assert_eq!([weeks.of(day("2026-03-15")), weeks.of(day("2026-03-16"))], [-1, 0]);
        assert_eq!(weeks.days(0), (day("2026-03-16"), day("2026-03-22")));
        assert_eq!(weeks.all_days(), (day("2026-01-19"), day("2026-05-10")));
        // Two weeks and a day later somebody else: his own weeks begin with the next whole one.
        let weeks = Weeks::around((day("2026-03-15"), day("2026-03-30")), 8, 8);
        assert_eq!((weeks.after(day("2026-03-15")), weeks.after(day("2026-03-30"))), (0, 3));
        assert_eq!(weeks.last, 10);
        assert_eq!((weeks.cut_by(day("2026-03-15")), weeks.cut_by(day("2026-03-30"))), (None, Some(2)));
    }

    #[test]
    fn accounts_add_up_and_the_week_of_the_training_does_not_count() {
        let weeks = Weeks::around((day("2026-03-15"), day("2026-03-18")), 2, 2);
        let (a, b, c) = (handled(100, 1), handled(300, 9), handled(5, 5));
        let days = [
            (day("2026-03-10"), &a),
            (day("2026-03-11"), &b),
            (day("2026-03-17"), &c),
            (day("2026-03-23"), &c),
            (day("2025-01-01"), &c),
        ];
        let who = StaffId(Uuid::nil());
        let row = Row::of(who, Some(day("2026-03-18")), &days, Figure::HandlingTime, &weeks);
        assert_eq!(row.from, Some(1));
        let before = Measured { value: 40.0, n: 10 };
        assert_eq!(row.weeks, BTreeMap::from([(-1, before), (1, Measured { value: 1.0, n: 5 })]));
        assert_eq!(row.presence(), Presence::Both);
        let row = Row::of(who, None, &days[2..3], Figure::HandlingTime, &weeks);
        assert_eq!((row.presence(), row.weeks.len()), (Presence::OnlyAfter, 1));
        let rows = [Row::of(who, None, &days[..1], Figure::HandlingTime, &weeks), row];
        let in_week = |week| together(rows.iter(), |row| row.weeks.range(week..=week));
        assert_eq!(in_week(-1), Group { value: Some(100.0), people: 1, n: 1 });
        assert_eq!(in_week(1), Group::default());
    }

    #[test]
    fn counts_and_what_needs_the_sequence_of_contacts_are_no_yardstick() {
        assert!(fits(Figure::FirstResponse) && fits(Figure::Satisfaction) && fits(Figure::ReplyRatio));
        assert!(!fits(Figure::Conversations) && !fits(Figure::Unanswered) && !fits(Figure::Fcr(72)));
    }
}
