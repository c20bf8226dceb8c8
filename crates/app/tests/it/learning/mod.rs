//! Needs, plans, courses, classes.

mod needs;
mod plans;
