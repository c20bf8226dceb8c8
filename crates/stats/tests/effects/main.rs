//! The effect of a training: against other programs, against known truths, and by its symmetries.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where by panicking")]

mod coverage;
mod properties;
mod reference;
mod rules;
mod world;
