//! Whose hands a class is in, and what somebody sees of it.

use std::collections::BTreeSet;

use kexun_base::{Error, Result};
use kexun_people::persons::PersonId;
use kexun_people::rights::{By, Caller, Right, Scope};
use kexun_people::staff::{self, StaffId};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::entity::{class, participant};
use super::{ClassId, participants, store};

pub(super) fn person(by: &By<'_>) -> Option<PersonId> {
    match by {
        By::Caller(caller) => Some(caller.person),
        By::Operator(_) => None,
    }
}

/// Whether somebody has people under him, and does not only teach.
pub(super) fn leads(scope: &Scope) -> bool {
    let reach = &scope.reach;
    reach.all || !reach.shops.is_empty() || !reach.teams.is_empty()
}

/// Whether a class is in somebody's hands: he teaches it, he arranged it, or his right reaches over
/// everything.
pub(super) fn in_hands(scope: &Scope, person: Option<PersonId>, class: &class::Model) -> bool {
    let teaches = scope.reach.own == Some(class.lecturer);
    let arranged = person.is_some() && class.arranged_by == person;
    scope.reach.all || teaches || arranged
}

/// The class, if it is in the caller's hands under this right.
///
/// # Errors
/// `forbidden` without the right; `not_found` when the class is not in his hands.
pub(super) fn demand(by: &By<'_>, right: Right, class: &class::Model) -> Result<()> {
    if in_hands(&by.scope(right)?, person(by), class) { Ok(()) } else { Err(Error::not_found("class")) }
}

/// How far somebody sees.
pub(super) struct Sight {
    pub tenant: TenantId,
    scope: Scope,
    person: PersonId,
    /// His own membership.
    pub own: Option<StaffId>,
    /// He, and those that his right reaches over; none: everybody.
    people: Option<BTreeSet<StaffId>>,
}

/// What somebody sees of a class.
pub(super) struct Seen {
    /// It is in his hands.
    pub hands: bool,
    /// Whether he is more than one of those who take part.
    pub beyond_own: bool,
    /// Whether he sees everybody who takes part, and not only because he is the only one.
    pub whole: bool,
    /// Who takes part, as far as he sees them.
    pub people: Vec<participant::Model>,
}

impl Sight {
    pub async fn of(db: &impl ConnectionTrait, caller: &Caller) -> Result<Sight> {
        let scope = caller.scope(Right::ClassRead)?;
        let people = match scope.reach.all {
            true => None,
            false => Some(staff::members(db, &scope).await?.into_iter().map(|m| m.id).collect()),
        };
        Ok(Sight { tenant: scope.tenant, person: caller.person, own: caller.staff, scope, people })
    }

    /// Whom classes in a list must concern; none: anybody.
    pub fn concerning<'a>(&self, people: &'a [StaffId]) -> Option<store::Concerning<'a>> {
        let concerning =
            store::Concerning { lecturer: self.own, arranged_by: Some(self.person), staff: people };
        self.people.is_some().then_some(concerning)
    }

    /// He and his people, where not everybody is.
    pub fn people(&self) -> Vec<StaffId> {
        self.people.iter().flatten().copied().collect()
    }

    /// What he sees of a class of which these take part; none: nothing at all.
    pub fn seen(&self, class: &class::Model, all: Vec<participant::Model>) -> Option<Seen> {
        let hands = in_hands(&self.scope, Some(self.person), class);
        let (Some(mine), false) = (&self.people, hands) else {
            return Some(Seen { hands, beyond_own: true, whole: true, people: all });
        };
        let count = all.len();
        let people: Vec<_> = all.into_iter().filter(|p| mine.contains(&p.staff_id)).collect();
        let beyond_own = people.iter().any(|p| Some(p.staff_id) != self.own);
        let whole = beyond_own && people.len() == count;
        (!people.is_empty()).then_some(Seen { hands, beyond_own, whole, people })
    }

    /// A class and what he sees of it.
    ///
    /// # Errors
    /// `not_found` where he sees nothing of it.
    pub async fn class(&self, db: &impl ConnectionTrait, id: ClassId) -> Result<(class::Model, Seen)> {
        let class = store::class(db, self.tenant, id).await?;
        let all = participants::all(db, self.tenant, id).await?;
        let seen = self.seen(&class, all).ok_or_else(|| Error::not_found("class"))?;
        Ok((class, seen))
    }
}
