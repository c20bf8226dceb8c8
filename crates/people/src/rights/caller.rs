//! Who asks, and how far his rights reach.

use std::collections::BTreeSet;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kexun_base::events::Actor;
use kexun_base::{Code, Ctx, Error, Result};

use super::rules::of_role;
use super::{Grant, Right, Role, gives};
use crate::persons::PersonId;
use crate::staff::{AccountId, StaffId};
use crate::tenants::{ShopId, TeamId, TenantId};

/// A signed-in person acting in one tenant.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The person.
    pub person: PersonId,
    /// The tenant he acts in.
    pub tenant: TenantId,
    /// As which member; none for who oversees a merchant from its marketplace.
    pub staff: Option<StaffId>,
    /// Roles he holds there.
    pub grants: Vec<Grant>,
    /// Agent accounts that are his own there.
    pub accounts: BTreeSet<AccountId>,
    /// Rights are cut down to these when he comes with an API token.
    pub only: Option<BTreeSet<Right>>,
    /// A role of his needs a second factor that he has not set up: until then he holds none here.
    pub unproven: bool,
}

/// On what a right reaches inside the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// On everything in the tenant.
    pub all: bool,
    /// On these shops.
    pub shops: BTreeSet<ShopId>,
    /// On these teams.
    pub teams: BTreeSet<TeamId>,
    /// On what these agent accounts did.
    pub accounts: BTreeSet<AccountId>,
    /// On what concerns this member himself.
    pub own: Option<StaffId>,
}

/// The tenant, and what in it. Every store function takes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The tenant.
    pub tenant: TenantId,
    /// What in it.
    pub reach: Reach,
}

impl Scope {
    /// The whole tenant: for the program itself and the command line.
    pub fn whole(tenant: TenantId) -> Self {
        Scope { tenant, reach: Reach { all: true, ..Reach::default() } }
    }

    /// Whether everything of a shop lies in the scope.
    pub fn holds_shop(&self, shop: ShopId) -> bool {
        self.reach.all || self.reach.shops.contains(&shop)
    }

    /// Whether everything of a place lies in the scope: a team, a shop, or, if neither is named, the
    /// tenant. A team is named with its shop.
    pub fn holds(&self, shop: Option<ShopId>, team: Option<TeamId>) -> bool {
        match (shop, team) {
            (None, None) => self.reach.all,
            (Some(shop), None) => self.holds_shop(shop),
            (None, Some(team)) => self.reach.all || self.reach.teams.contains(&team),
            (Some(shop), Some(team)) => self.holds_team(shop, team),
        }
    }

    /// Whether everything of a team of a shop lies in the scope.
    pub fn holds_team(&self, shop: ShopId, team: TeamId) -> bool {
        self.holds_shop(shop) || self.reach.teams.contains(&team)
    }
}

impl Caller {
    /// Whether he has the right on anything at all.
    pub fn may(&self, right: Right) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&right))
            && self.grants.iter().any(|g| gives(g.role, right))
    }

    /// All rights he has.
    pub fn rights(&self) -> BTreeSet<Right> {
        Right::ALL.iter().copied().filter(|r| self.may(*r)).collect()
    }

    /// How far a right reaches.
    ///
    /// # Errors
    /// `forbidden` when he does not have it at all.
    pub fn scope(&self, right: Right) -> Result<Scope> {
        if !self.may(right) {
            return Err(Error::forbidden(format!(
                "this needs the right {right}; ask an administrator for it"
            )));
        }
        let mut reach = Reach { own: self.staff, ..Reach::default() };
        for grant in self.grants.iter().filter(|g| gives(g.role, right)) {
            match (grant.role, grant.shop_id, grant.team_id) {
                // What is told about an organisation's shape is no secret inside it.
                _ if right == Right::OrgRead => reach.all = true,
                (Role::Agent, _, _) => reach.accounts.extend(&self.accounts),
                // Mentors and lecturers answer for those given to them, which rooms tell by name.
                (Role::Mentor | Role::Lecturer, _, _) => {}
                _ if !of_role(grant.role).contains(&right) => {}
                (_, _, Some(team)) => drop(reach.teams.insert(team)),
                (_, Some(shop), None) => drop(reach.shops.insert(shop)),
                (_, None, None) => reach.all = true,
            }
        }
        Ok(Scope { tenant: self.tenant, reach })
    }

    /// A right that reaches over the whole tenant.
    ///
    /// # Errors
    /// `forbidden` when he does not have it, or on a part only.
    pub fn whole(&self, right: Right) -> Result<Scope> {
        let scope = self.scope(right)?;
        if scope.reach.all {
            return Ok(scope);
        }
        Err(Error::forbidden(format!("this needs the right {right} on the whole organisation")))
    }

    /// Whether he may grant, or withdraw, this role on this place: he needs the right to grant roles
    /// there, and every right that the role stands for. What an agent may do concerns nobody but
    /// himself, so that role asks for no more than the right to grant.
    ///
    /// # Errors
    /// `forbidden`, naming the right that he lacks there.
    pub fn check_grant(&self, grant: &Grant) -> Result<()> {
        let role = grant.role;
        let given: &[Right] = if role == Role::Agent { &[] } else { of_role(role) };
        for right in [Right::RoleWrite].iter().chain(given) {
            let holds = self.scope(*right).is_ok_and(|scope| scope.holds(grant.shop_id, grant.team_id));
            if !holds {
                return Err(Error::forbidden(format!(
                    "to grant or withdraw the role {role} there you need the right {right} there yourself"
                )));
            }
        }
        Ok(())
    }

    /// As the actor of an event.
    pub fn actor(&self) -> Actor {
        Actor::Person(self.person.0)
    }
}

impl FromRequestParts<Ctx> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Ctx) -> Result<Self> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(|| {
            Error::new(Code::NotSignedIn, "sign in first, or send a valid token; nothing was changed")
        })
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;

    fn caller(grants: &[Grant]) -> Caller {
        Caller {
            person: PersonId(Uuid::from_u128(1)),
            tenant: TenantId(Uuid::from_u128(2)),
            staff: None,
            grants: grants.to_vec(),
            accounts: BTreeSet::from([AccountId(Uuid::from_u128(3))]),
            only: None,
            unproven: false,
        }
    }

    fn grant(role: Role, shop: Option<u128>, team: Option<u128>) -> Grant {
        let shop_id = shop.map(|n| ShopId(Uuid::from_u128(n)));
        Grant { role, shop_id, team_id: team.map(|n| TeamId(Uuid::from_u128(n))) }
    }

    #[test]
    fn a_right_reaches_as_far_as_the_grants_that_give_it() {
        let both = caller(&[grant(Role::Agent, Some(1), Some(2)), grant(Role::Supervisor, Some(1), Some(5))]);
        let read = both.scope(Right::ConversationRead).unwrap();
        assert!(!read.reach.all && read.reach.shops.is_empty());
        assert_eq!(read.reach.teams, BTreeSet::from([TeamId(Uuid::from_u128(5))]));
        assert_eq!(read.reach.accounts, both.accounts);
        assert!(both.scope(Right::OrgRead).unwrap().reach.all);
        assert!(both.whole(Right::KpiRead).is_err());
        assert_eq!(both.scope(Right::AuditRead).unwrap_err().code, Code::Forbidden);
    }

    #[test]
    fn nobody_grants_what_he_lacks() {
        let hr = caller(&[grant(Role::Hr, None, None)]);
        assert!(hr.check_grant(&grant(Role::Agent, Some(1), Some(2))).is_ok());
        assert!(hr.check_grant(&grant(Role::Hr, Some(1), None)).is_ok());
        for role in [Role::Admin, Role::Director, Role::Supervisor, Role::Inspector, Role::Marketplace] {
            assert!(hr.check_grant(&grant(role, None, None)).is_err(), "{role}");
        }
        let of_one_shop = caller(&[grant(Role::Admin, Some(1), None)]);
        assert!(of_one_shop.check_grant(&grant(Role::Supervisor, Some(1), Some(2))).is_ok());
        assert!(of_one_shop.check_grant(&grant(Role::Admin, Some(1), None)).is_ok());
        assert!(of_one_shop.check_grant(&grant(Role::Agent, Some(9), None)).is_err());
        assert!(of_one_shop.check_grant(&grant(Role::Admin, None, None)).is_err());
        let agent = caller(&[grant(Role::Agent, None, None)]);
        assert!(agent.check_grant(&grant(Role::Agent, None, None)).is_err());
    }

    #[test]
    fn a_token_cuts_rights_down() {
        let mut admin = caller(&[grant(Role::Admin, None, None)]);
        admin.only = Some(BTreeSet::from([Right::KpiRead]));
        assert_eq!(admin.rights(), BTreeSet::from([Right::KpiRead]));
        assert!(admin.check_grant(&grant(Role::Agent, None, None)).is_err());
    }
}
