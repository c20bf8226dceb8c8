//! Figures (指标): what each counts ([`rules`]), daily partial results per shop, team and agent
//! (rollups), the contacts of each day, and the questions asked of them.
//!
//! A rollup is made of the timelines of the conversations that count on its day, never by adding
//! differences: sets of customers cannot be subtracted from, and what is made anew cannot drift.

mod answer;
pub mod api;
pub mod contacts;
mod counting;
mod entity;
pub mod migration;
mod query;
mod rebuild;
pub mod rules;
mod store;
mod sums;
pub mod targets;
mod verify;

pub use answer::{Answer, AnswerRow, to_csv};
pub use counting::{CountedDays, Counting};
pub use query::{By, Question, ask};
pub use rebuild::{EVENTS, JOB, RECOUNT, Zones, order_recount, rebuild, recount, zone_of, zones};
pub use store::{Cells, cells};
pub use verify::{Verified, repair, verify};
