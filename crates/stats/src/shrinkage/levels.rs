//! The common part of pooling shares and means: units around their groups' centres, groups around
//! the population's.
//!
//! One bell shape does not describe units of which most are alike and a few stand far off: it would
//! be too wide for the many and too narrow for the few, and the certainties would be wrong for both.
//! So the true values are taken as a mixture of bells of different widths around the same centre,
//! whose shares are estimated (Stephens 2017, "False discovery rates: a new deal", Biostatistics
//! 18: 275–294). The widths stand around that of the best single bell.

use super::centres::{Centres, pool};
use super::{FEWEST_UNITS, Uncertain};

/// Widths (standard deviations) of the bells, relative to the best single one.
pub(super) const WIDTHS: [f64; 6] = [0.125, 0.25, 0.5, 1.0, 2.0, 4.0];
/// So many units' worth of belief in the best single bell; outweighed where there are many units.
const BELIEF: f64 = 1.0;
/// Rounds of expectation and maximisation end when no bell's share moves by more than this, which
/// changes no certainty visibly, or after [`MOST_ROUNDS`].
const SETTLED: f64 = 1e-3;
const MOST_ROUNDS: usize = 100;

/// Measured units in groups.
pub(super) struct Levels<'a> {
    /// Raw values.
    pub raw: &'a [f64],
    /// Their sampling variances.
    pub errors: &'a [f64],
    /// For each unit its group, counted from 0.
    pub places: &'a [usize],
    /// Number of groups.
    pub groups: usize,
}

/// What was estimated above the units.
pub(super) struct Fitted {
    pub centres: Centres,
    /// Variance of true values within groups, over all bells.
    pub spread: f64,
    /// For each unit the probability that it belongs to each bell.
    pub bells: Vec<[f64; WIDTHS.len()]>,
}

impl Levels<'_> {
    /// Fits the mixture. `spread` is the variance of the best single bell, and `log_marginal` says
    /// how probable a unit's data are if it belongs to a bell around a centre: (unit, bell, centre).
    pub fn fit(&self, spread: f64, log_marginal: impl Fn(usize, usize, f64) -> f64) -> Fitted {
        let variances = WIDTHS.map(|width| width * width * spread);
        let mut shares = WIDTHS.map(|_| 1.0 / WIDTHS.len() as f64);
        let mut bells = vec![WIDTHS.map(|width| f64::from(width == 1.0)); self.raw.len()];
        let mut centres = pool(&self.group_centres(&variances, &bells));
        for _ in 0..MOST_ROUNDS {
            for (i, bell) in bells.iter_mut().enumerate() {
                let centre = centres.groups[self.places[i]].mean;
                *bell = std::array::from_fn(|k| shares[k].ln() + log_marginal(i, k, centre));
                normalise(bell);
            }
            let total = BELIEF + self.raw.len() as f64;
            let mut moved: f64 = 0.0;
            for (k, share) in shares.iter_mut().enumerate() {
                let believed = if WIDTHS[k] == 1.0 { BELIEF } else { 0.0 };
                let seen: f64 = bells.iter().map(|bell| bell[k]).sum();
                // Never quite 0, whose logarithm could not come back.
                let next = ((believed + seen) / total).max(1e-12);
                moved = moved.max((next - *share).abs());
                *share = next;
            }
            centres = pool(&self.group_centres(&variances, &bells));
            if moved < SETTLED {
                break;
            }
        }
        let spread = shares.iter().zip(&variances).map(|(s, v)| s * v).sum();
        Fitted { centres, spread, bells }
    }

    /// Each group's centre from its own units; those of a wide bell say little about it.
    fn group_centres(
        &self,
        variances: &[f64; WIDTHS.len()],
        bells: &[[f64; WIDTHS.len()]],
    ) -> Vec<Uncertain> {
        let weights = bells.iter().zip(self.errors).map(|(bell, error)| {
            let parts = bell.iter().zip(variances);
            parts.map(|(share, v)| share / (v + error)).sum()
        });
        self.centres_by(weights)
    }

    /// Each group's weighted mean.
    pub fn centres_by(&self, weights: impl Iterator<Item = f64>) -> Vec<Uncertain> {
        let mut sums = vec![(0.0, 0.0); self.groups];
        for (i, weight) in weights.enumerate() {
            let sum = &mut sums[self.places[i]];
            sum.0 += weight;
            sum.1 += weight * self.raw[i];
        }
        sums.iter().map(|&(total, sum)| Uncertain { mean: sum / total, variance: 1.0 / total }).collect()
    }

    /// For each unit the precision-weighted mean of all others, if true values in the whole
    /// population have variance `spread`.
    pub fn leave_one_out(&self, spread: f64) -> Vec<Option<Uncertain>> {
        if self.raw.len() < FEWEST_UNITS {
            return vec![None; self.raw.len()];
        }
        let weights: Vec<f64> = self.errors.iter().map(|v| 1.0 / (v + spread)).collect();
        let total: f64 = weights.iter().sum();
        let sum: f64 = weights.iter().zip(self.raw).map(|(w, y)| w * y).sum();
        let error: f64 = weights.iter().zip(self.errors).map(|(w, v)| w * w * v).sum();
        (0..self.raw.len())
            .map(|i| {
                let (weight, rest) = (weights[i], total - weights[i]);
                Some(Uncertain {
                    mean: (sum - weight * self.raw[i]) / rest,
                    variance: (error - weight * weight * self.errors[i]).max(0.0) / (rest * rest),
                })
            })
            .collect()
    }
}

/// From logarithms of weights to probabilities.
fn normalise(logs: &mut [f64; WIDTHS.len()]) {
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    for log in logs.iter_mut() {
        *log = (*log - largest).exp();
        total += *log;
    }
    for share in logs {
        *share /= total;
    }
}
