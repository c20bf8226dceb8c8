//! Table of the contacts by days.

use kexun_base::time::Day;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kpi_contacts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: Uuid,
    pub tenant_id: TenantId,
    pub born: i64,
    pub died: i64,
    pub shop_id: ShopId,
    /// The day on which they begin, in the shop's zone.
    pub day: Day,
    /// The last day on which one of them counts for any figure: none of them goes on later.
    pub last_day: Day,
    /// Encoded [`crate::kpi::rules::DayContacts`].
    pub contacts: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
