//! The tables' history.

use kexun_base::db::schema::unique;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, integer, string, text, uuid, uuid_null};

/// 2026-11: tenants, shops, teams.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "people_tenants_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tenant = Table::create()
            .table("tenant")
            .col(uuid("id").primary_key())
            .col(string("slug").unique_key())
            .col(string("name"))
            .col(string("kind"))
            .col(uuid_null("parent_id"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("tenant", "parent_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(tenant).await?;
        let shop = Table::create()
            .table("shop")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(integer("number"))
            .col(string("code"))
            .col(string("name"))
            .col(string("zone"))
            .col(text("zones"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("shop", "tenant_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(shop).await?;
        unique(manager, "shop_code", "shop", &["tenant_id", "code"]).await?;
        unique(manager, "shop_number", "shop", &["tenant_id", "number"]).await?;
        let team = Table::create()
            .table("team")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(uuid("shop_id"))
            .col(integer("number"))
            .col(string("name"))
            .col(boolean("gone"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("team", "shop_id").to("shop", "id"))
            .to_owned();
        manager.create_table(team).await?;
        unique(manager, "team_name", "team", &["shop_id", "name"]).await?;
        unique(manager, "team_number", "team", &["tenant_id", "number"]).await
    }
}
