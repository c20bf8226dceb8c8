//! Shares: beta-binomial partial pooling.

use super::levels::{Levels, WIDTHS};
use super::posterior::{Bell, widened};
use super::{FEWEST_UNITS, Impossible, PooledUnit, Population, Posterior, Uncertain, dense_groups};
use crate::optimise::maximise;
use crate::special::{ln_beta, ln_gamma};

/// The cases of one unit. Numbers may be broken: a caller whose cases come in clusters divides
/// both by the design effect ([`share_design_effect`](crate::moments::share_design_effect)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareUnit {
    /// Which group the unit is in.
    pub group: usize,
    /// Number of hits, 0 ≤ hits ≤ n.
    pub hits: f64,
    /// Number of cases, > 0.
    pub n: f64,
}

/// Logarithm of the probability of `hits` among `n` cases if the share is drawn from
/// Beta(`alpha`, `beta`): the beta-binomial distribution.
#[must_use]
pub fn log_beta_binomial(hits: f64, n: f64, alpha: f64, beta: f64) -> f64 {
    let choose = ln_gamma(n + 1.0) - ln_gamma(hits + 1.0) - ln_gamma(n - hits + 1.0);
    choose + ln_beta(alpha + hits, beta + n - hits) - ln_beta(alpha, beta)
}

/// The same without the part that does not depend on the prior, for a prior of a mean and a size.
fn log_marginal(unit: &ShareUnit, mean: f64, size: f64) -> f64 {
    let (alpha, beta) = (mean * size, (1.0 - mean) * size);
    ln_beta(alpha + unit.hits, beta + unit.n - unit.hits) - ln_beta(alpha, beta)
}

/// The least number of cases that a prior is worth.
const LEAST_SIZE: f64 = 0.5;

/// Keeps a share off 0 and 1, where no beta distribution has its mean.
fn inside(share: f64) -> f64 {
    share.clamp(1e-6, 1.0 - 1e-6)
}

/// Pools shares.
///
/// # Errors
/// If a unit has no cases, hits beyond its cases, or a number that is not finite.
pub fn pool_shares(units: &[ShareUnit]) -> Result<Population, Impossible> {
    let possible =
        |unit: &ShareUnit| unit.n > 0.0 && unit.n.is_finite() && (0.0..=unit.n).contains(&unit.hits);
    if let Some(index) = units.iter().position(|unit| !possible(unit)) {
        return Err(Impossible { index });
    }
    let (places, groups) = dense_groups(units.iter().map(|unit| unit.group));
    let (hits, n) = units.iter().fold((0.0, 0.0), |(hits, n), unit| (hits + unit.hits, n + unit.n));
    let sample = Sample { units, places: &places, groups, crude: (hits + 0.5) / (n + 1.0) };
    Ok(sample.pool())
}

struct Sample<'a> {
    units: &'a [ShareUnit],
    places: &'a [usize],
    groups: usize,
    /// Share of hits among all cases together, kept off 0 and 1.
    crude: f64,
}

impl Sample<'_> {
    fn pool(&self) -> Population {
        let room = self.crude * (1.0 - self.crude);
        // A unit's own share of 0 would claim to have no error: take the common share's.
        let raw: Vec<f64> = self.units.iter().map(|unit| unit.hits / unit.n).collect();
        let errors: Vec<f64> = self.units.iter().map(|unit| room / unit.n).collect();
        if raw.len() < FEWEST_UNITS {
            return self.alone(&raw, &errors);
        }
        let levels = Levels { raw: &raw, errors: &errors, places: self.places, groups: self.groups };
        let single = self.prior_size() + 1.0;
        let sizes = WIDTHS.map(|width| (single / (width * width) - 1.0).max(LEAST_SIZE));
        let fitted = levels
            .fit(room / single, |i, bell, centre| log_marginal(&self.units[i], inside(centre), sizes[bell]));
        let others = levels.leave_one_out(fitted.spread + fitted.centres.variance);
        let units = (0..raw.len())
            .map(|i| {
                let unit = &self.units[i];
                let prior = fitted.centres.groups[self.places[i]];
                let keep = sizes.map(|size| unit.n / (unit.n + size));
                let parts = (0..sizes.len()).map(|k| {
                    let alpha = inside(prior.mean) * sizes[k];
                    // The group's centre is itself only estimated: its error widens the result.
                    let (alpha, beta) = widened(
                        alpha + unit.hits,
                        sizes[k] - alpha + unit.n - unit.hits,
                        (1.0 - keep[k]).powi(2) * prior.variance,
                    );
                    (fitted.bells[i][k], Bell::Beta { alpha, beta })
                });
                PooledUnit {
                    raw: raw[i],
                    own_error: errors[i].sqrt(),
                    weight: keep.iter().zip(&fitted.bells[i]).map(|(k, s)| k * s).sum(),
                    posterior: Posterior::mixture(parts),
                    others: others[i],
                }
            })
            .collect();
        Population {
            units,
            centre: fitted.centres.whole,
            spread: fitted.spread.sqrt(),
            group_spread: fitted.centres.variance.sqrt(),
            case_spread: room.sqrt(),
        }
    }

    /// Too few units to learn from each other: everyone's own cases with Jeffreys' prior.
    fn alone(&self, raw: &[f64], errors: &[f64]) -> Population {
        let room = self.crude * (1.0 - self.crude);
        let units = self
            .units
            .iter()
            .enumerate()
            .map(|(i, unit)| {
                let bell = Bell::Beta { alpha: unit.hits + 0.5, beta: unit.n - unit.hits + 0.5 };
                PooledUnit {
                    raw: raw[i],
                    own_error: errors[i].sqrt(),
                    weight: unit.n / (unit.n + 1.0),
                    posterior: Posterior::mixture(std::iter::once((1.0, bell))),
                    others: None,
                }
            })
            .collect();
        let n: f64 = self.units.iter().map(|unit| unit.n).sum();
        Population {
            units,
            centre: Uncertain { mean: self.crude, variance: room / n.max(1.0) },
            spread: 0.0,
            group_spread: 0.0,
            case_spread: room.sqrt(),
        }
    }

    /// Each group's share from its own units, if the prior is worth `size` cases.
    fn group_centres(&self, size: f64) -> Vec<Uncertain> {
        let mut sums = vec![(0.0, 0.0, 0.0); self.groups];
        for (unit, &place) in self.units.iter().zip(self.places) {
            // Cases of one unit say the less about the group the more alike they are.
            let weight = (size + 1.0) / (size + unit.n);
            let sum = &mut sums[place];
            sum.0 += weight * unit.n;
            sum.1 += weight * unit.hits;
            sum.2 += unit.n;
        }
        sums.iter()
            .map(|&(total, hits, n)| {
                let edge = 0.5 / (n + 1.0);
                Uncertain {
                    mean: (hits / total).clamp(edge, 1.0 - edge),
                    variance: self.crude * (1.0 - self.crude) / total,
                }
            })
            .collect()
    }

    /// How many cases the prior is worth (alpha + beta): maximum of the marginal likelihood over
    /// units, adjusted for the estimated centres of groups (Cox and Reid 1987) and penalised like
    /// the spread of means.
    fn prior_size(&self) -> f64 {
        let free = self.units.len() - self.groups;
        let penalty = if free >= 3 { 0.5 } else { 0.0 };
        let objective = |log_size: f64| {
            let size = log_size.exp();
            let centres = self.group_centres(size);
            let start =
                -penalty * (size + 1.0).ln() + centres.iter().map(|c| 0.5 * c.variance.ln()).sum::<f64>();
            self.units
                .iter()
                .zip(self.places)
                .fold(start, |sum, (unit, &place)| sum + log_marginal(unit, centres[place].mean, size))
        };
        maximise(1.0_f64.ln(), 1e5_f64.ln(), 1e-3, objective).exp()
    }
}
