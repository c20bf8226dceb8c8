//! What is told, and when nothing is.

use std::time::Instant;

use kexun_stats::effects::{
    Design, NotEnough, Observation, Options, Weights, Window, difference_in_differences,
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::world::{Figure, World};

/// `trained` and as many controls over six periods, trained from period 3, 20 cases each.
fn plain(trained: u32, value: impl Fn(u32, i32) -> f64) -> (Vec<Observation>, Design) {
    let all = (0..2 * trained).flat_map(|unit| (0..6).map(move |period| (unit, period)));
    let observations =
        all.map(|(unit, period)| Observation { unit, period, value: value(unit, period), weight: 20.0 });
    (
        observations.collect(),
        Design { treated_from: (0..trained).map(|unit| (unit, 3)).collect(), ..Design::default() },
    )
}

fn refusal(observations: &[Observation], design: &Design) -> NotEnough {
    difference_in_differences(observations, design, &Options::default()).unwrap_err()
}

/// Hardly any scatter: of another sign from unit to unit and period to period.
fn ripple(unit: u32, period: i32) -> f64 {
    let unit = i64::from(unit);
    let place = (unit * unit * 31 + i64::from(period) * 17 + unit * i64::from(period) * 7) % 13;
    1e-6 * (place as f64 - 6.0)
}

#[test]
fn values_without_scatter_tell_nothing() {
    // All ratings are good, in both groups, before and after: nobody knows how far they might have moved.
    let (observations, design) = plain(4, |_, _| 0.95);
    assert_eq!(refusal(&observations, &design), NotEnough::NoScatter);
    let (observations, design) = plain(4, |unit, period| {
        let effect = if unit < 4 && period >= 3 { -2.0 } else { 0.0 };
        f64::from(unit) / 3.0 + f64::from(period * period) + effect
    });
    assert_eq!(refusal(&observations, &design), NotEnough::NoScatter);
    // Before the training nothing scatters: no trend is told, and none is said to differ.
    let (observations, design) =
        plain(4, |unit, period| if period < 3 { 0.95 } else { 0.95 - f64::from(unit * 7 % 5) / 100.0 });
    let told = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert_eq!(told.trend, None);
    assert!(told.by_time.iter().all(|point| point.relative >= 0), "{:?}", told.by_time);
}

#[test]
fn values_with_hardly_any_scatter_give_the_effect_itself() {
    let (observations, design) = plain(4, |unit, period| {
        let effect = if unit < 4 && period >= 3 { -2.0 } else { 0.0 };
        f64::from(unit) + f64::from(period * period) + effect + ripple(unit, period)
    });
    let told = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert!((told.effect + 2.0).abs() < 1e-5 && told.se < 1e-5);
    assert_eq!((told.trained_units, told.control_units, told.observations), (4, 4, 48));
    assert_eq!((told.pre_periods, told.post_periods), (3, 3));
    assert!(told.trend.expect("three periods before").slope_difference.abs() < 1e-5);
    let times: Vec<i32> = told.by_time.iter().map(|point| point.relative).collect();
    assert_eq!(times, [-3, -2, 0, 1, 2]);
    for point in &told.by_time {
        let expected = if point.relative < 0 { 0.0 } else { -2.0 };
        assert!((point.effect.value - expected).abs() < 2e-5 && point.trained_units == 4);
    }
    assert_eq!(told.path.len(), 6);
    let last = told.path[5];
    assert!((last.trained.unwrap() - 24.5).abs() < 1e-5 && (last.control.unwrap() - 30.5).abs() < 1e-5);
    assert_eq!((last.trained_units, last.control_units), (4, 4));
    assert!((last.difference.expect("four on each side").value + 6.0).abs() < 1e-5);
}

#[test]
fn too_little_is_said_to_be_too_little() {
    let (observations, design) = plain(4, |unit, period| f64::from(unit % 3) + ripple(unit, period));
    let seen = |keep: fn(&Observation) -> bool| -> Vec<Observation> {
        observations.iter().copied().filter(keep).collect()
    };
    assert_eq!(refusal(&seen(|o| o.unit >= 4 || o.period >= 3), &design), NotEnough::NoBefore);
    assert_eq!(refusal(&seen(|o| o.unit >= 4 || o.period < 3), &design), NotEnough::NoAfter);
    assert_eq!(refusal(&[], &design), NotEnough::NoBefore);
    let two = seen(|o| o.unit >= 2);
    assert_eq!(refusal(&two, &design), NotEnough::TooFewTrained { n: 2, needed: 3 });
    // Two of the controls are gone before they could be compared.
    let left = seen(|o| o.unit < 6 || o.period < 3);
    assert_eq!(refusal(&left, &design), NotEnough::TooFewControls { n: 2, needed: 3 });
    let few: Vec<_> = observations.iter().map(|o| Observation { weight: 1.0, ..*o }).collect();
    assert_eq!(refusal(&few, &design), NotEnough::TooFewCases { cases: 12.0, needed: 30.0 });
    // The trained are seen in even periods, the others in odd ones.
    let apart = seen(|o| (o.unit < 4) == (o.period % 2 == 0));
    assert_eq!(refusal(&apart, &design), NotEnough::NothingInCommon);
    let mut uneven = observations.clone();
    // One trained unit has almost all of the trained's cases, and the others have far more.
    uneven.iter_mut().filter(|o| o.unit == 0).for_each(|o| o.weight = 1e4);
    uneven.iter_mut().filter(|o| o.unit >= 4).for_each(|o| o.weight = 1e6);
    let by_cases = Options { weights: Weights::Cases, ..Options::default() };
    let refused = difference_in_differences(&uneven, &design, &by_cases).unwrap_err();
    assert!(matches!(refused, NotEnough::TooUneven { .. }), "{refused}");
}

#[test]
fn those_trained_earlier_are_no_yardstick_for_those_trained_later() {
    // The effect grows with time. Against units trained before, later ones would seem to lose.
    let mut design = Design::default();
    design.treated_from.extend((0..4).map(|unit| (unit, 2)));
    design.treated_from.extend((4..8).map(|unit| (unit, 6)));
    let all = (0..12_u32).flat_map(|unit| (0..10).map(move |period| (unit, period)));
    let effect = |unit: u32, period: i32| match design.treated_from.get(&unit) {
        Some(from) if period >= *from => f64::from(period - from + 1),
        _ => 0.0,
    };
    let observations: Vec<Observation> = all
        .map(|(unit, period)| Observation {
            unit,
            period,
            value: f64::from(unit) + f64::from(period) + effect(unit, period) + ripple(unit, period),
            weight: 30.0,
        })
        .collect();
    let told = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    // A mean of the first start's effects, 1 to 8, and of the second's, 1 to 4.
    assert!((2.5..=4.5).contains(&told.effect), "{}", told.effect);
    for point in &told.by_time {
        let expected = f64::from((point.relative + 1).max(0));
        assert!((point.effect.value - expected).abs() < 2e-5, "{}: {}", point.relative, point.effect.value);
    }
    assert!(told.trend.expect("periods before").slope_difference.abs() < 1e-5);
}

#[test]
fn a_trend_before_is_seen() {
    let world = World::new(Figure::Normal, 40, 20);
    let (mut observations, design) = world.draw(&mut ChaCha8Rng::seed_from_u64(1));
    let straight = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert!(straight.trend.expect("six periods").p > 0.05);
    observations.iter_mut().filter(|o| o.unit < 20).for_each(|o| o.value += 0.8 * f64::from(o.period));
    let rising = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    let trend = rising.trend.expect("six periods");
    assert!(trend.p < 0.01 && (trend.lower..=trend.upper).contains(&0.8), "{trend:?}");
}

#[test]
fn six_hundred_units_over_sixty_periods_are_borne() {
    let world = World { periods: 60, missing: 0.1, ..World::new(Figure::Normal, 600, 300) };
    let (observations, design) = world.draw(&mut ChaCha8Rng::seed_from_u64(2));
    let told = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert!((told.lower..=told.upper).contains(&world.effect()), "{told:?}");
    assert!(told.dof > 100.0 && told.by_time.len() == 59);
}

/// One unit trained in each of `starts` periods, and `controls` who never are, over all of them and `side`
/// more before and after; each start looks at so many on either side.
fn many_starts(starts: u32, controls: u32, side: i32) -> (Vec<Observation>, Design) {
    let world =
        World { periods: starts as i32 + 2 * side, ..World::new(Figure::Normal, starts + controls, 0) };
    let (mut observations, _) = world.draw(&mut ChaCha8Rng::seed_from_u64(3));
    let mut design = Design::default();
    for unit in 0..starts {
        let start = side + unit as i32;
        design.treated_from.insert(unit, start);
        let window = Window { first: start - side, last: start + side - 1, left_out: Default::default() };
        design.windows.insert(start, window);
        let after = observations.iter_mut().filter(|o| o.unit == unit && o.period >= start);
        after.for_each(|o| o.value += world.effect());
    }
    (observations, design)
}

#[test]
fn a_start_looks_no_further_than_its_window() {
    let (mut observations, design) = many_starts(6, 12, 8);
    let within = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert!(within.by_time.iter().all(|point| (-8..8).contains(&point.relative)), "{:?}", within.by_time);
    assert!((within.lower..=within.upper).contains(&-1.5), "{within:?}");
    // Beyond its own window, nothing of what the first of the trained did is of any account.
    observations.iter_mut().filter(|o| o.unit == 0 && o.period >= 16).for_each(|o| o.value = 1e6);
    let other = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert_eq!((within.effect, within.se), (other.effect, other.se));
}

#[test]
fn periods_that_units_were_chosen_by_are_not_looked_at() {
    let (mut observations, mut design) = plain(4, |unit, period| f64::from(unit) + ripple(unit, period));
    let whole = Window { first: 0, last: 5, left_out: Default::default() };
    design.windows.insert(3, Window { left_out: [2].into(), ..whole });
    observations.iter_mut().filter(|o| o.unit < 4 && o.period == 2).for_each(|o| o.value += 9.0);
    let told = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert!(told.effect.abs() < 1e-5 && (told.pre_periods, told.observations) == (2, 40), "{told:?}");
    // Later ones are no yardstick in the periods by which they were chosen themselves.
    design.treated_from.extend((4..6).map(|unit| (unit, 5)));
    design.windows.insert(5, Window { first: 0, last: 5, left_out: [4].into() });
    observations
        .iter_mut()
        .filter(|o| (4..6).contains(&o.unit) && o.period == 4)
        .for_each(|o| o.value += 9.0);
    let told = difference_in_differences(&observations, &design, &Options::default()).unwrap();
    assert!(told.effect.abs() < 1e-5, "{told:?}");
}

#[test]
fn a_control_counts_its_cases_once_however_many_starts_there_are() {
    let (mut observations, design) = many_starts(3, 4, 8);
    // None of the trained stands among the controls after a start.
    let from = |o: &Observation| design.treated_from.get(&o.unit).copied();
    observations.retain(|o| from(o).is_none_or(|from| o.period < 8 || o.period >= from));
    observations.iter_mut().for_each(|o| o.weight = if o.unit < 3 { 2.0 } else { 0.625 });
    // Four controls in the ten periods from 8 to 17; each comparison has eight of these.
    assert_eq!(refusal(&observations, &design), NotEnough::TooFewCases { cases: 25.0, needed: 30.0 });
}

/// `cargo test --release -p kexun-stats --test effects -- --ignored --nocapture how_long`: the times of
/// `docs/statistics.md`.
#[allow(clippy::disallowed_methods, reason = "it measures")]
#[test]
#[ignore = "measures time"]
fn how_long_many_starts_take() {
    let sizes =
        [(6, 200, 8), (12, 200, 8), (26, 200, 8), (52, 200, 8), (52, 300, 8), (12, 200, 26), (52, 300, 26)];
    for (starts, controls, side) in sizes {
        let (observations, design) = many_starts(starts, controls, side);
        let begun = Instant::now();
        let told = difference_in_differences(&observations, &design, &Options::default()).unwrap();
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
        println!(
            "{starts} starts, {controls} controls, {side} periods: {:?}, {most}, {:.2}",
            begun.elapsed(),
            told.effect
        );
    }
}
