//! The ground floor.

mod contract;
mod events;
mod files;
mod group;
mod idempotency;
mod jobs;
mod leases;
mod lineage;
mod migrations;
mod paging;
mod program;
mod server;
