//! Tables of tenants, shops and teams.

/// A tenant.
pub mod tenant {
    use sea_orm::entity::prelude::*;

    use crate::tenants::TenantId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tenant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TenantId,
        pub slug: String,
        pub name: String,
        pub kind: String,
        pub parent_id: Option<TenantId>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A shop.
pub mod shop {
    use sea_orm::entity::prelude::*;

    use crate::tenants::{ShopId, TenantId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "shop")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ShopId,
        pub tenant_id: TenantId,
        pub number: i32,
        pub code: String,
        pub name: String,
        pub zone: String,
        /// JSON: pairs of day and zone, ascending.
        pub zones: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A team.
pub mod team {
    use sea_orm::entity::prelude::*;

    use crate::tenants::{ShopId, TeamId, TenantId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TeamId,
        pub tenant_id: TenantId,
        pub shop_id: ShopId,
        pub number: i32,
        pub name: String,
        /// Dissolved: no member any more, but in the history.
        pub gone: bool,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
