//! Counts what a list got right and wrong, and compares lists at equal recall.

use crate::world::World;
use kexun_stats::discovery::{benjamini_hochberg, most_certain};
use kexun_stats::special::{binomial_cdf, student_cdf};
use kexun_stats::weak::{Cells, Comparison, Direction, Finding, Measure, Policy, find};

/// What a unit is compared with, and the naive list that goes with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Yardstick {
    /// Naive list: the worst 10 % by raw value, per measure.
    Peers,
    /// Naive list: every raw value that misses the target.
    Target,
}

/// One comparison and everything known about it.
#[derive(Clone, Copy)]
pub struct Test {
    pub yardstick: Yardstick,
    /// Certainty of who knows the distribution that the true values were drawn from.
    pub informed: f64,
    pub certainty: f64,
    pub p_value: f64,
    pub listed: bool,
    pub truth: bool,
    /// On the naive list, and how high (larger is worse).
    pub naive: bool,
    pub naive_rank: f64,
}

/// Right and wrong entries of a list.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub right: usize,
    pub wrong: usize,
}

impl Tally {
    pub fn of<'a>(tests: impl Iterator<Item = &'a Test>) -> Self {
        let mut tally = Self::default();
        for test in tests {
            if test.truth {
                tally.right += 1;
            } else {
                tally.wrong += 1;
            }
        }
        tally
    }
}

/// The lists compared: the library's; the same without the least certainty of each entry; and
/// Benjamini–Hochberg on one-sided tests of each unit's own cases against the same boundaries.
pub const LISTS: usize = 3;

pub struct Score {
    pub name: &'static str,
    tests: Vec<Test>,
    /// Per list and world the share of false entries (0 for an empty list): the mean is the
    /// realised false discovery rate.
    false_shares: [Vec<f64>; LISTS],
    tallies: [Tally; LISTS],
    /// Intervals, and how many of them hold the true value.
    intervals: (usize, usize),
}

impl Score {
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            tests: Vec::new(),
            false_shares: Default::default(),
            tallies: Default::default(),
            intervals: (0, 0),
        }
    }

    pub fn add(&mut self, world: &World) {
        let policy = Policy::default();
        let found = find(&world.measures, &policy).expect("the world is possible");
        let informed = crate::informed::certainties(world);
        let mut tests = Vec::new();
        for finding in &found.findings {
            let (m, u) = (finding.measure, finding.unit);
            tests.extend(tests_of(world, finding, informed[m][u]));
            let (low, high) = finding.interval;
            self.intervals.0 += 1;
            self.intervals.1 += usize::from((low..=high).contains(&world.values[m][u]));
        }
        assert_eq!(tests.len(), found.tested);
        let certainty: Vec<f64> = tests.iter().map(|t| t.certainty).collect();
        let p: Vec<f64> = tests.iter().map(|t| t.p_value).collect();
        let q = policy.false_discovery_rate;
        let adjusted = benjamini_hochberg(&p);
        let lists: [Vec<bool>; LISTS] = [
            tests.iter().map(|t| t.listed).collect(),
            most_certain(&certainty, q, 0.0),
            adjusted.iter().map(|&a| a <= q).collect(),
        ];
        for (i, list) in lists.iter().enumerate() {
            let entries = tests.iter().zip(list).filter(|(_, listed)| **listed);
            let tally = Tally::of(entries.map(|(test, _)| test));
            let length = (tally.right + tally.wrong).max(1);
            self.false_shares[i].push(tally.wrong as f64 / length as f64);
            self.tallies[i].right += tally.right;
            self.tallies[i].wrong += tally.wrong;
        }
        self.tests.extend(tests);
    }

    /// Mean share of false entries of a list and its Monte-Carlo standard error.
    pub fn false_discovery_rate(&self, list: usize) -> (f64, f64) {
        let shares = &self.false_shares[list];
        let n = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / n;
        let variance = shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (n - 1.0);
        (mean, (variance / n).sqrt())
    }

    /// Share of the truly weak that a list contains; 0 if there are none.
    pub fn recall(&self, list: usize) -> f64 {
        let weak = Tally::of(self.tests.iter()).right;
        self.tallies[list].right as f64 / weak.max(1) as f64
    }

    /// Right entries of the library's list.
    pub fn right(&self) -> usize {
        self.tallies[0].right
    }

    /// Share of 95 % intervals that hold the true value.
    pub fn coverage(&self) -> f64 {
        self.intervals.1 as f64 / self.intervals.0 as f64
    }

    /// The naive list as it stands; ours, cut by one certainty for all worlds to the same number
    /// of right entries; and the informed one cut likewise.
    pub fn at_naive_recall(&self, yardstick: Yardstick) -> AtEqualRecall {
        let mine = || self.tests.iter().filter(|t| t.yardstick == yardstick);
        let naive = Tally::of(mine().filter(|t| t.naive));
        AtEqualRecall {
            recall: naive.right as f64 / Tally::of(mine()).right.max(1) as f64,
            naive: naive.wrong,
            ours: cut(mine(), naive.right, |t| t.certainty).wrong,
            informed: cut(mine(), naive.right, |t| t.informed).wrong,
        }
    }

    /// Our list as it stands, and the naive ranking and the informed one cut to as many right
    /// entries.
    pub fn at_our_recall(&self, yardstick: Yardstick) -> AtEqualRecall {
        let mine = || self.tests.iter().filter(|t| t.yardstick == yardstick);
        let ours = Tally::of(mine().filter(|t| t.listed));
        AtEqualRecall {
            recall: ours.right as f64 / Tally::of(mine()).right.max(1) as f64,
            naive: cut(mine(), ours.right, |t| t.naive_rank).wrong,
            ours: ours.wrong,
            informed: cut(mine(), ours.right, |t| t.informed).wrong,
        }
    }
}

/// False alarms of three lists with the same number of right entries.
pub struct AtEqualRecall {
    pub recall: f64,
    pub naive: usize,
    pub ours: usize,
    pub informed: usize,
}

impl AtEqualRecall {
    pub fn ratio(&self) -> f64 {
        self.ours as f64 / self.naive as f64
    }
}

/// The shortest list by `rank` (highest first) that gets at least `right` entries right.
fn cut<'a>(tests: impl Iterator<Item = &'a Test>, right: usize, rank: impl Fn(&Test) -> f64) -> Tally {
    let mut order: Vec<&Test> = tests.collect();
    order.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    let mut tally = Tally::default();
    for test in order {
        if tally.right >= right {
            break;
        }
        if test.truth {
            tally.right += 1;
        } else {
            tally.wrong += 1;
        }
    }
    tally
}

fn tests_of(world: &World, finding: &Finding, informed: (f64, f64)) -> Vec<Test> {
    let (m, u) = (finding.measure, finding.unit);
    let raw = &world.raw[m];
    let (target, worse) = (world.targets[m], raw.iter().filter(|&&x| x > raw[u]).count());
    let of = |comparison: &Comparison, yardstick: Yardstick| {
        let test = Test {
            yardstick,
            informed: informed.0,
            certainty: comparison.certainty,
            p_value: p_value(&world.measures[m], u, comparison.boundary),
            listed: comparison.listed,
            truth: world.truth[m][u].0,
            naive: worse < raw.len() / 10,
            naive_rank: -(worse as f64) / raw.len() as f64,
        };
        match yardstick {
            Yardstick::Peers => test,
            Yardstick::Target => Test {
                informed: informed.1,
                truth: world.truth[m][u].1,
                naive: raw[u] > target,
                naive_rank: (raw[u] - target) / target.abs(),
                ..test
            },
        }
    };
    let peers = finding.peers.iter().map(|c| of(c, Yardstick::Peers));
    let target = finding.target.iter().map(|c| of(c, Yardstick::Target));
    peers.chain(target).collect()
}

/// Probability of the unit's own cases being as bad or worse if it stood at the boundary.
fn p_value(measure: &Measure, unit: usize, boundary: f64) -> f64 {
    match &measure.cells {
        Cells::Shares { cells, .. } => {
            let cell = cells[unit];
            match measure.direction {
                Direction::HigherIsWorse if cell.hits == 0 => 1.0,
                Direction::HigherIsWorse => 1.0 - binomial_cdf(cell.hits - 1, cell.n, boundary),
                Direction::LowerIsWorse => binomial_cdf(cell.hits, cell.n, boundary),
            }
        }
        Cells::Times(cells) => {
            let cell = cells[unit];
            let (a, g) = cells.iter().fold((0.0, 0.0), |(a, g), c| {
                (a + c.n as f64 * (c.mean + 0.5), g + c.n as f64 * c.mean_log.exp())
            });
            let line = ((boundary + 0.5) * g / a).ln();
            match cell.variance_of_mean_log {
                Some(v) if v > 0.0 => {
                    1.0 - student_cdf((cell.mean_log - line) / v.sqrt(), (cell.clusters - 1) as f64)
                }
                _ => 1.0,
            }
        }
    }
}
