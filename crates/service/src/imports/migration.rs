//! The tables' history.

use kexun_base::db::schema::unique;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, integer_null, string, string_null, text, text_null, uuid,
    uuid_null,
};

/// 2026-11: imports and their rejections.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "service_imports_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let import = Table::create()
            .table("import")
            .col(uuid("id").primary_key())
            .col(uuid("tenant_id"))
            .col(integer("number"))
            .col(string("kind"))
            .col(string("file_name"))
            .col(text("options"))
            .col(string("state"))
            .col(big_integer("bytes_total"))
            .col(big_integer("bytes_read"))
            .col(big_integer("rows"))
            .col(big_integer("imported"))
            .col(big_integer("unchanged"))
            .col(big_integer("rejected"))
            .col(text("warnings"))
            .col(text("header"))
            .col(string_null("error_code"))
            .col(text_null("error_detail"))
            .col(integer_null("from_day"))
            .col(integer_null("to_day"))
            .col(uuid_null("actor_id"))
            .col(big_integer("created_at"))
            .col(big_integer_null("finished_at"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("import", "tenant_id").to("tenant", "id"))
            .to_owned();
        manager.create_table(import).await?;
        unique(manager, "import_number", "import", &["tenant_id", "number"]).await?;
        let rejection = Table::create()
            .table("import_rejection")
            .col(uuid("import_id"))
            .col(big_integer("row"))
            .col(string_null("column"))
            .col(string("code"))
            .col(text("reason"))
            .col(text("reason_zh"))
            .col(text("cells"))
            .primary_key(Index::create().col("import_id").col("row"))
            .foreign_key(ForeignKey::create().from("import_rejection", "import_id").to("import", "id"))
            .to_owned();
        manager.create_table(rejection).await
    }
}

/// 2026-11: why an import failed, in Chinese too.
pub struct InChinese;

impl MigrationName for InChinese {
    fn name(&self) -> &str {
        "service_imports_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for InChinese {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter().table("import").add_column(text_null("error_detail_zh")).to_owned();
        manager.alter_table(table).await
    }
}
