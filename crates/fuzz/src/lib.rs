//! Random input for what reads files and texts of strangers; no part of the program.
//!
//! A *target* ([`targets`]) is a function that is given bytes and panics where what came of them is wrong. The
//! *driver* ([`driver`]) gives it the corpus (`corpus/<target>`), then mutations of it ([`mutate`]), and watches
//! panics, memory and time. An input after which a target behaved as after none before joins the corpus of the run,
//! so that mutations build upon each other. Everything follows from a seed.
//!
//! `tests/short.rs` is the short run of `make test`; `src/main.rs` the long one of `make fuzz`.

pub mod driver;
pub mod measure;
pub mod mutate;
pub mod targets;

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where the committed inputs of a target lie.
#[must_use]
pub fn corpus_of(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

/// The committed inputs of a target by name, in the order of their names.
///
/// # Errors
/// When they cannot be read.
pub fn corpus(target: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(corpus_of(target))? {
        paths.push(entry?.path());
    }
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        fs::read(path).map(|bytes| (name, bytes))
    };
    paths.iter().map(read).collect()
}
