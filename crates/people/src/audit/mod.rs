//! The audit log as people read it (ORG-5), and the tenant's background jobs.

mod api;

pub(crate) use api::router;
