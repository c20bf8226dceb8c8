//! The table's history.

use kexun_base::db::schema::{index, index_of_dead};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, integer, string, uuid};

/// 2026-11: daily partial results.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "service_kpi_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("kpi_day")
            .col(uuid("row_id").primary_key())
            .col(uuid("tenant_id"))
            .col(big_integer("born"))
            .col(big_integer("died"))
            .col(uuid("shop_id"))
            .col(integer("day"))
            .col(string("scope"))
            .col(integer("number"))
            .col(binary("figures"))
            .to_owned();
        manager.create_table(table).await?;
        index(manager, "kpi_day_of", "kpi_day", &["tenant_id", "scope", "day", "shop_id"]).await
    }
}

/// 2026-11: rows that died are found without looking at those that live.
pub struct Dead;

impl MigrationName for Dead {
    fn name(&self) -> &str {
        "service_kpi_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Dead {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index_of_dead(manager, "kpi_day").await?;
        index_of_dead(manager, "kpi_contacts").await
    }
}
