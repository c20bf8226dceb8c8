//! The edge towards HTTP: downloads, problems, extractors, paging, idempotency, request ids, metrics.

pub mod download;
pub mod extract;
pub mod idempotency;
pub mod metrics;
pub mod paging;
pub mod problem;
pub mod server;

pub use extract::{Json, Path, Query};
pub use paging::{Page, PageRequest};
pub use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
pub use utoipa_axum::routes;
