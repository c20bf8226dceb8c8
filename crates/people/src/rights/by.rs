//! On whose behalf something is done: a signed-in person, or the operator at the command line.

use kexun_base::Result;
use kexun_base::events::Actor;

use super::{Caller, Grant, Right, Scope};
use crate::tenants::TenantId;

/// On whose behalf a service function works, and in which tenant.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// A signed-in person, within his rights.
    Caller(&'a Caller),
    /// Whoever has the server, on the whole tenant.
    Operator(TenantId),
}

impl By<'_> {
    /// The tenant.
    pub fn tenant(&self) -> TenantId {
        match self {
            By::Caller(caller) => caller.tenant,
            By::Operator(tenant) => *tenant,
        }
    }

    /// As the actor of an event.
    pub fn actor(&self) -> Actor {
        match self {
            By::Caller(caller) => caller.actor(),
            By::Operator(_) => Actor::Operator,
        }
    }

    /// How far a right reaches.
    ///
    /// # Errors
    /// `forbidden` when the caller does not have it at all.
    pub fn scope(&self, right: Right) -> Result<Scope> {
        match self {
            By::Caller(caller) => caller.scope(right),
            By::Operator(tenant) => Ok(Scope::whole(*tenant)),
        }
    }

    /// A right that reaches over the whole tenant.
    ///
    /// # Errors
    /// `forbidden` when the caller does not have it, or on a part only.
    pub fn whole(&self, right: Right) -> Result<Scope> {
        match self {
            By::Caller(caller) => caller.whole(right),
            By::Operator(tenant) => Ok(Scope::whole(*tenant)),
        }
    }

    /// Whether this role may be granted, or withdrawn, on this place.
    ///
    /// # Errors
    /// `forbidden`, naming the right that the caller lacks there.
    pub fn check_grant(&self, grant: &Grant) -> Result<()> {
        match self {
            By::Caller(caller) => caller.check_grant(grant),
            By::Operator(_) => Ok(()),
        }
    }
}
