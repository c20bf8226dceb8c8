//! Undoing an import as a whole: what no other import brought is gone.

use std::sync::Arc;

use kexun_base::events::Actor;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::TenantId;
use serde_json::json;
use uuid::Uuid;

use super::join::note_touched;
use super::merge::Touched;
use super::run::{event, tell};
use super::store::{self, Change};
use super::{Import, ImportId, State};
use crate::blocking::blocking;
use crate::conversations::merge::{join, remove};
use crate::conversations::{self, Head, Kept, NewRow, PackedRow, Stored};
use crate::editions::{self, Staging};
use crate::kpi;

/// Kind of the job that undoes an import.
pub const JOB: &str = "imports.undo";

/// Rows looked at for groups that the import touched, in one transaction.
const ROWS_A_LOOK: u64 = 2_000;
/// Groups taken out in one transaction: so few that others who want to write hardly wait.
const GROUPS_A_BATCH: usize = 100;

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
    editions::order_work(ctx, &tx, tenant, JOB, &json!({"tenant": tenant, "import": id})).await?;
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
    let published = take_out(ctx, &staging, &import).await;
    staging.end(ctx, published).await
}

/// Says whether there was anything left to undo.
async fn take_out(ctx: &Ctx, staging: &Staging, import: &Import) -> Result<bool> {
    // Another worker may have done it while this one waited for its turn.
    if store::get(ctx.db().read(), staging.tenant, import.id).await?.state != State::Undoing {
        return Ok(false);
    }
    let number = u32::try_from(import.number).unwrap_or_default();
    let mut touched = Touched::new();
    let mut after = None;
    let zones = Arc::new(kpi::zones(ctx, staging.tenant).await?);
    loop {
        let tx = staging.batch(ctx).await?;
        // Looks at what readers see now: rows that this work has already buried stay in its sight.
        let seen = staging.edition - 1;
        let (groups, next) =
            conversations::groups_of_import(&tx, staging.tenant, seen, number, after, ROWS_A_LOOK).await?;
        tx.commit().await?;
        for part in groups.chunks(GROUPS_A_BATCH) {
            let kept = conversations::kept_of_groups(ctx.db().read(), staging.tenant, seen, part).await?;
            let zones = zones.clone();
            let taken = blocking("taking an import out", move || Taken::out_of(kept, number, &zones)).await?;
            let tx = staging.batch(ctx).await?;
            conversations::bury(&tx, staging, &taken.dead).await?;
            conversations::store_rows(ctx, &tx, staging, taken.rows).await?;
            tx.commit().await?;
            touched.extend(taken.touched);
        }
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
    editions::order_purge(ctx, &tx, staging.tenant).await?;
    staging.publish(&tx).await?;
    tx.commit().await?;
    Ok(true)
}

/// What taking an import out of some groups brings about.
#[derive(Default)]
struct Taken {
    /// The rows that new ones replace.
    dead: Vec<Uuid>,
    rows: Vec<PackedRow>,
    touched: Touched,
}

impl Taken {
    fn out_of(kept: Vec<Kept>, number: u32, zones: &kpi::Zones) -> Result<Taken> {
        let mut taken = Taken::default();
        for (_, known) in conversations::by_group(kept)? {
            taken.group(known, number, zones)?;
        }
        Ok(taken)
    }

    fn group(&mut self, known: Vec<Stored>, number: u32, zones: &kpi::Zones) -> Result<()> {
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
        note_touched(&before, &rows, &mut self.touched);
        self.dead.extend(before.iter().map(|r| r.row_id));
        for row in rows {
            self.rows.push(row.pack()?);
        }
        Ok(())
    }
}
