//! Table of the targets.

use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;

use super::TargetId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kpi_target")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TargetId,
    pub tenant_id: TenantId,
    pub key: String,
    /// The nil id stands for the whole tenant: unique indexes take no two nulls for the same.
    pub shop_id: ShopId,
    pub target: Option<f64>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
