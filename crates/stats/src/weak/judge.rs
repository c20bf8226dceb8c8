//! One measure: pool its cells and compare each with its yardsticks.

use super::scale::{Scale, Yardstick};
use super::{
    Cells, Comparison, Direction, Finding, InvalidInput, Measure, Policy, ShareCell, TimeCell, Verdict,
};
use crate::shrinkage::{MeanUnit, PooledUnit, Population, ShareUnit, Uncertain, pool_means, pool_shares};
use crate::special::normal_cdf;

/// A cell that was compared, before the list is cut.
pub(super) struct Judged {
    finding: Finding,
    /// Whether it has the cases to be tested.
    tested: bool,
    /// Whether its own cases could not show a difference as large as the margin.
    blurred: bool,
    /// Whether its raw value lies beyond a boundary.
    beyond: bool,
}

impl Judged {
    /// The comparisons that count as tests.
    pub fn tests(&self) -> impl Iterator<Item = &Comparison> {
        [&self.finding.peers, &self.finding.target].into_iter().flatten().filter(|_| self.tested)
    }

    /// The same, to be marked.
    pub fn tests_mut(&mut self) -> impl Iterator<Item = &mut Comparison> {
        let tested = self.tested;
        [&mut self.finding.peers, &mut self.finding.target].into_iter().flatten().filter(move |_| tested)
    }

    /// The finding with its verdict.
    pub fn conclude(mut self, policy: &Policy) -> Finding {
        self.finding.verdict = if self.tests().any(|test| test.listed) {
            Verdict::Weak
        } else if !self.tested {
            Verdict::TooFew
        } else if self.finding.certainty <= policy.fine_below && !self.beyond {
            Verdict::Fine
        } else if self.blurred {
            Verdict::TooFew
        } else {
            Verdict::Unclear
        };
        self.finding
    }
}

/// What a cell brings along that pooling does not need.
struct Label {
    unit: usize,
    group: usize,
    n: u64,
    value: f64,
    target: Option<f64>,
}

/// Judges one measure.
pub(super) fn judge(index: usize, measure: &Measure, policy: &Policy) -> Result<Vec<Judged>, InvalidInput> {
    let invalid = InvalidInput::Measure { measure: index };
    if !measure.margin.possible() {
        return Err(invalid);
    }
    let (labels, population, scale) = match &measure.cells {
        Cells::Shares { cells, design_effect } => {
            if !(design_effect.is_finite() && *design_effect >= 1.0) {
                return Err(invalid);
            }
            let in_range = |cell: &ShareCell| cell.target.is_none_or(|t| (0.0..=1.0).contains(&t));
            if !cells.iter().all(in_range) {
                return Err(invalid);
            }
            shares(cells, *design_effect)
        }
        Cells::Times(cells) => {
            let in_range = |cell: &TimeCell| cell.target.is_none_or(|t| t.is_finite() && t >= 0.0);
            if !cells.iter().all(in_range) {
                return Err(invalid);
            }
            times(cells)
        }
    }
    .map_err(|source| InvalidInput::Cell { measure: index, source })?;
    let judge = Judge { index, measure, policy, scale, case_spread: population.case_spread };
    Ok(labels.iter().zip(&population.units).map(|(label, unit)| judge.cell(label, unit)).collect())
}

type Pooled = Result<(Vec<Label>, Population, Scale), super::Impossible>;

fn shares(cells: &[ShareCell], design_effect: f64) -> Pooled {
    let with_cases = || cells.iter().filter(|cell| cell.n > 0);
    let units: Vec<ShareUnit> = with_cases()
        .map(|cell| ShareUnit {
            group: cell.group,
            hits: cell.hits as f64 / design_effect,
            n: cell.n as f64 / design_effect,
        })
        .collect();
    let labels = with_cases()
        .map(|cell| Label {
            unit: cell.unit,
            group: cell.group,
            n: cell.n,
            value: cell.hits as f64 / cell.n as f64,
            target: cell.target,
        })
        .collect();
    Ok((labels, pool_shares(&units)?, Scale::Share))
}

fn times(cells: &[TimeCell]) -> Pooled {
    let with_cases = || cells.iter().filter(|cell| cell.n > 0);
    let units: Vec<MeanUnit> = with_cases()
        .map(|cell| MeanUnit {
            group: cell.group,
            n: cell.n,
            clusters: cell.clusters,
            mean: cell.mean_log,
            variance_of_mean: cell.variance_of_mean_log,
        })
        .collect();
    let labels = with_cases()
        .map(|cell| Label {
            unit: cell.unit,
            group: cell.group,
            n: cell.n,
            value: cell.mean,
            target: cell.target,
        })
        .collect();
    if let Some(index) = with_cases().position(|c| !(c.mean.is_finite() && c.mean >= 0.0)) {
        return Err(super::Impossible { index });
    }
    let population = pool_means(&units)?;
    let (arithmetic, geometric) = with_cases().fold((0.0, 0.0), |(a, g), cell| {
        let n = cell.n as f64;
        (a + n * (cell.mean + 0.5), g + n * cell.mean_log.exp())
    });
    let smear = if geometric > 0.0 { arithmetic / geometric } else { 1.0 };
    Ok((labels, population, Scale::Time { smear }))
}

struct Judge<'a> {
    index: usize,
    measure: &'a Measure,
    policy: &'a Policy,
    scale: Scale,
    case_spread: f64,
}

impl Judge<'_> {
    fn cell(&self, label: &Label, unit: &PooledUnit) -> Judged {
        let peers = unit.others.map(|others| Yardstick {
            reference: others.mean,
            boundary: Uncertain { mean: self.worse(others.mean), variance: others.variance },
        });
        let target = label.target.map(|target| {
            let reference = self.scale.pooled(target);
            Yardstick { reference, boundary: Uncertain { mean: reference, variance: 0.0 } }
        });
        let sign = self.measure.direction.sign();
        let beyond = |yardstick: Yardstick| sign * (unit.raw - yardstick.boundary.mean) > 0.0;
        let beyond = peers.is_some_and(beyond) || target.is_some_and(beyond);
        let nearest = peers.or(target).map_or(unit.raw, |y| y.reference);
        let peers = peers.map(|yardstick| self.compare(label, unit, yardstick));
        let target = target.map(|yardstick| self.compare(label, unit, yardstick));
        let certainty =
            [peers, target].iter().flatten().map(|comparison| comparison.certainty).fold(0.0, f64::max);
        let (low, high) = unit.posterior.interval();
        Judged {
            tested: label.n >= self.policy.fewest_cases && peers.or(target).is_some(),
            beyond,
            blurred: unit.own_error > (self.worse(nearest) - nearest).abs(),
            finding: Finding {
                measure: self.index,
                unit: label.unit,
                group: label.group,
                n: label.n,
                value: label.value,
                estimate: self.scale.told(unit.posterior.mean()),
                interval: (self.scale.told(low), self.scale.told(high)),
                weight: unit.weight,
                peers,
                target,
                certainty,
                verdict: Verdict::TooFew,
            },
        }
    }

    fn worse(&self, pooled: f64) -> f64 {
        self.scale.worse(pooled, self.measure.margin, self.measure.direction)
    }

    fn compare(&self, label: &Label, unit: &PooledUnit, yardstick: Yardstick) -> Comparison {
        let direction: Direction = self.measure.direction;
        let distance = direction.sign() * (unit.posterior.mean() - yardstick.reference);
        let share = match self.scale {
            Scale::Share => distance,
            Scale::Time { .. } => normal_cdf(distance / self.case_spread) - 0.5,
        };
        Comparison {
            reference: self.scale.told(yardstick.reference),
            boundary: self.scale.told(yardstick.boundary.mean),
            certainty: unit.posterior.probability_worse(direction, yardstick.boundary),
            excess: label.n as f64 * share,
            listed: false,
        }
    }
}
