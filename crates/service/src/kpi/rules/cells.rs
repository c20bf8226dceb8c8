//! The rows of partial results within a shop: day × scope.

use std::collections::HashMap;
use std::hash::BuildHasher;

use chrono::NaiveDate;

use super::day::DayFigures;

/// Whose figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The shop as a whole.
    Shop,
    /// A team; `None`: what belongs to no agent or to agents without a team.
    Team(Option<u32>),
    /// An agent account; `None`: what belongs to no (known) agent.
    Agent(Option<u32>),
}

/// One row of partial results within a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// The day in the shop's zone.
    pub day: NaiveDate,
    /// Whose.
    pub scope: Scope,
}

/// Where contributions go.
pub trait Sink {
    /// The figures of a cell, empty ones if it is new.
    fn cell(&mut self, cell: Cell) -> &mut DayFigures;
}

impl<S: BuildHasher> Sink for HashMap<Cell, DayFigures, S> {
    fn cell(&mut self, cell: Cell) -> &mut DayFigures {
        self.entry(cell).or_default()
    }
}
