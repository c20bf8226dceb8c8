//! Needs, plans, courses, classes.

mod classes;
