//! Whether the jobs that wait can be done at all.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde_json::Value;

use super::JobId;
use super::entity::{Column, Entity};
use crate::ctx::Ctx;
use crate::errors::Result;
use crate::findings::Findings;

const BATCH: u64 = 500;
const AREA: &str = "jobs";

/// Looks at every job: its order must be readable, and a job that waits must be of a kind that this
/// program knows.
///
/// # Errors
/// When the database refuses.
pub async fn verify(ctx: &Ctx, db: &impl ConnectionTrait, findings: &mut Findings) -> Result<u64> {
    let mut after = JobId(Uuid::nil());
    let mut seen = 0;
    loop {
        let query = Entity::find().filter(Column::Id.gt(after)).order_by_asc(Column::Id);
        let rows = query.limit(BATCH).all(db).await?;
        for row in &rows {
            let place = || format!("job {} ({})", row.id, row.kind);
            if serde_json::from_str::<Value>(&row.payload).is_err() {
                let todo = "the job cannot be done; give the order again";
                findings.fault(AREA, place(), "its order is damaged", todo);
            }
            if row.state == "queued" && ctx.jobs().handler(&row.kind).is_err() {
                let todo = "update the program";
                findings.fault(AREA, place(), "this version of the program does not know such jobs", todo);
            }
            after = row.id;
        }
        seen += rows.len() as u64;
        if (rows.len() as u64) < BATCH {
            return Ok(seen);
        }
    }
}

/// Whether a job of this kind was ordered for a tenant and is not done.
///
/// # Errors
/// When the database refuses.
pub async fn is_due(db: &impl ConnectionTrait, tenant: Uuid, kind: &str) -> Result<bool> {
    let due = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::Kind.eq(kind));
    Ok(due.filter(Column::State.eq("queued")).one(db).await?.is_some())
}
