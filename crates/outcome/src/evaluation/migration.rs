//! The tables' history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, string, string_null, text, uuid};

/// 2026-11: evaluations and their results.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "outcome_evaluation_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let evaluation = Table::create()
            .table("evaluation")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(string("subject_kind"))
            .col(uuid("subject_id"))
            .col(text("title"))
            .col(string("figure"))
            .col(integer("weeks_before"))
            .col(integer("weeks_after"))
            .col(string_null("comparison"))
            .col(text("named"))
            .col(boolean("invited"))
            .col(text("reach"))
            .col(text("trained"))
            .col(big_integer("made_at"))
            .foreign_key(ForeignKey::create().from("evaluation", "tenant_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(evaluation).await?;
        index(manager, "evaluation_made", "evaluation", &["tenant_id", "made_at"]).await?;
        index(manager, "evaluation_subject", "evaluation", &["tenant_id", "subject_id"]).await?;
        let result = Table::create()
            .table("evaluation_result")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("evaluation_id"))
            .col(big_integer("computed_at"))
            .col(text("outcome"))
            .foreign_key(ForeignKey::create().from("evaluation_result", "tenant_id").to("tenant", "id"))
            .foreign_key(
                ForeignKey::create().from("evaluation_result", "evaluation_id").to("evaluation", "id"),
            )
            .to_owned();
        manager.create_table(result).await?;
        index(manager, "evaluation_result_of", "evaluation_result", &["evaluation_id", "computed_at"]).await
    }
}
