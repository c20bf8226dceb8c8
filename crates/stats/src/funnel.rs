//! Funnel plots: how far a value of so many cases strays by chance alone.
//!
//! Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in
//! Medicine 24: 1185–1202. Limits narrow as cases grow; a point outside them is not explained by
//! chance. Where units differ more than chance anyway, the limits are widened by the square root of
//! the over-dispersion.

use crate::special::{binomial_cdf, normal_quantile};

/// Limits at one number of cases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Number of cases.
    pub n: u64,
    /// Lower and upper limit between which 95 % lie.
    pub limits_95: (f64, f64),
    /// Lower and upper limit between which 99.8 % lie.
    pub limits_998: (f64, f64),
}

/// Share of the smallest and of the largest values that are pulled in before the over-dispersion
/// is measured, so that the outliers which the plot is to show do not hide themselves.
const WINSORISED: f64 = 0.1;

/// Limits of a share around `centre` for each number of cases in `sizes` (0 gives 0 to 1).
/// `over_dispersion` ≥ 1 as from [`over_dispersion`]. Values in \[0, 1\].
#[must_use]
pub fn share_limits(centre: f64, over_dispersion: f64, sizes: &[u64]) -> Vec<Limits> {
    let widen = over_dispersion.max(1.0).sqrt();
    let limit = |n, p| {
        let exact = binomial_limit(n, centre, p);
        (centre + widen * (exact - centre)).clamp(0.0, 1.0)
    };
    sizes
        .iter()
        .map(|&n| Limits {
            n,
            limits_95: (limit(n, 0.025), limit(n, 0.975)),
            limits_998: (limit(n, 0.001), limit(n, 0.999)),
        })
        .collect()
}

/// Limits of a mean around `centre` for each number of cases in `sizes` (0 gives −∞ to +∞);
/// `case_spread` is the standard deviation of a single case.
#[must_use]
pub fn mean_limits(centre: f64, case_spread: f64, over_dispersion: f64, sizes: &[u64]) -> Vec<Limits> {
    let limits = |n: u64, p: f64| {
        let error = case_spread * (over_dispersion.max(1.0) / n as f64).sqrt();
        let reach = normal_quantile(1.0 - p) * error;
        (centre - reach, centre + reach)
    };
    sizes.iter().map(|&n| Limits { n, limits_95: limits(n, 0.025), limits_998: limits(n, 0.001) }).collect()
}

/// How many times larger the scatter of units is than chance explains: the winsorised mean of
/// squared standardised distances (`z` = (value − centre) / standard error), at least 1.
/// 1 without units. Spiegelhalter (2005), section 3.2.
#[must_use]
pub fn over_dispersion(z: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = z.iter().copied().filter(|z| !z.is_nan()).collect();
    if sorted.is_empty() {
        return 1.0;
    }
    sorted.sort_by(f64::total_cmp);
    let cut = (WINSORISED * sorted.len() as f64).floor() as usize;
    let (low, high) = (sorted[cut], sorted[sorted.len() - 1 - cut]);
    let squares: f64 = sorted.iter().map(|z| z.clamp(low, high).powi(2)).sum();
    (squares / sorted.len() as f64).max(1.0)
}

/// The share below which a unit of `n` cases lies with probability `p`, interpolated between the
/// whole numbers of hits so that the limits do not jump (Spiegelhalter 2005, appendix A.1.1).
fn binomial_limit(n: u64, centre: f64, p: f64) -> f64 {
    if n == 0 {
        return if p < 0.5 { 0.0 } else { 1.0 };
    }
    // The smallest number of hits r with P(X ≤ r) > p, by bisection.
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low + (high - low) / 2;
        if binomial_cdf(middle, n, centre) > p {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let up_to = binomial_cdf(low, n, centre);
    let before = if low == 0 { 0.0 } else { binomial_cdf(low - 1, n, centre) };
    let back = (up_to - p) / (up_to - before);
    ((low as f64 - back) / n as f64).clamp(0.0, 1.0)
}
