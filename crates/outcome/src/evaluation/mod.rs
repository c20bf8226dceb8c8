//! Evaluation (成效): what a training changed, with what is not known said (EVL).
//!
//! - The trained of a class, course or plan are compared with comparable people who were not trained,
//!   before and after, week by week: [`kexun_stats::effects`]. The words are one pure function, and a
//!   difference is called one only where its 95 % interval leaves out zero.
//! - Weeks are counted from the day after the training, in the shop's days. In a course or plan, where
//!   everybody has a day of his own, a week in which somebody was trained half-way does not count for him.
//! - Comparable are those of the same teams; where these have fewer than five with figures, of the same
//!   shops, else of the organisation. Whoever was taught the same elsewhere within the time compares
//!   with nobody.
//! - An evaluation speaks of those of the trained who lie within its maker's reach. It is seen by who
//!   answers for all of these, and by who taught the class.
//! - What was calculated stays: calculating anew adds a result and changes none.
//!
//! `docs/evaluation.md` says how to read it and what it cannot tell.

mod api;
mod compare;
mod entity;
mod home;
pub mod migration;
mod outcome;
mod report;
mod rules;
mod service;
mod store;
mod study;
mod trained;
mod words;

use std::collections::HashMap;

use kexun_base::Result;
use kexun_base::ids::Uuid;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

pub(crate) use api::router;
pub(crate) use home::part as home_part;
pub use outcome::{
    ComparedWith, Effect, EffectLack, EffectVerdict, Group, Lacking, LeftOut, Outcome, People, Since, Table,
    Trend, Week,
};
pub(crate) use service::visible_to;
pub use service::{Draft, Evaluation, EvaluationLine, evaluate, refresh};
pub use trained::{EvaluatedKind, Subject};

kexun_base::id!(
    /// An evaluation.
    EvaluationId,
    /// What an evaluation found at one time.
    EvaluationResultId
);

/// What evaluations are called: the title of what they evaluate.
///
/// # Errors
/// When the database refuses.
pub async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let rows = store::by_ids(db, tenant, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.title)).collect())
}
