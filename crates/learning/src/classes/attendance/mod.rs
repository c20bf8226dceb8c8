//! Attendance (签到): who came, and when (TRN-6).
//!
//! - The lecturer's screen shows six digits that change every [`rules::STEP_S`] seconds. They are a
//!   keyed hash of class and time: nothing is stored, and whoever does not see the screen does not know
//!   them. Those shown now and those shown just before are accepted.
//! - Only who takes part signs in, from half an hour before the beginning until the end. The first time
//!   counts; whoever signs in again is told the same again. Wrong digits are counted per person.
//! - Lecturer, and who arranged the class, may set a status by hand, stating why; taking it back leaves a
//!   sign-in as it was.
//! - Sign-in, leave and what was set by hand are for a time: a class that is moved keeps of them what holds
//!   for the new one.
//! - Ending the class makes those absent of whom nothing is known, tells the books of everybody once
//!   (`class.attended`) and opens the feedback. A status put right afterwards is told again.

mod api;
mod rules;
mod service;
mod throttle;
mod wire;

use std::sync::Arc;

use kexun_base::jobs::Jobs;
use kexun_base::time::Micros;

pub(super) use api::router;
pub(super) use rules::{moved, opens_at, signs_in};
pub use service::{close, set};
pub(super) use wire::ClassVersion;

use super::entity::class;

/// Kind of the job that ends a class that nobody ended.
pub(super) const CLOSE_JOB: &str = "classes.close";

/// Adds the background work of this room.
pub(crate) fn jobs(jobs: Jobs) -> Jobs {
    jobs.with(CLOSE_JOB, Arc::new(|ctx, order| Box::pin(service::close_due(ctx, order))))
}

/// Whether one may sign in to a class at an instant.
pub(super) fn is_open(class: &class::Model, now: Micros) -> bool {
    signs_in(class.state, class.starts_at, class.ends_at, now).is_ok()
}
