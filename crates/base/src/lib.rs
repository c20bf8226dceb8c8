//! The ground floor: what every wing stands on and what knows no word of the field.
//!
//! | room | what it is for |
//! |---|---|
//! | [`db`] | one database layer over SQLite and PostgreSQL |
//! | [`time`] | instants, days, the injected clock |
//! | [`ids`] | time-ordered identifiers and injected randomness |
//! | [`secrets`] | the master key: sealing, keyed hashes, tokens |
//! | [`errors`] | the one error type and its enumerated codes |
//! | [`http`] | problems, paging, request ids, idempotency, metrics |
//! | [`events`] | every change that matters, sealed by a hash chain |
//! | [`jobs`] | background work with retry and visible dead letters |
//! | [`leases`] | one holder at a time, across processes |
//! | [`files`] | uploaded bytes, synced to disk |
//! | [`findings`] | what a look through the data found |
//! | [`words`] | enumerations whose values are words |
//! | [`calendar`] | calendar entries as files and invitations |
//! | [`bytes`] | checked reading and writing of compact encodings |

extern crate self as kexun_base;

pub mod bytes;
pub mod calendar;
pub mod ctx;
pub mod db;
pub mod errors;
pub mod events;
pub mod files;
pub mod findings;
pub mod http;
pub mod ids;
pub mod jobs;
mod keyed;
pub mod leases;
pub mod memo;
pub mod secrets;
pub mod time;
pub mod words;

pub use ctx::{Ctx, Settings};
pub use errors::{Code, Error, Result};
