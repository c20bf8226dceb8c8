//! Empirical Bayes partial pooling: a unit's value drawn towards its peers' as far as its own
//! cases are few.
//!
//! Three levels: units within groups within a population. A unit's true value is taken as drawn
//! from a distribution around its group's centre, the groups' centres from one around the
//! population's; how wide these distributions are is estimated from the data. [`pool_shares`]
//! does this for shares (beta-binomial), [`pool_means`] for means, such as of log times
//! (normal-normal with moderated variances). Formulas and sources: `docs/statistics.md`.

mod centres;
mod levels;
mod means;
mod posterior;
mod shares;
mod variances;

pub use means::{MeanUnit, pool_means};
pub use posterior::{Bell, Direction, Posterior};
pub use shares::{ShareUnit, log_beta_binomial, pool_shares};
pub use variances::{Moderated, moderate};

use std::collections::BTreeMap;
use thiserror::Error;

/// Fewer units than this teach nothing about how units differ: each then stands alone.
pub const FEWEST_UNITS: usize = 3;

/// A value that is known with an error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncertain {
    /// The estimate.
    pub mean: f64,
    /// The variance of its error; 0 for a value that is given.
    pub variance: f64,
}

/// What is known of one unit after pooling.
#[derive(Clone, Debug, PartialEq)]
pub struct PooledUnit {
    /// The unit's value from its own cases alone.
    pub raw: f64,
    /// Standard error of `raw`, from the number of its cases (and their spread, for means).
    pub own_error: f64,
    /// How far the estimate rests on the unit's own cases: 0 (peers only) to 1 (own cases only).
    pub weight: f64,
    /// What is known of the unit's true value.
    pub posterior: Posterior,
    /// Centre of all *other* units' true values, without this unit, so that it does not pull its
    /// own yardstick; the variance is the error made by their finite numbers of cases. None with
    /// fewer than [`FEWEST_UNITS`] units.
    pub others: Option<Uncertain>,
}

/// All units of one measure after pooling.
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    /// The units, in the order of the input.
    pub units: Vec<PooledUnit>,
    /// Centre of the population.
    pub centre: Uncertain,
    /// Standard deviation of true values between units of one group.
    pub spread: f64,
    /// Standard deviation of true centres between groups.
    pub group_spread: f64,
    /// Standard deviation of a single case around its unit's value, design effect included.
    pub case_spread: f64,
}

/// An input that is no measurement: no cases, hits beyond the cases, a value that is not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("unit number {index} is not a possible measurement")]
pub struct Impossible {
    /// Place in the input.
    pub index: usize,
}

/// Numbers the groups 0, 1, … and says for each unit which it is in. Where groups have fewer than two
/// units on average, they cannot be told from their units: all then count as one group.
fn dense_groups(groups: impl Iterator<Item = usize>) -> (Vec<usize>, usize) {
    let mut names = BTreeMap::new();
    let places: Vec<usize> = groups
        .map(|group| {
            let next = names.len();
            *names.entry(group).or_insert(next)
        })
        .collect();
    if places.len() < 2 * names.len() {
        return (vec![0; places.len()], 1);
    }
    (places, names.len())
}
