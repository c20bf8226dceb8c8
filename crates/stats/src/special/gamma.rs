//! The logarithm of the gamma function and its derivatives.

/// Logarithm of Γ(x), for `x` > 0.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// ψ(x), the derivative of [`ln_gamma`], for `x` > 0: recurrence up to 10, then the asymptotic
/// series (DLMF 5.11.2).
#[must_use]
pub fn digamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < 10.0 {
        below -= 1.0 / x;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = r
        * (1.0 / 12.0
            - r * (1.0 / 120.0
                - r * (1.0 / 252.0
                    - r * (1.0 / 240.0 - r * (1.0 / 132.0 - r * (691.0 / 32_760.0 - r / 12.0))))));
    below + x.ln() - 0.5 / x - series
}

/// ψ′(x), the derivative of [`digamma`], for `x` > 0 (DLMF 5.15.8).
#[must_use]
pub fn trigamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < 10.0 {
        below += 1.0 / (x * x);
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = 1.0 / 6.0
        - r * (1.0 / 30.0
            - r * (1.0 / 42.0 - r * (1.0 / 30.0 - r * (5.0 / 66.0 - r * (691.0 / 2_730.0 - r * 7.0 / 6.0)))));
    below + 1.0 / x + 0.5 * r + series * r / x
}

/// The `x` > 0 with ψ′(x) = `y`, for `y` > 0, by Newton's method on 1/ψ′, which is convex and
/// almost linear (Smyth 2004, appendix).
#[must_use]
pub fn inverse_trigamma(y: f64) -> f64 {
    if y > 1e7 {
        return 1.0 / y.sqrt();
    }
    if y < 1e-6 {
        return 1.0 / y;
    }
    let mut x = 0.5 + 1.0 / y;
    for _ in 0..50 {
        let t = trigamma(x);
        // ψ″ by a central difference: only the speed of convergence depends on it.
        let h = 1e-4 * x;
        let slope = (trigamma(x + h) - trigamma(x - h)) / (2.0 * h);
        let step = t * (1.0 - t / y) / slope;
        x += step;
        if -step / x < 1e-12 {
            break;
        }
    }
    x
}
