//! The table's history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, uuid};

/// 2026-11: doubts about callers.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "people_sign_in_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let doubt = Table::create()
            .table("caller_doubt")
            .col(uuid("id").primary_key())
            .col(uuid("person_id"))
            .col(big_integer("at"))
            .to_owned();
        manager.create_table(doubt).await?;
        index(manager, "caller_doubt_at", "caller_doubt", &["at"]).await?;
        // Every sign-in clears away the sessions that have ended.
        index(manager, "session_expiry", "session", &["expires_at"]).await
    }
}
