//! Sorting and settling needs.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::events;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right};
use kexun_people::staff::StaffId;
use kexun_people::text::{lines, required};
use serde_json::json;

use super::entity::need;
use super::rules;
use super::service::{among, event, link, subject, to_sort};
use super::wire::{Forward, Merge, Settle};
use super::{NeedId, NeedState, TaskId, TaskKind, store, tasks};
use crate::plans::{PlanId, PlanItemId};
use crate::roster::{Notice, Roster, doer};

/// Sorts a need and hands it on to who plans. A sorted one can be sorted again until it is settled.
///
/// # Errors
/// `invalid` while field or severity are not known; `not_found`, `forbidden`, `conflict`, `stale_version`.
pub(super) async fn forward(ctx: &Ctx, by: By<'_>, id: NeedId, change: &Forward) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let mut row = to_sort(&tx, by, id, change.version).await?;
    if let Some(title) = &change.title {
        row.title = required("title", title, 120)?;
    }
    let said = lines("words", &change.words, 1000)?;
    row.competence = change.competence.or(row.competence);
    row.severity = change.severity.map(rules::severity).transpose()?.or(row.severity);
    if row.competence.is_none() {
        return Err(Error::field("competence", "is not known yet; say what is lacking"));
    }
    if row.severity.is_none() {
        return Err(Error::field("severity", "is not known yet; say how bad it is, 1 to 3"));
    }
    let mut people = store::people(&tx, row.tenant_id, &[id]).await?.remove(&id).unwrap_or_default();
    let more: BTreeSet<StaffId> = change.people.difference(&people).copied().collect();
    among(&tx, &by.scope(Right::NeedWrite)?, &more).await?;
    store::add_people(&tx, row.tenant_id, id, &more).await?;
    people.extend(more);
    count(&mut row, people.len());
    let first = row.state == NeedState::Reported;
    row.state = NeedState::Forwarded;
    let row = store::update(&tx, row).await?;
    let data = json!({ "competence": row.competence, "severity": row.severity, "words": said });
    events::record(ctx, &tx, event(by, "need.forwarded", id, data)).await?;
    if first {
        let roster = Roster::load(&tx, row.tenant_id).await?;
        tell_reporters(ctx, &tx, by, &roster, &row, "need_forwarded").await?;
    }
    Ok(tx.commit().await?)
}

fn count(row: &mut need::Model, people: usize) {
    row.people = i32::try_from(people).unwrap_or(i32::MAX).max(1);
    row.weight = rules::weight(row.severity, row.people);
}

/// Makes two needs one: the one that stays is about all people, as grave as the graver.
///
/// # Errors
/// `invalid` into itself; `not_found`, `forbidden`, `conflict`, `stale_version`.
pub(super) async fn merge(ctx: &Ctx, by: By<'_>, id: NeedId, merge: &Merge) -> Result<()> {
    if merge.into == id {
        return Err(Error::field("into", "is the same need; choose another"));
    }
    let tx = ctx.db().begin().await?;
    let gone = to_sort(&tx, by, id, merge.version).await?;
    let tenant = gone.tenant_id;
    let target = store::need(&tx, tenant, merge.into).await?;
    let mut target = to_sort(&tx, by, merge.into, target.version).await?;
    let mut people = store::people(&tx, tenant, &[id, merge.into]).await?;
    let theirs = people.remove(&merge.into).unwrap_or_default();
    let more: BTreeSet<StaffId> =
        people.remove(&id).unwrap_or_default().difference(&theirs).copied().collect();
    store::add_people(&tx, tenant, merge.into, &more).await?;
    target.severity = target.severity.max(gone.severity);
    target.competence = target.competence.or(gone.competence);
    count(&mut target, theirs.len() + more.len());
    let target = store::update(&tx, target).await?;
    // While its parts are still its parts: who reported one of them is told too.
    let roster = Roster::load(&tx, tenant).await?;
    tell_reporters(ctx, &tx, by, &roster, &gone, "need_merged").await?;
    // What was merged into the one that goes is part of the one that stays: one step, never a chain.
    for part in store::merged_into(&tx, tenant, id).await? {
        store::update(&tx, need::Model { merged_into: Some(target.id), ..part }).await?;
    }
    let gone = need::Model { state: NeedState::Merged, merged_into: Some(target.id), ..gone };
    store::update(&tx, gone).await?;
    let data = json!({ "outcome": NeedState::Merged, "into": target.id });
    events::record(ctx, &tx, event(by, "need.settled", id, data)).await?;
    let data = json!({ "from": id });
    events::record_because(ctx, &tx, event(by, "need.merged", target.id, data), &[subject(id)]).await?;
    Ok(tx.commit().await?)
}

/// Settles a need without a plan: by a task, or by a reasoned refusal. Gives the task.
///
/// # Errors
/// `invalid`; `not_found`, `forbidden`, `conflict`, `stale_version`.
pub(super) async fn settle(ctx: &Ctx, by: By<'_>, id: NeedId, settle: &Settle) -> Result<Option<TaskId>> {
    let tx = ctx.db().begin().await?;
    let mut row = to_sort(&tx, by, id, settle.version).await?;
    let reason = lines("reason", &settle.reason, 1000)?;
    let (state, notice) = match settle.task.as_ref().map(|task| task.kind) {
        Some(TaskKind::Coaching) => (NeedState::Coaching, "need_coaching"),
        Some(TaskKind::Improvement) => (NeedState::Improvement, "need_improvement"),
        None if reason.is_empty() => {
            return Err(Error::field("reason", "is empty; whoever reported this is owed a reason"));
        }
        None => (NeedState::Refused, "need_refused"),
    };
    row.state = state;
    let row = store::update(&tx, row).await?;
    let data = json!({ "outcome": state, "words": reason });
    events::record(ctx, &tx, event(by, "need.settled", id, data)).await?;
    let roster = Roster::load(&tx, row.tenant_id).await?;
    let task = match &settle.task {
        Some(draft) => Some(tasks::set(ctx, &tx, by, &roster, &row, draft).await?),
        None => None,
    };
    tell_reporters(ctx, &tx, by, &roster, &row, notice).await?;
    tx.commit().await?;
    Ok(task)
}

/// Everybody who reported a need, or one that is part of it.
pub(super) async fn reporters(tx: &Tx, row: &need::Model) -> Result<Vec<(StaffId, NeedId)>> {
    let parts = store::merged_into(tx, row.tenant_id, row.id).await?;
    Ok(std::iter::once(row).chain(&parts).filter_map(|r| Some((r.reported_by?, r.id))).collect())
}

/// Tells each who reported it what became of his report.
async fn tell_reporters(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    roster: &Roster,
    row: &need::Model,
    kind: &str,
) -> Result<()> {
    for (reporter, own) in reporters(tx, row).await? {
        let params = json!({ "title": row.title });
        let notice = Notice { kind, params, link: Some(link(own)), but: doer(by) };
        roster.tell(ctx, tx, row.tenant_id, [reporter], notice).await?;
    }
    Ok(())
}

/// A need that an item of a plan answers.
pub(crate) struct Answered {
    /// Which need.
    pub need: NeedId,
    /// By which item.
    pub item: PlanItemId,
}

/// Settles needs by an approved plan, and opens those again that its version before answered and this one
/// does not.
///
/// # Errors
/// `conflict` when one was settled otherwise meanwhile.
pub(crate) async fn plan(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    roster: &Roster,
    plan: PlanId,
    answered: &[Answered],
) -> Result<()> {
    let tenant = by.tenant();
    let ids: Vec<NeedId> = answered.iter().map(|a| a.need).collect();
    for row in store::planned_by(tx, tenant, plan).await? {
        if !ids.contains(&row.id) {
            let id = row.id;
            let open = need::Model { state: NeedState::Forwarded, plan_id: None, plan_item_id: None, ..row };
            store::update(tx, open).await?;
            let data = json!({ "plan": plan });
            events::record(ctx, tx, event(by, "need.reopened", id, data)).await?;
        }
    }
    for row in store::by_ids(tx, tenant, &ids).await? {
        let Some(by_item) = answered.iter().find(|a| a.need == row.id) else { continue };
        let again = row.state == NeedState::Planned && row.plan_id == Some(plan);
        if !row.state.is_open() && !again {
            return Err(Error::conflict(format!(
                "the need “{}” was settled otherwise meanwhile ({}); take it out of the plan",
                row.title, row.state
            )));
        }
        let (plan_id, plan_item_id) = (Some(plan), Some(by_item.item));
        let row = need::Model { state: NeedState::Planned, plan_id, plan_item_id, ..row };
        let row = store::update(tx, row).await?;
        if !again {
            let data = json!({ "outcome": NeedState::Planned, "plan": plan, "item": by_item.item });
            events::record(ctx, tx, event(by, "need.settled", row.id, data)).await?;
            tell_reporters(ctx, tx, by, roster, &row, "need_planned").await?;
        }
    }
    Ok(())
}
