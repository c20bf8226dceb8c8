//! How certain an observation is, given how many cases are behind it.

/// The variance of an observation of n cases: `own` + `per_case` / n. The first part is the unit's
/// ups and downs from period to period, which no number of cases takes away.
pub(super) struct Scatter {
    own: f64,
    per_case: f64,
}

/// Rounds of reweighting; the second already changes next to nothing.
const ROUNDS: u32 = 4;

impl Scatter {
    /// Fits the squares of `residuals` by least squares without negative parts, weighting each
    /// square inversely to its own variance, which goes with the square of its expectation.
    pub fn of(residuals: &[f64], cases: &[f64]) -> Self {
        let mut scatter = Self { own: 1.0, per_case: 0.0 };
        for _ in 0..ROUNDS {
            let (mut sums, mut products) = ([0.0; 3], [0.0; 2]);
            for (e, n) in residuals.iter().zip(cases) {
                let (weight, x, y) = (scatter.weight(*n).powi(2), 1.0 / n, e * e);
                sums[0] += weight;
                sums[1] += weight * x;
                sums[2] += weight * x * x;
                products[0] += weight * y;
                products[1] += weight * x * y;
            }
            let Some(next) = Self::solved(sums, products) else { break };
            scatter = next;
        }
        scatter
    }

    fn solved([one, x, xx]: [f64; 3], [y, xy]: [f64; 2]) -> Option<Self> {
        let determinant = one * xx - x * x;
        // Without scatter, nothing is to be weighed.
        if y <= 0.0 {
            return None;
        }
        // Equal numbers of cases do not tell the parts apart, and need not.
        if determinant <= 1e-9 * one * xx {
            return Some(Self { own: y / one, per_case: 0.0 });
        }
        let (own, per_case) = ((xx * y - x * xy) / determinant, (one * xy - x * y) / determinant);
        Some(if own <= 0.0 {
            Self { own: 0.0, per_case: xy / xx }
        } else if per_case <= 0.0 {
            Self { own: y / one, per_case: 0.0 }
        } else {
            Self { own, per_case }
        })
    }

    /// The weight of an observation of `n` cases.
    pub fn weight(&self, n: f64) -> f64 {
        1.0 / (self.own + self.per_case / n)
    }
}
