//! Finding the maximum of a function of one variable.

/// Number of points of the first, coarse look at the whole interval.
const COARSE: u32 = 24;

/// The place in \[`low`, `high`\] where `f` is largest, to about `tolerance`.
///
/// A coarse grid finds the region, so that a local maximum does not trap the search; golden
/// section then closes in.
pub(crate) fn maximise(low: f64, high: f64, tolerance: f64, f: impl Fn(f64) -> f64) -> f64 {
    let step = (high - low) / f64::from(COARSE);
    let mut best = (low, f(low));
    for i in 1..=COARSE {
        let x = low + step * f64::from(i);
        let y = f(x);
        if y > best.1 {
            best = (x, y);
        }
    }
    golden((best.0 - step).max(low), (best.0 + step).min(high), tolerance, f)
}

fn golden(mut a: f64, mut b: f64, tolerance: f64, f: impl Fn(f64) -> f64) -> f64 {
    const RATIO: f64 = 0.618_033_988_749_894_8;
    let mut x = b - RATIO * (b - a);
    let mut y = a + RATIO * (b - a);
    let (mut fx, mut fy) = (f(x), f(y));
    while b - a > tolerance {
        if fx >= fy {
            (b, y, fy) = (y, x, fx);
            x = b - RATIO * (b - a);
            fx = f(x);
        } else {
            (a, x, fx) = (x, y, fy);
            y = a + RATIO * (b - a);
            fy = f(y);
        }
    }
    0.5 * (a + b)
}
