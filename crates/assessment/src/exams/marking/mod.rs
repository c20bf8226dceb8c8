//! Marks (阅卷): what each answer of an attempt earned; by the program where it can tell, else by people
//! who see no names and take question by question.

mod api;
mod entity;
mod service;
mod store;

use kexun_base::db::Tx;
use kexun_base::{Ctx, Result};

use super::sittings::Attempt;
use crate::points::Points;
use crate::questions::QuestionId;

pub(super) use api::router;
pub(super) use store::{earned, of_attempt};

/// What an answer earned.
#[derive(Debug)]
pub(super) struct NewMark {
    /// Number on the sheet, from 1.
    pub item: i32,
    /// Which question.
    pub question: QuestionId,
    /// Which revision of it.
    pub revision: i32,
    /// What it is worth.
    pub worth: Points,
    /// What the answer earned; none: a person has to say.
    pub points: Option<Points>,
    /// The answer, where a person has to mark it.
    pub response: Option<String>,
}

/// Writes the marks of an attempt that was just handed in.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, attempt: &Attempt, marks: Vec<NewMark>) -> Result<()> {
    store::insert(ctx, tx, attempt, marks).await
}
