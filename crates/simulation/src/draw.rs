//! Seeded randomness: one independent generator per purpose, so that a change in one part
//! of the simulation does not shuffle the others.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The generator used throughout; its stream is specified and stable across versions.
pub(crate) type Dice = ChaCha8Rng;

/// What a generator is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    Cast = 1,
    Skill = 2,
    Day = 3,
    Conversation = 4,
    Training = 5,
}

/// The generator for the `n`-th thing of a purpose under a seed.
pub(crate) fn dice(seed: u64, purpose: Purpose, n: u64) -> Dice {
    Dice::seed_from_u64(mix(mix(seed) ^ mix(n).rotate_left(purpose as u32 * 8)))
}

/// SplitMix64's finaliser: spreads neighbouring numbers over the whole range.
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// True with probability `p`.
pub(crate) fn chance(dice: &mut Dice, p: f64) -> bool {
    dice.random::<f64>() < p
}

/// A number between `low` and `high`, evenly.
pub(crate) fn between(dice: &mut Dice, low: f64, high: f64) -> f64 {
    low + (high - low) * dice.random::<f64>()
}

/// Standard normal (Box–Muller).
pub(crate) fn normal(dice: &mut Dice) -> f64 {
    let u = 1.0 - dice.random::<f64>();
    let v = dice.random::<f64>();
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// Log-normal with the given median and standard deviation of the logarithm.
pub(crate) fn log_normal(dice: &mut Dice, median: f64, spread: f64) -> f64 {
    median * (spread * normal(dice)).exp()
}

/// An index below `len` (which must not be 0).
pub(crate) fn index(dice: &mut Dice, len: usize) -> usize {
    dice.random_range(0..len)
}

/// An index drawn in proportion to weights that are not all zero.
pub(crate) fn weighted(dice: &mut Dice, weights: &[f64]) -> usize {
    let total: f64 = weights.iter().sum();
    let mut left = dice.random::<f64>() * total;
    for (i, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return i;
        }
    }
    // Rounding may leave a crumb; it belongs to the last one that can be drawn at all.
    weights.iter().rposition(|w| *w > 0.0).unwrap_or(0)
}

/// Shuffles in place (Fisher–Yates).
pub(crate) fn shuffle<T>(dice: &mut Dice, items: &mut [T]) {
    for i in (1..items.len()).rev() {
        items.swap(i, dice.random_range(0..=i));
    }
}
