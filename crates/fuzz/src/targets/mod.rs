//! What is given random input.

mod files;
mod masking;

use std::hash::{DefaultHasher, Hash, Hasher};

/// A target.
#[derive(Debug)]
pub struct Target {
    /// Its name, and that of its corpus.
    pub name: &'static str,
    /// Panics where something is wrong with what came of the input; otherwise names how it behaved: inputs after
    /// which it behaves alike have the same number.
    pub check: fn(&[u8]) -> u64,
    /// What its inputs are made of.
    pub words: &'static [&'static str],
    /// Length of the longest input that is tried.
    pub most_bytes: usize,
}

/// All targets.
pub const TARGETS: [Target; 8] = [
    Target { name: "csv", check: files::csv, words: &files::TABLE, most_bytes: 4096 },
    Target { name: "encodings", check: files::encodings, words: &files::TABLE, most_bytes: 4096 },
    Target { name: "xlsx", check: files::xlsx, words: &files::SHEET, most_bytes: 6000 },
    Target { name: "json-lines", check: files::json_lines, words: &files::JSON, most_bytes: 4096 },
    Target { name: "gift", check: files::gift, words: &files::GIFT, most_bytes: 4096 },
    Target { name: "questions", check: files::questions, words: &files::QUESTIONS, most_bytes: 4096 },
    Target { name: "staff", check: files::staff, words: &files::STAFF, most_bytes: 4096 },
    Target { name: "masking", check: masking::masking, words: &masking::WORDS, most_bytes: 1500 },
];

/// The target of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// A number for how a target behaved.
fn behaviour(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// The size of a number, as far as behaviour is concerned.
fn size(number: usize) -> u32 {
    usize::BITS - number.leading_zeros()
}
