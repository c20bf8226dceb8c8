//! The only queries on enrolments and progress.

use std::collections::{HashMap, HashSet};

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{QueryOrder, QuerySelect, Select};

use super::Learner;
use super::entity::{enrolment, progress};
use super::rules::Standing;
use crate::courses::{CourseId, LessonId};

/// Rows that one statement inserts.
const AT_ONCE: usize = 500;

/// Everybody in a course.
pub(super) async fn of_course(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    course: CourseId,
) -> Result<Vec<enrolment::Model>> {
    Ok(in_course(tenant, course).all(db).await?)
}

/// The same, held until the transaction ends: they are written as a whole.
pub(super) async fn held_of_course(
    tx: &Tx,
    tenant: TenantId,
    course: CourseId,
) -> Result<Vec<enrolment::Model>> {
    Ok(in_course(tenant, course).lock(LockType::NoKeyUpdate).all(tx).await?)
}

fn in_course(tenant: TenantId, course: CourseId) -> Select<enrolment::Entity> {
    enrolment::Entity::find()
        .filter(enrolment::Column::TenantId.eq(tenant))
        .filter(enrolment::Column::CourseId.eq(course))
        .order_by_asc(enrolment::Column::Id)
}

/// Somebody's enrolments.
pub(super) async fn of_staff(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
) -> Result<Vec<enrolment::Model>> {
    let query = enrolment::Entity::find()
        .filter(enrolment::Column::TenantId.eq(tenant))
        .filter(enrolment::Column::StaffId.eq(staff))
        .order_by_asc(enrolment::Column::Id);
    Ok(query.all(db).await?)
}

/// The courses that somebody is in.
pub async fn own_courses(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
) -> Result<Vec<CourseId>> {
    Ok(of_staff(db, tenant, staff).await?.into_iter().map(|row| row.course_id).collect())
}

/// Somebody's enrolments in these courses.
pub async fn own(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    courses: impl IntoIterator<Item = CourseId>,
) -> Result<HashMap<CourseId, enrolment::Model>> {
    let wanted: HashSet<CourseId> = courses.into_iter().collect();
    let all = of_staff(db, tenant, staff).await?;
    Ok(all
        .into_iter()
        .filter(|row| wanted.contains(&row.course_id))
        .map(|row| (row.course_id, row))
        .collect())
}

/// Somebody's enrolment in a course, held until the transaction ends; made if need be.
pub(super) async fn held(ctx: &Ctx, tx: &Tx, who: Learner, course: CourseId) -> Result<enrolment::Model> {
    if let Some(row) = find(tx, who, course, true).await? {
        return Ok(row);
    }
    let row = enrolment::Model {
        id: ctx.id(),
        tenant_id: who.tenant,
        course_id: course,
        staff_id: who.staff,
        plan_item: None,
        due: None,
        assigned_at: None,
        opened_at: None,
        last_at: None,
        completed_at: None,
        completed_on: None,
    };
    insert(tx, vec![row]).await?;
    find(tx, who, course, true).await?.ok_or_else(|| Error::internal("an enrolment vanished"))
}

/// Somebody's enrolment in a course.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    who: Learner,
    course: CourseId,
    hold: bool,
) -> Result<Option<enrolment::Model>> {
    let mut query = enrolment::Entity::find()
        .filter(enrolment::Column::TenantId.eq(who.tenant))
        .filter(enrolment::Column::CourseId.eq(course))
        .filter(enrolment::Column::StaffId.eq(who.staff));
    if hold {
        query = query.lock(LockType::NoKeyUpdate);
    }
    Ok(query.one(db).await?)
}

/// Adds enrolments; who is in the course already stays as he is.
pub(super) async fn insert(tx: &Tx, rows: Vec<enrolment::Model>) -> Result<()> {
    for part in rows.chunks(AT_ONCE) {
        let part = part.iter().cloned().map(|row| enrolment::ActiveModel::from(row).reset_all());
        let once = OnConflict::columns([enrolment::Column::CourseId, enrolment::Column::StaffId])
            .do_nothing()
            .to_owned();
        enrolment::Entity::insert_many(part).on_conflict(once).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Writes an enrolment.
pub(super) async fn update(tx: &Tx, row: enrolment::Model) -> Result<()> {
    let query = enrolment::Entity::update_many()
        .set(enrolment::ActiveModel::from(row.clone()).reset_all())
        .filter(enrolment::Column::TenantId.eq(row.tenant_id))
        .filter(enrolment::Column::Id.eq(row.id));
    query.exec(tx).await?;
    Ok(())
}

/// What somebody did in a lesson of a course.
#[derive(Debug, Clone, Copy)]
pub struct OwnLesson {
    /// Which lesson.
    pub lesson: LessonId,
    /// How far he is.
    pub standing: Standing,
}

/// What somebody did in the lessons of these courses.
pub async fn own_lessons(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    courses: impl IntoIterator<Item = CourseId>,
) -> Result<Vec<OwnLesson>> {
    let courses: Vec<CourseId> = courses.into_iter().collect();
    let mut found = Vec::new();
    for part in courses.chunks(MAX_PARAMETERS - 2) {
        let query = progress::Entity::find()
            .filter(progress::Column::TenantId.eq(tenant))
            .filter(progress::Column::StaffId.eq(staff))
            .filter(progress::Column::CourseId.is_in(part.iter().copied()));
        found.extend(
            query
                .all(db)
                .await?
                .iter()
                .map(|row| OwnLesson { lesson: row.course_lesson_id, standing: standing(row) }),
        );
    }
    Ok(found)
}

/// The lessons that people have done in a course.
pub(super) async fn done_in(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    course: CourseId,
) -> Result<HashMap<StaffId, HashSet<LessonId>>> {
    let query = progress::Entity::find()
        .filter(progress::Column::TenantId.eq(tenant))
        .filter(progress::Column::CourseId.eq(course))
        .filter(progress::Column::DoneAt.is_not_null());
    let mut done: HashMap<StaffId, HashSet<LessonId>> = HashMap::new();
    for row in query.all(db).await? {
        done.entry(row.staff_id).or_default().insert(row.course_lesson_id);
    }
    Ok(done)
}

/// How far a row says somebody is.
pub(super) fn standing(row: &progress::Model) -> Standing {
    Standing { position: row.position, watched_s: row.watched_s, done: row.done_at.is_some() }
}

/// What somebody did in a lesson.
pub(super) async fn progress(
    db: &impl ConnectionTrait,
    who: Learner,
    lesson: LessonId,
) -> Result<Option<progress::Model>> {
    let query = progress::Entity::find_by_id((lesson, who.staff));
    Ok(query.filter(progress::Column::TenantId.eq(who.tenant)).one(db).await?)
}

/// Where somebody stands in a lesson, to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub course: CourseId,
    pub lesson: LessonId,
    pub standing: Standing,
    pub since: Micros,
}

/// Writes how far somebody is in a lesson; his enrolment is held, so that nobody else does meanwhile.
pub(super) async fn put_progress(
    tx: &Tx,
    who: Learner,
    new: Written,
    old: Option<progress::Model>,
    now: Micros,
) -> Result<()> {
    let row = progress::Model {
        course_lesson_id: new.lesson,
        staff_id: who.staff,
        tenant_id: who.tenant,
        course_id: new.course,
        position: new.standing.position,
        watched_s: new.standing.watched_s,
        since: new.since,
        last_at: now,
        done_at: old.as_ref().and_then(|old| old.done_at).or(new.standing.done.then_some(now)),
    };
    let row = progress::ActiveModel::from(row).reset_all();
    if old.is_none() {
        progress::Entity::insert(row).exec_without_returning(tx).await?;
        return Ok(());
    }
    let query = progress::Entity::update_many()
        .set(row)
        .filter(progress::Column::TenantId.eq(who.tenant))
        .filter(progress::Column::CourseLessonId.eq(new.lesson))
        .filter(progress::Column::StaffId.eq(who.staff));
    query.exec(tx).await?;
    Ok(())
}
