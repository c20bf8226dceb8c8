//! From marks to a grade, from grades to a result, from a result to credits and a make-up.

use kexun_base::db::Tx;
use kexun_base::events::{self, Actor};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use serde_json::{Value, json};

use super::entity::{Model, candidate};
use super::rules::Grade;
use super::sittings::{self, Attempt, AttemptState};
use super::{AttemptId, ExamId, marking, notify, service, store};
use crate::points::Points;

/// Candidates that are settled in one transaction: others want to write too.
const AT_ONCE: usize = 50;

/// Grades an attempt of which nothing is left to mark. Its row is locked by the caller.
pub(super) async fn finish(ctx: &Ctx, tx: &Tx, actor: Actor, attempt: &Attempt) -> Result<()> {
    let tenant = attempt.tenant_id;
    let mut candidate = store::lock_candidate(tx, tenant, attempt.exam_id, attempt.staff_id).await?;
    let exam = store::exam(tx, tenant, attempt.exam_id).await?;
    let earned = marking::earned(tx, attempt.id).await?;
    let grade = exam.limits().grade(earned, attempt.possible);
    let score = earned.share_of(attempt.possible);
    let credits = match grade.passes() && !store::has_earned(tx, &exam, attempt.staff_id).await? {
        true => exam.credits,
        false => Points::default(),
    };
    sittings::set_graded(tx, attempt.id, earned, score, grade, ctx.now()).await?;
    if candidate.score.is_none_or(|best| score > best) {
        candidate.score = Some(score);
        candidate.grade = Some(grade);
    }
    candidate.credits = Points(candidate.credits.0 + credits.0);
    let data = graded(&exam, attempt.staff_id, Some(attempt.id), Some(score), grade, credits);
    events::record(ctx, tx, service::event(&exam, "exam.graded", actor, data)).await?;
    notify::of_result(ctx, tx, &exam, attempt.staff_id).await?;
    let waits = sittings::waits(tx, exam.id, attempt.staff_id).await?;
    settle(ctx, tx, &exam, &mut candidate, waits).await?;
    store::put_candidate(tx, &candidate).await
}

fn graded(
    exam: &Model,
    staff: StaffId,
    attempt: Option<AttemptId>,
    score: Option<f64>,
    grade: Grade,
    credits: Points,
) -> Value {
    json!({
        "staff": staff, "attempt": attempt, "title": exam.title, "competence": exam.competence,
        "score": score, "grade": grade, "credits": credits, "make_up": exam.make_up_number > 0,
    })
}

/// Settles who has no result when an exam has closed: who did not come has failed without a score.
pub(super) async fn close(ctx: &Ctx, tenant: TenantId, id: ExamId) -> Result<()> {
    let exam = store::exam(ctx.db().read(), tenant, id).await?;
    for part in store::unsettled(ctx.db().read(), &exam).await?.chunks(AT_ONCE) {
        let tx = ctx.db().begin().await?;
        // All of them before the exam, which a make-up holds: who hands in at the same moment has his own row
        // and waits for the exam, and with it in hand nothing here may wait for a row like his.
        let candidates = store::lock_candidates(&tx, &exam, part).await?;
        let exam = store::exam(&tx, tenant, id).await?;
        for mut candidate in candidates {
            let waits = sittings::waits(&tx, id, candidate.staff_id).await?;
            settle(ctx, &tx, &exam, &mut candidate, waits).await?;
            store::put_candidate(&tx, &candidate).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Makes a candidate's result final once nothing can change it, and puts who failed into a make-up. His
/// row is locked, and written by the caller.
async fn settle(
    ctx: &Ctx,
    tx: &Tx,
    exam: &Model,
    candidate: &mut candidate::Model,
    waits: Option<AttemptState>,
) -> Result<()> {
    let now = ctx.now();
    let case = exam.case(candidate, waits);
    if case.cancelled || candidate.settled_at.is_some() || !case.is_final(now) {
        return Ok(());
    }
    candidate.settled_at = Some(now);
    if candidate.begun == 0 {
        candidate.absent = true;
        candidate.grade = Some(Grade::Fail);
        let data = graded(exam, candidate.staff_id, None, None, Grade::Fail, Points::default());
        events::record(ctx, tx, service::event(exam, "exam.graded", Actor::System, data)).await?;
    }
    if candidate.grade == Some(Grade::Fail) {
        candidate.make_up = make_up(ctx, tx, exam, candidate.staff_id, now).await?;
    }
    Ok(())
}

/// Puts somebody into a make-up, if the rule gives him one: into that which is coming, else into a new one.
async fn make_up(ctx: &Ctx, tx: &Tx, exam: &Model, staff: StaffId, now: Micros) -> Result<Option<ExamId>> {
    let Some(rule) = exam.next_make_up() else { return Ok(None) };
    // Who has left is not called again.
    let people = notify::members(tx, exam.tenant_id, &[staff]).await?;
    let Some(member) = people.first() else { return Ok(None) };
    // Held, so that two who fail at once do not each make one.
    store::lock(tx, exam.tenant_id, exam.id).await?;
    let next = match store::joinable(tx, exam, now).await? {
        Some(coming) => {
            store::add_candidates(tx, &coming, &[staff]).await?;
            coming
        }
        None => {
            let zone = notify::Zones::of(tx, exam.tenant_id).await?.zone(member.shop);
            let (opens_at, closes_at) = rule.window(now, zone);
            let next = Model {
                id: ctx.id(),
                opens_at,
                closes_at,
                make_up_of: Some(exam.id),
                make_up_number: exam.make_up_number + 1,
                made_at: now,
                cancelled_at: None,
                version: 1,
                ..exam.clone()
            };
            let causes = [service::subject(exam.id)];
            service::write(ctx, tx, Actor::System, &next, &people, &causes).await?;
            next
        }
    };
    let data = json!({ "staff": staff, "of": exam.id });
    events::record(ctx, tx, service::event(&next, "exam.make_up_set", Actor::System, data)).await?;
    notify::of_window(ctx, tx, &next, &people, "exam_make_up").await?;
    Ok(Some(next.id))
}
