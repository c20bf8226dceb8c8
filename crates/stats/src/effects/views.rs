//! What is shown beside the effect: the trend before, both groups over time, the effect over time.

use std::collections::{BTreeMap, BTreeSet};

use super::panel::{Entry, Panel, usable};
use super::regression::{Coefficient, Fit, Row};
use super::{
    Design, FEWEST_DEGREES_OF_FREEDOM, FEWEST_TRAINED, FEWEST_TREND_PERIODS, Observation, Options, PathPoint,
    RelativeEffect, TrendCheck, Weights,
};

/// The difference of the linear trends before, with the same effects and errors.
pub(super) fn trend(panel: &Panel, options: &Options) -> Option<TrendCheck> {
    if panel.trained_periods(|relative| relative < 0) < FEWEST_TREND_PERIODS {
        return None;
    }
    let before: Vec<Entry> = panel.entries.iter().filter(|e| e.relative() < 0).copied().collect();
    let fit = panel.fit(options, &before, 1, |entry| entry.trained().map(|r| (0, f64::from(r))));
    fit.effect(options.errors).filter(tells).map(TrendCheck::from)
}

/// The effect by relative period.
pub(super) fn by_time(panel: &Panel, options: &Options) -> Vec<RelativeEffect> {
    let mut units: BTreeMap<i32, BTreeSet<u32>> = BTreeMap::new();
    for entry in &panel.entries {
        if let Some(relative) = entry.trained() {
            units.entry(relative).or_default().insert(entry.unit);
        }
    }
    let Some(reference) = units.keys().rev().find(|r| **r < 0).copied() else { return Vec::new() };
    units.remove(&reference);
    let numbers: BTreeMap<i32, usize> = units.keys().enumerate().map(|(i, r)| (*r, i)).collect();
    let fit = panel.fit(options, &panel.entries, numbers.len(), |entry| {
        entry.trained().and_then(|relative| numbers.get(&relative)).map(|j| (*j, 1.0))
    });
    let effects = fit.effects(numbers.len(), options.errors);
    // Where units without a common period leave an effect undetermined, all of them would be counted
    // from somewhere else.
    let Some(effects) = effects.into_iter().collect::<Option<Vec<Coefficient>>>() else { return Vec::new() };
    let told = units.iter().zip(effects);
    told.filter(|((_, units), effect)| units.len() >= FEWEST_TRAINED && tells(effect))
        .map(|((relative, units), effect)| RelativeEffect {
            relative: *relative,
            trained_units: units.len(),
            effect: effect.into(),
        })
        .collect()
}

/// Both groups' means in every period.
pub(super) fn path(observations: &[Observation], design: &Design, options: &Options) -> Vec<PathPoint> {
    let mut periods: BTreeMap<i32, Vec<Observation>> = BTreeMap::new();
    for observation in observations.iter().filter(|o| usable(o)) {
        let weight = if options.weights == Weights::Equal { 1.0 } else { observation.weight };
        periods.entry(observation.period).or_default().push(Observation { weight, ..*observation });
    }
    let is_trained = |o: &Observation| design.treated_from.contains_key(&o.unit);
    periods.iter().map(|(period, seen)| point(*period, seen, is_trained, options)).collect()
}

fn point(
    period: i32,
    seen: &[Observation],
    is_trained: impl Fn(&Observation) -> bool,
    options: &Options,
) -> PathPoint {
    let side = |trained: bool| {
        let (mut weight, mut sum, mut units) = (0.0, 0.0, BTreeSet::new());
        for o in seen.iter().filter(|o| is_trained(o) == trained) {
            weight += o.weight;
            sum += o.weight * o.value;
            units.insert(o.unit);
        }
        ((weight > 0.0).then(|| sum / weight), units.len())
    };
    let ((trained, trained_units), (control, control_units)) = (side(true), side(false));
    let difference = (trained_units >= 2 && control_units >= 2).then(|| {
        let fit = Fit::of(cross_section(seen, is_trained), 1, false);
        fit.coefficients(&[0], options.errors).pop().flatten().filter(tells)
    });
    PathPoint {
        period,
        trained,
        control,
        trained_units,
        control_units,
        difference: difference.flatten().map(Into::into),
    }
}

/// One period as a regression on 1 and on being trained.
fn cross_section(seen: &[Observation], is_trained: impl Fn(&Observation) -> bool) -> Vec<Row> {
    let units: BTreeSet<u32> = seen.iter().map(|o| o.unit).collect();
    let numbers: BTreeMap<u32, usize> = units.into_iter().enumerate().map(|(i, unit)| (unit, i)).collect();
    let row = |o: &Observation| Row {
        cluster: numbers[&o.unit],
        block: 0,
        effects: [Some(0), None],
        weight: o.weight,
        value: o.value,
        regressor: is_trained(o).then_some((0, 1.0)),
    };
    seen.iter().map(row).collect()
}

/// Whether an interval may be told at all.
fn tells(coefficient: &Coefficient) -> bool {
    coefficient.scatters && coefficient.dof >= FEWEST_DEGREES_OF_FREEDOM
}
