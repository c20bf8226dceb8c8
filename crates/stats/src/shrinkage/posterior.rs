//! What is known of a true value after seeing the data.

use super::Uncertain;
use crate::special::{beta_cdf, beta_quantile, student_cdf, student_quantile};

/// Which way a value is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The larger, the worse: times, shares of failures.
    HigherIsWorse,
    /// The smaller, the worse: shares of successes.
    LowerIsWorse,
}

impl Direction {
    /// +1 if higher is worse, −1 if lower is.
    #[must_use]
    pub fn sign(self) -> f64 {
        match self {
            Self::HigherIsWorse => 1.0,
            Self::LowerIsWorse => -1.0,
        }
    }
}

/// A posterior distribution: a mixture of bells.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// (probability > 0, bell); the probabilities sum to 1.
    parts: Vec<(f64, Bell)>,
}

/// One part of a posterior distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bell {
    /// A share.
    Beta {
        /// First parameter, > 0: hits seen, in effect.
        alpha: f64,
        /// Second parameter, > 0: other cases seen, in effect.
        beta: f64,
    },
    /// A mean, whose error is Student's t, because its variance is itself estimated.
    Student {
        /// Centre.
        mean: f64,
        /// Scale, > 0.
        scale: f64,
        /// Degrees of freedom, > 0.
        df: f64,
    },
}

impl Bell {
    fn mean(&self) -> f64 {
        match *self {
            Self::Beta { alpha, beta } => alpha / (alpha + beta),
            Self::Student { mean, .. } => mean,
        }
    }

    fn quantile(&self, p: f64) -> f64 {
        match *self {
            Self::Beta { alpha, beta } => beta_quantile(alpha, beta, p),
            Self::Student { mean, scale, df } => mean + scale * student_quantile(p, df),
        }
    }

    fn probability_worse(&self, direction: Direction, boundary: Uncertain) -> f64 {
        match *self {
            Self::Beta { alpha, beta } => {
                let (alpha, beta) = widened(alpha, beta, boundary.variance);
                match direction {
                    Direction::HigherIsWorse => beta_cdf(beta, alpha, 1.0 - boundary.mean),
                    Direction::LowerIsWorse => beta_cdf(alpha, beta, boundary.mean),
                }
            }
            Self::Student { mean, scale, df } => {
                let error = scale.hypot(boundary.variance.sqrt());
                student_cdf(direction.sign() * (mean - boundary.mean) / error, df)
            }
        }
    }
}

/// Parts less probable than this change no figure that anybody reads.
const NEGLIGIBLE: f64 = 1e-6;

impl Posterior {
    /// A mixture of `parts` with weights ≥ 0, not all negligible.
    pub(super) fn mixture(parts: impl Iterator<Item = (f64, Bell)>) -> Self {
        let mut parts: Vec<(f64, Bell)> = parts.filter(|part| part.0 > NEGLIGIBLE).collect();
        let total: f64 = parts.iter().map(|part| part.0).sum();
        for part in &mut parts {
            part.0 /= total;
        }
        Self { parts }
    }

    /// The parts: (probability, bell).
    #[must_use]
    pub fn parts(&self) -> &[(f64, Bell)] {
        &self.parts
    }

    /// The estimate: the mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|(w, bell)| w * bell.mean()).sum()
    }

    /// The value below which the true one lies with probability `p`, 0 < `p` < 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let (mut low, mut high) = self
            .parts
            .iter()
            .map(|(_, bell)| bell.quantile(p))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        // The mixture's quantile lies between those of its parts. Forty halvings leave 1e-12 of
        // that distance.
        for _ in 0..40 {
            if low >= high {
                break;
            }
            let middle = 0.5 * (low + high);
            if self.cdf(middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }

    /// Probability that the true value is at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let given = Uncertain { mean: x, variance: 0.0 };
        self.probability_worse(Direction::LowerIsWorse, given)
    }

    /// The 95 % credible interval with equal tails.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        (self.quantile(0.025), self.quantile(0.975))
    }

    /// Probability that the true value is worse than `boundary`, whose own error widens the
    /// comparison (for shares by the beta distribution of the summed variance).
    #[must_use]
    pub fn probability_worse(&self, direction: Direction, boundary: Uncertain) -> f64 {
        let sum: f64 = self
            .parts
            .iter()
            .map(|(weight, bell)| weight * bell.probability_worse(direction, boundary))
            .sum();
        sum.clamp(0.0, 1.0)
    }
}

/// The beta distribution of the same mean whose variance is larger by `extra`.
pub(super) fn widened(alpha: f64, beta: f64, extra: f64) -> (f64, f64) {
    if extra <= 0.0 {
        return (alpha, beta);
    }
    let size = alpha + beta;
    let mean = alpha / size;
    let room = mean * (1.0 - mean);
    // No beta distribution of this mean is wider than `room`; stay just inside.
    let wider = (room / (room / (size + 1.0) + extra) - 1.0).max(1e-3);
    (mean * wider, (1.0 - mean) * wider)
}
