//! Exams (考试): who sits what and when, sittings, marks, grades, credits, make-ups (EXM-3 to EXM-5).
//!
//! - An exam is a paper, a window and candidates. Who sits it gets his sheet drawn and frozen; what he
//!   answers is appended to a log and acknowledged when it is on disk.
//! - A sitting ends when it is handed in or its time is over, by the server's clock; a job hands in what
//!   was left. It is marked at once as far as the program can, by people without names where not.
//! - The best attempt counts. An exam and its make-ups are a series that earns its credits once.
//! - Who fails for good, or does not come, is put into a make-up if the exam's rule gives him one.
//! - Who set an exam sees all of it; others with the right see those of their people; a candidate
//!   himself only, and never what is right before the exam allows it.

mod api;
mod entity;
mod grading;
mod home;
mod marking;
pub mod migration;
mod notify;
mod results;
pub mod rules;
mod service;
mod sight;
mod sittings;
mod store;
mod view;

use std::sync::Arc;

use kexun_base::http::OpenApiRouter;
use kexun_base::jobs::Jobs;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use kexun_people::additions::Additions;
use kexun_people::competences::Competence;
use kexun_people::staff::StaffId;
use serde_json::Value;

pub use rules::{ExamStanding, Grade, Limits, MakeUpRule, Share, ShowsAnswers};
pub use service::set;
pub use sittings::AttemptState;
pub use view::{ExamHead, concerning, heads, titles, visible_to};

use crate::papers::PaperId;
use crate::points::Points;

kexun_base::id!(
    /// An exam.
    ExamId,
    /// Somebody's sitting of an exam.
    AttemptId,
    /// What an answer of a sitting earned.
    MarkId,
    /// A sign that somebody did something else while he sat an exam.
    SignId,
);

/// An exam as it is to be.
#[derive(Debug, Clone)]
pub struct ExamDraft {
    /// What it is called, 1–100 characters.
    pub title: String,
    /// What it examines.
    pub competence: Competence,
    /// What is asked.
    pub paper: PaperId,
    /// From when on one may begin.
    pub opens_at: Micros,
    /// When every sitting ends.
    pub closes_at: Micros,
    /// How long a sitting takes, 1–600.
    pub minutes: i32,
    /// How often one may sit it, 1–5; the best attempt counts.
    pub attempts: i32,
    /// From which share of the points on a grade is given.
    pub limits: Limits,
    /// What a pass or better earns, once for the exam and its make-ups.
    pub credits: Points,
    /// When a make-up is set for who failed; none: never.
    pub make_up: Option<MakeUpRule>,
    /// Whether somebody may see which of his answers were right.
    pub shows_answers: ShowsAnswers,
    /// Who is to sit it.
    pub candidates: Vec<StaffId>,
}

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    api::router().merge(sittings::router()).merge(marking::router())
}

/// Hands in a sitting whose time is over.
const COLLECT: &str = "assessment.exams.collect";
/// Settles the results of an exam that has closed.
const CLOSE: &str = "assessment.exams.close";

/// Adds the background work of this room.
pub(crate) fn jobs(jobs: Jobs) -> Jobs {
    jobs.with(COLLECT, Arc::new(|ctx, order| Box::pin(collect(ctx, order))))
        .with(CLOSE, Arc::new(|ctx, order| Box::pin(close(ctx, order))))
}

async fn collect(ctx: Ctx, order: Value) -> Result<()> {
    let tenant = serde_json::from_value(order["tenant"].clone())?;
    let attempt = serde_json::from_value(order["attempt"].clone())?;
    sittings::collect(&ctx, tenant, attempt).await
}

async fn close(ctx: Ctx, order: Value) -> Result<()> {
    let tenant = serde_json::from_value(order["tenant"].clone())?;
    let exam = serde_json::from_value(order["exam"].clone())?;
    grading::close(&ctx, tenant, exam).await
}

/// Registers what this room adds to the home page.
pub(crate) fn additions(additions: Additions) -> Additions {
    additions.with_home(Arc::new(|ctx, caller| Box::pin(async move { home::part(&ctx, &caller).await })))
}
