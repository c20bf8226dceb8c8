//! Periods of whole days, both ends included.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From a day to a day, both included, in the shop's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

/// How a period is divided into rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each day.
    Day,
    /// Calendar weeks, Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
    /// Not at all.
    All,
}

impl std::str::FromStr for Per {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            "month" => Ok(Self::Month),
            "all" => Ok(Self::All),
            _ => Err(()),
        }
    }
}

impl Period {
    /// The days `from` to `to`; `None` if `to` is before `from`.
    #[must_use]
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Its first day.
    #[must_use]
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// Its last day.
    #[must_use]
    pub fn to(&self) -> NaiveDate {
        self.to
    }

    /// How many days it has, ≥ 1.
    #[must_use]
    pub fn days(&self) -> u64 {
        ((self.to - self.from).num_days() + 1) as u64
    }

    /// Whether a day belongs to it.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Its parts in order, without gap; the first and the last are cut to the period.
    pub fn split(self, per: Per) -> impl Iterator<Item = Period> {
        let mut next = Some(self.from);
        std::iter::from_fn(move || {
            let from = next?;
            let to = end_of(from, per).map_or(self.to, |end| end.min(self.to));
            next = to.succ_opt().filter(|day| *day <= self.to);
            Some(Period { from, to })
        })
    }

    /// The place of the part that holds a day, of parts in order as [`Period::split`] gives them.
    #[must_use]
    pub fn place(parts: &[Period], day: NaiveDate) -> Option<usize> {
        let place = parts.partition_point(|part| part.to < day);
        parts.get(place).filter(|part| part.contains(day)).map(|_| place)
    }

    /// The period before, to compare with: as many whole calendar months before a period of whole
    /// calendar months, otherwise as many days. `None` before the beginning of the calendar.
    #[must_use]
    pub fn previous(&self) -> Option<Period> {
        let to = self.from.pred_opt()?;
        let from = match self.whole_months() {
            Some(months) => self.from.checked_sub_months(Months::new(months))?,
            None => self.from.checked_sub_days(Days::new(self.days()))?,
        };
        Period::new(from, to)
    }

    fn whole_months(&self) -> Option<u32> {
        let after = self.to.succ_opt()?;
        let month = |day: NaiveDate| day.year() * 12 + day.month0() as i32;
        let whole = self.from.day() == 1 && after.day() == 1;
        whole.then(|| (month(after) - month(self.from)) as u32)
    }
}

/// The last day of the part that `day` belongs to; `None` where there is no end.
fn end_of(day: NaiveDate, per: Per) -> Option<NaiveDate> {
    match per {
        Per::Day => Some(day),
        Per::Week => {
            let left = 6 - day.weekday().num_days_from_monday();
            day.checked_add_days(Days::new(u64::from(left)))
        }
        Per::Month => {
            let next = day.with_day(1)?.checked_add_months(Months::new(1))?;
            next.pred_opt()
        }
        Per::All => None,
    }
}
