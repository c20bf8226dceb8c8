//! Roles, rights and scopes.
//!
//! A *role* (role of mission.md) is granted to a member of a tenant, on the whole tenant, on a shop or on
//! a team. A role stands for *rights*; [`role_rights`] is the whole table. A [`Caller`] is a signed-in
//! person acting in one tenant; [`Caller::scope`] says on what a right reaches, and every query of a
//! domain table goes through the [`Scope`] it gives. Rights are declared where the route is
//! registered ([`route::guarded`]) and appear in the OpenAPI document as `x-rights`.

mod by;
mod caller;
pub mod route;
mod rules;

pub use by::By;
pub use caller::{Caller, Reach, Scope};
pub use rules::{Grant, Right, Role, answers, gives, grants_in_merchants, role_rights};
