//! The only queries on targets.

use kexun_base::db::Tx;
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::entity::{ActiveModel, Column, Entity, Model};
use super::{Target, TargetId};

/// The tenant's targets, withdrawn ones too, by key.
///
/// # Errors
/// When the database refuses.
pub async fn list(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Vec<Target>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant));
    let query = query.order_by_asc(Column::Key).order_by_asc(Column::ShopId);
    Ok(query.all(db).await?.into_iter().map(Target::from).collect())
}

/// Makes a target (version 0) or changes the one of this version. Gives its id and what it was before.
pub(super) async fn put(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    new: &Target,
) -> Result<(TargetId, Option<f64>)> {
    let place = new.shop_id.unwrap_or(WHOLE);
    let query = Entity::find().filter(Column::TenantId.eq(tenant));
    let old = query.filter(Column::Key.eq(&*new.key)).filter(Column::ShopId.eq(place)).one(tx).await?;
    match old {
        None if new.version == 0 => insert(ctx, tx, tenant, new).await.map(|id| (id, None)),
        Some(old) if old.version == new.version => {
            let changed = Entity::update_many()
                .col_expr(Column::Target, Expr::value(new.target))
                .col_expr(Column::Version, Expr::value(old.version.saturating_add(1)))
                .filter(Column::Id.eq(old.id))
                .filter(Column::Version.eq(old.version))
                .exec(tx)
                .await?;
            if changed.rows_affected == 0 { Err(Error::stale()) } else { Ok((old.id, old.target)) }
        }
        _ => Err(Error::stale()),
    }
}

async fn insert(ctx: &Ctx, tx: &Tx, tenant: TenantId, new: &Target) -> Result<TargetId> {
    let id: TargetId = ctx.id();
    let row = ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        key: Set(new.key.clone()),
        shop_id: Set(new.shop_id.unwrap_or(WHOLE)),
        target: Set(new.target),
        version: Set(1),
    };
    let written = Entity::insert(row).exec_without_returning(tx).await.map_err(Error::from);
    // Somebody else made it at the same moment.
    written.map(|_| id).map_err(|e| if e.is_unique_violation() { Error::stale() } else { e })
}

/// Stands for the whole tenant.
const WHOLE: ShopId = ShopId(Uuid::nil());

impl From<Model> for Target {
    fn from(row: Model) -> Self {
        let shop_id = (row.shop_id != WHOLE).then_some(row.shop_id);
        Target { key: row.key, shop_id, target: row.target, version: row.version }
    }
}
