//! Tables of passwords, sessions, tokens and failed tries.

/// A password, hashed.
pub mod credential {
    use kexun_base::time::Micros;
    use sea_orm::entity::prelude::*;

    use crate::persons::PersonId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "credential")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        pub password_hash: String,
        /// The public password of the demonstration.
        pub demo: bool,
        pub changed_at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A signed-in browser.
pub mod session {
    use kexun_base::time::Micros;
    use sea_orm::entity::prelude::*;

    use crate::persons::PersonId;
    use crate::sign_in::SessionId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub person_id: PersonId,
        pub secret_hash: Vec<u8>,
        pub user_agent: String,
        /// The address from which it signed in; none: not known.
        pub address: Option<String>,
        pub created_at: Micros,
        pub seen_at: Micros,
        pub expires_at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An API token.
pub mod token {
    use kexun_base::time::Micros;
    use sea_orm::entity::prelude::*;

    use crate::persons::PersonId;
    use crate::sign_in::TokenId;
    use crate::tenants::TenantId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TokenId,
        pub tenant_id: TenantId,
        pub person_id: PersonId,
        pub name: String,
        pub secret_hash: Vec<u8>,
        pub rights: String,
        pub created_at: Micros,
        pub expires_at: Option<Micros>,
        pub last_used_at: Option<Micros>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Failed tries of a login or an address.
pub mod attempt {
    use kexun_base::time::Micros;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_attempt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub failures: i32,
        pub last_at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
