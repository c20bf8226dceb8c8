//! What one cell holds, whatever the container.

use chrono::NaiveDateTime;

use crate::export::undefused;

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

    /// What it keeps as text, however long.
    pub(crate) fn text(&mut self) -> Option<&mut String> {
        match self {
            Cell::Text(text) | Cell::Error(text) | Cell::Nested(text) | Cell::Number { text, .. } => {
                Some(text)
            }
            Cell::Empty | Cell::Bool(_) | Cell::Time { .. } => None,
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

/// The cells of one row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cells {
    /// Of a container that types them, or of a row that could not be read.
    Typed(Vec<Cell>),
    /// Of a file of separated values: nothing but text.
    Text(TextRow),
}

impl Default for Cells {
    fn default() -> Self {
        Cells::Typed(Vec::new())
    }
}

impl Cells {
    /// The cell at a place of the header.
    pub(crate) fn get(&self, place: usize) -> CellRef<'_> {
        match self {
            Cells::Text(row) => CellRef::Text(row.get(place).unwrap_or_default()),
            Cells::Typed(cells) => match cells.get(place) {
                None | Some(Cell::Empty) => CellRef::Text(""),
                Some(Cell::Text(text)) => CellRef::Text(text),
                Some(other) => CellRef::Other(other),
            },
        }
    }

    /// All cells as a person would type them.
    pub(crate) fn texts(&self) -> Vec<String> {
        match self {
            Cells::Text(row) => (0..row.len()).filter_map(|at| row.get(at)).map(str::to_owned).collect(),
            Cells::Typed(cells) => cells.iter().cloned().map(Cell::into_text).collect(),
        }
    }
}

/// A cell as records see it: nothing is a text without characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum CellRef<'a> {
    Text(&'a str),
    Other(&'a Cell),
}

/// Cells of text, one behind the other: one piece of memory for a row, used again for the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TextRow {
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
    /// Bytes between two cells: their separator, or nothing.
    gap: usize,
}

impl TextRow {
    /// Takes over a row of UTF-8, or says no where a cell is none.
    pub(crate) fn set(&mut self, bytes: &[u8], ends: &[usize], gap: usize) -> bool {
        self.clear();
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        self.text.push_str(text);
        self.ends.extend_from_slice(ends);
        self.gap = gap;
        // Halves of a character in two cells do not make a whole.
        gap > 0 || ends.iter().all(|end| text.is_char_boundary(*end))
    }

    /// Forgets the cells.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.gap = 0;
    }

    /// Adds a cell to those added so before.
    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Takes the last cell away.
    pub(crate) fn pop(&mut self) {
        self.ends.pop();
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell, as it was before a spreadsheet was kept from running it.
    pub(crate) fn get(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start = if place == 0 { 0 } else { self.ends[place - 1] + self.gap };
        self.text.get(start..end).map(undefused)
    }
}

/// True for what a spreadsheet shows instead of a long number: `1.23457E+17`.
pub(crate) fn is_exponent_form(text: &str) -> bool {
    // Nearly all texts end here.
    if text.as_bytes().get(1) != Some(&b'.') {
        return false;
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let fraction = mantissa.split_once('.').is_some_and(|(a, b)| a.len() == 1 && digits(a) && digits(b));
    fraction && exponent.strip_prefix('+').is_some_and(digits)
}
