//! Submitting, approving and returning plans.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent, Subject};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right};
use kexun_people::staff::{self, Member, StaffId};
use kexun_people::text::lines;
use serde_json::json;

use super::entity::{comment, item, plan, version};
use super::rules::is_written;
use super::service::{event, titled, to_write, visible};
use super::{Content, Item, PlanId, PlanItemId, PlanState, store};
use crate::needs::{self, Answered};
use crate::roster::{Notice, Roster, doer};

/// The page of a plan.
fn link(id: PlanId) -> Option<String> {
    Some(format!("/plans/{id}"))
}

/// Submits the newest version; those who approve plans of its place are told.
///
/// # Errors
/// `invalid` for a plan without items or an item for nobody; `conflict` unless it is a draft or was
/// returned; `not_found`, `forbidden`, `stale_version`.
pub(super) async fn submit(ctx: &Ctx, by: By<'_>, id: PlanId, seen: i32) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row = to_write(&tx, by, id, seen).await?;
    if !is_written(row.state) {
        return Err(Error::conflict("this plan is submitted already, or approved"));
    }
    let old = store::version(&tx, row.tenant_id, id, row.number).await?;
    let content: Content = serde_json::from_str(&old.content)?;
    if content.items.is_empty() {
        return Err(Error::field("items", "are none; a plan says what is to be taught"));
    }
    if let Some(at) = content.items.iter().position(|item| item.audience.is_empty()) {
        return Err(Error::field(&format!("items[{at}].audience"), "is for nobody; say for whom"));
    }
    let (state, number, place) = (PlanState::Submitted, row.number, row.place());
    let (submitted_by, submitted_at) = (doer(by), Some(ctx.now()));
    store::update_version(&tx, version::Model { state, submitted_by, submitted_at, ..old }).await?;
    let row = store::update(&tx, plan::Model { state, ..row }).await?;
    events::record(ctx, &tx, event(by, "plan.submitted", id, json!({ "number": number }))).await?;
    let roster = Roster::load(&tx, row.tenant_id).await?;
    let approvers = roster.answering(Right::PlanApprove, place.shop, place.team);
    let params = json!({ "title": content.title });
    let notice = Notice { kind: "plan_submitted", params, link: link(id), but: doer(by) };
    roster.tell(ctx, &tx, row.tenant_id, approvers, notice).await?;
    Ok(tx.commit().await?)
}

/// A submitted plan with its newest version, for who may decide on it.
async fn to_decide(tx: &Tx, by: By<'_>, id: PlanId, seen: i32) -> Result<(plan::Model, version::Model)> {
    let (row, _) = visible(tx, &by.scope(Right::PlanRead)?, id).await?;
    if !by.scope(Right::PlanApprove)?.holds(row.shop_id, row.team_id) {
        return Err(Error::forbidden("your right to approve plans does not reach that shop or team"));
    }
    if row.version != seen {
        return Err(Error::stale());
    }
    if row.state != PlanState::Submitted {
        return Err(Error::conflict(format!("this plan does not wait to be approved; it is {}", row.state)));
    }
    let newest = store::version(tx, row.tenant_id, id, row.number).await?;
    if newest.submitted_by.is_some() && newest.submitted_by == doer(by) {
        return Err(Error::forbidden("nobody decides on what he submitted himself; somebody else must"));
    }
    Ok((row, newest))
}

async fn say(ctx: &Ctx, tx: &Tx, by: By<'_>, row: &plan::Model, state: PlanState, words: &str) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let said = comment::Model {
        id: ctx.id(),
        tenant_id: row.tenant_id,
        plan_id: row.id,
        number: row.number,
        person_id: doer(by),
        state,
        words: words.to_owned(),
        at: ctx.now(),
    };
    store::insert_comment(tx, said).await
}

/// Sends a submitted plan back, with what is to be otherwise.
///
/// # Errors
/// `invalid` without a comment; `forbidden` on one's own; `conflict`, `not_found`, `stale_version`.
pub(super) async fn send_back(ctx: &Ctx, by: By<'_>, id: PlanId, seen: i32, comment: &str) -> Result<()> {
    let said = lines("comment", comment, 2000)?;
    if said.is_empty() {
        return Err(Error::field("comment", "is empty; say what is to be otherwise"));
    }
    let tx = ctx.db().begin().await?;
    let (row, newest) = to_decide(&tx, by, id, seen).await?;
    let state = PlanState::Returned;
    say(ctx, &tx, by, &row, state, &said).await?;
    let (decided_by, decided_at) = (doer(by), Some(ctx.now()));
    let submitter = newest.submitted_by;
    let content: Content = serde_json::from_str(&newest.content)?;
    store::update_version(&tx, version::Model { state, decided_by, decided_at, ..newest }).await?;
    let row = store::update(&tx, plan::Model { state, ..row }).await?;
    let data = json!({ "number": row.number, "words": said });
    events::record(ctx, &tx, event(by, "plan.returned", id, data)).await?;
    let roster = Roster::load(&tx, row.tenant_id).await?;
    let to = roster.members.iter().find(|m| Some(m.person) == submitter).map(|m| m.id);
    let params = json!({ "title": content.title });
    let notice = Notice { kind: "plan_returned", params, link: link(id), but: doer(by) };
    roster.tell(ctx, &tx, row.tenant_id, to, notice).await?;
    Ok(tx.commit().await?)
}

/// Approves a submitted plan: from now on it never changes. What was in force before is superseded, its
/// needs are planned, and everybody concerned is told; all of it or nothing.
///
/// # Errors
/// `forbidden` on one's own; `conflict` when a need was settled otherwise meanwhile, or the plan does not
/// wait; `not_found`, `stale_version`.
pub(super) async fn approve(ctx: &Ctx, by: By<'_>, id: PlanId, seen: i32, comment: &str) -> Result<()> {
    let said = lines("comment", comment, 2000)?;
    let tx = ctx.db().begin().await?;
    let (row, newest) = to_decide(&tx, by, id, seen).await?;
    let (tenant, number, state) = (row.tenant_id, row.number, PlanState::Approved);
    say(ctx, &tx, by, &row, state, &said).await?;
    let before = match row.in_force {
        Some(number) => {
            let old = store::version(&tx, tenant, id, number).await?;
            let content: Content = serde_json::from_str(&old.content)?;
            store::update_version(&tx, version::Model { state: PlanState::Superseded, ..old }).await?;
            content.items
        }
        None => Vec::new(),
    };
    let (decided_by, decided_at) = (doer(by), Some(ctx.now()));
    let submitter = newest.submitted_by;
    let content: Content = serde_json::from_str(&newest.content)?;
    store::update_version(&tx, version::Model { state, decided_by, decided_at, ..newest }).await?;
    let row = titled(plan::Model { state, in_force: Some(number), ..row }, &content);
    let row = store::update(&tx, row).await?;
    let data = json!({ "number": number, "items": content.items.len(), "words": said });
    events::record(ctx, &tx, event(by, "plan.approved", id, data)).await?;
    let roster = Roster::load(&tx, tenant).await?;
    put_in_force(ctx, &tx, by, id, &content).await?;
    let answered = answered(&content.items);
    needs::plan(ctx, &tx, by, &roster, id, &answered).await?;
    let submitter = roster.members.iter().find(|m| Some(m.person) == submitter).map(|m| m.id);
    let told = Told { by, roster: &roster, row: &row, content: &content };
    told.everybody(ctx, &tx, &before, submitter).await?;
    Ok(tx.commit().await?)
}

fn answered(items: &[Item]) -> Vec<Answered> {
    let pairs = items.iter().filter_map(|item| Some((item.id?, &item.needs)));
    pairs.flat_map(|(item, needs)| needs.iter().map(move |need| Answered { need: *need, item })).collect()
}

/// Marks which items are in force now, with an event for each that is new and its needs as its causes.
async fn put_in_force(ctx: &Ctx, tx: &Tx, by: By<'_>, plan: PlanId, content: &Content) -> Result<()> {
    for row in store::items_of(tx, by.tenant(), plan).await? {
        let Some(item) = content.items.iter().find(|item| item.id == Some(row.id)) else {
            store::update_item(tx, item::Model { in_force: false, ..row }).await?;
            continue;
        };
        let id = row.id;
        let kind = if row.in_force { "plan_item.kept" } else { "plan_item.added" };
        let (title, lecturer) = (item.title.clone(), item.lecturer);
        store::update_item(tx, item::Model { title, lecturer, in_force: true, ..row }).await?;
        let causes: Vec<Subject> = item.needs.iter().map(|need| needs::subject(*need)).collect();
        let data = json!({ "plan": plan, "title": item.title, "competence": item.competence });
        events::record_because(ctx, tx, item_event(by, kind, id, data), &causes).await?;
    }
    Ok(())
}

fn item_event(by: By<'_>, kind: &'static str, item: PlanItemId, data: serde_json::Value) -> NewEvent {
    NewEvent {
        tenant: by.tenant().0,
        kind,
        actor: by.actor(),
        subject_kind: "plan_item",
        subject: item.0,
        data,
        caused_by: None,
    }
}

/// Who is told of an approval.
struct Told<'a> {
    by: By<'a>,
    roster: &'a Roster,
    row: &'a plan::Model,
    content: &'a Content,
}

impl Told<'_> {
    /// Who submitted it, who teaches, for whom an item is that is new or otherwise, and who else is to know.
    async fn everybody(&self, ctx: &Ctx, tx: &Tx, before: &[Item], submitter: Option<StaffId>) -> Result<()> {
        let title = json!({ "title": self.content.title });
        let notice = |kind, params, link| Notice { kind, params, link, but: doer(self.by) };
        let tenant = self.row.tenant_id;
        let plan = link(self.row.id);
        self.roster
            .tell(ctx, tx, tenant, submitter, notice("plan_approved", title.clone(), plan.clone()))
            .await?;
        let here = staff::members(tx, &self.row.place().scope(tenant)).await?;
        let known: BTreeSet<StaffId> =
            self.content.notify.of(&self.roster.members).iter().map(|m| m.id).collect();
        self.roster.tell(ctx, tx, tenant, known, notice("plan_announced", title, plan.clone())).await?;
        for item in self.content.items.iter().filter(|item| !before.contains(item)) {
            let params = json!({
                "item": item.title, "title": self.content.title, "from": item.from, "to": item.to,
            });
            let lecturer = item.lecturer;
            self.roster
                .tell(ctx, tx, tenant, lecturer, notice("plan_teach", params.clone(), plan.clone()))
                .await?;
            let audience: Vec<&Member> = item.audience.of(&here);
            let audience = audience.iter().map(|m| m.id).filter(|id| Some(*id) != lecturer);
            self.roster.tell(ctx, tx, tenant, audience, notice("plan_for_you", params, None)).await?;
        }
        Ok(())
    }
}
