//! Tables of the needs and their tasks.

/// A need.
pub mod need {
    use kexun_base::time::{Day, Micros};
    use kexun_people::competences::Competence;
    use kexun_people::staff::{AccountId, StaffId};
    use kexun_people::tenants::{ShopId, TeamId, TenantId};
    use sea_orm::entity::prelude::*;

    use crate::needs::{NeedId, NeedSource, NeedState};
    use crate::plans::{PlanId, PlanItemId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NeedId,
        pub tenant_id: TenantId,
        pub source: NeedSource,
        pub state: NeedState,
        pub title: String,
        pub description: String,
        pub competence: Option<Competence>,
        pub shop_id: Option<ShopId>,
        pub team_id: Option<TeamId>,
        /// 1 to 3; none until somebody said.
        pub severity: Option<i32>,
        /// How many it is about, at least 1.
        pub people: i32,
        /// Severity × people: what the list is ordered by.
        pub weight: i32,
        /// Who reported or raised it; none: the rule.
        pub reported_by: Option<StaffId>,
        pub agent_account_id: Option<AccountId>,
        pub figure: Option<String>,
        /// Last day of the evidence.
        pub evidence_to: Option<Day>,
        /// JSON of the evidence.
        pub evidence: Option<String>,
        pub plan_id: Option<PlanId>,
        pub plan_item_id: Option<PlanItemId>,
        pub merged_into: Option<NeedId>,
        pub created_at: Micros,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// That a need is about somebody.
pub mod need_person {
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::needs::NeedId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_person")]
    pub struct Model {
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub need_id: NeedId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff_id: StaffId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A task that came of a need.
pub mod task {
    use kexun_base::time::{Day, Micros};
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::{ShopId, TeamId, TenantId};
    use sea_orm::entity::prelude::*;

    use crate::needs::{NeedId, TaskId, TaskKind, TaskState};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_task")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TaskId,
        pub tenant_id: TenantId,
        pub need_id: NeedId,
        pub kind: TaskKind,
        pub state: TaskState,
        pub title: String,
        pub description: String,
        pub department: String,
        pub shop_id: Option<ShopId>,
        pub team_id: Option<TeamId>,
        pub assignee: StaffId,
        pub set_by: Option<StaffId>,
        pub due_on: Day,
        pub note: String,
        pub done_at: Option<Micros>,
        pub created_at: Micros,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Whether a tenant has needs raised by rule.
pub mod switch {
    use kexun_base::time::Micros;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "need_rule")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        pub active: bool,
        pub ran_at: Option<Micros>,
        pub raised: i32,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
