//! What the tenant knew before a sheet came: a row that says nothing new needs no transaction, and no row looks its shop
//! and team up again.

use std::collections::HashMap;

use kexun_base::Result;
use kexun_base::time::Day;
use kexun_importers::StaffRow;
use kexun_importers::records::Choice;
use sea_orm::ConnectionTrait;

use super::entity::staff::Model;
use super::{rules, store};
use crate::persons::{self, Person};
use crate::rights::{Grant, Role, Scope};
use crate::tenants::{self, ShopId, TeamId};

/// Shops and teams as sheets name them, and members by account.
pub(super) struct Known {
    scope: Scope,
    shops: HashMap<String, ShopId>,
    teams: HashMap<(ShopId, String), TeamId>,
    members: HashMap<String, KnownMember>,
    /// Named by the row that is being taken in; whether they stay is not sure yet.
    new_shops: Vec<(String, ShopId)>,
    new_teams: Vec<((ShopId, String), TeamId)>,
}

struct KnownMember {
    row: Model,
    person: Person,
    grants: Vec<Grant>,
}

impl Known {
    /// What there is in the tenant of the caller's scope.
    pub async fn load(db: &impl ConnectionTrait, scope: Scope) -> Result<Known> {
        let tenant = scope.tenant;
        let mut shops = HashMap::new();
        let all = tenants::shops(db, tenant).await?;
        for shop in &all {
            shops.entry(shop.name.clone()).or_insert(shop.id);
        }
        // A code goes before a name.
        shops.extend(all.iter().map(|shop| (shop.code.clone(), shop.id)));
        let teams = tenants::teams(db, tenant).await?.into_iter().map(|t| ((t.shop, t.name), t.id)).collect();
        let rows = store::all(db, &Scope::whole(tenant)).await?;
        let ids: Vec<_> = rows.iter().map(|row| row.person_id).collect();
        let people = persons::by_ids(db, &ids).await?;
        let mut grants = store::all_grants(db, tenant).await?;
        let member = |row: Model| {
            let person = people.get(&row.person_id)?.clone();
            let grants = grants.remove(&row.id).unwrap_or_default();
            Some((row.account.clone(), KnownMember { row, person, grants }))
        };
        let members = rows.into_iter().filter_map(member).collect();
        Ok(Known { scope, shops, teams, members, new_shops: Vec::new(), new_teams: Vec::new() })
    }

    /// Whether taking the row in would change nothing and be refused nothing.
    pub fn says_nothing_new(&self, row: &StaffRow) -> bool {
        let Some(KnownMember { row: member, person, grants }) = self.members.get(&row.account) else {
            return false;
        };
        let said =
            |cell: &Option<String>, known: Option<&str>| cell.as_deref().is_none_or(|c| Some(c) == known);
        let shop = row.shop.as_deref().map(|named| self.shop(named));
        let team = |named: &String| member.shop_id.and_then(|shop| self.team(shop, named));
        let role = |role: &kexun_importers::Role| {
            let role = Role::of_word(role.as_str());
            role.is_none_or(|r| grants.contains(&rules::grant_of_row(r, member.shop_id, member.team_id)))
        };
        self.scope.holds(member.shop_id, member.team_id)
            && row.name == member.name
            && shop.is_none_or(|shop| shop.is_some() && shop == member.shop_id)
            && row.team.as_ref().map(team).is_none_or(|team| team.is_some() && team == member.team_id)
            && said(&row.level, Some(&member.level))
            && said(&row.position, Some(&member.position))
            && row.joined_on.is_none_or(|day| Some(Day::from(day)) == member.joined_on)
            && said(&row.phone, person.phone.as_deref())
            && said(&row.email, person.email.as_deref())
            && row.roles.iter().all(role)
    }

    /// The shop that a sheet names so.
    pub fn shop(&self, named: &str) -> Option<ShopId> {
        self.shops.get(named).copied()
    }

    /// The team that a sheet names so.
    pub fn team(&self, shop: ShopId, named: &str) -> Option<TeamId> {
        self.teams.get(&(shop, named.to_owned())).copied()
    }

    /// Notes a shop that the present row named first.
    pub fn add_shop(&mut self, named: &str, shop: ShopId) {
        self.new_shops.push((named.to_owned(), shop));
    }

    /// Notes a team that the present row named first.
    pub fn add_team(&mut self, shop: ShopId, named: &str, team: TeamId) {
        self.new_teams.push(((shop, named.to_owned()), team));
    }

    /// The present row is in, with what it named first.
    pub fn keep(&mut self) {
        self.shops.extend(self.new_shops.drain(..));
        self.teams.extend(self.new_teams.drain(..));
    }

    /// The present row was refused: what it made is gone.
    pub fn forget(&mut self) {
        self.new_shops.clear();
        self.new_teams.clear();
    }
}
