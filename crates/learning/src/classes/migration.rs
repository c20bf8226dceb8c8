//! The tables' history.

use kexun_base::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, integer_null, string, string_null, text, text_null, uuid,
    uuid_null,
};

/// 2026-11: classes, places, participants, feedback.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "learning_classes_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        places(manager).await?;
        classes(manager).await?;
        participants(manager).await?;
        feedback(manager).await?;
        tries(manager).await
    }
}

async fn places(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let place = Table::create()
        .table("place")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(string("name"))
        .foreign_key(ForeignKey::create().from("place", "tenant_id").to("tenant", "id"))
        .to_owned();
    manager.create_table(place).await?;
    unique(manager, "place_name", "place", &["tenant_id", "name"]).await
}

async fn classes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // Course and plan item are other rooms' affair: they are looked for when a class is arranged, and
    // the event remembers them.
    let class = Table::create()
        .table("class")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(string("title"))
        .col(text_null("description"))
        .col(string("competence"))
        .col(uuid_null("of_course"))
        .col(uuid_null("of_plan_item"))
        .col(big_integer("starts_at"))
        .col(big_integer("ends_at"))
        .col(string("zone"))
        .col(uuid_null("place_id"))
        .col(string_null("online_url"))
        .col(uuid("lecturer"))
        .col(integer_null("seats"))
        .col(integer("late_after_min"))
        .col(text("audience"))
        .col(string("state"))
        .col(integer("sequence"))
        .col(uuid_null("arranged_by"))
        .col(string_null("cancel_reason"))
        .col(big_integer_null("closed_at"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("class", "tenant_id").to("tenant", "id"))
        .foreign_key(ForeignKey::create().from("class", "place_id").to("place", "id"))
        .foreign_key(ForeignKey::create().from("class", "lecturer").to("staff", "id"))
        .foreign_key(ForeignKey::create().from("class", "arranged_by").to("person", "id"))
        .to_owned();
    manager.create_table(class).await?;
    index(manager, "class_time", "class", &["tenant_id", "starts_at"]).await
}

async fn participants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let participant = Table::create()
        .table("class_participant")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("class_id"))
        .col(uuid("staff_id"))
        .col(string("status"))
        .col(big_integer_null("signed_in_at"))
        .col(string_null("reason"))
        .col(string_null("leave_state"))
        .col(string_null("leave_reason"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("class_participant", "class_id").to("class", "id"))
        .foreign_key(ForeignKey::create().from("class_participant", "staff_id").to("staff", "id"))
        .to_owned();
    manager.create_table(participant).await?;
    unique(manager, "class_participant_of", "class_participant", &["class_id", "staff_id"]).await?;
    index(manager, "class_participant_who", "class_participant", &["staff_id"]).await
}

async fn feedback(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let feedback = Table::create()
        .table("class_feedback")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("class_id"))
        .col(uuid("staff_id"))
        .col(integer("content"))
        .col(integer("lecturer"))
        .col(integer("organisation"))
        .col(integer("applicable"))
        .col(text_null("remarks"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("class_feedback", "class_id").to("class", "id"))
        .foreign_key(ForeignKey::create().from("class_feedback", "staff_id").to("staff", "id"))
        .to_owned();
    manager.create_table(feedback).await?;
    unique(manager, "class_feedback_of", "class_feedback", &["class_id", "staff_id"]).await
}

async fn tries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let wrong = Table::create()
        .table("class_try")
        .col(uuid("staff_id").primary_key())
        .col(uuid("tenant_id"))
        .col(integer("failures"))
        .col(big_integer("since"))
        .foreign_key(ForeignKey::create().from("class_try", "staff_id").to("staff", "id"))
        .to_owned();
    manager.create_table(wrong).await
}
