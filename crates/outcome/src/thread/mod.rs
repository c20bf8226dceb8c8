//! The thread (脉络): what led to a thing and what it led to, from events.
//!
//! - The chain is conversations → weak spot → need → plan item → class → exam → effect. A stage has
//!   happened when something of the chain stands in it.
//! - A thing is named to whom the room that owns it would show it, and to whom it belongs: who did
//!   something to it, or in whose archive it stands. To others a stage says only how many.
//! - A thing of another tenant, or of a kind that the caller may not read at all, does not exist.

mod api;
mod describers;
mod rules;
mod service;

pub use api::router;
pub use rules::{ThreadKind, ThreadStage};
