//! Tables of staff, their positions over time, their roles, and the agent accounts.

/// A membership.
pub mod staff {
    use kexun_base::time::Day;
    use sea_orm::entity::prelude::*;

    use crate::persons::PersonId;
    use crate::staff::StaffId;
    use crate::tenants::{ShopId, TeamId, TenantId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "staff")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StaffId,
        pub tenant_id: TenantId,
        pub person_id: PersonId,
        pub account: String,
        pub name: String,
        pub shop_id: Option<ShopId>,
        pub team_id: Option<TeamId>,
        pub level: String,
        pub position: String,
        pub joined_on: Option<Day>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where a member stood from a day on.
pub mod position {
    use kexun_base::time::Day;
    use sea_orm::entity::prelude::*;

    use crate::staff::{PositionId, StaffId};
    use crate::tenants::{ShopId, TeamId, TenantId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "staff_position")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PositionId,
        pub tenant_id: TenantId,
        pub staff_id: StaffId,
        pub from_day: Day,
        pub shop_id: Option<ShopId>,
        pub team_id: Option<TeamId>,
        pub level: String,
        pub position: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A role that a member holds.
pub mod grant {
    use sea_orm::entity::prelude::*;

    use crate::staff::{GrantId, StaffId};
    use crate::tenants::{ShopId, TeamId, TenantId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "staff_grant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GrantId,
        pub tenant_id: TenantId,
        pub staff_id: StaffId,
        pub role: String,
        pub shop_id: Option<ShopId>,
        pub team_id: Option<TeamId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
