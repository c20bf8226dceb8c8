//! The tables' history.

use kexun_base::db::schema::{index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary, boolean, integer, string, string_null, text, uuid,
};

/// 2026-11: passwords, sessions, tokens, failed tries.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "people_sign_in_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let credential = Table::create()
            .table("credential")
            .col(uuid("person_id").primary_key())
            .col(string("password_hash"))
            .col(boolean("demo"))
            .col(big_integer("changed_at"))
            .foreign_key(ForeignKey::create().from("credential", "person_id").to("person", "id"))
            .to_owned();
        manager.create_table(credential).await?;
        sessions(manager).await?;
        tokens(manager).await?;
        let attempt = Table::create()
            .table("sign_in_attempt")
            .col(string("key").primary_key())
            .col(integer("failures"))
            .col(big_integer("last_at"))
            .to_owned();
        manager.create_table(attempt).await?;
        index(manager, "sign_in_attempt_last", "sign_in_attempt", &["last_at"]).await
    }
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let session = Table::create()
        .table("session")
        .col(uuid("id").primary_key())
        .col(uuid("person_id"))
        .col(binary("secret_hash"))
        .col(string("user_agent"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(big_integer("expires_at"))
        .foreign_key(ForeignKey::create().from("session", "person_id").to("person", "id"))
        .to_owned();
    manager.create_table(session).await?;
    unique(manager, "session_secret", "session", &["secret_hash"]).await?;
    index(manager, "session_person", "session", &["person_id"]).await
}

async fn tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let token = Table::create()
        .table("api_token")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(uuid("person_id"))
        .col(string("name"))
        .col(binary("secret_hash"))
        .col(text("rights"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("last_used_at"))
        .foreign_key(ForeignKey::create().from("api_token", "tenant_id").to("tenant", "id"))
        .foreign_key(ForeignKey::create().from("api_token", "person_id").to("person", "id"))
        .to_owned();
    manager.create_table(token).await?;
    unique(manager, "api_token_secret", "api_token", &["secret_hash"]).await?;
    index(manager, "api_token_person", "api_token", &["person_id", "tenant_id"]).await
}

/// 2026-11: from which address a session signed in.
pub struct Addresses;

impl MigrationName for Addresses {
    fn name(&self) -> &str {
        "people_sign_in_3"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Addresses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("session").add_column(string_null("address")).to_owned();
        manager.alter_table(table).await
    }
}
