//! The lists that people make without statistics.

use kexun_service::weak_spots::measures::Measure;
use kexun_service::weak_spots::rules::Found;

use super::Equal;
use super::world::{World, margins_beyond};

/// Per measure everybody by his raw value, worst first; measures side by side: the worst of each, then
/// the second worst of each. Its first tenth is "the worst 10 %".
pub fn worst_tenth(world: &World) -> Vec<&Found> {
    let mut ranked: Vec<(f64, &Found)> = Vec::new();
    for measure in Measure::ALWAYS {
        let mut all = beyond_usual(world, measure, 0.0);
        let count = all.len() as f64;
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        ranked.extend(all.iter().enumerate().map(|(rank, (_, found))| (rank as f64 / count, *found)));
    }
    ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranked.into_iter().map(|(_, found)| found).collect()
}

/// Everybody whose raw value misses a target that stands one margin from the usual value, those who
/// miss it most first.
pub fn below_target(world: &World) -> Vec<&Found> {
    let mut all: Vec<(f64, &Found)> =
        Measure::ALWAYS.into_iter().flat_map(|m| beyond_usual(world, m, 1.0)).collect();
    all.retain(|(beyond, _)| *beyond > 0.0);
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().map(|(_, found)| found).collect()
}

fn beyond_usual(world: &World, measure: Measure, allowed: f64) -> Vec<(f64, &Found)> {
    let usual = world.usual(measure);
    let of_measure = world.found.iter().filter(|f| f.measure == measure);
    of_measure.map(|f| (margins_beyond(measure, f.finding.value, usual) - allowed, f)).collect()
}

/// False entries of a naive ranking, read down until it has as many right ones as our list, and of ours;
/// if it never has as many, both are read down to what it has.
pub fn at_equal_recall(world: &World, naive: &[&Found]) -> Equal {
    let mut ours: Vec<&Found> =
        world.found.iter().filter(|f| f.finding.verdict == kexun_stats::weak::Verdict::Weak).collect();
    ours.sort_by(|a, b| b.finding.certainty.total_cmp(&a.finding.certainty));
    let rights = |list: &[&Found]| list.iter().filter(|f| world.truly_weak(f)).count();
    let right = rights(&ours).min(rights(naive));
    Equal {
        right: right as f64,
        naive: false_until(world, naive, right),
        ours: false_until(world, &ours, right),
    }
}

fn false_until(world: &World, list: &[&Found], right: usize) -> f64 {
    let (mut rights, mut wrong) = (0, 0.0);
    for found in list {
        if rights == right {
            break;
        }
        if world.truly_weak(found) {
            rights += 1;
        } else {
            wrong += 1.0;
        }
    }
    wrong
}
