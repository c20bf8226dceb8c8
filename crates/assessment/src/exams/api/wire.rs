//! Exams as they are answered: lists and details for candidates and for who answers for them.

use std::collections::HashMap;

use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::StaffId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::exams::entity::{Model, candidate};
use crate::exams::rules::{ExamStanding, Grade, Limits, MakeUpRule, ShowsAnswers, Withheld};
use crate::exams::sight::Sight;
use crate::exams::sittings::{self, AttemptItem, AttemptState};
use crate::exams::view::{Counts, by_exam};
use crate::exams::{ExamId, store};
use crate::papers::PaperId;
use crate::points::Points;

/// An exam in the list of who answers for candidates.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExamItem {
    /// Its id.
    id: ExamId,
    /// What it is called.
    title: String,
    /// What it examines.
    competence: Competence,
    /// From when on one may begin.
    #[schema(value_type = String, format = DateTime)]
    opens_at: Micros,
    /// When every sitting ends.
    #[schema(value_type = String, format = DateTime)]
    closes_at: Micros,
    /// Whether it was called off.
    cancelled: bool,
    /// 0 for the first of a series, 1 for its make-up …
    make_up_number: i32,
    /// How far those of its candidates are whom the caller may see.
    counts: Counts,
    /// Attempts that wait for the caller's marks.
    to_mark: u64,
}

/// An exam in the list of who is to sit it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnExam {
    /// Its id.
    id: ExamId,
    /// What it is called.
    title: String,
    /// What it examines.
    competence: Competence,
    /// From when on one may begin.
    #[schema(value_type = String, format = DateTime)]
    opens_at: Micros,
    /// When every sitting ends.
    #[schema(value_type = String, format = DateTime)]
    closes_at: Micros,
    /// How long a sitting takes.
    minutes: i32,
    /// How often one may sit it.
    attempts: i32,
    /// 0 for the first of a series, 1 for its make-up …
    make_up_number: i32,
    /// What came of it.
    #[serde(flatten)]
    own: OwnResult,
}

/// What came of an exam for oneself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnExamResult)]
pub struct OwnResult {
    /// How it stands.
    standing: ExamStanding,
    /// Whether one may begin (again) now.
    can_begin: bool,
    /// How many attempts one began.
    begun: i32,
    /// Share of points of the best attempt, 0–1.
    score: Option<f64>,
    /// Its grade.
    grade: Option<Grade>,
    /// Credits earned.
    credits: Points,
    /// The make-up that one is in.
    make_up: Option<ExamId>,
}

/// An exam.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExamDetail {
    /// Its id.
    id: ExamId,
    /// What it is called.
    title: String,
    /// What it examines.
    competence: Competence,
    /// What is asked; for who sees the whole exam.
    paper: Option<PaperId>,
    /// From when on one may begin.
    #[schema(value_type = String, format = DateTime)]
    opens_at: Micros,
    /// When every sitting ends.
    #[schema(value_type = String, format = DateTime)]
    closes_at: Micros,
    /// The server's time.
    #[schema(value_type = String, format = DateTime)]
    server_now: Micros,
    /// How long a sitting takes.
    minutes: i32,
    /// How often one may sit it; the best attempt counts.
    attempts: i32,
    /// From which share of the points on a grade is given.
    limits: Limits,
    /// What a pass or better earns.
    credits: Points,
    /// When a make-up is set for who failed.
    make_up: Option<MakeUpRule>,
    /// Whether one may see which of one's answers were right.
    shows_answers: ShowsAnswers,
    /// Whether that is so now.
    answers_shown: bool,
    /// If not, why, and until when.
    answers_withheld: Option<Withheld>,
    /// 0 for the first of a series, 1 for its make-up …
    make_up_number: i32,
    /// The exam that it is a make-up of; for who is in that too.
    make_up_of: Option<ExamId>,
    /// Whether it was called off.
    cancelled: bool,
    /// Send it back with a change.
    version: i32,
    /// One's own part in it; none: one is no candidate.
    own: Option<OwnPart>,
    /// What is there to be managed; none: the caller answers for none of its candidates.
    managed: Option<Managed>,
}

/// One's own part in an exam.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnExamPart)]
pub struct OwnPart {
    /// What came of it.
    #[serde(flatten)]
    result: OwnResult,
    /// One's attempts, the first first.
    tries: Vec<AttemptItem>,
}

/// What who answers for candidates sees of an exam.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ManagedExam)]
pub struct Managed {
    /// Whether it is the whole exam, or the part of one's people.
    whole: bool,
    /// How far the candidates are.
    counts: Counts,
    /// Attempts that wait for the caller's marks; none: he does not mark it.
    to_mark: Option<u64>,
    /// Its make-ups.
    make_ups: Vec<MakeUp>,
    /// Whether he may call it off.
    may_cancel: bool,
}

/// A make-up of an exam.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MakeUpItem)]
pub struct MakeUp {
    /// Its id.
    id: ExamId,
    /// From when on one may begin.
    #[schema(value_type = String, format = DateTime)]
    opens_at: Micros,
    /// When every sitting ends.
    #[schema(value_type = String, format = DateTime)]
    closes_at: Micros,
    /// How far its candidates are.
    counts: Counts,
}

/// The exams whose answers the caller marks, of these, with how many attempts wait.
async fn to_mark(ctx: &Ctx, caller: &Caller, exams: &[&Model]) -> Result<HashMap<ExamId, u64>> {
    if !caller.may(Right::ExamMark) {
        return Ok(HashMap::new());
    }
    let sight = Sight::of(ctx.db().read(), caller, Right::ExamMark).await?;
    let marked: Vec<ExamId> = exams.iter().filter(|e| sight.whole_of(e)).map(|e| e.id).collect();
    let waiting = sittings::waiting(ctx.db().read(), sight.tenant, &marked, caller.staff).await?;
    Ok(marked.into_iter().map(|id| (id, waiting.get(&id).copied().unwrap_or_default())).collect())
}

pub async fn list(ctx: &Ctx, caller: &Caller, page: &PageRequest) -> Result<Page<ExamItem>> {
    let db = ctx.db().read();
    let sight = Sight::of(db, caller, Right::ExamRead).await?;
    let exams = store::page(db, &sight, page).await?;
    let ids: Vec<ExamId> = exams.items.iter().map(|exam| exam.id).collect();
    let mut candidates = by_exam(store::candidates(db, sight.tenant, &ids).await?);
    let waiting = to_mark(ctx, caller, &exams.items.iter().collect::<Vec<_>>()).await?;
    Ok(exams.map(|exam| {
        let seen = sight.part(&exam, candidates.remove(&exam.id).unwrap_or_default());
        ExamItem {
            id: exam.id,
            title: exam.title,
            competence: exam.competence,
            opens_at: exam.opens_at,
            closes_at: exam.closes_at,
            cancelled: exam.cancelled_at.is_some(),
            make_up_number: exam.make_up_number,
            counts: Counts::of(&seen),
            to_mark: waiting.get(&exam.id).copied().unwrap_or_default(),
        }
    }))
}

pub async fn list_own(ctx: &Ctx, caller: &Caller, page: &PageRequest) -> Result<Page<OwnExam>> {
    let Some(staff) = caller.staff else { return Ok(Page::whole(Vec::new())) };
    let (db, tenant, now) = (ctx.db().read(), caller.tenant, ctx.now());
    let own = store::own_page(db, tenant, staff, page).await?;
    let ids: Vec<ExamId> = own.items.iter().map(|row| row.exam_id).collect();
    let waits = sittings::of_candidates(db, tenant, &ids).await?;
    let exams = store::exams(db, tenant, &ids).await?;
    let mut exams: HashMap<ExamId, Model> = exams.into_iter().map(|exam| (exam.id, exam)).collect();
    let item = |row: &candidate::Model| {
        let exam = exams.remove(&row.exam_id)?;
        let own = own_result(&exam, row, waits.get(&(exam.id, staff)).copied(), now);
        Some(OwnExam {
            id: exam.id,
            title: exam.title,
            competence: exam.competence,
            opens_at: exam.opens_at,
            closes_at: exam.closes_at,
            minutes: exam.minutes,
            attempts: exam.attempts,
            make_up_number: exam.make_up_number,
            own,
        })
    };
    Ok(Page { items: own.items.iter().filter_map(item).collect(), next: own.next })
}

fn own_result(exam: &Model, row: &candidate::Model, waits: Option<AttemptState>, now: Micros) -> OwnResult {
    let case = exam.case(row, waits);
    OwnResult {
        standing: case.standing(now),
        can_begin: case.can_begin(now),
        begun: row.begun,
        score: row.score,
        grade: row.grade,
        credits: row.credits,
        make_up: row.make_up,
    }
}

/// An exam as the caller may see it.
///
/// # Errors
/// `not_found` for who is neither a candidate nor answers for one.
pub async fn detail(ctx: &Ctx, caller: &Caller, id: ExamId) -> Result<ExamDetail> {
    let db = ctx.db().read();
    let exam = store::exam(db, caller.tenant, id).await?;
    let own = match caller.staff {
        Some(staff) => own_part(ctx, &exam, staff).await?,
        None => None,
    };
    let managed = managed(ctx, caller, &exam).await?;
    if own.is_none() && managed.is_none() {
        return Err(Error::not_found("exam"));
    }
    let withheld = sittings::withheld(ctx, &exam, own.as_ref().and(caller.staff)).await?;
    Ok(ExamDetail {
        id,
        paper: managed.as_ref().filter(|m| m.whole).map(|_| exam.paper_id),
        server_now: ctx.now(),
        limits: exam.limits(),
        make_up: exam.make_up(),
        answers_shown: withheld.is_none(),
        answers_withheld: withheld,
        cancelled: exam.cancelled_at.is_some(),
        title: exam.title,
        competence: exam.competence,
        opens_at: exam.opens_at,
        closes_at: exam.closes_at,
        minutes: exam.minutes,
        attempts: exam.attempts,
        credits: exam.credits,
        shows_answers: exam.shows_answers,
        make_up_number: exam.make_up_number,
        make_up_of: exam.make_up_of,
        version: exam.version,
        own,
        managed,
    })
}

async fn own_part(ctx: &Ctx, exam: &Model, staff: StaffId) -> Result<Option<OwnPart>> {
    let db = ctx.db().read();
    let Some(row) = store::is_candidate(db, exam, staff).await? else { return Ok(None) };
    let waits = sittings::waits(db, exam.id, staff).await?;
    let tries = sittings::of_member(db, exam.tenant_id, exam.id, staff).await?;
    let result = own_result(exam, &row, waits, ctx.now());
    Ok(Some(OwnPart { result, tries: tries.into_iter().map(AttemptItem::from).collect() }))
}

async fn managed(ctx: &Ctx, caller: &Caller, exam: &Model) -> Result<Option<Managed>> {
    if !caller.may(Right::ExamRead) {
        return Ok(None);
    }
    let db = ctx.db().read();
    let sight = Sight::of(db, caller, Right::ExamRead).await?;
    let whole = sight.whole_of(exam);
    let mut seen = sight.part(exam, store::candidates(db, sight.tenant, &[exam.id]).await?);
    if !whole {
        // Who is only a candidate himself manages nothing.
        seen.retain(|row| Some(row.staff_id) != caller.staff);
        if seen.is_empty() {
            return Ok(None);
        }
    }
    let mut make_ups = Vec::new();
    for next in store::make_ups(db, exam).await? {
        let seen = sight.part(&next, store::candidates(db, sight.tenant, &[next.id]).await?);
        if !seen.is_empty() {
            let counts = Counts::of(&seen);
            make_ups.push(MakeUp { id: next.id, opens_at: next.opens_at, closes_at: next.closes_at, counts });
        }
    }
    let counts = Counts::of(&seen);
    let coming = exam.cancelled_at.is_none() && ctx.now() < exam.closes_at;
    let may_cancel = match caller.may(Right::ExamWrite) && whole && coming && counts.sat == 0 {
        true => Sight::of(db, caller, Right::ExamWrite).await?.whole_of(exam),
        false => false,
    };
    let to_mark = to_mark(ctx, caller, &[exam]).await?.get(&exam.id).copied();
    Ok(Some(Managed { whole, counts, to_mark, make_ups, may_cancel }))
}
