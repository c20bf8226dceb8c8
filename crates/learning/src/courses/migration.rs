//! The tables' history.

use kexun_base::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, double, integer, integer_null, string, text, uuid, uuid_null,
};

/// 2026-11: courses, lessons, files; enrolments and progress.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "learning_courses_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        courses(manager).await?;
        lessons(manager).await?;
        learners(manager).await
    }
}

fn to_course(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "course_id").to("course", "id").to_owned()
}

async fn courses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let course = Table::create()
        .table("course")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(string("title"))
        .col(text("description"))
        .col(string("competence"))
        .col(string("level"))
        .col(uuid_null("owner"))
        .col(integer_null("valid_until"))
        .col(string("state"))
        .col(uuid_null("plan_item"))
        .col(big_integer("made_at"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("course", "tenant_id").to("tenant", "id"))
        .to_owned();
    manager.create_table(course).await?;
    index(manager, "course_of_tenant", "course", &["tenant_id", "id"]).await
}

async fn lessons(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let file = Table::create()
        .table("course_file")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("course_id"))
        .col(string("name"))
        .col(string("kind"))
        .col(string("ending"))
        .col(big_integer("bytes"))
        .col(big_integer("added_at"))
        .foreign_key(&mut to_course("course_file"))
        .to_owned();
    manager.create_table(file).await?;
    index(manager, "course_file_of", "course_file", &["course_id"]).await?;
    let lesson = Table::create()
        .table("course_lesson")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("course_id"))
        .col(integer("place"))
        .col(string("title"))
        .col(string("kind"))
        .col(text("body"))
        .col(uuid_null("course_file_id"))
        .col(integer_null("length_s"))
        .col(integer("minutes"))
        .col(boolean("required"))
        .col(boolean("gone"))
        .col(integer("version"))
        .foreign_key(&mut to_course("course_lesson"))
        .foreign_key(ForeignKey::create().from("course_lesson", "course_file_id").to("course_file", "id"))
        .to_owned();
    manager.create_table(lesson).await?;
    index(manager, "course_lesson_of", "course_lesson", &["course_id", "place"]).await
}

async fn learners(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let enrolment = Table::create()
        .table("course_enrolment")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("course_id"))
        .col(uuid("staff_id"))
        .col(uuid_null("plan_item"))
        .col(integer_null("due"))
        .col(big_integer_null("assigned_at"))
        .col(big_integer_null("opened_at"))
        .col(big_integer_null("last_at"))
        .col(big_integer_null("completed_at"))
        .col(integer_null("completed_on"))
        .foreign_key(&mut to_course("course_enrolment"))
        .to_owned();
    manager.create_table(enrolment).await?;
    unique(manager, "course_enrolment_once", "course_enrolment", &["course_id", "staff_id"]).await?;
    index(manager, "course_enrolment_of", "course_enrolment", &["tenant_id", "staff_id"]).await?;
    let progress = Table::create()
        .table("course_progress")
        .col(uuid("course_lesson_id"))
        .col(uuid("staff_id"))
        .col(uuid("tenant_id"))
        .col(uuid("course_id"))
        .col(double("position"))
        .col(integer("watched_s"))
        .col(big_integer("since"))
        .col(big_integer("last_at"))
        .col(big_integer_null("done_at"))
        .primary_key(Index::create().col("course_lesson_id").col("staff_id"))
        .foreign_key(&mut to_course("course_progress"))
        .foreign_key(
            ForeignKey::create().from("course_progress", "course_lesson_id").to("course_lesson", "id"),
        )
        .to_owned();
    manager.create_table(progress).await?;
    index(manager, "course_progress_of", "course_progress", &["course_id", "staff_id"]).await
}
