//! Beginning, answering, handing in.

use std::collections::BTreeMap;

use kexun_base::db::Tx;
use kexun_base::events::{self, Actor};
use kexun_base::time::Micros;
use kexun_base::{Code, Ctx, Error, Result, jobs};
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::entity::Model;
use super::saving::{Save, Saved};
use super::{AttemptState, SignKind, rules, store};
use crate::exams::rules::{GRACE_S, deadline, in_time};
use crate::exams::{AttemptId, COLLECT, ExamId, grading, marking, service, store as exams};
use crate::papers::{self, Sheet, SheetItem};
use crate::points::Points;
use crate::questions::body::{Key, QuestionKind, Response};
use crate::questions::rules::mark;

/// An option, without what it is worth.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AskedOption)]
pub struct Shown {
    /// Its number in the written order, from 0: by this it is answered.
    pub number: u16,
    /// What it says.
    pub text: String,
}

/// A question as it is asked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AskedQuestion)]
pub struct Item {
    /// Its number on the sheet, from 1.
    pub n: i32,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What it asks.
    pub text: String,
    /// Its options in the order in which they are shown; empty where there are none.
    pub options: Vec<Shown>,
    /// What it is worth.
    pub points: Points,
}

/// A sitting under way, or over.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sitting {
    /// The attempt.
    pub attempt: AttemptId,
    /// Of which exam.
    pub exam: ExamId,
    /// What the exam is called.
    pub title: String,
    /// How far it is.
    pub state: AttemptState,
    /// The server's time: clocks of telephones are wrong.
    #[schema(value_type = String, format = DateTime)]
    pub server_now: Micros,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub deadline: Micros,
    /// The questions; none once it is over.
    pub items: Vec<Item>,
    /// What counts so far, by number of the question; none once it is over.
    #[schema(value_type = BTreeMap<String, Response>)]
    pub answers: BTreeMap<i32, Response>,
    /// The highest `client_seq` that was saved; go on from there, on this device or another.
    pub last_seq: i64,
}

/// An answer to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AnswerToSave)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What he answers.
    pub response: Response,
    /// Counts up on the device that answers; of a question the highest counts, whenever it arrives.
    #[schema(minimum = 0)]
    pub client_seq: i64,
}

fn own(caller: &Caller) -> Result<(TenantId, StaffId)> {
    let scope = caller.scope(Right::ExamSit)?;
    Ok((scope.tenant, scope.reach.own.ok_or_else(|| Error::not_found("exam"))?))
}

/// Begins an attempt, or goes on with the one that is not handed in, on whatever device.
///
/// # Errors
/// `not_found` for who is no candidate; `conflict` outside the window or without an attempt left.
pub async fn begin(ctx: &Ctx, caller: &Caller, id: ExamId) -> Result<Sitting> {
    let (tenant, staff) = own(caller)?;
    let db = ctx.db().read();
    exams::candidate(db, tenant, id, staff).await?;
    if let Some(open) = unfinished(ctx, tenant, id, staff).await? {
        return sitting(ctx, open).await;
    }
    let exam = exams::exam(db, tenant, id).await?;
    // Drawn before the transaction, which others share: a thousand may begin in the same minute.
    let seed = u64::from_le_bytes(ctx.random_bytes());
    let set_at = exams::series_set_at(db, &exam).await?;
    let sheet = papers::sheet_of_exam(db, tenant, exam.paper_id, seed, set_at).await?;
    let (own_ctx, drawn) = (ctx.clone(), sheet.clone());
    let begun =
        ctx.db().write_grouped(move |tx| Box::pin(open(own_ctx, tx, tenant, id, staff, drawn))).await?;
    match begun {
        Some(attempt) => Ok(in_progress(ctx, &attempt, exam.title, &sheet, BTreeMap::new())),
        None => {
            let open = unfinished(ctx, tenant, id, staff).await?;
            sitting(ctx, open.ok_or_else(|| Error::not_found("attempt"))?).await
        }
    }
}

/// Writes a new attempt; none where one is open that began a moment ago.
async fn open(
    ctx: Ctx,
    tx: &Tx,
    tenant: TenantId,
    id: ExamId,
    staff: StaffId,
    sheet: Sheet,
) -> Result<Option<Model>> {
    let mut candidate = exams::lock_candidate(tx, tenant, id, staff).await?;
    let exam = exams::hold(tx, tenant, id).await?;
    let waits = store::waits(tx, id, staff).await?;
    if waits == Some(AttemptState::Sitting) {
        return Ok(None);
    }
    let now = ctx.now();
    if !exam.case(&candidate, waits).can_begin(now) {
        return Err(Error::conflict(
            "it is not open, or you have no attempt left; its page says when it opens and how often you may",
        ));
    }
    candidate.begun += 1;
    exams::put_candidate(tx, &candidate).await?;
    let end = deadline(now, exam.minutes, exam.closes_at);
    let attempt = Model {
        id: ctx.id(),
        tenant_id: tenant,
        exam_id: id,
        staff_id: staff,
        number: candidate.begun,
        state: AttemptState::Sitting,
        started_at: now,
        deadline: end,
        shapes: rules::shapes(&sheet),
        possible: sheet.items.iter().map(|item| item.points).sum(),
        sheet: serde_json::to_string(&sheet)?,
        submitted_at: None,
        earned: None,
        score: None,
        grade: None,
        graded_at: None,
    };
    store::insert(tx, attempt.clone()).await?;
    let order = json!({ "tenant": tenant, "attempt": attempt.id });
    jobs::enqueue_at(&ctx, tx, Some(tenant.0), COLLECT, &order, end.plus_seconds(GRACE_S + 1)).await?;
    Ok(Some(attempt))
}

/// The attempt that is still going on; one whose time is over is handed in first.
async fn unfinished(ctx: &Ctx, tenant: TenantId, exam: ExamId, staff: StaffId) -> Result<Option<Model>> {
    let attempts = store::of_member(ctx.db().read(), tenant, exam, staff).await?;
    let Some(open) = attempts.into_iter().find(|a| a.state == AttemptState::Sitting) else { return Ok(None) };
    if in_time(ctx.now(), open.deadline) {
        return Ok(Some(open));
    }
    collect(ctx, tenant, open.id).await?;
    Ok(None)
}

/// Somebody's own attempt, to go on with.
///
/// # Errors
/// `not_found`.
pub async fn resume(ctx: &Ctx, caller: &Caller, id: AttemptId) -> Result<Sitting> {
    sitting(ctx, current(ctx, caller, id).await?).await
}

/// Somebody's own attempt as it stands, handed in if its time is over.
pub async fn current(ctx: &Ctx, caller: &Caller, id: AttemptId) -> Result<Model> {
    let (tenant, staff) = own(caller)?;
    let attempt = store::own(ctx.db().read(), tenant, staff, id).await?;
    if attempt.state == AttemptState::Sitting && !in_time(ctx.now(), attempt.deadline) {
        collect(ctx, tenant, id).await?;
        return store::own(ctx.db().read(), tenant, staff, id).await;
    }
    Ok(attempt)
}

async fn sitting(ctx: &Ctx, attempt: Model) -> Result<Sitting> {
    let db = ctx.db().read();
    let exam = exams::exam(db, attempt.tenant_id, attempt.exam_id).await?;
    if attempt.state != AttemptState::Sitting {
        return Ok(in_progress(ctx, &attempt, exam.title, &Sheet { items: Vec::new() }, BTreeMap::new()));
    }
    let sheet: Sheet = serde_json::from_str(&attempt.sheet)?;
    let answers = store::answers(db, attempt.id).await?;
    Ok(in_progress(ctx, &attempt, exam.title, &sheet, answers))
}

fn in_progress(
    ctx: &Ctx,
    attempt: &Model,
    title: String,
    sheet: &Sheet,
    answers: BTreeMap<i32, (i64, Response)>,
) -> Sitting {
    Sitting {
        attempt: attempt.id,
        exam: attempt.exam_id,
        title,
        state: attempt.state,
        server_now: ctx.now(),
        deadline: attempt.deadline,
        items: (1..).zip(&sheet.items).map(|(n, item)| shown(n, item)).collect(),
        last_seq: answers.values().map(|(seq, _)| *seq).max().unwrap_or_default(),
        answers: answers.into_iter().map(|(n, (_, response))| (n, response)).collect(),
    }
}

/// A question without what is right. Options are shown in the sheet's order.
pub fn shown(n: i32, item: &SheetItem) -> Item {
    let options = match &item.key {
        Key::Single { options } | Key::Multiple { options } => options.as_slice(),
        Key::TrueFalse { .. } | Key::FillIn { .. } | Key::ShortAnswer { .. } => &[],
    };
    let text = |number: &u16| {
        let option = options.get(usize::from(*number))?;
        Some(Shown { number: *number, text: option.text.clone() })
    };
    Item {
        n,
        kind: item.key.kind(),
        text: item.text.clone(),
        options: item.order.iter().filter_map(text).collect(),
        points: item.points,
    }
}

/// Saves an answer as it is given. It is acknowledged when it is on disk.
///
/// # Errors
/// `invalid` for an answer that the question does not take; `conflict` when the time is over or the
/// attempt handed in, and when another device used this sequence for another answer.
pub async fn save(ctx: &Ctx, caller: &Caller, id: AttemptId, n: i32, answer: Answer) -> Result<Saved> {
    let Answer { response, client_seq } = answer;
    // Everybody in the room answers at once: their answers share a commit.
    ctx.db().write_batched(Save::new(ctx, own(caller)?, id, n, client_seq, response)?).await
}

/// Hands an attempt in; once more does nothing more.
///
/// # Errors
/// `not_found`.
pub async fn submit(ctx: &Ctx, caller: &Caller, id: AttemptId) -> Result<Model> {
    let (tenant, staff) = own(caller)?;
    let (own_ctx, actor) = (ctx.clone(), caller.actor());
    ctx.db().write_grouped(move |tx| Box::pin(submit_in(own_ctx, tx, actor, tenant, staff, id))).await?;
    store::own(ctx.db().read(), tenant, staff, id).await
}

async fn submit_in(
    ctx: Ctx,
    tx: &Tx,
    actor: Actor,
    tenant: TenantId,
    staff: StaffId,
    id: AttemptId,
) -> Result<()> {
    let attempt = store::lock(tx, tenant, id).await?;
    if attempt.staff_id != staff {
        return Err(Error::not_found("attempt"));
    }
    if attempt.state == AttemptState::Sitting {
        let at = ctx.now().min(attempt.deadline);
        hand_in(&ctx, tx, actor, &attempt, at).await?;
    }
    Ok(())
}

/// Hands in an attempt whose time is over.
///
/// # Errors
/// When the database refuses.
pub async fn collect(ctx: &Ctx, tenant: TenantId, id: AttemptId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let attempt = store::lock(&tx, tenant, id).await?;
    if attempt.state == AttemptState::Sitting && !in_time(ctx.now(), attempt.deadline) {
        hand_in(ctx, &tx, Actor::System, &attempt, attempt.deadline).await?;
    }
    Ok(tx.commit().await?)
}

/// Marks what the program can mark; where nothing is left for a person, grades at once.
async fn hand_in(ctx: &Ctx, tx: &Tx, actor: Actor, attempt: &Model, at: Micros) -> Result<()> {
    let sheet: Sheet = serde_json::from_str(&attempt.sheet)?;
    let mut answers = store::answers(tx, attempt.id).await?;
    let mut marks = Vec::with_capacity(sheet.items.len());
    for (n, item) in (1..).zip(&sheet.items) {
        // Cleaned here too: answers that were saved by earlier versions are as they came.
        let response = answers.remove(&n).map(|(_, response)| response.cleaned());
        let share = response.as_ref().map_or(Some(0.0), |response| mark(&item.key, response));
        marks.push(marking::NewMark {
            item: n,
            question: item.question,
            revision: item.revision,
            worth: item.points,
            points: share.map(|share| item.points.part(share)),
            response: match (share, response) {
                (None, Some(Response::ShortAnswer { text })) => Some(text),
                _ => None,
            },
        });
    }
    let waits = marks.iter().any(|mark| mark.points.is_none());
    marking::insert(ctx, tx, attempt, marks).await?;
    store::set_submitted(tx, attempt.id, at).await?;
    let exam = exams::exam(tx, attempt.tenant_id, attempt.exam_id).await?;
    let data = json!({ "staff": attempt.staff_id, "attempt": attempt.id });
    events::record(ctx, tx, service::event(&exam, "exam.submitted", actor, data)).await?;
    if waits {
        return Ok(());
    }
    grading::finish(ctx, tx, actor, attempt).await
}

/// Records that somebody did something else meanwhile.
///
/// # Errors
/// `not_found`.
pub async fn sign(ctx: &Ctx, caller: &Caller, id: AttemptId, kind: SignKind, seconds: i32) -> Result<()> {
    let (tenant, staff) = own(caller)?;
    if !(0..=86_400).contains(&seconds) {
        return Err(Error::new(Code::Invalid, "seconds: must be from 0 to 86400"));
    }
    let tx = ctx.db().begin().await?;
    let attempt = store::own(&tx, tenant, staff, id).await?;
    if attempt.state == AttemptState::Sitting {
        store::add_sign(ctx, &tx, &attempt, kind, seconds).await?;
    }
    Ok(tx.commit().await?)
}
