//! The service record (SVC) and its figures (KPI).
//!
//! | room | what it is for |
//! |---|---|
//! | [`imports`] | files of what really happened, brought in and taken back as a whole |
//! | [`conversations`] | messages, contacts, ratings; facts and transcripts |
//! | [`customers`] | customers as shops know them, with keys of their own |
//! | [`privacy`] | what is personal in a text, taken out and kept sealed |
//! | [`editions`] | how bulk work becomes visible as a whole or not at all |
//! | [`kpi`] | definitions of figures, daily partial results, queries, targets |
//! | [`home`], [`search`] | what service adds to the home page; finding by name |
//! | [`weak_spots`] | who is truly weak in what, as far as the cases can tell |

mod additions;
mod blocking;
pub mod conversations;
pub mod customers;
pub mod editions;
pub mod home;
pub mod imports;
pub mod kpi;
pub mod privacy;
pub mod search;
pub mod weak_spots;

use std::sync::Arc;

use kexun_base::http::OpenApiRouter;
use kexun_base::jobs::Jobs;
use kexun_base::{Code, Ctx, Result};
use kexun_people::tenants::TenantId;
use serde_json::Value;

pub use additions::additions;

/// All routes of this wing.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .merge(conversations::router())
        .merge(customers::router())
        .merge(imports::router())
        .merge(kpi::api::router())
        .merge(kpi::targets::router())
        .merge(search::router())
        .merge(weak_spots::router())
}

/// Adds the background work of this wing.
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.with(imports::JOB, Arc::new(|ctx, order| Box::pin(run_import(ctx, order))))
        .with(imports::UNDO_JOB, Arc::new(|ctx, order| Box::pin(undo_import(ctx, order))))
        .with(customers::erase::JOB, Arc::new(|ctx, order| Box::pin(erase_customer(ctx, order))))
        .with(editions::PURGE_JOB, Arc::new(|ctx, order| Box::pin(purge(ctx, order))))
        .with(kpi::JOB, Arc::new(|ctx, order| Box::pin(order_recount(ctx, order))))
        .with(kpi::RECOUNT, Arc::new(|ctx, order| Box::pin(recount(ctx, order))))
        .reacting(kpi::EVENTS, kpi::JOB)
}

async fn run_import(ctx: Ctx, order: Value) -> Result<()> {
    let (tenant, import) = ordered(&order)?;
    let path = ctx.files().path(import.0);
    if let Err(error) = imports::run(&ctx, tenant, import, &path, true, |_| {}).await
        && matches!(error.code, Code::Internal | Code::Unavailable)
    {
        return Err(error);
    }
    // Rejections hold what is needed of the file; the file itself is personal data in clear.
    ctx.files().remove(import.0).await
}

async fn undo_import(ctx: Ctx, order: Value) -> Result<()> {
    let (tenant, import) = ordered(&order)?;
    imports::undo(&ctx, tenant, import).await
}

async fn erase_customer(ctx: Ctx, order: Value) -> Result<()> {
    customers::erase::run(&ctx, &serde_json::from_value(order)?).await
}

async fn order_recount(ctx: Ctx, order: Value) -> Result<()> {
    kpi::order_recount(&ctx, serde_json::from_value(order["tenant"].clone())?).await
}

async fn recount(ctx: Ctx, order: Value) -> Result<()> {
    kpi::recount(&ctx, serde_json::from_value(order["tenant"].clone())?).await
}

async fn purge(ctx: Ctx, order: Value) -> Result<()> {
    let tenant: TenantId = serde_json::from_value(order["tenant"].clone())?;
    editions::purge(&ctx, tenant).await.map(drop)
}

fn ordered(order: &Value) -> Result<(TenantId, imports::ImportId)> {
    Ok((serde_json::from_value(order["tenant"].clone())?, serde_json::from_value(order["import"].clone())?))
}
