//! Making, saving and revising plans.

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right, Scope};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::check::{checked, may_write};
use super::entity::{item, plan, version};
use super::rules::{PlaceOf, is_written};
use super::{Content, PlanId, PlanItemId, PlanState, store};
use crate::roster::own;

impl plan::Model {
    /// Where it holds.
    pub(super) fn place(&self) -> PlaceOf {
        PlaceOf { shop: self.shop_id, team: self.team_id }
    }

    /// Whether a scope reaches all of it.
    pub(super) fn held_by(&self, scope: &Scope) -> bool {
        scope.holds(self.shop_id, self.team_id) || (self.made_by.is_some() && self.made_by == scope.reach.own)
    }
}

/// A plan that a scope of `plan:read` shows, and whether all of it or only what is in force.
///
/// # Errors
/// `not_found`.
pub(super) async fn visible(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: PlanId,
) -> Result<(plan::Model, bool)> {
    let row = store::plan(db, scope.tenant, id).await?;
    if row.held_by(scope) {
        return Ok((row, true));
    }
    let of_all = row.shop_id.is_none() && row.team_id.is_none();
    let taught = match scope.reach.own {
        Some(own) => store::teaches(db, scope.tenant, id, own).await?,
        None => false,
    };
    if row.in_force.is_some() && (of_all || taught) {
        Ok((row, false))
    } else {
        Err(Error::not_found("plan"))
    }
}

/// A plan that somebody is about to change, in the version he saw.
pub(super) async fn to_write(
    db: &impl ConnectionTrait,
    by: By<'_>,
    id: PlanId,
    version: i32,
) -> Result<plan::Model> {
    let (row, _) = visible(db, &by.scope(Right::PlanRead)?, id).await?;
    may_write(by, row.kind, row.place())?;
    if row.version != version {
        return Err(Error::stale());
    }
    Ok(row)
}

/// An event about a plan.
pub(super) fn event(by: By<'_>, kind: &'static str, plan: PlanId, data: Value) -> NewEvent {
    NewEvent {
        tenant: by.tenant().0,
        kind,
        actor: by.actor(),
        subject_kind: "plan",
        subject: plan.0,
        data,
        caused_by: None,
    }
}

/// Makes a plan, as a draft.
///
/// # Errors
/// `invalid`; `not_found` for a place; `forbidden` for a kind or place beyond the right.
pub(super) async fn make(ctx: &Ctx, by: By<'_>, content: Content) -> Result<PlanId> {
    let tx = ctx.db().begin().await?;
    let content = checked(&tx, by, None, content).await?;
    let row = plan::Model {
        id: ctx.id(),
        tenant_id: by.tenant(),
        kind: content.kind,
        shop_id: content.shop,
        team_id: content.team,
        title: content.title.clone(),
        from_day: content.from,
        to_day: content.to,
        state: PlanState::Draft,
        number: 1,
        in_force: None,
        made_by: own(by),
        created_at: ctx.now(),
        version: 1,
    };
    let id = row.id;
    store::insert(&tx, row).await?;
    let content = with_ids(ctx, &tx, by.tenant(), id, content).await?;
    store::insert_version(&tx, draft_version(by.tenant(), id, 1, &content)?).await?;
    let data = json!({ "number": 1, "items": content.items.len() });
    events::record(ctx, &tx, event(by, "plan.drafted", id, data)).await?;
    tx.commit().await?;
    Ok(id)
}

fn draft_version(tenant: TenantId, plan: PlanId, number: i32, content: &Content) -> Result<version::Model> {
    Ok(version::Model {
        tenant_id: tenant,
        plan_id: plan,
        number,
        state: PlanState::Draft,
        content: serde_json::to_string(content)?,
        submitted_by: None,
        submitted_at: None,
        decided_by: None,
        decided_at: None,
    })
}

/// Gives ids to the items that are new, and remembers them.
async fn with_ids(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    plan: PlanId,
    mut content: Content,
) -> Result<Content> {
    for item in content.items.iter_mut().filter(|item| item.id.is_none()) {
        let id: PlanItemId = ctx.id();
        item.id = Some(id);
        let (title, lecturer) = (item.title.clone(), item.lecturer);
        let row = item::Model { id, tenant_id: tenant, plan_id: plan, title, lecturer, in_force: false };
        store::insert_item(tx, row).await?;
    }
    Ok(content)
}

/// Writes the newest version anew, as long as it is a draft or was returned.
///
/// # Errors
/// As [`make`]; `conflict` once it is submitted or approved; `stale_version`.
pub(super) async fn save(ctx: &Ctx, by: By<'_>, id: PlanId, seen: i32, content: Content) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row = to_write(&tx, by, id, seen).await?;
    if !is_written(row.state) {
        return Err(Error::conflict(match row.state {
            PlanState::Submitted => "this plan waits to be approved; it can be changed once it is returned",
            _ => "this plan is approved and never changes; revise it, and change the new version",
        }));
    }
    let content = checked(&tx, by, Some(id), content).await?;
    if content.kind != row.kind || content.place() != row.place() {
        return Err(Error::field("kind", "kind and place of a plan never change; make another plan"));
    }
    let content = with_ids(ctx, &tx, row.tenant_id, id, content).await?;
    let old = store::version(&tx, row.tenant_id, id, row.number).await?;
    let new = version::Model { content: serde_json::to_string(&content)?, ..old };
    store::update_version(&tx, new).await?;
    let number = row.number;
    let row = if row.in_force.is_none() { titled(row, &content) } else { row };
    store::update(&tx, row).await?;
    let data = json!({ "number": number, "items": content.items.len() });
    events::record(ctx, &tx, event(by, "plan.drafted", id, data)).await?;
    Ok(tx.commit().await?)
}

/// A plan as its content names it.
pub(super) fn titled(row: plan::Model, content: &Content) -> plan::Model {
    plan::Model { title: content.title.clone(), from_day: content.from, to_day: content.to, ..row }
}

/// Makes a new draft of an approved plan; what was approved stays as it is, and in force.
///
/// # Errors
/// `conflict` unless the newest version is the approved one; `not_found`, `forbidden`, `stale_version`.
pub(super) async fn revise(ctx: &Ctx, by: By<'_>, id: PlanId, seen: i32) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row = to_write(&tx, by, id, seen).await?;
    if row.state != PlanState::Approved {
        return Err(Error::conflict(
            "only an approved plan is revised; this one has a newer version at work",
        ));
    }
    let content = store::content(&tx, row.tenant_id, id, row.number).await?;
    let number = row.number + 1;
    store::insert_version(&tx, draft_version(row.tenant_id, id, number, &content)?).await?;
    store::update(&tx, plan::Model { state: PlanState::Draft, number, ..row }).await?;
    events::record(ctx, &tx, event(by, "plan.revised", id, json!({ "number": number }))).await?;
    Ok(tx.commit().await?)
}
