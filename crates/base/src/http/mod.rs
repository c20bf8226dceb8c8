//! The edge towards HTTP: what the contract says of all operations, downloads, problems, extractors, paging, idempotency, request ids, metrics.

pub mod contract;
pub mod download;
pub mod extract;
pub mod idempotency;
pub mod listen;
pub mod metrics;
pub mod paging;
pub mod problem;
pub mod server;

pub use extract::{Form, Json, Path, Query};
pub use paging::{Page, PageRequest};
pub use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
pub use utoipa_axum::routes;
