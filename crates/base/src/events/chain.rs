//! Sealing events into the tenant's chain, and verifying it.

use sea_orm::ConnectionTrait;

use super::entity::event;
use super::store;
use crate::ctx::Ctx;
use crate::errors::Result;
use crate::ids::Uuid;
use crate::leases::Lease;
use crate::secrets::{Key, hex};
use crate::time::Micros;

const BATCH: u64 = 500;

/// How a tenant's chain stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ChainState {
    /// Number of sealed events.
    pub length: i64,
    /// Hash of the last one, hexadecimal; none while nothing is sealed.
    pub head: Option<String>,
    /// When the last one was sealed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sealed_at: Option<Micros>,
    /// Events that wait to be sealed.
    pub pending: u64,
}

/// Where a chain is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The sequence number at fault.
    pub seq: i64,
    /// What is wrong there.
    pub what: &'static str,
}

fn link(key: &Key, previous: &[u8], seq: i64, row: &event::Model) -> [u8; 32] {
    let nil = Uuid::nil();
    key.hash(&[
        previous,
        &seq.to_le_bytes(),
        row.id.0.as_bytes(),
        row.tenant_id.as_bytes(),
        &row.at.0.to_le_bytes(),
        row.kind.as_bytes(),
        row.actor_kind.as_bytes(),
        row.actor_id.unwrap_or(nil).as_bytes(),
        row.subject_kind.as_bytes(),
        row.subject_id.as_bytes(),
        row.caused_by.map_or(nil, |id| id.0).as_bytes(),
        &row.data_hash,
    ])
}

fn chain_key(ctx: &Ctx) -> Key {
    ctx.key().derive("events.chain")
}

/// Seals what waits in one tenant, in batches; returns how many events were sealed.
///
/// # Errors
/// When the database refuses.
pub async fn seal(ctx: &Ctx, tenant: Uuid) -> Result<u64> {
    let key = chain_key(ctx);
    let Some(lease) = Lease::take(ctx, &format!("seal {tenant}"), 30).await? else {
        return Ok(0);
    };
    let mut sealed = 0;
    loop {
        let tx = ctx.db().begin().await?;
        lease.renew(ctx, &tx).await?;
        let rows = store::unsealed(&tx, tenant, BATCH).await?;
        let head = store::head(&tx, tenant).await?;
        let (mut seq, mut hash) = head.map_or((0, Vec::new()), |h| (h.length, h.head));
        for row in &rows {
            seq += 1;
            hash = link(&key, &hash, seq, row).to_vec();
            store::set_sealed(&tx, row.id, seq, &hash).await?;
        }
        let last = (rows.len() as u64) < BATCH;
        if !rows.is_empty() {
            store::set_head(&tx, tenant, seq, &hash, ctx.now()).await?;
        }
        if last {
            lease.release(&tx).await?;
        }
        tx.commit().await?;
        sealed += rows.len() as u64;
        if last {
            return Ok(sealed);
        }
    }
}

/// Seals what waits, tenant by tenant, and logs each new head, so that a copy of it lies outside
/// the database.
///
/// # Errors
/// When the database refuses.
pub async fn seal_all(ctx: &Ctx) -> Result<u64> {
    let mut sealed = 0;
    for tenant in store::tenants_with_unsealed(ctx.db().read()).await? {
        let count = seal(ctx, tenant).await?;
        if count > 0 {
            let state = store::chain_state(ctx.db().read(), tenant).await?;
            tracing::info!(%tenant, length = state.length, head = state.head, "events sealed");
        }
        sealed += count;
    }
    Ok(sealed)
}

/// Walks a tenant's chain from its beginning; none: it is whole.
///
/// # Errors
/// When the database refuses.
pub async fn verify(ctx: &Ctx, db: &impl ConnectionTrait, tenant: Uuid) -> Result<Option<Fault>> {
    let key = chain_key(ctx);
    let (mut seq, mut hash) = (0, Vec::new());
    loop {
        let rows = store::sealed_after(db, tenant, seq, BATCH).await?;
        for row in &rows {
            seq += 1;
            if let Some(what) = fault_of(&key, &hash, seq, row) {
                return Ok(Some(Fault { seq, what }));
            }
            hash = row.hash.clone().unwrap_or_default();
        }
        if (rows.len() as u64) < BATCH {
            break;
        }
    }
    let state = store::chain_state(db, tenant).await?;
    let whole = state.length == seq && state.head.unwrap_or_default() == hex(&hash);
    Ok((!whole).then_some(Fault { seq, what: "the chain's head says another end: events were cut off" }))
}

fn fault_of(key: &Key, previous: &[u8], seq: i64, row: &event::Model) -> Option<&'static str> {
    if row.seq != Some(seq) {
        return Some("an event is missing here");
    }
    if let Some(data) = &row.data
        && blake3::hash(data.as_bytes()).as_bytes().as_slice() != row.data_hash
    {
        return Some("the event's data were changed");
    }
    let expected = link(key, previous, seq, row);
    (row.hash.as_deref() != Some(expected.as_slice())).then_some("the event was changed or put in between")
}
