//! Making daily partial results anew from the conversations of their days.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use kexun_base::db::Tx;
use kexun_base::http::PageRequest;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result, jobs};
use kexun_people::staff::accounts::Rosters;
use kexun_people::tenants::{self, Shop, ShopId, TenantId};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::task::JoinHandle;

use super::contacts::{self, Begun};
use super::rules::{Cell, DayContacts, DayFigures, OwnedContact, Scope, ShopZone, Timeline, contribute};
use super::store;
use crate::conversations::facts::{Outcome, channel_of_word};
use crate::conversations::{self, Counted};
use crate::editions::{self, Staging};

/// Zones of shops.
pub type Zones = HashMap<ShopId, ShopZone>;

/// Days of shops whose rows go into one transaction.
const DAYS_A_BATCH: usize = 20;
/// Conversations counted between two transactions at most, so that the lease is renewed in time.
const CONVERSATIONS_A_BATCH: usize = 20_000;

/// Kind of the job that orders [`RECOUNT`]: events know no lanes.
pub const JOB: &str = "kpi.recount";

/// Kind of the job that counts a tenant's figures anew, in its turn among the works on the tenant's record.
pub const RECOUNT: &str = "kpi.recount_in_turn";

/// Events after which agents may have been in other teams.
pub const EVENTS: &[&str] = &["account.linked", "staff.created", "staff.moved"];

/// Orders that a tenant's figures be counted anew, unless that waits to be begun already.
///
/// # Errors
/// When the database refuses.
pub async fn order_recount(ctx: &Ctx, tenant: TenantId) -> Result<()> {
    let page = PageRequest { cursor: None, limit: Some(200) };
    let queued = jobs::list(ctx.db().read(), tenant.0, Some("queued"), &page).await?;
    // One that was begun may have read who is in which team before that changed.
    if queued.items.iter().any(|job| job.kind == RECOUNT && job.attempts == 0) {
        return Ok(());
    }
    let tx = ctx.db().begin().await?;
    editions::order_work(ctx, &tx, tenant, RECOUNT, &json!({"tenant": tenant})).await?;
    Ok(tx.commit().await?)
}

/// Whether a recount of a tenant was ordered and is not done.
///
/// # Errors
/// When the database refuses.
pub(super) async fn is_recount_due(db: &impl ConnectionTrait, tenant: TenantId) -> Result<bool> {
    Ok(jobs::is_due(db, tenant.0, JOB).await? || jobs::is_due(db, tenant.0, RECOUNT).await?)
}

/// Counts all figures of a tenant anew: who is in which team has changed.
///
/// # Errors
/// When the database refuses; the figures are then as before.
pub async fn recount(ctx: &Ctx, tenant: TenantId) -> Result<()> {
    let staging = Staging::begin(ctx, tenant).await?;
    let published = recount_all(ctx, &staging).await;
    staging.end(ctx, published).await
}

/// Says whether there was anything to count. Which days there are is asked for only now: an import that was under way
/// before may have brought some, counted with the teams of when it began.
async fn recount_all(ctx: &Ctx, staging: &Staging) -> Result<bool> {
    let days = store::days(ctx.db().read(), staging.tenant, staging.edition - 1).await?;
    if days.is_empty() {
        return Ok(false);
    }
    let zones = zones(ctx, staging.tenant).await?;
    make_anew(ctx, staging, &days, &zones).await.map(|()| true)
}

/// Makes the figures of these days anew and publishes them.
pub(super) async fn make_anew(
    ctx: &Ctx,
    staging: &Staging,
    days: &BTreeSet<(ShopId, Day)>,
    zones: &Zones,
) -> Result<()> {
    rebuild(ctx, staging, days, zones).await?;
    let tx = staging.batch(ctx).await?;
    editions::order_purge(ctx, &tx, staging.tenant).await?;
    staging.publish(&tx).await?;
    Ok(tx.commit().await?)
}

/// The zones of a tenant's shops.
///
/// # Errors
/// When the database refuses.
pub async fn zones(ctx: &Ctx, tenant: TenantId) -> Result<Zones> {
    let shops = tenants::shops(ctx.db().read(), tenant).await?;
    Ok(shops.iter().map(|s| (s.id, zone_of(s))).collect())
}

/// The zone of a shop over its life.
pub fn zone_of(shop: &Shop) -> ShopZone {
    let first = shop.zones.first().map_or(shop.zone, |(_, zone)| *zone);
    shop.zones.iter().skip(1).fold(ShopZone::new(first), |zone, (day, next)| zone.changed(day.date(), *next))
}

/// Makes the figures of these shops and days anew, as the edition being staged sees their
/// conversations.
///
/// # Errors
/// When the database refuses or a row is damaged.
pub async fn rebuild(
    ctx: &Ctx,
    staging: &Staging,
    touched: &BTreeSet<(ShopId, Day)>,
    zones: &Zones,
) -> Result<()> {
    let rosters = Arc::new(Rosters::load(ctx.db().read(), staging.tenant).await?);
    let (tenant, edition) = (staging.tenant, staging.edition);
    let mut counting: Option<JoinHandle<Result<CountedDay>>> = None;
    let (mut counted, mut conversations) = (Vec::new(), 0);
    for &(shop, day) in touched {
        // While a day is counted, the next one is read.
        let rows = conversations::counted_on_day(ctx.db().read(), tenant, edition, shop, day).await?;
        if let Some(counting) = counting.take() {
            counted.push(end_of(counting).await?);
        }
        if counted.len() >= DAYS_A_BATCH || conversations >= CONVERSATIONS_A_BATCH {
            write(ctx, staging, std::mem::take(&mut counted)).await?;
            conversations = 0;
        }
        conversations += rows.len();
        let (zone, rosters) = (zones.get(&shop).cloned().unwrap_or_default(), rosters.clone());
        counting =
            Some(tokio::task::spawn_blocking(move || Ok(((shop, day), count(&rows, day, &zone, &rosters)?))));
    }
    if let Some(counting) = counting {
        counted.push(end_of(counting).await?);
    }
    write(ctx, staging, counted).await
}

/// A day of a shop with all that is counted of it.
type CountedDay = ((ShopId, Day), OfDay);

/// What is counted of a day of a shop, encoded.
pub(super) struct OfDay {
    /// The figures of each scope that has any.
    pub cells: Vec<(Scope, Vec<u8>)>,
    /// The contacts that begin on it, if any do.
    pub begun: Option<Begun>,
}

async fn end_of(counting: JoinHandle<Result<CountedDay>>) -> Result<CountedDay> {
    counting.await.map_err(|e| Error::internal(format!("counting a day broke: {e}")))?
}

async fn write(ctx: &Ctx, staging: &Staging, days: Vec<CountedDay>) -> Result<()> {
    let tx = staging.batch(ctx).await?;
    write_days(ctx, &tx, staging, days).await?;
    Ok(tx.commit().await?)
}

/// Writes what was counted of days.
pub(super) async fn write_days(ctx: &Ctx, tx: &Tx, staging: &Staging, days: Vec<CountedDay>) -> Result<()> {
    for (at, of_day) in days {
        store::replace(ctx, tx, staging, at, of_day.cells).await?;
        contacts::replace(ctx, tx, staging, at, of_day.begun).await?;
    }
    Ok(())
}

/// All that is counted of one day, from all conversations that count on it.
pub(super) fn count(rows: &[Counted], day: Day, zone: &ShopZone, rosters: &Rosters) -> Result<OfDay> {
    let team_of = |agent: u32, day: NaiveDate| {
        let account = i32::try_from(agent).ok()?;
        rosters.team_of(account, Day::from(day)).and_then(|team| u32::try_from(team).ok())
    };
    let mut cells: HashMap<Cell, DayFigures> = HashMap::new();
    let (mut begun, mut last_day) = (Vec::new(), day);
    let mut timeline = Timeline::default();
    for row in rows {
        let damaged = || Error::internal(format!("conversation {} is damaged: run `kexun check`", row.id));
        timeline.decode_from(&row.timeline).map_err(|_| damaged())?;
        let outcome = Outcome::decode(&row.outcome)?;
        let customer = u32::try_from(row.customer_no).map_err(|_| damaged())?;
        let input = outcome.input(&timeline, channel_of_word(&row.channel), customer, zone);
        contribute(&input, &team_of, &mut cells);
        if row.first_day == day
            && let Some(contact) = OwnedContact::of(customer, &timeline)
        {
            begun.push(contact);
            last_day = last_day.max(row.last_day);
        }
    }
    let of_day = |(cell, figures): (Cell, DayFigures)| {
        (cell.day == day.date() && !figures.is_empty()).then(|| (cell.scope, figures.encode()))
    };
    let mut cells: Vec<(Scope, Vec<u8>)> = cells.into_iter().filter_map(of_day).collect();
    cells.sort_by_key(|(scope, _)| *scope);
    let contacts = || Begun { last_day, contacts: DayContacts::new(&begun).encode() };
    Ok(OfDay { cells, begun: (!begun.is_empty()).then(contacts) })
}
