//! The grammar of times: tokens, then date, time of day and offset from left to right.

use chrono::{NaiveDate, NaiveTime};

use super::{DateOrder, Parsed, shown, year_is_plausible};
use crate::reason::Reason;

/// Why a text is no time; the reason proper depends on what was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Malformed,
    Ambiguous,
    Year,
}

impl Fault {
    pub(super) fn reason(self, text: &str, malformed: fn(String) -> Reason) -> Reason {
        let value = shown(text);
        match self {
            Fault::Malformed => malformed(value),
            Fault::Ambiguous => Reason::AmbiguousDate(value),
            Fault::Year => Reason::YearOutOfRange(value),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// The digits as written; their number matters (2026 is a year, 26 is not).
    Digits(String),
    /// Letters in lower case.
    Word(String),
    Sign(char),
    Space,
}

/// Longer texts are no times; the bound keeps a hostile cell from costing work.
const LONGEST: usize = 64;

pub(super) fn parse(text: &str, order: Option<DateOrder>) -> Result<Parsed, Fault> {
    let text = text.trim();
    usual(text.as_bytes()).map_or_else(|| by_tokens(text, order), Ok)
}

fn by_tokens(text: &str, order: Option<DateOrder>) -> Result<Parsed, Fault> {
    if text.len() > LONGEST {
        return Err(Fault::Malformed);
    }
    let tokens = tokens(text);
    let mut cursor = Cursor { tokens: &tokens };
    cursor.skip_weekday();
    let date = cursor.date(order)?;
    cursor.skip_weekday();
    let time = cursor.time()?;
    let offset = if time.is_some() { cursor.offset()? } else { None };
    cursor.skip(&[]);
    if !cursor.tokens.is_empty() {
        return Err(Fault::Malformed);
    }
    if !year_is_plausible(date) {
        return Err(Fault::Year);
    }
    Ok(Parsed { date, time, offset })
}

/// `2026-01-31 13:05:09` with its zeros, `/` or `.` instead of `-`, `T` instead of the space or `Z` behind: what
/// nearly all files write. None for everything else and for what is no time: that is judged below.
fn usual(text: &[u8]) -> Option<Parsed> {
    let (plain, offset) = match text {
        [plain @ .., b'Z'] => (plain, Some(0)),
        plain => (plain, None),
    };
    let plain: &[u8; 19] = plain.try_into().ok()?;
    let [_, _, _, _, b'-' | b'/' | b'.', _, _, sign, _, _, b' ' | b'T', _, _, b':', _, _, b':', _, _] = plain
    else {
        return None;
    };
    let number = |from: usize, to: usize| {
        plain[from..to]
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    let time = NaiveTime::from_hms_opt(number(11, 13)?, number(14, 16)?, number(17, 19)?)?;
    (*sign == plain[4] && year_is_plausible(date)).then_some(Parsed { date, time: Some(time), offset })
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for c in text.chars().map(half_width) {
        match (c, tokens.last_mut()) {
            ('0'..='9', Some(Token::Digits(digits))) => digits.push(c),
            ('0'..='9', _) => tokens.push(Token::Digits(c.into())),
            ('年' | '月', _) => tokens.push(Token::Sign('-')),
            ('时' | '点' | '分', _) => tokens.push(Token::Sign(':')),
            ('日' | '号' | '秒', Some(Token::Digits(_))) => tokens.push(Token::Space),
            (c, Some(Token::Space)) if c.is_whitespace() => {}
            (c, _) if c.is_whitespace() => tokens.push(Token::Space),
            (c, Some(Token::Word(word))) if c.is_alphabetic() => word.extend(c.to_lowercase()),
            (c, _) if c.is_alphabetic() => tokens.push(Token::Word(c.to_lowercase().collect())),
            (c, _) => tokens.push(Token::Sign(c)),
        }
    }
    // 13时05分 leaves a colon behind.
    if tokens.len() > 1 && tokens.last() == Some(&Token::Sign(':')) && text.ends_with('分') {
        tokens.pop();
    }
    tokens
}

/// Full-width forms, as Chinese input methods write them, as their ASCII twins.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{2212}' => '-',
        c => c,
    }
}

struct Cursor<'a> {
    tokens: &'a [Token],
}

impl Cursor<'_> {
    /// Takes digits if there are between `min` and `max` of them.
    fn digits(&mut self, min: usize, max: usize) -> Option<u32> {
        let [Token::Digits(digits), rest @ ..] = self.tokens else {
            return None;
        };
        if !(min..=max).contains(&digits.len()) {
            return None;
        }
        self.tokens = rest;
        digits.parse().ok()
    }

    fn sign(&mut self, allowed: &[char]) -> Option<char> {
        let [Token::Sign(c), rest @ ..] = self.tokens else {
            return None;
        };
        allowed.contains(c).then(|| {
            self.tokens = rest;
            *c
        })
    }

    fn word<T>(&mut self, meaning: impl Fn(&str) -> Option<T>) -> Option<T> {
        let [Token::Word(word), rest @ ..] = self.tokens else {
            return None;
        };
        let found = meaning(word)?;
        self.tokens = rest;
        Some(found)
    }

    /// Skips white space and the given signs.
    fn skip(&mut self, signs: &[char]) {
        while let [token, rest @ ..] = self.tokens {
            match token {
                Token::Space => {}
                Token::Sign(c) if signs.contains(c) => {}
                _ => return,
            }
            self.tokens = rest;
        }
    }

    fn skip_weekday(&mut self) {
        self.skip(&[]);
        if self.word(weekday).is_some() {
            self.skip(&[',', '.']);
        }
    }

    fn date(&mut self, order: Option<DateOrder>) -> Result<NaiveDate, Fault> {
        if let [Token::Digits(digits), ..] = self.tokens
            && matches!(digits.len(), 8 | 14)
        {
            return self.compact_date();
        }
        if let Some(year) = self.digits(4, 4) {
            return self.after_year(year);
        }
        if let Some(month) = self.word(month) {
            self.skip(&['.']);
            let day = self.digits(1, 2).ok_or(Fault::Malformed)?;
            self.skip(&[',']);
            return day_of(self.year()?, month, day);
        }
        let first = self.digits(1, 2).ok_or(Fault::Malformed)?;
        let before = self.tokens;
        self.skip(&['-', '.']);
        if let Some(month) = self.word(month) {
            self.skip(&['-', '.', ',']);
            return day_of(self.year()?, month, first);
        }
        self.tokens = before;
        let sign = self.sign(&['/', '-', '.']).ok_or(Fault::Malformed)?;
        let second = self.digits(1, 2).ok_or(Fault::Malformed)?;
        self.sign(&[sign]).ok_or(Fault::Malformed)?;
        let year = self.year()?;
        numeric(first, second, year, order)
    }

    fn year(&mut self) -> Result<u32, Fault> {
        self.digits(4, 4).ok_or(Fault::Malformed)
    }

    fn after_year(&mut self, year: u32) -> Result<NaiveDate, Fault> {
        let sign = self.sign(&['-', '/', '.']).ok_or(Fault::Malformed)?;
        let month = self.digits(1, 2).ok_or(Fault::Malformed)?;
        self.sign(&[sign]).ok_or(Fault::Malformed)?;
        let day = self.digits(1, 2).ok_or(Fault::Malformed)?;
        day_of(year, month, day)
    }

    /// `20260131`, or the first eight digits of `20260131130509`, whose rest stays for the time.
    fn compact_date(&mut self) -> Result<NaiveDate, Fault> {
        let [Token::Digits(digits), rest @ ..] = self.tokens else {
            return Err(Fault::Malformed);
        };
        if digits.len() == 8 {
            self.tokens = rest;
        }
        let part = |range: std::ops::Range<usize>| digits[range].parse().map_err(|_| Fault::Malformed);
        day_of(part(0..4)?, part(4..6)?, part(6..8)?)
    }

    fn time(&mut self) -> Result<Option<NaiveTime>, Fault> {
        if let [Token::Digits(digits), rest @ ..] = self.tokens
            && digits.len() == 14
        {
            self.tokens = rest;
            return compact_time(&digits[8..]).map(Some);
        }
        self.skip(&[',']);
        if self.tokens.is_empty() {
            return Ok(None);
        }
        self.word(|word| (word == "t").then_some(()));
        let early_half = self.word(half_day);
        self.skip(&[]);
        if let [Token::Digits(digits), rest @ ..] = self.tokens
            && digits.len() == 6
        {
            self.tokens = rest;
            return compact_time(digits).map(Some);
        }
        let hour = self.digits(1, 2).ok_or(Fault::Malformed)?;
        self.sign(&[':']).ok_or(Fault::Malformed)?;
        let minute = self.digits(1, 2).ok_or(Fault::Malformed)?;
        let mut second = 0;
        let mut micros = 0;
        if self.sign(&[':']).is_some() {
            second = self.digits(1, 2).ok_or(Fault::Malformed)?;
            if self.sign(&['.', ',']).is_some() {
                micros = self.fraction()?;
            }
        }
        let before = self.tokens;
        self.skip(&[]);
        let late_half = self.word(half_day);
        if late_half.is_none() {
            self.tokens = before;
        }
        let hour = match early_half.or(late_half) {
            Some(_) if hour == 0 || hour > 12 => return Err(Fault::Malformed),
            Some(Half::Morning) => hour % 12,
            Some(Half::Noon) => match hour {
                11 | 12 => hour,
                1 | 2 => hour + 12,
                _ => return Err(Fault::Malformed),
            },
            Some(Half::Afternoon) => hour % 12 + 12,
            None => hour,
        };
        NaiveTime::from_hms_micro_opt(hour, minute, second, micros).map(Some).ok_or(Fault::Malformed)
    }

    /// Decimals of a second, cut to microseconds.
    fn fraction(&mut self) -> Result<u32, Fault> {
        let [Token::Digits(digits), rest @ ..] = self.tokens else {
            return Err(Fault::Malformed);
        };
        self.tokens = rest;
        let micros = digits.bytes().chain(std::iter::repeat(b'0')).take(6);
        Ok(micros.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
    }

    /// Seconds east of Greenwich: `Z`, `UTC`, `GMT`, `+08:00`, `+0800`, `+8`.
    fn offset(&mut self) -> Result<Option<i32>, Fault> {
        self.skip(&[]);
        let named = self.word(|word| matches!(word, "z" | "utc" | "gmt").then_some(()));
        let Some(sign) = self.sign(&['+', '-']) else {
            return Ok(named.map(|()| 0));
        };
        let (hours, minutes) = match self.digits(4, 4) {
            Some(both) => (both / 100, both % 100),
            None => {
                let hours = self.digits(1, 2).ok_or(Fault::Malformed)?;
                let minutes = match self.sign(&[':']) {
                    Some(_) => self.digits(2, 2).ok_or(Fault::Malformed)?,
                    None => 0,
                };
                (hours, minutes)
            }
        };
        if hours > 14 || minutes > 59 {
            return Err(Fault::Malformed);
        }
        let seconds = i32::try_from(hours * 3600 + minutes * 60).map_err(|_| Fault::Malformed)?;
        Ok(Some(if sign == '-' { -seconds } else { seconds }))
    }
}

/// A date of three numbers that does not begin with the year.
fn numeric(first: u32, second: u32, year: u32, order: Option<DateOrder>) -> Result<NaiveDate, Fault> {
    let order = match order {
        Some(order) => order,
        None if first > 12 => DateOrder::Dmy,
        None if second > 12 || first == second => DateOrder::Mdy,
        None => return Err(Fault::Ambiguous),
    };
    match order {
        DateOrder::Dmy => day_of(year, second, first),
        DateOrder::Mdy => day_of(year, first, second),
    }
}

fn day_of(year: u32, month: u32, day: u32) -> Result<NaiveDate, Fault> {
    let year = i32::try_from(year).map_err(|_| Fault::Malformed)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(Fault::Malformed)
}

fn compact_time(six: &str) -> Result<NaiveTime, Fault> {
    let part = |range: std::ops::Range<usize>| six[range].parse().map_err(|_| Fault::Malformed);
    NaiveTime::from_hms_opt(part(0..2)?, part(2..4)?, part(4..6)?).ok_or(Fault::Malformed)
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    /// 中午: from eleven to two, so that eleven is before twelve and one is after.
    Noon,
    Afternoon,
}

fn half_day(word: &str) -> Option<Half> {
    match word {
        "am" | "上午" | "凌晨" => Some(Half::Morning),
        "中午" => Some(Half::Noon),
        "pm" | "下午" => Some(Half::Afternoon),
        _ => None,
    }
}

fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is = |name: &str| {
        name == word || (word.len() == 3 && name.starts_with(word)) || (word == "sept" && name == "september")
    };
    let index = NAMES.iter().position(|name| is(name))?;
    u32::try_from(index + 1).ok()
}

fn weekday(word: &str) -> Option<()> {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let english = NAMES.iter().any(|name| *name == word || (word.len() == 3 && name.starts_with(word)));
    let chinese = word
        .strip_prefix("星期")
        .or_else(|| word.strip_prefix("周"))
        .is_some_and(|day| ["一", "二", "三", "四", "五", "六", "日", "天"].contains(&day));
    (english || chinese).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_says_what_the_long_one_says(
            text in "(19|20|21)[0-9]{2}[-/.][01][0-9][-/.][0-3][0-9][ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z?",
        ) {
            if let Some(parsed) = usual(text.as_bytes()) {
                prop_assert_eq!(by_tokens(&text, None).ok(), Some(parsed));
            }
        }
    }

    #[test]
    fn the_short_way_is_taken() {
        for text in ["2026-01-31 13:05:09", "2026/01/31T13:05:09", "2026-01-31T13:05:09Z"] {
            assert!(usual(text.as_bytes()).is_some(), "{text}");
        }
        for text in ["2026-01/31 13:05:09", "2026-02-30 13:05:09", "2026-01-31 24:05:09", "１２３"] {
            assert!(usual(text.as_bytes()).is_none(), "{text}");
        }
    }
}
