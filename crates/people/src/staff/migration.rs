//! The tables' history.

use kexun_base::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, integer_null, string, uuid, uuid_null};

/// 2026-11: staff, positions, grants, agent accounts.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "people_staff_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        staff(manager).await?;
        positions(manager).await?;
        grants(manager).await?;
        accounts(manager).await
    }
}

async fn staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let staff = Table::create()
        .table("staff")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("person_id"))
        .col(string("account"))
        .col(string("name"))
        .col(uuid_null("shop_id"))
        .col(uuid_null("team_id"))
        .col(string("level"))
        .col(string("position"))
        .col(integer_null("joined_on"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("staff", "tenant_id").to("tenant", "id"))
        .foreign_key(ForeignKey::create().from("staff", "person_id").to("person", "id"))
        .foreign_key(ForeignKey::create().from("staff", "shop_id").to("shop", "id"))
        .foreign_key(ForeignKey::create().from("staff", "team_id").to("team", "id"))
        .to_owned();
    manager.create_table(staff).await?;
    unique(manager, "staff_account", "staff", &["tenant_id", "account"]).await?;
    unique(manager, "staff_person", "staff", &["person_id", "tenant_id"]).await?;
    index(manager, "staff_team", "staff", &["team_id"]).await
}

async fn positions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // Shops and teams that are gone stay in the history: no foreign keys to them.
    let position = Table::create()
        .table("staff_position")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("staff_id"))
        .col(integer("from_day"))
        .col(uuid_null("shop_id"))
        .col(uuid_null("team_id"))
        .col(string("level"))
        .col(string("position"))
        .foreign_key(ForeignKey::create().from("staff_position", "staff_id").to("staff", "id"))
        .to_owned();
    manager.create_table(position).await?;
    index(manager, "staff_position_staff", "staff_position", &["tenant_id", "staff_id"]).await
}

async fn grants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let grant = Table::create()
        .table("staff_grant")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("staff_id"))
        .col(string("role"))
        .col(uuid_null("shop_id"))
        .col(uuid_null("team_id"))
        .foreign_key(ForeignKey::create().from("staff_grant", "staff_id").to("staff", "id"))
        .foreign_key(ForeignKey::create().from("staff_grant", "shop_id").to("shop", "id"))
        .foreign_key(ForeignKey::create().from("staff_grant", "team_id").to("team", "id"))
        .to_owned();
    manager.create_table(grant).await?;
    index(manager, "staff_grant_staff", "staff_grant", &["staff_id"]).await?;
    index(manager, "staff_grant_role", "staff_grant", &["tenant_id", "role"]).await
}

async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let account = Table::create()
        .table("agent_account")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(integer("number"))
        .col(string("name"))
        .col(uuid_null("staff_id"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("agent_account", "tenant_id").to("tenant", "id"))
        .foreign_key(ForeignKey::create().from("agent_account", "staff_id").to("staff", "id"))
        .to_owned();
    manager.create_table(account).await?;
    unique(manager, "agent_account_name", "agent_account", &["tenant_id", "name"]).await?;
    unique(manager, "agent_account_number", "agent_account", &["tenant_id", "number"]).await?;
    index(manager, "agent_account_staff", "agent_account", &["staff_id"]).await
}
