//! On whose behalf something is done: a signed-in person, or the operator at the command line.

use kexun_base::events::Actor;
use kexun_base::{Error, Result};

use super::{Caller, Grant, Right, Scope};
use crate::persons::PersonId;
use crate::tenants::{ShopId, TeamId, TenantId};

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

    /// Whether this is who acts.
    pub fn is(&self, person: PersonId) -> bool {
        matches!(self, By::Caller(caller) if caller.person == person)
    }

    /// Whether a person may be given an agent's conversations at a place, by the role or by an account: nobody gives
    /// himself any that he may not read anyhow. An account belongs to no place, so that it is the whole tenant.
    ///
    /// # Errors
    /// `forbidden` for himself without the right to read conversations there.
    pub fn check_opens_conversations(
        &self,
        to: PersonId,
        shop: Option<ShopId>,
        team: Option<TeamId>,
    ) -> Result<()> {
        let right = Right::ConversationRead;
        if !self.is(to) || self.scope(right).is_ok_and(|scope| scope.holds(shop, team)) {
            return Ok(());
        }
        Err(Error::forbidden(format!(
            "you would open an agent's conversations to yourself: that needs the right {right} there, or somebody else \
             to do it"
        )))
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;
    use crate::rights::Role;

    #[test]
    fn nobody_opens_conversations_to_himself() {
        let (own, other) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let shop = Some(ShopId(Uuid::from_u128(3)));
        let may = |roles: &[(Role, Option<ShopId>)], to, shop| {
            let grant = |(role, shop_id): &(Role, Option<ShopId>)| Grant {
                role: *role,
                shop_id: *shop_id,
                team_id: None,
            };
            let caller = Caller {
                person: own,
                tenant: TenantId(Uuid::nil()),
                staff: None,
                grants: roles.iter().map(grant).collect(),
                accounts: Default::default(),
                only: None,
                unproven: false,
            };
            By::Caller(&caller).check_opens_conversations(to, shop, None).is_ok()
        };
        let hr = (Role::Hr, None);
        assert!(may(&[hr], other, None));
        assert!(!may(&[hr], own, None) && !may(&[hr], own, shop));
        assert!(!may(&[hr, (Role::Agent, None)], own, None), "an agent reads his own alone");
        assert!(may(&[hr, (Role::TrainingGroup, None)], own, None));
        assert!(may(&[(Role::Admin, shop)], own, shop) && !may(&[(Role::Admin, shop)], own, None));
        assert!(By::Operator(TenantId(Uuid::nil())).check_opens_conversations(own, None, None).is_ok());
    }
}
