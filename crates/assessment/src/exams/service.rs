//! Setting exams and calling them off.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::events::{self, Actor, NewEvent, Subject};
use kexun_base::http::PageRequest;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result, jobs};
use kexun_people::rights::{By, Caller, Reach, Right, Role, Scope};
use kexun_people::staff::{self, Member, StaffId};
use kexun_people::tenants::TenantId;
use kexun_people::text;
use serde_json::{Value, json};

use super::entity::Model;
use super::rules::GRACE_S;
use super::sight::Sight;
use super::{CLOSE, ExamDraft, ExamId, notify, store};
use crate::papers::{self, PaperState};

const MOST_CANDIDATES: usize = 5_000;
/// Windows end within this time, so that a slip of the keyboard does not set an exam for centuries.
const LONGEST_WINDOW_S: i64 = 400 * 86_400;

/// Sets an exam and tells its candidates. `causes` is what it came of: a class, a course, a plan's
/// item, an exam.
///
/// # Errors
/// `invalid` for what cannot be, and for candidates who are not the setter's people; `not_found` for
/// the paper; `conflict` where the paper cannot be drawn; `forbidden`.
pub async fn set(ctx: &Ctx, by: By<'_>, draft: ExamDraft, causes: &[Subject]) -> Result<ExamId> {
    let scope = setting_scope(by)?;
    check(ctx.now(), &draft)?;
    let db = ctx.db().read();
    if papers::head(db, scope.tenant, draft.paper).await?.state == PaperState::Retired {
        return Err(Error::conflict("the paper is retired; choose another, or bring it back"));
    }
    // Tried now, so that a bank too small for it is found by who sets it, not by who sits it.
    papers::sheet(db, scope.tenant, draft.paper, 0).await?;
    let exam = exam_of(ctx, by, draft.clone())?;
    let tx = ctx.db().begin().await?;
    let people = candidates(&tx, &scope, &draft.candidates).await?;
    for cause in causes {
        check_cause(&tx, scope.tenant, cause).await?;
    }
    write(ctx, &tx, by.actor(), &exam, &people, causes).await?;
    notify::of_window(ctx, &tx, &exam, &people, "exam_set").await?;
    tx.commit().await?;
    Ok(exam.id)
}

/// Writes an exam with its candidates, the event, and the order to settle it when it closes.
pub(super) async fn write(
    ctx: &Ctx,
    tx: &Tx,
    actor: Actor,
    exam: &Model,
    people: &[Member],
    causes: &[Subject],
) -> Result<()> {
    let staff: Vec<StaffId> = people.iter().map(|m| m.id).collect();
    store::insert(tx, exam.clone()).await?;
    store::add_candidates(tx, exam, &staff).await?;
    let data = json!({
        "title": exam.title, "competence": exam.competence, "opens_at": exam.opens_at,
        "closes_at": exam.closes_at, "candidates": staff.len(), "make_up": exam.make_up_number > 0,
    });
    events::record_because(ctx, tx, event(exam, "exam.set", actor, data), causes).await?;
    let order = json!({ "tenant": exam.tenant_id, "exam": exam.id });
    let at = exam.closes_at.plus_seconds(GRACE_S + 1);
    jobs::enqueue_at(ctx, tx, Some(exam.tenant_id.0), CLOSE, &order, at).await.map(drop)
}

/// An event that an exam is the subject of.
pub(super) fn event(exam: &Model, kind: &'static str, actor: Actor, data: Value) -> NewEvent {
    let (tenant, subject) = (exam.tenant_id.0, exam.id.0);
    NewEvent { tenant, kind, actor, subject_kind: "exam", subject, data, caused_by: None }
}

/// Whom the caller may set exams for. A lecturer's right reaches his own exams, and with them
/// everybody where he is a lecturer.
fn setting_scope(by: By<'_>) -> Result<Scope> {
    let mut scope = by.scope(Right::ExamWrite)?;
    let By::Caller(caller) = by else { return Ok(scope) };
    let Reach { all, shops, teams, .. } = &mut scope.reach;
    for grant in caller.grants.iter().filter(|g| g.role == Role::Lecturer) {
        match (grant.shop_id, grant.team_id) {
            (_, Some(team)) => drop(teams.insert(team)),
            (Some(shop), None) => drop(shops.insert(shop)),
            (None, None) => *all = true,
        }
    }
    Ok(scope)
}

/// The members that the caller may set exams for, for who chooses them by rule.
pub(super) fn candidates_scope(caller: &Caller) -> Result<Scope> {
    setting_scope(By::Caller(caller))
}

async fn candidates(tx: &Tx, scope: &Scope, named: &[StaffId]) -> Result<Vec<Member>> {
    let named: BTreeSet<StaffId> = named.iter().copied().collect();
    if named.is_empty() || named.len() > MOST_CANDIDATES {
        return Err(Error::field(
            "candidates",
            format!("must be 1 to {MOST_CANDIDATES} people; choose some"),
        ));
    }
    let mut members = staff::members(tx, scope).await?;
    members.retain(|member| named.contains(&member.id));
    if members.len() < named.len() {
        return Err(Error::field("candidates", "names somebody who is not among your people"));
    }
    Ok(members)
}

/// A cause is something that the tenant's books tell of: nobody hangs his exam on a stranger's class.
async fn check_cause(tx: &Tx, tenant: TenantId, cause: &Subject) -> Result<()> {
    let filter = events::Filter {
        kind: Some(format!("{}.", cause.kind)),
        subject: Some(cause.id),
        ..events::Filter::default()
    };
    let page = PageRequest { cursor: None, limit: Some(1) };
    if events::list(tx, tenant.0, &filter, &page).await?.items.is_empty() {
        return Err(Error::not_found(cause.kind));
    }
    Ok(())
}

fn check(now: Micros, draft: &ExamDraft) -> Result<()> {
    draft.limits.check()?;
    if let Some(rule) = &draft.make_up {
        rule.check()?;
    }
    if !(1..=600).contains(&draft.minutes) {
        return Err(Error::field("minutes", "must be 1 to 600"));
    }
    if !(1..=5).contains(&draft.attempts) {
        return Err(Error::field("attempts", "must be 1 to 5"));
    }
    if draft.closes_at <= draft.opens_at || draft.closes_at <= now {
        return Err(Error::field("closes_at", "must lie after opens_at and in the future"));
    }
    if draft.closes_at > draft.opens_at.plus_seconds(LONGEST_WINDOW_S) {
        return Err(Error::field("closes_at", "must lie within 400 days of opens_at"));
    }
    Ok(())
}

fn exam_of(ctx: &Ctx, by: By<'_>, draft: ExamDraft) -> Result<Model> {
    let id: ExamId = ctx.id();
    Ok(Model {
        id,
        tenant_id: by.tenant(),
        title: text::required("title", &draft.title, 100)?,
        competence: draft.competence,
        paper_id: draft.paper,
        opens_at: draft.opens_at,
        closes_at: draft.closes_at,
        minutes: draft.minutes,
        attempts: draft.attempts,
        excellent: draft.limits.excellent,
        good: draft.limits.good,
        pass: draft.limits.pass,
        credits: draft.credits,
        make_up_after_days: draft.make_up.map(|rule| rule.after_days),
        make_up_window_days: draft.make_up.map(|rule| rule.window_days),
        make_up_times: draft.make_up.map(|rule| rule.times),
        shows_answers: draft.shows_answers,
        series: id,
        make_up_of: None,
        make_up_number: 0,
        made_by: match by {
            By::Caller(caller) => caller.staff,
            By::Operator(_) => None,
        },
        made_at: ctx.now(),
        cancelled_at: None,
        version: 1,
    })
}

/// Calls an exam off that nobody has begun.
///
/// # Errors
/// `not_found`; `conflict` once somebody has begun, or it is over; `stale_version`.
pub(super) async fn cancel(ctx: &Ctx, caller: &Caller, id: ExamId, version: i32) -> Result<()> {
    let sight = Sight::of(ctx.db().read(), caller, Right::ExamWrite).await?;
    let tx = ctx.db().begin().await?;
    let exam = store::lock(&tx, sight.tenant, id).await?;
    if !sight.whole_of(&exam) {
        return Err(Error::not_found("exam"));
    }
    let candidates = store::candidates(&tx, sight.tenant, &[id]).await?;
    let begun = candidates.iter().filter(|c| c.begun > 0).count();
    if begun > 0 {
        return Err(Error::conflict(format!("{begun} people have begun it; their results stand")));
    }
    if exam.cancelled_at.is_some() || exam.closes_at <= ctx.now() {
        return Err(Error::conflict("it is over, or was called off before"));
    }
    store::set_cancelled(&tx, &exam, version, ctx.now()).await?;
    let data = json!({ "title": exam.title });
    events::record(ctx, &tx, event(&exam, "exam.cancelled", caller.actor(), data)).await?;
    let staff: Vec<StaffId> = candidates.iter().map(|c| c.staff_id).collect();
    let people = notify::members(&tx, sight.tenant, &staff).await?;
    notify::of_window(ctx, &tx, &exam, &people, "exam_cancelled").await?;
    Ok(tx.commit().await?)
}

/// The subject that an exam is in events.
pub(super) fn subject(exam: ExamId) -> Subject {
    Subject { kind: "exam", id: exam.0 }
}
