//! The only queries on customers.

use std::collections::HashMap;

use kexun_base::db::bulk::{self, Rows};
use kexun_base::db::{Tx, dialect};
use kexun_base::http::{Page, PageRequest};
use kexun_base::secrets::Key;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::Scope;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, Model};
use super::ledger::erased_of;
use super::{Customer, CustomerId, wrap};
use crate::editions::{ALIVE, Staging, seen_in};
use crate::privacy::masking;

/// The highest number given so far in a tenant.
///
/// # Errors
/// When the database refuses.
pub async fn last_number(db: &impl ConnectionTrait, tenant: TenantId) -> Result<i32> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).select_only();
    let last: Option<Option<i32>> =
        query.column_as(Column::Number.max(), "last").into_tuple().one(db).await?;
    Ok(last.flatten().unwrap_or(0))
}

/// A name under which a shop knows a customer.
#[derive(Debug, Clone)]
pub struct Named {
    /// The shop.
    pub shop: ShopId,
    /// Its name for him.
    pub name: String,
    /// The hash that finds him: [`super::name_hash`].
    pub hash: Uuid,
    /// Whether personal data of his is to be kept, so that he needs a key.
    pub needs_key: bool,
}

/// The customers of these names by their hashes, made where the shop has none of that name; `last`
/// is the highest number given, and grows. Each hash stands once. `any_before` says whether the tenant may have some
/// of them.
///
/// # Errors
/// When the database refuses.
pub async fn ensure(
    ctx: &Ctx,
    tx: &Tx,
    staging: &Staging,
    named: &[Named],
    any_before: bool,
    last: &mut i32,
) -> Result<HashMap<Uuid, Customer>> {
    let hashes: Vec<Uuid> = named.iter().map(|n| n.hash).collect();
    let mut found: HashMap<Uuid, Customer> = HashMap::with_capacity(named.len());
    for part in bulk::parts(if any_before { &hashes } else { &[] }) {
        // The tenant is hashed with the name; asked for as well, it would offer the database a worse way.
        let rows = Entity::find().filter(Column::NameHash.is_in(part)).all(tx).await?;
        let own = rows.into_iter().filter(|row| row.tenant_id == staging.tenant);
        found.extend(own.map(|row| (row.name_hash, Customer::from(row))));
    }
    for named in named.iter().filter(|n| n.needs_key) {
        if let Some(customer) = found.get_mut(&named.hash) {
            give_key(ctx, tx, customer).await?;
        }
    }
    let mut unknown: Vec<&Named> = named.iter().filter(|n| !found.contains_key(&n.hash)).collect();
    // In the order of names, so that the numbers that new ones get do not depend on hashes where they are few.
    unknown.sort_unstable_by(|a, b| (a.shop, &a.name).cmp(&(b.shop, &b.name)));
    if unknown.is_empty() {
        return Ok(found);
    }
    // Whoever was erased and is missing in a backup from before his time comes back erased.
    let hashes: Vec<Uuid> = unknown.iter().map(|n| n.hash).collect();
    let gone = erased_of(ctx, staging.tenant, &hashes).await?;
    let mut rows = Rows::new("customer", &COLUMNS);
    for (id, named) in ctx.ids(unknown.len()).into_iter().zip(unknown) {
        *last += 1;
        let erased = gone.contains(&named.hash);
        let customer = fresh(ctx, CustomerId(id), named, *last, erased);
        rows.push(cells(&customer, staging, named.hash));
        found.insert(named.hash, customer);
    }
    rows.insert(tx).await?;
    Ok(found)
}

fn fresh(ctx: &Ctx, id: CustomerId, named: &Named, number: i32, erased: bool) -> Customer {
    let name = (!erased).then(|| masking::mask(&named.name).text);
    let wrapped = (named.needs_key && !erased).then(|| wrap(ctx, id, &Key::random(ctx.random())));
    Customer { id, number, shop: named.shop, name, wrapped, erased }
}

const COLUMNS: [&str; 10] = [
    "row_id",
    "tenant_id",
    "born",
    "died",
    "shop_id",
    "number",
    "name",
    "name_hash",
    "wrapped_key",
    "erased",
];

/// The cells of a row in the order of [`COLUMNS`].
fn cells(customer: &Customer, staging: &Staging, hash: Uuid) -> [Value; COLUMNS.len()] {
    [
        customer.id.into(),
        staging.tenant.into(),
        staging.edition.into(),
        ALIVE.into(),
        customer.shop.into(),
        customer.number.into(),
        customer.name.clone().into(),
        hash.into(),
        customer.wrapped.clone().into(),
        customer.erased.into(),
    ]
}

/// Makes and keeps a customer's key when he has none yet; who was erased gets none.
///
/// # Errors
/// When the database refuses.
pub async fn give_key(ctx: &Ctx, tx: &Tx, customer: &mut Customer) -> Result<()> {
    if customer.erased || customer.wrapped.is_some() {
        return Ok(());
    }
    let wrapped = wrap(ctx, customer.id, &Key::random(ctx.random()));
    set_wrapped(tx, customer.id, &wrapped).await?;
    customer.wrapped = Some(wrapped);
    Ok(())
}

/// Keeps a customer's wrapped key.
///
/// # Errors
/// When the database refuses.
pub async fn set_wrapped(tx: &Tx, id: CustomerId, wrapped: &[u8]) -> Result<()> {
    let row = ActiveModel { row_id: Set(id), wrapped_key: Set(Some(wrapped.to_vec())), ..Default::default() };
    Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Destroys the key and the name of a customer; the hash stays.
///
/// # Errors
/// When the database refuses.
pub async fn erase_keys(tx: &Tx, id: CustomerId) -> Result<()> {
    let row = ActiveModel {
        row_id: Set(id),
        name: Set(None),
        wrapped_key: Set(None),
        erased: Set(true),
        ..Default::default()
    };
    Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Customers by id.
///
/// # Errors
/// When the database refuses.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[CustomerId],
) -> Result<HashMap<CustomerId, Customer>> {
    let mut found = HashMap::new();
    for part in ids.chunks(dialect::MAX_PARAMETERS) {
        let rows = Entity::find().filter(Column::RowId.is_in(part.iter().copied())).all(db).await?;
        let own = rows.into_iter().filter(|row| row.tenant_id == tenant);
        found.extend(own.map(|row| (row.row_id, Customer::from(row))));
    }
    Ok(found)
}

/// One customer of a tenant.
///
/// # Errors
/// `not_found` when the tenant has none.
pub async fn by_id(db: &impl ConnectionTrait, tenant: TenantId, id: CustomerId) -> Result<Customer> {
    let query = Entity::find_by_id(id).filter(Column::TenantId.eq(tenant));
    query.one(db).await?.map(Customer::from).ok_or_else(|| Error::not_found("customer"))
}

/// One customer of a tenant, with the hash that finds him.
///
/// # Errors
/// `not_found` when the tenant has none.
pub(super) async fn with_hash(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: CustomerId,
) -> Result<(Customer, Uuid)> {
    let row = Entity::find_by_id(id).filter(Column::TenantId.eq(tenant)).one(db).await?;
    let row = row.ok_or_else(|| Error::not_found("customer"))?;
    Ok((row.clone().into(), row.name_hash))
}

/// Tenant and hash of everybody who is erased.
pub(super) async fn erased(db: &impl ConnectionTrait) -> Result<Vec<(TenantId, Uuid)>> {
    let query = Entity::find().filter(Column::Erased.eq(true)).select_only();
    Ok(query.columns([Column::TenantId, Column::NameHash]).into_tuple().all(db).await?)
}

/// Who of these hashes is in the database and not erased there.
pub(super) async fn back_from_the_dead(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    hashes: &[Uuid],
) -> Result<Vec<CustomerId>> {
    let mut back = Vec::new();
    for part in hashes.chunks(dialect::MAX_PARAMETERS - 2) {
        let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::Erased.eq(false));
        let query = query.filter(Column::NameHash.is_in(part.iter().copied())).select_only();
        back.extend(query.column(Column::RowId).into_tuple::<CustomerId>().all(db).await?);
    }
    Ok(back)
}

/// Ids of the customers whose shown name contains a text.
///
/// # Errors
/// When the database refuses.
pub async fn ids_named(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    part: &str,
    limit: u64,
) -> Result<Vec<CustomerId>> {
    let query =
        Entity::find().filter(Column::TenantId.eq(tenant)).filter(dialect::contains(Column::Name, part));
    let rows = query.select_only().column(Column::RowId).limit(limit).into_tuple().all(db).await?;
    Ok(rows)
}

/// Customers of a scope's shops whose shown name contains a text, by number.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope,
    edition: i64,
    part: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Customer>> {
    let mut query = Entity::find().filter(Column::TenantId.eq(scope.tenant)).filter(seen_in(edition));
    if !scope.reach.all {
        query = query.filter(Column::ShopId.is_in(scope.reach.shops.iter().copied()));
    }
    if let Some(part) = part {
        query = query.filter(dialect::contains(Column::Name, part));
    }
    if let Some(after) = page.after::<i32>()? {
        query = query.filter(Column::Number.gt(after));
    }
    let rows = query.order_by_asc(Column::Number).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.number).map(Customer::from))
}

impl From<Model> for Customer {
    fn from(row: Model) -> Self {
        Customer {
            id: row.row_id,
            number: row.number,
            shop: row.shop_id,
            name: row.name,
            wrapped: row.wrapped_key,
            erased: row.erased,
        }
    }
}
