//! The only queries on courses, lessons and their files.

use std::collections::{HashMap, HashSet};

use kexun_base::db::Tx;
use kexun_base::db::dialect::{MAX_PARAMETERS, contains};
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::competences::Competence;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::LockType;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::entity::{course, file, lesson};
use super::materials::CourseFileId;
use super::{CourseId, CourseState, LessonId};

/// Which courses somebody may see.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seen {
    /// All of them.
    All,
    /// Published ones, and his own.
    PublishedAnd(Option<StaffId>),
}

/// Which courses to list.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    pub seen: Seen,
    pub part: Option<&'a str>,
    pub competence: Option<Competence>,
    pub state: Option<CourseState>,
    /// Only those that take people in on this day.
    pub open_on: Option<Day>,
}

/// A course of a tenant.
pub(super) async fn course(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: CourseId,
) -> Result<course::Model> {
    let query = course::Entity::find_by_id(id).filter(course::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("course"))
}

/// The same, held until the transaction ends: whoever changes a course or its lessons does it alone.
pub(super) async fn held(tx: &Tx, tenant: TenantId, id: CourseId) -> Result<course::Model> {
    let query = course::Entity::find_by_id(id).filter(course::Column::TenantId.eq(tenant));
    query.lock(LockType::NoKeyUpdate).one(tx).await?.ok_or_else(|| Error::not_found("course"))
}

/// The same for who learns: its lessons stay as they are until the transaction ends, so that nobody who
/// has done all of them is missed.
pub(super) async fn still(tx: &Tx, tenant: TenantId, id: CourseId) -> Result<course::Model> {
    let query = course::Entity::find_by_id(id).filter(course::Column::TenantId.eq(tenant));
    query.lock(LockType::Share).one(tx).await?.ok_or_else(|| Error::not_found("course"))
}

/// Courses of a tenant, newest first.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    wanted: &Wanted<'_>,
    page: &PageRequest,
) -> Result<Page<course::Model>> {
    let mut query = course::Entity::find().filter(course::Column::TenantId.eq(tenant));
    if let Seen::PublishedAnd(own) = wanted.seen {
        let mut seen = Condition::any().add(course::Column::State.eq(CourseState::Published));
        if let Some(own) = own {
            seen = seen.add(course::Column::Owner.eq(own));
        }
        query = query.filter(seen);
    }
    if let Some(part) = wanted.part.map(str::trim).filter(|part| !part.is_empty()) {
        let either = Condition::any()
            .add(contains(course::Column::Title, part))
            .add(contains(course::Column::Description, part));
        query = query.filter(either);
    }
    if let Some(competence) = wanted.competence {
        query = query.filter(course::Column::Competence.eq(competence));
    }
    if let Some(state) = wanted.state {
        query = query.filter(course::Column::State.eq(state));
    }
    if let Some(day) = wanted.open_on {
        let open = Condition::any()
            .add(course::Column::ValidUntil.is_null())
            .add(course::Column::ValidUntil.gte(day));
        query = query.filter(open);
    }
    if let Some(before) = page.after::<CourseId>()? {
        query = query.filter(course::Column::Id.lt(before));
    }
    let rows = query.order_by_desc(course::Column::Id).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.id))
}

/// Courses by id.
pub(super) async fn by_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: impl IntoIterator<Item = CourseId>,
) -> Result<Vec<course::Model>> {
    let ids: Vec<CourseId> = ids.into_iter().collect();
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS - 1) {
        let query = course::Entity::find().filter(course::Column::TenantId.eq(tenant));
        found.extend(query.filter(course::Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// What courses are called.
pub(super) async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let found = by_ids(db, tenant, ids.iter().copied().map(CourseId)).await?;
    Ok(found.into_iter().map(|row| (row.id.0, row.title)).collect())
}

pub(super) async fn insert(tx: &Tx, row: course::Model) -> Result<()> {
    course::Entity::insert(course::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes a course; `row.version` is the one that the change was made from.
pub(super) async fn update(tx: &Tx, row: course::Model) -> Result<course::Model> {
    let seen = row.version;
    let row = course::Model { version: seen.saturating_add(1), ..row };
    let query = course::Entity::update_many().set(course::ActiveModel::from(row.clone()).reset_all());
    let query =
        query.filter(course::Column::Id.eq(row.id)).filter(course::Column::TenantId.eq(row.tenant_id));
    let done = query.filter(course::Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// The lessons of courses that are there, in their order.
pub(super) async fn lessons(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    courses: impl IntoIterator<Item = CourseId>,
) -> Result<Vec<lesson::Model>> {
    let courses: Vec<CourseId> = courses.into_iter().collect();
    let mut found = Vec::new();
    for part in courses.chunks(MAX_PARAMETERS - 2) {
        let query = lesson::Entity::find()
            .filter(lesson::Column::TenantId.eq(tenant))
            .filter(lesson::Column::Gone.eq(false))
            .filter(lesson::Column::CourseId.is_in(part.iter().copied()))
            .order_by_asc(lesson::Column::Place)
            .order_by_asc(lesson::Column::Id);
        found.extend(query.all(db).await?);
    }
    Ok(found)
}

/// A lesson of a course.
pub(super) async fn lesson(
    db: &impl ConnectionTrait,
    course: &course::Model,
    id: LessonId,
) -> Result<lesson::Model> {
    let query = lesson::Entity::find_by_id(id)
        .filter(lesson::Column::TenantId.eq(course.tenant_id))
        .filter(lesson::Column::CourseId.eq(course.id))
        .filter(lesson::Column::Gone.eq(false));
    query.one(db).await?.ok_or_else(|| Error::not_found("lesson"))
}

pub(super) async fn insert_lesson(tx: &Tx, row: lesson::Model) -> Result<()> {
    lesson::Entity::insert(lesson::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes a lesson; `row.version` is the one that the change was made from.
pub(super) async fn update_lesson(tx: &Tx, row: lesson::Model) -> Result<lesson::Model> {
    let seen = row.version;
    let row = lesson::Model { version: seen.saturating_add(1), ..row };
    let query = lesson::Entity::update_many().set(lesson::ActiveModel::from(row.clone()).reset_all());
    let query =
        query.filter(lesson::Column::Id.eq(row.id)).filter(lesson::Column::TenantId.eq(row.tenant_id));
    let done = query.filter(lesson::Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// Puts a lesson at a place; nobody's view of its content is stale by that.
pub(super) async fn place_lesson(tx: &Tx, tenant: TenantId, id: LessonId, place: i32) -> Result<()> {
    let query = lesson::Entity::update_many()
        .col_expr(lesson::Column::Place, Expr::value(place))
        .filter(lesson::Column::TenantId.eq(tenant))
        .filter(lesson::Column::Id.eq(id));
    query.exec(tx).await?;
    Ok(())
}

/// The files of a course, newest first.
pub(super) async fn files(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    course: CourseId,
) -> Result<Vec<file::Model>> {
    let query = file::Entity::find()
        .filter(file::Column::TenantId.eq(tenant))
        .filter(file::Column::CourseId.eq(course))
        .order_by_desc(file::Column::Id);
    Ok(query.all(db).await?)
}

/// A file of a course.
pub(super) async fn file(
    db: &impl ConnectionTrait,
    course: &course::Model,
    id: CourseFileId,
) -> Result<file::Model> {
    let query = file::Entity::find_by_id(id)
        .filter(file::Column::TenantId.eq(course.tenant_id))
        .filter(file::Column::CourseId.eq(course.id));
    query.one(db).await?.ok_or_else(|| Error::not_found("file of this course"))
}

pub(super) async fn insert_file(tx: &Tx, row: file::Model) -> Result<()> {
    file::Entity::insert(file::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn remove_file(tx: &Tx, row: &file::Model) -> Result<()> {
    let query = file::Entity::delete_many()
        .filter(file::Column::TenantId.eq(row.tenant_id))
        .filter(file::Column::Id.eq(row.id));
    query.exec(tx).await?;
    Ok(())
}

/// The published ones among courses.
pub(super) async fn published(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: impl IntoIterator<Item = CourseId>,
) -> Result<HashSet<CourseId>> {
    let found = by_ids(db, tenant, ids).await?;
    Ok(found.into_iter().filter(|row| row.state == CourseState::Published).map(|row| row.id).collect())
}
