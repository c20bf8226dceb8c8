//! Who compares with the trained, and what all of them did.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kexun_base::Result;
use kexun_base::time::Day;
use kexun_people::rights::Scope;
use kexun_people::staff::accounts::{self, Rosters};
use kexun_people::staff::{Member, StaffId, members};
use kexun_people::tenants::{self, Shop, ShopId, Team, TeamId, TenantId};
use kexun_service::editions;
use kexun_service::kpi::rules::{DayFigures, Figure};
use kexun_service::kpi::{Cells, cells};
use sea_orm::ConnectionTrait;

use super::outcome::{ComparedWith, People};
use super::rules::{Presence, Row, Weeks, Windows};
use super::trained::{Days, Zones};

/// Everybody in the tenant, with accounts and places.
pub(super) struct Everybody {
    tenant: TenantId,
    members: Vec<Member>,
    numbers: HashMap<StaffId, Vec<i32>>,
    rosters: Rosters,
    teams: Vec<Team>,
    shops: Vec<Shop>,
}

/// Where somebody stood.
type Place = (Option<ShopId>, Option<TeamId>);

impl Everybody {
    pub async fn load(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Everybody> {
        let mut numbers: HashMap<StaffId, Vec<i32>> = HashMap::new();
        for account in accounts::list_all(db, tenant).await? {
            if let Some(owner) = account.staff_id {
                numbers.entry(owner).or_default().push(account.number);
            }
        }
        Ok(Everybody {
            tenant,
            members: members(db, &Scope::whole(tenant)).await?,
            numbers,
            rosters: Rosters::load(db, tenant).await?,
            teams: tenants::teams_ever(db, tenant).await?,
            shops: tenants::shops(db, tenant).await?,
        })
    }

    /// The zones of everybody's shop.
    pub fn zones(&self) -> Zones {
        let zone = |m: &Member| Some((m.id, self.shops.iter().find(|s| Some(s.id) == m.shop)?.zone));
        self.members.iter().filter_map(zone).collect()
    }

    /// Where somebody stood on a day: as the history of his positions has it, else where he is now.
    fn place(&self, member: &Member, day: Day) -> Place {
        let numbers = self.numbers.get(&member.id).map_or(&[][..], Vec::as_slice);
        let number = numbers.iter().find_map(|number| self.rosters.team_of(*number, day));
        match number.and_then(|number| self.teams.iter().find(|team| team.number == number)) {
            Some(team) => (Some(team.shop), Some(team.id)),
            None => (member.shop, member.team),
        }
    }

    /// Who is comparable in the sense of `how` and not among the trained.
    pub fn comparable(&self, how: ComparedWith, trained: &Days, named: &[StaffId]) -> BTreeSet<StaffId> {
        let Some(day) = trained.values().min().copied() else { return BTreeSet::new() };
        let is_trained = |m: &&Member| trained.contains_key(&m.id);
        let places: BTreeSet<Place> =
            self.members.iter().filter(is_trained).map(|m| self.place(m, day)).collect();
        let fits = |member: &Member| {
            let (shop, team) = self.place(member, day);
            match how {
                ComparedWith::Team => team.is_some() && places.iter().any(|(_, of)| *of == team),
                ComparedWith::Shop => shop.is_some() && places.iter().any(|(of, _)| *of == shop),
                ComparedWith::Organisation => true,
                ComparedWith::Named => named.contains(&member.id),
            }
        };
        let others = self.members.iter().filter(|m| !is_trained(m));
        others.filter(|m| fits(m)).map(|m| m.id).collect()
    }

    /// The rows of these people, in the order of their ids.
    pub async fn rows(
        &self,
        db: &impl ConnectionTrait,
        trained: &Days,
        controls: &BTreeSet<StaffId>,
        figure: Figure,
        weeks: &Weeks,
    ) -> Result<Vec<Row>> {
        let all: BTreeSet<StaffId> = trained.keys().chain(controls).copied().collect();
        let mut owners: HashMap<i32, StaffId> = HashMap::new();
        for staff in &all {
            let numbers = self.numbers.get(staff).into_iter().flatten();
            owners.extend(numbers.map(|number| (*number, *staff)));
        }
        let edition = editions::published(db, self.tenant).await?;
        let numbers = Some(owners.keys().copied().collect());
        let wanted = Cells { scope: "agent", days: weeks.all_days(), shops: None, numbers };
        let found = cells(db, self.tenant, edition, &wanted).await?;
        let mut days: BTreeMap<StaffId, Vec<(Day, &DayFigures)>> = BTreeMap::new();
        for cell in &found {
            if let Some(owner) = owners.get(&cell.number) {
                days.entry(*owner).or_default().push((cell.day, &cell.figures));
            }
        }
        let row = |staff: &StaffId| {
            let own = days.get(staff).map_or(&[][..], Vec::as_slice);
            Row::of(*staff, trained.get(staff).copied(), own, figure, weeks)
        };
        Ok(all.iter().map(row).collect())
    }

    /// How many of a group there are, and why some do not count.
    pub fn count<'a>(&self, rows: impl Iterator<Item = &'a Row>, windows: &Windows) -> People {
        let mut people = People::default();
        for row in rows {
            people.people += 1;
            match row.presence(windows) {
                Presence::Both => people.counted += 1,
                Presence::OnlyBefore => people.only_before += 1,
                Presence::OnlyAfter => people.only_after += 1,
                Presence::Never if self.numbers.contains_key(&row.staff) => people.without_cases += 1,
                Presence::Never => people.without_account += 1,
            }
        }
        people
    }
}
