//! Needs, plans, courses, classes.

mod classes;
mod courses;
mod courses_files;
mod needs;
mod plans;
mod plans_crash;
