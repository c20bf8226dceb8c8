//! Conversations (会话): what customers and agents wrote, when, and what came of it.
//!
//! A *group* is everything that a shop knows under one conversation id of its own, or, where it has
//! none, the thread of one customer. Its *dossier* holds messages, contact notes and ratings, each
//! with the imports that brought it. [`merge`] joins a dossier with new items or takes an import out
//! of it; a thread is cut into conversations by silence. Each conversation is a row of facts
//! (times, counts, the timeline that figures are made of) and a compressed transcript beside it,
//! both with editions ([`crate::editions`]).

mod api;
pub mod browse;
mod browse_store;
pub mod dossier;
mod entity;
pub mod evidence;
#[cfg(test)]
mod evidence_tests;
pub mod facts;
pub mod merge;
pub mod migration;

mod rows;
pub mod sight;
mod store;
pub mod transcript;
mod verify;
mod verify_store;
pub mod view;
pub mod wire;

use dossier::Message;

pub use api::router;
pub use browse_store::{Reworded, by_id, forget_earlier, last_day, reword};
pub use rows::{Finders, Head, Lookup, NewRow, Packed, PackedRow, store_rows};
pub use store::{
    ConversationRow, Counted, Kept, Stored, any, bury, by_group, contacts_between, counted_on_day,
    counts_alike, dossiers_of_groups, groups_of_customer, groups_of_import, kept_of_groups, on_day,
    with_dossiers,
};
pub use verify::verify;
pub use verify_store::days;

/// The tables of conversations.
pub const TABLES: [&str; 4] =
    ["conversation", "transcript", "conversation_of_group", "conversation_of_customer"];

kexun_base::id!(
    /// A conversation; the same over all its editions.
    ConversationId
);

/// Takes everything that could name somebody out of a message; that it was sent, when and by whom
/// stays, and so do the figures.
pub fn blank(message: &mut Message) {
    message.text.clear();
    message.sealed.clear();
    message.order = None;
}
