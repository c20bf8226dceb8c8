//! The funnel plot: everybody in one picture, and how far chance alone reaches. Pure.

use kexun_stats::funnel::{Limits, mean_limits, over_dispersion, share_limits};
use kexun_stats::weak::Verdict;
use serde::Serialize;
use utoipa::ToSchema;

use super::evidence::{Agent, Sums};
use super::measures::Measure;
use super::service::Place;
use crate::kpi::rules::Unit;

/// At how many sizes limits are told.
const STEPS: u32 = 48;

/// A funnel plot.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Funnel {
    /// Key of the figure.
    pub key: String,
    /// The value of all cases together. Times: of the typical agent, see `value` of a point.
    pub centre: Option<f64>,
    /// One an agent whom the caller may see.
    pub points: Vec<FunnelPoint>,
    /// The limits, by rising number of cases.
    pub limits: Vec<FunnelLimits>,
}

/// An agent in a funnel plot.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FunnelPoint {
    /// The agent account.
    pub agent: Place,
    /// His cases.
    pub n: u64,
    /// Where he stands. For times a mean of logarithms told in seconds, in which one very long wait
    /// does not outweigh a hundred short ones, so that it can be held against the limits.
    pub value: f64,
    /// The figure as it is shown everywhere.
    pub figure: f64,
    /// The estimate of the true value; none where he was not judged.
    pub estimate: Option<f64>,
    /// `weak`, `unclear`, `too_few` or `ok`.
    #[schema(value_type = String)]
    pub verdict: &'static str,
}

/// Limits at a number of cases.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct FunnelLimits {
    /// So many cases.
    pub n: u64,
    /// 95 % lie above by chance: lower limit.
    pub low95: f64,
    /// Upper limit.
    pub high95: f64,
    /// Lower limit for 99.8 %.
    pub low998: f64,
    /// Upper limit for 99.8 %.
    pub high998: f64,
}

/// Everybody's place among the limits.
pub(super) struct Shape {
    /// The centre.
    pub centre: Option<f64>,
    /// (agent, cases, place, figure).
    pub points: Vec<(Agent, u64, f64, f64)>,
    /// The limits.
    pub limits: Vec<FunnelLimits>,
}

/// The word of a verdict.
pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Weak => "weak",
        Verdict::Unclear => "unclear",
        Verdict::TooFew => "too_few",
        Verdict::Fine => "ok",
    }
}

/// Centre, points and limits of a measure over agents with cases.
pub(super) fn shape(measure: Measure, agents: &[(Agent, Sums)]) -> Shape {
    let n: u64 = agents.iter().map(|(_, sums)| sums.moments.n).sum();
    if n == 0 {
        return Shape { centre: None, points: Vec::new(), limits: Vec::new() };
    }
    let centre = agents.iter().map(|(_, sums)| sums.moments.sum).sum::<f64>() / n as f64;
    let most = agents.iter().map(|(_, sums)| sums.moments.n).max().unwrap_or(1);
    let sizes = sizes(most);
    match measure.unit() {
        Unit::Seconds => times(agents, centre, &sizes),
        _ => shares(agents, centre, &sizes),
    }
}

fn shares(agents: &[(Agent, Sums)], centre: f64, sizes: &[u64]) -> Shape {
    let error = |n: u64| (centre * (1.0 - centre) / n as f64).sqrt();
    let points: Vec<(Agent, u64, f64, f64)> = agents
        .iter()
        .map(|(agent, sums)| {
            let value = sums.moments.sum / sums.moments.n as f64;
            (*agent, sums.moments.n, value, value)
        })
        .collect();
    let z: Vec<f64> = points.iter().map(|(_, n, value, _)| (value - centre) / error(*n)).collect();
    let limits = share_limits(centre, over_dispersion(&z), sizes);
    Shape { centre: Some(centre), points, limits: limits.iter().map(|l| told(l, |x| x)).collect() }
}

fn times(agents: &[(Agent, Sums)], centre: f64, sizes: &[u64]) -> Shape {
    // The ratio of arithmetic to geometric means over everybody (Duan's smearing estimate, 1983), as in
    // the estimates: so the plot speaks of the seconds that people see.
    let (arithmetic, geometric) = agents.iter().fold((0.0, 0.0), |(a, g), (_, sums)| {
        let n = sums.moments.n as f64;
        (a + sums.seconds + 0.5 * n, g + n * (sums.moments.sum / n).exp())
    });
    let smear = arithmetic / geometric;
    let seconds = |log: f64| (smear * log.exp() - 0.5).max(0.0);
    let spread = case_spread(agents);
    let z: Vec<f64> = agents
        .iter()
        .map(|(_, sums)| {
            (sums.moments.sum / sums.moments.n as f64 - centre) * (sums.moments.n as f64).sqrt() / spread
        })
        .collect();
    let limits = mean_limits(centre, spread, over_dispersion(&z), sizes);
    let points = agents.iter().map(|(agent, sums)| {
        let n = sums.moments.n as f64;
        (*agent, sums.moments.n, seconds(sums.moments.sum / n), sums.seconds / n)
    });
    Shape {
        centre: Some(seconds(centre)),
        points: points.collect(),
        limits: limits.iter().map(|l| told(l, seconds)).collect(),
    }
}

/// Standard deviation of the logarithm of a single time around its agent's mean, pooled, clusters
/// counted as such; where no agent has two conversations, that of a time three times as long.
fn case_spread(agents: &[(Agent, Sums)]) -> f64 {
    let parts = agents.iter().filter_map(|(_, sums)| {
        let free = sums.moments.clusters.checked_sub(1)? as f64;
        Some((free * sums.moments.variance_of_mean()? * sums.moments.n as f64, free))
    });
    let (sum, free) = parts.fold((0.0, 0.0), |(sum, free), (s, f)| (sum + s, free + f));
    if sum > 0.0 { (sum / free).sqrt() } else { 3.0_f64.ln() }
}

/// Numbers of cases from 1 to the most, evenly on a log scale, ending with the most.
fn sizes(most: u64) -> Vec<u64> {
    let mut sizes: Vec<u64> = (0..=STEPS)
        .map(|step| (most as f64).powf(f64::from(step) / f64::from(STEPS)).round() as u64)
        .collect();
    sizes.dedup();
    sizes
}

fn told(limits: &Limits, told: impl Fn(f64) -> f64) -> FunnelLimits {
    FunnelLimits {
        n: limits.n,
        low95: told(limits.limits_95.0),
        high95: told(limits.limits_95.1),
        low998: told(limits.limits_998.0),
        high998: told(limits.limits_998.1),
    }
}
