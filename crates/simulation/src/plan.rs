use chrono::{Days, NaiveDate};

/// What to simulate. Two equal plans give identical organisations and streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Start of all randomness.
    pub seed: u64,
    /// The last day on which conversations begin (a few may end shortly after its midnight).
    pub last_day: NaiveDate,
    /// Number of conversations, exactly, over the whole span.
    pub conversations: usize,
    /// Length of the span in days, ending with `last_day`; 0 counts as 1.
    pub days: u32,
}

impl Plan {
    /// Half a year, in days.
    const HALF_YEAR: u32 = 182;

    /// 40,000 conversations (about 320,000 messages) over six months.
    pub fn small(seed: u64, last_day: NaiveDate) -> Self {
        Self { seed, last_day, conversations: 40_000, days: Self::HALF_YEAR }
    }

    /// Five times [`Plan::small`].
    pub fn medium(seed: u64, last_day: NaiveDate) -> Self {
        Self { conversations: 200_000, ..Self::small(seed, last_day) }
    }

    /// Twenty-five times [`Plan::small`].
    pub fn large(seed: u64, last_day: NaiveDate) -> Self {
        Self { conversations: 1_000_000, ..Self::small(seed, last_day) }
    }

    /// The first day of the span.
    pub fn first_day(&self) -> NaiveDate {
        self.last_day.checked_sub_days(Days::new(u64::from(self.days.max(1)) - 1)).unwrap_or(NaiveDate::MIN)
    }

    /// The days of the span in order.
    pub(crate) fn dates(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        self.first_day().iter_days().take(self.days.max(1) as usize)
    }
}
