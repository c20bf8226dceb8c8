//! Against values computed outside this code: `tests/reference/effects.py` says how.

use std::collections::BTreeMap;
use std::path::Path;

use kexun_stats::effects::{
    Design, Errors, Levels, Observation, Options, Weights, difference_in_differences, effect,
};

/// A panel and what statsmodels and the full matrices made of it.
#[derive(Default)]
struct Case {
    observations: Vec<Observation>,
    design: Design,
    estimates: BTreeMap<String, [f64; 5]>,
}

fn cases() -> BTreeMap<&'static str, Case> {
    let mut cases: BTreeMap<&str, Case> = BTreeMap::new();
    for line in include_str!("../reference/effects.csv").lines() {
        let fields: Vec<&str> = line.split(',').collect();
        let case = cases.entry(fields[1]).or_default();
        let number = |i: usize| fields[i].parse::<f64>().unwrap();
        match fields[0] {
            "panel" => case.observations.push(Observation {
                unit: fields[2].parse().unwrap(),
                period: fields[3].parse().unwrap(),
                value: number(4),
                weight: number(5),
            }),
            "from" => {
                case.design.treated_from.insert(fields[2].parse().unwrap(), fields[3].parse().unwrap());
            }
            _ => {
                let numbers = [number(3), number(4), number(5), number(6), number(7)];
                case.estimates.insert(fields[2].to_owned(), numbers);
            }
        }
    }
    cases
}

#[track_caller]
fn near(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    let error = (ours - theirs).abs() / theirs.abs().max(1e-3);
    assert!(error < tolerance, "{what}: {ours} instead of {theirs}");
}

/// Everything that an estimate says, by the names of the reference: value, standard error, degrees
/// of freedom.
fn told(case: &Case, options: &Options) -> BTreeMap<String, (f64, f64, f64)> {
    let estimate = difference_in_differences(&case.observations, &case.design, options).unwrap();
    let trend = estimate.trend.expect("a trend");
    let mut told = BTreeMap::from([
        ("effect".to_owned(), (estimate.effect, estimate.se, estimate.dof)),
        ("trend".to_owned(), (trend.slope_difference, trend.se, trend.dof)),
    ]);
    for point in estimate.by_time {
        let effect = point.effect;
        told.insert(format!("time {}", point.relative), (effect.value, effect.se, effect.dof));
    }
    told
}

#[test]
fn coefficients_and_errors_are_those_of_statsmodels_and_of_full_matrices() {
    let cases = cases();
    assert_eq!(cases.len(), 4);
    for (name, case) in &cases {
        let weights = if *name == "balanced" { Weights::Equal } else { Weights::Cases };
        for (errors, column, tolerance) in
            [(Errors::Cr0, 1, 1e-8), (Errors::Cr1, 2, 1e-8), (Errors::Cr2, 3, 1e-6)]
        {
            let told = told(case, &Options { weights, errors, ..Options::default() });
            assert_eq!(told.keys().collect::<Vec<_>>(), case.estimates.keys().collect::<Vec<_>>(), "{name}");
            for (key, (value, se, dof)) in told {
                let what = format!("{name}, {key}, {errors:?}");
                let theirs = case.estimates[&key];
                near(&what, value, theirs[0], 1e-8);
                near(&what, se, theirs[column], tolerance);
                if errors == Errors::Cr2 {
                    near(&what, dof, theirs[4], 1e-6);
                }
            }
        }
    }
}

/// Cases, mean and variance (divisor n) of the prices of houses in Kiel and McClain's data, as
/// Wooldridge gives them: [near the incinerator][after it was known].
const KIELMC: [[(u32, f64, f64); 2]; 2] = [
    [(123, 82_517.227_642_276_43, 430_406_784.842_488), (102, 101_307.513_595_281_87, 875_862_221.103_915_9)],
    [(56, 63_692.857_142_857_145, 1_792_579_234.693_877), (40, 70_619.239_843_75, 1_181_904_004.750_965_6)],
];

/// Each house is a unit of its own, seen once.
fn two_by_two(houses: impl Iterator<Item = (usize, usize, f64)>) -> (f64, f64) {
    let (mut observations, mut design) = (Vec::new(), Design::default());
    for (unit, (near, after, value)) in (0..).zip(houses) {
        observations.push(Observation { unit, period: after as i32, value, weight: 1.0 });
        if near == 1 {
            design.treated_from.insert(unit, 1);
        }
    }
    let options = Options { levels: Levels::Groups, errors: Errors::Classical, ..Options::default() };
    let effect = effect(&observations, &design, &options).unwrap();
    ((effect.value * 100.0).round() / 100.0, (effect.se * 100.0).round() / 100.0)
}

#[test]
fn two_groups_seen_once_before_and_after() {
    // Least squares depends on the cells' counts, means and variances only: any values with these do.
    let houses = (0..4).flat_map(|cell| {
        let (n, mean, variance) = KIELMC[cell / 2][cell % 2];
        let pairs = n / 2 * 2;
        let reach = (variance * f64::from(n) / f64::from(pairs)).sqrt();
        (0..n).map(move |i| {
            let side = if i == pairs { 0.0 } else { f64::from(i % 2) * 2.0 - 1.0 };
            (cell / 2, cell % 2, mean + side * reach)
        })
    });
    assert_eq!(two_by_two(houses), (-11_863.90, 7_456.65));
}

/// The same on the houses themselves, where they are at hand; they are not this project's to give.
#[test]
fn the_houses_themselves() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/effects/kielmc.csv");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let column = |name| header.iter().position(|column| *column == name).unwrap();
    let (near, after, price) = (column("nearinc"), column("y81"), column("rprice"));
    let houses = lines.map(|house| {
        (house[near].parse().unwrap(), house[after].parse().unwrap(), house[price].parse().unwrap())
    });
    assert_eq!(two_by_two(houses), (-11_863.90, 7_456.65));
}
