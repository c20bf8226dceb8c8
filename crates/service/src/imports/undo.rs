//! Undoing an import as a whole: what no other import brought is gone.

use kexun_base::events::Actor;
use kexun_base::{Ctx, Error, Result, jobs};
use kexun_people::tenants::TenantId;
use serde_json::json;

use super::join::note_touched;
use super::merge::Touched;
use super::run::{event, tell};
use super::store::{self, Change};
use super::{Import, ImportId, State};
use crate::conversations::merge::{join, remove};
use crate::conversations::{self, Head, NewRow, Stored};
use crate::editions::Staging;
use crate::kpi;

/// Kind of the job that undoes an import.
pub const JOB: &str = "imports.undo";

/// Orders that an import be undone.
///
/// # Errors
/// `not_found` when there is none, `conflict` when it was not published.
pub async fn order_undo(ctx: &Ctx, tenant: TenantId, id: ImportId, actor: Actor) -> Result<Import> {
    let tx = ctx.db().begin().await?;
    let import = store::get(&tx, tenant, id).await?;
    if import.state != State::Done {
        return Err(Error::conflict("only an import that is done can be undone"));
    }
    store::change(ctx, &tx, id, Change { state: Some(State::Undoing), ..Change::default() }).await?;
    event(ctx, &tx, tenant, actor, "import.undo_ordered", id, json!({"number": import.number})).await?;
    jobs::enqueue(ctx, &tx, Some(tenant.0), JOB, &json!({"tenant": tenant, "import": id})).await?;
    tx.commit().await?;
    ctx.jobs().wake();
    store::get(ctx.db().read(), tenant, id).await
}

/// Undoes an import; done again, it does nothing.
///
/// # Errors
/// When the database refuses; the import is then as visible as before.
pub async fn undo(ctx: &Ctx, tenant: TenantId, id: ImportId) -> Result<()> {
    let import = store::get(ctx.db().read(), tenant, id).await?;
    if import.state != State::Undoing {
        return Ok(());
    }
    let staging = Staging::begin(ctx, tenant).await?;
    if let Err(error) = take_out(ctx, &staging, &import).await {
        staging.abandon(ctx).await?;
        return Err(error);
    }
    Ok(())
}

async fn take_out(ctx: &Ctx, staging: &Staging, import: &Import) -> Result<()> {
    let number = u32::try_from(import.number).unwrap_or_default();
    let mut touched = Touched::new();
    let mut after = None;
    let zones = kpi::zones(ctx, staging.tenant).await?;
    loop {
        let tx = staging.batch(ctx).await?;
        // Looks at what readers see now: rows that this work has already buried stay in its sight.
        let seen = staging.edition - 1;
        let (groups, next) =
            conversations::groups_of_import(&tx, staging.tenant, seen, number, after, 2_000).await?;
        let known = conversations::dossiers_of_groups(&tx, staging.tenant, seen, &groups).await?;
        for (_, rows) in known {
            take_group_out(ctx, &tx, staging, number, rows, &zones, &mut touched).await?;
        }
        tx.commit().await?;
        after = next;
        if after.is_none() {
            break;
        }
    }
    kpi::rebuild(ctx, staging, &touched, &zones).await?;
    let tx = staging.batch(ctx).await?;
    store::change(ctx, &tx, import.id, Change { state: Some(State::Undone), ..Change::default() }).await?;
    event(ctx, &tx, staging.tenant, Actor::System, "import.undone", import.id, json!({"number": number}))
        .await?;
    tell(ctx, &tx, staging.tenant, import, "import_undone", 0, 0).await?;
    crate::editions::order_purge(ctx, &tx, staging.tenant).await?;
    staging.publish(&tx).await?;
    Ok(tx.commit().await?)
}

async fn take_group_out(
    ctx: &Ctx,
    tx: &kexun_base::db::Tx,
    staging: &Staging,
    number: u32,
    known: Vec<Stored>,
    zones: &kpi::Zones,
    touched: &mut Touched,
) -> Result<()> {
    let before: Vec<_> = known.iter().map(|s| s.row.clone()).collect();
    let Some(sample) = before.first().cloned() else { return Ok(()) };
    let (mut whole, owners) = join(known.into_iter().map(|s| (s.row.id, s.dossier)).collect());
    if !remove(&mut whole, number) {
        return Ok(());
    }
    let zone = zones.get(&sample.shop_id).cloned().unwrap_or_default();
    let is_thread = sample.source_id.is_none() && !whole.messages.is_empty();
    let head = Head {
        shop: sample.shop_id,
        group: sample.group_hash,
        source_id: sample.source_id,
        customer: sample.customer_id,
        customer_no: sample.customer_no,
    };
    let rows = NewRow::of_group(&head, whole, &owners, is_thread, &zone)?;
    note_touched(&before, &rows, touched);
    let dead: Vec<_> = before.iter().map(|r| r.row_id).collect();
    conversations::bury(tx, staging, &dead).await?;
    conversations::store_rows(ctx, tx, staging, rows).await
}
