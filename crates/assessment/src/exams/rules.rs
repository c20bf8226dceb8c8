//! Grades, what a sitting may do when, how an exam stands for somebody, when a make-up is. Pure.

use chrono_tz::Tz;
use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use super::sittings::AttemptState;
use crate::points::Points;

/// Seconds after the deadline in which an answer that was under way still counts.
pub const GRACE_S: i64 = 10;

kexun_base::words!(
    /// What a result is worth (EXM-5).
    Grade {
        /// 优秀
        Excellent = "excellent",
        /// 良好
        Good = "good",
        /// 合格
        Pass = "pass",
        /// 不合格
        Fail = "fail",
    }
    /// Whether somebody may see which of his answers were right.
    ShowsAnswers {
        /// His points and grade only.
        Never = "never",
        /// When the exam has closed, for who is not asked the same again.
        AfterClose = "after_close",
    }
    /// Why somebody does not see which of his answers were right.
    WithheldWhy {
        /// The exam never shows it.
        Never = "never",
        /// The exam has not closed.
        Open = "open",
        /// He is in another exam that asks the same, a make-up for instance, and that has not closed.
        AskedAgain = "asked_again",
        /// His result is not final: who fails is put into a make-up, which asks the same.
        NotFinal = "not_final",
    }
    /// How an exam stands for one who is to sit it.
    ExamStanding {
        /// It was called off.
        Cancelled = "cancelled",
        /// Its window has not opened.
        Coming = "coming",
        /// He can begin.
        Open = "open",
        /// He has begun.
        Sitting = "sitting",
        /// Somebody has to mark his answers.
        Marking = "marking",
        /// He has passed, or better.
        Passed = "passed",
        /// He has not passed, and cannot try again in this exam.
        Failed = "failed",
        /// He did not come.
        Absent = "absent",
    }
);

impl Grade {
    /// Whether it earns credits.
    pub fn passes(self) -> bool {
        self != Grade::Fail
    }
}

/// A share of points from 0 to 1, in ten-thousandths, so that limits are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sea_orm::DeriveValueType, ToSchema)]
#[schema(value_type = f64)]
pub struct Share(pub i32);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10_000.0)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let share = f64::deserialize(deserializer)? * 10_000.0;
        let rounded = share.round();
        if (share - rounded).abs() > 1e-6 || !(0.0..=10_000.0).contains(&rounded) {
            let wrong = "a share of points lies between 0 and 1, with at most four decimals";
            return Err(serde::de::Error::custom(wrong));
        }
        Ok(Share(rounded as i32))
    }
}

/// From which share of the points on a grade is given; who reaches a limit has passed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GradeLimits)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// 优秀
    pub excellent: Share,
    /// 良好
    pub good: Share,
    /// 合格
    pub pass: Share,
}

impl Limits {
    /// Whether each is higher than the next.
    ///
    /// # Errors
    /// `invalid` otherwise.
    pub fn check(&self) -> Result<()> {
        let falls = self.excellent > self.good && self.good > self.pass && self.pass > Share(0);
        if falls && self.excellent <= Share(10_000) {
            return Ok(());
        }
        Err(Error::field("limits", "must fall: excellent, then good, then pass, each above 0 and at most 1"))
    }

    /// The grade of so many points of so many.
    pub fn grade(&self, earned: Points, possible: Points) -> Grade {
        // In whole numbers: 60 of 100 reaches 0.6, whatever floating point makes of it.
        let reaches =
            |limit: Share| i64::from(earned.0) * 10_000 >= i64::from(limit.0) * i64::from(possible.0);
        match () {
            () if possible.0 <= 0 => Grade::Fail,
            () if reaches(self.excellent) => Grade::Excellent,
            () if reaches(self.good) => Grade::Good,
            () if reaches(self.pass) => Grade::Pass,
            () => Grade::Fail,
        }
    }
}

/// When a new exam is set for who failed (补考).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeUpRule {
    /// It opens at the beginning of the so manieth day after the result, 1–90.
    #[schema(minimum = 1, maximum = 90)]
    pub after_days: i32,
    /// It is open for so many days, 1–90.
    #[schema(minimum = 1, maximum = 90)]
    pub window_days: i32,
    /// How many make-ups somebody gets at most, 1–5.
    #[schema(minimum = 1, maximum = 5)]
    pub times: i32,
}

impl MakeUpRule {
    /// Whether its numbers can be.
    ///
    /// # Errors
    /// `invalid` otherwise.
    pub fn check(&self) -> Result<()> {
        let days = 1..=90;
        if days.contains(&self.after_days)
            && days.contains(&self.window_days)
            && (1..=5).contains(&self.times)
        {
            return Ok(());
        }
        Err(Error::field("make_up", "needs 1 to 90 days until it opens, 1 to 90 days open, 1 to 5 times"))
    }

    /// Its window after a result of `now`: whole days of the zone, so that it opens and closes at
    /// midnight and nobody is called at the hour at which the last answer happened to be marked.
    pub fn window(&self, now: Micros, zone: Tz) -> (Micros, Micros) {
        let first = now.day(zone).plus(self.after_days);
        (first.begins(zone), first.plus(self.window_days).begins(zone))
    }
}

/// When a sitting that begins now ends.
pub fn deadline(now: Micros, minutes: i32, closes_at: Micros) -> Micros {
    now.plus_seconds(i64::from(minutes) * 60).min(closes_at)
}

/// Whether an answer that arrives now still counts.
pub fn in_time(now: Micros, deadline: Micros) -> bool {
    now <= deadline.plus_seconds(GRACE_S)
}

/// What is known of an exam and one who is to sit it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Called off.
    pub cancelled: bool,
    /// From when on one may begin.
    pub opens_at: Micros,
    /// Until when.
    pub closes_at: Micros,
    /// How often he may.
    pub allowed: i32,
    /// How often he did.
    pub begun: i32,
    /// What the least advanced of his attempts waits for, if not all are graded.
    pub waits: Option<AttemptState>,
    /// The best grade so far.
    pub best: Option<Grade>,
}

impl Case {
    /// Whether he may begin (again).
    pub fn can_begin(&self, now: Micros) -> bool {
        let open = !self.cancelled && self.opens_at <= now && now < self.closes_at;
        open && self.begun < self.allowed && self.waits != Some(AttemptState::Sitting)
    }

    /// Whether nothing can change the result any more.
    pub fn is_final(&self, now: Micros) -> bool {
        self.cancelled || (self.waits.is_none() && (self.begun >= self.allowed || now >= self.closes_at))
    }

    /// How it stands.
    pub fn standing(&self, now: Micros) -> ExamStanding {
        match (self.waits, self.best) {
            _ if self.cancelled => ExamStanding::Cancelled,
            (Some(AttemptState::Sitting), _) => ExamStanding::Sitting,
            (_, Some(grade)) if grade.passes() => ExamStanding::Passed,
            (Some(_), _) => ExamStanding::Marking,
            _ if now < self.opens_at => ExamStanding::Coming,
            _ if self.can_begin(now) => ExamStanding::Open,
            _ if self.begun == 0 => ExamStanding::Absent,
            _ => ExamStanding::Failed,
        }
    }
}

/// Why what is right is not shown, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AnswersWithheld)]
pub struct Withheld {
    /// Why.
    pub why: WithheldWhy,
    /// Until when at the least; none: that depends on no time.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Micros>,
}

/// An exam of somebody that asks the same questions as another.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    /// When it closes.
    pub closes_at: Micros,
    /// Whether he may yet be put into a make-up of it.
    pub may_follow: bool,
}

/// Why somebody does not see what is right in an exam that closes at `closes_at`, `asked` being all his exams
/// that ask the same; none: he sees it. Answers that were under way count for a moment after an exam has
/// closed: what is right is not told before.
pub fn withheld(now: Micros, shows: ShowsAnswers, closes_at: Micros, asked: &[Asking]) -> Option<Withheld> {
    let why = |why, until| Some(Withheld { why, until });
    if shows == ShowsAnswers::Never {
        return why(WithheldWhy::Never, None);
    }
    let all = asked.iter().map(|exam| exam.closes_at).chain([closes_at]);
    match all.filter(|closes_at| in_time(now, *closes_at)).max() {
        Some(last) if last == closes_at => why(WithheldWhy::Open, Some(last)),
        Some(last) => why(WithheldWhy::AskedAgain, Some(last)),
        None if asked.iter().any(|exam| exam.may_follow) => why(WithheldWhy::NotFinal, None),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: Limits = Limits { excellent: Share(9_000), good: Share(8_000), pass: Share(6_000) };

    #[test]
    fn who_reaches_a_limit_has_passed_it() {
        let grade = |earned| LIMITS.grade(Points(earned), Points::whole(100));
        assert_eq!(grade(5_999), Grade::Fail);
        assert_eq!(grade(6_000), Grade::Pass);
        assert_eq!(grade(7_999), Grade::Pass);
        assert_eq!(grade(8_000), Grade::Good);
        assert_eq!(grade(9_000), Grade::Excellent);
        assert_eq!(LIMITS.grade(Points(0), Points(0)), Grade::Fail);
        // Two of three: 0.6667 is more than they are, 0.6666 less.
        let of = |pass| Limits { pass: Share(pass), ..LIMITS }.grade(Points(200), Points(300));
        assert_eq!((of(6_667), of(6_666)), (Grade::Fail, Grade::Pass));
    }

    #[test]
    fn limits_fall() {
        for (excellent, good, pass) in
            [(8_000, 8_000, 6_000), (9_000, 5_000, 6_000), (10_001, 8_000, 6_000), (9_000, 8_000, 0)]
        {
            let limits = Limits { excellent: Share(excellent), good: Share(good), pass: Share(pass) };
            assert!(limits.check().is_err(), "{limits:?}");
        }
        assert!(LIMITS.check().is_ok());
        assert!(serde_json::from_str::<Share>("0.12345").is_err());
        assert_eq!(serde_json::from_str::<Share>("0.6").unwrap(), Share(6_000));
    }

    proptest! {
        #[test]
        fn more_points_never_make_a_worse_grade(
            mut limits in proptest::array::uniform3(1..=10_000i32), possible in 1..1_000_000i32,
            a in 0..1_000_000i32, b in 0..1_000_000i32,
        ) {
            limits.sort_unstable();
            prop_assume!(limits[0] < limits[1] && limits[1] < limits[2]);
            let limits = Limits { excellent: Share(limits[2]), good: Share(limits[1]), pass: Share(limits[0]) };
            prop_assert!(limits.check().is_ok());
            let (less, more) = (a.min(b).min(possible), a.max(b).min(possible));
            let grade = |earned| limits.grade(Points(earned), Points(possible));
            // Grades are declared from the best on.
            prop_assert!(grade(more) <= grade(less));
            prop_assert_eq!(grade(possible), Grade::Excellent);
            prop_assert_eq!(grade(0), Grade::Fail);
        }

        #[test]
        fn a_sitting_never_outlasts_its_time_or_the_window(now in 0..1_000_000i64, minutes in 1..600i32, left in 0..100_000i64) {
            let (now, closes) = (Micros::from_seconds(now), Micros::from_seconds(now + left));
            let end = deadline(now, minutes, closes);
            prop_assert!(end <= closes && end <= now.plus_seconds(i64::from(minutes) * 60));
            prop_assert!(in_time(end.plus_seconds(GRACE_S), end) && !in_time(end.plus_seconds(GRACE_S + 1), end));
        }
    }

    fn case(begun: i32, waits: Option<AttemptState>, best: Option<Grade>) -> Case {
        let (opens_at, closes_at) = (Micros::from_seconds(100), Micros::from_seconds(200));
        Case { cancelled: false, opens_at, closes_at, allowed: 2, begun, waits, best }
    }

    #[test]
    fn an_exam_stands_as_its_window_and_attempts_say() {
        let at = Micros::from_seconds;
        let standing = |case: Case, second| (case.standing(at(second)), case.is_final(at(second)));
        assert_eq!(standing(case(0, None, None), 99), (ExamStanding::Coming, false));
        assert_eq!(standing(case(0, None, None), 100), (ExamStanding::Open, false));
        assert_eq!(standing(case(0, None, None), 200), (ExamStanding::Absent, true));
        assert_eq!(standing(case(1, Some(AttemptState::Sitting), None), 150), (ExamStanding::Sitting, false));
        assert_eq!(standing(case(2, Some(AttemptState::Marking), None), 250), (ExamStanding::Marking, false));
        assert_eq!(standing(case(1, None, Some(Grade::Fail)), 150), (ExamStanding::Open, false));
        assert_eq!(standing(case(1, None, Some(Grade::Fail)), 200), (ExamStanding::Failed, true));
        assert_eq!(standing(case(2, None, Some(Grade::Fail)), 150), (ExamStanding::Failed, true));
        assert_eq!(standing(case(1, None, Some(Grade::Pass)), 150), (ExamStanding::Passed, false));
        assert!(case(1, None, Some(Grade::Pass)).can_begin(at(150)), "the best attempt counts");
        let cancelled = Case { cancelled: true, ..case(0, None, None) };
        assert_eq!(standing(cancelled, 150), (ExamStanding::Cancelled, true));
        assert!(!cancelled.can_begin(at(150)));
    }

    #[test]
    fn what_is_right_is_not_told_to_who_is_asked_again() {
        let at = Micros::from_seconds;
        let of = |closes: i64, may_follow| Asking { closes_at: at(closes), may_follow };
        let said = |second, asked: &[Asking]| {
            let withheld = withheld(at(second), ShowsAnswers::AfterClose, at(200), asked);
            withheld.map(|w| (w.why, w.until))
        };
        let only = [of(200, false)];
        assert_eq!(said(199, &only), Some((WithheldWhy::Open, Some(at(200)))));
        assert_eq!(said(200 + GRACE_S, &only), Some((WithheldWhy::Open, Some(at(200)))), "others may answer");
        assert_eq!(said(201 + GRACE_S, &only), None);
        // A make-up that is set is told, whether this exam is open or not; so is one that may come.
        let again = [of(200, false), of(900, false)];
        assert_eq!(said(150, &again), Some((WithheldWhy::AskedAgain, Some(at(900)))));
        assert_eq!(said(900 + GRACE_S, &again), Some((WithheldWhy::AskedAgain, Some(at(900)))));
        assert_eq!(said(901 + GRACE_S, &again), None);
        assert_eq!(said(300, &[of(200, true)]), Some((WithheldWhy::NotFinal, None)));
        let never = withheld(at(999), ShowsAnswers::Never, at(200), &only);
        assert_eq!(never.map(|w| w.why), Some(WithheldWhy::Never));
    }

    #[test]
    fn a_make_up_is_open_on_whole_days_of_the_shop() {
        let rule = MakeUpRule { after_days: 3, window_days: 7, times: 1 };
        let at = |text: &str| Micros::from(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        // Late on the 1st in UTC is the 2nd in Shanghai.
        let (opens, closes) = rule.window(at("2026-07-01T20:00:00Z"), Tz::Asia__Shanghai);
        assert_eq!((opens, closes), (at("2026-07-04T16:00:00Z"), at("2026-07-11T16:00:00Z")));
        for wrong in [MakeUpRule { after_days: 0, ..rule }, MakeUpRule { window_days: 91, ..rule }] {
            assert!(wrong.check().is_err());
        }
    }
}
