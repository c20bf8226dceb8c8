//! Doing the jobs: claim, work with a heart-beat, mark.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::entity::Model;
use super::store::{self, Claim};
use crate::ctx::Ctx;
use crate::errors::{Code, Result};

const LEASE_SECONDS: i64 = 30;
pub(super) const MAX_ATTEMPTS: i32 = 8;

/// Works until told to stop: takes jobs as they come due. A job under way is finished first.
pub async fn work(ctx: Ctx, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match run_one(&ctx).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "taking a job failed; trying again in a while"),
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = ctx.jobs().wake.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
        }
    }
}

/// Does all jobs that are due now, in this task; returns how many. For tests and the command line.
///
/// # Errors
/// When the database refuses; a job's own failure is marked on the job.
pub async fn run_due(ctx: &Ctx) -> Result<u64> {
    let mut count = 0;
    while run_one(ctx).await? {
        count += 1;
    }
    Ok(count)
}

async fn run_one(ctx: &Ctx) -> Result<bool> {
    let job = match store::claim(ctx, LEASE_SECONDS).await? {
        Claim::Taken(job) => job,
        Claim::Dead => return Ok(true),
        Claim::Nothing => return Ok(false),
    };
    let outcome = with_heartbeat(ctx, &job).await;
    match outcome {
        Ok(()) => store::finish(ctx, job.id).await?,
        Err(error) => {
            let hopeless = matches!(error.code, Code::Invalid | Code::NotFound | Code::UnreadableFile);
            let again = (!hopeless && job.attempts < MAX_ATTEMPTS)
                .then(|| ctx.now().plus_seconds(back_off_seconds(job.attempts)));
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempts, dead = again.is_none(), %error, "job failed");
            store::fail(ctx, job.id, &error.to_string(), again).await?;
        }
    }
    Ok(true)
}

async fn with_heartbeat(ctx: &Ctx, job: &Model) -> Result<()> {
    let handler = ctx.jobs().handler(&job.kind)?;
    let payload = serde_json::from_str(&job.payload)?;
    let mut work = tokio::spawn(handler(ctx.clone(), payload));
    loop {
        tokio::select! {
            done = &mut work => {
                return done.unwrap_or_else(|e| Err(crate::Error::internal(format!("the job broke: {e}"))));
            }
            () = tokio::time::sleep(Duration::from_secs(LEASE_SECONDS as u64 / 3)) => {
                store::extend(ctx, job.id, LEASE_SECONDS).await?;
            }
        }
    }
}

/// 2, 4, 8 … seconds, at most an hour.
fn back_off_seconds(attempts: i32) -> i64 {
    1 << attempts.clamp(1, 11)
}
