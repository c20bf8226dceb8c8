//! Tasks: setting them with a need's settlement, and reporting them done.

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right};
use kexun_people::tenants::{self, TenantId};
use kexun_people::text::{lines, required};
use serde_json::{Value, json};

use super::entity::{need, task};
use super::service::{link, subject};
use super::sorting::reporters;
use super::wire::{Done, TaskDraft};
use super::{TaskId, TaskKind, TaskState, store};
use crate::roster::{Notice, Roster, doer, own};

/// The latest day that a task may be due, in days from today.
const LATEST: i32 = 366;

fn event(tenant: TenantId, by: By<'_>, kind: &'static str, task: TaskId, data: Value) -> NewEvent {
    NewEvent {
        tenant: tenant.0,
        kind,
        actor: by.actor(),
        subject_kind: "task",
        subject: task.0,
        data,
        caused_by: None,
    }
}

/// Sets a task that settles a need. Tells its assignee, and, of coaching, those who will be coached.
pub(super) async fn set(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    roster: &Roster,
    need: &need::Model,
    draft: &TaskDraft,
) -> Result<TaskId> {
    let tenant = need.tenant_id;
    if roster.member(draft.assignee).is_none() {
        return Err(Error::field("assignee", "is nobody here; choose a member"));
    }
    let today = tenants::today(ctx, tx, tenant, need.shop_id).await?;
    if draft.due_on < today || draft.due_on > today.plus(LATEST) {
        return Err(Error::field("due_on", format!("must be from today, {today}, to a year from now")));
    }
    let title = draft.title.as_deref().unwrap_or(&need.title);
    let department = lines("department", &draft.department, 60)?;
    if draft.kind == TaskKind::Improvement && department.is_empty() {
        return Err(Error::field("department", "is empty; say which department is to improve it"));
    }
    let row = task::Model {
        id: ctx.id(),
        tenant_id: tenant,
        need_id: need.id,
        kind: draft.kind,
        state: TaskState::Open,
        title: required("title", title, 120)?,
        description: lines("description", &draft.description, 4000)?,
        department,
        shop_id: need.shop_id,
        team_id: need.team_id,
        assignee: draft.assignee,
        set_by: own(by),
        due_on: draft.due_on,
        note: String::new(),
        done_at: None,
        created_at: ctx.now(),
        version: 1,
    };
    let (id, title) = (row.id, row.title.clone());
    store::insert_task(tx, row).await?;
    let data = json!({ "kind": draft.kind, "assignee": draft.assignee, "due_on": draft.due_on });
    events::record_because(ctx, tx, event(tenant, by, "task.set", id, data), &[subject(need.id)]).await?;
    let params = json!({ "title": title, "due": draft.due_on, "name": roster.name(draft.assignee) });
    let to_do =
        Notice { kind: "task_set", params: params.clone(), link: Some("/tasks".into()), but: doer(by) };
    roster.tell(ctx, tx, tenant, [draft.assignee], to_do).await?;
    if draft.kind == TaskKind::Coaching {
        let people = store::people(tx, tenant, &[need.id]).await?.remove(&need.id).unwrap_or_default();
        let coached = people.into_iter().filter(|id| *id != draft.assignee);
        let notice = Notice { kind: "coaching_set", params, link: None, but: doer(by) };
        roster.tell(ctx, tx, tenant, coached, notice).await?;
    }
    Ok(id)
}

/// Reports a task done. Only who was given it may.
///
/// # Errors
/// `not_found` for others' tasks; `invalid` without a note; `conflict` when it is done; `stale_version`.
pub(super) async fn done(ctx: &Ctx, by: By<'_>, id: TaskId, done: &Done) -> Result<()> {
    let scope = by.scope(Right::NeedReport)?;
    let tx = ctx.db().begin().await?;
    let row = store::task(&tx, scope.tenant, id).await?;
    if scope.reach.own != Some(row.assignee) {
        return Err(Error::not_found("task"));
    }
    if row.version != done.version {
        return Err(Error::stale());
    }
    if row.state == TaskState::Done {
        return Err(Error::conflict("this task is done already"));
    }
    let note = lines("note", &done.note, 2000)?;
    if note.is_empty() {
        return Err(Error::field("note", "is empty; say what was done"));
    }
    let (state, done_at) = (TaskState::Done, Some(ctx.now()));
    let row = store::update_task(&tx, task::Model { state, done_at, note: note.clone(), ..row }).await?;
    let mut data = json!({ "words": note, "assignee": row.assignee });
    if row.kind == TaskKind::Coaching {
        // Coaching belongs into the archives of those who were coached.
        let need = store::need(&tx, scope.tenant, row.need_id).await?;
        let coached =
            store::people(&tx, scope.tenant, &[need.id]).await?.remove(&need.id).unwrap_or_default();
        data["staff"] = json!(coached);
        data["title"] = json!(row.title);
        data["competence"] = json!(need.competence);
    }
    events::record(ctx, &tx, event(scope.tenant, by, "task.done", id, data)).await?;
    let roster = Roster::load(&tx, scope.tenant).await?;
    tell_done(ctx, &tx, by, &roster, &row).await?;
    Ok(tx.commit().await?)
}

/// Who reported the need and who set the task see it; the need's people are told.
async fn tell_done(ctx: &Ctx, tx: &Tx, by: By<'_>, roster: &Roster, row: &task::Model) -> Result<()> {
    let tenant = row.tenant_id;
    let need = store::need(tx, tenant, row.need_id).await?;
    let params = json!({ "title": row.title, "name": roster.name(row.assignee) });
    let notice = |link| Notice { kind: "task_done", params: params.clone(), link, but: doer(by) };
    let mut told: Vec<_> = reporters(tx, &need).await?;
    told.extend(row.set_by.map(|id| (id, need.id)));
    // The same person may have reported it and set the task.
    told.sort();
    told.dedup_by_key(|(staff, _)| *staff);
    for (staff, own) in &told {
        roster.tell(ctx, tx, tenant, [*staff], notice(Some(link(*own)))).await?;
    }
    let people = store::people(tx, tenant, &[need.id]).await?.remove(&need.id).unwrap_or_default();
    let others = people.into_iter().filter(|id| told.iter().all(|(staff, _)| staff != id));
    // Of an improvement the people of the need had no part; who reported it was told.
    let others: Vec<_> = others.filter(|_| row.kind == TaskKind::Coaching).collect();
    roster.tell(ctx, tx, tenant, others, notice(None)).await
}
