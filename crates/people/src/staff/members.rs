//! Members as other wings need them, and the choice of a part of them by rule or by hand.

use std::collections::BTreeSet;

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StaffId, entity, store};
use crate::persons::PersonId;
use crate::rights::{Right, Scope, gives};
use crate::tenants::{ShopId, TeamId, TenantId};
use kexun_base::time::Day;
use kexun_base::{Error, Result};

/// A member of a tenant as he stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Which member.
    pub id: StaffId,
    /// Who he is.
    pub person: PersonId,
    /// His account.
    pub account: String,
    /// His name.
    pub name: String,
    /// His shop.
    pub shop: Option<ShopId>,
    /// His team.
    pub team: Option<TeamId>,
    /// His level.
    pub level: String,
    /// Since when he is here.
    pub joined_on: Option<Day>,
}

impl From<entity::staff::Model> for Member {
    fn from(row: entity::staff::Model) -> Self {
        Member {
            id: row.id,
            person: row.person_id,
            account: row.account,
            name: row.name,
            shop: row.shop_id,
            team: row.team_id,
            level: row.level,
            joined_on: row.joined_on,
        }
    }
}

/// Who lie within a scope, he himself among them, by account.
///
/// # Errors
/// When the database refuses.
pub async fn members(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<Member>> {
    let mut rows = store::all(db, scope).await?;
    if let Some(own) = scope.reach.own
        && rows.iter().all(|row| row.id != own)
    {
        rows.push(store::member(db, scope.tenant, own).await?);
    }
    Ok(rows.into_iter().map(Member::from).collect())
}

/// These members of a tenant, as far as there are such.
///
/// # Errors
/// When the database refuses.
pub async fn some(db: &impl ConnectionTrait, tenant: TenantId, ids: &[StaffId]) -> Result<Vec<Member>> {
    Ok(store::some(db, tenant, ids).await?.into_iter().map(Member::from).collect())
}

/// Who hold a right somewhere in a tenant, by account.
///
/// # Errors
/// When the database refuses.
pub async fn holders(db: &impl ConnectionTrait, tenant: TenantId, right: Right) -> Result<Vec<Member>> {
    let grants = store::grants(db, tenant, None).await?;
    let mut rows = store::all(db, &Scope::whole(tenant)).await?;
    rows.retain(|row| grants.get(&row.id).into_iter().flatten().any(|(_, grant)| gives(grant.role, right)));
    Ok(rows.into_iter().map(Member::from).collect())
}

/// Whom something is meant for: whoever meets one of the rules, and those named. Within `shops`, `teams`
/// and `levels` one is enough; of the lists that are not empty each must be met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Audience {
    /// Everybody in the organisation.
    pub everybody: bool,
    /// Members of these shops.
    pub shops: BTreeSet<ShopId>,
    /// Members of these teams.
    pub teams: BTreeSet<TeamId>,
    /// Members of these levels.
    pub levels: BTreeSet<String>,
    /// These members besides.
    pub staff: BTreeSet<StaffId>,
}

impl Audience {
    /// Whether it is meant for nobody.
    pub fn is_empty(&self) -> bool {
        !self.by_rule() && self.staff.is_empty()
    }

    fn by_rule(&self) -> bool {
        self.everybody || !(self.shops.is_empty() && self.teams.is_empty() && self.levels.is_empty())
    }

    /// Whether it is meant for a member.
    pub fn holds(&self, member: &Member) -> bool {
        fn met<T: Ord>(rule: &BTreeSet<T>, value: Option<&T>) -> bool {
            rule.is_empty() || value.is_some_and(|value| rule.contains(value))
        }
        let by_rule = self.by_rule()
            && met(&self.shops, member.shop.as_ref())
            && met(&self.teams, member.team.as_ref())
            && met(&self.levels, Some(&member.level));
        by_rule || self.staff.contains(&member.id)
    }

    /// Those of `members` whom it is meant for.
    pub fn of<'a>(&self, members: &'a [Member]) -> Vec<&'a Member> {
        members.iter().filter(|member| self.holds(member)).collect()
    }

    /// Whom it is meant for within a scope: a rule reaches as far as the scope, and nobody is named
    /// outside it.
    ///
    /// # Errors
    /// `invalid` on `field` when somebody named lies outside.
    pub async fn within(
        &self,
        db: &impl ConnectionTrait,
        scope: &Scope,
        field: &'static str,
    ) -> Result<Vec<Member>> {
        let members = members(db, scope).await?;
        if self.staff.iter().any(|id| members.iter().all(|m| m.id != *id)) {
            return Err(Error::field(field, "names somebody who is not among your people"));
        }
        Ok(members.into_iter().filter(|member| self.holds(member)).collect())
    }
}
