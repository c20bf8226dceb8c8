//! The only queries on papers.

use kexun_base::{Error, Result};
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;

use super::PaperId;
use super::entity::{Column, Entity, Model};

/// A paper of the tenant.
pub(super) async fn paper(db: &impl ConnectionTrait, tenant: TenantId, id: PaperId) -> Result<Model> {
    let query = Entity::find_by_id(id).filter(Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("paper"))
}
