//! The upper level: groups' centres drawn towards the population's.

use super::Uncertain;
use crate::optimise::maximise;

/// The groups' centres after pooling.
pub(super) struct Centres {
    /// One per group, drawn towards the population's centre.
    pub groups: Vec<Uncertain>,
    /// The population's centre.
    pub whole: Uncertain,
    /// Variance of true centres between groups.
    pub variance: f64,
}

/// Pools the groups' centres; `own` are their estimates from their own units alone.
pub(super) fn pool(own: &[Uncertain]) -> Centres {
    let variance = variance_between(own);
    let whole = weighted(own, variance);
    let groups = own
        .iter()
        .map(|group| {
            if variance <= 0.0 {
                return whole;
            }
            let keep = variance / (variance + group.variance);
            Uncertain {
                mean: whole.mean + keep * (group.mean - whole.mean),
                variance: keep * group.variance + (1.0 - keep).powi(2) * whole.variance,
            }
        })
        .collect();
    Centres { groups, whole, variance }
}

fn weighted(own: &[Uncertain], variance: f64) -> Uncertain {
    let (total, sum) = own.iter().fold((0.0, 0.0), |(total, sum), group| {
        let weight = 1.0 / (group.variance + variance);
        (total + weight, sum + weight * group.mean)
    });
    Uncertain { mean: sum / total, variance: 1.0 / total }
}

/// Restricted maximum likelihood estimate of the variance between groups; 0 where the data do not
/// show that groups differ.
fn variance_between(own: &[Uncertain]) -> f64 {
    if own.len() < 2 {
        return 0.0;
    }
    let log_likelihood = |variance: f64| {
        let centre = weighted(own, variance);
        own.iter().fold(0.5 * centre.variance.ln(), |sum, group| {
            let v = group.variance + variance;
            sum - 0.5 * (v.ln() + (group.mean - centre.mean).powi(2) / v)
        })
    };
    let smallest = own.iter().map(|g| g.variance).fold(f64::INFINITY, f64::min);
    let (low, high) = own
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), g| (low.min(g.mean), high.max(g.mean)));
    let widest = (high - low).powi(2).max(smallest);
    let least = (1e-4 * smallest).ln();
    let best = maximise(least, widest.ln() + 1.0, 1e-4, |x| log_likelihood(x.exp())).exp();
    if log_likelihood(best) > log_likelihood(0.0) { best } else { 0.0 }
}
