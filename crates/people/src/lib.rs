//! People: who there is, where they belong, what they may do, and what they are told.
//!
//! | room | what it is for |
//! |---|---|
//! | [`tenants`] | marketplaces, merchants, companies; inside them shops and teams |
//! | [`persons`] | somebody, above all tenants |
//! | [`staff`] | a person's membership in a tenant; positions, roles, agent accounts |
//! | [`competences`] | what one must be able to do, in words |
//! | [`rights`] | roles, rights, scopes; rights declared at the route |
//! | [`sign_in`] | passwords, sessions, tokens; who asks |
//! | [`audit`] | the audit log and the jobs, as people read them |
//! | [`notices`] | the inbox, and mails |
//! | [`home`] | one's home page |
//! | [`text`] | texts that people type, cleaned and bounded |
//! | [`additions`] | what upper wings add to this one's answers |

pub mod additions;
pub mod audit;
pub mod competences;
pub mod home;
pub mod notices;
pub mod persons;
pub mod rights;
pub mod sign_in;
pub mod staff;
pub mod tenants;
pub mod text;

use kexun_base::Ctx;
use kexun_base::http::OpenApiRouter;
use kexun_base::jobs::Jobs;

pub use sign_in::with_callers;

/// All routes of this wing.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .merge(sign_in::router())
        .merge(tenants::router())
        .merge(staff::router())
        .merge(notices::router())
        .merge(audit::router())
        .merge(home::router())
}

/// Adds the wing's background work.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    notices::jobs(jobs)
}
