//! Special functions and distribution functions.
//!
//! `ln_gamma` and `erfc` come from `libm` (the port of musl's, kept by the Rust project); the
//! rest stands here because the crates that offer it bring linear algebra along. Every function
//! is tested against SciPy.

mod beta;
mod gamma;
mod normal;

pub use beta::{beta_cdf, beta_quantile, binomial_cdf, ln_beta, student_cdf, student_quantile};
pub use gamma::{digamma, inverse_trigamma, ln_gamma, trigamma};
pub use normal::{normal_cdf, normal_quantile};
