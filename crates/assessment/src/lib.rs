//! Examination (EXM): what people know.
//!
//! | room | what it is for |
//! |---|---|
//! | [`questions`] | the question bank, and how files become questions |
//! | [`papers`] | papers, fixed or drawn by rule |
//! | [`exams`] | exams, sittings, marking, grades, make-ups |

pub mod exams;
pub mod papers;
pub mod points;
pub mod questions;
mod texts;

use kexun_base::Ctx;
use kexun_base::http::OpenApiRouter;
use kexun_base::jobs::Jobs;
use kexun_people::additions::Additions;

/// All routes of this wing.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().merge(questions::router()).merge(papers::router()).merge(exams::router())
}

/// Adds the background work of this wing.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    exams::jobs(jobs)
}

/// Registers what this wing adds to the answers of lower ones.
#[must_use]
pub fn additions(additions: Additions) -> Additions {
    exams::additions(additions)
}
