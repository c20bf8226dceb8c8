//! Agent accounts: the names under which messages are sent. An import that meets one for the first
//! time makes it; a member of staff is linked to it by his account name, or by hand. One member may
//! have several; an account belongs to one member at most.

mod api;
mod entity;
mod rosters;
mod store;

use serde::Serialize;
use utoipa::ToSchema;

use super::{AccountId, StaffId};

pub(super) use api::router;
pub use rosters::Rosters;
pub(crate) use store::of_staff;
pub use store::{account, by_numbers, ensure, list_all};
pub(super) use store::{ensure_one, named_anywhere, page, set_staff};

/// An agent account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its number within the tenant, from 1: what compact encodings hold.
    pub number: i32,
    /// The name under which messages are sent; unique in the tenant.
    pub name: String,
    /// Whose it is, once somebody linked it.
    pub staff_id: Option<StaffId>,
    /// Counts its changes.
    pub version: i32,
}
