//! The tables' history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, string, text, uuid, uuid_null,
};

/// 2026-11: plans, versions, items, comments.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "learning_plans_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(plan()).await?;
        index(manager, "plan_of_tenant", "plan", &["tenant_id", "from_day", "id"]).await?;
        let version = Table::create()
            .table("plan_version")
            .col(uuid("tenant_id"))
            .col(uuid("plan_id"))
            .col(integer("number"))
            .col(string("state"))
            .col(text("content"))
            .col(uuid_null("submitted_by"))
            .col(big_integer_null("submitted_at"))
            .col(uuid_null("decided_by"))
            .col(big_integer_null("decided_at"))
            .primary_key(Index::create().col("plan_id").col("number"))
            .to_owned();
        manager.create_table(version).await?;
        let item = Table::create()
            .table("plan_item")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("plan_id"))
            .col(string("title"))
            .col(uuid_null("lecturer"))
            .col(boolean("in_force"))
            .to_owned();
        manager.create_table(item).await?;
        index(manager, "plan_item_of", "plan_item", &["tenant_id", "plan_id"]).await?;
        let comment = Table::create()
            .table("plan_comment")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("plan_id"))
            .col(integer("number"))
            .col(uuid_null("person_id"))
            .col(string("state"))
            .col(text("words"))
            .col(big_integer("at"))
            .to_owned();
        manager.create_table(comment).await?;
        index(manager, "plan_comment_of", "plan_comment", &["tenant_id", "plan_id"]).await
    }
}

fn plan() -> TableCreateStatement {
    Table::create()
        .table("plan")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(string("kind"))
        .col(uuid_null("shop_id"))
        .col(uuid_null("team_id"))
        .col(string("title"))
        .col(integer("from_day"))
        .col(integer("to_day"))
        .col(string("state"))
        .col(integer("number"))
        .col(integer_null("in_force"))
        .col(uuid_null("made_by"))
        .col(big_integer("created_at"))
        .col(integer("version"))
        .to_owned()
}
