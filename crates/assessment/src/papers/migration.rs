//! The table's history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, string, text, uuid};

/// 2026-11: papers.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "assessment_papers_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let paper = Table::create()
            .table("paper")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(string("title"))
            .col(text("content"))
            .col(boolean("shuffle_questions"))
            .col(boolean("shuffle_options"))
            .col(string("state"))
            .col(big_integer("changed_at"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("paper", "tenant_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(paper).await?;
        index(manager, "paper_of", "paper", &["tenant_id", "id"]).await
    }
}
