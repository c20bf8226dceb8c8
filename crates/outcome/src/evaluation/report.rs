//! The evaluation report of a class (EVL-3): who came, what they said, how they did in its exams, what
//! changed; from events and from the evaluations there are.

use std::collections::BTreeMap;

use kexun_base::events::Event;
use kexun_base::events::lineage::{self, Link};
use kexun_base::http::PageRequest;
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Error, Result};
use kexun_learning::classes::feedback::Means;
use kexun_learning::classes::{self, ClassId};
use kexun_people::rights::{Caller, Scope};
use kexun_people::staff::{StaffId, members};
use serde::Serialize;
use utoipa::ToSchema;

use super::service::{EvaluationFilter, EvaluationLine, Sight, list};
use super::trained::{EvaluatedKind, of_subject, staff_in, title};

/// What became of a class.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClassReport {
    /// Which class.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// Who came.
    pub attendance: Attendance,
    /// What they said afterwards.
    pub feedback: Feedback,
    /// The exams that came of it.
    pub exams: Vec<ExamReport>,
    /// What changed: the evaluations of it that the reader may see, the latest first.
    pub effects: Vec<EvaluationLine>,
}

/// Who came, among those whom the reader may know of.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = ClassReportAttendance)]
pub struct Attendance {
    /// Were there in time.
    pub present: u64,
    /// Came late.
    pub late: u64,
    /// Were excused.
    pub leave: u64,
    /// Stayed away.
    pub absent: u64,
    /// One by one, by name.
    pub people: Vec<Attended>,
}

/// A participant.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ClassReportAttended)]
pub struct Attended {
    /// Who.
    pub staff: StaffId,
    /// His name.
    pub name: String,
    /// `present`, `late`, `leave` or `absent`.
    pub status: String,
}

/// What they thought of it; never by name.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = ClassReportFeedback)]
pub struct Feedback {
    /// Those who took part.
    pub asked: u64,
    /// Those who filled the form in.
    pub given: u64,
    /// Means, 1 to 5; none while too few answered to tell, or for a reader of some of its people only.
    pub means: Option<Means>,
    /// What they wrote, in no order; nothing where there are no means.
    pub remarks: Vec<String>,
}

/// How they did in an exam.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ClassReportExam)]
pub struct ExamReport {
    /// Which exam.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// Whether it is a make-up.
    pub make_up: bool,
    /// People graded, each by his best attempt.
    pub graded: u64,
    /// Of these, excellent.
    pub excellent: u64,
    /// Good.
    pub good: u64,
    /// Passed.
    pub pass: u64,
    /// Failed.
    pub fail: u64,
    /// People who never sat it; they are not among those graded.
    pub absent: u64,
    /// Mean of their scores, 0 to 1; none: nobody graded.
    pub mean_score: Option<f64>,
}

/// The report of a class, as far as somebody may see it.
pub(super) async fn of_class(ctx: &Ctx, caller: &Caller, class: Uuid) -> Result<ClassReport> {
    let sight = Sight::of(ctx, caller).await?;
    let db = ctx.db().read();
    let told = of_subject(db, sight.tenant, EvaluatedKind::Class.word(), class).await?;
    if told.is_empty() {
        return Err(Error::not_found("class"));
    }
    // Who teaches it sees all of it; others see their people.
    let teaches = sight.teaches(db, EvaluatedKind::Class, class).await?;
    let seen = |staff: StaffId| teaches || sight.people.as_ref().is_none_or(|people| people.contains(&staff));
    let attended = last_by_staff(&told, "class.attended", &seen);
    if attended.is_empty() && !teaches && sight.people.is_some() {
        return Err(Error::not_found("class"));
    }
    let names = members(db, &Scope::whole(sight.tenant)).await?.into_iter().map(|m| (m.id, m.name));
    let attendance = attendance(&attended, &names.collect());
    let mut feedback = Feedback {
        asked: attendance.present + attendance.late,
        given: last_by_staff(&told, "class.feedback_given", &seen).len() as u64,
        ..Feedback::default()
    };
    // Of a part of the people, who said what could be told by taking away.
    if (teaches || sight.people.is_none())
        && let Some(report) = classes::report(ctx, db, sight.tenant, ClassId(class)).await?
    {
        feedback.means = report.feedback.means;
        feedback.remarks = report.feedback.remarks;
    }
    let mut exams = Vec::new();
    let link = Link { kind: EvaluatedKind::Class.word().to_owned(), id: class };
    for after in lineage::of(db, sight.tenant.0, &link).await?.after {
        if after.kind == "exam" {
            let told = of_subject(db, sight.tenant, "exam", after.id).await?;
            exams.push(exam(after.id, &told, &seen));
        }
    }
    let filter = EvaluationFilter { kind: Some(EvaluatedKind::Class), id: Some(class) };
    let all = PageRequest { cursor: None, limit: Some(200) };
    let effects = list(ctx, &sight, &filter, &all).await?.items;
    Ok(ClassReport { id: class, title: title(&told), attendance, feedback, exams, effects })
}

/// The last event of a kind about each one.
fn last_by_staff<'a>(
    told: &'a [Event],
    kind: &str,
    seen: &impl Fn(StaffId) -> bool,
) -> BTreeMap<StaffId, &'a Event> {
    let of_kind = told.iter().filter(|event| event.kind == kind);
    of_kind.filter_map(|e| Some((staff_in(&e.data["staff"])?, e))).filter(|(staff, _)| seen(*staff)).collect()
}

fn attendance(attended: &BTreeMap<StaffId, &Event>, names: &BTreeMap<StaffId, String>) -> Attendance {
    let mut attendance = Attendance::default();
    for (staff, event) in attended {
        let status = event.data["status"].as_str().unwrap_or_default().to_owned();
        match status.as_str() {
            "present" => attendance.present += 1,
            "late" => attendance.late += 1,
            "leave" => attendance.leave += 1,
            _ => attendance.absent += 1,
        }
        let name = names.get(staff).cloned().unwrap_or_default();
        attendance.people.push(Attended { staff: *staff, name, status });
    }
    attendance.people.sort_by(|a, b| a.name.cmp(&b.name));
    attendance
}

/// Everybody's best attempt, as the exam itself counts it.
fn best_by_staff<'a>(told: &'a [Event], seen: &impl Fn(StaffId) -> bool) -> BTreeMap<StaffId, &'a Event> {
    let score = |event: &Event| event.data["score"].as_f64().unwrap_or(-1.0);
    let mut best: BTreeMap<StaffId, &Event> = BTreeMap::new();
    for event in told.iter().filter(|event| event.kind == "exam.graded") {
        let Some(staff) = staff_in(&event.data["staff"]).filter(|staff| seen(*staff)) else { continue };
        let known = best.entry(staff).or_insert(event);
        if score(event) > score(known) {
            *known = event;
        }
    }
    best
}

fn exam(id: Uuid, told: &[Event], seen: &impl Fn(StaffId) -> bool) -> ExamReport {
    // Who did not come has failed without a score, as the exam itself has it.
    let (graded, absent): (BTreeMap<_, _>, BTreeMap<_, _>) =
        best_by_staff(told, seen).into_iter().partition(|(_, event)| event.data["score"].is_number());
    let grade = |word: &str| graded.values().filter(|e| e.data["grade"] == word).count() as u64;
    let scores: Vec<f64> = graded.values().filter_map(|e| e.data["score"].as_f64()).collect();
    let set = told.iter().rev().find(|event| event.kind == "exam.set");
    ExamReport {
        id,
        title: title(told),
        make_up: set.is_some_and(|event| event.data["make_up"] == true),
        graded: graded.len() as u64,
        excellent: grade("excellent"),
        good: grade("good"),
        pass: grade("pass"),
        fail: grade("fail"),
        absent: absent.len() as u64,
        mean_score: (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64),
    }
}
