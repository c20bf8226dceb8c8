//! Times of requests, and how they are printed.

use std::time::Duration;

/// Times of one kind of request, in microseconds.
#[derive(Debug, Default)]
pub struct Times(Vec<u32>);

impl Times {
    /// Takes one more down.
    pub fn add(&mut self, time: Duration) {
        self.0.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Median and 99th percentile in milliseconds, as a cell of a table; the slowest behind.
    pub fn cell(&mut self) -> String {
        self.0.sort_unstable();
        let Some(slowest) = self.0.last() else { return "–".into() };
        let at = |share: f64| self.0[((self.0.len() - 1) as f64 * share).round() as usize];
        format!("{} / {} / {}", ms(at(0.5)), ms(at(0.99)), ms(*slowest))
    }
}

fn ms(micros: u32) -> String {
    match micros {
        0..10_000 => format!("{:.1}", f64::from(micros) / 1e3),
        _ => format!("{:.0}", f64::from(micros) / 1e3),
    }
}
