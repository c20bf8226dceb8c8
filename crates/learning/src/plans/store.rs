//! The only queries on plans.

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::rights::Scope;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entity::{comment, item, plan, version};
use super::{Content, PlanId, PlanItemId, PlanKind, PlanState};

/// Which plans to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanFilter {
    /// Of this kind.
    pub kind: Option<PlanKind>,
    /// Whose newest version stands so.
    pub state: Option<PlanState>,
}

/// One plan of a tenant.
pub(super) async fn plan(db: &impl ConnectionTrait, tenant: TenantId, id: PlanId) -> Result<plan::Model> {
    let query = plan::Entity::find_by_id(id).filter(plan::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("plan"))
}

/// Several plans of a tenant; those that are not there are left out.
pub(super) async fn plans(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[PlanId],
) -> Result<Vec<plan::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS - 1) {
        let query = plan::Entity::find().filter(plan::Column::TenantId.eq(tenant));
        found.extend(query.filter(plan::Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// Plans within a scope of `plan:read`: those of its places, one's own, and, once in force, those of the
/// whole organisation and those in which one teaches.
fn within(scope: &Scope) -> Select<plan::Entity> {
    let query = plan::Entity::find().filter(plan::Column::TenantId.eq(scope.tenant));
    let reach = &scope.reach;
    if reach.all {
        return query;
    }
    let of_all = Condition::all()
        .add(plan::Column::InForce.is_not_null())
        .add(plan::Column::ShopId.is_null())
        .add(plan::Column::TeamId.is_null());
    let mut part = Condition::any()
        .add(of_all)
        .add(plan::Column::ShopId.is_in(reach.shops.iter().copied()))
        .add(plan::Column::TeamId.is_in(reach.teams.iter().copied()));
    if let Some(own) = reach.own {
        let taught = item::Entity::find()
            .select_only()
            .column(item::Column::PlanId)
            .filter(item::Column::TenantId.eq(scope.tenant))
            .filter(item::Column::Lecturer.eq(own))
            .filter(item::Column::InForce.eq(true));
        part = part.add(plan::Column::MadeBy.eq(own)).add(plan::Column::Id.in_subquery(taught.into_query()));
    }
    query.filter(part)
}

/// Plans within a scope, those that begin last first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &PlanFilter,
    page: &PageRequest,
) -> Result<Page<plan::Model>> {
    let mut query = within(scope);
    if let Some(kind) = filter.kind {
        query = query.filter(plan::Column::Kind.eq(kind));
    }
    if let Some(state) = filter.state {
        query = query.filter(plan::Column::State.eq(state));
    }
    if let Some((day, id)) = page.after::<(i32, Uuid)>()? {
        let same =
            Condition::all().add(plan::Column::FromDay.eq(Day(day))).add(plan::Column::Id.lt(PlanId(id)));
        query = query.filter(Condition::any().add(plan::Column::FromDay.lt(Day(day))).add(same));
    }
    let query = query.order_by_desc(plan::Column::FromDay).order_by_desc(plan::Column::Id);
    let rows = query.limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| (row.from_day.0, row.id.0)))
}

/// All plans whose newest version stands so.
pub(super) async fn standing(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    state: PlanState,
) -> Result<Vec<plan::Model>> {
    let query = plan::Entity::find().filter(plan::Column::TenantId.eq(tenant));
    Ok(query.filter(plan::Column::State.eq(state)).all(db).await?)
}

pub(super) async fn insert(tx: &Tx, row: plan::Model) -> Result<()> {
    plan::Entity::insert(plan::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes a plan; `row.version` is the one that the change was made from. Returns the new row.
pub(super) async fn update(tx: &Tx, row: plan::Model) -> Result<plan::Model> {
    let seen = row.version;
    let row = plan::Model { version: seen.saturating_add(1), ..row };
    let query = plan::Entity::update_many().set(plan::ActiveModel::from(row.clone()).reset_all());
    let query = query.filter(plan::Column::Id.eq(row.id)).filter(plan::Column::TenantId.eq(row.tenant_id));
    let done = query.filter(plan::Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// All versions of a plan, the newest first.
pub(super) async fn versions(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: PlanId,
) -> Result<Vec<version::Model>> {
    let query = version::Entity::find().filter(version::Column::TenantId.eq(tenant));
    let query = query.filter(version::Column::PlanId.eq(plan));
    Ok(query.order_by_desc(version::Column::Number).all(db).await?)
}

/// One version of a plan.
pub(super) async fn version(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: PlanId,
    number: i32,
) -> Result<version::Model> {
    let query = version::Entity::find_by_id((plan, number)).filter(version::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("version of the plan"))
}

/// What stands in a version of a plan.
pub(super) async fn content(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: PlanId,
    number: i32,
) -> Result<Content> {
    Ok(serde_json::from_str(&version(db, tenant, plan, number).await?.content)?)
}

pub(super) async fn insert_version(tx: &Tx, row: version::Model) -> Result<()> {
    version::Entity::insert(version::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes a version. Its plan's version was checked in the same transaction.
pub(super) async fn update_version(tx: &Tx, row: version::Model) -> Result<()> {
    version::Entity::update(version::ActiveModel::from(row).reset_all()).exec(tx).await?;
    Ok(())
}

/// Several items of a tenant; those that are not there are left out.
pub(super) async fn items(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[PlanItemId],
) -> Result<Vec<item::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS - 1) {
        let query = item::Entity::find().filter(item::Column::TenantId.eq(tenant));
        found.extend(query.filter(item::Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// All items that a plan ever had, the oldest first.
pub(super) async fn items_of(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: PlanId,
) -> Result<Vec<item::Model>> {
    let query = item::Entity::find().filter(item::Column::TenantId.eq(tenant));
    Ok(query.filter(item::Column::PlanId.eq(plan)).order_by_asc(item::Column::Id).all(db).await?)
}

pub(super) async fn insert_item(tx: &Tx, row: item::Model) -> Result<()> {
    item::Entity::insert(item::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn update_item(tx: &Tx, row: item::Model) -> Result<()> {
    item::Entity::update(item::ActiveModel::from(row).reset_all()).exec(tx).await?;
    Ok(())
}

/// Whether somebody teaches in the version in force of a plan.
pub(super) async fn teaches(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: PlanId,
    own: StaffId,
) -> Result<bool> {
    let items = items_of(db, tenant, plan).await?;
    Ok(items.iter().any(|item| item.in_force && item.lecturer == Some(own)))
}

/// What was said about the versions of a plan, the first first.
pub(super) async fn comments(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: PlanId,
) -> Result<Vec<comment::Model>> {
    let query = comment::Entity::find().filter(comment::Column::TenantId.eq(tenant));
    let query = query.filter(comment::Column::PlanId.eq(plan));
    Ok(query.order_by_asc(comment::Column::At).order_by_asc(comment::Column::Id).all(db).await?)
}

pub(super) async fn insert_comment(tx: &Tx, row: comment::Model) -> Result<()> {
    comment::Entity::insert(comment::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}
