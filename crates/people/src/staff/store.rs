//! The only queries on staff, positions and grants.

use std::collections::HashMap;

use kexun_base::db::Tx;
use kexun_base::db::dialect::{MAX_PARAMETERS, contains};
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, QueryOrder, QuerySelect, QueryTrait};

use super::accounts::{self, Account};
use super::entity::{grant, position, staff};
use super::{GrantId, Membership, Position, StaffFilter, StaffId};
use crate::persons::PersonId;
use crate::rights::{Grant, Reach, Role, Scope};
use crate::tenants::{TeamId, TenantId};

/// Where a person belongs, longest first.
pub async fn memberships(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Membership>> {
    let query =
        staff::Entity::find().filter(staff::Column::PersonId.eq(person)).order_by_asc(staff::Column::Id);
    let rows = query.all(db).await?;
    Ok(rows.into_iter().map(|row| Membership { tenant: row.tenant_id, staff: row.id }).collect())
}

/// One member of a tenant.
pub(super) async fn member(db: &impl ConnectionTrait, tenant: TenantId, id: StaffId) -> Result<staff::Model> {
    let query = staff::Entity::find_by_id(id).filter(staff::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("member of staff"))
}

/// These members of a tenant.
pub(super) async fn some(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[StaffId],
) -> Result<Vec<staff::Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS) {
        let query = staff::Entity::find().filter(staff::Column::TenantId.eq(tenant));
        found.extend(query.filter(staff::Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// The member that a person is in a tenant, if he is one.
pub(super) async fn member_of_person(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    person: PersonId,
) -> Result<Option<staff::Model>> {
    let query = staff::Entity::find().filter(staff::Column::TenantId.eq(tenant));
    Ok(query.filter(staff::Column::PersonId.eq(person)).one(db).await?)
}

/// The member of an account name, if there is one.
pub(super) async fn member_of_account(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    account: &str,
) -> Result<Option<staff::Model>> {
    let query = staff::Entity::find().filter(staff::Column::TenantId.eq(tenant));
    Ok(query.filter(staff::Column::Account.eq(account)).one(db).await?)
}

/// All members of a tenant, by account.
pub(super) async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<staff::Model>> {
    Ok(within(scope).order_by_asc(staff::Column::Account).all(db).await?)
}

fn within(scope: &Scope) -> Select<staff::Entity> {
    let query = staff::Entity::find().filter(staff::Column::TenantId.eq(scope.tenant));
    let Reach { all, shops, teams, .. } = &scope.reach;
    if *all {
        return query;
    }
    let part = Condition::any()
        .add(staff::Column::ShopId.is_in(shops.iter().copied()))
        .add(staff::Column::TeamId.is_in(teams.iter().copied()));
    query.filter(part)
}

/// Members within a scope, by account.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &StaffFilter,
    page: &PageRequest,
) -> Result<Page<staff::Model>> {
    let mut query = within(scope);
    if let Some(part) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        let either = Condition::any()
            .add(contains(staff::Column::Account, part))
            .add(contains(staff::Column::Name, part));
        query = query.filter(either);
    }
    if let Some(shop) = filter.shop {
        query = query.filter(staff::Column::ShopId.eq(shop));
    }
    if let Some(team) = filter.team {
        query = query.filter(staff::Column::TeamId.eq(team));
    }
    if let Some(role) = filter.role {
        let holders = grant::Entity::find()
            .select_only()
            .column(grant::Column::StaffId)
            .filter(grant::Column::TenantId.eq(scope.tenant))
            .filter(grant::Column::Role.eq(role.word()));
        query = query.filter(staff::Column::Id.in_subquery(holders.into_query()));
    }
    if let Some(account) = page.after::<String>()? {
        query = query.filter(staff::Column::Account.gt(account));
    }
    let rows = query.order_by_asc(staff::Column::Account).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.account.clone()))
}

pub(super) async fn insert(tx: &Tx, row: staff::Model) -> Result<staff::Model> {
    Ok(staff::Entity::insert(staff::ActiveModel::from(row).reset_all()).exec_with_returning(tx).await?)
}

/// Writes a member; `row.version` is the one that the change was made from. Returns the new row.
pub(super) async fn update(tx: &Tx, row: staff::Model) -> Result<staff::Model> {
    let seen = row.version;
    let row = staff::Model { version: seen.saturating_add(1), ..row };
    let active = staff::ActiveModel::from(row.clone()).reset_all();
    let query = staff::Entity::update_many().set(active).filter(staff::Column::Id.eq(row.id));
    let query = query.filter(staff::Column::TenantId.eq(row.tenant_id));
    let done = query.filter(staff::Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// Where a member stands, as a step from a day on.
pub(super) fn step(row: &staff::Model, from: Day) -> Position {
    Position {
        staff: row.id,
        from,
        shop: row.shop_id,
        team: row.team_id,
        level: row.level.clone(),
        position: row.position.clone(),
    }
}

/// Writes the steps of a member's history from a day on, in place of those that were there.
pub(super) async fn set_positions(
    ctx: &Ctx,
    tx: &Tx,
    (tenant, member): (TenantId, StaffId),
    from: Day,
    steps: Vec<Position>,
) -> Result<()> {
    let old = position::Entity::delete_many().filter(position::Column::TenantId.eq(tenant));
    let old = old.filter(position::Column::StaffId.eq(member));
    old.filter(position::Column::FromDay.gte(from)).exec(tx).await?;
    for step in steps {
        add_position(ctx, tx, tenant, step).await?;
    }
    Ok(())
}

/// Adds a step to a member's history.
pub(super) async fn add_position(ctx: &Ctx, tx: &Tx, tenant: TenantId, step: Position) -> Result<()> {
    let row = position::ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(tenant),
        staff_id: Set(step.staff),
        from_day: Set(step.from),
        shop_id: Set(step.shop),
        team_id: Set(step.team),
        level: Set(step.level),
        position: Set(step.position),
    };
    row.insert(tx).await?;
    Ok(())
}

/// Position history of the tenant, or of one member, in order.
pub(super) async fn positions(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    of: Option<StaffId>,
) -> Result<Vec<Position>> {
    let mut query = position::Entity::find().filter(position::Column::TenantId.eq(tenant));
    if let Some(staff) = of {
        query = query.filter(position::Column::StaffId.eq(staff));
    }
    let query = query.order_by_asc(position::Column::FromDay).order_by_asc(position::Column::Id);
    let rows = query.all(db).await?;
    let step = |row: position::Model| Position {
        staff: row.staff_id,
        from: row.from_day,
        shop: row.shop_id,
        team: row.team_id,
        level: row.level,
        position: row.position,
    };
    Ok(rows.into_iter().map(step).collect())
}

/// Accounts by the name of their owner, where exactly one member of the tenant bears it.
pub(crate) async fn accounts_by_person_name(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    names: &[String],
) -> Result<HashMap<String, Account>> {
    let mut owners: HashMap<String, Vec<staff::Model>> = HashMap::new();
    for part in names.chunks(MAX_PARAMETERS - 1) {
        let query = staff::Entity::find().filter(staff::Column::TenantId.eq(tenant));
        for row in query.filter(staff::Column::Name.is_in(part)).all(db).await? {
            owners.entry(row.name.clone()).or_default().push(row);
        }
    }
    let mut found = HashMap::new();
    for (name, rows) in owners {
        let [owner] = rows.as_slice() else { continue };
        let own = accounts::of_staff(db, tenant, owner.id).await?;
        if let Some(account) = own.into_iter().find(|a| a.name == owner.account) {
            found.insert(name, account);
        }
    }
    Ok(found)
}

/// Names of members, by id.
pub(super) async fn names(db: &impl ConnectionTrait, tenant: TenantId) -> Result<HashMap<StaffId, String>> {
    let query = staff::Entity::find().filter(staff::Column::TenantId.eq(tenant));
    let rows: Vec<(StaffId, String)> = query
        .select_only()
        .column(staff::Column::Id)
        .column(staff::Column::Name)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How many members belong to a team, and how many roles are held on it.
pub(crate) async fn on_team(db: &impl ConnectionTrait, tenant: TenantId, team: TeamId) -> Result<(u64, u64)> {
    let members = staff::Entity::find().filter(staff::Column::TenantId.eq(tenant));
    let members = members.filter(staff::Column::TeamId.eq(team)).count(db).await?;
    let roles = grant::Entity::find().filter(grant::Column::TenantId.eq(tenant));
    Ok((members, roles.filter(grant::Column::TeamId.eq(team)).count(db).await?))
}

/// The roles that a member holds.
pub async fn grants_of(db: &impl ConnectionTrait, tenant: TenantId, member: StaffId) -> Result<Vec<Grant>> {
    let mut found = grants(db, tenant, Some(&[member])).await?;
    Ok(found.remove(&member).unwrap_or_default().into_iter().map(|(_, grant)| grant).collect())
}

/// The roles that every member of a tenant holds who has any.
///
/// # Errors
/// When the database refuses.
pub async fn all_grants(db: &impl ConnectionTrait, tenant: TenantId) -> Result<HashMap<StaffId, Vec<Grant>>> {
    let found = grants(db, tenant, None).await?;
    let without_ids = |held: Vec<(GrantId, Grant)>| held.into_iter().map(|(_, grant)| grant).collect();
    Ok(found.into_iter().map(|(member, held)| (member, without_ids(held))).collect())
}

/// The roles that these members hold (all if none are named), with the grants' ids.
pub(super) async fn grants(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    members: Option<&[StaffId]>,
) -> Result<HashMap<StaffId, Vec<(GrantId, Grant)>>> {
    let mut query = grant::Entity::find().filter(grant::Column::TenantId.eq(tenant));
    if let Some(members) = members {
        query = query.filter(grant::Column::StaffId.is_in(members.iter().copied()));
    }
    let mut found: HashMap<StaffId, Vec<(GrantId, Grant)>> = HashMap::new();
    for row in query.order_by_asc(grant::Column::Id).all(db).await? {
        // A role that this version of the program does not know gives nothing.
        let Some(role) = Role::of_word(&row.role) else { continue };
        let grant = Grant { role, shop_id: row.shop_id, team_id: row.team_id };
        found.entry(row.staff_id).or_default().push((row.id, grant));
    }
    Ok(found)
}

pub(super) async fn insert_grant(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    member: StaffId,
    new: Grant,
) -> Result<GrantId> {
    let row = grant::ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(tenant),
        staff_id: Set(member),
        role: Set(new.role.word().to_owned()),
        shop_id: Set(new.shop_id),
        team_id: Set(new.team_id),
    };
    Ok(row.insert(tx).await?.id)
}

pub(super) async fn delete_grant(tx: &Tx, tenant: TenantId, id: GrantId) -> Result<()> {
    let query = grant::Entity::delete_many().filter(grant::Column::Id.eq(id));
    query.filter(grant::Column::TenantId.eq(tenant)).exec(tx).await?;
    Ok(())
}

/// How many hold a role on the whole tenant.
pub(super) async fn holders_of_whole(db: &impl ConnectionTrait, tenant: TenantId, role: Role) -> Result<u64> {
    let query = grant::Entity::find().filter(grant::Column::TenantId.eq(tenant));
    let query = query.filter(grant::Column::Role.eq(role.word())).filter(grant::Column::ShopId.is_null());
    Ok(query.filter(grant::Column::TeamId.is_null()).count(db).await?)
}
