//! Tables of the plans.

/// A plan.
pub mod plan {
    use kexun_base::time::{Day, Micros};
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::{ShopId, TeamId, TenantId};
    use sea_orm::entity::prelude::*;

    use crate::plans::{PlanId, PlanKind, PlanState};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PlanId,
        pub tenant_id: TenantId,
        pub kind: PlanKind,
        pub shop_id: Option<ShopId>,
        pub team_id: Option<TeamId>,
        /// Of the version in force; before there is one, of the draft.
        pub title: String,
        pub from_day: Day,
        pub to_day: Day,
        /// How the newest version stands.
        pub state: PlanState,
        /// Number of the newest version.
        pub number: i32,
        /// Number of the version in force.
        pub in_force: Option<i32>,
        pub made_by: Option<StaffId>,
        pub created_at: Micros,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A version of a plan.
pub mod version {
    use kexun_base::time::Micros;
    use kexun_people::persons::PersonId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::plans::{PlanId, PlanState};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_version")]
    pub struct Model {
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub plan_id: PlanId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        pub state: PlanState,
        /// JSON of [`crate::plans::Content`].
        pub content: String,
        pub submitted_by: Option<PersonId>,
        pub submitted_at: Option<Micros>,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<Micros>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An item of a plan, over all its versions.
pub mod item {
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::plans::{PlanId, PlanItemId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_item")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PlanItemId,
        pub tenant_id: TenantId,
        pub plan_id: PlanId,
        pub title: String,
        pub lecturer: Option<StaffId>,
        pub in_force: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A word said about a version.
pub mod comment {
    use kexun_base::time::Micros;
    use kexun_people::persons::PersonId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::plans::{PlanCommentId, PlanId, PlanState};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_comment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PlanCommentId,
        pub tenant_id: TenantId,
        pub plan_id: PlanId,
        pub number: i32,
        pub person_id: Option<PersonId>,
        /// What was decided with it.
        pub state: PlanState,
        pub words: String,
        pub at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
