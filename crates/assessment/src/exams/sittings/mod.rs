//! Sittings (作答): an attempt with its frozen sheet, answers as they were given, handing in.
//!
//! An answer is one insert into a log that is never changed, with those that come at the same time; what counts of an item is
//! its highest `client_seq`, whatever the order of arrival. Nothing else is written while somebody answers.

mod api;
mod entity;
mod review;
mod rules;
mod saving;
mod service;
mod store;

pub(super) use api::router;
pub(super) use entity::Model as Attempt;
pub(super) use review::{AttemptItem, withheld};
pub(super) use service::collect;
pub(super) use store::{
    lock, of_candidates, of_member, own_ids, set_graded, sheet_of, signs, waiting, waits,
};

kexun_base::words!(
    /// How far an attempt is.
    AttemptState {
        /// Answers are given.
        Sitting = "sitting",
        /// Handed in; somebody has to mark answers.
        Marking = "marking",
        /// Its grade is there.
        Graded = "graded",
    }
    /// A sign that somebody did something else meanwhile. It is recorded, not judged (EXM-3).
    SignKind {
        /// He left the page, and came back.
        LeftPage = "left_page",
        /// He put in text from elsewhere.
        Pasted = "pasted",
    }
);
