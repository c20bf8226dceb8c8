//! What integration tests stand on; no part of the program.
//!
//! | room | what it is for |
//! |---|---|
//! | [`app`] | [`TestApp`]: the whole program in the test's process, with a clock that the test sets |
//! | [`client`] | requests as somebody, and assertions on their answers |
//! | [`databases`] | [`both_databases!`]: every test on SQLite and on PostgreSQL |
//! | [`company`] | companies with a shop and a team, and people in them |
//! | [`smtp`] | a mail server that keeps what it is sent |
//!
//! ```ignore
//! kexun_testkit::both_databases![a_merchant_is_made];
//!
//! async fn a_merchant_is_made(app: TestApp) {
//!     let company = app.company().await;
//!     let admin = app.sign_in(&company, Role::Admin).await;
//!     admin.post("/api/v1/shops", json!({ "code": "A1", "name": "一店" })).await.ok();
//!     app.nobody().get("/api/v1/shops").await.refused("not_signed_in");
//! }
//! ```

pub mod app;
pub mod client;
pub mod company;
pub mod databases;
pub mod smtp;

pub use app::{Builder, Listening, TestApp};
pub use client::{Answer, Client, Part};
pub use company::{Company, Member};
pub use databases::Backend;
