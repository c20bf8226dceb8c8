//! The table's history.

use kexun_base::db::schema::unique;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{double_null, integer, string, uuid};

/// 2026-11: targets of figures.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "service_kpi_targets_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("kpi_target")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(string("key"))
            .col(uuid("shop_id"))
            .col(double_null("target"))
            .col(integer("version"))
            .to_owned();
        manager.create_table(table).await?;
        unique(manager, "kpi_target_of", "kpi_target", &["tenant_id", "key", "shop_id"]).await
    }
}
