//! Times as files write them: pure functions from text to moments.
//!
//! Understood are RFC 3339, year-first forms (`2026-01-31 13:05:09`, `2026/1/31 13:05`,
//! `2026.1.31 1:05 PM`, `2026年1月31日 13时05分`, `20260131130509`), forms with an English month
//! name (`31 Jan 2026 13:05 +0800`), and day- or month-first forms where a number above 12, equal
//! numbers or a [`DateOrder`] leaves no doubt. Two-digit years, impossible dates and years outside
//! 1990–2100 are refused: a wrong time is worse than a rejected row.

use chrono::{Datelike, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::reason::Reason;

mod parse;

/// How day and month stand where a date begins with neither year nor month name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// A point in time, or a wall-clock time that still needs its zone.
///
/// A file may hold several shops in several zones, so the reader cannot resolve wall-clock times
/// itself: whoever knows the shop calls [`Moment::resolve`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Microseconds since 1970-01-01T00:00:00Z.
    Utc(i64),
    /// What the clock on the wall showed.
    Local(NaiveDateTime),
}

impl Moment {
    /// Microseconds since 1970-01-01T00:00:00Z.
    ///
    /// Of a wall-clock time that happened twice (clocks set back) the earlier is taken.
    ///
    /// # Errors
    /// [`Reason::SkippedTime`] where the zone never showed this wall-clock time (clocks set
    /// forward): there is no right answer, so none is made up.
    pub fn resolve(self, zone: Tz) -> Result<i64, Reason> {
        match self {
            Moment::Utc(micros) => Ok(micros),
            Moment::Local(local) => match zone.from_local_datetime(&local) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Ok(at.timestamp_micros()),
                LocalResult::None => Err(Reason::SkippedTime {
                    local: local.format("%Y-%m-%d %H:%M:%S").to_string(),
                    zone: zone.name().to_owned(),
                }),
            },
        }
    }
}

/// What a text says about time, before anything is demanded of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parsed {
    date: NaiveDate,
    time: Option<NaiveTime>,
    /// Seconds east of Greenwich.
    offset: Option<i32>,
}

/// A point in time or wall-clock time.
///
/// # Errors
/// [`Reason::NotATime`], [`Reason::AmbiguousDate`], [`Reason::YearOutOfRange`], and
/// [`Reason::NoTimeOfDay`] for a bare date.
pub fn parse_moment(text: &str, order: Option<DateOrder>) -> Result<Moment, Reason> {
    let parsed = parse::parse(text, order).map_err(|fault| fault.reason(text, Reason::NotATime))?;
    let Some(time) = parsed.time else {
        return Err(Reason::NoTimeOfDay(shown(text)));
    };
    Ok(moment(parsed, time))
}

/// Like [`parse_moment`], but a bare date stands for its midnight.
///
/// # Errors
/// As [`parse_moment`], without [`Reason::NoTimeOfDay`].
pub fn parse_moment_or_day(text: &str, order: Option<DateOrder>) -> Result<Moment, Reason> {
    let parsed = parse::parse(text, order).map_err(|fault| fault.reason(text, Reason::NotATime))?;
    Ok(moment(parsed, parsed.time.unwrap_or(NaiveTime::MIN)))
}

/// A calendar date; a time of day beside it is dropped.
///
/// # Errors
/// [`Reason::NotADate`], [`Reason::AmbiguousDate`], [`Reason::YearOutOfRange`].
pub fn parse_date(text: &str, order: Option<DateOrder>) -> Result<NaiveDate, Reason> {
    parse::parse(text, order).map(|parsed| parsed.date).map_err(|fault| fault.reason(text, Reason::NotADate))
}

fn moment(parsed: Parsed, time: NaiveTime) -> Moment {
    let local = parsed.date.and_time(time);
    match parsed.offset {
        Some(seconds) => Moment::Utc(local.and_utc().timestamp_micros() - i64::from(seconds) * 1_000_000),
        None => Moment::Local(local),
    }
}

/// The wall-clock time of a spreadsheet's serial day number, rounded to milliseconds (a float
/// holds no more), or none outside the years 1990–2100.
///
/// `since_1904` is the workbook's date system. Serial 1 is 1900-01-01; the spreadsheet's 29
/// February 1900, which never was, lies before any accepted year.
#[must_use]
pub fn from_serial(serial: f64, since_1904: bool) -> Option<NaiveDateTime> {
    let epoch = if since_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)?
    };
    if !(0.0..100_000.0).contains(&serial) {
        return None;
    }
    // In range by the line above: at most 8.64e12.
    #[allow(clippy::cast_possible_truncation)]
    let millis = (serial * 86_400_000.0).round() as i64;
    let at = epoch.and_time(NaiveTime::MIN) + Duration::milliseconds(millis);
    year_is_plausible(at.date()).then_some(at)
}

/// Years of which customer service records can be.
fn year_is_plausible(date: NaiveDate) -> bool {
    (1990..=2100).contains(&date.year())
}

/// A value as shown in a reason: short.
fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
