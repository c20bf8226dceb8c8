//! The table's history.

use crate::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, string, string_null, text, text_null, uuid, uuid_null,
};

/// 2026-11: jobs, leases, idempotency keys.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "base_jobs_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let job = Table::create()
            .table("job")
            .col(uuid("id").primary_key())
            .col(uuid_null("tenant_id"))
            .col(string("kind"))
            .col(text("payload"))
            .col(string("state"))
            .col(integer("attempts"))
            .col(big_integer("run_at"))
            .col(big_integer("leased_until"))
            .col(text_null("last_error"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(job).await?;
        index(manager, "job_due", "job", &["state", "run_at"]).await?;
        let lease = Table::create()
            .table("lease")
            .col(string("name").primary_key())
            .col(uuid("holder"))
            .col(big_integer("until"))
            .to_owned();
        manager.create_table(lease).await?;
        let idempotency = Table::create()
            .table("idempotency_key")
            .col(uuid("owner"))
            .col(string("key"))
            .col(string("request"))
            .col(integer("status"))
            .col(text("body"))
            .col(big_integer("at"))
            .primary_key(Index::create().col("owner").col("key"))
            .to_owned();
        manager.create_table(idempotency).await
    }
}

/// 2026-11: lanes, and tries that failed by the job's own fault counted apart from those that met
/// something out of reach.
pub struct Lanes;

impl MigrationName for Lanes {
    fn name(&self) -> &str {
        "base_jobs_2"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Lanes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [string_null("lane"), integer("faults").default(0).take()] {
            manager.alter_table(Table::alter().table("job").add_column(column).to_owned()).await?;
        }
        index(manager, "job_lane", "job", &["lane", "state"]).await
    }
}
