//! The tables' history.

use kexun_base::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, double_null, integer, integer_null, string, string_null, text,
    text_null, uuid, uuid_null,
};

/// 2026-11: exams, sittings, marks.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "assessment_exams_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        exams(manager).await?;
        sittings(manager).await?;
        marks(manager).await
    }
}

async fn exams(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let exam = Table::create()
        .table("exam")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(string("title"))
        .col(string("competence"))
        .col(uuid("paper_id"))
        .col(big_integer("opens_at"))
        .col(big_integer("closes_at"))
        .col(integer("minutes"))
        .col(integer("attempts"))
        .col(integer("excellent"))
        .col(integer("good"))
        .col(integer("pass"))
        .col(integer("credits"))
        .col(integer_null("make_up_after_days"))
        .col(integer_null("make_up_window_days"))
        .col(integer_null("make_up_times"))
        .col(string("shows_answers"))
        .col(uuid("series"))
        .col(uuid_null("make_up_of"))
        .col(integer("make_up_number"))
        .col(uuid_null("made_by"))
        .col(big_integer("made_at"))
        .col(big_integer_null("cancelled_at"))
        .col(integer("version"))
        .to_owned();
    manager.create_table(exam).await?;
    index(manager, "exam_of", "exam", &["tenant_id", "id"]).await?;
    index(manager, "exam_series", "exam", &["series"]).await?;
    let candidate = Table::create()
        .table("exam_candidate")
        .col(uuid("exam_id"))
        .col(uuid("staff_id"))
        .col(uuid("tenant_id"))
        .col(integer("begun"))
        .col(double_null("score"))
        .col(string_null("grade"))
        .col(integer("credits"))
        .col(boolean("absent"))
        .col(big_integer_null("settled_at"))
        .col(uuid_null("make_up"))
        .primary_key(Index::create().col("exam_id").col("staff_id"))
        .to_owned();
    manager.create_table(candidate).await?;
    index(manager, "exam_candidate_who", "exam_candidate", &["tenant_id", "staff_id"]).await
}

async fn sittings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let attempt = Table::create()
        .table("attempt")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("exam_id"))
        .col(uuid("staff_id"))
        .col(integer("number"))
        .col(string("state"))
        .col(big_integer("started_at"))
        .col(big_integer("deadline"))
        .col(string("shapes"))
        .col(text("sheet"))
        .col(integer("possible"))
        .col(big_integer_null("submitted_at"))
        .col(integer_null("earned"))
        .col(double_null("score"))
        .col(string_null("grade"))
        .col(big_integer_null("graded_at"))
        .to_owned();
    manager.create_table(attempt).await?;
    unique(manager, "attempt_of", "attempt", &["exam_id", "staff_id", "number"]).await?;
    index(manager, "attempt_state", "attempt", &["tenant_id", "state"]).await?;
    // Appended to and never changed: what somebody answered, as often as he did.
    let answer = Table::create()
        .table("attempt_answer")
        .col(uuid("attempt_id"))
        .col(integer("item"))
        .col(big_integer("client_seq"))
        .col(uuid("tenant_id"))
        .col(text("response"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("attempt_id").col("item").col("client_seq"))
        .to_owned();
    manager.create_table(answer).await?;
    let sign = Table::create()
        .table("attempt_sign")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("attempt_id"))
        .col(string("kind"))
        .col(integer("seconds"))
        .col(big_integer("at"))
        .to_owned();
    manager.create_table(sign).await?;
    index(manager, "attempt_sign_of", "attempt_sign", &["attempt_id"]).await
}

async fn marks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mark = Table::create()
        .table("attempt_mark")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("exam_id"))
        .col(uuid("attempt_id"))
        .col(integer("item"))
        .col(uuid("question_id"))
        .col(integer("revision"))
        .col(integer("worth"))
        .col(integer_null("points"))
        .col(text_null("response"))
        .col(string("comment"))
        .col(uuid_null("marked_by"))
        .col(big_integer_null("marked_at"))
        .col(integer("version"))
        .to_owned();
    manager.create_table(mark).await?;
    unique(manager, "attempt_mark_of", "attempt_mark", &["attempt_id", "item"]).await?;
    index(manager, "attempt_mark_exam", "attempt_mark", &["exam_id", "question_id"]).await
}
