//! How often each whole number of seconds occurred: exact, mergeable, small.
//!
//! Response times are whole seconds, so a count per second loses nothing: sums, means and
//! percentiles of any period and scope follow exactly from adding up histograms.

use crate::moments::LogMoments;
use thiserror::Error;

/// Counts per whole second, sparse and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// (seconds, count), seconds strictly rising, counts at least 1, their sum within `u64`.
    bins: Vec<(u32, u64)>,
}

/// Taking away what is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{seconds} s occurs {present} times, {wanted} were to be taken away")]
pub struct NotThere {
    /// The second at which it failed.
    pub seconds: u32,
    /// How often it occurs.
    pub present: u64,
    /// How many were to go.
    pub wanted: u64,
}

/// Why bytes are not a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// The bytes end in the middle.
    #[error("the bytes end in the middle")]
    Truncated,
    /// The first byte names a format that this program does not know.
    #[error("unknown format {0}")]
    Format(u8),
    /// A number has more digits than its type holds, or leading zeros.
    #[error("a number is too long or not in its shortest form")]
    Number,
    /// A second occurs twice, a count is zero, or the total overflows.
    #[error("the counts contradict each other")]
    Contradiction,
    /// Bytes are left over at the end.
    #[error("bytes are left over at the end")]
    LeftOver,
}

/// First byte of the encoding, so that it can change one day.
const FORMAT: u8 = 1;

impl Histogram {
    /// An empty histogram.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts one more occurrence of `seconds`.
    pub fn add(&mut self, seconds: u32) {
        self.add_many(seconds, 1);
    }

    /// Counts `count` more occurrences of `seconds`. A count stops at `u64::MAX`.
    pub fn add_many(&mut self, seconds: u32, count: u64) {
        if count == 0 {
            return;
        }
        match self.bins.binary_search_by_key(&seconds, |bin| bin.0) {
            Ok(i) => {
                self.bins[i].1 = self.bins[i].1.saturating_add(count);
            }
            Err(i) => self.bins.insert(i, (seconds, count)),
        }
    }

    /// Adds all of `other`; linear in the number of different seconds. Counts stop at `u64::MAX`.
    pub fn merge(&mut self, other: &Self) {
        if self.bins.is_empty() {
            self.bins.clone_from(&other.bins);
            return;
        }
        if other.bins.len() * 8 < self.bins.len() {
            for &(seconds, count) in &other.bins {
                self.add_many(seconds, count);
            }
            return;
        }
        let mut bins = Vec::with_capacity(self.bins.len() + other.bins.len());
        let (mut a, mut b) = (self.bins.iter().peekable(), other.bins.iter().peekable());
        while let (Some(&&(sa, ca)), Some(&&(sb, cb))) = (a.peek(), b.peek()) {
            if sa <= sb {
                a.next();
            }
            if sb <= sa {
                b.next();
            }
            let count = match sa.cmp(&sb) {
                std::cmp::Ordering::Less => ca,
                std::cmp::Ordering::Greater => cb,
                std::cmp::Ordering::Equal => ca.saturating_add(cb),
            };
            bins.push((sa.min(sb), count));
        }
        bins.extend(a);
        bins.extend(b);
        self.bins = bins;
    }

    /// Takes all of `other` away again.
    ///
    /// # Errors
    /// If `other` has more of a second than is there; the histogram is then unchanged.
    pub fn subtract(&mut self, other: &Self) -> Result<(), NotThere> {
        let mut bins = self.bins.clone();
        for &(seconds, wanted) in &other.bins {
            let place = bins.binary_search_by_key(&seconds, |bin| bin.0).ok();
            let present = place.map_or(0, |i| bins[i].1);
            match place {
                Some(i) if present >= wanted => bins[i].1 -= wanted,
                _ => {
                    return Err(NotThere { seconds, present, wanted });
                }
            }
        }
        bins.retain(|bin| bin.1 > 0);
        self.bins = bins;
        Ok(())
    }

    /// The bins: (seconds, count ≥ 1), seconds rising.
    pub fn bins(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.bins.iter().copied()
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bins.is_empty()
    }

    /// Number of cases.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.bins.iter().fold(0, |sum: u64, bin| sum.saturating_add(bin.1))
    }

    /// Sum of all seconds, exact.
    #[must_use]
    pub fn sum(&self) -> u128 {
        self.bins.iter().map(|&(seconds, count)| u128::from(seconds) * u128::from(count)).sum()
    }

    /// Mean seconds; none of an empty histogram.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| self.sum() as f64 / total as f64)
    }

    /// Sum of the seconds with each case cut at `cap` seconds.
    #[must_use]
    pub fn capped_sum(&self, cap: u32) -> u128 {
        self.bins.iter().map(|&(seconds, count)| u128::from(seconds.min(cap)) * u128::from(count)).sum()
    }

    /// Number of cases of at most `seconds`.
    #[must_use]
    pub fn at_most(&self, seconds: u32) -> u64 {
        let end = self.bins.partition_point(|bin| bin.0 <= seconds);
        self.bins[..end].iter().fold(0, |sum: u64, bin| sum.saturating_add(bin.1))
    }

    /// The percentile by nearest rank: the smallest second such that at least `percent` % of the
    /// cases are not above it. `percent` 0 is the minimum, 100 and more the maximum. None of an
    /// empty histogram. Exact: ranks are computed in whole numbers.
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Option<u32> {
        let total = u128::from(self.total());
        let rank = (total * u128::from(percent.min(100))).div_ceil(100).max(1);
        let mut seen = 0;
        for &(seconds, count) in &self.bins {
            seen += u128::from(count);
            if seen >= rank {
                return Some(seconds);
            }
        }
        None
    }

    /// Moments of log(seconds + ½), the scale on which times are compared.
    #[must_use]
    pub fn log_moments(&self) -> LogMoments {
        let mut moments = LogMoments::default();
        for &(seconds, count) in &self.bins {
            moments.add_many(seconds, count);
        }
        moments
    }

    /// The bytes: format, number of bins, then for each bin the step to its second and its count,
    /// every number in LEB128. The same histogram always gives the same bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 + 3 * self.bins.len());
        bytes.push(FORMAT);
        push_number(&mut bytes, self.bins.len() as u64);
        let mut last = 0;
        for &(seconds, count) in &self.bins {
            push_number(&mut bytes, u64::from(seconds - last));
            push_number(&mut bytes, count);
            last = seconds;
        }
        bytes
    }

    /// Reads what [`encode`](Self::encode) wrote.
    ///
    /// # Errors
    /// If the bytes are anything else. Never panics, and never takes more memory than a small
    /// multiple of the bytes given.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (&format, mut rest) = bytes.split_first().ok_or(DecodeError::Truncated)?;
        if format != FORMAT {
            return Err(DecodeError::Format(format));
        }
        let length = take_number(&mut rest)?;
        // Each bin takes at least two bytes, so a false length cannot make us allocate much.
        if length > rest.len() as u64 / 2 {
            return Err(DecodeError::Truncated);
        }
        let mut bins = Vec::with_capacity(length as usize);
        let (mut last, mut total) = (0_u32, 0_u64);
        for i in 0..length {
            let step = u32::try_from(take_number(&mut rest)?).map_err(|_| DecodeError::Number)?;
            let count = take_number(&mut rest)?;
            if count == 0 || (step == 0 && i > 0) {
                return Err(DecodeError::Contradiction);
            }
            last = last.checked_add(step).ok_or(DecodeError::Contradiction)?;
            total = total.checked_add(count).ok_or(DecodeError::Contradiction)?;
            bins.push((last, count));
        }
        if rest.is_empty() { Ok(Self { bins }) } else { Err(DecodeError::LeftOver) }
    }
}

impl FromIterator<u32> for Histogram {
    fn from_iter<T: IntoIterator<Item = u32>>(seconds: T) -> Self {
        let mut all: Vec<u32> = seconds.into_iter().collect();
        all.sort_unstable();
        let mut bins: Vec<(u32, u64)> = Vec::new();
        for seconds in all {
            match bins.last_mut() {
                Some(bin) if bin.0 == seconds => bin.1 += 1,
                _ => bins.push((seconds, 1)),
            }
        }
        Self { bins }
    }
}

fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take_number(bytes: &mut &[u8]) -> Result<u64, DecodeError> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(DecodeError::Truncated)?;
        *bytes = rest;
        let digit = u64::from(byte & 0x7f);
        // The tenth digit has one bit left; a leading zero digit would give two spellings.
        if (shift == 63 && digit > 1) || (byte == 0 && shift > 0) {
            return Err(DecodeError::Number);
        }
        number |= digit << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(DecodeError::Number)
}
