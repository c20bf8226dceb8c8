//! Exact distributions of whole seconds.

/// How often each number of seconds occurred. Times are whole seconds, so this is exact, adds up
/// over any days and agents, and yields exact means and percentiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// (seconds, occurrences ≥ 1), by seconds.
    counts: Vec<(u32, u64)>,
}

impl Histogram {
    /// Counts one time.
    pub fn add(&mut self, seconds: u32) {
        match self.counts.binary_search_by_key(&seconds, |&(s, _)| s) {
            Ok(at) => self.counts[at].1 = self.counts[at].1.saturating_add(1),
            Err(at) => self.counts.insert(at, (seconds, 1)),
        }
    }

    /// Adds all that `other` counted.
    pub fn merge(&mut self, other: &Self) {
        if other.counts.is_empty() {
            return;
        }
        let mine = std::mem::take(&mut self.counts);
        self.counts.reserve(mine.len() + other.counts.len());
        let mut theirs = other.counts.iter().copied().peekable();
        for (seconds, count) in mine {
            while let Some(entry) = theirs.next_if(|&(s, _)| s < seconds) {
                self.counts.push(entry);
            }
            let same = theirs.next_if(|&(s, _)| s == seconds);
            let more = same.map_or(0, |(_, c)| c);
            self.counts.push((seconds, count.saturating_add(more)));
        }
        self.counts.extend(theirs);
    }

    /// Each number of seconds that occurred and how often, by seconds.
    #[must_use]
    pub fn counts(&self) -> &[(u32, u64)] {
        &self.counts
    }

    /// The distribution of these counts, or `None` unless seconds rise and each count is ≥ 1.
    pub(super) fn from_counts(counts: Vec<(u32, u64)>) -> Option<Self> {
        let rising = counts.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let counted = counts.iter().all(|&(_, count)| count > 0);
        (rising && counted).then_some(Self { counts })
    }

    /// How many times were counted.
    #[must_use]
    pub fn n(&self) -> u64 {
        let add = |sum: u64, &(_, count): &(u32, u64)| sum.saturating_add(count);
        self.counts.iter().fold(0, add)
    }

    /// The sum of all times, seconds.
    #[must_use]
    pub fn sum(&self) -> u128 {
        let product = |&(seconds, count): &(u32, u64)| u128::from(seconds) * u128::from(count);
        self.counts.iter().map(product).sum()
    }

    /// How many times were at most `seconds`.
    #[must_use]
    pub fn at_most(&self, seconds: u32) -> u64 {
        let end = self.counts.partition_point(|&(s, _)| s <= seconds);
        let add = |sum: u64, &(_, count): &(u32, u64)| sum.saturating_add(count);
        self.counts[..end].iter().fold(0, add)
    }

    /// The percentile by nearest rank: the smallest time such that at least `percent` % of all are
    /// at most it. `None` of nothing. `percent` is 1–100.
    #[must_use]
    pub fn percentile(&self, percent: u32) -> Option<u32> {
        let n = u128::from(self.n());
        let rank = (n * u128::from(percent)).div_ceil(100);
        let mut seen = 0u128;
        for &(seconds, count) in &self.counts {
            seen += u128::from(count);
            if seen >= rank {
                return Some(seconds);
            }
        }
        None
    }
}
