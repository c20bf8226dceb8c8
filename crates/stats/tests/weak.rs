//! The list of weak spots on small inputs that can be judged by eye, and what must hold for any.

use kexun_stats::weak::{
    Cells, Direction, Finding, InvalidInput, Margin, Measure, Policy, ShareCell, TimeCell, Verdict, find,
};
use proptest::prelude::*;

fn shares(direction: Direction, cells: &[(u64, u64)], target: Option<f64>) -> Measure {
    let cells = cells
        .iter()
        .enumerate()
        .map(|(unit, &(hits, n))| ShareCell { unit, group: unit / 8, hits, n, target })
        .collect();
    Measure { direction, margin: Margin::Points(0.05), cells: Cells::Shares { cells, design_effect: 1.0 } }
}

/// Times of units with a typical time in seconds each, all of log spread 0.8.
fn times(cells: &[(f64, u64)], target: Option<f64>) -> Measure {
    let cells = cells
        .iter()
        .enumerate()
        .map(|(unit, &(typical, n))| TimeCell {
            unit,
            group: unit / 8,
            n,
            clusters: n,
            mean: typical * (0.32_f64).exp(),
            mean_log: (typical + 0.5).ln(),
            variance_of_mean_log: (n > 1).then(|| 0.64 / n as f64),
            target,
        })
        .collect();
    Measure { direction: Direction::HigherIsWorse, margin: Margin::Factor(1.25), cells: Cells::Times(cells) }
}

fn findings(measures: &[Measure]) -> Vec<Finding> {
    find(measures, &Policy::default()).expect("the input is possible").findings
}

const USUAL: [(u64, u64); 14] = [
    (30, 200),
    (45, 300),
    (28, 200),
    (61, 400),
    (15, 100),
    (22, 150),
    (33, 210),
    (40, 260),
    (29, 200),
    (47, 310),
    (31, 190),
    (16, 110),
    (24, 160),
    (44, 300),
];

#[test]
fn verdicts_that_anybody_would_give() {
    let mut cells = USUAL.to_vec();
    cells.extend([(90, 300), (2, 11), (4, 11), (1, 3)]);
    let found = findings(&[shares(Direction::HigherIsWorse, &cells, None)]);
    for finding in &found[..14] {
        assert_eq!(finding.verdict, Verdict::Fine, "{finding:?}");
    }
    let weak = &found[14];
    assert_eq!(weak.verdict, Verdict::Weak);
    let peers = weak.peers.unwrap();
    // Twice the peers' share over 300 cases: about 45 more than expected.
    assert!((38.0..46.0).contains(&peers.excess), "{peers:?}");
    assert!((0.14..0.17).contains(&peers.reference) && weak.certainty > 0.99);
    assert!(weak.interval.0 > peers.reference && weak.interval.1 < 0.37);
    // 4 of 11 is the worst raw value of all, and too few to tell.
    assert!(found[16].value > weak.value && found[16].estimate < weak.estimate);
    assert_eq!(found[16].verdict, Verdict::TooFew);
    assert_eq!(found[17].verdict, Verdict::TooFew);
}

#[test]
fn a_group_that_is_weak_as_a_whole_is_seen() {
    let cells: Vec<(u64, u64)> = (0..24).map(|i| if i < 8 { (60, 200) } else { (30, 200) }).collect();
    let found = findings(&[shares(Direction::HigherIsWorse, &cells, None)]);
    assert!(found[..8].iter().all(|f| f.verdict == Verdict::Weak));
    assert!(found[8..].iter().all(|f| f.verdict == Verdict::Fine));
}

#[test]
fn a_unit_with_few_cases_leans_on_its_group() {
    let mut cells: Vec<(u64, u64)> = (0..16).map(|i| if i < 8 { (60, 200) } else { (30, 200) }).collect();
    cells[0] = (1, 6);
    cells[8] = (1, 6);
    let found = findings(&[shares(Direction::HigherIsWorse, &cells, None)]);
    assert!(found[0].estimate > found[8].estimate + 0.08);
}

#[test]
fn times_are_told_as_means_and_compared_with_targets() {
    let mut cells = vec![(40.0, 200); 12];
    cells.push((80.0, 150));
    cells.push((80.0, 4));
    let found = findings(&[times(&cells, Some(70.0))]);
    let slow = &found[12];
    assert_eq!(slow.verdict, Verdict::Weak);
    let (peers, target) = (slow.peers.unwrap(), slow.target.unwrap());
    assert!(peers.listed && target.listed);
    assert!((slow.value - 110.2).abs() < 0.1 && (105.0..112.0).contains(&slow.estimate), "{slow:?}");
    assert!((55.0..58.0).contains(&peers.reference) && (target.reference - 70.0).abs() < 1e-9);
    assert!((68.0..72.0).contains(&peers.boundary));
    // Twice as slow at a log spread of 0.8: Φ(0.87) − ½ = 0.31 of the cases.
    assert!((40.0..48.0).contains(&peers.excess), "{peers:?}");
    assert_eq!(found[13].verdict, Verdict::TooFew);
    assert!(found[..12].iter().all(|f| f.verdict == Verdict::Fine));
}

#[test]
fn two_units_have_no_peers_but_may_have_a_target() {
    let cells = [(90, 100), (10, 100)];
    let spots = find(&[shares(Direction::LowerIsWorse, &cells, Some(0.8))], &Policy::default()).unwrap();
    assert_eq!(spots.tested, 2);
    assert!(spots.findings.iter().all(|f| f.peers.is_none()));
    assert_eq!(spots.findings[0].verdict, Verdict::Fine);
    assert_eq!(spots.findings[1].verdict, Verdict::Weak);
    assert!((spots.findings[1].target.unwrap().excess - 69.6).abs() < 0.5);
    let alone = find(&[shares(Direction::LowerIsWorse, &cells[1..], None)], &Policy::default()).unwrap();
    assert_eq!((alone.tested, alone.findings[0].verdict), (0, Verdict::TooFew));
    assert_eq!(find(&[], &Policy::default()).unwrap().tested, 0);
}

#[test]
fn impossible_input_is_refused() {
    let cell =
        |cells: &[(u64, u64)]| find(&[shares(Direction::HigherIsWorse, cells, None)], &Policy::default());
    assert!(matches!(cell(&[(1, 2), (3, 2)]), Err(InvalidInput::Cell { measure: 0, .. })));
    let target = find(&[shares(Direction::HigherIsWorse, &USUAL, Some(1.5))], &Policy::default());
    assert_eq!(target, Err(InvalidInput::Measure { measure: 0 }));
    let mut nan = times(&[(40.0, 10); 4], None);
    nan.margin = Margin::Factor(0.5);
    assert_eq!(find(&[nan], &Policy::default()), Err(InvalidInput::Measure { measure: 0 }));
    let nan = times(&[(f64::NAN, 10)], None);
    assert!(matches!(find(&[nan], &Policy::default()), Err(InvalidInput::Cell { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn share_figures_are_possible_and_symmetric(cells in prop::collection::vec((0_u64..60, 0_u64..400), 0..20), target in prop::option::of(0.0_f64..=1.0)) {
        let up: Vec<(u64, u64)> = cells.iter().map(|&(hits, n)| (hits.min(n), n)).collect();
        let down: Vec<(u64, u64)> = up.iter().map(|&(hits, n)| (n - hits, n)).collect();
        let bad = findings(&[shares(Direction::HigherIsWorse, &up, target)]);
        let good = findings(&[shares(Direction::LowerIsWorse, &down, target.map(|t| 1.0 - t))]);
        prop_assert_eq!(bad.len(), up.iter().filter(|cell| cell.1 > 0).count());
        for (a, b) in bad.iter().zip(&good) {
            prop_assert!(a.interval.0 <= a.estimate && a.estimate <= a.interval.1, "{:?}", a);
            prop_assert!((0.0..=1.0).contains(&a.interval.0) && (0.0..=1.0).contains(&a.interval.1));
            prop_assert!((0.0..=1.0).contains(&a.certainty) && (0.0..=1.0).contains(&a.weight));
            // Counting failures or successes must not matter, but for the half case that keeps the
            // common share off 0 and 1, and the search's tolerance.
            prop_assert!((a.certainty - b.certainty).abs() < 0.02, "{:?} {:?}", a, b);
        }
    }

    #[test]
    fn time_figures_are_possible(cells in prop::collection::vec((0.0_f64..5000.0, 0_u64..400), 0..20), target in prop::option::of(0.0_f64..500.0)) {
        for finding in findings(&[times(&cells, target)]) {
            prop_assert!(finding.interval.0 <= finding.estimate && finding.estimate <= finding.interval.1, "{:?}", finding);
            prop_assert!(finding.interval.0 >= 0.0 && finding.interval.1.is_finite());
            prop_assert!((0.0..=1.0).contains(&finding.certainty) && (0.0..=1.0).contains(&finding.weight));
        }
    }

    #[test]
    fn the_order_of_units_does_not_matter(cells in prop::collection::vec((0_u64..60, 60_u64..400), 3..8)) {
        let forward = findings(&[shares(Direction::HigherIsWorse, &cells, None)]);
        let turned: Vec<_> = cells.iter().rev().copied().collect();
        let backward = findings(&[shares(Direction::HigherIsWorse, &turned, None)]);
        for (a, b) in forward.iter().zip(backward.iter().rev()) {
            prop_assert!((a.certainty - b.certainty).abs() < 1e-6);
        }
    }
}

#[test]
fn groups_of_one_count_as_one_group() {
    let apart = |spread: usize| {
        let mut measure = shares(Direction::HigherIsWorse, &USUAL, None);
        if let Cells::Shares { cells, .. } = &mut measure.cells {
            cells.iter_mut().for_each(|cell| cell.group = cell.unit * spread);
        }
        findings(&[measure])
    };
    for (a, b) in apart(1).iter().zip(&apart(0)) {
        assert_eq!((a.estimate, a.certainty), (b.estimate, b.certainty));
    }
}
