//! Did it help? The change of those who were trained against that of those who were not.
//!
//! A unit's value in a period is its own level, plus what the period does to everybody, plus the
//! effect from the period on in which the unit counts as trained:
//! y = unit + period + β · (trained and after). β is the *difference in differences*. It is
//! estimated by weighted least squares with effects per unit and per period, so that units that
//! come or go are compared with themselves only, and its uncertainty by the cluster-robust
//! variance CR2 (Bell and McCaffrey 2002) with Satterthwaite's degrees of freedom (Pustejovsky and
//! Tipton 2018), clustered by unit: the periods of one unit resemble each other.
//!
//! β is the effect of the training only if the trained would have changed like the others without
//! it. [`TrendCheck`] and the [effects before](Estimate::by_time) show how far that held before.
//!
//! Where units are trained at different times, those trained earlier must not serve as a
//! yardstick for later ones (Goodman-Bacon 2021). So every start gets a comparison of its own,
//! with the never trained and with the not yet trained up to their own start; these comparisons are
//! stacked, each with its own unit and period effects, around one β (Cengiz, Dube, Lindner, Zipperer
//! 2019). Errors stay clustered by unit over all of them. A comparison may be kept to a [`Window`] of
//! periods around its start, without those by which its units were chosen.
//!
//! Sources and measured coverage: `docs/statistics.md`.

mod leverage;
mod linear;
mod panel;
mod regression;
mod scatter;
mod views;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::special::{student_cdf, student_quantile};
use panel::Panel;
use regression::Coefficient;

/// Fewer trained units seen before and after give no figure: with two, the variance among them
/// rests on a single difference.
pub const FEWEST_TRAINED: usize = 3;
/// Fewer controls seen before and after give no figure, for the same reason.
pub const FEWEST_CONTROLS: usize = 3;
/// Fewer cases in one of the four cells (trained or not, before or after) give no figure: their
/// mean is not yet near a normal distribution, least of all that of times.
pub const FEWEST_CASES: f64 = 30.0;
/// With fewer degrees of freedom one unit decides almost alone, and Satterthwaite's approximation
/// is no longer near.
pub const FEWEST_DEGREES_OF_FREEDOM: f64 = 2.0;
/// A trend before is told from at least so many periods: two always lie on a line.
pub const FEWEST_TREND_PERIODS: usize = 3;

/// One unit in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// The caller's number of the unit.
    pub unit: u32,
    /// Number of the period; consecutive periods have consecutive numbers.
    pub period: i32,
    /// The unit's value in the period.
    pub value: f64,
    /// How many cases are behind it. An observation without a positive finite number of cases, or
    /// without a finite value, is passed over.
    pub weight: f64,
}

/// Who was trained, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    /// The first period in which the unit counts as trained. Units that are not in the map were
    /// never trained: they are the controls.
    pub treated_from: BTreeMap<u32, i32>,
    /// By start, which periods the comparison of that start looks at; of a start that is not in the
    /// map, all of them.
    pub windows: BTreeMap<i32, Window>,
}

/// The periods that one comparison looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first one.
    pub first: i32,
    /// The last one.
    pub last: i32,
    /// Those between that are left out: the periods by whose values units were chosen for the
    /// training. What is chosen for being bad is bad by chance in part, and better afterwards without
    /// any training.
    pub left_out: BTreeSet<i32>,
}

impl Window {
    /// Whether a period is looked at.
    pub fn holds(&self, period: i32) -> bool {
        (self.first..=self.last).contains(&period) && !self.left_out.contains(&period)
    }
}

/// How much an observation counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weights {
    /// As much as it is certain: inversely to a variance of two parts, one that shrinks with the
    /// number of cases and one that does not, both estimated from the scatter of the observations.
    #[default]
    Precision,
    /// As much as it has cases.
    Cases,
    /// All the same.
    Equal,
}

/// What is taken out besides the periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Levels {
    /// Each unit's own level.
    #[default]
    Units,
    /// The level of the trained and that of the controls: for repeated cross-sections, whose units
    /// are seen once.
    Groups,
}

/// How uncertainty is estimated. Everything but [`Errors::Cr2`] is for comparison with other programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Errors {
    /// Clustered by unit, with the correction of Bell and McCaffrey and Satterthwaite's degrees of
    /// freedom: holds for few units too.
    #[default]
    Cr2,
    /// Clustered by unit, scaled by G/(G − 1) · (n − 1)/(n − k), with G − 1 degrees of freedom.
    Cr1,
    /// Clustered by unit, uncorrected (Liang and Zeger 1986), with G − 1 degrees of freedom.
    Cr0,
    /// Independent errors whose variances are inverse to the weights.
    Classical,
}

/// How to estimate; the default is what is tested to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much an observation counts.
    pub weights: Weights,
    /// What is taken out besides the periods.
    pub levels: Levels,
    /// How uncertainty is estimated.
    pub errors: Errors,
}

/// An estimated difference with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// The difference, in units of the values.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom of its t distribution.
    pub dof: f64,
    /// Lower end of the 95 % interval.
    pub lower: f64,
    /// Upper end of the 95 % interval.
    pub upper: f64,
    /// Two-sided p-value of no difference.
    pub p: f64,
}

/// What the training changed, as far as can be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Difference in differences, in units of the values: positive if the trained rose against the
    /// others.
    pub effect: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom of its t distribution.
    pub dof: f64,
    /// Lower end of the 95 % interval.
    pub lower: f64,
    /// Upper end of the 95 % interval.
    pub upper: f64,
    /// Two-sided p-value of no effect.
    pub p: f64,
    /// Trained units that the figure rests on: seen before and after.
    pub trained_units: usize,
    /// Controls that the figure rests on: seen before and after.
    pub control_units: usize,
    /// Observations used.
    pub observations: usize,
    /// Periods before, in which trained units were seen.
    pub pre_periods: usize,
    /// Periods after, in which trained units were seen.
    pub post_periods: usize,
    /// Whether the two groups moved alike before; none with fewer than
    /// [`FEWEST_TREND_PERIODS`] periods before, or where too few units were seen in them.
    pub trend: Option<TrendCheck>,
    /// Both groups over time, by period: means over all cases (over units with [`Weights::Equal`]).
    pub path: Vec<PathPoint>,
    /// The effect by time since the training, by relative period (0 is the first one after), against
    /// the last period before (relative period −1, which is not in the list, its effect being 0 by
    /// definition). Intervals are pointwise. Periods with fewer than [`FEWEST_TRAINED`] trained
    /// units are left out.
    pub by_time: Vec<RelativeEffect>,
}

/// The difference of the two groups' linear trends before the training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrendCheck {
    /// How much faster the trained rose, per period.
    pub slope_difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom of its t distribution.
    pub dof: f64,
    /// Two-sided p-value of equal trends.
    pub p: f64,
    /// Lower end of the 95 % interval.
    pub lower: f64,
    /// Upper end of the 95 % interval.
    pub upper: f64,
}

/// Both groups in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathPoint {
    /// The period.
    pub period: i32,
    /// Mean of those who are in the design as trained, before and after; none if none was seen.
    pub trained: Option<f64>,
    /// Mean of the others.
    pub control: Option<f64>,
    /// Number of the former.
    pub trained_units: usize,
    /// Number of the latter.
    pub control_units: usize,
    /// Trained less control; none with fewer than two units on either side.
    pub difference: Option<Contrast>,
}

/// The effect in one period counted from the training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelativeEffect {
    /// Periods since the first one after; negative before.
    pub relative: i32,
    /// Trained units seen in it.
    pub trained_units: usize,
    /// The effect against relative period −1 (or the last one before in which trained were seen).
    pub effect: Contrast,
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
pub enum NotEnough {
    /// No trained unit was seen before its training.
    #[error("no trained unit was seen before the training")]
    NoBefore,
    /// No trained unit was seen after its training.
    #[error("no trained unit was seen after the training")]
    NoAfter,
    /// Too few trained units were seen both before and after.
    #[error("{n} trained units were seen before and after; {needed} are needed")]
    TooFewTrained {
        /// How many were.
        n: usize,
        /// How many are needed.
        needed: usize,
    },
    /// Too few others were seen both before and after.
    #[error("{n} units for comparison were seen before and after; {needed} are needed")]
    TooFewControls {
        /// How many were.
        n: usize,
        /// How many are needed.
        needed: usize,
    },
    /// Too few cases among the trained or the others, before or after.
    #[error("{cases} cases on one side of the comparison; {needed} are needed")]
    TooFewCases {
        /// The fewest of the four.
        cases: f64,
        /// How many are needed.
        needed: f64,
    },
    /// The two groups were not seen in the same periods, before and after.
    #[error("the trained and the others were not seen in the same periods")]
    NothingInCommon,
    /// All values are explained without rest: nothing scatters from which uncertainty could be told.
    #[error("the values do not scatter")]
    NoScatter,
    /// Almost all of the evidence comes from one or two units.
    #[error("{dof} degrees of freedom; {needed} are needed")]
    TooUneven {
        /// The degrees of freedom.
        dof: f64,
        /// How many are needed.
        needed: f64,
    },
}

/// The effect of a training on the values of those who had it, with all that is to be seen beside it.
///
/// # Errors
///
/// Says why there is not enough data to tell. A figure that is given holds its 95 % interval as
/// measured in `docs/statistics.md`.
pub fn difference_in_differences(
    observations: &[Observation],
    design: &Design,
    options: &Options,
) -> Result<Estimate, NotEnough> {
    let panel = Panel::of(observations, design, options)?;
    let Contrast { value, se, dof, lower, upper, p } = effect_in(&panel, options)?;
    Ok(Estimate {
        effect: value,
        se,
        dof,
        lower,
        upper,
        p,
        trained_units: panel.trained_units,
        control_units: panel.control_units,
        observations: panel.observations,
        pre_periods: panel.trained_periods(|relative| relative < 0),
        post_periods: panel.trained_periods(|relative| relative >= 0),
        trend: views::trend(&panel, options),
        path: views::path(observations, design, options),
        by_time: views::by_time(&panel, options),
    })
}

/// Only the effect, where nothing is to be seen beside it.
///
/// # Errors
///
/// As [`difference_in_differences`].
pub fn effect(
    observations: &[Observation],
    design: &Design,
    options: &Options,
) -> Result<Contrast, NotEnough> {
    effect_in(&Panel::of(observations, design, options)?, options)
}

fn effect_in(panel: &Panel, options: &Options) -> Result<Contrast, NotEnough> {
    let fit = panel.fit(options, &panel.entries, 1, |entry| entry.after());
    let effect = fit.effect(options.errors).ok_or(NotEnough::NothingInCommon)?;
    if !effect.scatters {
        return Err(NotEnough::NoScatter);
    }
    if effect.dof < FEWEST_DEGREES_OF_FREEDOM {
        return Err(NotEnough::TooUneven { dof: effect.dof, needed: FEWEST_DEGREES_OF_FREEDOM });
    }
    Ok(effect.into())
}

impl From<Coefficient> for Contrast {
    fn from(Coefficient { value, se, dof, .. }: Coefficient) -> Self {
        let reach = student_quantile(0.975, dof) * se;
        let p = 2.0 * student_cdf(-(value / se).abs(), dof);
        Self { value, se, dof, lower: value - reach, upper: value + reach, p }
    }
}

impl From<Coefficient> for TrendCheck {
    fn from(coefficient: Coefficient) -> Self {
        let Contrast { value, se, dof, lower, upper, p } = coefficient.into();
        Self { slope_difference: value, se, dof, p, lower, upper }
    }
}
