//! The question bank (题库): questions with what is right, their revisions, and how files become
//! questions.
//!
//! - The bank is the tenant's: whoever may read it sees all of it, keys included; who sits exams only
//!   never does.
//! - No question stands in it twice: what is asked and what is right together are its fingerprint.
//! - Every change of what is asked or right makes a new revision; old ones stay, because attempts refer
//!   to them. Topic, competence, difficulty, explanation and state change in place.
//! - Nothing is deleted: a question that is asked no more is retired.

mod api;
pub mod body;
mod check;
mod entity;
mod from_gift;
mod from_sheet;
mod import;
pub mod migration;
pub mod rules;
mod service;
mod store;
mod template;

use kexun_people::competences::Competence;
use serde::Deserialize;
use utoipa::IntoParams;

use body::QuestionKind;

pub use api::router;
pub use import::{QuestionReport, import};
pub use service::{Change, Draft, change, create};
pub use store::explanations;
pub(crate) use store::{Pick, Picked, active, by_ids, retired_since};

kexun_base::id!(
    /// A question.
    QuestionId,
    /// A revision of a question, as a row; people know it by its number.
    RevisionId
);

kexun_base::words!(
    /// Whether a question may be asked.
    QuestionState {
        /// 草稿: being written; no paper takes it.
        Draft = "draft",
        /// 启用: may be asked.
        Active = "active",
        /// 停用: papers drawn by rule pass it over; fixed papers that have it keep it, and so do exams that
        /// were set before and would lack questions without it.
        Retired = "retired",
    }
);

/// Which questions of the bank are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuestionFilter {
    /// Part of what is asked.
    pub q: Option<String>,
    /// Of this topic.
    pub topic: Option<String>,
    /// Of this competence.
    pub competence: Option<Competence>,
    /// Of this kind.
    pub kind: Option<QuestionKind>,
    /// Of this difficulty, 1 to 5.
    pub difficulty: Option<i32>,
    /// In this state.
    pub state: Option<QuestionState>,
}
