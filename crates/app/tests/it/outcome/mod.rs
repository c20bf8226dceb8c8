//! What came of training.

mod evaluation;
mod evaluation_world;
