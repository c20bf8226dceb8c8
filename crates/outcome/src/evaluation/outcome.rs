//! What an evaluation found: as it is stored and as it is sent.

use kexun_base::time::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

kexun_base::words!(
    /// What can be said.
    EffectVerdict {
        /// Those trained got better than the others: the interval leaves out zero.
        Better = "better",
        /// They got worse than the others.
        Worse = "worse",
        /// They changed, in a figure of which neither way is better.
        Changed = "changed",
        /// No difference can be seen: the interval holds zero.
        NoDifference = "no_difference",
        /// Too little to tell.
        NotEnough = "not_enough",
    }

    /// Who the trained are compared with.
    ComparedWith {
        /// Others of their teams at that time.
        Team = "team",
        /// Others of their shops.
        Shop = "shop",
        /// Everybody else in the organisation.
        Organisation = "organisation",
        /// People named by hand.
        Named = "named",
    }

    /// What is lacking.
    EffectLack {
        /// Trained people with figures.
        Trained = "trained",
        /// People to compare with who have figures.
        Controls = "controls",
        /// Figures before the training.
        Before = "before",
        /// Figures after it.
        After = "after",
        /// Cases on one of the four sides.
        Cases = "cases",
        /// Weeks in which both groups had cases.
        Common = "common",
        /// Spread: one or two people decide almost alone.
        Spread = "spread",
        /// Scatter: values that are all alike tell nothing of how far they might have moved by chance.
        Scatter = "scatter",
    }
);

/// What was found, in the figure's own unit: seconds, or a share from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationOutcome)]
pub struct Outcome {
    /// What can be said.
    pub verdict: EffectVerdict,
    /// The change that the training made; none: too little to tell.
    pub estimate: Option<Effect>,
    /// What is lacking; none: nothing.
    pub lacking: Option<Lacking>,
    /// Whether both groups moved alike before; none: too few weeks before to tell.
    pub trend: Option<Trend>,
    /// The first day on which somebody was trained.
    #[schema(value_type = String, format = Date)]
    pub first_day: Day,
    /// The last one.
    #[schema(value_type = String, format = Date)]
    pub last_day: Day,
    /// Who they were compared with.
    pub comparison: ComparedWith,
    /// The trained.
    pub trained: People,
    /// Those compared with.
    pub controls: People,
    /// Trained people beyond the reach of who made the evaluation: they were left out.
    pub beyond_reach: u64,
    /// Comparable people who were taught the same elsewhere within the time: they were left out.
    pub taught_elsewhere: u64,
    /// The weeks by which those trained were chosen; none: no weak spot led to the training.
    #[serde(default)]
    pub left_out: Option<LeftOut>,
    /// Figures of both groups before and after, of those who count.
    pub table: Table,
    /// Week by week.
    pub weeks: Vec<Week>,
    /// The effect by weeks since each one's training, to see whether it lasts.
    pub since: Vec<Since>,
}

/// Weeks before the training that do not count: those of the weak spots that led to it, those from then to the
/// training (up to four), and as many before. Weeks further back stand in for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationLeftOut)]
pub struct LeftOut {
    /// First day of the first one.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day of the last one; where people were trained on different days, not all between are left out.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// How many weeks.
    pub weeks: u64,
    /// The record does not reach back far enough: only the weeks of the weak spots are left out, and what is left of
    /// a bad time beside them may make the effect look better than it is.
    pub short: bool,
}

/// An effect with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationEffect)]
pub struct Effect {
    /// By how much the figure of those trained changed more than that of the others.
    pub effect: f64,
    /// Its standard error, clustered by person.
    pub se: f64,
    /// Degrees of freedom of the interval.
    pub dof: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Two-sided p-value.
    pub p: f64,
}

/// What is lacking, and how much.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationLacking)]
pub struct Lacking {
    /// What.
    pub what: EffectLack,
    /// How much of it there is (people, cases, degrees of freedom).
    pub found: f64,
    /// How much it takes.
    pub needed: f64,
}

/// How much faster the figure of those trained moved before the training than that of the others.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationTrend)]
pub struct Trend {
    /// Per week.
    pub slope: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Two-sided p-value.
    pub p: f64,
    /// Whether they moved apart already: the interval leaves out zero.
    pub differs: bool,
}

/// People of a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationPeople)]
pub struct People {
    /// All of them.
    pub people: u64,
    /// Those whose figures count.
    pub counted: u64,
    /// Without an agent account: nobody knows their conversations.
    pub without_account: u64,
    /// With an account, without a case in these weeks.
    pub without_cases: u64,
    /// With cases before the training only: they left, or serve no more.
    pub only_before: u64,
    /// With cases after it only: they joined then.
    pub only_after: u64,
}

/// A group's figure: all its cases together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationGroup)]
pub struct Group {
    /// The figure; none: no cases.
    pub value: Option<f64>,
    /// People with cases.
    pub people: u64,
    /// Cases.
    pub n: u64,
}

/// Both groups before and after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationTable)]
pub struct Table {
    /// The trained, before.
    pub trained_before: Group,
    /// The trained, after.
    pub trained_after: Group,
    /// The others, before the first training.
    pub controls_before: Group,
    /// The others, after it.
    pub controls_after: Group,
}

/// A week; week 0 begins on the day after the first training. Nobody stands in a week that is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationWeek)]
pub struct Week {
    /// Which week.
    pub week: i32,
    /// Its first day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Its last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// The trained.
    pub trained: Group,
    /// The others.
    pub controls: Group,
}

/// The difference of both groups so many weeks from the training, against the last week before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EvaluationSince)]
pub struct Since {
    /// Weeks since the first whole one after the training; negative: before.
    pub week: i32,
    /// The difference.
    pub effect: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Trained people with cases.
    pub people: u64,
}
