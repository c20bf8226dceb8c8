//! The follower: sealed events become entries, in their order, each once.

use std::collections::HashMap;

use kexun_base::{Ctx, Result, events, jobs};
use kexun_people::persons::PersonId;
use kexun_people::staff::{self, StaffId};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::rules::{Draft, drafts};
use super::store;

/// The job that follows a tenant's events.
pub const JOB: &str = "archive.follow";

/// Events read at once; between two batches others may write.
const BATCH: u64 = 500;

/// Seconds until it looks again for events that another process is just sealing.
const AGAIN_S: i64 = 2;

/// Brings a tenant's archives up to date with its events. It does not wait for the sealer, which works
/// every few seconds, but seals by itself.
///
/// # Errors
/// When the database refuses; what was done stays done.
pub async fn follow(ctx: &Ctx, tenant: TenantId) -> Result<()> {
    events::seal(ctx, tenant.0).await?;
    while step(ctx, tenant).await? {}
    if events::chain_state(ctx.db().read(), tenant.0).await?.pending > 0 {
        let tx = ctx.db().begin().await?;
        jobs::enqueue_once(ctx, &tx, tenant.0, JOB, ctx.now().plus_seconds(AGAIN_S)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// One batch, whole or not at all; false: there was nothing left.
async fn step(ctx: &Ctx, tenant: TenantId) -> Result<bool> {
    let tx = ctx.db().begin().await?;
    let from = store::hold_cursor(&tx, tenant).await?;
    let events = events::after(&tx, tenant.0, from, BATCH).await?;
    let Some(last) = events.last().and_then(|event| event.seq) else {
        tx.commit().await?;
        return Ok(false);
    };
    let told: Vec<_> = events.iter().map(|event| (event, drafts(&event.kind, &event.data))).collect();
    let people = people(&tx, tenant, told.iter().flat_map(|(_, drafts)| drafts)).await?;
    for (event, drafts) in told {
        for draft in drafts {
            match people.get(&draft.staff) {
                Some(person) => store::insert(ctx, &tx, tenant, event, (*person, draft)).await?,
                None => tracing::warn!(event = %event.id, staff = %draft.staff, "an event names no member"),
            }
        }
    }
    store::set_cursor(&tx, tenant, last).await?;
    tx.commit().await?;
    Ok(true)
}

/// The persons behind the members that these entries name, as far as there are such members.
pub(super) async fn people(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    drafts: impl Iterator<Item = &Draft>,
) -> Result<HashMap<StaffId, PersonId>> {
    let mut ids: Vec<StaffId> = drafts.map(|draft| draft.staff).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(staff::some(db, tenant, &ids).await?.into_iter().map(|member| (member.id, member.person)).collect())
}

/// Makes a tenant's archives anew from its events. Where it is cut off, the follower goes on.
///
/// # Errors
/// When the database refuses.
pub async fn rebuild(ctx: &Ctx, tenant: TenantId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    store::hold_cursor(&tx, tenant).await?;
    store::clear(&tx, tenant).await?;
    store::set_cursor(&tx, tenant, 0).await?;
    jobs::enqueue_once(ctx, &tx, tenant.0, JOB, ctx.now()).await?;
    tx.commit().await?;
    while step(ctx, tenant).await? {}
    Ok(())
}
