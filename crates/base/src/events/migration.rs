//! The tables' history: events and chain heads.

use crate::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, binary_null, string, text_null, uuid, uuid_null,
};

/// 2026-11: events and their chains.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "base_events_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let event = Table::create()
            .table("event")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(big_integer_null("seq"))
            .col(big_integer("at"))
            .col(string("kind"))
            .col(string("actor_kind"))
            .col(uuid_null("actor_id"))
            .col(string("subject_kind"))
            .col(uuid("subject_id"))
            .col(text_null("data"))
            .col(binary("data_hash"))
            .col(uuid_null("caused_by"))
            .col(binary_null("hash"))
            .to_owned();
        manager.create_table(event).await?;
        unique(manager, "event_seq", "event", &["tenant_id", "seq"]).await?;
        index(manager, "event_time", "event", &["tenant_id", "at"]).await?;
        index(manager, "event_subject", "event", &["subject_id"]).await?;
        let chain = Table::create()
            .table("event_chain")
            .col(uuid("tenant_id").primary_key())
            .col(big_integer("length"))
            .col(binary("head"))
            .col(big_integer("sealed_at"))
            .to_owned();
        manager.create_table(chain).await
    }
}

/// 2026-11: what came of what.
pub struct Causes;

impl MigrationName for Causes {
    fn name(&self) -> &str {
        "base_events_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Causes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let cause = Table::create()
            .table("event_cause")
            .col(uuid("tenant_id"))
            .col(uuid("effect"))
            .col(uuid("cause"))
            .col(string("effect_kind"))
            .col(string("cause_kind"))
            .col(uuid("event_id"))
            .primary_key(Index::create().col("tenant_id").col("effect").col("cause"))
            .to_owned();
        manager.create_table(cause).await?;
        index(manager, "event_cause_on", "event_cause", &["tenant_id", "cause"]).await
    }
}
