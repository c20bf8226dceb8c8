//! The tables' history.

use kexun_base::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, string, string_null, text, uuid, uuid_null};

/// 2026-11: questions and their revisions.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "assessment_questions_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let question = Table::create()
            .table("question")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(text("text"))
            .col(string("kind"))
            .col(text("key"))
            .col(string("topic"))
            .col(string_null("competence"))
            .col(integer("difficulty"))
            .col(text("explanation"))
            .col(string("state"))
            .col(integer("revision"))
            .col(string("fingerprint"))
            .col(big_integer("changed_at"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("question", "tenant_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(question).await?;
        unique(manager, "question_fingerprint", "question", &["tenant_id", "fingerprint"]).await?;
        index(manager, "question_topic", "question", &["tenant_id", "topic"]).await?;
        let revision = Table::create()
            .table("question_revision")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("question_id"))
            .col(integer("revision"))
            .col(text("text"))
            .col(text("key"))
            .col(big_integer("made_at"))
            .col(uuid_null("made_by"))
            .foreign_key(ForeignKey::create().from("question_revision", "question_id").to("question", "id"))
            .to_owned();
        manager.create_table(revision).await?;
        unique(manager, "question_revision_of", "question_revision", &["question_id", "revision"]).await
    }
}
