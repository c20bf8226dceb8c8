//! The question bank, papers, exams.

mod exams;
mod exams_crash;
mod exams_results;
mod exams_stage;
