//! The only queries on needs and tasks.

use std::collections::{BTreeSet, HashMap};

use kexun_base::db::Tx;
use kexun_base::db::dialect::{MAX_PARAMETERS, contains};
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::rights::Scope;
use kexun_people::staff::{AccountId, StaffId};
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::entity::{need, need_person, switch, task};
use super::wire::{NeedFilter, TaskFilter};
use super::{Evidence, NeedId, NeedState, TaskId, TaskState};

/// The evidence of a need, if it has any.
pub(crate) fn evidence(row: &need::Model) -> Result<Option<Evidence>> {
    Ok(row.evidence.as_deref().map(serde_json::from_str).transpose()?)
}

/// One need of a tenant.
pub(crate) async fn need(db: &impl ConnectionTrait, tenant: TenantId, id: NeedId) -> Result<need::Model> {
    let query = need::Entity::find_by_id(id).filter(need::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("need"))
}

/// Several needs of a tenant; those that are not there are left out.
pub(crate) async fn by_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[NeedId],
) -> Result<Vec<need::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS - 1) {
        let query = need::Entity::find().filter(need::Column::TenantId.eq(tenant));
        found.extend(query.filter(need::Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// The needs that were merged into one, directly.
pub(super) async fn merged_into(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: NeedId,
) -> Result<Vec<need::Model>> {
    let query = need::Entity::find().filter(need::Column::TenantId.eq(tenant));
    Ok(query.filter(need::Column::MergedInto.eq(id)).order_by_asc(need::Column::Id).all(db).await?)
}

/// All needs raised for an account, or for any.
pub(super) async fn raised(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    account: Option<AccountId>,
) -> Result<Vec<need::Model>> {
    let query = need::Entity::find().filter(need::Column::TenantId.eq(tenant));
    let query = match account {
        Some(account) => query.filter(need::Column::AgentAccountId.eq(account)),
        None => query.filter(need::Column::AgentAccountId.is_not_null()),
    };
    Ok(query.all(db).await?)
}

fn within(scope: &Scope) -> Select<need::Entity> {
    let query = need::Entity::find().filter(need::Column::TenantId.eq(scope.tenant));
    let reach = &scope.reach;
    if reach.all {
        return query;
    }
    let mut part = Condition::any()
        .add(need::Column::ShopId.is_in(reach.shops.iter().copied()))
        .add(need::Column::TeamId.is_in(reach.teams.iter().copied()));
    if let Some(own) = reach.own {
        part = part.add(need::Column::ReportedBy.eq(own));
    }
    query.filter(part)
}

/// Needs within a scope, the weightiest first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &NeedFilter,
    page: &PageRequest,
) -> Result<Page<need::Model>> {
    let mut query = within(scope);
    query = match filter.state {
        Some(state) => query.filter(need::Column::State.eq(state)),
        None if filter.open == Some(true) => {
            query.filter(need::Column::State.is_in([NeedState::Reported, NeedState::Forwarded]))
        }
        None => query.filter(need::Column::State.ne(NeedState::Merged)),
    };
    if let Some(source) = filter.source {
        query = query.filter(need::Column::Source.eq(source));
    }
    if let Some(competence) = filter.competence {
        query = query.filter(need::Column::Competence.eq(competence));
    }
    if let Some(shop) = filter.shop {
        query = query.filter(need::Column::ShopId.eq(shop));
    }
    if let Some(team) = filter.team {
        query = query.filter(need::Column::TeamId.eq(team));
    }
    if let Some(severity) = filter.severity {
        query = query.filter(need::Column::Severity.eq(severity));
    }
    if filter.mine == Some(true) {
        query = query.filter(need::Column::ReportedBy.eq(scope.reach.own.unwrap_or(StaffId(Uuid::nil()))));
    }
    if let Some(part) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        query = query.filter(contains(need::Column::Title, part));
    }
    if let Some((weight, id)) = page.after::<(i32, Uuid)>()? {
        let same = Condition::all().add(need::Column::Weight.eq(weight)).add(need::Column::Id.lt(NeedId(id)));
        query = query.filter(Condition::any().add(need::Column::Weight.lt(weight)).add(same));
    }
    let query = query.order_by_desc(need::Column::Weight).order_by_desc(need::Column::Id);
    let rows = query.limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| (row.weight, row.id.0)))
}

/// How many needs of a scope stand so.
pub(super) async fn count(db: &impl ConnectionTrait, scope: &Scope, state: NeedState) -> Result<u64> {
    Ok(within(scope).filter(need::Column::State.eq(state)).count(db).await?)
}

pub(super) async fn insert(tx: &Tx, row: need::Model, people: &BTreeSet<StaffId>) -> Result<()> {
    let (tenant, id) = (row.tenant_id, row.id);
    need::Entity::insert(need::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    add_people(tx, tenant, id, people).await
}

/// Says that a need is about these, who are not named yet.
pub(super) async fn add_people(
    tx: &Tx,
    tenant: TenantId,
    id: NeedId,
    people: &BTreeSet<StaffId>,
) -> Result<()> {
    let row = |staff: &StaffId| need_person::Model { tenant_id: tenant, need_id: id, staff_id: *staff };
    let rows: Vec<_> =
        people.iter().map(row).map(|r| need_person::ActiveModel::from(r).reset_all()).collect();
    for part in rows.chunks(MAX_PARAMETERS / 3) {
        need_person::Entity::insert_many(part.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Whom these needs are about.
pub(crate) async fn people(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    needs: &[NeedId],
) -> Result<HashMap<NeedId, BTreeSet<StaffId>>> {
    let mut found: HashMap<NeedId, BTreeSet<StaffId>> = HashMap::new();
    for part in needs.chunks(MAX_PARAMETERS - 1) {
        let query = need_person::Entity::find().filter(need_person::Column::TenantId.eq(tenant));
        for row in query.filter(need_person::Column::NeedId.is_in(part.iter().copied())).all(db).await? {
            found.entry(row.need_id).or_default().insert(row.staff_id);
        }
    }
    Ok(found)
}

/// Writes a need; `row.version` is the one that the change was made from. Returns the new row.
pub(crate) async fn update(tx: &Tx, row: need::Model) -> Result<need::Model> {
    let seen = row.version;
    let row = need::Model { version: seen.saturating_add(1), ..row };
    let query = need::Entity::update_many().set(need::ActiveModel::from(row.clone()).reset_all());
    let query = query.filter(need::Column::Id.eq(row.id)).filter(need::Column::TenantId.eq(row.tenant_id));
    let done = query.filter(need::Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// One task of a tenant.
pub(super) async fn task(db: &impl ConnectionTrait, tenant: TenantId, id: TaskId) -> Result<task::Model> {
    let query = task::Entity::find_by_id(id).filter(task::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("task"))
}

/// The tasks of these needs, the first set first.
pub(super) async fn tasks_of(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    needs: &[NeedId],
) -> Result<Vec<task::Model>> {
    let query = task::Entity::find().filter(task::Column::TenantId.eq(tenant));
    let query = query.filter(task::Column::NeedId.is_in(needs.iter().copied()));
    Ok(query.order_by_asc(task::Column::Id).all(db).await?)
}

/// Tasks given to the scope's own member, and those of needs within it; those due first.
pub(super) async fn tasks(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &TaskFilter,
    page: &PageRequest,
) -> Result<Page<task::Model>> {
    let mut query = task::Entity::find().filter(task::Column::TenantId.eq(scope.tenant));
    let own = scope.reach.own.unwrap_or(StaffId(Uuid::nil()));
    if filter.mine == Some(true) {
        query = query.filter(task::Column::Assignee.eq(own));
    } else if !scope.reach.all {
        let part = Condition::any()
            .add(task::Column::Assignee.eq(own))
            .add(task::Column::ShopId.is_in(scope.reach.shops.iter().copied()))
            .add(task::Column::TeamId.is_in(scope.reach.teams.iter().copied()));
        query = query.filter(part);
    }
    if let Some(state) = filter.state {
        query = query.filter(task::Column::State.eq(state));
    }
    if let Some((day, id)) = page.after::<(i32, Uuid)>()? {
        let same =
            Condition::all().add(task::Column::DueOn.eq(Day(day))).add(task::Column::Id.gt(TaskId(id)));
        query = query.filter(Condition::any().add(task::Column::DueOn.gt(Day(day))).add(same));
    }
    let query = query.order_by_asc(task::Column::DueOn).order_by_asc(task::Column::Id);
    let rows = query.limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| (row.due_on.0, row.id.0)))
}

/// How many tasks a member has to do.
pub(super) async fn open_tasks(db: &impl ConnectionTrait, tenant: TenantId, own: StaffId) -> Result<u64> {
    let query = task::Entity::find().filter(task::Column::TenantId.eq(tenant));
    let query = query.filter(task::Column::Assignee.eq(own)).filter(task::Column::State.eq(TaskState::Open));
    Ok(query.count(db).await?)
}

pub(super) async fn insert_task(tx: &Tx, row: task::Model) -> Result<()> {
    task::Entity::insert(task::ActiveModel::from(row).reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes a task; `row.version` is the one that the change was made from. Returns the new row.
pub(super) async fn update_task(tx: &Tx, row: task::Model) -> Result<task::Model> {
    let seen = row.version;
    let row = task::Model { version: seen.saturating_add(1), ..row };
    let query = task::Entity::update_many().set(task::ActiveModel::from(row.clone()).reset_all());
    let query = query.filter(task::Column::Id.eq(row.id)).filter(task::Column::TenantId.eq(row.tenant_id));
    let done = query.filter(task::Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// The rule's switch; off, and of version 0, where nobody touched it yet.
pub(super) async fn switch(db: &impl ConnectionTrait, tenant: TenantId) -> Result<switch::Model> {
    let found = switch::Entity::find_by_id(tenant).one(db).await?;
    let untouched = switch::Model { tenant_id: tenant, active: false, ran_at: None, raised: 0, version: 0 };
    Ok(found.unwrap_or(untouched))
}

/// Writes the switch. The tenant is locked.
pub(super) async fn put_switch(tx: &Tx, row: switch::Model) -> Result<()> {
    let new = row.version == 1 && switch::Entity::find_by_id(row.tenant_id).one(tx).await?.is_none();
    let active = switch::ActiveModel::from(row).reset_all();
    if new {
        switch::Entity::insert(active).exec_without_returning(tx).await?;
    } else {
        switch::Entity::update(active).exec(tx).await?;
    }
    Ok(())
}

/// The needs that a plan answers.
pub(super) async fn planned_by(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: crate::plans::PlanId,
) -> Result<Vec<need::Model>> {
    let query = need::Entity::find().filter(need::Column::TenantId.eq(tenant));
    Ok(query.filter(need::Column::PlanId.eq(plan)).all(db).await?)
}
