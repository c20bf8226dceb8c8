//! Learning: from a need to people taught (NED, PLN, TRN).
//!
//! | room | what it is for |
//! |---|---|
//! | [`needs`] | what people need, and what becomes of it |
//! | [`plans`] | plans, approved and frozen |
//! | [`courses`] | lessons learned at one's own pace |
//! | [`classes`] | teaching at a time and place |

pub mod classes;
pub mod courses;
pub mod needs;
pub mod plans;
mod roster;

use std::sync::Arc;

use kexun_base::Ctx;
use kexun_base::http::OpenApiRouter;
use kexun_base::jobs::Jobs;
use kexun_people::additions::Additions;

/// All routes of this wing.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .merge(needs::router())
        .merge(plans::router())
        .merge(courses::router())
        .merge(classes::router())
}

/// Adds the background work of this wing.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    classes::attendance::jobs(jobs).with(needs::JOB, needs::run_rule()).reacting(needs::EVENTS, needs::JOB)
}

/// Registers what this wing adds to the answers of lower ones.
#[must_use]
pub fn additions(additions: Additions) -> Additions {
    additions
        .with_home(Arc::new(|ctx, caller| Box::pin(async move { needs::home_part(&ctx, &caller).await })))
        .with_home(Arc::new(|ctx, caller| Box::pin(async move { plans::home_part(&ctx, &caller).await })))
        .with_home(Arc::new(|ctx, caller| {
            Box::pin(async move { courses::enrolments::home(&ctx, &caller).await })
        }))
        .with_home(Arc::new(|ctx, caller| Box::pin(async move { classes::home_part(&ctx, &caller).await })))
}
