//! Weak spots (薄弱环节): who is truly weak in what, as far as the cases can tell (KPI-3).
//!
//! - An agent is compared with the others of his *team* in the same shop, and with the target.
//! - Estimates are drawn towards the team's centre as far as cases are few; the list is cut so that at
//!   most 10 % of it is expected to be false, over everything tested in one question.
//! - Cases come from the conversations of the period, counted by the rules of [`crate::kpi`]; a
//!   conversation, not a round, is one independent piece of evidence.
//! - Agents outside the caller's reach serve as peers and are not told of.
//!
//! `docs/weak-spots.md` says how to read the list, `docs/statistics.md` has the formulas.

mod api;
pub mod evidence;
mod funnel;
pub mod measures;
pub mod rules;
mod service;
mod words;

pub use api::router;
pub use funnel::{Funnel, FunnelLimits, FunnelPoint};
pub use service::{Evident, Place, Question, Spot, Tested, WeakSpots, find, funnel};
pub use words::words;
