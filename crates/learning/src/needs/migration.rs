//! The tables' history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text, text_null,
    uuid, uuid_null,
};

/// 2026-11: needs, whom they are about, tasks, the rule's switch.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "learning_needs_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(need()).await?;
        index(manager, "need_by_weight", "need", &["tenant_id", "weight", "id"]).await?;
        index(manager, "need_of_account", "need", &["tenant_id", "agent_account_id"]).await?;
        let person = Table::create()
            .table("need_person")
            .col(uuid("tenant_id"))
            .col(uuid("need_id"))
            .col(uuid("staff_id"))
            .primary_key(Index::create().col("need_id").col("staff_id"))
            .to_owned();
        manager.create_table(person).await?;
        manager.create_table(task()).await?;
        index(manager, "need_task_of", "need_task", &["tenant_id", "need_id"]).await?;
        index(manager, "need_task_due", "need_task", &["tenant_id", "assignee", "due_on"]).await?;
        let switch = Table::create()
            .table("need_rule")
            .col(uuid("tenant_id").primary_key())
            .col(boolean("active"))
            .col(big_integer_null("ran_at"))
            .col(integer("raised"))
            .col(integer("version"))
            .to_owned();
        manager.create_table(switch).await
    }
}

fn need() -> TableCreateStatement {
    Table::create()
        .table("need")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(string("source"))
        .col(string("state"))
        .col(string("title"))
        .col(text("description"))
        .col(string_null("competence"))
        .col(uuid_null("shop_id"))
        .col(uuid_null("team_id"))
        .col(integer_null("severity"))
        .col(integer("people"))
        .col(integer("weight"))
        .col(uuid_null("reported_by"))
        .col(uuid_null("agent_account_id"))
        .col(string_null("figure"))
        .col(integer_null("evidence_to"))
        .col(text_null("evidence"))
        .col(uuid_null("plan_id"))
        .col(uuid_null("plan_item_id"))
        .col(uuid_null("merged_into"))
        .col(big_integer("created_at"))
        .col(integer("version"))
        .to_owned()
}

fn task() -> TableCreateStatement {
    Table::create()
        .table("need_task")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("need_id"))
        .col(string("kind"))
        .col(string("state"))
        .col(string("title"))
        .col(text("description"))
        .col(string("department"))
        .col(uuid_null("shop_id"))
        .col(uuid_null("team_id"))
        .col(uuid("assignee"))
        .col(uuid_null("set_by"))
        .col(integer("due_on"))
        .col(text("note"))
        .col(big_integer_null("done_at"))
        .col(big_integer("created_at"))
        .col(integer("version"))
        .to_owned()
}
