//! Who may see which conversation: whoever the right reaches over its shop; over a team, where it
//! counts for the team (as the figures count, with the membership of the day); over one's own, where
//! it counts for one of one's accounts.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::rights::Scope;
use kexun_people::staff::AccountId;
use kexun_people::staff::accounts::{self, Account, Rosters};
use kexun_people::tenants::{self, Shop, ShopId, Team, TeamId};
use sea_orm::ConnectionTrait;

use super::evidence::Shares;
use super::facts::{Outcome, channel_of_word};
use super::store::ConversationRow;
use crate::kpi::rules::{Scope as Cells, ShopZone, Timeline};
use crate::kpi::zone_of;

/// A tenant's places and people, and what of them a scope reaches. Loaded once a request.
pub struct Sight {
    /// The scope.
    pub scope: Scope,
    /// The shops of the tenant.
    pub shops: HashMap<ShopId, Shop>,
    accounts: HashMap<u32, Account>,
    teams: Vec<Team>,
    rosters: Rosters,
    zones: HashMap<ShopId, ShopZone>,
    own_agents: BTreeSet<u32>,
    own_teams: BTreeSet<u32>,
    /// Whoever is, or ever was, in one of them.
    own_members: BTreeSet<u32>,
}

/// A conversation's timeline and what it adds to the figures.
pub struct Weighed {
    /// Who wrote when.
    pub timeline: Timeline,
    /// What figures need beside it.
    pub outcome: Outcome,
    /// What it adds.
    pub shares: Shares,
}

impl Sight {
    /// Loads what a scope can see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(db: &impl ConnectionTrait, scope: Scope) -> Result<Sight> {
        let shops = tenants::shops(db, scope.tenant).await?;
        let teams = tenants::teams_ever(db, scope.tenant).await?;
        let accounts = accounts::list_all(db, scope.tenant).await?;
        let rosters = Rosters::load(db, scope.tenant).await?;
        let reach = &scope.reach;
        let own = accounts.iter().filter(|a| reach.accounts.contains(&a.id)).filter_map(|a| number(a.number));
        let own_teams = teams.iter().filter(|t| reach.teams.contains(&t.id)).filter_map(|t| number(t.number));
        let teams_reached: Vec<i32> =
            teams.iter().filter(|t| reach.teams.contains(&t.id)).map(|t| t.number).collect();
        let members = accounts.iter().filter(|a| rosters.ever_in(a.number, &teams_reached));
        Ok(Sight {
            own_agents: own.collect(),
            own_teams: own_teams.collect(),
            own_members: members.filter_map(|a| number(a.number)).collect(),
            rosters,
            zones: shops.iter().map(|s| (s.id, zone_of(s))).collect(),
            shops: shops.into_iter().map(|s| (s.id, s)).collect(),
            accounts: accounts.into_iter().filter_map(|a| Some((number(a.number)?, a))).collect(),
            teams,
            scope,
        })
    }

    /// Weighs a conversation.
    ///
    /// # Errors
    /// When the row is damaged.
    pub fn weigh(&self, row: &ConversationRow) -> Result<Weighed> {
        let damaged = || Error::internal(format!("conversation {} is damaged: run `kexun check`", row.id));
        let timeline = Timeline::decode(&row.timeline).map_err(|_| damaged())?;
        let outcome = Outcome::decode(&row.outcome)?;
        let customer = u32::try_from(row.customer_no).map_err(|_| damaged())?;
        let zone = self.zones.get(&row.shop_id).cloned().unwrap_or_default();
        let team_of = |agent: u32, day: NaiveDate| {
            let team = self.rosters.team_of(i32::try_from(agent).ok()?, Day::from(day));
            team.and_then(number)
        };
        let input = outcome.input(&timeline, channel_of_word(&row.channel), customer, &zone);
        let shares = Shares::of(&input, &team_of);
        Ok(Weighed { timeline, outcome, shares })
    }

    /// Whether the scope reaches a conversation.
    pub fn sees(&self, row: &ConversationRow, weighed: &Weighed) -> bool {
        self.scope.holds_shop(row.shop_id)
            || weighed.shares.concern(|cells| match cells {
                Cells::Team(Some(team)) => self.own_teams.contains(&team),
                Cells::Agent(Some(agent)) => self.own_agents.contains(&agent),
                _ => false,
            })
    }

    /// Whose figures somebody means who names neither agent nor team: the whole where he sees whole
    /// shops, and this one among them if he names one; else his teams', else his own.
    pub fn usual_cells(&self, shop: Option<ShopId>) -> Vec<Cells> {
        if self.holds_shops(shop) {
            vec![Cells::Shop]
        } else if !self.own_teams.is_empty() {
            self.own_teams.iter().map(|team| Cells::Team(Some(*team))).collect()
        } else {
            self.own_agents.iter().map(|agent| Cells::Agent(Some(*agent))).collect()
        }
    }

    /// Whether the scope holds a shop as a whole; without one, any.
    fn holds_shops(&self, shop: Option<ShopId>) -> bool {
        match shop {
            Some(shop) => self.scope.holds_shop(shop),
            None => self.scope.reach.all || !self.scope.reach.shops.is_empty(),
        }
    }

    /// Shops, of a shop asked for or all, of which the figures of these cells may be told; none for all. The figures
    /// of his own teams and accounts somebody sees wherever they are from, others' as far as his shops go.
    pub fn shops_of(&self, cells: &[Cells], shop: Option<ShopId>) -> Option<Vec<ShopId>> {
        let reach = &self.scope.reach;
        let is_own = |cells: &Cells| match cells {
            Cells::Team(Some(team)) => self.own_teams.contains(team),
            Cells::Agent(Some(agent)) => self.own_agents.contains(agent) || self.own_members.contains(agent),
            _ => false,
        };
        if reach.all || (!cells.is_empty() && cells.iter().all(is_own)) {
            return shop.map(|shop| vec![shop]);
        }
        let held = reach.shops.iter().copied();
        Some(held.filter(|held| shop.is_none_or(|shop| shop == *held)).collect())
    }

    /// Refuses cells whose figures the scope does not reach at all: as if there were none.
    ///
    /// # Errors
    /// `not_found`.
    pub fn reached(&self, cells: Cells, shop: Option<ShopId>) -> Result<Cells> {
        let what = if matches!(cells, Cells::Team(_)) { "team" } else { "agent account" };
        match self.shops_of(&[cells], shop) {
            Some(shops) if shops.is_empty() => Err(Error::not_found(what)),
            _ => Ok(cells),
        }
    }

    /// The figures of an agent account.
    ///
    /// # Errors
    /// `not_found` when the tenant has none of this id.
    pub fn cells_of_agent(&self, id: AccountId) -> Result<Cells> {
        let found = self.accounts.iter().find(|(_, a)| a.id == id);
        found.map(|(number, _)| Cells::Agent(Some(*number))).ok_or_else(|| Error::not_found("agent account"))
    }

    /// The figures of a team.
    ///
    /// # Errors
    /// `not_found` when the tenant has none of this id.
    pub fn cells_of_team(&self, id: TeamId) -> Result<Cells> {
        let found = self.teams.iter().find(|t| t.id == id).and_then(|t| number(t.number));
        found.map(|number| Cells::Team(Some(number))).ok_or_else(|| Error::not_found("team"))
    }

    /// An agent account by its number.
    pub fn account(&self, number: u32) -> Option<&Account> {
        self.accounts.get(&number)
    }
}

fn number(stored: i32) -> Option<u32> {
    u32::try_from(stored).ok()
}
