//! Outcome: what came of it (ARC, EVL).
//!
//! | room | what it is for |
//! |---|---|
//! | [`archive`] | everybody's training record, and who may look into it |
//! | [`evaluation`] | whether training helped |
//! | [`thread`] | what led to a thing and what it led to |

pub mod archive;
pub mod evaluation;
pub mod thread;

use std::sync::Arc;

use kexun_base::Ctx;
use kexun_base::http::OpenApiRouter;
use kexun_base::jobs::Jobs;
use kexun_people::additions::Additions;

/// All routes of this wing.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().merge(archive::router()).merge(evaluation::router()).merge(thread::router())
}

/// Adds the background work of this wing.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    archive::jobs(jobs)
}

/// Registers what this wing adds to the answers of lower ones.
#[must_use]
pub fn additions(additions: Additions) -> Additions {
    additions.with_home(Arc::new(|ctx, caller| Box::pin(archive::home(ctx, caller)))).with_home(Arc::new(
        |ctx, caller| Box::pin(async move { evaluation::home_part(&ctx, &caller).await }),
    ))
}
