//! Moderated variances: a variance from few cases drawn towards what is usual.
//!
//! A unit that happens to have five nearly equal cases would otherwise look measured to perfection.
//! Smyth (2004), "Linear models and empirical Bayes methods for assessing differential expression
//! in microarray experiments", sections 3 and 6.2: sample variances follow a scaled F distribution,
//! whose two parameters are fitted by the moments of their logarithms.

use crate::special::{digamma, inverse_trigamma, trigamma};

/// A variance and how many degrees of freedom stand behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moderated {
    /// The variance, > 0.
    pub variance: f64,
    /// Degrees of freedom, own and borrowed.
    pub df: f64,
}

/// As many borrowed degrees of freedom as stand for "all variances are the same".
const MOST_BORROWED: f64 = 1e6;

/// Moderates sample variances, given with their degrees of freedom (number of independent cases
/// minus one; 0 where there is no variance of its own). In the order of the input.
#[must_use]
pub fn moderate(samples: &[(f64, f64)]) -> Vec<Moderated> {
    let usual = median_variance(samples);
    // Cases that are all equal to the second have a variance of 0, whose logarithm would upset
    // the fit.
    let floor = if usual > 0.0 { 1e-4 * usual } else { 1e-6 };
    let (prior, borrowed) = fit(samples, floor);
    samples
        .iter()
        .map(|&(variance, df)| {
            let own = if df > 0.0 { df * variance.max(floor) } else { 0.0 };
            Moderated { variance: (borrowed * prior + own) / (borrowed + df), df: borrowed + df }
        })
        .collect()
}

/// The usual variance and how many degrees of freedom it is worth.
fn fit(samples: &[(f64, f64)], floor: f64) -> (f64, f64) {
    let logs: Vec<(f64, f64)> = samples
        .iter()
        .filter(|sample| sample.1 > 0.0)
        .map(|&(variance, df)| {
            let half = 0.5 * df;
            (variance.max(floor).ln() - digamma(half) + half.ln(), trigamma(half))
        })
        .collect();
    if logs.is_empty() {
        return (1.0, 1.0);
    }
    let count = logs.len() as f64;
    let mean = logs.iter().map(|x| x.0).sum::<f64>() / count;
    let noise = logs.iter().map(|x| x.1).sum::<f64>() / count;
    let scatter = logs.iter().map(|x| (x.0 - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
    if scatter - noise <= 2.0 / MOST_BORROWED {
        return (mean.exp(), MOST_BORROWED);
    }
    let borrowed = 2.0 * inverse_trigamma(scatter - noise);
    let half = 0.5 * borrowed;
    ((mean + digamma(half) - half.ln()).exp(), borrowed)
}

fn median_variance(samples: &[(f64, f64)]) -> f64 {
    let mut own: Vec<f64> = samples.iter().filter(|s| s.1 > 0.0).map(|s| s.0).collect();
    own.sort_by(f64::total_cmp);
    own.get(own.len() / 2).copied().unwrap_or(0.0)
}
