//! Feedback (反馈): what those who came thought of a class (EVL-1, reaction).
//!
//! - Only who was there is asked, once, from the end of the class for [`DAYS`] days; until then he may
//!   change what he said.
//! - Nobody sees who said what. Means and what was written are told once nobody can answer any more: read
//!   from day to day they would tell what the last one said. Means come with their count, and nothing is
//!   told when fewer than [`ENOUGH`] people answered; what they wrote stands in an order that tells nothing.
//! - [`told`] is the one rule of who is told what, for every page that shows it.

mod api;
mod entity;
mod rules;
mod service;
pub(super) mod store;

use kexun_base::time::Micros;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use api::router;
pub use service::{Answers, give};

use super::entity::class;

/// Days after the end of a class in which one can say what one thought of it.
pub const DAYS: i64 = 7;
/// So many must have answered for anything to be shown.
pub const ENOUGH: usize = 3;

kexun_base::id!(
    /// What somebody thought of a class.
    FeedbackId
);

/// Means of what people said, each from 1 (not at all) to 5 (fully).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[schema(as = FeedbackMeans)]
pub struct Means {
    /// 内容有用: the content is of use.
    pub content: f64,
    /// 讲师: the lecturer taught well.
    pub lecturer: f64,
    /// 组织: time, place and order were good.
    pub organisation: f64,
    /// 能用到工作中: I can apply it in my work.
    pub applicable: f64,
}

/// What people thought of a class, as far as it may be told.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FeedbackResults)]
pub struct Results {
    /// How many answered.
    pub count: usize,
    /// How many were asked.
    pub asked: usize,
    /// Means; none before the time for answers is over, or where too few answered to tell.
    pub means: Option<Means>,
    /// What they wrote, in no order; nothing where there are no means.
    pub remarks: Vec<String>,
}

/// Until when one can say what one thought of a class; none while it is not over.
pub(super) fn until(class: &class::Model) -> Option<Micros> {
    class.closed_at.map(|at| at.plus_seconds(DAYS * 24 * 3600))
}

pub(super) use service::{is_due, results};
