//! What goes into an archive, what it adds up to, how an application stands. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::ids::Uuid;
use kexun_base::time::{Day, Micros};
use kexun_people::competences::Competence;
use kexun_people::staff::StaffId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::entity::entry::Model;

kexun_base::words!(
    /// What an entry tells of.
    EntryKind {
        /// A course learned to its end.
        Course = "course",
        /// A class that one was to take part in.
        Class = "class",
        /// What one said about a class.
        Feedback = "feedback",
        /// An exam, graded.
        Exam = "exam",
        /// Coaching that was done.
        Coaching = "coaching",
    }
    /// Whether somebody was there.
    EntryStatus {
        /// In time.
        Present = "present",
        /// Late.
        Late = "late",
        /// Excused.
        Leave = "leave",
        /// Not there.
        Absent = "absent",
    }
    /// The grade of an exam.
    EntryGrade {
        /// 优秀.
        Excellent = "excellent",
        /// 良好.
        Good = "good",
        /// 合格.
        Pass = "pass",
        /// 不合格.
        Fail = "fail",
    }
    /// How an application stands.
    RequestState {
        /// Nobody decided on it yet.
        Waiting = "waiting",
        /// Granted for a time.
        Granted = "granted",
        /// Was granted; the time is over. Never stored.
        Expired = "expired",
        /// Refused.
        Refused = "refused",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
);

impl RequestState {
    /// How it stands at an instant: what was granted ends by itself.
    pub fn at(self, valid_until: Option<Micros>, now: Micros) -> Self {
        match self {
            RequestState::Granted if valid_until.is_none_or(|end| end <= now) => RequestState::Expired,
            other => other,
        }
    }
}

/// The longest time for which a look is granted, in days.
pub const MOST_DAYS: i32 = 30;

/// Kinds of events of which archives are made.
pub const EVENTS: &[&str] =
    &["course.completed", "class.attended", "class.feedback_given", "exam.graded", "task.done"];

/// What an event puts into a member's archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Whose archive.
    pub staff: StaffId,
    /// The day of a class: its attendance may be settled, or put right, long after it.
    pub day: Option<Day>,
    /// What it tells of.
    pub kind: EntryKind,
    /// What it is called.
    pub title: String,
    /// What it taught or tried.
    pub competence: Option<Competence>,
    /// How long it took, in minutes.
    pub minutes: Option<i32>,
    /// The score, 0–1.
    pub score: Option<f64>,
    /// The grade.
    pub grade: Option<EntryGrade>,
    /// Credits that it gave.
    pub credits: Option<f64>,
    /// Whether the exam was a make-up.
    pub make_up: bool,
    /// Whether he was there.
    pub status: Option<EntryStatus>,
    /// Which attempt at the exam.
    pub part: Option<Uuid>,
}

/// What events of other rooms say of somebody. Words that this version does not know are left out: an
/// entry without its grade is better than none.
#[derive(Deserialize)]
struct Told {
    staff: OneOrMany,
    #[serde(default)]
    title: String,
    competence: Option<String>,
    minutes: Option<i32>,
    score: Option<f64>,
    grade: Option<String>,
    credits: Option<f64>,
    #[serde(default)]
    make_up: bool,
    status: Option<String>,
    attempt: Option<Value>,
    day: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(StaffId),
    Many(Vec<StaffId>),
}

/// What an event puts into archives; nothing where it is of no kind that belongs there, or names nobody.
pub fn drafts(event: &str, data: &Value) -> Vec<Draft> {
    let kind = match event {
        "course.completed" => EntryKind::Course,
        "class.attended" => EntryKind::Class,
        "class.feedback_given" => EntryKind::Feedback,
        "exam.graded" => EntryKind::Exam,
        "task.done" => EntryKind::Coaching,
        _ => return Vec::new(),
    };
    let Ok(told) = serde_json::from_value::<Told>(data.clone()) else { return Vec::new() };
    let part = told.attempt.as_ref().and_then(Value::as_str).and_then(|text| text.parse().ok());
    let day = told.day.as_deref().filter(|_| kind == EntryKind::Class).and_then(|day| day.parse().ok());
    let draft = |staff| Draft {
        staff,
        day,
        kind,
        title: told.title.clone(),
        competence: told.competence.as_deref().and_then(Competence::of_word),
        minutes: told.minutes,
        score: told.score,
        grade: told.grade.as_deref().and_then(EntryGrade::of_word),
        credits: told.credits,
        make_up: told.make_up,
        status: told.status.as_deref().and_then(EntryStatus::of_word),
        part,
    };
    match told.staff {
        OneOrMany::One(staff) => vec![draft(staff)],
        OneOrMany::Many(staff) => staff.into_iter().collect::<BTreeSet<_>>().into_iter().map(draft).collect(),
    }
}

/// For each entry, in their order, whether a later one about the same thing stands in its place: a
/// corrected grade, a corrected attendance.
pub fn replaced(entries: &[Model]) -> Vec<bool> {
    let mut seen = BTreeSet::new();
    let mut replaced: Vec<bool> =
        entries.iter().rev().map(|e| !seen.insert((e.staff_id, e.kind, e.subject, e.part))).collect();
    replaced.reverse();
    replaced
}

/// What an archive adds up to. What was corrected counts once, and so does an exam however often it
/// was sat.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = ArchiveTotals)]
pub struct Totals {
    /// Credits.
    pub credits: f64,
    /// Minutes in classes that he came to.
    pub minutes: i64,
    /// Courses learned to their end.
    pub courses: u64,
    /// Classes that he was to take part in.
    pub classes: u64,
    /// Those that he came to, late or not.
    pub attended: u64,
    /// Exams that were graded.
    pub exams: u64,
    /// Those that he passed.
    pub passed: u64,
}

/// Adds entries up, those that are [`replaced`] left out.
pub fn totals<'a>(entries: impl IntoIterator<Item = (&'a Model, bool)>) -> Totals {
    let mut totals = Totals::default();
    let mut exams: BTreeMap<Uuid, (bool, f64)> = BTreeMap::new();
    for (entry, _) in entries.into_iter().filter(|(_, replaced)| !replaced) {
        match entry.kind {
            EntryKind::Course => totals.courses += 1,
            EntryKind::Class => {
                totals.classes += 1;
                if matches!(entry.status, Some(EntryStatus::Present | EntryStatus::Late)) {
                    totals.attended += 1;
                    totals.minutes += i64::from(entry.minutes.unwrap_or(0));
                }
            }
            EntryKind::Exam => {
                let (passed, credits) = exams.entry(entry.subject).or_default();
                *passed |= entry.grade.is_some_and(|grade| grade != EntryGrade::Fail);
                *credits = credits.max(entry.credits.unwrap_or(0.0));
            }
            EntryKind::Feedback | EntryKind::Coaching => {}
        }
    }
    totals.exams = exams.len() as u64;
    totals.passed = exams.values().filter(|(passed, _)| *passed).count() as u64;
    totals.credits = exams.values().map(|(_, credits)| credits).fold(0.0, |all, one| all + one);
    totals
}

#[cfg(test)]
mod tests;
