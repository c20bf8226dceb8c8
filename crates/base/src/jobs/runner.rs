//! Doing the jobs: claim, work with a heart-beat, mark.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::entity::Model;
use super::store::{self, Claim, LEASE_SECONDS, MAX_FAULTS};
use crate::ctx::Ctx;
use crate::errors::{Code, Error, Result};

/// Tries before a job is given up that finds something out of reach each time: three days.
const MAX_PATIENCE: i32 = 440;

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
    let job = match store::claim(ctx).await? {
        Claim::Taken(job) => job,
        Claim::Dead => return Ok(true),
        Claim::Nothing => return Ok(false),
    };
    let still_ours = match with_heartbeat(ctx, &job).await {
        Outcome::Done(Ok(())) => store::finish(ctx, &job).await?,
        Outcome::Done(Err(error)) => fail(ctx, &job, &error).await?,
        Outcome::Lost => false,
    };
    if !still_ours {
        tracing::warn!(job = %job.id, kind = job.kind, "another process took the job over meanwhile");
    }
    Ok(true)
}

/// Marks a failed try: to be tried again, or given up.
async fn fail(ctx: &Ctx, job: &Model, error: &Error) -> Result<bool> {
    let (faults, hopeful) = match error.code {
        Code::Invalid | Code::NotFound | Code::UnreadableFile => (job.faults + 1, false),
        Code::Unavailable => (job.faults, job.attempts < MAX_PATIENCE),
        _ => (job.faults + 1, job.faults + 1 < MAX_FAULTS),
    };
    let again = hopeful.then(|| ctx.now().plus_seconds(back_off_seconds(job.attempts)));
    let (id, attempt) = (job.id, job.attempts);
    tracing::warn!(job = %id, kind = job.kind, attempt, dead = again.is_none(), %error, "job failed");
    store::fail(ctx, job, &error.to_string(), faults, again).await
}

/// How a try ended.
enum Outcome {
    Done(Result<()>),
    /// Another process has the job now; this one stopped.
    Lost,
}

async fn with_heartbeat(ctx: &Ctx, job: &Model) -> Outcome {
    let (handler, payload) = match (ctx.jobs().handler(&job.kind), serde_json::from_str(&job.payload)) {
        (Ok(handler), Ok(payload)) => (handler, payload),
        (Err(error), _) => return Outcome::Done(Err(error)),
        (_, Err(error)) => return Outcome::Done(Err(error.into())),
    };
    let mut work = tokio::spawn(handler(ctx.clone(), payload));
    loop {
        tokio::select! {
            done = &mut work => {
                let broke = |e| Err(Error::internal(format!("the job broke: {e}")));
                return Outcome::Done(done.unwrap_or_else(broke));
            }
            () = tokio::time::sleep(Duration::from_secs(LEASE_SECONDS as u64 / 3)) => {
                match store::extend(ctx, job).await {
                    Ok(true) => {}
                    Ok(false) => {
                        work.abort();
                        return Outcome::Lost;
                    }
                    // The database may be back at the next beat; if not, another process takes over and
                    // this one learns it then.
                    Err(error) => tracing::warn!(job = %job.id, %error, "a running job could not be kept"),
                }
            }
        }
    }
}

/// 2, 4, 8 … seconds, at most ten minutes.
pub fn back_off_seconds(attempts: i32) -> i64 {
    (1 << attempts.clamp(1, 10)).min(600)
}
