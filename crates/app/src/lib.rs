//! The program `kexun`: wiring of the wings, command line, web assets.

pub mod assets;
pub mod commands;
pub mod demo;
pub mod operations;
pub mod wiring;
