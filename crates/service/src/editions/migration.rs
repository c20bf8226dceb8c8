//! The table's history.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, uuid};

/// 2026-11: published editions.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "service_editions_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("published_edition")
            .col(uuid("tenant_id").primary_key())
            .col(big_integer("edition"))
            .col(big_integer("staged"))
            .foreign_key(ForeignKey::create().from("published_edition", "tenant_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(table).await
    }
}
