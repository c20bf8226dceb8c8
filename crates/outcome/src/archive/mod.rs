//! The training archive (档案): a person's record as it grew from events, and who may look into it (ARC).
//!
//! - An archive is never typed: a follower reads the tenant's sealed events in their order and writes
//!   an entry for each that belongs into somebody's archive. It may be killed anywhere: where it stands
//!   and what it wrote are one transaction. What is corrected later stays, marked, and counts no more.
//! - Everybody sees his own; who keeps archives (人事) sees those of his scope. All others apply, saying
//!   why; the HR director grants it for a time or refuses. Nobody decides on his own application.
//! - Every look of anybody but the owner is in the audit log, and the owner is shown it.

mod access;
mod api;
mod entity;
mod export;
mod follow;
pub mod migration;
mod requests;
mod rules;
mod service;
mod store;
mod verify;
mod wire;
mod words;

use std::sync::Arc;

use kexun_base::jobs::Jobs;
use kexun_base::{Ctx, Result};
use kexun_people::home::{Home, HomeLine};
use kexun_people::rights::{Caller, Right};
use serde_json::json;

pub use api::router;
pub use follow::rebuild;
pub use store::standing_in;
pub use verify::{Verified, verify};

kexun_base::id!(
    /// A line of an archive.
    EntryId,
    /// An application for a look into an archive.
    RequestId
);

/// Adds the background work of this room.
pub(crate) fn jobs(jobs: Jobs) -> Jobs {
    jobs.with(
        follow::JOB,
        Arc::new(|ctx, order| {
            Box::pin(
                async move { follow::follow(&ctx, serde_json::from_value(order["tenant"].clone())?).await },
            )
        }),
    )
    .reacting(rules::EVENTS, follow::JOB)
}

/// This room's part of somebody's home page: applications that wait for his decision.
pub(crate) async fn home(ctx: Ctx, caller: Caller) -> Result<Home> {
    let mut home = Home::default();
    if caller.whole(Right::ArchiveApprove).is_ok() {
        let waiting = store::waiting(ctx.db().read(), caller.tenant, caller.person).await?;
        if waiting > 0 {
            let (params, link) = (json!({ "count": waiting }), Some("/archive-requests".to_owned()));
            home.now.push(HomeLine { kind: "archive_requests".into(), params, link });
        }
    }
    Ok(home)
}
