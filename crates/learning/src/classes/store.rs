//! The only queries on classes.

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_people::persons::PersonId;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::LockType;
use sea_orm::{Condition, ExprTrait, QueryOrder, QuerySelect, QueryTrait};

use super::entity::{class, participant};
use super::rules::Slot;
use super::{ClassId, ClassState};

use class::{ActiveModel, Column, Entity, Model};

fn of(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}

/// A class of a tenant.
pub(super) async fn class(db: &impl ConnectionTrait, tenant: TenantId, id: ClassId) -> Result<Model> {
    find(db, tenant, id).await?.ok_or_else(|| Error::not_found("class"))
}

pub(super) async fn find(db: &impl ConnectionTrait, tenant: TenantId, id: ClassId) -> Result<Option<Model>> {
    Ok(of(tenant).filter(Column::Id.eq(id)).one(db).await?)
}

/// The same, held until the transaction ends: for oneself, or, to read it, together with others.
pub(super) async fn hold(tx: &Tx, tenant: TenantId, id: ClassId, how: LockType) -> Result<Model> {
    let row = of(tenant).filter(Column::Id.eq(id)).lock(how).one(tx).await?;
    row.ok_or_else(|| Error::not_found("class"))
}

pub(super) async fn by_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: impl IntoIterator<Item = ClassId>,
) -> Result<Vec<Model>> {
    let ids: Vec<ClassId> = ids.into_iter().collect();
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS) {
        found.extend(of(tenant).filter(Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    Ok(found)
}

pub(super) async fn insert(tx: &Tx, row: Model) -> Result<()> {
    Entity::insert(ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes a class; `row.version` is the one that the change was made from. Returns the new row.
pub(super) async fn update(tx: &Tx, row: Model) -> Result<Model> {
    let seen = row.version;
    let row = Model { version: seen.saturating_add(1), ..row };
    let active = ActiveModel::from(row.clone()).reset_all();
    let query = Entity::update_many().set(active).filter(Column::Id.eq(row.id));
    let query = query.filter(Column::TenantId.eq(row.tenant_id));
    let done = query.filter(Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// Classes that are not cancelled and have an instant in common with a slot.
pub(super) async fn meeting(db: &impl ConnectionTrait, tenant: TenantId, slot: &Slot) -> Result<Vec<Model>> {
    let query = of(tenant).filter(Column::State.ne(ClassState::Cancelled));
    let query = query.filter(Column::StartsAt.lt(slot.ends_at)).filter(Column::EndsAt.gt(slot.starts_at));
    Ok(query.order_by_asc(Column::StartsAt).all(db).await?)
}

/// Which classes to list.
#[derive(Debug, Default)]
pub(super) struct Wanted<'a> {
    /// Only those that this member teaches, this person arranged, or these members take part in; none: all.
    pub concerning: Option<Concerning<'a>>,
    /// In one of these states, if any are named.
    pub states: &'a [ClassState],
    /// Which end after this instant.
    pub after: Option<Micros>,
    /// Which begin before this instant.
    pub before: Option<Micros>,
    /// Part of the title.
    pub title: Option<&'a str>,
}

/// Whom a class must concern.
#[derive(Debug, Default)]
pub(super) struct Concerning<'a> {
    pub lecturer: Option<StaffId>,
    pub arranged_by: Option<PersonId>,
    pub staff: &'a [StaffId],
}

fn wanted(tenant: TenantId, wanted: &Wanted<'_>) -> Select<Entity> {
    let mut query = of(tenant);
    if let Some(who) = &wanted.concerning {
        let taking_part = participant::Entity::find()
            .select_only()
            .column(participant::Column::ClassId)
            .filter(participant::Column::TenantId.eq(tenant))
            .filter(participant::Column::StaffId.is_in(who.staff.iter().copied()));
        let mut any = Condition::any().add(Column::Id.in_subquery(taking_part.into_query()));
        any = any.add_option(who.lecturer.map(|id| Column::Lecturer.eq(id)));
        any = any.add_option(who.arranged_by.map(|id| Column::ArrangedBy.eq(id)));
        query = query.filter(any);
    }
    if !wanted.states.is_empty() {
        query = query.filter(Column::State.is_in(wanted.states.iter().copied()));
    }
    if let Some(after) = wanted.after {
        query = query.filter(Column::EndsAt.gt(after));
    }
    if let Some(before) = wanted.before {
        query = query.filter(Column::StartsAt.lt(before));
    }
    if let Some(part) = wanted.title.map(str::trim).filter(|part| !part.is_empty()) {
        query = query.filter(kexun_base::db::dialect::contains(Column::Title, part));
    }
    query
}

/// Classes, the latest first.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    which: &Wanted<'_>,
    page: &PageRequest,
) -> Result<Page<Model>> {
    let mut query = wanted(tenant, which);
    if let Some((at, id)) = page.after::<(i64, Uuid)>()? {
        let earlier = Column::StartsAt.lt(Micros(at));
        let same = Column::StartsAt.eq(Micros(at)).and(Column::Id.lt(ClassId(id)));
        query = query.filter(earlier.or(same));
    }
    let query = query.order_by_desc(Column::StartsAt).order_by_desc(Column::Id);
    let rows = query.limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| (row.starts_at.0, row.id.0)))
}

/// Classes, the first first, at most `most`.
pub(super) async fn next(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    which: &Wanted<'_>,
    most: u64,
) -> Result<Vec<Model>> {
    let query = wanted(tenant, which).order_by_asc(Column::StartsAt).order_by_asc(Column::Id);
    Ok(query.limit(most).all(db).await?)
}
