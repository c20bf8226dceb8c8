//! The beta distribution and what follows from it: binomial and Student's t.

use super::gamma::ln_gamma;
use super::normal::{normal_cdf, normal_quantile};

/// Logarithm of the beta function B(a, b), for `a`, `b` > 0.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Probability that a Beta(`a`, `b`) variable is at most `x` (regularised incomplete beta
/// function), for `a`, `b` > 0. Values of `x` outside \[0, 1\] give 0 or 1.
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    incomplete(a, b, x, 1.0 - x)
}

/// The regularised incomplete beta function with `y` = 1 − `x` given apart, so that neither loses
/// its digits near the other's end. Continued fraction DLMF 8.17.22 by Lentz's method.
fn incomplete(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() + b * y.ln() - ln_beta(a, b)).exp();
    if x <= (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(a, b, x) / a
    } else {
        1.0 - front * continued_fraction(b, a, y) / b
    }
}

fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    // Keeps a denominator that happens to vanish from dividing by zero.
    let away = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    // The number of terms needed grows like √max(a, b); this bound serves up to 1e9.
    for m in 1..50_000 {
        let m = f64::from(m);
        let two = a + 2.0 * m;
        let even = m * (b - m) * x / ((two - 1.0) * two);
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / (two * (two + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// The value below which a Beta(`a`, `b`) variable lies with probability `p`.
///
/// Newton's method kept inside a shrinking bracket, so that it cannot run away.
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    let mean = a / (a + b);
    let sd = (mean * (1.0 - mean) / (a + b + 1.0)).sqrt();
    let mut x = mean + sd * normal_quantile(p);
    if x <= 0.0 || x >= 1.0 {
        x = mean;
    }
    let scale = ln_beta(a, b);
    for _ in 0..200 {
        let error = beta_cdf(a, b, x) - p;
        if error > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = ((a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln() - scale).exp();
        let newton = x - error / density;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - x).abs() <= 1e-15 + 1e-13 * x {
            return next;
        }
        x = next;
    }
    x
}

/// Probability of at most `k` hits among `n` cases that are each a hit with probability `p`.
#[must_use]
pub fn binomial_cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    let (k, n) = (k as f64, n as f64);
    incomplete(n - k, k + 1.0, 1.0 - p, p)
}

/// Probability that a Student t variable with `df` > 0 degrees of freedom is at most `t`.
#[must_use]
pub fn student_cdf(t: f64, df: f64) -> f64 {
    // Beyond this the two distributions agree to more digits than the beta function keeps.
    if df > 1e8 {
        return normal_cdf(t);
    }
    let square = t * t;
    let tail = 0.5 * incomplete(0.5 * df, 0.5, df / (df + square), square / (df + square));
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// The value below which a Student t variable with `df` > 0 degrees of freedom lies with
/// probability `p`; `p` outside (0, 1) gives −∞ or +∞.
#[must_use]
pub fn student_quantile(p: f64, df: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 || df > 1e8 {
        return normal_quantile(p);
    }
    if p > 0.5 {
        return -student_quantile(1.0 - p, df);
    }
    // t² / (df + t²) is Beta(1/2, df/2).
    let inside = beta_quantile(0.5, 0.5 * df, 1.0 - 2.0 * p);
    -(df * inside / (1.0 - inside)).sqrt()
}
