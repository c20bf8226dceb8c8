//! Every change that matters leaves one event, written in the transaction of the change.
//!
//! Ids are not commit order. One leased sealer gives committed events their sequence per tenant and
//! chains keyed hashes: `hash(n) = keyed(hash(n-1), n, id, at, kind, actor, subject, data_hash)`.
//! The chain holds *hashes* of the data, so data can be erased and the chain still verifies; it is
//! keyed by the master key, so that whoever can only write the database cannot forge it.

mod chain;
mod entity;
pub mod lineage;
pub mod migration;
mod store;

use serde::Serialize;
use serde_json::Value;

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::errors::Result;
use crate::http::idempotency;
use crate::ids::Uuid;
use crate::time::Micros;

pub use chain::{ChainState, Fault, seal, seal_all, verify};
pub use store::{Filter, after, chain_lengths, chain_state, list, tenants, told_of};

crate::id!(
    /// An event.
    EventId
);

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person, by id.
    Person(Uuid),
    /// The program by itself: a job, a rule.
    System,
    /// Somebody at the command line of the server.
    Operator,
}

impl Actor {
    /// The word stored and shown for this kind of actor.
    pub fn kind(self) -> &'static str {
        match self {
            Actor::Person(_) => "person",
            Actor::System => "system",
            Actor::Operator => "operator",
        }
    }

    /// The person, if it is one.
    pub fn person(self) -> Option<Uuid> {
        match self {
            Actor::Person(id) => Some(id),
            _ => None,
        }
    }
}

/// An event about to be written.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Whose books it stands in.
    pub tenant: Uuid,
    /// What happened, as `thing.happened`, e.g. `import.published`.
    pub kind: &'static str,
    /// Who did it.
    pub actor: Actor,
    /// What kind of thing it happened to, e.g. `import`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: Uuid,
    /// Particulars. No personal data of customers.
    pub data: Value,
    /// The event that led to this one.
    pub caused_by: Option<EventId>,
}

/// An event as it stands in the books.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Its place in the tenant's chain; none until it is sealed.
    pub seq: Option<i64>,
    /// When it happened.
    pub at: Micros,
    /// What happened.
    pub kind: String,
    /// `person`, `system` or `operator`.
    pub actor_kind: String,
    /// The person who did it.
    pub actor: Option<Uuid>,
    /// What kind of thing it happened to.
    pub subject_kind: String,
    /// Which one.
    pub subject: Uuid,
    /// Particulars; null where they were erased.
    pub data: Value,
    /// The event that led to this one.
    pub caused_by: Option<EventId>,
    /// Hash in the chain, hexadecimal; none until it is sealed.
    pub hash: Option<String>,
}

/// A thing that events tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// What kind of thing, e.g. `need`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
}

/// As [`record`], and remembers that the event's subject came of these things ([`lineage`]). A thing
/// may come of several, and what is told twice is remembered once.
///
/// # Errors
/// When the database refuses.
pub async fn record_because(ctx: &Ctx, tx: &Tx, event: NewEvent, causes: &[Subject]) -> Result<EventId> {
    let subject = Subject { kind: event.subject_kind, id: event.subject };
    let tenant = event.tenant;
    let id = record(ctx, tx, event).await?;
    lineage::remember(tx, tenant, id, subject, causes).await?;
    Ok(id)
}

/// Writes an event within the transaction of the change it tells of, and orders what wings react
/// with ([`crate::jobs::Jobs::reacting`]).
///
/// # Errors
/// When the database refuses.
pub async fn record(ctx: &Ctx, tx: &Tx, event: NewEvent) -> Result<EventId> {
    let (tenant, kind) = (event.tenant, event.kind);
    let id = store::insert(ctx, tx, event).await?;
    idempotency::done(tx).await?;
    for reaction in ctx.jobs().reactions(kind) {
        crate::jobs::enqueue_once(ctx, tx, tenant, reaction, ctx.now()).await?;
    }
    Ok(id)
}
