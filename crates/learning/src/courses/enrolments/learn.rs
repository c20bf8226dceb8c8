//! Opening courses, reporting how far one is, completing.

use std::collections::HashSet;

use kexun_base::db::Tx;
use kexun_base::events::{self, Actor, NewEvent};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Scope};
use kexun_people::staff::{self, StaffId};
use kexun_people::tenants::{self, ShopId};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::entity::enrolment;
use super::rules::{self, Report, Standing};
use super::store::{self, Written};
use super::{Learner, Learning};
use crate::courses::entity::{course, lesson};
use crate::courses::{CourseId, CourseState, LessonId, store as courses};

/// What a report led to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LessonReported)]
pub struct Reported {
    /// How far he is in the lesson.
    pub lesson: Standing,
    /// How far he is in the course.
    pub course: Learning,
}

/// Opens a course for somebody: he is in it from now on.
///
/// # Errors
/// `not_found` when it is not published and he is not in it; `conflict` after its last day for who is not in
/// it yet.
pub async fn start(ctx: &Ctx, who: Learner, course: CourseId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let course = courses::course(&tx, who.tenant, course).await?;
    open(ctx, &tx, who, &course).await?;
    Ok(tx.commit().await?)
}

async fn open(ctx: &Ctx, tx: &Tx, who: Learner, course: &course::Model) -> Result<enrolment::Model> {
    let known = store::find(tx, who, course.id, false).await?.is_some();
    // What was learned offline counts, though the course was withdrawn meanwhile.
    if course.state != CourseState::Published && !(known && course.state == CourseState::Withdrawn) {
        return Err(Error::not_found("course"));
    }
    let today = tenants::today(ctx, tx, who.tenant, shop_of(tx, who).await?).await?;
    if !known && course.valid_until.is_some_and(|last| last < today) {
        return Err(Error::conflict("the last day of this course has passed; it takes nobody in any more"));
    }
    let mut row = store::held(ctx, tx, who, course.id).await?;
    if row.opened_at.is_none() {
        row.opened_at = Some(ctx.now());
        store::update(tx, row.clone()).await?;
    }
    Ok(row)
}

async fn shop_of(tx: &Tx, who: Learner) -> Result<Option<ShopId>> {
    let mut only = Scope::whole(who.tenant);
    only.reach.all = false;
    only.reach.own = Some(who.staff);
    Ok(staff::members(tx, &only).await?.into_iter().find(|m| m.id == who.staff).and_then(|m| m.shop))
}

/// Takes in what a device reports of a lesson. What is told twice, or late, changes nothing but upwards.
///
/// # Errors
/// As [`start`]; `not_found` for the lesson.
pub async fn report(
    ctx: &Ctx,
    who: Learner,
    course: CourseId,
    lesson: LessonId,
    report: Report,
) -> Result<Reported> {
    let tx = ctx.db().begin().await?;
    let course = courses::still(&tx, who.tenant, course).await?;
    let lesson = courses::lesson(&tx, &course, lesson).await?;
    let mut row = open(ctx, &tx, who, &course).await?;
    let now = ctx.now();
    let old = store::progress(&tx, who, lesson.id).await?;
    // The first report may have been lost: then he can have watched since he opened the course.
    let since = match &old {
        Some(old) => old.since,
        None if report.watched_s > 0 => row.opened_at.unwrap_or(now),
        None => now,
    };
    let before = old.as_ref().map(store::standing).unwrap_or_default();
    let elapsed = now.seconds() - since.seconds();
    let standing = rules::after(before, report, lesson.length_s, elapsed);
    let written = Written { course: course.id, lesson: lesson.id, standing, since };
    store::put_progress(&tx, who, written, old, now).await?;
    row.last_at = Some(now);
    let required = required(&courses::lessons(&tx, who.tenant, [course.id]).await?);
    let mine = store::own_lessons(&tx, who.tenant, who.staff, [course.id]).await?;
    let done: HashSet<LessonId> = mine.iter().filter(|l| l.standing.done).map(|l| l.lesson).collect();
    let done_required = required.intersection(&done).count();
    let shop = shop_of(&tx, who).await?;
    let today = tenants::today(ctx, &tx, who.tenant, shop).await?;
    if row.completed_at.is_none() && !required.is_empty() && done_required == required.len() {
        row = complete(ctx, &tx, who.actor, &course, row, today).await?;
    }
    store::update(&tx, row.clone()).await?;
    tx.commit().await?;
    let course = learning(&row, done_required, required.len(), today);
    Ok(Reported { lesson: standing, course })
}

/// The lessons that must be done.
pub(super) fn required(lessons: &[lesson::Model]) -> HashSet<LessonId> {
    lessons.iter().filter(|l| l.required).map(|l| l.id).collect()
}

/// How far an enrolment says somebody is.
pub fn learning(
    row: &enrolment::Model,
    done: usize,
    required: usize,
    today: kexun_base::time::Day,
) -> Learning {
    let completed = row.completed_at.is_some();
    Learning {
        state: rules::state(row.opened_at.is_some(), completed),
        assigned: row.assigned_at.is_some(),
        due: row.due,
        overdue: rules::overdue(row.due, completed, today),
        done: u32::try_from(done).unwrap_or(u32::MAX),
        required: u32::try_from(required).unwrap_or(u32::MAX),
        last_at: row.last_at,
        completed_on: row.completed_on,
    }
}

/// Says that somebody completed a course. The caller writes the row.
async fn complete(
    ctx: &Ctx,
    tx: &Tx,
    actor: Actor,
    course: &course::Model,
    row: enrolment::Model,
    today: kexun_base::time::Day,
) -> Result<enrolment::Model> {
    let event = NewEvent {
        tenant: course.tenant_id.0,
        kind: "course.completed",
        actor,
        subject_kind: "course",
        subject: course.id.0,
        data: json!({ "staff": row.staff_id, "title": course.title, "competence": course.competence }),
        caused_by: None,
    };
    events::record(ctx, tx, event).await?;
    Ok(enrolment::Model { completed_at: Some(ctx.now()), completed_on: Some(today), ..row })
}

/// Completes a course for those who have done all that is required of it now.
pub async fn complete_who_are_done(ctx: &Ctx, tx: &Tx, by: By<'_>, course: &course::Model) -> Result<()> {
    let required = required(&courses::lessons(tx, course.tenant_id, [course.id]).await?);
    let done = store::done_in(tx, course.tenant_id, course.id).await?;
    let members = staff::members(tx, &Scope::whole(course.tenant_id)).await?;
    let all_done = |staff: &StaffId| done.get(staff).is_some_and(|done| required.is_subset(done));
    for row in store::held_of_course(tx, course.tenant_id, course.id).await? {
        if row.completed_at.is_some() || !all_done(&row.staff_id) {
            continue;
        }
        let shop = members.iter().find(|m| m.id == row.staff_id).and_then(|m| m.shop);
        let today = tenants::today(ctx, tx, course.tenant_id, shop).await?;
        let row = complete(ctx, tx, by.actor(), course, row, today).await?;
        store::update(tx, row).await?;
    }
    Ok(())
}
