//! Tables of the imports.

/// One import.
pub mod import {
    use kexun_base::time::{Day, Micros};
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::imports::ImportId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ImportId,
        pub tenant_id: TenantId,
        /// Its number within the tenant, from 1: what sources of messages name.
        pub number: i32,
        pub kind: String,
        pub file_name: String,
        /// Shop, format and date order as asked for, JSON.
        pub options: String,
        pub state: String,
        pub bytes_total: i64,
        pub bytes_read: i64,
        pub rows: i64,
        pub imported: i64,
        pub unchanged: i64,
        pub rejected: i64,
        /// JSON.
        pub warnings: String,
        /// Columns of the file, JSON.
        pub header: String,
        pub error_code: Option<String>,
        pub error_detail: Option<String>,
        pub error_detail_zh: Option<String>,
        pub from_day: Option<Day>,
        pub to_day: Option<Day>,
        pub actor_id: Option<Uuid>,
        pub created_at: Micros,
        pub finished_at: Option<Micros>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// One row that was not taken.
pub mod rejection {
    use sea_orm::entity::prelude::*;

    use crate::imports::ImportId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_rejection")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: ImportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub row: i64,
        pub column: Option<String>,
        pub code: String,
        /// English words, and Chinese ones.
        pub reason: String,
        pub reason_zh: String,
        /// The cells as they stood, JSON, masked.
        pub cells: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
