//! Means, such as of log times: normal-normal partial pooling.

use super::levels::{Levels, WIDTHS};
use super::posterior::Bell;
use super::variances::{Moderated, moderate};
use super::{FEWEST_UNITS, Impossible, PooledUnit, Population, Posterior, Uncertain, dense_groups};
use crate::optimise::maximise;

/// The cases of one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanUnit {
    /// Which group the unit is in.
    pub group: usize,
    /// Number of cases, ≥ 1.
    pub n: u64,
    /// Number of independent clusters they came in, 1 ≤ clusters ≤ n; n if all are independent.
    pub clusters: u64,
    /// Mean value.
    pub mean: f64,
    /// Variance of that mean, cluster-robust where clusters matter
    /// ([`ClusterMoments::variance_of_mean`](crate::moments::ClusterMoments::variance_of_mean)).
    /// None with a single cluster; the peers' variance then stands in.
    pub variance_of_mean: Option<f64>,
}

/// Pools means.
///
/// # Errors
/// If a unit has no cases, more clusters than cases, or a value that is not finite.
pub fn pool_means(units: &[MeanUnit]) -> Result<Population, Impossible> {
    if let Some(index) = units.iter().position(|unit| !possible(unit)) {
        return Err(Impossible { index });
    }
    let samples: Vec<(f64, f64)> = units
        .iter()
        .map(|unit| match unit.variance_of_mean {
            Some(variance) if unit.clusters > 1 => (variance * unit.n as f64, (unit.clusters - 1) as f64),
            _ => (0.0, 0.0),
        })
        .collect();
    let cases = moderate(&samples);
    let raw: Vec<f64> = units.iter().map(|unit| unit.mean).collect();
    let errors: Vec<f64> =
        units.iter().zip(&cases).map(|(unit, case)| case.variance / unit.n as f64).collect();
    let (places, groups) = dense_groups(units.iter().map(|unit| unit.group));
    let levels = Levels { raw: &raw, errors: &errors, places: &places, groups };
    Ok(pool(&levels, &cases))
}

fn possible(unit: &MeanUnit) -> bool {
    (1..=unit.n).contains(&unit.clusters)
        && unit.mean.is_finite()
        && unit.variance_of_mean.is_none_or(|v| v.is_finite() && v >= 0.0)
}

fn pool(levels: &Levels<'_>, cases: &[Moderated]) -> Population {
    let count = cases.len().max(1) as f64;
    let case_spread = (cases.iter().map(|case| case.variance).sum::<f64>() / count).sqrt();
    if cases.len() < FEWEST_UNITS {
        return alone(levels, cases, case_spread);
    }
    let single = single_spread(levels);
    let fitted = levels.fit(single, |i, bell, centre| {
        let v = levels.errors[i] + WIDTHS[bell].powi(2) * single;
        -0.5 * (v.ln() + (levels.raw[i] - centre).powi(2) / v)
    });
    let others = levels.leave_one_out(fitted.spread + fitted.centres.variance);
    let units = (0..cases.len())
        .map(|i| {
            let (error, prior) = (levels.errors[i], fitted.centres.groups[levels.places[i]]);
            let keep = WIDTHS.map(|width| {
                let spread = width * width * single;
                spread / (spread + error)
            });
            let parts = keep.iter().zip(&fitted.bells[i]).map(|(&keep, &share)| {
                let variance = keep * error + (1.0 - keep).powi(2) * prior.variance;
                // Satterthwaite: only the part keep² · error of the variance is itself estimated.
                let certain = variance / (keep * keep * error);
                let bell = Bell::Student {
                    mean: prior.mean + keep * (levels.raw[i] - prior.mean),
                    scale: variance.sqrt(),
                    df: cases[i].df * certain.powi(2).min(1e9),
                };
                (share, bell)
            });
            PooledUnit {
                raw: levels.raw[i],
                own_error: error.sqrt(),
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
        case_spread,
    }
}

/// Too few units to learn from each other: everyone's own mean with a flat prior.
fn alone(levels: &Levels<'_>, cases: &[Moderated], case_spread: f64) -> Population {
    let units = (0..cases.len())
        .map(|i| {
            let bell = Bell::Student { mean: levels.raw[i], scale: levels.errors[i].sqrt(), df: cases[i].df };
            PooledUnit {
                raw: levels.raw[i],
                own_error: levels.errors[i].sqrt(),
                weight: 1.0,
                posterior: Posterior::mixture(std::iter::once((1.0, bell))),
                others: None,
            }
        })
        .collect();
    let count = cases.len().max(1) as f64;
    Population {
        units,
        centre: Uncertain {
            mean: levels.raw.iter().sum::<f64>() / count,
            variance: levels.errors.iter().sum::<f64>() / (count * count),
        },
        spread: 0.0,
        group_spread: 0.0,
        case_spread,
    }
}

/// Variance of true values within groups, were it a single bell: restricted maximum likelihood with
/// the groups' centres free, penalised by the logarithm of the standard deviation (Chung,
/// Rabe-Hesketh, Dorie, Gelman, Liu 2013), so that few units do not make it 0, which would call
/// everybody equal with certainty.
fn single_spread(levels: &Levels<'_>) -> f64 {
    let free = levels.raw.len() - levels.groups;
    let penalty = if free >= 3 { 0.5 } else { 0.0 };
    let objective = |log: f64| {
        let spread = log.exp();
        let centres = levels.centres_by(levels.errors.iter().map(|v| 1.0 / (v + spread)));
        let start = penalty * log + centres.iter().map(|c| 0.5 * c.variance.ln()).sum::<f64>();
        (0..levels.raw.len()).fold(start, |sum, i| {
            let v = levels.errors[i] + spread;
            let distance = levels.raw[i] - centres[levels.places[i]].mean;
            sum - 0.5 * (v.ln() + distance.powi(2) / v)
        })
    };
    let usual = levels.errors.iter().sum::<f64>() / levels.errors.len() as f64;
    let (low, high) = levels
        .raw
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)));
    let widest = (high - low).powi(2).max(usual);
    maximise((1e-6 * usual).ln(), widest.ln() + 1.0, 1e-3, objective).exp()
}
