//! How far somebody is, whatever a phone that was offline reports in whatever order. Pure.

use kexun_base::time::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::LearningState;

/// Nobody watches a video faster than players play it.
const FASTEST: i64 = 2;
/// A video counts as seen from this share on: nobody waits for the credits.
const SEEN: f64 = 0.9;

/// How far somebody is in a lesson.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, ToSchema)]
pub struct Standing {
    /// The furthest he came: seconds into a video, else the share of the page, 0 to 1.
    pub position: f64,
    /// Seconds of the video that he watched.
    pub watched_s: i32,
    /// Whether the lesson is done.
    pub done: bool,
}

/// What a device reports of a lesson.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Where he is: seconds into a video, else the share of the page, 0 to 1.
    pub position: f64,
    /// Seconds of the video that he watched, all in all, what the server knew included.
    #[serde(default)]
    pub watched_s: i32,
    /// Whether he is done with it; of a video the seconds decide.
    #[serde(default)]
    pub done: bool,
}

/// How far he is after a report: never less far than before. `length_s` is that of a video, `elapsed_s` the
/// seconds during which he can have watched it.
pub fn after(old: Standing, report: Report, length_s: Option<i32>, elapsed_s: i64) -> Standing {
    let end = length_s.map_or(1.0, f64::from);
    let position = if report.position.is_finite() { report.position.clamp(0.0, end) } else { 0.0 };
    let position = old.position.max(position);
    let plausible = elapsed_s.max(0).saturating_mul(FASTEST).min(i64::from(length_s.unwrap_or(0)));
    let plausible = i32::try_from(plausible).unwrap_or(i32::MAX);
    let watched_s = old.watched_s.max(report.watched_s.min(plausible));
    let done = match length_s {
        None => report.done,
        Some(_) => position >= end * SEEN && f64::from(watched_s) >= end * SEEN,
    };
    Standing { position, watched_s, done: old.done || done }
}

/// How far somebody is in a course.
pub fn state(opened: bool, completed: bool) -> LearningState {
    match (opened, completed) {
        (_, true) => LearningState::Done,
        (true, false) => LearningState::Begun,
        (false, false) => LearningState::Assigned,
    }
}

/// Whether the day on which he should have completed it has passed.
pub fn overdue(due: Option<Day>, completed: bool, today: Day) -> bool {
    !completed && due.is_some_and(|due| due < today)
}

/// Place in a list of learners: who is late first, then who is at it, the sooner due the earlier, then who
/// is done.
pub fn urgency(due: Option<Day>, completed: bool, today: Day) -> (u8, i32) {
    let by_day = due.map_or(i32::MAX, |due| due.0);
    match (overdue(due, completed, today), completed) {
        (true, _) => (0, by_day),
        (false, false) => (1, by_day),
        (false, true) => (2, 0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reports() -> impl Strategy<Value = Vec<(Report, i64)>> {
        let report = (-50.0..900.0f64, -10..2000i32, any::<bool>(), 0..400i64);
        let report = report
            .prop_map(|(position, watched_s, done, waited)| (Report { position, watched_s, done }, waited));
        prop::collection::vec(report, 0..12)
    }

    proptest! {
        #[test]
        fn nobody_ever_goes_back(reports in reports(), video in any::<bool>()) {
            let length = video.then_some(600);
            let (mut now, mut elapsed) = (Standing::default(), 0);
            for (report, waited) in reports {
                elapsed += waited;
                let next = after(now, report, length, elapsed);
                prop_assert!(next.position >= now.position && next.watched_s >= now.watched_s);
                prop_assert!(next.done || !now.done);
                prop_assert!(i64::from(next.watched_s) <= 2 * elapsed && next.watched_s <= 600);
                // Sent again because its answer was lost.
                prop_assert_eq!(after(next, report, length, elapsed), next);
                now = next;
            }
        }

        #[test]
        fn the_order_of_reports_does_not_matter(reports in reports(), video in any::<bool>()) {
            let length = video.then_some(600);
            let all = |reports: &mut dyn Iterator<Item = &(Report, i64)>| {
                reports.fold(Standing::default(), |now, (report, _)| after(now, *report, length, 1000))
            };
            prop_assert_eq!(all(&mut reports.iter()), all(&mut reports.iter().rev()));
        }
    }

    #[test]
    fn a_video_is_done_when_it_was_watched_and_not_before() {
        let nothing = Standing::default();
        let claim = Report { position: 600.0, watched_s: 600, done: true };
        assert!(!after(nothing, claim, Some(600), 100).done, "600 seconds do not pass in 100");
        assert!(!after(nothing, Report { watched_s: 20, ..claim }, Some(600), 900).done, "it was skipped");
        assert!(after(nothing, claim, Some(600), 270).done, "at double speed");
        assert!(after(nothing, Report { done: true, ..Report::default() }, None, 0).done, "a text");
    }

    #[test]
    fn who_is_late_comes_first() {
        let today = Day(100);
        let place = |due: Option<i32>, done| urgency(due.map(Day), done, today);
        let mut order = [
            place(Some(200), true),
            place(None, false),
            place(Some(90), false),
            place(Some(100), false),
            place(Some(80), true),
        ];
        order.sort();
        assert_eq!(order.map(|(rank, _)| rank), [0, 1, 1, 2, 2]);
        assert_eq!(order[1].1, 100);
        assert!(overdue(Some(Day(99)), false, today) && !overdue(Some(Day(100)), false, today));
    }
}
