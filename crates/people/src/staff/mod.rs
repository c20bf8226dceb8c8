//! Staff: a person's membership in a tenant, with his place, level, position and roles (ORG-2,
//! ORG-3); and the agent accounts that imports bring.
//!
//! - A member has one account name, unique in the tenant; he may own more agent accounts.
//! - Every change of shop, team, level or position adds a step to his history; the last step of a day
//!   counts. One that counts from a past day reaches beyond the steps after it; none counts from a later day.
//! - Nobody grants or withdraws a role whose rights he lacks on that place; a tenant keeps an
//!   administrator. Nobody makes himself an agent, or links an account to himself, who may not read the conversations
//!   that he would open to himself.
//! - Another's login and password are set in person by who outranks him, one's own under one's account.
//! - Which accounts were in which teams changes with the events `staff.created`, `staff.moved` and `account.linked`.
//! - His name, and who he is here, are the tenant's; login, address and telephone are the person's and
//!   are changed by the tenant only while he belongs to no other.

mod access;
pub mod accounts;
mod api;
mod entity;
mod export;
mod history;
mod import;
mod known;
mod members;
pub mod migration;
mod roles;
mod rules;
mod service;
mod store;
mod upload;

use kexun_base::Result;
use kexun_base::http::PageRequest;
use kexun_base::time::Day;
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::rights::{Role, Scope};
use crate::tenants::{ShopId, TeamId, TenantId};

pub(crate) use api::router;
pub use history::{Step, history};
pub use import::{StaffReport, import};
/// The language of a report's reasons.
pub use kexun_importers::Lang;
pub use members::{Audience, Member, holders, members, some};
pub use roles::{grant, withdraw};
pub use service::{Draft, attach, create, find};
pub(crate) use store::{accounts_by_person_name, on_team};
pub use store::{all_grants, grants_of, memberships};

kexun_base::id!(
    /// A membership of a person in a tenant.
    StaffId,
    /// An agent account: the name under which messages were sent, until someone links it to staff.
    AccountId,
    /// A step of a member's position history.
    PositionId,
    /// A role that a member holds on a scope.
    GrantId,
);

/// That a person belongs to a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The tenant.
    pub tenant: TenantId,
    /// As which member.
    pub staff: StaffId,
}

/// A step of a member's history: where he stood from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    pub staff: StaffId,
    pub from: Day,
    pub shop: Option<ShopId>,
    pub team: Option<TeamId>,
    pub level: String,
    pub position: String,
}

/// Which members to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StaffFilter {
    /// Part of the account or the name.
    pub q: Option<String>,
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// Of this team.
    pub team: Option<TeamId>,
    /// Who hold this role somewhere.
    pub role: Option<Role>,
}

/// A member, as somebody who looks for a name finds him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which member.
    pub id: StaffId,
    /// His name.
    pub name: String,
    /// His account.
    pub account: String,
}

/// Members of a scope whose name or account contains a text, at most `limit`.
///
/// # Errors
/// When the database refuses.
pub async fn search(db: &impl ConnectionTrait, scope: &Scope, part: &str, limit: u64) -> Result<Vec<Found>> {
    let filter = StaffFilter { q: Some(part.to_owned()), ..StaffFilter::default() };
    let page = PageRequest { cursor: None, limit: Some(limit) };
    let found = store::page(db, scope, &filter, &page).await?;
    Ok(found.items.into_iter().map(|m| Found { id: m.id, name: m.name, account: m.account }).collect())
}
