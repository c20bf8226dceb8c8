//! The tables' history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, boolean, integer, integer_null, string, string_null, uuid, uuid_null,
};

/// 2026-11: conversations and their transcripts.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "service_conversations_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(conversation()).await?;
        index(manager, "conversation_group", "conversation", &["tenant_id", "group_hash"]).await?;
        index(manager, "conversation_id", "conversation", &["tenant_id", "id"]).await?;
        index(
            manager,
            "conversation_newest",
            "conversation",
            &["tenant_id", "first_day", "started_at", "id"],
        )
        .await?;
        index(manager, "conversation_customer", "conversation", &["tenant_id", "customer_id"]).await?;
        index(manager, "conversation_day", "conversation", &["tenant_id", "shop_id", "first_day"]).await?;
        index(manager, "conversation_spans", "conversation", &["tenant_id", "shop_id", "spans", "last_day"])
            .await?;
        let transcript = Table::create()
            .table("transcript")
            .col(uuid("row_id").primary_key())
            .col(uuid("tenant_id"))
            .col(big_integer("born"))
            .col(big_integer("died"))
            .col(binary("packed"))
            .to_owned();
        manager.create_table(transcript).await
    }
}

fn conversation() -> TableCreateStatement {
    Table::create()
        .table("conversation")
        .col(uuid("row_id").primary_key())
        .col(uuid("tenant_id"))
        .col(big_integer("born"))
        .col(big_integer("died"))
        .col(uuid("id"))
        .col(uuid("shop_id"))
        .col(uuid("group_hash"))
        .col(string_null("source_id"))
        .col(uuid_null("customer_id"))
        .col(integer("customer_no"))
        .col(string("channel"))
        .col(big_integer("started_at"))
        .col(big_integer("ended_at"))
        .col(integer("first_day"))
        .col(integer("last_day"))
        .col(boolean("spans"))
        .col(integer("messages"))
        .col(integer("rounds"))
        .col(integer("answered"))
        .col(integer_null("first_response_s"))
        .col(integer_null("slowest_s"))
        .col(integer_null("score"))
        .col(binary("timeline"))
        .col(binary("outcome"))
        .col(binary("imports"))
        .to_owned()
}
