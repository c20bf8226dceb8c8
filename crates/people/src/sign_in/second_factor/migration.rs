//! The tables' history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, binary, text, uuid};

/// 2026-11: second factors, recovery codes, and who must have one.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "people_second_factor_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let factor = Table::create()
            .table("second_factor")
            .col(uuid("person_id").primary_key())
            .col(binary("secret"))
            .col(big_integer("created_at"))
            .col(big_integer_null("confirmed_at"))
            .col(big_integer("last_step"))
            .foreign_key(ForeignKey::create().from("second_factor", "person_id").to("person", "id"))
            .to_owned();
        manager.create_table(factor).await?;
        let recovery = Table::create()
            .table("recovery_code")
            .col(binary("code_hash").primary_key())
            .col(uuid("person_id"))
            .foreign_key(ForeignKey::create().from("recovery_code", "person_id").to("person", "id"))
            .to_owned();
        manager.create_table(recovery).await?;
        index(manager, "recovery_code_person", "recovery_code", &["person_id"]).await?;
        let policy = Table::create()
            .table("second_factor_policy")
            .col(uuid("tenant_id").primary_key())
            .col(text("roles"))
            .foreign_key(ForeignKey::create().from("second_factor_policy", "tenant_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(policy).await
    }
}
