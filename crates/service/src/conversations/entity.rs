//! Tables of the conversations.

/// Facts of one conversation, in one edition.
pub mod conversation {
    use kexun_base::time::{Day, Micros};
    use kexun_people::tenants::{ShopId, TenantId};
    use sea_orm::entity::prelude::*;

    use crate::conversations::ConversationId;
    use crate::customers::CustomerId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conversation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub row_id: Uuid,
        pub tenant_id: TenantId,
        pub born: i64,
        pub died: i64,
        pub id: ConversationId,
        pub shop_id: ShopId,
        /// Keyed hash of what tells the group from all others of the tenant.
        pub group_hash: Uuid,
        /// The shop's own id; none for a piece of a bare thread.
        pub source_id: Option<String>,
        pub customer_id: Option<CustomerId>,
        pub customer_no: i32,
        pub channel: String,
        pub started_at: Micros,
        pub ended_at: Micros,
        /// First and last day on which it counts for any figure, in the shop's zone.
        pub first_day: Day,
        pub last_day: Day,
        /// Whether these are two days.
        pub spans: bool,
        pub messages: i32,
        pub rounds: i32,
        pub answered: i32,
        pub first_response_s: Option<i32>,
        pub slowest_s: Option<i32>,
        pub score: Option<i32>,
        pub timeline: Vec<u8>,
        /// Opening, closing, call time, ratings: what figures need beside the timeline.
        pub outcome: Vec<u8>,
        /// Numbers of the imports that brought anything of it.
        pub imports: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The compressed dossier of one conversation, in the same edition.
pub mod transcript {
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "transcript")]
    pub struct Model {
        /// The row of facts it belongs to.
        #[sea_orm(primary_key, auto_increment = false)]
        pub row_id: Uuid,
        pub tenant_id: TenantId,
        pub born: i64,
        pub died: i64,
        pub packed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which rows a group has, over all editions: what finds them by the group's hash, in the order of hashes.
pub mod of_group {
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conversation_of_group")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub group_hash: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub row_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which rows a customer has, over all editions, in the order of customers.
pub mod of_customer {
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::customers::CustomerId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "conversation_of_customer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub customer_id: CustomerId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub row_id: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
