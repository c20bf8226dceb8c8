//! A list made by who knows the very distribution that the true values were drawn from, which in life
//! nobody does. It tells what the data cannot show from what a method fails to see. It knows neither
//! who is in which group nor that cases come in clusters, so that where these matter it can be beaten.

use crate::world::{CASE_SPREAD, SHARE_MARGIN, SHARES, Scenario, TIME_MARGIN, TIMES, World};
use kexun_stats::special::normal_cdf;
use kexun_stats::weak::Cells;

/// Steps of depth (in margins): from −5 to 9.
const STEP: f64 = 0.05;
const STEPS: usize = 280;

fn depth(step: usize) -> f64 {
    -5.0 + STEP * step as f64
}

/// Probability of each depth before any data.
fn prior(scenario: &Scenario) -> Vec<f64> {
    let spread = (scenario.spread * 1.25_f64.sqrt()).max(0.5 * STEP);
    (0..STEPS)
        .map(|step| {
            let x = depth(step);
            let natural = (-0.5 * (x / spread).powi(2)).exp() / spread / 2.506_628;
            let weak = (normal_cdf((x - 2.0) / spread) - normal_cdf((x - 4.0) / spread)) / 2.0;
            (1.0 - scenario.weak) * natural + scenario.weak * weak
        })
        .collect()
}

/// For each measure and unit: probability of being worse than (the peers' centre by the margin,
/// the target).
pub fn certainties(world: &World) -> Vec<Vec<(f64, f64)>> {
    let prior = prior(&world.scenario);
    // The peers' centre is the usual value and what the weak ones add to the mean.
    let line = 1.0 + 3.0 * world.scenario.weak;
    let posterior = |log_likelihood: &dyn Fn(f64) -> f64| {
        let logs: Vec<f64> = (0..STEPS).map(|s| log_likelihood(depth(s))).collect();
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut all, mut peers, mut target) = (0.0, 0.0, 0.0);
        for (step, log) in logs.iter().enumerate() {
            let weight = prior[step] * (log - top).exp();
            all += weight;
            peers += weight * f64::from(depth(step) > line);
            target += weight * f64::from(depth(step) > 1.0);
        }
        (peers / all, target / all)
    };
    let of_measure = |(m, cells): (usize, &Cells)| match cells {
        Cells::Shares { cells, .. } => cells
            .iter()
            .map(|cell| {
                let (direction, usual) = SHARES[m];
                posterior(&|x| {
                    let p = usual + direction.sign() * SHARE_MARGIN * x;
                    let p = p.clamp(0.005, 0.995);
                    cell.hits as f64 * p.ln() + (cell.n - cell.hits) as f64 * (1.0 - p).ln()
                })
            })
            .collect(),
        Cells::Times(cells) => cells
            .iter()
            .map(|cell| {
                let usual = TIMES[m - SHARES.len()].ln();
                posterior(&|x| {
                    let away = cell.mean_log - usual - TIME_MARGIN.ln() * x;
                    -0.5 * cell.n as f64 * (away / CASE_SPREAD).powi(2)
                })
            })
            .collect(),
    };
    let measures = world.measures.iter().map(|m| &m.cells).enumerate();
    measures.map(of_measure).collect()
}
