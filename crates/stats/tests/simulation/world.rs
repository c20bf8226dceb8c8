//! A world with known truth: units whose true values are drawn, cases drawn from those.

use kexun_stats::moments::{ClusterMoments, LogMoments, share_design_effect};
use kexun_stats::weak::{Cells, Direction, Margin, Measure, ShareCell, TimeCell};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Units per group.
const GROUP: usize = 10;
pub const SHARE_MARGIN: f64 = 0.05;
pub const TIME_MARGIN: f64 = 1.25;
/// Spread of the logarithms of single times.
pub const CASE_SPREAD: f64 = 0.9;

/// What a world is like.
#[derive(Clone, Copy)]
pub struct Scenario {
    pub name: &'static str,
    pub units: usize,
    /// Share of cells that are truly weak, apart from the natural spread.
    pub weak: f64,
    /// Natural spread of the others, in margins: between units and between groups.
    pub spread: f64,
    /// Fewest and most cases per unit.
    pub cases: (f64, f64),
    /// Largest number of cases per cluster; cases of a cluster resemble each other.
    pub cluster: u64,
}

const USUAL: Scenario =
    Scenario { name: "10 % weak", units: 60, weak: 0.10, spread: 0.3, cases: (5.0, 800.0), cluster: 1 };

#[rustfmt::skip]
pub const SCENARIOS: [Scenario; 11] = [
    Scenario { name: "all alike", weak: 0.0, spread: 0.0, ..USUAL },
    Scenario { name: "none weak", weak: 0.0, ..USUAL },
    Scenario { name: "3 % weak", weak: 0.03, ..USUAL },
    USUAL,
    Scenario { name: "25 % weak", weak: 0.25, ..USUAL },
    Scenario { name: "graded", weak: 0.0, spread: 0.8, ..USUAL },
    Scenario { name: "few cases", cases: (5.0, 60.0), ..USUAL },
    Scenario { name: "clustered", cluster: 4, ..USUAL },
    Scenario { name: "12 units", units: 12, ..USUAL },
    Scenario { name: "12 units, none weak", units: 12, weak: 0.0, ..USUAL },
    Scenario { name: "5 units", units: 5, ..USUAL },
];

/// (worse if, usual value): three shares, then two times in seconds (usual geometric mean).
pub const SHARES: [(Direction, f64); 3] =
    [(Direction::HigherIsWorse, 0.08), (Direction::HigherIsWorse, 0.30), (Direction::LowerIsWorse, 0.85)];
pub const TIMES: [f64; 2] = [40.0, 240.0];

/// One draw of a world: the measures as the library gets them, and per cell the truth.
pub struct World {
    pub scenario: Scenario,
    pub measures: Vec<Measure>,
    /// Per measure and unit: (truly worse than its peers by the margin, truly misses the target).
    pub truth: Vec<Vec<(bool, bool)>>,
    /// Per measure and unit: the true share or mean time.
    pub values: Vec<Vec<f64>>,
    /// Per measure and unit: raw value towards the worse.
    pub raw: Vec<Vec<f64>>,
    /// Per measure: target towards the worse, like `raw`.
    pub targets: Vec<f64>,
}

pub fn draw(scenario: &Scenario, rng: &mut ChaCha8Rng) -> World {
    let (low, high) = (scenario.cases.0.ln(), (scenario.cases.1 + 1.0).ln());
    let sizes: Vec<u64> = (0..scenario.units).map(|_| rng.random_range(low..high).exp() as u64).collect();
    let mut world = World {
        scenario: *scenario,
        measures: Vec::new(),
        truth: Vec::new(),
        values: Vec::new(),
        raw: Vec::new(),
        targets: Vec::new(),
    };
    for (direction, usual) in SHARES {
        let sign = direction.sign();
        let true_values: Vec<f64> = depths(scenario, rng)
            .iter()
            .map(|depth| (usual + sign * SHARE_MARGIN * depth).clamp(0.005, 0.995))
            .collect();
        let target = usual + sign * SHARE_MARGIN;
        let (cells, design_effect) = share_cells(scenario, &sizes, &true_values, target, rng);
        let signed: Vec<f64> = true_values.iter().map(|p| sign * p).collect();
        world.truth.push(truth(&signed, SHARE_MARGIN, sign * target));
        world.raw.push(cells.iter().map(|c| sign * c.hits as f64 / c.n as f64).collect());
        world.values.push(true_values);
        world.targets.push(sign * target);
        world.measures.push(Measure {
            direction,
            margin: Margin::Points(SHARE_MARGIN),
            cells: Cells::Shares { cells, design_effect },
        });
    }
    for usual in TIMES {
        let logs: Vec<f64> =
            depths(scenario, rng).iter().map(|depth| usual.ln() + TIME_MARGIN.ln() * depth).collect();
        // Targets are of arithmetic means, which of log-normal times are larger by this.
        let smear = CASE_SPREAD * CASE_SPREAD / 2.0;
        let limit = usual.ln() + TIME_MARGIN.ln() + smear;
        let cells = time_cells(scenario, &sizes, &logs, limit.exp(), rng);
        let means: Vec<f64> = logs.iter().map(|log| log + smear).collect();
        world.truth.push(truth(&means, TIME_MARGIN.ln(), limit));
        world.raw.push(cells.iter().map(|c| c.mean).collect());
        world.values.push(means.iter().map(|mean| mean.exp() - 0.5).collect());
        world.targets.push(limit.exp());
        world.measures.push(Measure {
            direction: Direction::HigherIsWorse,
            margin: Margin::Factor(TIME_MARGIN),
            cells: Cells::Times(cells),
        });
    }
    world
}

/// How much worse than usual each unit truly is, in margins.
fn depths(scenario: &Scenario, rng: &mut ChaCha8Rng) -> Vec<f64> {
    let groups: Vec<f64> =
        (0..scenario.units.div_ceil(GROUP)).map(|_| 0.5 * scenario.spread * normal(rng)).collect();
    (0..scenario.units)
        .map(|unit| {
            let natural = groups[unit / GROUP] + scenario.spread * normal(rng);
            if rng.random_bool(scenario.weak) { natural + rng.random_range(2.0..4.0) } else { natural }
        })
        .collect()
}

fn truth(values: &[f64], margin: f64, target: f64) -> Vec<(bool, bool)> {
    let sum: f64 = values.iter().sum();
    values
        .iter()
        .map(|value| {
            let others = (sum - value) / (values.len() - 1) as f64;
            (*value > others + margin, *value > target)
        })
        .collect()
}

fn share_cells(
    scenario: &Scenario,
    sizes: &[u64],
    true_values: &[f64],
    target: f64,
    rng: &mut ChaCha8Rng,
) -> (Vec<ShareCell>, f64) {
    let mut moments = Vec::new();
    let cells = sizes
        .iter()
        .zip(true_values)
        .enumerate()
        .map(|(unit, (&n, &share))| {
            let mut sums = ClusterMoments::default();
            for size in clusters(scenario, n, rng) {
                // Half of the clusters share one fate, the cases of the others are independent.
                let hits = if size > 1 && rng.random_bool(0.5) {
                    size * u64::from(rng.random_bool(share))
                } else {
                    (0..size).map(|_| u64::from(rng.random_bool(share))).sum()
                };
                sums.add(size, hits as f64);
            }
            moments.push(sums);
            ShareCell { unit, group: unit / GROUP, hits: sums.sum as u64, n, target: Some(target) }
        })
        .collect();
    (cells, share_design_effect(&moments))
}

fn time_cells(
    scenario: &Scenario,
    sizes: &[u64],
    logs: &[f64],
    target: f64,
    rng: &mut ChaCha8Rng,
) -> Vec<TimeCell> {
    sizes
        .iter()
        .zip(logs)
        .enumerate()
        .map(|(unit, (&n, &log))| {
            let (mut sums, mut seconds) = (ClusterMoments::default(), 0.0);
            for size in clusters(scenario, n, rng) {
                // In clusters of several, half of the variance is common to the cluster.
                let (common, own) = if size > 1 { (0.5_f64, 0.5_f64) } else { (0.0, 1.0) };
                let centre = log + CASE_SPREAD * common.sqrt() * normal(rng);
                let mut cluster = LogMoments::default();
                for _ in 0..size {
                    let time = (centre + CASE_SPREAD * own.sqrt() * normal(rng)).exp() as u32;
                    seconds += f64::from(time);
                    cluster.add_many(time, 1);
                }
                sums.add(size, cluster.sum);
            }
            TimeCell {
                unit,
                group: unit / GROUP,
                n,
                clusters: sums.clusters,
                mean: seconds / n as f64,
                mean_log: sums.mean().expect("every unit has cases"),
                variance_of_mean_log: sums.variance_of_mean(),
                target: Some(target),
            }
        })
        .collect()
}

/// Cuts `n` cases into clusters.
fn clusters(scenario: &Scenario, n: u64, rng: &mut ChaCha8Rng) -> Vec<u64> {
    let mut left = n;
    let mut sizes = Vec::new();
    while left > 0 {
        let size = rng.random_range(1..=scenario.cluster).min(left);
        sizes.push(size);
        left -= size;
    }
    sizes
}

/// A standard normal number (Box and Muller).
fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let u: f64 = 1.0 - rng.random::<f64>();
    let angle = std::f64::consts::TAU * rng.random::<f64>();
    (-2.0 * u.ln()).sqrt() * angle.cos()
}
