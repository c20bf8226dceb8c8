//! What one cell holds, whatever the container.

use chrono::NaiveDateTime;

/// One cell as its container gave it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number in plain digits.
    Number {
        /// The digits, never in exponent form.
        text: String,
        /// False where a spreadsheet may have rounded the last digits away.
        exact: bool,
    },
    /// A truth value.
    Bool(bool),
    /// A date cell of a workbook: a wall-clock time.
    Time {
        /// The time; midnight where the cell shows a day only.
        at: NaiveDateTime,
        /// False where the cell shows a day only.
        has_time: bool,
    },
    /// A spreadsheet error such as `#REF!`.
    Error(String),
    /// A JSON list or object, as written.
    Nested(String),
}

impl Cell {
    /// True for nothing and for white space.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The cell as a person would type it.
    pub(crate) fn into_text(self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) | Cell::Nested(text) => text,
            Cell::Number { text, .. } => text,
            Cell::Bool(value) => if value { "TRUE" } else { "FALSE" }.into(),
            Cell::Time { at, has_time: true } => at.format("%Y-%m-%d %H:%M:%S%.f").to_string(),
            Cell::Time { at, has_time: false } => at.format("%Y-%m-%d").to_string(),
        }
    }

    /// A number as written in XML or JSON, in plain digits.
    ///
    /// Digits without an exponent are kept as they are, for ids longer than a float can hold.
    /// With an exponent, what lies beyond 15 significant digits is lost already.
    pub(crate) fn number(written: &str) -> Option<Cell> {
        let digits = written.strip_prefix('-').unwrap_or(written);
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            let text = written.to_owned();
            return Some(Cell::Number { text, exact: true });
        }
        let value: f64 = written.parse().ok().filter(|v: &f64| v.is_finite())?;
        Some(Cell::Number { text: format!("{value}"), exact: value.abs() < 1e15 })
    }
}

/// True for what a spreadsheet shows instead of a long number: `1.23457E+17`.
pub(crate) fn is_exponent_form(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let fraction = mantissa.split_once('.').is_some_and(|(a, b)| a.len() == 1 && digits(a) && digits(b));
    fraction && exponent.strip_prefix('+').is_some_and(digits)
}
