//! Table of the customers.

use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;

use super::CustomerId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: CustomerId,
    pub tenant_id: TenantId,
    pub born: i64,
    pub died: i64,
    pub shop_id: ShopId,
    pub number: i32,
    pub name: Option<String>,
    pub name_hash: Uuid,
    pub wrapped_key: Option<Vec<u8>>,
    pub erased: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
