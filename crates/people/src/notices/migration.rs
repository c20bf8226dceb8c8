//! The table's history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, string, string_null, text, text_null, uuid};

/// 2026-11: notices.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "people_notices_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let notice = Table::create()
            .table("notice")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("person_id"))
            .col(string("kind"))
            .col(text("params"))
            .col(string_null("link"))
            .col(big_integer("created_at"))
            .col(big_integer_null("read_at"))
            .col(big_integer_null("mailed_at"))
            .foreign_key(ForeignKey::create().from("notice", "tenant_id").to("tenant", "id"))
            .foreign_key(ForeignKey::create().from("notice", "person_id").to("person", "id"))
            .to_owned();
        manager.create_table(notice).await?;
        index(manager, "notice_inbox", "notice", &["person_id", "tenant_id", "read_at"]).await
    }
}

/// 2026-11: the calendar entry that a notice's mail carries.
pub struct Calendars;

impl MigrationName for Calendars {
    fn name(&self) -> &str {
        "people_notices_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Calendars {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let calendar = Table::alter().table("notice").add_column(text_null("calendar")).to_owned();
        manager.alter_table(calendar).await
    }
}
