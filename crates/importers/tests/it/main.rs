//! The readers and writers through their public functions, on files as people have them.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod csv_files;
mod fuzz;
mod gift;
mod json_files;
mod refused_files;
mod round_trips;
mod tools;
mod workbooks;
