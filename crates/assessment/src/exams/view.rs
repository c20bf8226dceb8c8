//! Exams as others name and count them.

use std::collections::{BTreeSet, HashMap};

use kexun_base::Result;
use kexun_base::ids::Uuid;
use kexun_base::time::Micros;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{Model, candidate};
use super::rules::Grade;
use super::sight::Sight;
use super::{ExamId, store};

/// How many of an exam's candidates have come how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ExamCounts)]
pub struct Counts {
    /// Who are to sit it.
    pub candidates: u32,
    /// Who have begun.
    pub sat: u32,
    /// Who have a grade, absent ones not counted.
    pub graded: u32,
    /// Whose grade is a pass or better.
    pub passed: u32,
}

impl Counts {
    pub(super) fn of<'a>(candidates: impl IntoIterator<Item = &'a candidate::Model>) -> Self {
        let mut counts = Counts::default();
        for candidate in candidates {
            counts.candidates += 1;
            counts.sat += u32::from(candidate.begun > 0);
            counts.graded += u32::from(candidate.grade.is_some() && !candidate.absent);
            counts.passed += u32::from(candidate.grade.is_some_and(Grade::passes));
        }
        counts
    }
}

/// An exam as others name it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamHead {
    /// Which exam.
    pub id: ExamId,
    /// What it is called.
    pub title: String,
    /// Whether it is a make-up of another.
    pub make_up: bool,
    /// From when on one may begin.
    pub opens_at: Micros,
    /// When every sitting ends.
    pub closes_at: Micros,
    /// Who are to sit it.
    pub candidates: u32,
    /// Who have begun.
    pub sat: u32,
    /// Who have a grade, absent ones not counted.
    pub graded: u32,
    /// Whose grade is a pass or better.
    pub passed: u32,
}

/// Exams of a tenant with how far their candidates are, in the order of `ids`; unknown ones are left out.
///
/// # Errors
/// When the database refuses.
pub async fn heads(db: &impl ConnectionTrait, tenant: TenantId, ids: &[ExamId]) -> Result<Vec<ExamHead>> {
    let mut exams: HashMap<ExamId, Model> =
        store::exams(db, tenant, ids).await?.into_iter().map(|exam| (exam.id, exam)).collect();
    let candidates = by_exam(store::candidates(db, tenant, ids).await?);
    let head = |id: &ExamId| {
        let exam = exams.remove(id)?;
        let counts = candidates.get(id).map(Counts::of).unwrap_or_default();
        Some(ExamHead {
            id: *id,
            title: exam.title,
            make_up: exam.make_up_of.is_some(),
            opens_at: exam.opens_at,
            closes_at: exam.closes_at,
            candidates: counts.candidates,
            sat: counts.sat,
            graded: counts.graded,
            passed: counts.passed,
        })
    };
    Ok(ids.iter().filter_map(head).collect())
}

pub(super) fn by_exam(candidates: Vec<candidate::Model>) -> HashMap<ExamId, Vec<candidate::Model>> {
    let mut by_exam: HashMap<ExamId, Vec<candidate::Model>> = HashMap::new();
    for candidate in candidates {
        by_exam.entry(candidate.exam_id).or_default().push(candidate);
    }
    by_exam
}

/// What exams are called.
///
/// # Errors
/// When the database refuses.
pub async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<ExamId> = ids.iter().copied().map(ExamId).collect();
    Ok(store::exams(db, tenant, &ids).await?.into_iter().map(|exam| (exam.id.0, exam.title)).collect())
}

/// Which of these exams a member is to sit, or has set.
///
/// # Errors
/// When the database refuses.
pub async fn concerning(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    ids: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let ids: Vec<ExamId> = ids.iter().copied().map(ExamId).collect();
    let sat = store::candidates(db, tenant, &ids).await?.into_iter().filter(|c| c.staff_id == staff);
    let made = store::exams(db, tenant, &ids).await?.into_iter().filter(|e| e.made_by == Some(staff));
    Ok(sat.map(|c| c.exam_id.0).chain(made.map(|e| e.id.0)).collect())
}

/// Those of these exams that somebody sees as more than their candidate: those he set, and those of his
/// people.
///
/// # Errors
/// When the database refuses.
pub async fn visible_to(db: &impl ConnectionTrait, caller: &Caller, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    if !caller.may(Right::ExamRead) {
        return Ok(BTreeSet::new());
    }
    let sight = Sight::of(db, caller, Right::ExamRead).await?;
    let ids: Vec<ExamId> = ids.iter().copied().map(ExamId).collect();
    let mut candidates = by_exam(store::candidates(db, sight.tenant, &ids).await?);
    let mut seen = store::exams(db, sight.tenant, &ids).await?;
    seen.retain(|exam| {
        let part = sight.part(exam, candidates.remove(&exam.id).unwrap_or_default());
        sight.whole_of(exam) || part.iter().any(|row| Some(row.staff_id) != caller.staff)
    });
    Ok(seen.into_iter().map(|exam| exam.id.0).collect())
}
