//! Instants, days and the clock.
//!
//! The database stores an instant as whole microseconds since 1970 in UTC: the same bytes on
//! SQLite and PostgreSQL, ordered as numbers, no text to compare. A day is a calendar day of some
//! shop's zone, stored as the number of days since 1970-01-01.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Datelike, Duration, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, DeriveValueType)]
pub struct Micros(pub i64);

impl Micros {
    /// Whole seconds since 1970, rounded down.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// The instant `seconds` after 1970.
    pub fn from_seconds(seconds: i64) -> Self {
        Micros(seconds.saturating_mul(1_000_000))
    }

    /// This instant plus so many seconds (negative: before).
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Micros(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// As a chrono instant; values beyond chrono's range become 1970.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// The calendar day of this instant in a zone.
    pub fn day(self, zone: Tz) -> Day {
        Day::from(self.utc().with_timezone(&zone).date_naive())
    }
}

impl From<DateTime<Utc>> for Micros {
    fn from(at: DateTime<Utc>) -> Self {
        Micros(at.timestamp_micros())
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Micros {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Micros {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DateTime::<Utc>::deserialize(deserializer).map(Micros::from)
    }
}

/// A calendar day: days since 1970-01-01, in the zone of whatever it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, DeriveValueType)]
pub struct Day(pub i32);

impl Day {
    /// As a chrono date; values beyond chrono's range become 1970-01-01.
    pub fn date(self) -> NaiveDate {
        NaiveDate::default().checked_add_signed(Duration::days(i64::from(self.0))).unwrap_or_default()
    }

    /// The first instant of the day in a zone; where clocks leap over midnight, the first after it.
    pub fn begins(self, zone: Tz) -> Micros {
        let midnight = self.date().and_time(chrono::NaiveTime::MIN);
        // Two hours are more than any zone ever leapt at once within a day.
        let instant = (0..=4).find_map(|half_hours| {
            (midnight + Duration::minutes(30 * half_hours)).and_local_timezone(zone).earliest()
        });
        Micros::from(instant.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc)))
    }

    /// The day so many days later (negative: earlier).
    pub fn plus(self, days: i32) -> Self {
        Day(self.0.saturating_add(days))
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Day(date.num_days_from_ce() - NaiveDate::default().num_days_from_ce())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

impl FromStr for Day {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<NaiveDate>().map(Day::from)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        NaiveDate::deserialize(deserializer).map(Day::from)
    }
}

/// Where "now" comes from. Programs use [`SystemClock`]; tests use [`ManualClock`].
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Micros;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
    fn now(&self) -> Micros {
        Micros::from(Utc::now())
    }
}

/// A clock that stands still until it is told.
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `at`.
    pub fn at(at: Micros) -> Self {
        ManualClock(AtomicI64::new(at.0))
    }

    /// Moves the clock by so many seconds, backwards if negative.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Micros {
        Micros(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_zone() {
        let late = Micros::from("2026-01-31T16:30:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(late.day(Tz::Asia__Shanghai).to_string(), "2026-02-01");
        assert_eq!(late.day(Tz::UTC).to_string(), "2026-01-31");
        assert_eq!("2026-02-01".parse::<Day>().unwrap(), late.day(Tz::Asia__Shanghai));
    }

    #[test]
    fn a_day_begins_at_midnight_or_where_clocks_leapt_to() {
        let begins = |day: &str, zone| day.parse::<Day>().unwrap().begins(zone).to_string();
        assert_eq!(begins("2026-02-01", Tz::Asia__Shanghai), "2026-01-31T16:00:00Z");
        assert_eq!(begins("2018-11-04", Tz::America__Sao_Paulo), "2018-11-04T03:00:00Z");
    }

    #[test]
    fn instants_survive_json() {
        let at = Micros(1_767_225_600_123_456);
        let text = serde_json::to_string(&at).unwrap();
        assert_eq!(text, "\"2026-01-01T00:00:00.123456Z\"");
        assert_eq!(serde_json::from_str::<Micros>(&text).unwrap(), at);
    }
}
