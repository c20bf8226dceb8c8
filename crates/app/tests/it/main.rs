//! The program as a whole, through HTTP and on both databases; one folder a wing, one file an area.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where by panicking")]

mod assessment;
mod base;
mod faults;
mod learning;
mod operations;
mod outcome;
mod people;
mod security;
mod service;
mod sweep;
