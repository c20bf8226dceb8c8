//! Between the measure's own unit and the scale on which it is pooled.

use crate::shrinkage::{Direction, Uncertain};

/// How much worse than its peers a unit must be before it matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Margin {
    /// By so much in the measure's unit (0.05 is five percentage points; or seconds), ≥ 0.
    Points(f64),
    /// By this factor, ≥ 1: 1.25 is a quarter more, or where lower is worse a fifth less.
    Factor(f64),
}

impl Margin {
    pub(super) fn possible(self) -> bool {
        match self {
            Self::Points(points) => points.is_finite() && points >= 0.0,
            Self::Factor(factor) => factor.is_finite() && factor >= 1.0,
        }
    }

    fn worse(self, value: f64, direction: Direction) -> f64 {
        match self {
            Self::Points(points) => value + direction.sign() * points,
            Self::Factor(factor) => value * factor.powf(direction.sign()),
        }
    }
}

/// The scale on which a measure is pooled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scale {
    /// Shares are pooled as they are.
    Share,
    /// Times are pooled as mean logarithms. `smear` is the arithmetic mean in geometric means, over
    /// the whole population (Duan's smearing estimate, 1983), so that estimates and targets are
    /// told as the arithmetic means that people see.
    Time { smear: f64 },
}

impl Scale {
    /// From the pooled scale to the measure's unit.
    pub fn told(self, pooled: f64) -> f64 {
        match self {
            Self::Share => pooled.clamp(0.0, 1.0),
            Self::Time { smear } => (smear * pooled.exp() - 0.5).max(0.0),
        }
    }

    /// From the measure's unit to the pooled scale.
    pub fn pooled(self, told: f64) -> f64 {
        match self {
            Self::Share => told.clamp(0.0, 1.0),
            Self::Time { smear } => ((told.max(0.0) + 0.5) / smear).ln(),
        }
    }

    /// The value on the pooled scale that is worse than `pooled` by the margin.
    pub fn worse(self, pooled: f64, margin: Margin, direction: Direction) -> f64 {
        self.pooled(margin.worse(self.told(pooled), direction))
    }
}

/// A yardstick on the pooled scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Yardstick {
    /// The reference itself.
    pub reference: f64,
    /// What a unit must be worse than.
    pub boundary: Uncertain,
}
