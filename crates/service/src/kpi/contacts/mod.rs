//! One-contact resolution needs the sequence of a customer's contacts, which days do not add up to. So
//! beside its partial results a day of a shop keeps the contacts that begin on it, a few bytes each, and
//! a question puts those of its days together.

mod entity;
pub mod migration;
mod store;

use std::collections::HashMap;

use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::staff::accounts::Rosters;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::ConnectionTrait;
use tokio::task::JoinHandle;

use super::query::By;
use super::rules::{DayContacts, Figure, Owned, Period, Resolved, Sequence, Value};

pub(super) use store::{Begun, days, on_day, replace};

/// Which first contacts a question is about, and how they are told apart.
pub(super) struct Wanted<'a> {
    /// Whose.
    pub tenant: TenantId,
    /// As seen in this edition.
    pub edition: i64,
    /// Of these shops.
    pub shops: &'a [ShopId],
    /// Rows of the answer.
    pub by: By,
    /// Periods of the answer, in order.
    pub periods: &'a [Period],
    /// Who was in which team.
    pub rosters: &'a Rosters,
}

/// A shop's contacts that are being put together.
type Resolving = JoinHandle<Result<Vec<Owned<Day>>>>;

/// The figures that need the sequence of contacts: their hours, and what was resolved within them.
pub(super) struct Sequences {
    hours: Vec<u32>,
    resolved: HashMap<(Which, usize), Vec<Resolved>>,
}

impl Sequences {
    /// Looks at each contact once, however many rows and figures are asked for; a shop at a time, for a
    /// customer is one of one shop.
    ///
    /// # Errors
    /// When the database refuses or a row is damaged.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        wanted: &Wanted<'_>,
        figures: impl Iterator<Item = Figure>,
    ) -> Result<Sequences> {
        let hours =
            figures.filter_map(|figure| if let Figure::Fcr(hours) = figure { Some(hours) } else { None });
        let hours: Vec<u32> = hours.collect();
        let mut sequences = Sequences { hours, resolved: HashMap::new() };
        let (Some(&longest), Some(first), Some(last)) =
            (sequences.hours.iter().max(), wanted.periods.first(), wanted.periods.last())
        else {
            return Ok(sequences);
        };
        let margin = i32::try_from(longest / 24 + 2).unwrap_or(i32::MAX);
        let around = (Day::from(first.from()).plus(-margin), Day::from(last.to()).plus(margin));
        let mut resolving: Option<(ShopId, Resolving)> = None;
        for &shop in wanted.shops {
            // While one shop's contacts are put together, the next one's are read.
            let days = store::touching(db, wanted.tenant, wanted.edition, shop, around).await?;
            if let Some((shop, resolving)) = resolving.take() {
                sequences.add(wanted, shop, end_of(resolving).await?);
            }
            let hours = sequences.hours.clone();
            resolving = Some((shop, tokio::task::spawn_blocking(move || resolved(&days, &hours))));
        }
        if let Some((shop, resolving)) = resolving {
            sequences.add(wanted, shop, end_of(resolving).await?);
        }
        Ok(sequences)
    }

    fn add(&mut self, wanted: &Wanted<'_>, shop: ShopId, owned: Vec<Owned<Day>>) {
        for owned in owned.iter().filter(|owned| owned.tallies.iter().any(|tally| !tally.is_empty())) {
            let Some(place) = Period::place(wanted.periods, owned.day.date()) else { continue };
            for which in owners(owned, shop, wanted.by, wanted.rosters) {
                let nothing = || vec![Resolved::default(); owned.tallies.len()];
                let sums = self.resolved.entry((which, place)).or_insert_with(nothing);
                sums.iter_mut().zip(&owned.tallies).for_each(|(sum, tally)| sum.merge(*tally));
            }
        }
    }

    /// The value of a figure in a row of the answer; none for a figure that needs no sequence.
    pub(super) fn value(&self, figure: Figure, which: Which, place: usize) -> Option<Value> {
        let Figure::Fcr(hours) = figure else { return None };
        let at = self.hours.iter().position(|h| *h == hours)?;
        let resolved = self.resolved.get(&(which, place)).map(|tallies| tallies[at]);
        Some(resolved.unwrap_or_default().value(hours))
    }
}

fn resolved(days: &[(Day, Vec<u8>)], hours: &[u32]) -> Result<Vec<Owned<Day>>> {
    let mut sequence = Sequence::default();
    for (day, contacts) in days {
        let damaged = |e| Error::internal(format!("contacts of {day} are damaged ({e}): run `kexun check`"));
        sequence.add(*day, DayContacts::decode(contacts).map_err(damaged)?);
    }
    Ok(sequence.resolve(hours))
}

async fn end_of(work: Resolving) -> Result<Vec<Owned<Day>>> {
    work.await.map_err(|e| Error::internal(format!("putting contacts together broke: {e}")))?
}

/// Whose contacts are: all their agents', all their teams'; of no agent or team where there is none.
fn owners(owned: &Owned<Day>, shop: ShopId, by: By, rosters: &Rosters) -> Vec<Which> {
    let agents = owned.agents.iter().filter_map(|agent| i32::try_from(*agent).ok());
    let mut numbers: Vec<i32> = match by {
        By::Tenant => return vec![Which::Tenant],
        By::Shop => return vec![Which::Shop(shop)],
        By::Agent => agents.collect(),
        By::Team => agents.filter_map(|agent| rosters.team_of(agent, owned.day)).collect(),
    };
    if numbers.is_empty() {
        numbers.push(0);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(Which::Number).collect()
}

/// Of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Which {
    Tenant,
    Shop(ShopId),
    Number(i32),
}
