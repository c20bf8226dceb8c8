//! The list of weak spots: everything at once, honestly.
//!
//! Input: for every measure the cells (one per unit) with their cases. Each cell is estimated with
//! [partial pooling](crate::shrinkage); its probability of being worse than its peers by a margin
//! that matters, and of missing its target, follows from the posterior; and over *all* these
//! probabilities together, of all units and measures, the list is cut so that at most a stated
//! share of it is expected to be false ([`most_certain`]).

mod judge;
mod scale;

pub use crate::shrinkage::{Direction, Impossible};
pub use scale::Margin;

use crate::discovery::most_certain;

/// One measure over all units that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Which way it is worse.
    pub direction: Direction,
    /// How much worse than the peers' centre a unit must be before it matters.
    pub margin: Margin,
    /// The units' cases.
    pub cells: Cells,
}

/// The cells of a measure, all of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Shares: hits among cases.
    Shares {
        /// One per unit.
        cells: Vec<ShareCell>,
        /// Variance of shares relative to independent cases, ≥ 1
        /// ([`share_design_effect`](crate::moments::share_design_effect)); 1 if independent.
        design_effect: f64,
    },
    /// Times in seconds, compared by their mean logarithm.
    Times(Vec<TimeCell>),
}

/// A unit's share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareCell {
    /// The caller's number of the unit.
    pub unit: usize,
    /// Which group it is in.
    pub group: usize,
    /// Number of hits.
    pub hits: u64,
    /// Number of cases; a cell without cases is passed over.
    pub n: u64,
    /// Share the unit is to reach (or not to pass), if any.
    pub target: Option<f64>,
}

/// A unit's times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeCell {
    /// The caller's number of the unit.
    pub unit: usize,
    /// Which group it is in.
    pub group: usize,
    /// Number of cases; a cell without cases is passed over.
    pub n: u64,
    /// Number of independent clusters they came in; `n` if all are independent.
    pub clusters: u64,
    /// Arithmetic mean in seconds, the figure that people see.
    pub mean: f64,
    /// Mean of log(seconds + ½).
    pub mean_log: f64,
    /// Variance of `mean_log`, cluster-robust; none with a single cluster.
    pub variance_of_mean_log: Option<f64>,
    /// Mean in seconds the unit is not to pass (or to reach), if any.
    pub target: Option<f64>,
}

/// The rules of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// Share of the list that may be expected to be false.
    pub false_discovery_rate: f64,
    /// No entry of the list is less certain than this by itself.
    pub least_certainty: f64,
    /// Cells with fewer cases are not tested.
    pub fewest_cases: u64,
    /// A cell whose probability of being weak is at most this is called fine, unless its raw value
    /// looks weak: then its cases are said to be too few.
    pub fine_below: f64,
}

impl Default for Policy {
    /// The rules that the simulation in `docs/statistics.md` was run with.
    fn default() -> Self {
        Self { false_discovery_rate: 0.10, least_certainty: 0.80, fewest_cases: 5, fine_below: 0.10 }
    }
}

/// What can be said of a cell. Ordered from the most to the least pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// On the list: worse than peers by the margin, or missing the target.
    Weak,
    /// Cases enough to tell a difference that matters, but the value lies too near the line.
    Unclear,
    /// Too few cases to tell a difference that matters.
    TooFew,
    /// Most probably not weak.
    Fine,
}

/// A cell against one yardstick. Values in the measure's own unit (share or seconds).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The yardstick: the centre of all other units, or the target.
    pub reference: f64,
    /// The value beyond which the unit counts as weak: the reference and, for peers, the margin.
    pub boundary: f64,
    /// Probability that the unit's true value is worse than the boundary.
    pub certainty: f64,
    /// How many of its cases more than expected are bad, judged by the estimate; negative if
    /// fewer. Shares: n · (estimate − reference) towards the worse. Times: n · (share of the
    /// unit's cases worse than the typical case at the reference − ½).
    pub excess: f64,
    /// Whether it is one of the discoveries.
    pub listed: bool,
}

/// What was found about one cell. Values in the measure's own unit (share or seconds).
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Place of the measure in the input.
    pub measure: usize,
    /// The caller's number of the unit.
    pub unit: usize,
    /// The unit's group.
    pub group: usize,
    /// Number of cases.
    pub n: u64,
    /// The value from the unit's own cases alone.
    pub value: f64,
    /// The value drawn towards the peers' as far as the cases are few.
    pub estimate: f64,
    /// 95 % credible interval of the true value.
    pub interval: (f64, f64),
    /// How far the estimate rests on the unit's own cases, 0 to 1.
    pub weight: f64,
    /// Against the other units; none if there are too few of them.
    pub peers: Option<Comparison>,
    /// Against the target; none if there is none.
    pub target: Option<Comparison>,
    /// The larger of the two certainties; 0 without a yardstick.
    pub certainty: f64,
    /// What can be said.
    pub verdict: Verdict,
}

/// All findings and how many tests they rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct WeakSpots {
    /// Number of comparisons over which the false discovery rate is controlled.
    pub tested: usize,
    /// One per cell with cases, in the order of the input.
    pub findings: Vec<Finding>,
}

/// Why no list can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidInput {
    /// A cell is no possible measurement.
    #[error("measure {measure}: {source}")]
    Cell {
        /// Place of the measure in the input.
        measure: usize,
        /// Which of its cells that have cases.
        source: Impossible,
    },
    /// A margin, target or design effect is out of its range.
    #[error("measure {measure}: a margin, target or design effect is out of range")]
    Measure {
        /// Place of the measure in the input.
        measure: usize,
    },
}

/// Finds the weak spots.
///
/// # Errors
/// If an input is not possible: hits beyond cases, values that are not finite, a margin below 0
/// (points) or 1 (factor), a share's target outside 0 to 1.
pub fn find(measures: &[Measure], policy: &Policy) -> Result<WeakSpots, InvalidInput> {
    let mut judged = Vec::new();
    for (index, measure) in measures.iter().enumerate() {
        judged.extend(judge::judge(index, measure, policy)?);
    }
    // Every comparison of a cell that is tested, in a fixed order: peers, then target.
    let certainties: Vec<f64> =
        judged.iter().flat_map(|cell| cell.tests().map(|test| test.certainty)).collect();
    let listed = most_certain(&certainties, policy.false_discovery_rate, policy.least_certainty);
    let mut flags = listed.into_iter();
    let findings = judged
        .into_iter()
        .map(|mut cell| {
            for test in cell.tests_mut() {
                test.listed = flags.next().expect("one flag per test");
            }
            cell.conclude(policy)
        })
        .collect();
    Ok(WeakSpots { tested: certainties.len(), findings })
}
