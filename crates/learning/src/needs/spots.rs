//! Needs from weak spots: by a click, or by rule.

use std::collections::{BTreeSet, HashMap};

use kexun_base::events::{self, Actor, NewEvent};
use kexun_base::jobs::{self, Handler};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right, Scope};
use kexun_people::staff::accounts::{self, Account};
use kexun_people::staff::{AccountId, StaffId};
use kexun_people::tenants::{self, ShopId, TeamId, TenantId};
use kexun_service::conversations;
use kexun_service::editions;
use kexun_service::kpi::rules::{Period, Unit};
use kexun_service::weak_spots::{self, Place, Question, Spot};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::entity::{need, switch};
use super::rules::{self, Known};
use super::service::blank;
use super::wire::{Raise, SwitchSet};
use super::{Evidence, NeedId, NeedSource, NeedState, Said, store, view};
use crate::roster::{Roster, own, reads_english};

/// The job that raises needs by rule.
pub(crate) const JOB: &str = "learning.needs.rule";
/// What it follows: new data.
pub(crate) const EVENTS: &[&str] = &["import.published"];
/// Days that the rule looks at.
const DAYS: i32 = 28;
/// The longest period of a question, in days.
const LONGEST_DAYS: u64 = 366;

/// Raises a need from a weak spot, which is looked for anew.
///
/// # Errors
/// `invalid` for a period; `not_found` and `forbidden` for a place; `conflict` when it is no weak spot, or
/// there is an open need for it.
pub(super) async fn raise(ctx: &Ctx, by: By<'_>, raise: &Raise) -> Result<NeedId> {
    let (looks, sorts) = (by.scope(Right::WeakSpotRead)?, by.scope(Right::NeedWrite)?);
    let period = Period::new(raise.from.date(), raise.to.date());
    let period = period.ok_or_else(|| Error::field("to", "is before `from`"))?;
    if period.days() > LONGEST_DAYS {
        return Err(Error::field("to", "weak spots are looked for in at most a year"));
    }
    let tenant = sorts.tenant;
    let account = accounts::account(ctx.db().read(), tenant, raise.agent).await?;
    let question = Question { period, shop: raise.shop, team: raise.team };
    let found = weak_spots::find(ctx, &looks, &question).await?;
    let spot = found.spots.iter().find(|s| s.key == raise.key && s.agent.id == raise.agent.0);
    let spot = spot.ok_or_else(|| {
        Error::conflict(
            "that is no weak spot of these days (any more): the cases do not show a difference beyond chance; \
             look at the weak spots again, or report what you know yourself",
        )
    })?;
    let evidence = snapshot(spot);
    if !sorts.holds(Some(evidence.shop), evidence.team) {
        return Err(Error::forbidden("your right to raise needs does not reach there"));
    }
    let tx = ctx.db().begin().await?;
    tenants::lock(&tx, tenant).await?;
    let known = Records::load(&tx, tenant, Some(account.id)).await?;
    if !rules::is_news(&known.of(account.id, &evidence.key), evidence.from) {
        return Err(Error::conflict(
            "there is a need for this already, open or raised from the same days; find it in the list of needs",
        ));
    }
    let new = New {
        source: NeedSource::WeakSpot,
        evidence,
        account: &account,
        by: own(by),
        actor: by.actor(),
        english: reads_english(&tx, by).await?,
    };
    let id = insert(ctx, &tx, tenant, &Roster::load(&tx, tenant).await?, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// A weak spot as it stands now.
fn snapshot(spot: &Spot) -> Evidence {
    let said = |text: &kexun_service::kpi::rules::Text| Said { zh: text.zh.clone(), en: text.en.clone() };
    let unit = if spot.unit == Unit::Seconds { "seconds" } else { "share" };
    let of_target = spot.against == weak_spots::rules::Yardstick::Target;
    Evidence {
        key: spot.key.clone(),
        figure: said(&spot.name),
        unit: unit.into(),
        from: spot.evidence.from,
        to: spot.evidence.to,
        account: AccountId(spot.agent.id),
        account_name: spot.agent.name.clone(),
        shop: ShopId(spot.shop.id),
        team: spot.team.as_ref().map(|team: &Place| TeamId(team.id)),
        n: spot.n,
        value: spot.value,
        estimate: spot.estimate,
        low: spot.low,
        high: spot.high,
        peers: spot.peers,
        target: spot.target,
        against: if of_target { "target" } else { "peers" }.into(),
        certainty: spot.certainty,
        words: said(&spot.words),
    }
}

/// What was raised before.
struct Records {
    rows: Vec<need::Model>,
    targets: HashMap<NeedId, NeedState>,
}

impl Records {
    async fn load(db: &impl ConnectionTrait, tenant: TenantId, account: Option<AccountId>) -> Result<Self> {
        let rows = store::raised(db, tenant, account).await?;
        let into: Vec<NeedId> = rows.iter().filter_map(|r| r.merged_into).collect();
        let targets = store::by_ids(db, tenant, &into).await?.into_iter().map(|r| (r.id, r.state)).collect();
        Ok(Records { rows, targets })
    }

    fn of(&self, account: AccountId, key: &str) -> Vec<Known> {
        let rows = self.rows.iter();
        rows.filter(|r| r.agent_account_id == Some(account) && r.figure.as_deref() == Some(key))
            .map(|r| Known { state: view::stands(r, &self.targets), to: r.evidence_to })
            .collect()
    }
}

/// A need about to be raised.
struct New<'a> {
    source: NeedSource,
    evidence: Evidence,
    account: &'a Account,
    by: Option<StaffId>,
    actor: Actor,
    english: bool,
}

async fn insert(
    ctx: &Ctx,
    tx: &kexun_base::db::Tx,
    tenant: TenantId,
    roster: &Roster,
    new: New<'_>,
) -> Result<NeedId> {
    let New { source, evidence, account, by, actor, english } = new;
    let owner = account.staff_id.filter(|id| roster.member(*id).is_some());
    let whose = owner.map_or_else(|| account.name.clone(), |id| roster.name(id));
    let figure = if english { &evidence.figure.en } else { &evidence.figure.zh };
    let title = if english { format!("{figure}: {whose}") } else { format!("{figure}：{whose}") };
    let mut row = blank(ctx, tenant, title);
    row.source = source;
    row.competence = Some(rules::competence_of(&evidence.key));
    (row.shop_id, row.team_id) = (Some(evidence.shop), evidence.team);
    row.severity = Some(rules::size(&evidence));
    row.weight = rules::weight(row.severity, 1);
    row.reported_by = by;
    row.agent_account_id = Some(account.id);
    row.figure = Some(evidence.key.clone());
    row.evidence_to = Some(evidence.to);
    row.evidence = Some(serde_json::to_string(&evidence)?);
    let data = json!({
        "source": source, "key": evidence.key, "account": account.id, "from": evidence.from,
        "to": evidence.to, "severity": row.severity,
    });
    let event = NewEvent {
        tenant: tenant.0,
        kind: "need.raised",
        actor,
        subject_kind: "need",
        subject: row.id.0,
        data,
        caused_by: None,
    };
    let id = row.id;
    store::insert(tx, row, &owner.into_iter().collect::<BTreeSet<_>>()).await?;
    events::record(ctx, tx, event).await?;
    Ok(id)
}

/// The job: raises needs from the weak spots of the last four weeks on record, where the tenant wants
/// that or somebody ordered it. Done again, it raises nothing twice.
pub(crate) fn run_rule() -> Handler {
    std::sync::Arc::new(|ctx, order| Box::pin(async move { by_rule(&ctx, &order).await }))
}

async fn by_rule(ctx: &Ctx, order: &Value) -> Result<()> {
    let tenant: TenantId = serde_json::from_value(order["tenant"].clone())?;
    let ordered = order["ordered"].as_bool() == Some(true);
    if !ordered && !store::switch(ctx.db().read(), tenant).await?.active {
        return Ok(());
    }
    let Some(period) = last_weeks(ctx, tenant).await? else { return Ok(()) };
    let question = Question { period, shop: None, team: None };
    let found = weak_spots::find(ctx, &Scope::whole(tenant), &question).await?;
    let tx = ctx.db().begin().await?;
    tenants::lock(&tx, tenant).await?;
    let roster = Roster::load(&tx, tenant).await?;
    let records = Records::load(&tx, tenant, None).await?;
    let accounts = accounts::list_all(&tx, tenant).await?;
    // Who changed teams may be weak in both: one need is enough.
    let mut now: BTreeSet<(AccountId, String)> = BTreeSet::new();
    for evidence in found.spots.iter().map(snapshot) {
        let Some(account) = accounts.iter().find(|a| a.id == evidence.account) else { continue };
        let known = records.of(account.id, &evidence.key);
        if !rules::is_news(&known, evidence.from) || !now.insert((account.id, evidence.key.clone())) {
            continue;
        }
        let (source, by, actor) = (NeedSource::Rule, None, Actor::System);
        let new = New { source, evidence, account, by, actor, english: false };
        insert(ctx, &tx, tenant, &roster, new).await?;
    }
    let switch = store::switch(&tx, tenant).await?;
    let raised = i32::try_from(now.len()).unwrap_or(i32::MAX);
    let version = switch.version.saturating_add(1);
    store::put_switch(&tx, switch::Model { ran_at: Some(ctx.now()), raised, version, ..switch }).await?;
    tx.commit().await.map_err(Error::from)
}

/// The four weeks that end with the last day on record, or yesterday; none while nothing is on record.
async fn last_weeks(ctx: &Ctx, tenant: TenantId) -> Result<Option<Period>> {
    let db = ctx.db().read();
    let edition = editions::published(db, tenant).await?;
    let Some(last) = conversations::last_day(db, tenant, edition, None).await? else { return Ok(None) };
    let end = last.min(tenants::today(ctx, db, tenant, None).await?.plus(-1));
    Ok(Period::new(end.plus(1 - DAYS).date(), end.date()))
}

/// Turns the rule on or off; turned on, it looks at once.
///
/// # Errors
/// `forbidden` without the right on the whole; `stale_version`.
pub(super) async fn set_switch(ctx: &Ctx, by: By<'_>, set: &SwitchSet) -> Result<()> {
    let tenant = by.whole(Right::NeedWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    tenants::lock(&tx, tenant).await?;
    let switch = store::switch(&tx, tenant).await?;
    if switch.version != set.version {
        return Err(Error::stale());
    }
    let row = switch::Model { active: set.active, version: switch.version.saturating_add(1), ..switch };
    store::put_switch(&tx, row).await?;
    let event = NewEvent {
        tenant: tenant.0,
        kind: "need_rule.set",
        actor: by.actor(),
        subject_kind: "tenant",
        subject: tenant.0,
        data: json!({ "active": set.active }),
        caused_by: None,
    };
    events::record(ctx, &tx, event).await?;
    if set.active {
        jobs::enqueue(ctx, &tx, Some(tenant.0), JOB, &json!({ "tenant": tenant })).await?;
    }
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}

/// Lets the rule look now, whether it is on or not.
///
/// # Errors
/// `forbidden` without the right on the whole.
pub(super) async fn order(ctx: &Ctx, by: By<'_>) -> Result<()> {
    let tenant = by.whole(Right::NeedWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    jobs::enqueue(ctx, &tx, Some(tenant.0), JOB, &json!({ "tenant": tenant, "ordered": true })).await?;
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}
