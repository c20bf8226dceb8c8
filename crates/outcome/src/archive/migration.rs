//! The tables' history.

use kexun_base::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, double_null, integer, integer_null, string, string_null, text,
    text_null, uuid, uuid_null,
};

/// 2026-11: archives, and applications for a look into them.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "outcome_archive_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = Table::create()
            .table("archive_entry")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("person_id"))
            .col(uuid("staff_id"))
            .col(uuid("event_id"))
            .col(big_integer("seq"))
            .col(big_integer("at"))
            .col(string("kind"))
            .col(text("title"))
            .col(string_null("competence"))
            .col(integer_null("minutes"))
            .col(double_null("score"))
            .col(string_null("grade"))
            .col(double_null("credits"))
            .col(boolean("make_up"))
            .col(string_null("status"))
            .col(uuid_null("part"))
            .col(string("subject_kind"))
            .col(uuid("subject"))
            .to_owned();
        manager.create_table(entry).await?;
        unique(manager, "archive_entry_of", "archive_entry", &["event_id", "staff_id"]).await?;
        index(manager, "archive_entry_seq", "archive_entry", &["tenant_id", "seq"]).await?;
        index(manager, "archive_entry_staff", "archive_entry", &["tenant_id", "staff_id", "seq"]).await?;
        let cursor = Table::create()
            .table("archive_cursor")
            .col(uuid("tenant_id").primary_key())
            .col(big_integer("seq"))
            .to_owned();
        manager.create_table(cursor).await?;
        let request = Table::create()
            .table("archive_request")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("staff_id"))
            .col(uuid("person_id"))
            .col(text("purpose"))
            .col(integer("days"))
            .col(string("state"))
            .col(big_integer("asked_at"))
            .col(uuid_null("decided_by"))
            .col(big_integer_null("decided_at"))
            .col(text_null("reason"))
            .col(big_integer_null("valid_until"))
            .col(integer("version"))
            .to_owned();
        manager.create_table(request).await?;
        index(manager, "archive_request_list", "archive_request", &["tenant_id", "state", "id"]).await?;
        index(manager, "archive_request_who", "archive_request", &["tenant_id", "person_id"]).await
    }
}

/// 2026-11: the day of a class, which is not that on which its attendance was settled. Classes of before
/// keep the latter.
pub struct Days;

impl MigrationName for Days {
    fn name(&self) -> &str {
        "outcome_archive_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Days {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let day = Table::alter().table("archive_entry").add_column(integer_null("day")).to_owned();
        manager.alter_table(day).await
    }
}
