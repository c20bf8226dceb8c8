//! What an estimate may not depend on.

use kexun_stats::effects::{Contrast, Design, Observation, Options, effect};
use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::world::{Figure, World};

fn panel(seed: u64) -> (Vec<Observation>, Design) {
    let world = World { missing: 0.1, ..World::new(Figure::Normal, 24, 12) };
    world.draw(&mut ChaCha8Rng::seed_from_u64(seed))
}

fn estimate(observations: &[Observation], design: &Design) -> Contrast {
    effect(observations, design, &Options::default()).unwrap()
}

fn same(a: Contrast, b: Contrast) -> Result<(), TestCaseError> {
    for (a, b) in [(a.value, b.value), (a.se, b.se), (a.dof, b.dof), (a.lower, b.lower), (a.p, b.p)] {
        prop_assert!((a - b).abs() < 1e-7 * (1.0 + a.abs()), "{a} and {b}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn names_and_order_of_units_do_not_matter(seed: u64, by in 1_u32..1_000) {
        let (mut observations, design) = panel(seed);
        let before = estimate(&observations, &design);
        let renamed = |unit: u32| (unit * 7 + by) % 1_009;
        observations.iter_mut().for_each(|o| o.unit = renamed(o.unit));
        observations.reverse();
        let treated_from = design.treated_from.iter().map(|(unit, from)| (renamed(*unit), *from)).collect();
        same(before, estimate(&observations, &Design { treated_from, ..Design::default() }))?;
    }

    #[test]
    fn it_follows_scale_and_not_place(
        seed: u64, scale in prop_oneof![-9.0..-0.1_f64, 0.1..9.0_f64], shift in -1e4..1e4, later in -99..99, weigh in 0.5..9.0,
    ) {
        let (mut observations, mut design) = panel(seed);
        let before = estimate(&observations, &design);
        for o in &mut observations {
            o.value = scale * o.value + shift + 3.0 * f64::from(o.unit) - 2.0 * f64::from(o.period);
            o.period += later;
            o.weight *= weigh;
        }
        design.treated_from.values_mut().for_each(|from| *from += later);
        let after = estimate(&observations, &design);
        let ends = if scale > 0.0 { (before.lower, before.upper) } else { (before.upper, before.lower) };
        let scaled = Contrast {
            value: scale * before.value,
            se: scale.abs() * before.se,
            lower: scale * ends.0,
            upper: scale * ends.1,
            ..before
        };
        same(scaled, after)?;
    }

    #[test]
    fn a_unit_seen_once_changes_nothing(seed: u64, value in -1e3..1e3, period in 0..12, trained: bool) {
        let (mut observations, mut design) = panel(seed);
        let before = estimate(&observations, &design);
        observations.push(Observation { unit: 99, period, value, weight: 40.0 });
        if trained {
            design.treated_from.insert(99, 6);
        }
        same(before, estimate(&observations, &design))?;
    }

    #[test]
    fn a_unit_seen_on_one_side_only_is_borne(seed: u64, after: bool, trained: bool) {
        let (mut observations, mut design) = panel(seed);
        let before = estimate(&observations, &design);
        let periods = if after { 6..12 } else { 0..6 };
        observations.extend(periods.map(|period| Observation { unit: 99, period, value: 25.0, weight: 9.0 }));
        if trained {
            design.treated_from.insert(99, 6);
        }
        let with = estimate(&observations, &design);
        // It says something of the periods, and so a little of the effect.
        prop_assert!((with.value - before.value).abs() < before.se, "{} and {}", with.value, before.value);
    }

    #[test]
    fn nonsense_is_refused_without_panic(
        observations in prop::collection::vec((0_u32..6, -3..4, prop_oneof![Just(f64::NAN), -9.0..9.0], -1.0..50.0), 0..60),
        starts in prop::collection::btree_map(0_u32..6, -4..5, 0..6),
    ) {
        let observations: Vec<Observation> = observations
            .into_iter()
            .map(|(unit, period, value, weight)| Observation { unit, period, value, weight })
            .collect();
        let design = Design { treated_from: starts, ..Design::default() };
        if let Ok(told) = kexun_stats::effects::difference_in_differences(&observations, &design, &Options::default()) {
            prop_assert!(told.effect.is_finite() && told.lower <= told.effect && told.effect <= told.upper);
            prop_assert!(told.dof >= 2.0 && (0.0..=1.0).contains(&told.p));
        }
    }
}
