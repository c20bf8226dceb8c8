//! From evidence to findings. Pure.
//!
//! Agents are compared within their team: an after-sales question takes longer than a pre-sales one,
//! and nobody is slow for having the harder questions. A team with fewer than three agents with cases
//! offers no comparison; there only targets count.

use std::collections::BTreeMap;

use kexun_people::tenants::ShopId;
use kexun_stats::discovery::most_certain;
use kexun_stats::moments::share_design_effect;
use kexun_stats::weak::{self, Cells, Comparison, Direction, Finding, Policy, ShareCell, TimeCell, Verdict};

use super::evidence::{Agent, Evidence, Sums};
use super::measures::Measure;
use crate::kpi::rules::Unit;

/// What was found about an agent in a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// In what.
    pub measure: Measure,
    /// Who.
    pub agent: Agent,
    /// Estimate, interval, comparisons and verdict.
    pub finding: Finding,
}

/// All that was found about those asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Number of comparisons over which the false discovery rate is controlled.
    pub tested: usize,
    /// One for each agent and measure with cases and a yardstick.
    pub found: Vec<Found>,
}

/// The target of a measure in a shop.
pub type TargetOf<'a> = &'a dyn Fn(Measure, ShopId) -> Option<f64>;

/// Judges the agents that `asked` names. All others of their teams serve as peers and are not told of;
/// the list is cut over the comparisons of those asked about, and over no others.
///
/// # Errors
/// When a target is outside the range of its figure.
pub fn judge(
    evidence: &Evidence,
    target_of: TargetOf<'_>,
    asked: &dyn Fn(&Agent) -> bool,
) -> Result<Judgement, weak::InvalidInput> {
    let policy = Policy::default();
    let agents: Vec<(&Agent, &[Sums])> = evidence.agents().collect();
    let mut teams: BTreeMap<(ShopId, Option<u32>), Vec<usize>> = BTreeMap::new();
    for (place, (agent, _)) in agents.iter().enumerate() {
        teams.entry((agent.shop, agent.team)).or_default().push(place);
    }
    let teams = teams.into_iter().filter(|(_, members)| members.iter().any(|&m| asked(agents[m].0)));
    let mut populations = Vec::new();
    let mut measures = Vec::new();
    for ((shop, _), members) in teams {
        for (place, &measure) in evidence.measures().iter().enumerate() {
            let sums = |member: &usize| (*member, agents[*member].1[place]);
            let cells: Vec<(usize, Sums)> =
                members.iter().map(sums).filter(|(_, sums)| sums.moments.n > 0).collect();
            populations.push(population(measure, &cells, target_of(measure, shop)));
            measures.push(measure);
        }
    }
    let mut found: Vec<Found> = weak::find(&populations, &policy)?
        .findings
        .into_iter()
        .map(|f| Found { measure: measures[f.measure], agent: *agents[f.unit].0, finding: f })
        .filter(|f| asked(&f.agent) && f.finding.peers.or(f.finding.target).is_some())
        .collect();
    let tested = cut(&mut found, &policy);
    Ok(Judgement { tested, found })
}

/// The cells of one measure in one team.
fn population(measure: Measure, cells: &[(usize, Sums)], target: Option<f64>) -> weak::Measure {
    let cells = match measure.unit() {
        Unit::Seconds => Cells::Times(cells.iter().filter_map(|(u, s)| time_cell(*u, s, target)).collect()),
        _ => Cells::Shares {
            design_effect: share_design_effect(cells.iter().map(|(_, sums)| &sums.moments)),
            cells: cells.iter().map(|(unit, sums)| share_cell(*unit, sums, target)).collect(),
        },
    };
    weak::Measure { direction: measure.direction(), margin: measure.margin(), cells }
}

fn share_cell(unit: usize, sums: &Sums, target: Option<f64>) -> ShareCell {
    // A sum of ones: a whole number.
    ShareCell { unit, group: 0, hits: sums.moments.sum.round() as u64, n: sums.moments.n, target }
}

fn time_cell(unit: usize, sums: &Sums, target: Option<f64>) -> Option<TimeCell> {
    Some(TimeCell {
        unit,
        group: 0,
        n: sums.moments.n,
        clusters: sums.moments.clusters,
        mean: sums.seconds / sums.moments.n as f64,
        mean_log: sums.moments.mean()?,
        variance_of_mean_log: sums.moments.variance_of_mean(),
        target,
    })
}

/// Cuts the list anew over those asked about alone: a list that was cut over others too would keep
/// its rate over all, not over the part that is shown.
fn cut(found: &mut [Found], policy: &Policy) -> usize {
    let tests = |finding: &Finding| -> Vec<f64> {
        let enough = finding.n >= policy.fewest_cases;
        let comparisons = [finding.peers, finding.target].into_iter().flatten().filter(|_| enough);
        comparisons.map(|c| c.certainty).collect()
    };
    let certainties: Vec<f64> = found.iter().flat_map(|f| tests(&f.finding)).collect();
    let mut listed =
        most_certain(&certainties, policy.false_discovery_rate, policy.least_certainty).into_iter();
    for Found { finding, .. } in found {
        let enough = finding.n >= policy.fewest_cases;
        for comparison in [&mut finding.peers, &mut finding.target].into_iter().flatten() {
            comparison.listed = enough && listed.next().expect("one flag per test");
        }
        let weak = [finding.peers, finding.target].into_iter().flatten().any(|c| c.listed);
        finding.verdict = match finding.verdict {
            _ if weak => Verdict::Weak,
            Verdict::Weak => Verdict::Unclear,
            verdict => verdict,
        };
    }
    certainties.len()
}

impl Found {
    /// The comparison to tell of: one that is listed, the more certain one, peers before target.
    pub fn telling(&self) -> Option<(Yardstick, Comparison)> {
        let peers = self.finding.peers.map(|c| (Yardstick::Peers, c));
        let target = self.finding.target.map(|c| (Yardstick::Target, c));
        match (peers, target) {
            (Some(p), Some(t)) => {
                let rank = |c: &Comparison| (c.listed, c.certainty);
                Some(if rank(&t.1) > rank(&p.1) { t } else { p })
            }
            (peers, target) => peers.or(target),
        }
    }

    /// Whether the figure itself looks weak, be it by chance.
    pub fn looks_weak(&self) -> bool {
        let sign = self.measure.direction().sign();
        let beyond = |c: Comparison| sign * (self.finding.value - c.boundary) > 0.0;
        [self.finding.peers, self.finding.target].into_iter().flatten().any(beyond)
    }

    /// How much worse than a reference, as people say it: a part of the reference for times, a
    /// difference of shares; positive is worse.
    pub fn worse_by(&self, value: f64, reference: f64) -> f64 {
        match (self.measure.unit(), self.measure.direction()) {
            (Unit::Seconds, _) => value / reference - 1.0,
            (_, Direction::HigherIsWorse) => value - reference,
            (_, Direction::LowerIsWorse) => reference - value,
        }
    }
}

/// What somebody is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Yardstick {
    /// The others of his team.
    Peers,
    /// The target.
    Target,
}
