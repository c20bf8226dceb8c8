//! The only queries on daily partial results.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::db::bulk::Rows;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::entity::{Column, Entity, Model};
use super::rules::{DayFigures, Scope};
use crate::editions::{ALIVE, Staging, seen_in};

/// The words of the scopes that are counted from conversations.
const SCOPES: [&str; 3] = ["shop", "team", "agent"];

/// Word and number under which a scope is stored.
pub(super) fn stored(scope: Scope) -> (&'static str, i32) {
    let number = |n: Option<u32>| n.and_then(|n| i32::try_from(n).ok()).unwrap_or(0);
    match scope {
        Scope::Shop => ("shop", 0),
        Scope::Team(team) => ("team", number(team)),
        Scope::Agent(agent) => ("agent", number(agent)),
    }
}

/// Replaces the figures of a shop on a day, encoded, in the edition being staged.
pub(super) async fn replace(
    ctx: &Ctx,
    tx: &Tx,
    staging: &Staging,
    (shop, day): (ShopId, Day),
    cells: Vec<(Scope, Vec<u8>)>,
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Died, Expr::value(staging.edition))
        .filter(Column::TenantId.eq(staging.tenant))
        .filter(Column::Scope.is_in(SCOPES))
        .filter(Column::Day.eq(day))
        .filter(Column::ShopId.eq(shop))
        .filter(Column::Died.eq(ALIVE))
        .exec(tx)
        .await?;
    let mut rows = Rows::new("kpi_day", &COLUMNS);
    for (row_id, (scope, figures)) in ctx.ids(cells.len()).into_iter().zip(cells) {
        let (word, number) = stored(scope);
        rows.push([
            row_id.into(),
            staging.tenant.into(),
            staging.edition.into(),
            ALIVE.into(),
            shop.into(),
            day.into(),
            word.into(),
            number.into(),
            figures.into(),
        ]);
    }
    rows.insert(tx).await
}

const COLUMNS: [&str; 9] =
    ["row_id", "tenant_id", "born", "died", "shop_id", "day", "scope", "number", "figures"];

/// The shops and days that have figures.
pub(super) async fn days(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
) -> Result<BTreeSet<(ShopId, Day)>> {
    let query = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Scope.eq("shop"))
        .filter(seen_in(edition))
        .select_only()
        .columns([Column::ShopId, Column::Day]);
    let rows: Vec<(ShopId, Day)> = query.into_tuple().all(db).await?;
    Ok(rows.into_iter().collect())
}

/// The shops and days that have figures of any scope that is counted from conversations.
pub(super) async fn days_of_all(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
) -> Result<Vec<(ShopId, Day)>> {
    let query = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Scope.is_in(SCOPES))
        .filter(seen_in(edition))
        .select_only()
        .columns([Column::ShopId, Column::Day])
        .distinct();
    Ok(query.into_tuple().all(db).await?)
}

/// The figures of a shop on a day, of every scope that is counted from conversations, as stored.
pub(super) async fn on_day(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shop: ShopId,
    day: Day,
) -> Result<Vec<Model>> {
    let query = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Scope.is_in(SCOPES))
        .filter(Column::Day.eq(day))
        .filter(Column::ShopId.eq(shop))
        .filter(seen_in(edition));
    Ok(query.all(db).await?)
}

/// Which daily partial results are wanted.
#[derive(Debug, Clone)]
pub struct Cells {
    /// `shop`, `team` or `agent`.
    pub scope: &'static str,
    /// First and last day.
    pub days: (Day, Day),
    /// Of these shops only.
    pub shops: Option<Vec<ShopId>>,
    /// Of these numbers only.
    pub numbers: Option<Vec<i32>>,
}

/// A daily partial result.
#[derive(Debug, Clone)]
pub struct CellRow {
    /// The shop.
    pub shop: ShopId,
    /// The day.
    pub day: Day,
    /// Number of the team or agent; 0: of none.
    pub number: i32,
    /// The figures.
    pub figures: DayFigures,
}

/// Daily partial results as seen in an edition.
///
/// # Errors
/// When the database refuses or a row is damaged.
pub async fn cells(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    wanted: &Cells,
) -> Result<Vec<CellRow>> {
    encoded_cells(db, tenant, edition, wanted).await?.into_iter().map(CellRow::try_from).collect()
}

/// The same as they are stored: to decode many is work for a thread of its own.
pub(super) async fn encoded_cells(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    wanted: &Cells,
) -> Result<Vec<Model>> {
    let mut query = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Scope.eq(wanted.scope))
        .filter(Column::Day.between(wanted.days.0, wanted.days.1))
        .filter(seen_in(edition));
    if let Some(shops) = &wanted.shops {
        query = query.filter(Column::ShopId.is_in(shops.iter().copied()));
    }
    if let Some(numbers) = &wanted.numbers {
        query = query.filter(Column::Number.is_in(numbers.iter().copied()));
    }
    Ok(query.all(db).await?)
}

impl TryFrom<Model> for CellRow {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let figures = DayFigures::decode(&row.figures).map_err(|e| {
            Error::internal(format!("figures of {} are damaged ({e:?}): run `kexun check`", row.day))
        })?;
        Ok(CellRow { shop: row.shop_id, day: row.day, number: row.number, figures })
    }
}
