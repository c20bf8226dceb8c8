//! Observations, sorted into comparisons that are allowed.

use std::collections::{BTreeMap, BTreeSet};

use super::regression::{Coefficient, Fit, Row};
use super::scatter::Scatter;
use super::{
    Design, Errors, FEWEST_CASES, FEWEST_CONTROLS, FEWEST_TRAINED, Levels, NotEnough, Observation, Options,
    Weights,
};

/// An observation in one comparison; a control's may stand in several.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub unit: u32,
    pub period: i32,
    pub value: f64,
    /// How much it counts; until the panel is complete, the number of cases.
    pub weight: f64,
    /// First period after the training of those whom this comparison is about.
    pub start: i32,
    /// Whether the unit is one of them.
    pub is_trained: bool,
}

impl Entry {
    /// Periods since the comparison's start, negative before.
    pub fn relative(&self) -> i32 {
        self.period.saturating_sub(self.start)
    }

    /// The same for a trained unit; none for a control.
    pub fn trained(&self) -> Option<i32> {
        self.is_trained.then(|| self.relative())
    }

    /// The regressor whose coefficient is the effect.
    pub fn after(&self) -> Option<(usize, f64)> {
        self.trained().filter(|relative| *relative >= 0).map(|_| (0, 1.0))
    }
}

/// All comparisons, one per start, stacked.
pub(super) struct Panel {
    pub entries: Vec<Entry>,
    pub trained_units: usize,
    pub control_units: usize,
    pub observations: usize,
}

impl Panel {
    pub fn of(observations: &[Observation], design: &Design, options: &Options) -> Result<Self, NotEnough> {
        let observations: Vec<&Observation> = observations.iter().filter(|o| usable(o)).collect();
        let trained = |side: fn(i32, i32) -> bool| {
            observations.iter().any(|o| design.treated_from.get(&o.unit).is_some_and(|f| side(o.period, *f)))
        };
        if !trained(|period, from| period < from) {
            return Err(NotEnough::NoBefore);
        }
        if !trained(|period, from| period >= from) {
            return Err(NotEnough::NoAfter);
        }
        let starts: BTreeSet<i32> = design.treated_from.values().copied().collect();
        let stacks = starts.into_iter().map(|start| comparison(&observations, design, start));
        let mut entries: Vec<Entry> = stacks.filter(|entries| complete(entries)).flatten().collect();
        if options.levels == Levels::Units {
            leave_out_singles(&mut entries);
        }

        let count = |trained| counted(&entries, trained, options.levels);
        let (trained_units, control_units) = (count(true), count(false));
        if trained_units < FEWEST_TRAINED {
            return Err(NotEnough::TooFewTrained { n: trained_units, needed: FEWEST_TRAINED });
        }
        if control_units < FEWEST_CONTROLS {
            return Err(NotEnough::TooFewControls { n: control_units, needed: FEWEST_CONTROLS });
        }
        let cases = fewest_cases(&entries);
        if cases < FEWEST_CASES {
            return Err(NotEnough::TooFewCases { cases, needed: FEWEST_CASES });
        }
        let used: BTreeSet<(u32, i32)> = entries.iter().map(|e| (e.unit, e.period)).collect();
        let used = observations.iter().filter(|o| used.contains(&(o.unit, o.period))).count();
        let mut panel = Self { entries, trained_units, control_units, observations: used };
        panel.weigh(options);
        Ok(panel)
    }

    /// Turns numbers of cases into weights.
    fn weigh(&mut self, options: &Options) {
        let cases: Vec<f64> = self.entries.iter().map(|e| e.weight).collect();
        if options.weights == Weights::Cases {
            return;
        }
        self.entries.iter_mut().for_each(|e| e.weight = 1.0);
        if options.weights == Weights::Precision {
            let fit = self.fit(options, &self.entries, 1, |entry| entry.after());
            let scatter = Scatter::of(&fit.fit.residuals(), &cases);
            self.entries.iter_mut().zip(cases).for_each(|(e, n)| e.weight = scatter.weight(n));
        }
    }

    /// In how many periods trained units were seen on one side of their start.
    pub fn trained_periods(&self, side: fn(i32) -> bool) -> usize {
        let trained = self.entries.iter().filter(|e| e.trained().is_some_and(side));
        trained.map(|e| e.period).collect::<BTreeSet<_>>().len()
    }

    /// Regresses `entries` on unit (or group) and period effects of each comparison and on `columns`
    /// more regressors, of which `regressor` names an entry's only one that is not 0.
    pub fn fit(
        &self,
        options: &Options,
        entries: &[Entry],
        columns: usize,
        regressor: impl Fn(&Entry) -> Option<(usize, f64)>,
    ) -> PanelFit {
        let mut periods = Numbers::default();
        let mut units = Numbers::default();
        let mut groups = Numbers::default();
        for entry in entries {
            periods.of((entry.start, entry.period));
            groups.of((entry.start, entry.is_trained));
        }
        let levels = if options.levels == Levels::Groups { groups.count() } else { 0 };
        let first = periods.count() + levels;
        let mut clusters = Numbers::default();
        let rows: Vec<Row> = entries
            .iter()
            .map(|entry| {
                let mut regressors = vec![(periods.of((entry.start, entry.period)), 1.0)];
                let by_unit = options.levels == Levels::Units;
                if !by_unit {
                    regressors.push((periods.count() + groups.of((entry.start, entry.is_trained)), 1.0));
                }
                regressors.extend(regressor(entry).map(|(j, x)| (first + j, x)));
                Row {
                    cluster: clusters.of(entry.unit),
                    absorbed: by_unit.then(|| units.of((entry.start, entry.unit))),
                    weight: entry.weight,
                    value: entry.value,
                    regressors,
                }
            })
            .collect();
        PanelFit { fit: Fit::of(&rows, first + columns), first }
    }
}

/// A regression of which only the regressors after the unit and period effects are of interest.
pub(super) struct PanelFit {
    fit: Fit,
    first: usize,
}

impl PanelFit {
    /// The coefficients of the first `count` regressors; none for what the effects determine.
    pub fn effects(&self, count: usize, errors: Errors) -> Vec<Option<Coefficient>> {
        let wanted: Vec<usize> = (self.first..self.first + count).collect();
        self.fit.coefficients(&wanted, errors)
    }

    /// The coefficient of the only regressor.
    pub fn effect(&self, errors: Errors) -> Option<Coefficient> {
        self.effects(1, errors).pop().flatten()
    }
}

/// Numbers things in the order in which they come.
struct Numbers<K>(BTreeMap<K, usize>);

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Numbers<K> {
    fn of(&mut self, key: K) -> usize {
        let next = self.0.len();
        *self.0.entry(key).or_insert(next)
    }

    fn count(&self) -> usize {
        self.0.len()
    }
}

pub(super) fn usable(observation: &Observation) -> bool {
    observation.value.is_finite() && observation.weight.is_finite() && observation.weight > 0.0
}

/// Those trained from `start` on against everybody who was not yet trained by then, the latter only
/// as long as they were not.
fn comparison(observations: &[&Observation], design: &Design, start: i32) -> Vec<Entry> {
    let entry = |o: &&Observation| {
        let from = design.treated_from.get(&o.unit).copied();
        let is_trained = from == Some(start);
        let is_control = from.is_none_or(|from| from > start && o.period < from);
        let Observation { unit, period, value, weight } = **o;
        (is_trained || is_control).then_some(Entry { unit, period, value, weight, start, is_trained })
    };
    observations.iter().filter_map(entry).collect()
}

/// Whether both groups of a comparison were seen before and after; otherwise it says nothing.
fn complete(entries: &[Entry]) -> bool {
    let seen = |trained, after| entries.iter().any(|e| (e.is_trained, e.relative() >= 0) == (trained, after));
    seen(true, false) && seen(true, true) && seen(false, false) && seen(false, true)
}

/// Leaves out units seen once in a comparison: their own level explains them without rest, so they
/// say nothing.
fn leave_out_singles(entries: &mut Vec<Entry>) {
    let mut seen: BTreeMap<(i32, u32), usize> = BTreeMap::new();
    entries.iter().for_each(|e| *seen.entry((e.start, e.unit)).or_default() += 1);
    entries.retain(|e| seen[&(e.start, e.unit)] > 1);
}

/// How many units the figure rests on: with levels per unit, those seen before and after.
fn counted(entries: &[Entry], trained: bool, levels: Levels) -> usize {
    let side = |after: bool| -> BTreeSet<(i32, u32)> {
        let entries = entries.iter().filter(|e| e.is_trained == trained && (e.relative() >= 0) == after);
        entries.map(|e| (e.start, e.unit)).collect()
    };
    let (before, after) = (side(false), side(true));
    let units: BTreeSet<u32> = match levels {
        Levels::Units => before.intersection(&after).map(|(_, unit)| *unit).collect(),
        Levels::Groups => before.union(&after).map(|(_, unit)| *unit).collect(),
    };
    units.len()
}

/// The fewest cases among the trained or the others, before or after; a control's cases count once.
fn fewest_cases(entries: &[Entry]) -> f64 {
    let mut cells = [[0.0; 2]; 2];
    for entry in entries {
        cells[usize::from(entry.is_trained)][usize::from(entry.relative() >= 0)] += entry.weight;
    }
    cells.into_iter().flatten().fold(f64::INFINITY, f64::min)
}
