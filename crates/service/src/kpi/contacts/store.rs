//! The only queries on contacts by days.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::db::bulk::Rows;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::entity::{Column, Entity, Model};
use crate::editions::{ALIVE, Staging, seen_in};

const COLUMNS: [&str; 8] = ["row_id", "tenant_id", "born", "died", "shop_id", "day", "last_day", "contacts"];

/// The contacts that begin on a day of a shop, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kpi) struct Begun {
    /// The last day on which one of them counts for any figure.
    pub(in crate::kpi) last_day: Day,
    /// Encoded.
    pub(in crate::kpi) contacts: Vec<u8>,
}

/// Replaces the contacts that begin on a day of a shop, in the edition being staged; where they are as
/// they were, the row stays.
pub(in crate::kpi) async fn replace(
    ctx: &Ctx,
    tx: &Tx,
    staging: &Staging,
    (shop, day): (ShopId, Day),
    begun: Option<Begun>,
) -> Result<()> {
    let of_day = of_day(staging.tenant, shop, day).filter(Column::Died.eq(ALIVE));
    let before: Vec<Model> = of_day.all(tx).await?;
    if let ([row], Some(begun)) = (&before[..], &begun)
        && (row.last_day, &row.contacts) == (begun.last_day, &begun.contacts)
    {
        return Ok(());
    }
    if !before.is_empty() {
        Entity::update_many()
            .col_expr(Column::Died, Expr::value(staging.edition))
            .filter(Column::RowId.is_in(before.iter().map(|row| row.row_id)))
            .exec(tx)
            .await?;
    }
    let Some(begun) = begun else { return Ok(()) };
    let mut rows = Rows::new("kpi_contacts", &COLUMNS);
    rows.push([
        ctx.id::<Uuid>().into(),
        staging.tenant.into(),
        staging.edition.into(),
        ALIVE.into(),
        shop.into(),
        day.into(),
        begun.last_day.into(),
        begun.contacts.into(),
    ]);
    rows.insert(tx).await
}

fn of_day(tenant: TenantId, shop: ShopId, day: Day) -> Select<Entity> {
    Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::ShopId.eq(shop))
        .filter(Column::Day.eq(day))
}

/// The contacts of a shop that touch a span of days, encoded, with the day on which they begin; others
/// of the same days may be among them.
pub(super) async fn touching(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shop: ShopId,
    days: (Day, Day),
) -> Result<Vec<(Day, Vec<u8>)>> {
    let query = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::ShopId.eq(shop))
        .filter(Column::Day.lte(days.1))
        .filter(Column::LastDay.gte(days.0))
        .filter(seen_in(edition))
        .select_only()
        .columns([Column::Day, Column::Contacts]);
    Ok(query.into_tuple().all(db).await?)
}

/// The rows of contacts that begin on a day of a shop, as stored: one, if anything begins on it.
pub(in crate::kpi) async fn on_day(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shop: ShopId,
    day: Day,
) -> Result<Vec<Begun>> {
    let rows = of_day(tenant, shop, day).filter(seen_in(edition)).all(db).await?;
    Ok(rows.into_iter().map(|row| Begun { last_day: row.last_day, contacts: row.contacts }).collect())
}

/// The shops and days on which contacts begin.
pub(in crate::kpi) async fn days(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
) -> Result<BTreeSet<(ShopId, Day)>> {
    let query = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(seen_in(edition))
        .select_only()
        .columns([Column::ShopId, Column::Day]);
    let rows: Vec<(ShopId, Day)> = query.into_tuple().all(db).await?;
    Ok(rows.into_iter().collect())
}
