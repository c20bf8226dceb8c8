//! The tables' history.

use kexun_base::db::dialect;
use kexun_base::db::schema::{drop_index, index, index_of_dead, index_where};
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

/// 2026-11: rows are found by group and by customer through tables of their own, and indexes hold what is asked for
/// alone, so that writing many rows in the order of time touches few pages.
pub struct Lean;

impl MigrationName for Lean {
    fn name(&self) -> &str {
        "service_conversations_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Lean {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, key) in
            [("conversation_of_group", "group_hash"), ("conversation_of_customer", "customer_id")]
        {
            finder(manager, table, key).await?;
        }
        for old in ["group", "id", "customer", "day", "spans"] {
            drop_index(manager, &format!("conversation_{old}"), "conversation").await?;
        }
        index(manager, "conversation_by_id", "conversation", &["id"]).await?;
        index(manager, "conversation_of_day", "conversation", &["shop_id", "first_day"]).await?;
        let spans = Expr::col("spans");
        index_where(manager, "conversation_spanning", "conversation", &["shop_id", "last_day"], spans)
            .await?;
        index_of_dead(manager, "conversation").await?;
        index_of_dead(manager, "transcript").await
    }
}

/// A table that finds rows by a key of theirs, in the order of the keys.
async fn finder(manager: &SchemaManager<'_>, name: &'static str, key: &'static str) -> Result<(), DbErr> {
    let mut table = Table::create();
    table.table(name).col(uuid("tenant_id")).col(uuid(key)).col(uuid("row_id"));
    table.primary_key(Index::create().col("tenant_id").col(key).col("row_id"));
    dialect::keep_by_key(manager.get_database_backend(), &mut table);
    manager.create_table(table).await?;
    let mut known = Query::select();
    known.columns(["tenant_id", key, "row_id"]).from("conversation").and_where(Expr::col(key).is_not_null());
    for column in ["tenant_id", key, "row_id"] {
        known.order_by(column, Order::Asc);
    }
    let mut fill = Query::insert();
    fill.into_table(name).columns(["tenant_id", key, "row_id"]);
    fill.select_from(known).map_err(|e| DbErr::Migration(e.to_string()))?;
    manager.get_connection().execute(&fill).await.map(drop)
}
