//! Why one row is not taken: a stable code, and words in two languages.

use std::fmt;

use crate::options::Lang;

/// Why a row is rejected. `Display` gives the English words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A cell that must hold something is empty.
    Missing,
    /// No time at all, an impossible one (2012/13/45), or a form that is not known.
    NotATime(String),
    /// No calendar date, or an impossible one.
    NotADate(String),
    /// 3/4/2026 without a date order.
    AmbiguousDate(String),
    /// A day without a time of day where one is needed.
    NoTimeOfDay(String),
    /// A year before 1990 or after 2100.
    YearOutOfRange(String),
    /// A wall-clock time that the zone skipped when its clocks went forward.
    SkippedTime {
        /// The wall-clock time.
        local: String,
        /// The IANA name of the zone.
        zone: String,
    },
    /// None of the allowed words.
    NotOneOf {
        /// What the cell holds.
        value: String,
        /// The allowed English words, comma-separated.
        allowed: String,
    },
    /// Not a number in the given range.
    NotANumber {
        /// What the cell holds.
        value: String,
        /// The smallest allowed.
        min: i64,
        /// The largest allowed.
        max: i64,
    },
    /// An id whose last digits a spreadsheet has rounded away (1.23457E+17).
    LostDigits(String),
    /// Longer than the given number of characters.
    TooLong(usize),
    /// Text was expected, but the JSON value is a list or an object.
    NotText,
    /// The cell shows a spreadsheet error such as `#REF!`.
    CellError(String),
    /// The cell was cut when its rejected row was exported; the whole text must be put back.
    CutCell,
    /// A NUL character, which no text may hold.
    NulCharacter,
    /// Bytes that are not text in the encoding of the file.
    BadEncoding(&'static str),
    /// A quote that is never closed, or is followed by more text in the same cell.
    BadQuote,
    /// Fewer cells than the header has.
    TooFewCells {
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// More cells than the header has.
    TooManyCells {
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// More bytes than a row may have.
    RowTooBig(usize),
    /// A line that is no JSON object; the words of the JSON parser.
    NotJson(String),
    /// Two keys of one JSON object that mean the same column.
    DuplicateKey(String),
    /// A reason that the caller found, with its own code and words.
    Other {
        /// A stable snake_case code.
        code: &'static str,
        /// Chinese words.
        zh: String,
        /// English words.
        en: String,
    },
}

impl Reason {
    /// A stable snake_case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Reason::Missing => "missing",
            Reason::NotATime(_) => "not_a_time",
            Reason::NotADate(_) => "not_a_date",
            Reason::AmbiguousDate(_) => "ambiguous_date",
            Reason::NoTimeOfDay(_) => "no_time_of_day",
            Reason::YearOutOfRange(_) => "year_out_of_range",
            Reason::SkippedTime { .. } => "skipped_time",
            Reason::NotOneOf { .. } => "not_one_of",
            Reason::NotANumber { .. } => "not_a_number",
            Reason::LostDigits(_) => "lost_digits",
            Reason::TooLong(_) => "too_long",
            Reason::NotText => "not_text",
            Reason::CellError(_) => "cell_error",
            Reason::CutCell => "cut_cell",
            Reason::NulCharacter => "nul_character",
            Reason::BadEncoding(_) => "bad_encoding",
            Reason::BadQuote => "bad_quote",
            Reason::TooFewCells { .. } => "too_few_cells",
            Reason::TooManyCells { .. } => "too_many_cells",
            Reason::RowTooBig(_) => "row_too_big",
            Reason::NotJson(_) => "not_json",
            Reason::DuplicateKey(_) => "duplicate_key",
            Reason::Other { code, .. } => code,
        }
    }

    /// The reason for a person.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Reason::Missing => "必填，却是空的".into(),
            Reason::NotATime(value) => format!("不是时间：{value}"),
            Reason::NotADate(value) => format!("不是日期：{value}"),
            Reason::AmbiguousDate(value) => {
                format!("日、月先后不明：{value}（请写成 2026-01-31 这样，或指定日期顺序）")
            }
            Reason::NoTimeOfDay(value) => format!("只有日期，没有时刻：{value}"),
            Reason::YearOutOfRange(value) => format!("年份不在 1990–2100 之间：{value}"),
            Reason::SkippedTime { local, zone } => {
                format!("{zone} 因夏令时跳过了这一时刻：{local}")
            }
            Reason::NotOneOf { value, allowed } => format!("不认识“{value}”，可用：{allowed}"),
            Reason::NotANumber { value, min, max } => {
                format!("不是 {min}–{max} 的整数：{value}")
            }
            Reason::LostDigits(value) => {
                format!("编号末位已被表格软件舍去：{value}（请把该列设为文本后重新导出）")
            }
            Reason::TooLong(limit) => format!("超过 {limit} 个字符"),
            Reason::NotText => "应为文字，却是列表或对象".into(),
            Reason::CellError(value) => format!("单元格是错误值 {value}"),
            Reason::CutCell => "内容在导出时被截断，请补全后再导入".into(),
            Reason::NulCharacter => "含有空字符（NUL）".into(),
            Reason::BadEncoding(name) => format!("有字节不是 {name} 文字"),
            Reason::BadQuote => "引号不成对，或结束引号后还有文字".into(),
            Reason::TooFewCells { found, expected } => {
                format!("只有 {found} 格，列名有 {expected} 个")
            }
            Reason::TooManyCells { found, expected } => {
                format!("有 {found} 格，列名只有 {expected} 个")
            }
            Reason::RowTooBig(limit) => format!("一行超过 {limit} 字节"),
            Reason::NotJson(detail) => format!("不是 JSON 对象：{detail}"),
            Reason::DuplicateKey(key) => format!("键重复：{key}"),
            Reason::Other { zh, .. } => zh.clone(),
        }
    }

    fn en(&self) -> String {
        match self {
            Reason::Missing => "required, but empty".into(),
            Reason::NotATime(value) => format!("not a time: {value}"),
            Reason::NotADate(value) => format!("not a date: {value}"),
            Reason::AmbiguousDate(value) => format!(
                "day and month cannot be told apart: {value} (write it like 2026-01-31, or give the date order)"
            ),
            Reason::NoTimeOfDay(value) => format!("no time of day: {value}"),
            Reason::YearOutOfRange(value) => format!("year outside 1990–2100: {value}"),
            Reason::SkippedTime { local, zone } => {
                format!("the clocks of {zone} skipped this time: {local}")
            }
            Reason::NotOneOf { value, allowed } => format!("not one of {allowed}: {value}"),
            Reason::NotANumber { value, min, max } => {
                format!("not a whole number from {min} to {max}: {value}")
            }
            Reason::LostDigits(value) => format!(
                "a spreadsheet has rounded the last digits away: {value} (make the column text and export again)"
            ),
            Reason::TooLong(limit) => format!("longer than {limit} characters"),
            Reason::NotText => "a list or object where text is expected".into(),
            Reason::CellError(value) => format!("the cell shows the error {value}"),
            Reason::CutCell => "cut when it was exported; put the whole text back".into(),
            Reason::NulCharacter => "holds a NUL character".into(),
            Reason::BadEncoding(name) => format!("bytes that are not {name}"),
            Reason::BadQuote => "a quote is not closed, or text follows the closing quote".into(),
            Reason::TooFewCells { found, expected } => {
                format!("{found} cells where the header has {expected}")
            }
            Reason::TooManyCells { found, expected } => {
                format!("{found} cells where the header has only {expected}")
            }
            Reason::RowTooBig(limit) => format!("a row of more than {limit} bytes"),
            Reason::NotJson(detail) => format!("not a JSON object: {detail}"),
            Reason::DuplicateKey(key) => format!("duplicate key: {key}"),
            Reason::Other { en, .. } => en.clone(),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}
