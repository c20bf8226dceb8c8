//! Background work: at least once, with retry and back-off; what fails for good is a dead letter
//! that people see and can start again.
//!
//! A job is written in the transaction of the change that wants it. Handlers must be idempotent:
//! a process that dies after the work and before its mark leaves the job to be done again.
//!
//! A job that fails by its own fault is given up after a few minutes. One that finds something out of
//! reach (`unavailable`: a mail server, a full disk) is tried for three days. Whoever sets the clock back
//! delays nothing: a lease, or a job for at once, that seems to lie in the future is due.

mod entity;
pub mod migration;
mod runner;
mod store;
mod verify;

use std::collections::HashMap;
use std::sync::Arc;

use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::Notify;

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::errors::{Error, Result};
use crate::ids::Uuid;
use crate::time::Micros;

pub use runner::{back_off_seconds, run_due, work};
pub use store::{dead, forget_done, hold_back, list, retry};
pub use verify::{is_due, verify};

crate::id!(
    /// A job.
    JobId
);

/// What a handler is given.
pub type Handler = Arc<dyn Fn(Ctx, Value) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// The kinds of work a process can do, by name.
#[derive(Clone, Default)]
pub struct Jobs {
    handlers: HashMap<&'static str, Handler>,
    reactions: Vec<(&'static [&'static str], &'static str)>,
    wake: Arc<Notify>,
}

impl Jobs {
    /// Adds a kind of work.
    #[must_use]
    pub fn with(mut self, kind: &'static str, handler: Handler) -> Self {
        self.handlers.insert(kind, handler);
        self
    }

    /// Orders a kind of work whenever an event of one of these kinds is written, in the same
    /// transaction: how a wing reacts to what happens in one that does not know it. Several events
    /// before the work begins order it once.
    #[must_use]
    pub fn reacting(mut self, events: &'static [&'static str], job: &'static str) -> Self {
        self.reactions.push((events, job));
        self
    }

    pub(crate) fn reactions(&self, event: &str) -> impl Iterator<Item = &'static str> {
        self.reactions.iter().filter(move |(events, _)| events.contains(&event)).map(|(_, job)| *job)
    }

    fn handler(&self, kind: &str) -> Result<Handler> {
        let unknown = || Error::internal(format!("this version of the program knows no job {kind:?}"));
        self.handlers.get(kind).cloned().ok_or_else(unknown)
    }

    /// Tells the workers of this process that something is due now.
    pub fn wake(&self) {
        self.wake.notify_waiters();
    }
}

/// A job as people see it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Kind of work.
    pub kind: String,
    /// `queued`, `done` or `dead`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is due (again).
    #[schema(value_type = String, format = DateTime)]
    pub run_at: Micros,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was ordered.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Micros,
}

/// What is written of a new job.
struct Order<'a> {
    tenant: Option<Uuid>,
    kind: &'static str,
    payload: &'a Value,
    lane: Option<&'a str>,
    created_at: Micros,
    /// The same as `created_at` for work to be done at once.
    run_at: Micros,
}

/// Orders work within the transaction of the change that wants it. Wake the workers after commit.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(
    ctx: &Ctx,
    tx: &Tx,
    tenant: Option<Uuid>,
    kind: &'static str,
    payload: &Value,
) -> Result<JobId> {
    let now = ctx.now();
    store::insert(ctx, tx, Order { tenant, kind, payload, lane: None, created_at: now, run_at: now }).await
}

/// As [`enqueue`], in a lane: not before what was ordered in this lane earlier is done or given up.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_in_lane(
    ctx: &Ctx,
    tx: &Tx,
    tenant: Option<Uuid>,
    kind: &'static str,
    payload: &Value,
    lane: &str,
) -> Result<JobId> {
    let now = ctx.now();
    let lane = Some(lane);
    store::insert(ctx, tx, Order { tenant, kind, payload, lane, created_at: now, run_at: now }).await
}

/// Orders work for a tenant, not before `at`, unless the same is waiting to be begun. What waits is
/// not begun before this transaction ends, and so sees what it wrote.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_once(ctx: &Ctx, tx: &Tx, tenant: Uuid, kind: &'static str, at: Micros) -> Result<()> {
    if store::is_waiting(tx, tenant, kind).await? {
        return Ok(());
    }
    enqueue_at(ctx, tx, Some(tenant), kind, &serde_json::json!({"tenant": tenant}), at).await.map(drop)
}

/// Orders work for a later time.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_at(
    ctx: &Ctx,
    tx: &Tx,
    tenant: Option<Uuid>,
    kind: &'static str,
    payload: &Value,
    at: Micros,
) -> Result<JobId> {
    let created_at = ctx.now();
    store::insert(ctx, tx, Order { tenant, kind, payload, lane: None, created_at, run_at: at }).await
}
