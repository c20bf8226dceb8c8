//! Adding daily partial results up to the rows of an answer. Pure.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use kexun_base::{Error, Result};

use super::contacts::{Sequences, Which};
use super::query::By;
use super::rules::{DayFigures, Figure, Period, Value};
use super::store::CellRow;

/// The most rows of an answer, scopes times periods: each is made of sets and histograms of its own, and written
/// with a value for every key.
const MOST_ROWS: usize = 50_000;

/// Figures of one scope in one period.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    pub which: Which,
    /// The place of the period among those asked for.
    pub place: usize,
    pub values: Vec<(Figure, Value)>,
}

/// What is added up of each scope and period.
pub(super) struct Sums {
    by: By,
    periods: Arc<[Period]>,
    of_scopes: BTreeMap<Which, Vec<DayFigures>>,
}

impl Sums {
    /// Nothing yet.
    pub fn new(by: By, periods: Arc<[Period]>) -> Self {
        Sums { by, periods, of_scopes: BTreeMap::new() }
    }

    /// The sums of a scope, of nothing where it is new.
    ///
    /// # Errors
    /// `invalid` when the answer would have too many rows.
    pub fn of(&mut self, which: Which) -> Result<&mut [DayFigures]> {
        let scopes = self.of_scopes.len() + 1;
        match self.of_scopes.entry(which) {
            Entry::Occupied(sums) => Ok(sums.into_mut()),
            Entry::Vacant(_) if scopes.saturating_mul(self.periods.len()) > MOST_ROWS => {
                let detail = format!(
                    "{} parts of {scopes} or more agents, teams or shops are more than {MOST_ROWS} rows: \
                     split into longer parts, or ask for fewer days, one shop or one team",
                    self.periods.len()
                );
                Err(Error::field("per", detail))
            }
            Entry::Vacant(place) => Ok(place.insert(vec![DayFigures::default(); self.periods.len()])),
        }
    }

    /// Adds daily partial results.
    ///
    /// # Errors
    /// As [`Sums::of`]; when a row is damaged.
    pub fn add(&mut self, cells: impl IntoIterator<Item = Result<CellRow>>) -> Result<()> {
        for cell in cells {
            let cell = cell?;
            let which = match self.by {
                By::Tenant => Which::Tenant,
                By::Shop => Which::Shop(cell.shop),
                By::Agent | By::Team => Which::Number(cell.number),
            };
            let Some(place) = Period::place(&self.periods, cell.day.date()) else { continue };
            self.of(which)?[place].merge(&cell.figures);
        }
        Ok(())
    }

    /// The values of these figures, by scope and period.
    pub fn values(&self, figures: &[Figure], sequences: &Sequences) -> Vec<Sum> {
        let rows = self.of_scopes.iter().flat_map(|(which, sums)| {
            sums.iter().enumerate().map(|(place, sum)| {
                let value = |figure: &Figure| {
                    let value = figure.evaluate(sum).or_else(|| sequences.value(*figure, *which, place));
                    value.map(|value| (*figure, value))
                };
                Sum { which: *which, place, values: figures.iter().filter_map(value).collect() }
            })
        });
        rows.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use kexun_base::time::Day;
    use kexun_people::tenants::ShopId;
    use uuid::Uuid;

    use super::super::rules::Per;
    use super::*;

    fn days(from: &str, to: &str) -> Arc<[Period]> {
        let period = Period::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
        period.split(Per::Day).collect()
    }

    fn cell(number: i32, day: Day) -> Result<CellRow> {
        let figures = DayFigures { rounds: 1, ..DayFigures::default() };
        Ok(CellRow { shop: ShopId(Uuid::nil()), day, number, figures })
    }

    #[test]
    fn a_scope_has_a_row_for_each_period_and_days_outside_none() {
        let mut sums = Sums::new(By::Agent, days("2026-06-01", "2026-06-03"));
        let on = |day: &str| day.parse::<Day>().unwrap();
        let cells = ["2026-06-02", "2026-06-02", "2026-05-31", "2026-06-04"].map(|day| cell(7, on(day)));
        sums.add(cells).unwrap();
        let rows = sums.of(Which::Number(7)).unwrap();
        assert_eq!(rows.iter().map(|row| row.rounds).collect::<Vec<_>>(), [0, 2, 0]);
    }

    #[test]
    fn too_many_rows_are_refused() {
        let mut sums = Sums::new(By::Agent, days("2020-01-01", "2026-12-31"));
        let refused = (1..).find_map(|number| sums.add([cell(number, "2026-06-01".parse().unwrap())]).err());
        let refused = refused.unwrap();
        assert_eq!(refused.fields[0].field, "per");
        assert!(sums.of_scopes.len() * 2557 <= MOST_ROWS);
        assert!(refused.detail.contains("2557 parts"), "{refused}");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a measurement")]
    fn time_does_not_grow_with_cells_times_periods() {
        let begun = Instant::now();
        let periods = days("2020-01-01", "2026-12-31");
        let mut sums = Sums::new(By::Agent, periods.clone());
        for agent in 1..=15 {
            sums.add(periods.iter().map(|period| cell(agent, Day::from(period.from())))).unwrap();
        }
        let counted: u64 = sums.of_scopes.values().flatten().map(|sum| sum.rounds).sum();
        assert_eq!(counted, 15 * 2557);
        // Looking at each period for each cell would be a hundred million look-ups in a tree.
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}
