//! The second factor: a code that an authenticator app shows, beside the password (ORG-5).
//!
//! Time-based one-time codes as in RFC 6238 (six digits, 30 s, HMAC-SHA-1, which all apps speak). A code counts once,
//! and one step of 30 s early or late. Whoever loses his phone has recovery codes, each good for one sign-in; who
//! lost those as well is helped by an administrator of higher rank, or by `kexun user second-factor-off`. The secret
//! lies sealed with the master key, recovery codes as keyed hashes.
//!
//! A tenant may ask its roles for a second factor: who has such a role and no factor yet can sign in and set one up,
//! and has no other right until he did. Tokens of programs are not asked, nor are those that were made before.

mod api;
mod entity;
pub mod migration;
mod policy;
mod rules;
mod service;
mod store;

pub(super) use api::router;
pub(super) use policy::lacks;
pub use policy::set;
pub use service::reset;
pub(super) use service::{Passed, check, spend};
pub(crate) use store::having;
pub(super) use store::is_on;
