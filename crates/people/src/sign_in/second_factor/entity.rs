//! Tables of second factors, recovery codes, and who must have one.

/// Somebody's second factor.
pub mod factor {
    use kexun_base::time::Micros;
    use sea_orm::entity::prelude::*;

    use crate::persons::PersonId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_factor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        /// The secret, sealed.
        pub secret: Vec<u8>,
        pub created_at: Micros,
        /// When a code of it was right for the first time; until then it is not asked for.
        pub confirmed_at: Option<Micros>,
        /// The step of the code that was right last: none of it or before it counts again.
        pub last_step: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A code for the day the app is lost.
pub mod recovery {
    use sea_orm::entity::prelude::*;

    use crate::persons::PersonId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code_hash: Vec<u8>,
        pub person_id: PersonId,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which roles of a tenant must have a second factor.
pub mod policy {
    use sea_orm::entity::prelude::*;

    use crate::tenants::TenantId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_factor_policy")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Roles, as a JSON list.
        pub roles: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
