//! Places (地点) where classes take place: a small list of names per tenant, which grows as they are
//! typed.

use std::collections::HashMap;

use kexun_base::db::Tx;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

kexun_base::id!(
    /// A place.
    PlaceId
);

mod entity {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "place")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PlaceId,
        pub tenant_id: TenantId,
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use entity::{ActiveModel, Column, Entity};

/// All places of a tenant by id.
pub(super) async fn names(db: &impl ConnectionTrait, tenant: TenantId) -> Result<HashMap<PlaceId, String>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).order_by_asc(Column::Name);
    Ok(query.all(db).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The place of a name, if it is known.
pub(super) async fn named(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    name: &str,
) -> Result<Option<PlaceId>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::Name.eq(name));
    Ok(query.one(db).await?.map(|row| row.id))
}

/// The place of a name, made when it is named for the first time. The tenant's books must be held, so
/// that two at once do not both make it.
pub(super) async fn ensure(ctx: &Ctx, tx: &Tx, tenant: TenantId, name: &str) -> Result<PlaceId> {
    if let Some(known) = named(tx, tenant, name).await? {
        return Ok(known);
    }
    let id: PlaceId = ctx.id();
    let row = ActiveModel { id: Set(id), tenant_id: Set(tenant), name: Set(name.to_owned()) };
    Entity::insert(row).exec_without_returning(tx).await.map_err(Error::from)?;
    Ok(id)
}
