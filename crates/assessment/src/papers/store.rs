//! The only queries on papers.

use kexun_base::db::Tx;
use kexun_base::db::dialect::contains;
use kexun_base::http::{Page, PageRequest};
use kexun_base::{Error, Result};
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, Model};
use super::{PaperFilter, PaperId};

/// A paper of the tenant.
pub(super) async fn paper(db: &impl ConnectionTrait, tenant: TenantId, id: PaperId) -> Result<Model> {
    let query = Entity::find_by_id(id).filter(Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("paper"))
}

/// Papers, newest first.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    filter: &PaperFilter,
    page: &PageRequest,
) -> Result<Page<Model>> {
    let part = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let meant = Condition::all()
        .add(Column::TenantId.eq(tenant))
        .add_option(part.map(|part| contains(Column::Title, part)))
        .add_option(filter.state.map(|state| Column::State.eq(state)))
        .add_option(page.after::<PaperId>()?.map(|id| Column::Id.lt(id)));
    let query = Entity::find().filter(meant).order_by_desc(Column::Id).limit(page.limit() + 1);
    Ok(page.page(query.all(db).await?, |row| row.id))
}

/// Writes a new paper.
pub(super) async fn insert(tx: &Tx, row: Model) -> Result<()> {
    Entity::insert(ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes a paper; `row.version` is the one that the change was made from.
pub(super) async fn update(tx: &Tx, row: Model) -> Result<()> {
    let seen = row.version;
    let row = Model { version: seen.saturating_add(1), ..row };
    let query = Entity::update_many()
        .filter(Column::Id.eq(row.id))
        .filter(Column::TenantId.eq(row.tenant_id))
        .filter(Column::Version.eq(seen));
    let done = query.set(ActiveModel::from(row).reset_all()).exec(tx).await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::stale()) }
}
