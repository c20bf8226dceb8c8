//! What the conversations of a period say about each agent: sums over conversations, so that several
//! rounds of one conversation are not taken for several independent cases.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use kexun_people::tenants::ShopId;
use kexun_stats::moments::ClusterMoments;

use super::measures::Measure;
use crate::kpi::rules::{Cell, ConversationInput, DayFigures, Period, Scope, Sink, contribute};

/// Whose cases: an agent in the team in which he then was. Who changed teams is two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Agent {
    /// The shop.
    pub shop: ShopId,
    /// Number of the team; none: of no team.
    pub team: Option<u32>,
    /// Number of the agent account.
    pub account: u32,
}

/// An agent's cases of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// Sums over conversations: of hits, or of logarithms of seconds.
    pub moments: ClusterMoments,
    /// Sum of seconds, for times.
    pub seconds: f64,
}

/// The sums of all agents; a few hundred bytes an agent, however many conversations.
#[derive(Clone, Debug)]
pub struct Evidence {
    period: Period,
    measures: Vec<Measure>,
    agents: BTreeMap<Agent, Vec<Sums>>,
    cells: AgentCells,
}

/// Takes the agents' figures of one conversation; shop and teams are not asked about.
#[derive(Clone, Debug, Default)]
struct AgentCells {
    own: HashMap<(u32, NaiveDate), DayFigures>,
    rest: DayFigures,
}

impl Sink for AgentCells {
    fn cell(&mut self, cell: Cell) -> &mut DayFigures {
        match cell.scope {
            Scope::Agent(Some(account)) => self.own.entry((account, cell.day)).or_default(),
            _ => &mut self.rest,
        }
    }
}

impl Evidence {
    /// Nothing yet, about these measures in a period.
    pub fn new(period: Period, measures: Vec<Measure>) -> Self {
        Self { period, measures, agents: BTreeMap::new(), cells: AgentCells::default() }
    }

    /// What is measured.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Every agent with cases of any measure, and his sums in the order of [`Evidence::measures`].
    pub fn agents(&self) -> impl Iterator<Item = (&Agent, &[Sums])> {
        self.agents.iter().map(|(agent, sums)| (agent, sums.as_slice()))
    }

    /// Adds a conversation; each only once. It is counted by the rules that make the figures, so that
    /// what is judged is what the figures show.
    pub fn add<T>(&mut self, shop: ShopId, conversation: &ConversationInput<'_>, team_of: &T)
    where
        T: Fn(u32, NaiveDate) -> Option<u32>,
    {
        contribute(conversation, team_of, &mut self.cells);
        self.cells.rest = DayFigures::default();
        let mut parts: BTreeMap<Agent, DayFigures> = BTreeMap::new();
        for ((account, day), figures) in self.cells.own.drain() {
            if self.period.contains(day) {
                let agent = Agent { shop, team: team_of(account, day), account };
                parts.entry(agent).and_modify(|f| f.merge(&figures)).or_insert(figures);
            }
        }
        for (agent, figures) in parts {
            let sums = self.agents.entry(agent).or_insert_with(|| vec![Sums::default(); self.measures.len()]);
            for (sums, measure) in sums.iter_mut().zip(&self.measures) {
                let cases = measure.cases(&figures);
                sums.moments.add(cases.n, cases.sum);
                sums.seconds += cases.seconds;
            }
        }
    }
}
