//! Pure statistics: no input or output, no clock, no randomness, no word of any trade.
//!
//! The words here are *case* (one thing that was measured or judged), *unit* (whose cases they
//! are), *group* (units that belong together) and *population* (all units of one measure).
//!
//! | module | question it answers |
//! |---|---|
//! | [`histogram`] | how are whole seconds distributed, exactly, and so that days add up? |
//! | [`moments`] | mean and honest variance when several cases come from one cluster |
//! | [`shrinkage`] | what is a unit's true value, given its cases and its peers'? |
//! | [`discovery`] | which of many suspicions may be listed, at a stated rate of false ones? |
//! | [`funnel`] | how far may a value of so many cases stray by chance? |
//! | [`effects`] | did what was done to some units change their values, and by how much? |
//! | [`weak`] | all of this at once: the list of weak spots |
//! | [`special`] | the functions of probability theory that the others need |
//!
//! Formulas, sources and the measured error rates: `docs/statistics.md`.

pub mod discovery;
pub mod effects;
pub mod funnel;
pub mod histogram;
pub mod moments;
mod optimise;
pub mod shrinkage;
pub mod special;
pub mod weak;
