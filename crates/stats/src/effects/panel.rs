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
            let of = |o: &&Observation| design.treated_from.get(&o.unit).map(|from| (o.period, *from));
            observations.iter().filter_map(of).any(|(period, from)| {
                side(period, from) && design.windows.get(&from).is_none_or(|window| window.holds(period))
            })
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
        let groups = options.levels == Levels::Groups;
        let mut blocks: BTreeMap<i32, BTreeMap<i32, usize>> = BTreeMap::new();
        let mut clusters: BTreeMap<u32, usize> = BTreeMap::new();
        for entry in entries {
            blocks.entry(entry.start).or_default().insert(entry.period, 0);
            clusters.insert(entry.unit, 0);
        }
        let numbers: BTreeMap<i32, usize> = blocks.keys().zip(0..).map(|(start, n)| (*start, n)).collect();
        blocks.values_mut().for_each(number);
        number(&mut clusters);
        let row = |entry: &Entry| {
            let periods = &blocks[&entry.start];
            let group = groups.then(|| periods.len() + usize::from(entry.is_trained));
            Row {
                cluster: clusters[&entry.unit],
                block: numbers[&entry.start],
                effects: [Some(periods[&entry.period]), group],
                weight: entry.weight,
                value: entry.value,
                regressor: regressor(entry),
            }
        };
        PanelFit { fit: Fit::of(entries.iter().map(row).collect(), columns, !groups) }
    }
}

/// Numbers things in their order.
fn number<K: Ord>(things: &mut BTreeMap<K, usize>) {
    things.values_mut().zip(0..).for_each(|(value, n)| *value = n);
}

/// A regression of which only the regressors after the unit and period effects are of interest.
pub(super) struct PanelFit {
    fit: Fit,
}

impl PanelFit {
    /// The coefficients of the first `count` regressors; none for what the effects determine.
    pub fn effects(&self, count: usize, errors: Errors) -> Vec<Option<Coefficient>> {
        let wanted: Vec<usize> = (0..count).collect();
        self.fit.coefficients(&wanted, errors)
    }

    /// The coefficient of the only regressor.
    pub fn effect(&self, errors: Errors) -> Option<Coefficient> {
        self.effects(1, errors).pop().flatten()
    }
}

pub(super) fn usable(observation: &Observation) -> bool {
    observation.value.is_finite() && observation.weight.is_finite() && observation.weight > 0.0
}

/// Those trained from `start` on against everybody who was not yet trained by then, the latter only
/// as long as they were not. Nobody is looked at in periods by which he was himself chosen for a
/// training.
fn comparison(observations: &[&Observation], design: &Design, start: i32) -> Vec<Entry> {
    let entry = |o: &&Observation| {
        let from = design.treated_from.get(&o.unit).copied();
        let is_trained = from == Some(start);
        let window = |start| design.windows.get(&start);
        let chosen_by = |from| window(from).is_some_and(|w| w.left_out.contains(&o.period));
        let is_control = from.is_none_or(|from| from > start && o.period < from && !chosen_by(from));
        let looked_at = window(start).is_none_or(|window| window.holds(o.period));
        let Observation { unit, period, value, weight } = **o;
        (looked_at && (is_trained || is_control)).then_some(Entry {
            unit,
            period,
            value,
            weight,
            start,
            is_trained,
        })
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

/// The fewest cases among the trained or the others, before or after. A control's cases count once,
/// in however many comparisons it stands.
fn fewest_cases(entries: &[Entry]) -> f64 {
    let mut cells: BTreeMap<(bool, bool), BTreeMap<(u32, i32), f64>> = BTreeMap::new();
    for entry in entries {
        let cell = cells.entry((entry.is_trained, entry.relative() >= 0)).or_default();
        cell.insert((entry.unit, entry.period), entry.weight);
    }
    // A panel has all four: comparisons without one of them are left out.
    cells.values().map(|cell| cell.values().sum()).fold(f64::INFINITY, f64::min)
}
