//! Customers as the shops know them: a number for the figures, a masked name to show, a key of
//! their own for their personal data (ORG-6).
//!
//! A customer is found by the keyed hash of the shop's own id for him. His key is made when the
//! first piece of personal data of his is kept, and wrapped by the master key. Erasing destroys the
//! key and the name and leaves the hash, so that importing the same file again brings nothing back.

mod api;
mod entity;
pub mod erase;
pub mod ledger;
pub mod migration;
mod store;

use kexun_base::secrets::Key;
use kexun_base::{Ctx, Result};
use kexun_people::tenants::{ShopId, TenantId};
use uuid::Uuid;

pub use api::router;
pub use store::{
    Named, by_id, by_ids, ensure, erase_keys, find, give_key, ids_named, last_number, set_wrapped,
};

/// The table of customers.
pub const TABLE: &str = "customer";

kexun_base::id!(
    /// A customer of a shop.
    CustomerId
);

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// His id.
    pub id: CustomerId,
    /// His number within the tenant, from 1: what figures count.
    pub number: i32,
    /// The shop he is a customer of.
    pub shop: ShopId,
    /// His name at the shop, masked; none once he was erased.
    pub name: Option<String>,
    /// His key, wrapped by the master key; none while nothing of his is sealed.
    pub wrapped: Option<Vec<u8>>,
    /// Whether his personal data was erased.
    pub erased: bool,
}

/// The name under which a shop knows a customer, as the hash that finds him.
pub fn name_hash(ctx: &Ctx, tenant: TenantId, shop: ShopId, name: &str) -> Uuid {
    name_hash_by(&name_key(ctx), tenant, shop, name)
}

/// The key of [`name_hash_by`], for who hashes many names.
pub fn name_key(ctx: &Ctx) -> Key {
    ctx.key().derive("customers.names")
}

/// Like [`name_hash`], with its key at hand.
pub fn name_hash_by(key: &Key, tenant: TenantId, shop: ShopId, name: &str) -> Uuid {
    let hash = key.hash(&[tenant.0.as_bytes(), shop.0.as_bytes(), name.as_bytes()]);
    Uuid::from_slice(&hash[..16]).expect("16 bytes make a UUID")
}

/// Wraps a customer's key.
pub fn wrap(ctx: &Ctx, customer: CustomerId, key: &Key) -> Vec<u8> {
    ctx.key().derive("customers.keys").seal(ctx.random(), customer.0.as_bytes(), key.bytes())
}

/// The key of a customer who has one.
///
/// # Errors
/// When he has none, or the master key is another.
pub fn key_of(ctx: &Ctx, customer: &Customer) -> Result<Key> {
    let none = || kexun_base::Error::internal(format!("customer {} has no key", customer.id));
    unwrap(ctx, customer.id, customer.wrapped.as_deref().ok_or_else(none)?)
}

/// Unwraps a customer's key.
///
/// # Errors
/// When the master key is another one than it was wrapped with.
pub fn unwrap(ctx: &Ctx, customer: CustomerId, wrapped: &[u8]) -> Result<Key> {
    let bytes = ctx.key().derive("customers.keys").open(customer.0.as_bytes(), wrapped)?;
    let bytes: [u8; 32] =
        bytes.try_into().map_err(|_| kexun_base::Error::internal("a customer's key has a wrong length"))?;
    Ok(Key::from_bytes(bytes))
}
