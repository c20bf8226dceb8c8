//! An import from order to publication.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use kexun_base::events::{Actor, NewEvent, record};
use kexun_base::secrets::Key;
use kexun_base::time::Day;
use kexun_base::{Code, Ctx, Error, Result};
use kexun_importers::{DateOrder, Format, Options};
use kexun_people::notices;
use kexun_people::staff::accounts;
use kexun_people::tenants::{self, TenantId};
use serde_json::json;
use tokio::sync::mpsc;

use super::meet::meet;
use super::merge::{Frame, Outcome, Touched, merge, promise_shops, runs};
use super::read::{Counters, NamedShop, Parsed, Task, read};
use super::refused::Refused;
use super::store::{self, Change, NewImport};
use super::write::write;
use super::{Asked, Import, ImportId, Kind, State};
use crate::conversations;
use crate::editions::{self, Staging};
use crate::kpi::{self, Counting, zone_of};

/// Kind of the job that runs an import.
pub const JOB: &str = "imports.run";

/// What is ordered.
#[derive(Debug, Clone)]
pub struct Order {
    /// Whose record.
    pub tenant: TenantId,
    /// What the file holds.
    pub kind: Kind,
    /// Its name, for people.
    pub file_name: String,
    /// How to read it.
    pub asked: Asked,
    /// Its size.
    pub bytes: u64,
    /// Who ordered it.
    pub actor: Actor,
}

/// Where an import stands, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Bytes read, of so many; rows so far.
    Reading(u64, u64, u64),
    /// Rows merged, of so many.
    Merging(u64, u64),
    /// Conversations written.
    Writing(u64),
    /// Figures of so many days are made anew.
    Counting(u64),
}

/// Writes an import down. With `queue`, a worker of the server runs it; else the caller does.
///
/// # Errors
/// `invalid` when it asks for something that there is not; when the database refuses.
pub async fn begin(ctx: &Ctx, id: ImportId, mut order: Order, queue: bool) -> Result<Import> {
    options(&order.asked)?;
    order.asked.shop = shop_name(order.asked.shop)?;
    let (tenant, actor) = (order.tenant, order.actor);
    let tx = ctx.db().begin().await?;
    let new = NewImport {
        id,
        tenant,
        kind: order.kind,
        file_name: order.file_name,
        asked: order.asked,
        bytes: order.bytes,
        actor,
    };
    let import = store::insert(ctx, &tx, new).await?;
    let data = json!({"kind": import.kind.word(), "file": import.file_name, "number": import.number});
    event(ctx, &tx, tenant, actor, "import.ordered", id, data).await?;
    if queue {
        editions::order_work(ctx, &tx, tenant, JOB, &json!({"tenant": tenant, "import": id})).await?;
    }
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(import)
}

pub(super) async fn event(
    ctx: &Ctx,
    tx: &kexun_base::db::Tx,
    tenant: TenantId,
    actor: Actor,
    kind: &'static str,
    id: ImportId,
    data: serde_json::Value,
) -> Result<()> {
    let event = NewEvent {
        tenant: tenant.0,
        kind,
        actor,
        subject_kind: "import",
        subject: id.0,
        data,
        caused_by: None,
    };
    record(ctx, tx, event).await.map(drop)
}

/// Tells whoever ordered an import what became of it.
pub(super) async fn tell(
    ctx: &Ctx,
    tx: &kexun_base::db::Tx,
    tenant: TenantId,
    import: &Import,
    kind: &str,
    imported: u64,
    rejected: u64,
) -> Result<()> {
    let Some(by) = &import.by else { return Ok(()) };
    let params = json!({"file_name": import.file_name, "imported": imported, "rejected": rejected});
    let link = format!("/imports?import={}", import.id);
    notices::send(ctx, tx, tenant, &[by.id], kind, &params, Some(&link)).await
}

/// A shop's name as rows may have it: nothing of it may be what a row's would be refused for.
fn shop_name(shop: Option<String>) -> Result<Option<String>> {
    let shop = shop.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    match &shop {
        Some(name) if name.chars().count() > 255 || name.contains(char::is_control) => {
            Err(Error::field("shop", "is no name or code of a shop"))
        }
        _ => Ok(shop),
    }
}

fn options(asked: &Asked) -> Result<Options> {
    let format = match asked.format.as_deref() {
        None | Some("auto" | "kexun" | "") => Format::Auto,
        Some("csv") => Format::Csv,
        Some("xlsx") => Format::Xlsx,
        Some("json_lines" | "jsonl") => Format::JsonLines,
        Some(other) => {
            return Err(Error::field("format", format!("{other:?} is none of auto, csv, xlsx, jsonl")));
        }
    };
    let date_order = match asked.date_order.as_deref() {
        None | Some("") => None,
        Some("dmy") => Some(DateOrder::Dmy),
        Some("mdy") => Some(DateOrder::Mdy),
        Some(other) => return Err(Error::field("date_order", format!("{other:?} is neither dmy nor mdy"))),
    };
    Ok(Options { format, date_order, ..Options::default() })
}

/// Runs an import to its end. With `again`, whoever calls will try again after a fault that may pass,
/// and the import stays open for it; without, every fault ends it. Run again after it was cut off, it begins anew; run again after it was
/// published, it does nothing. Whoever runs it while somebody else does takes it over.
///
/// # Errors
/// When the file cannot be read or the database refuses: nothing is visible then, and the import
/// says why. `unavailable` when somebody else runs it or brought it to its end meanwhile.
pub async fn run(
    ctx: &Ctx,
    tenant: TenantId,
    id: ImportId,
    path: &Path,
    again: bool,
    progress: impl Fn(Progress) + Sync,
) -> Result<Import> {
    let mut import = store::get(ctx.db().read(), tenant, id).await?;
    if !matches!(import.state, State::Queued | State::Reading | State::Merging) {
        return Ok(import);
    }
    match attempt(ctx, tenant, &mut import, path, &progress).await {
        Ok(()) => store::get(ctx.db().read(), tenant, id).await,
        // A database that is away for a while is no fault of the file, nor is it that another worker took over.
        Err(error) if again && matches!(error.code, Code::Internal | Code::Unavailable) => Err(error),
        Err(error) => match fail(ctx, tenant, &import, &error).await {
            Ok(()) => Err(error),
            Err(second) => {
                tracing::warn!(import = %id, %error, %second, "an import failed, and its state could not be set");
                Err(if again { second } else { error })
            }
        },
    }
}

/// Notes that an import failed, unless somebody else holds it.
async fn fail(ctx: &Ctx, tenant: TenantId, import: &Import, error: &Error) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let failed = Change {
        held: Some(import.version),
        state: Some(State::Failed),
        error: Some(error.into()),
        ..Change::default()
    };
    store::change(ctx, &tx, import.id, failed).await?;
    let data = json!({"detail": error.to_string()});
    event(ctx, &tx, tenant, import.actor(), "import.failed", import.id, data).await?;
    tell(ctx, &tx, tenant, import, "import_failed", 0, 0).await?;
    Ok(tx.commit().await?)
}

/// Its version is that of the state which it was given last: with it the import is held.
async fn attempt(
    ctx: &Ctx,
    tenant: TenantId,
    import: &mut Import,
    path: &Path,
    progress: &(impl Fn(Progress) + Sync),
) -> Result<()> {
    take_up(ctx, import).await?;
    let passing = Key::random(ctx.random());
    let counters = Arc::new(Counters::default());
    let total = u64::try_from(import.bytes_total).unwrap_or(0);
    let reading = read_file(ctx, tenant, import, path, passing.clone(), counters.clone());
    let (parsed, rejected) =
        watch(ctx, import, reading, &counters, |c| progress(Progress::Reading(c.0, total, c.1))).await?;
    let found = Change {
        state: Some(State::Merging),
        bytes_read: Some(total),
        rows: Some(parsed.rows),
        rejected: Some(rejected),
        warnings: Some(parsed.warnings.clone()),
        header: Some(parsed.header.clone()),
        ..Change::default()
    };
    set(ctx, import, found).await?;
    import.version += 1;
    let staging = Staging::begin(ctx, tenant).await?;
    let published = stage(ctx, &staging, import, parsed, rejected, passing, progress).await;
    staging.end(ctx, published.map(|()| true)).await
}

/// Begins an import, anew where an earlier try was cut off.
async fn take_up(ctx: &Ctx, import: &mut Import) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let change = Change { held: Some(import.version), state: Some(State::Reading), ..Change::default() };
    store::change(ctx, &tx, import.id, change).await?;
    store::clear_rejections(&tx, import.id).await?;
    tx.commit().await?;
    import.version += 1;
    Ok(())
}

/// Changes an import that is held.
async fn set(ctx: &Ctx, import: &Import, change: Change) -> Result<()> {
    let tx = ctx.db().begin().await?;
    store::change(ctx, &tx, import.id, Change { held: Some(import.version), ..change }).await?;
    Ok(tx.commit().await?)
}

/// Waits for the reading, noting twice a second how far it is.
async fn watch<T>(
    ctx: &Ctx,
    import: &Import,
    reading: impl Future<Output = Result<T>>,
    counters: &Counters,
    progress: impl Fn((u64, u64)),
) -> Result<T> {
    tokio::pin!(reading);
    loop {
        tokio::select! {
            done = &mut reading => return done,
            () = tokio::time::sleep(Duration::from_millis(500)) => {
                let now = (counters.bytes.load(Ordering::Relaxed), counters.rows.load(Ordering::Relaxed));
                progress(now);
                let change = Change { bytes_read: Some(now.0), rows: Some(now.1), ..Change::default() };
                set(ctx, import, change).await?;
            }
        }
    }
}

/// Reads the file on a thread of its own while rejections are written down; also says how many
/// there were.
async fn read_file(
    ctx: &Ctx,
    tenant: TenantId,
    import: &Import,
    path: &Path,
    passing: Key,
    counters: Arc<Counters>,
) -> Result<(Parsed, u64)> {
    let (send, mut receive) = mpsc::channel::<Vec<Refused>>(1);
    let task = Task {
        path: path.to_owned(),
        kind: import.kind,
        options: options(&import.asked)?,
        shop: import.asked.shop.clone(),
        only: import.asked.only.clone(),
        tenant,
        shops: tenants::shops(ctx.db().read(), tenant).await?,
        folder: runs(ctx),
        identity: ctx.key().derive("imports.identity"),
        passing,
        refused: send,
        counters,
    };
    let reading_ctx = ctx.clone();
    let reading = tokio::task::spawn_blocking(move || read(task, reading_ctx.random()));
    let mut rejected = 0;
    while let Some(refused) = receive.recv().await {
        rejected += refused.len() as u64;
        let tx = ctx.db().begin().await?;
        // Whoever took the import over writes down his own.
        let count = Change { held: Some(import.version), rejected: Some(rejected), ..Change::default() };
        store::change(ctx, &tx, import.id, count).await?;
        store::add_rejections(&tx, import.id, refused).await?;
        tx.commit().await?;
    }
    let parsed = reading.await.map_err(|e| Error::internal(format!("reading the file broke: {e}")))??;
    Ok((parsed, rejected))
}

async fn stage(
    ctx: &Ctx,
    staging: &Staging,
    import: &Import,
    mut parsed: Parsed,
    rejected: u64,
    passing: Key,
    progress: &(impl Fn(Progress) + Sync),
) -> Result<()> {
    find_shops(ctx, staging.tenant, &mut parsed.shops).await?;
    let agents = promise_agents(ctx, staging.tenant, &parsed.agents).await?;
    let rows = parsed.rows;
    let frame = Arc::new(Frame {
        tenant: staging.tenant,
        import: import.id,
        number: u32::try_from(import.number).unwrap_or_default(),
        shops: promise_shops(ctx, &parsed.shops),
        agents,
        passing,
        any_before: conversations::any(ctx.db().read(), staging.tenant).await?,
    });
    let zones: kpi::Zones = frame.shops.iter().cloned().collect();
    let merged = |done| progress(Progress::Merging(done, rows));
    let directory = meet(ctx, staging, &frame, parsed.customers).await?;
    let (outcome, new) = merge(ctx, staging, &frame, parsed.sorted, directory, merged).await?;
    let counting = match frame.any_before {
        true => None,
        false => Some(Counting::begin(ctx, staging.tenant, &zones).await?),
    };
    let counting = write(ctx, staging, new, counting, |done| progress(Progress::Writing(done))).await?;
    let counted = counting.map(Counting::done).unwrap_or_default();
    let left = outcome.touched.difference(&counted).copied().collect();
    progress(Progress::Counting(outcome.touched.len() as u64));
    kpi::rebuild(ctx, staging, &left, &zones).await?;
    publish(ctx, staging, &frame, import, (&parsed.shops, &parsed.agents), rejected, &outcome).await
}

/// Looks again for the shops that were new while the file was read: another import may have made
/// them since. Under the lease no other import does.
async fn find_shops(ctx: &Ctx, tenant: TenantId, named: &mut [NamedShop]) -> Result<()> {
    if named.iter().all(|shop| shop.known.is_some()) {
        return Ok(());
    }
    let shops = tenants::shops(ctx.db().read(), tenant).await?;
    for place in 0..named.len() {
        let NamedShop { name, known: None, zone } = &named[place] else { continue };
        let found = shops.iter().find(|s| s.code == *name).or_else(|| shops.iter().find(|s| s.name == *name));
        let Some(found) = found else { continue };
        if zone_of(found) != *zone || named.iter().any(|other| other.known == Some(found.id)) {
            return Err(Error::conflict("shops were entered while the file was read; import it again"));
        }
        named[place].known = Some(found.id);
    }
    Ok(())
}

/// The numbers that the accounts of these names will have: made in a transaction that is rolled
/// back, so that an import that is cut off leaves no account behind.
async fn promise_agents(ctx: &Ctx, tenant: TenantId, names: &[String]) -> Result<Vec<u32>> {
    let tx = ctx.db().begin().await?;
    let numbers = agent_numbers(ctx, &tx, tenant, names).await?;
    tx.rollback().await?;
    Ok(numbers)
}

async fn agent_numbers(
    ctx: &Ctx,
    tx: &kexun_base::db::Tx,
    tenant: TenantId,
    names: &[String],
) -> Result<Vec<u32>> {
    let accounts = accounts::ensure(ctx, tx, tenant, names).await?;
    let number = |name: &String| accounts.get(name).and_then(|a| u32::try_from(a.number).ok());
    names.iter().map(|n| number(n).ok_or_else(|| Error::internal("an account was not made"))).collect()
}

async fn publish(
    ctx: &Ctx,
    staging: &Staging,
    frame: &Frame,
    import: &Import,
    (shops, agents): (&[NamedShop], &[String]),
    rejected: u64,
    outcome: &Outcome,
) -> Result<()> {
    let tenant = staging.tenant;
    let tx = staging.batch(ctx).await?;
    for (named, (id, _)) in shops.iter().zip(&frame.shops) {
        if named.known.is_none() {
            tenants::add_promised_shop(ctx, &tx, tenant, *id, &named.name).await?;
        }
    }
    if agent_numbers(ctx, &tx, tenant, agents).await? != frame.agents {
        return Err(Error::conflict("people were entered while the file was imported; import it again"));
    }
    let done = Change {
        held: Some(import.version),
        state: Some(State::Done),
        imported: Some(outcome.imported),
        unchanged: Some(outcome.unchanged),
        rejected: Some(rejected + outcome.contradicting),
        days: days(&outcome.touched),
        ..Change::default()
    };
    store::change(ctx, &tx, import.id, done).await?;
    let actor = import.actor();
    let data = json!({
        "number": import.number, "kind": import.kind.word(), "file": import.file_name,
        "imported": outcome.imported, "unchanged": outcome.unchanged, "rejected": rejected + outcome.contradicting,
    });
    event(ctx, &tx, tenant, actor, "import.published", import.id, data).await?;
    tell(ctx, &tx, tenant, import, "import_done", outcome.imported, rejected + outcome.contradicting).await?;
    editions::order_purge(ctx, &tx, tenant).await?;
    staging.publish(&tx).await?;
    Ok(tx.commit().await?)
}

pub(super) fn days(touched: &Touched) -> Option<(Day, Day)> {
    let days = touched.iter().map(|(_, day)| *day);
    Some((days.clone().min()?, days.max()?))
}
