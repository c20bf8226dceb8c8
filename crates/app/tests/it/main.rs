//! The program as a whole, through HTTP and on both databases; one folder a wing, one file an area.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where by panicking")]

mod base;
mod learning;
mod operations;
mod people;
mod service;
mod sweep;
