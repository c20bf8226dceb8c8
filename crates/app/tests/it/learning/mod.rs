//! Needs, plans, courses, classes.

mod courses;
mod courses_files;
mod classes;
