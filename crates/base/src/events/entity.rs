//! Tables of the events.

/// One event.
pub mod event {
    use sea_orm::entity::prelude::*;

    use crate::events::EventId;
    use crate::time::Micros;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EventId,
        pub tenant_id: Uuid,
        pub seq: Option<i64>,
        pub at: Micros,
        pub kind: String,
        pub actor_kind: String,
        pub actor_id: Option<Uuid>,
        pub subject_kind: String,
        pub subject_id: Uuid,
        pub data: Option<String>,
        pub data_hash: Vec<u8>,
        pub caused_by: Option<EventId>,
        pub hash: Option<Vec<u8>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The head of a tenant's chain.
pub mod chain {
    use sea_orm::entity::prelude::*;

    use crate::time::Micros;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_chain")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        pub length: i64,
        pub head: Vec<u8>,
        pub sealed_at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// That a thing came of another.
pub mod cause {
    use sea_orm::entity::prelude::*;

    use crate::events::EventId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event_cause")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub effect: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub cause: Uuid,
        pub effect_kind: String,
        pub cause_kind: String,
        pub event_id: EventId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
