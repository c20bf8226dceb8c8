//! Sign-in: passwords, second factors, sessions, API tokens, and finding out who asks (ORG-5).
//!
//! Secrets of sessions and tokens are 256 random bits, stored as keyed hashes: a stolen database
//! signs nobody in, and whoever can only write it cannot make a session up.

mod api;
mod callers;
mod devices;
mod entity;
pub mod known;
mod me;
pub mod migration;
mod passwords;
mod rules;
pub mod second_factor;
mod service;
mod sessions;
mod store;
mod throttle;
pub mod tokens;

pub(crate) use api::{InPerson, router};
pub use callers::{COOKIE, with_callers};
pub(crate) use service::prepare_password_of;
pub use service::{
    Credentials, DEMO_PASSWORD, PasswordHash, SessionSecret, open_session, prepare_password,
    set_demo_passwords, set_password, sign_in,
};

kexun_base::id!(
    /// A signed-in browser.
    SessionId,
    /// An API token.
    TokenId,
);
