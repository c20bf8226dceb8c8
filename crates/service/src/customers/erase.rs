//! Erasing a customer on request (ORG-6): what he and his agents wrote to each other, his ratings'
//! comments, his name and his key. That there was a conversation, when, with whom and how it was
//! rated stays, and so do all figures.

use kexun_base::db::Tx;
use kexun_base::events::{Actor, NewEvent, record};
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::TenantId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Customer, CustomerId, ledger, store};
use crate::blocking::blocking;
use crate::conversations::{self, Kept, Reworded};
use crate::editions::{self, Staging};

/// Kind of the job that erases a customer.
pub const JOB: &str = "customers.erase";

/// Groups reworded in one transaction: so few that others who want to write hardly wait.
const GROUPS_A_BATCH: usize = 50;

/// What a job is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    /// Whose customer.
    pub tenant: TenantId,
    /// Who is to be erased.
    pub customer: CustomerId,
    /// The person who ordered it.
    pub by: Option<Uuid>,
    /// Why, in words without personal data.
    pub reason: String,
}

/// Orders that a customer be erased.
///
/// # Errors
/// `not_found` when there is none; `conflict` when he was erased.
pub async fn order(ctx: &Ctx, order: &Order) -> Result<Customer> {
    let tx = ctx.db().begin().await?;
    let customer = store::by_id(&tx, order.tenant, order.customer).await?;
    if customer.erased {
        return Err(Error::conflict("this customer was erased already"));
    }
    let actor = order.by.map_or(Actor::Operator, Actor::Person);
    event(ctx, &tx, order.tenant, customer.id, actor, "customer.erase_ordered", &order.reason).await?;
    editions::order_work(ctx, &tx, order.tenant, JOB, &serde_json::to_value(order)?).await?;
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(customer)
}

/// Does what was ordered; done again, it does nothing.
///
/// # Errors
/// When the database refuses; the customer is then as visible as before.
pub async fn run(ctx: &Ctx, order: &Order) -> Result<()> {
    let actor = order.by.map_or(Actor::Operator, Actor::Person);
    erase(ctx, order.tenant, order.customer, actor, &order.reason).await
}

/// Erases a customer: all of him at once, or nothing.
///
/// # Errors
/// When the database refuses, or the ledger cannot be written.
pub async fn erase(ctx: &Ctx, tenant: TenantId, id: CustomerId, actor: Actor, reason: &str) -> Result<()> {
    let staging = Staging::begin(ctx, tenant).await?;
    let published = rub_out(ctx, &staging, id, actor, reason).await;
    staging.end(ctx, published).await
}

/// Says whether there was anything left to erase.
async fn rub_out(ctx: &Ctx, staging: &Staging, id: CustomerId, actor: Actor, reason: &str) -> Result<bool> {
    let tenant = staging.tenant;
    let (customer, name_hash) = store::with_hash(ctx.db().read(), tenant, id).await?;
    if customer.erased {
        return Ok(false);
    }
    let seen = staging.edition - 1;
    let groups = conversations::groups_of_customer(ctx.db().read(), tenant, seen, id).await?;
    for part in groups.chunks(GROUPS_A_BATCH) {
        let kept = conversations::kept_of_groups(ctx.db().read(), tenant, seen, part).await?;
        let blanked = blocking("rubbing texts out", move || kept.into_iter().map(blanked).collect()).await?;
        let tx = staging.batch(ctx).await?;
        conversations::reword(ctx, &tx, staging, blanked).await?;
        tx.commit().await?;
    }
    // Before it is published: whatever happens next, a restored backup cannot undo it.
    ledger::append(ctx, tenant, name_hash).await?;
    let tx = staging.batch(ctx).await?;
    conversations::forget_earlier(&tx, staging, &groups).await?;
    store::erase_keys(&tx, id).await?;
    event(ctx, &tx, tenant, id, actor, "customer.erased", reason).await?;
    staging.publish(&tx).await?;
    tx.commit().await?;
    Ok(true)
}

fn blanked(kept: Kept) -> Result<Reworded> {
    let mut conversation = kept.unpack()?;
    conversation.dossier.messages.iter_mut().for_each(conversations::blank);
    conversation.dossier.ratings.iter_mut().for_each(|rating| rating.comment.clear());
    Reworded::of(conversation)
}

async fn event(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    id: CustomerId,
    actor: Actor,
    kind: &'static str,
    reason: &str,
) -> Result<()> {
    let event = NewEvent {
        tenant: tenant.0,
        kind,
        actor,
        subject_kind: "customer",
        subject: id.0,
        data: json!({ "reason": reason }),
        caused_by: None,
    };
    record(ctx, tx, event).await.map(drop)
}
