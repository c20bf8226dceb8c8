//! The only queries on agent accounts.

use std::collections::{BTreeSet, HashMap};

use kexun_base::db::Tx;
use kexun_base::db::dialect::{MAX_PARAMETERS, contains};
use kexun_base::http::{Page, PageRequest};
use kexun_base::{Ctx, Error, Result};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::Account;
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::staff::{AccountId, StaffId};
use crate::tenants::{self, TenantId};

/// The accounts of these names; those that the tenant does not have yet are made. A name that is
/// none of an account but that of exactly one member of staff means his account.
///
/// # Errors
/// When the database refuses.
pub async fn ensure(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    names: &[String],
) -> Result<HashMap<String, Account>> {
    let mut found = by_names(tx, tenant, names).await?;
    let unknown: BTreeSet<&String> = names.iter().filter(|n| !found.contains_key(*n)).collect();
    if unknown.is_empty() {
        return Ok(found);
    }
    // From here on nobody else numbers accounts of this tenant; somebody may just have done it.
    tenants::lock(tx, tenant).await?;
    let unknown: Vec<String> = unknown.into_iter().cloned().collect();
    found.extend(by_names(tx, tenant, &unknown).await?);
    found.extend(crate::staff::accounts_by_person_name(tx, tenant, &unknown).await?);
    let missing: Vec<String> = unknown.into_iter().filter(|n| !found.contains_key(n)).collect();
    for account in insert(ctx, tx, tenant, &missing).await? {
        found.insert(account.name.clone(), account);
    }
    Ok(found)
}

/// The account of one name, made if need be; under the tenant's lock.
pub(crate) async fn ensure_one(ctx: &Ctx, tx: &Tx, tenant: TenantId, name: &str) -> Result<Account> {
    let names = [name.to_owned()];
    if let Some(account) = by_names(tx, tenant, &names).await?.remove(name) {
        return Ok(account);
    }
    tenants::lock(tx, tenant).await?;
    let mut made = insert(ctx, tx, tenant, &names).await?;
    made.pop().ok_or_else(|| Error::internal("an account was written and is not there"))
}

async fn insert(ctx: &Ctx, tx: &Tx, tenant: TenantId, names: &[String]) -> Result<Vec<Account>> {
    let last: Option<Option<i32>> = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .select_only()
        .column_as(Column::Number.max(), "last")
        .into_tuple()
        .one(tx)
        .await?;
    let numbers = last.flatten().unwrap_or(0) + 1..;
    let row = |(number, name): (i32, &String)| {
        let name = name.clone();
        Model { id: ctx.id(), tenant_id: tenant, number, name, staff_id: None, version: 1 }
    };
    let made: Vec<Model> = numbers.zip(names).map(row).collect();
    for part in made.chunks(MAX_PARAMETERS / 6) {
        let rows = part.iter().cloned().map(|row| ActiveModel {
            id: Set(row.id),
            tenant_id: Set(row.tenant_id),
            number: Set(row.number),
            name: Set(row.name),
            staff_id: Set(None),
            version: Set(1),
        });
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(made.into_iter().map(Account::from).collect())
}

async fn by_names(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    names: &[String],
) -> Result<HashMap<String, Account>> {
    let mut found = HashMap::with_capacity(names.len());
    for part in names.chunks(MAX_PARAMETERS - 1) {
        let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::Name.is_in(part));
        found.extend(query.all(db).await?.into_iter().map(|row| (row.name.clone(), row.into())));
    }
    Ok(found)
}

/// The tenant's accounts of these numbers, by number. A number that the tenant does not have is
/// left out.
///
/// # Errors
/// When the database refuses.
pub async fn by_numbers(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    numbers: &[i32],
) -> Result<HashMap<i32, Account>> {
    let mut found = HashMap::with_capacity(numbers.len());
    for part in numbers.chunks(MAX_PARAMETERS - 1) {
        let part = part.iter().copied();
        let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::Number.is_in(part));
        found.extend(query.all(db).await?.into_iter().map(|row| (row.number, row.into())));
    }
    Ok(found)
}

/// All accounts of the tenant, by number.
///
/// # Errors
/// When the database refuses.
pub async fn list_all(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Vec<Account>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).order_by_asc(Column::Number);
    Ok(query.all(db).await?.into_iter().map(Account::from).collect())
}

/// One account of the tenant.
///
/// # Errors
/// `not_found` when the tenant has no such account.
pub async fn account(db: &impl ConnectionTrait, tenant: TenantId, id: AccountId) -> Result<Account> {
    let row = Entity::find_by_id(id).filter(Column::TenantId.eq(tenant)).one(db).await?;
    row.map(Account::from).ok_or_else(|| Error::not_found("account"))
}

/// The accounts of a member.
pub(crate) async fn of_staff(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
) -> Result<Vec<Account>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::StaffId.eq(staff));
    Ok(query.order_by_asc(Column::Number).all(db).await?.into_iter().map(Account::from).collect())
}

/// The tenant's accounts by name: all, only the linked, or only those that are not.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    linked: Option<bool>,
    part: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Account>> {
    let mut query = Entity::find().filter(Column::TenantId.eq(tenant));
    query = match linked {
        Some(true) => query.filter(Column::StaffId.is_not_null()),
        Some(false) => query.filter(Column::StaffId.is_null()),
        None => query,
    };
    if let Some(part) = part {
        query = query.filter(contains(Column::Name, part));
    }
    if let Some(name) = page.after::<String>()? {
        query = query.filter(Column::Name.gt(name));
    }
    let rows = query.order_by_asc(Column::Name).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.name.clone()).map(Account::from))
}

/// Links an account to a member, or to nobody.
pub(crate) async fn set_staff(tx: &Tx, account: &Account, staff: Option<StaffId>) -> Result<()> {
    let row = ActiveModel {
        id: Set(account.id),
        staff_id: Set(staff),
        version: Set(account.version.saturating_add(1)),
        ..Default::default()
    };
    Entity::update(row).exec(tx).await?;
    Ok(())
}

impl From<Model> for Account {
    fn from(row: Model) -> Self {
        Account {
            id: row.id,
            number: row.number,
            name: row.name,
            staff_id: row.staff_id,
            version: row.version,
        }
    }
}

/// Accounts of a name in all tenants, with their owners: for the command line only.
pub(crate) async fn named_anywhere(
    db: &impl ConnectionTrait,
    name: &str,
) -> Result<Vec<(TenantId, Option<StaffId>)>> {
    let query = Entity::find().filter(Column::Name.eq(name)).order_by_asc(Column::Id);
    Ok(query.all(db).await?.into_iter().map(|row| (row.tenant_id, row.staff_id)).collect())
}
