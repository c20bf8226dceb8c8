//! The table's history.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, string_null, uuid};

/// 2026-11: persons.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "people_persons_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let person = Table::create()
            .table("person")
            .col(uuid("id").primary_key())
            .col(string("login").unique_key())
            .col(string("name"))
            .col(string_null("email"))
            .col(string_null("phone"))
            .col(string("locale"))
            .col(big_integer("created_at"))
            .col(integer("version"))
            .to_owned();
        manager.create_table(person).await
    }
}
