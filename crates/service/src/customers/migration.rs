//! The table's history.

use kexun_base::db::schema::{drop_index, index_of_dead, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary_null, boolean, integer, string_null, uuid};

/// 2026-11: customers.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "service_customers_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("customer")
            .col(uuid("row_id").primary_key())
            .col(uuid("tenant_id"))
            .col(big_integer("born"))
            .col(big_integer("died"))
            .col(uuid("shop_id"))
            .col(integer("number"))
            .col(string_null("name"))
            .col(uuid("name_hash"))
            .col(binary_null("wrapped_key"))
            .col(boolean("erased"))
            .to_owned();
        manager.create_table(table).await?;
        unique(manager, "customer_number", "customer", &["tenant_id", "number"]).await?;
        unique(manager, "customer_name", "customer", &["tenant_id", "name_hash"]).await
    }
}

/// 2026-11: a hash is one tenant's as it is.
pub struct Lean;

impl MigrationName for Lean {
    fn name(&self) -> &str {
        "service_customers_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Lean {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_index(manager, "customer_name", "customer").await?;
        unique(manager, "customer_by_name", "customer", &["name_hash"]).await?;
        index_of_dead(manager, "customer").await
    }
}
