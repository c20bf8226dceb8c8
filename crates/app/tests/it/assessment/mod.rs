//! The question bank, papers, exams.

mod exams;
mod exams_crash;
mod exams_results;
pub mod exams_stage;
