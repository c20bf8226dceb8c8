//! What `make bench` measures with; no part of the program. The commands stand in `src/bin`, what runs them and
//! what they are compared with in `scripts/bench`, what came of it in `docs/benchmarks.md`.

pub mod chats;
pub mod rush;
pub mod skeleton;
