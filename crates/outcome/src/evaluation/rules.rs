//! Weeks before and after a training, and the figures of people in them. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::staff::StaffId;
use kexun_service::kpi::rules::{DayFigures, Figure, Unit};
use kexun_stats::effects::Window;

use super::outcome::Group;

/// Days of a week.
const WEEK: i32 = 7;

/// So many weeks after a bad time it may still be felt: as long as the rule looks for one.
const LASTS: i32 = 4;

/// Fewer weeks before do not show whether both groups moved alike.
const FEWEST_BEFORE: i32 = 3;

/// The most that is calculated in one go, in weeks of people times the weeks of a comparison: some ten
/// seconds and 200 MB.
const MOST_WORK: u64 = 10_000_000;

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

    /// The weeks that count for those whose first whole week after the training is `start`: so many
    /// before and after it, without those by which they were chosen. Weeks further back stand in for
    /// these.
    ///
    /// Who is chosen for a bad time has had bad luck too, and is better afterwards without any training.
    /// Luck lasts a little: so the weeks between the evidence and the training, at most `most_beside`, are
    /// left out as well, and as many before the evidence. Before and after then lie equally far from it,
    /// and what is left of the luck is the same on both sides (Chabé-Ferret 2015).
    pub fn window(
        &self,
        start: i32,
        (before, after): (i32, i32),
        evidence: &BTreeSet<(Day, Day)>,
        most_beside: i32,
    ) -> Window {
        let mut left_out = BTreeSet::new();
        for (from, to) in evidence {
            let (first, last) = (self.of(*from), self.of(*to).min(start - 1));
            let beside = (start - 1 - last).min(most_beside);
            if first < start {
                left_out.extend(first - beside..=last + beside);
            }
        }
        let (mut first, mut missing) = (start, before);
        while missing > 0 {
            first -= 1;
            missing -= i32::from(!left_out.contains(&first));
        }
        left_out.retain(|week| *week > first);
        Window { first, last: start + after - 1, left_out }
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

    /// His weeks that count, before his training (or, of who compares, the first one) or after it.
    pub fn side<'a>(
        &'a self,
        windows: &'a Windows,
        after: bool,
    ) -> impl Iterator<Item = (i32, Measured)> + 'a {
        let from = self.from.unwrap_or(0);
        let counts = move |week: i32| (week >= from) == after && windows.hold(self.from, week);
        self.weeks.iter().map(|(week, measured)| (*week, *measured)).filter(move |(week, _)| counts(*week))
    }

    /// A week, if it counts and he had cases in it.
    pub fn in_week<'a>(
        &'a self,
        windows: &'a Windows,
        week: i32,
    ) -> impl Iterator<Item = (i32, Measured)> + 'a {
        let counts = windows.hold(self.from, week);
        self.weeks.range(week..=week).filter(move |_| counts).map(|(week, measured)| (*week, *measured))
    }

    /// Where his figures lie.
    pub fn presence(&self, windows: &Windows) -> Presence {
        let before = self.side(windows, false).next().is_some();
        let after = self.side(windows, true).next().is_some();
        match (before, after) {
            (true, true) => Presence::Both,
            (true, false) => Presence::OnlyBefore,
            (false, true) => Presence::OnlyAfter,
            (false, false) => Presence::Never,
        }
    }
}

/// The weeks that count, by the first whole week after a training.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Windows {
    pub by_start: BTreeMap<i32, Window>,
    /// Somewhere the record does not reach back far enough to leave out more than the evidence itself.
    pub short: bool,
}

/// The days by which people were chosen, by the first whole week after their training.
pub(super) type Evidence = BTreeMap<i32, BTreeSet<(Day, Day)>>;

impl Windows {
    /// The weeks that count where the record reaches back as far as one likes.
    pub fn widest(weeks: &Weeks, wanted: (i32, i32), evidence: &Evidence) -> Windows {
        let window = |(start, days): (&i32, _)| (*start, weeks.window(*start, wanted, days, LASTS));
        Windows { by_start: evidence.iter().map(window).collect(), short: false }
    }

    /// Those that count for these rows. Where too few weeks before are left of the trained, only the
    /// evidence itself is left out.
    pub fn of(weeks: &Weeks, wanted: (i32, i32), evidence: &Evidence, rows: &[Row]) -> Windows {
        let mut windows = Windows::widest(weeks, wanted, evidence);
        for (start, window) in &mut windows.by_start {
            let trained = rows.iter().filter(|row| row.from == Some(*start));
            let seen: BTreeSet<i32> =
                trained.flat_map(|row| row.weeks.range(..start)).map(|(w, _)| *w).collect();
            let left = seen.iter().filter(|week| window.holds(**week)).count() as i32;
            if !window.left_out.is_empty() && left < FEWEST_BEFORE.min(wanted.0) {
                *window = weeks.window(*start, wanted, &evidence[start], 0);
                windows.short = true;
            }
        }
        windows
    }

    /// Whether a week counts for those trained before `from`; for who compares: for any of these.
    fn hold(&self, from: Option<i32>, week: i32) -> bool {
        match from {
            Some(from) => self.by_start.get(&from).is_some_and(|window| window.holds(week)),
            None => self.by_start.values().any(|window| window.holds(week)),
        }
    }

    /// The first week of all.
    pub fn first(&self) -> Option<i32> {
        self.by_start.values().map(|window| window.first).min()
    }

    /// The first and last week that somebody was chosen by, and how many are left out.
    pub fn left_out(&self) -> Option<(i32, i32, u64)> {
        let weeks: BTreeSet<i32> =
            self.by_start.values().flat_map(|window| &window.left_out).copied().collect();
        Some((*weeks.first()?, *weeks.last()?, weeks.len() as u64))
    }

    /// Whether so many people can be compared over all these weeks within some seconds.
    ///
    /// # Errors
    /// `conflict` where there is too much to calculate.
    pub fn check(&self, people: u64) -> Result<()> {
        let weeks = |window: &Window| u64::from(window.first.abs_diff(window.last)) + 1;
        let work: u64 = self.by_start.values().map(|window| people * weeks(window).pow(2)).sum();
        if work <= MOST_WORK {
            return Ok(());
        }
        Err(Error::conflict(format!(
            "{} training weeks with {people} people are too much for one evaluation; evaluate its classes or \
             courses one by one, look at fewer weeks, or name those to compare with",
            self.by_start.len()
        )))
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
pub(super) fn together<'a, W: Iterator<Item = (i32, Measured)>>(
    rows: impl Iterator<Item = &'a Row>,
    weeks: impl Fn(&'a Row) -> W,
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
        let windows = |starts: &[i32]| {
            let evidence = starts.iter().map(|start| (*start, BTreeSet::new())).collect();
            Windows::widest(&weeks, (2, 2), &evidence)
        };
        let windows = windows(&[0, 1]);
        assert_eq!(row.presence(&windows), Presence::Both);
        let row = Row::of(who, None, &days[2..3], Figure::HandlingTime, &weeks);
        assert_eq!((row.presence(&windows), row.weeks.len()), (Presence::OnlyAfter, 1));
        let rows = [Row::of(who, None, &days[..1], Figure::HandlingTime, &weeks), row];
        let in_week = |week| together(rows.iter(), |row| row.in_week(&windows, week));
        assert_eq!(in_week(-1), Group { value: Some(100.0), people: 1, n: 1 });
        assert_eq!(in_week(1), Group::default());
    }

    #[test]
    fn weeks_by_which_people_were_chosen_do_not_count() {
        let weeks = Weeks::around((day("2026-03-15"), day("2026-03-15")), 8, 8);
        let plain = weeks.window(0, (8, 8), &BTreeSet::new(), LASTS);
        assert_eq!(plain, Window { first: -8, last: 7, left_out: BTreeSet::new() });
        // Four weeks up to the training: the eight weeks before them are before.
        let just_before = BTreeSet::from([(day("2026-02-16"), day("2026-03-15"))]);
        let window = weeks.window(0, (8, 8), &just_before, LASTS);
        assert_eq!(window, Window { first: -12, last: 7, left_out: (-4..0).collect() });
        // A fortnight earlier: the two weeks between go too, and two before.
        let earlier = BTreeSet::from([(day("2026-02-02"), day("2026-03-01"))]);
        let window = weeks.window(0, (8, 8), &earlier, LASTS);
        assert_eq!(window, Window { first: -16, last: 7, left_out: (-8..0).collect() });
        // A quarter earlier: what lies more than four weeks after it counts again.
        let long_ago = BTreeSet::from([(day("2025-11-24"), day("2025-12-21"))]);
        let window = weeks.window(0, (8, 8), &long_ago, LASTS);
        assert_eq!(window, Window { first: -8, last: 7, left_out: BTreeSet::new() });
        let window = weeks.window(0, (12, 8), &long_ago, LASTS);
        assert_eq!(window, Window { first: -24, last: 7, left_out: (-20..-8).collect() });
        // What showed only after the training has chosen nobody for it.
        let later = BTreeSet::from([(day("2026-03-16"), day("2026-04-12"))]);
        assert_eq!(weeks.window(0, (8, 8), &later, LASTS), plain);
        let windows = Windows { by_start: BTreeMap::from([(0, window)]), short: false };
        assert_eq!((windows.first(), windows.left_out()), (Some(-24), Some((-20, -9, 12))));
    }

    #[test]
    fn where_the_record_is_short_only_the_evidence_is_left_out() {
        let weeks = Weeks::around((day("2026-03-15"), day("2026-03-15")), 8, 8);
        let evidence = Evidence::from([(0, BTreeSet::from([(day("2026-02-02"), day("2026-03-01"))]))]);
        let measured = Measured { value: 1.0, n: 5 };
        let row = |first: i32| Row {
            staff: StaffId(Uuid::nil()),
            from: Some(0),
            weeks: (first..8).map(|week| (week, measured)).collect(),
        };
        // From week −8 on all would be left out; the three from −11 on are enough.
        let short = Windows::of(&weeks, (8, 8), &evidence, &[row(-10)]);
        assert!(short.short);
        assert_eq!(short.by_start[&0], Window { first: -12, last: 7, left_out: (-6..-2).collect() });
        let enough = Windows::of(&weeks, (8, 8), &evidence, &[row(-11)]);
        assert_eq!(enough, Windows::widest(&weeks, (8, 8), &evidence));
        let nothing = Evidence::from([(0, BTreeSet::new())]);
        assert!(!Windows::of(&weeks, (8, 8), &nothing, &[row(-1)]).short);
    }

    #[test]
    fn too_much_is_refused_with_what_to_do() {
        let weeks = Weeks::around((day("2026-01-04"), day("2026-12-27")), 8, 8);
        let of = |starts: i32, side: i32| {
            let evidence = (0..starts).map(|start| (start, BTreeSet::new())).collect();
            Windows::widest(&weeks, (side, side), &evidence)
        };
        assert!(of(52, 8).check(352).is_ok() && of(12, 26).check(212).is_ok());
        let refused = of(52, 26).check(352).unwrap_err();
        assert!(refused.detail.contains("52 training weeks with 352 people"), "{}", refused.detail);
    }

    #[test]
    fn counts_and_what_needs_the_sequence_of_contacts_are_no_yardstick() {
        assert!(fits(Figure::FirstResponse) && fits(Figure::Satisfaction) && fits(Figure::ReplyRatio));
        assert!(!fits(Figure::Conversations) && !fits(Figure::Unanswered) && !fits(Figure::Fcr(72)));
    }
}
