//! Whose clock days are counted by.

use chrono_tz::Tz;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use sea_orm::ConnectionTrait;

use super::{Shop, ShopId, TenantId, store};

/// The zone of whoever says none.
pub const DEFAULT_ZONE: Tz = Tz::Asia__Shanghai;

/// The zone in which the days of whoever belongs to a shop are counted: the shop's, without one that of the
/// tenant's first shop.
pub fn zone_of(shops: &[Shop], shop: Option<ShopId>) -> Tz {
    let own = shops.iter().find(|s| Some(s.id) == shop).or(shops.first());
    own.map_or(DEFAULT_ZONE, |s| s.zone)
}

/// As [`zone_of`], of a tenant's shops.
///
/// # Errors
/// When the database refuses.
pub async fn zone(db: &impl ConnectionTrait, tenant: TenantId, shop: Option<ShopId>) -> Result<Tz> {
    Ok(store::shop_or_first(db, tenant, shop).await?.map_or(DEFAULT_ZONE, |s| s.zone))
}

/// Today in that zone.
///
/// # Errors
/// When the database refuses.
pub async fn today(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    tenant: TenantId,
    shop: Option<ShopId>,
) -> Result<Day> {
    Ok(ctx.now().day(zone(db, tenant, shop).await?))
}
