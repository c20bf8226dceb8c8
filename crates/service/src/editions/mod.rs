//! Editions (版次): a tenant's service record changes as a whole or not at all.
//!
//! Bulk work (an import, its undoing, an erasure) writes rows in short transactions, too long a work
//! for one. So every row of the record carries the edition in which it was *born* and the one in
//! which it *died*; readers see the rows of the tenant's published edition. Publishing is one small
//! update. Work that was cut off left rows of an edition that nobody published; the next work on
//! that tenant removes them first.
//!
//! At most one work a tenant is staged at a time, across processes (a lease, renewed in every batch). What is
//! ordered waits for its turn in a lane of the tenant ([`order_work`]), so that no worker waits for the lease.

mod entity;
pub mod migration;
mod store;
mod verify;

use kexun_base::db::Tx;
use kexun_base::leases::Lease;
use kexun_base::{Ctx, Result, jobs};
use kexun_people::tenants::TenantId;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SimpleExpr};

pub use store::{delete_rows, published};
pub use verify::verify;

/// `died` of a row that is alive.
pub const ALIVE: i64 = i64::MAX;
/// How long a work may be silent before another takes over.
const LEASE_SECONDS: i64 = 15;
/// So long somebody waits at most while another work is under way, milliseconds.
const LONGEST_WAIT: u64 = 3_600_000;
/// So long it takes at most until he sees that it has ended, milliseconds.
const LONGEST_PAUSE: u64 = 2_000;

/// A table whose rows have editions, for cleaning up. The rooms that own them name them here.
struct Edited {
    table: &'static str,
    /// Tables through which its rows are found, and the column that they have beside the row: what finds a row
    /// goes with it.
    finders: &'static [(&'static str, &'static str)],
}

const TABLES: [Edited; 5] = [
    Edited {
        table: "conversation",
        finders: &[("conversation_of_group", "group_hash"), ("conversation_of_customer", "customer_id")],
    },
    Edited { table: "transcript", finders: &[] },
    Edited { table: "kpi_day", finders: &[] },
    Edited { table: "kpi_contacts", finders: &[] },
    Edited { table: "customer", finders: &[] },
];

/// The condition under which a row with `born` and `died` is seen in an edition.
pub fn seen_in(edition: i64) -> SimpleExpr {
    Expr::col(Alias::new("born")).lte(edition).and(Expr::col(Alias::new("died")).gt(edition))
}

/// Work on a tenant's record that is not published yet. Whoever begins one ends it with [`Staging::end`].
#[derive(Debug)]
pub struct Staging {
    /// The tenant.
    pub tenant: TenantId,
    /// The edition that publishing will make visible.
    pub edition: i64,
    lease: Lease,
}

impl Staging {
    /// Begins work on a tenant's record, waiting while another work is under way, and removes what a
    /// work that was cut off left behind.
    ///
    /// # Errors
    /// When the database refuses, or another work does not end within an hour.
    pub async fn begin(ctx: &Ctx, tenant: TenantId) -> Result<Staging> {
        let lease = Self::wait_for_lease(ctx, tenant).await?;
        let state = store::state(ctx.db().read(), tenant).await?;
        let staging = Staging { tenant, edition: state.published + 1, lease };
        if state.staged > state.published {
            store::remove_unpublished(ctx, &staging).await?;
        }
        let tx = staging.batch(ctx).await?;
        store::set_state(&tx, tenant, state.published, staging.edition).await?;
        tx.commit().await?;
        Ok(staging)
    }

    async fn wait_for_lease(ctx: &Ctx, tenant: TenantId) -> Result<Lease> {
        let name = format!("editions {tenant}");
        let (mut waited, mut pause) = (0, 50);
        while waited < LONGEST_WAIT {
            if let Some(lease) = Lease::take(ctx, &name, LEASE_SECONDS).await? {
                return Ok(lease);
            }
            // Asking writes, and on SQLite there is one writer at a time: who waits long asks seldom.
            tokio::time::sleep(std::time::Duration::from_millis(pause)).await;
            waited += pause;
            pause = Ord::min(pause + pause / 4, LONGEST_PAUSE);
        }
        Err(kexun_base::Error::conflict(
            "another import of this organisation has been running for an hour; try later",
        ))
    }

    /// A transaction for a batch of the work.
    ///
    /// # Errors
    /// When the work was taken over by another process: stop, nothing of it will be seen.
    pub async fn batch(&self, ctx: &Ctx) -> Result<Tx> {
        let tx = ctx.db().begin().await?;
        self.lease.renew(ctx, &tx).await?;
        Ok(tx)
    }

    /// Makes the work visible, within the last transaction of the work.
    ///
    /// # Errors
    /// When the database refuses; then nothing is visible.
    pub async fn publish(&self, tx: &Tx) -> Result<()> {
        store::set_state(tx, self.tenant, self.edition, self.edition).await?;
        self.lease.release(tx).await
    }

    /// Ends the work as it came out: `Ok(true)` where it was published, `Ok(false)` where there was nothing to do
    /// and nothing was written; after a fault, what was staged is never seen.
    ///
    /// # Errors
    /// The work's own; when the database refuses to end one that had nothing to do.
    pub async fn end(self, ctx: &Ctx, published: Result<bool>) -> Result<()> {
        match published {
            Ok(true) => Ok(()),
            Ok(false) => self.leave(ctx).await,
            Err(error) => {
                // The next work on this tenant removes what this one cannot.
                if let Err(second) = self.abandon(ctx).await {
                    tracing::warn!(%error, %second, "staged rows are left to the next work");
                }
                Err(error)
            }
        }
    }

    async fn abandon(&self, ctx: &Ctx) -> Result<()> {
        let tx = self.batch(ctx).await?;
        let state = store::state(&tx, self.tenant).await?;
        tx.commit().await?;
        // Where the answer to the last commit was lost, it may have been published after all.
        if state.published >= self.edition {
            return Ok(());
        }
        store::remove_unpublished(ctx, self).await?;
        self.leave(ctx).await
    }

    async fn leave(&self, ctx: &Ctx) -> Result<()> {
        let tx = self.batch(ctx).await?;
        store::set_state(&tx, self.tenant, self.edition - 1, self.edition - 1).await?;
        self.lease.release(&tx).await?;
        Ok(tx.commit().await?)
    }
}

/// Removes rows that no reader can see any more, in short batches.
///
/// # Errors
/// When the database refuses.
pub async fn purge(ctx: &Ctx, tenant: TenantId) -> Result<u64> {
    store::purge(ctx, tenant).await
}

/// Orders work on a tenant's record, within the transaction of the change that wants it: it is begun when what was
/// ordered earlier is done or given up, so that no worker waits for another. One that is to be tried again keeps its
/// turn: a fault of its own ends that after minutes, and what is out of reach for it is so for those behind it.
///
/// # Errors
/// When the database refuses.
pub async fn order_work(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    kind: &'static str,
    payload: &serde_json::Value,
) -> Result<()> {
    let lane = format!("record of {tenant}");
    jobs::enqueue_in_lane(ctx, tx, Some(tenant.0), kind, payload, &lane).await.map(drop)
}

/// Kind of the job that removes rows nobody can see any more.
pub const PURGE_JOB: &str = "editions.purge";

/// Orders the cleaning-up after a publication, ten minutes later, within its transaction.
///
/// # Errors
/// When the database refuses.
pub async fn order_purge(ctx: &Ctx, tx: &Tx, tenant: TenantId) -> Result<()> {
    let payload = serde_json::json!({"tenant": tenant});
    jobs::enqueue_at(ctx, tx, Some(tenant.0), PURGE_JOB, &payload, ctx.now().plus_seconds(600))
        .await
        .map(drop)
}
