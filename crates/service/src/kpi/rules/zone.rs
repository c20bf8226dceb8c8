//! Days and times of day as the shop sees them.

use chrono::{DateTime, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

use super::timeline::{EARLIEST, LATEST};

/// Seconds of a (calendar) day.
const DAY_S: i64 = 86_400;
/// Between two changes of the clock of one zone lie weeks. If the offset is the same at two times
/// this near, it is the same between them.
const SURELY_ONE_OFFSET_S: i64 = 7 * DAY_S;

/// The time zone of a shop over its life. A change applies from its date on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopZone {
    first: Tz,
    /// Start (UTC seconds) and zone of each change, sorted.
    changes: Vec<(i64, Tz)>,
}

impl Default for ShopZone {
    /// Asia/Shanghai.
    fn default() -> Self {
        Self::new(Tz::Asia__Shanghai)
    }
}

impl ShopZone {
    /// A shop that has always had this zone.
    #[must_use]
    pub fn new(zone: Tz) -> Self {
        Self { first: zone, changes: Vec::new() }
    }

    /// The same shop with another zone from `day` on: from the first instant of that day in the new
    /// zone, so that no local day comes twice. A change replaces those of the same or a later day.
    #[must_use]
    pub fn changed(mut self, day: NaiveDate, zone: Tz) -> Self {
        let from = first_instant(day, zone);
        self.changes.retain(|(at, _)| *at < from);
        self.changes.push((from, zone));
        self
    }

    /// The zone in which the shop's clocks showed a local day.
    #[must_use]
    pub fn zone_on(&self, day: NaiveDate) -> Tz {
        let begun = |change: &&(i64, Tz)| first_instant(day, change.1) >= change.0;
        self.changes.iter().rev().find(begun).map_or(self.first, |(_, zone)| *zone)
    }

    /// The local day of a time in UTC seconds; times outside [`EARLIEST`]..=[`LATEST`] count as the
    /// nearest inside.
    #[must_use]
    pub fn day(&self, at: i64) -> NaiveDate {
        date(Local { zone: self, fixed: None }.at(at).day)
    }

    fn offset(&self, at: i64) -> i64 {
        let at = at.clamp(EARLIEST, LATEST);
        let changed = self.changes.partition_point(|(from, _)| *from <= at);
        let zone = match changed.checked_sub(1) {
            Some(index) => self.changes[index].1,
            None => self.first,
        };
        let time = DateTime::from_timestamp(at, 0).expect("chrono reaches far beyond 1970 to 2106");
        let offset = zone.offset_from_utc_datetime(&time.naive_utc());
        i64::from(offset.fix().local_minus_utc())
    }
}

/// The first instant of a local day. Where the clock skips midnight, that is later than 00:00.
fn first_instant(day: NaiveDate, zone: Tz) -> i64 {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    (0..96)
        .filter_map(|quarter| {
            let local = midnight + chrono::TimeDelta::minutes(15 * quarter);
            zone.from_local_datetime(&local).earliest()
        })
        .map(|time| time.timestamp())
        .next()
        // Only a zone that jumps over the date line leaves out a whole day.
        .unwrap_or_else(|| midnight.and_utc().timestamp())
}

/// A local time: day since 1970-01-01 and second of that day.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) day: i32,
    pub(super) second: u32,
}

impl Moment {
    /// Whether the time of day is `from` ≤ t < `to`, in hours.
    pub(super) fn within(self, from: u32, to: u32) -> bool {
        (from * 3600..to * 3600).contains(&self.second)
    }
}

/// Local times of one conversation; looks the zone up once if its offset cannot change meanwhile.
pub(super) struct Local<'a> {
    zone: &'a ShopZone,
    fixed: Option<i64>,
}

impl<'a> Local<'a> {
    pub(super) fn new(zone: &'a ShopZone, first: i64, last: i64) -> Self {
        let offset = zone.offset(first);
        let unchanged = last - first <= SURELY_ONE_OFFSET_S && zone.offset(last) == offset;
        // Two changes of a shop's zone may be nearer to each other than those of a clock.
        let fixed = (unchanged && zone.changes.is_empty()).then_some(offset);
        Self { zone, fixed }
    }

    pub(super) fn at(&self, at: i64) -> Moment {
        let at = at.clamp(EARLIEST, LATEST);
        let local = at + self.fixed.unwrap_or_else(|| self.zone.offset(at));
        Moment { day: local.div_euclid(DAY_S) as i32, second: local.rem_euclid(DAY_S) as u32 }
    }
}

/// The date of a day counted from 1970-01-01.
pub(super) fn date(day: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(day).expect("a day between 1969 and 2107")
}
