//! The training archive (档案): a person's record as it grew from events, and who may look into it (ARC).
//!
//! - An archive is never typed: a follower reads the tenant's sealed events in their order and writes
//!   an entry for each that belongs into somebody's archive. It may be killed anywhere: where it stands
//!   and what it wrote are one transaction.
//! - Everybody sees his own; who keeps archives (人事) sees those of his scope. All others apply, saying
//!   why; the HR director grants it for a time or refuses. Nobody decides on his own application.
//! - Every look of anybody but the owner is in the audit log, and the owner is told of it.

mod entity;
pub mod migration;
mod rules;
mod store;

pub use store::standing_in;

kexun_base::id!(
    /// A line of an archive.
    EntryId,
    /// An application for a look into an archive.
    RequestId
);
