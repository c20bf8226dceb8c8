//! Mergeable sums from which means and their variances follow.
//!
//! Times are compared on the scale log(seconds + ½). A time cut to whole seconds `s` lies between
//! `s` and `s` + 1, so ½ is its middle; it also gives a time of 0 s a finite logarithm (as far from
//! 1 s as 1 s is from 4 s), so that no single case dominates a mean.

/// The scale on which times are compared: log(`seconds` + ½).
#[must_use]
pub fn log_seconds(seconds: f64) -> f64 {
    (seconds + 0.5).ln()
}

/// Back from [`log_seconds`].
#[must_use]
pub fn from_log_seconds(log: f64) -> f64 {
    log.exp() - 0.5
}

/// Number, sum and sum of squares of log(seconds + ½).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LogMoments {
    /// Number of cases.
    pub n: u64,
    /// Sum of the logarithms.
    pub sum: f64,
    /// Sum of their squares.
    pub sum_of_squares: f64,
}

impl LogMoments {
    /// Adds `count` cases of `seconds`.
    pub fn add_many(&mut self, seconds: u32, count: u64) {
        let (x, times) = (log_seconds(f64::from(seconds)), count as f64);
        self.n += count;
        self.sum += times * x;
        self.sum_of_squares += times * x * x;
    }

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.sum_of_squares += other.sum_of_squares;
    }

    /// Mean logarithm; none without cases.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }

    /// Sample variance of the logarithms (divisor n − 1); none with fewer than two cases.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let n = self.n as f64;
        (self.n > 1).then(|| ((self.sum_of_squares - self.sum * self.sum / n) / (n - 1.0)).max(0.0))
    }
}

/// Sums over clusters of cases, for means whose cases are not independent: several measurements
/// of one and the same event resemble each other, so that counting them as independent would
/// promise more certainty than there is.
///
/// Serves logarithms of times and shares (1 for a hit, 0 for none) alike.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClusterMoments {
    /// Number of clusters with at least one case.
    pub clusters: u64,
    /// Number of cases.
    pub n: u64,
    /// Sum of all values.
    pub sum: f64,
    /// Sum over clusters of (cases)².
    pub size_squared: f64,
    /// Sum over clusters of (sum of values)².
    pub sum_squared: f64,
    /// Sum over clusters of (cases × sum of values).
    pub size_times_sum: f64,
}

impl ClusterMoments {
    /// Adds one cluster: how many cases it has and the sum of their values. A cluster without
    /// cases changes nothing.
    pub fn add(&mut self, cases: u64, sum: f64) {
        if cases == 0 {
            return;
        }
        let size = cases as f64;
        self.clusters += 1;
        self.n += cases;
        self.sum += sum;
        self.size_squared += size * size;
        self.sum_squared += sum * sum;
        self.size_times_sum += size * sum;
    }

    /// Adds all clusters of `other`, which must be clusters of their own.
    pub fn merge(&mut self, other: &Self) {
        self.clusters += other.clusters;
        self.n += other.n;
        self.sum += other.sum;
        self.size_squared += other.size_squared;
        self.sum_squared += other.sum_squared;
        self.size_times_sum += other.size_times_sum;
    }

    /// Mean value per case; none without cases.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }

    /// Variance of [`mean`](Self::mean), taking clusters, not cases, as independent (linearised
    /// ratio estimator: Cochran 1977, 6.13; the cluster-robust variance of a mean). None with
    /// fewer than two clusters.
    #[must_use]
    pub fn variance_of_mean(&self) -> Option<f64> {
        let (mean, clusters, n) = (self.mean()?, self.clusters as f64, self.n as f64);
        if self.clusters < 2 {
            return None;
        }
        let squares = self.sum_squared - 2.0 * mean * self.size_times_sum + mean * mean * self.size_squared;
        Some((clusters / (clusters - 1.0) * squares / (n * n)).max(0.0))
    }
}

/// How many times larger the variance of shares is than if their cases were independent (Kish's
/// design effect), pooled over `units` of 0/1 values, at least 1.
///
/// Pooled, because a single unit's own ratio is far too noisy to be used.
#[must_use]
pub fn share_design_effect<'a>(units: impl IntoIterator<Item = &'a ClusterMoments>) -> f64 {
    let (mut clustered, mut independent) = (0.0, 0.0);
    for unit in units {
        let (Some(mean), Some(variance)) = (unit.mean(), unit.variance_of_mean()) else {
            continue;
        };
        let n = unit.n as f64;
        clustered += n * n * variance;
        independent += n * mean * (1.0 - mean);
    }
    if independent > 0.0 { (clustered / independent).max(1.0) } else { 1.0 }
}
