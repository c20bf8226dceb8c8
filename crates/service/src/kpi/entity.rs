//! Table of the daily partial results.

use kexun_base::time::Day;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kpi_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: Uuid,
    pub tenant_id: TenantId,
    pub born: i64,
    pub died: i64,
    pub shop_id: ShopId,
    pub day: Day,
    /// `shop`, `team` or `agent`.
    pub scope: String,
    /// Number of the team or agent account; 0: of none.
    pub number: i32,
    /// Encoded [`crate::kpi::rules::DayFigures`].
    pub figures: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
