//! One row's cells by column name, with the checks that all records share.

use std::borrow::Cow;
use std::cell::Cell as Changing;

use chrono::NaiveDate;

use crate::cell::{Cell, CellRef, Cells, is_exponent_form};
use crate::export::CUT_MARK;
use crate::reason::Reason;
use crate::records::{Choice, Column};
use crate::times::{self, DateOrder, Moment};

/// The most characters of an id or name.
const LONGEST_NAME: usize = 255;

/// What is wrong with a row, and in which column if in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub(crate) column: Option<&'static Column>,
    pub(crate) reason: Reason,
}

impl Fault {
    pub(crate) fn row(reason: Reason) -> Self {
        Fault { column: None, reason }
    }
}

/// A row as a record sees it.
pub struct Fields<'a> {
    pub(crate) columns: &'static [Column],
    pub(crate) places: &'a [Option<usize>],
    pub(crate) cells: &'a Cells,
    pub(crate) date_order: Option<DateOrder>,
    /// The column behind the one asked for last: records ask mostly in order.
    pub(crate) next: Changing<usize>,
}

impl<'a> Fields<'a> {
    fn index(&self, name: &'static str) -> usize {
        let next = self.next.get();
        let index = match self.columns.get(next) {
            Some(column) if column.name == name => Some(next),
            _ => self.columns.iter().position(|column| column.name == name),
        };
        let index = index.expect("records ask for columns that they declare");
        self.next.set(index + 1);
        index
    }

    /// The cell of a column that the record declares; empty where the file has none.
    fn cell(&self, name: &'static str) -> Result<(&'static Column, CellRef<'a>), Fault> {
        let index = self.index(name);
        let column = &self.columns[index];
        let cell = self.places[index].map_or(CellRef::Text(""), |place| self.cells.get(place));
        let fault = |reason| Err(Fault { column: Some(column), reason });
        match cell {
            CellRef::Other(Cell::Error(value)) => fault(Reason::CellError(value.clone())),
            CellRef::Other(Cell::Nested(_)) => fault(Reason::NotText),
            CellRef::Text(text) if text.as_bytes().contains(&0) => fault(Reason::NulCharacter),
            CellRef::Text(text) if text.ends_with(CUT_MARK) => fault(Reason::CutCell),
            cell => Ok((column, cell)),
        }
    }

    /// Text as it stands, spaces and all; empty where there is none.
    pub(crate) fn text(&self, name: &'static str) -> Result<String, Fault> {
        self.cell(name).map(|(_, cell)| text_of(cell).into_owned())
    }

    /// Text without the spaces around it, or none.
    pub(crate) fn text_opt(&self, name: &'static str) -> Result<Option<String>, Fault> {
        let (_, cell) = self.cell(name)?;
        let text = text_of(cell);
        let text = text.trim();
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    /// An id or name, or none.
    pub(crate) fn id_opt(&self, name: &'static str) -> Result<Option<String>, Fault> {
        let (column, cell) = self.cell(name)?;
        let fault = |reason| Err(Fault { column: Some(column), reason });
        if let CellRef::Other(Cell::Number { text, exact: false }) = cell {
            return fault(Reason::LostDigits(text.clone()));
        }
        let text = text_of(cell);
        let id = plain_id(&text);
        if matches!(cell, CellRef::Text(_)) && is_exponent_form(id) {
            return fault(Reason::LostDigits(id.to_owned()));
        }
        if id.len() > LONGEST_NAME && id.chars().nth(LONGEST_NAME).is_some() {
            return fault(Reason::TooLong(LONGEST_NAME));
        }
        Ok((!id.is_empty()).then(|| id.to_owned()))
    }

    /// An id or name that must be there.
    pub(crate) fn id(&self, name: &'static str) -> Result<String, Fault> {
        self.id_opt(name)?.ok_or_else(|| self.missing(name))
    }

    /// One of the words of an enumeration, or none.
    pub(crate) fn choice_opt<C: Choice>(&self, name: &'static str) -> Result<Option<C>, Fault> {
        let (column, cell) = self.cell(name)?;
        let text = text_of(cell);
        let word = text.trim();
        if word.is_empty() {
            return Ok(None);
        }
        C::parse(word).map(Some).ok_or_else(|| not_one_of::<C>(column, word))
    }

    /// One of the words of an enumeration.
    pub(crate) fn choice<C: Choice>(&self, name: &'static str) -> Result<C, Fault> {
        self.choice_opt(name)?.ok_or_else(|| self.missing(name))
    }

    /// Words of an enumeration, separated by comma, semicolon, 、 or line break.
    pub(crate) fn choices<C: Choice>(&self, name: &'static str) -> Result<Vec<C>, Fault> {
        let (column, cell) = self.cell(name)?;
        let text = text_of(cell);
        let words = text.split([',', ';', '、', '，', '；', '\n']).map(str::trim);
        let mut choices = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            let choice = C::parse(word).ok_or_else(|| not_one_of::<C>(column, word))?;
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        Ok(choices)
    }

    /// A time with its time of day, or none.
    pub(crate) fn moment_opt(&self, name: &'static str) -> Result<Option<Moment>, Fault> {
        self.moment_by(name, times::parse_moment)
    }

    /// A time with its time of day.
    pub(crate) fn moment(&self, name: &'static str) -> Result<Moment, Fault> {
        self.moment_opt(name)?.ok_or_else(|| self.missing(name))
    }

    /// A time, where a bare day stands for its midnight.
    pub(crate) fn moment_or_day(&self, name: &'static str) -> Result<Moment, Fault> {
        let found = self.moment_by(name, times::parse_moment_or_day)?;
        found.ok_or_else(|| self.missing(name))
    }

    fn moment_by(
        &self,
        name: &'static str,
        parse: fn(&str, Option<DateOrder>) -> Result<Moment, Reason>,
    ) -> Result<Option<Moment>, Fault> {
        let (column, cell) = self.cell(name)?;
        if let CellRef::Other(Cell::Time { at, has_time: true }) = cell {
            return Ok(Some(Moment::Local(*at)));
        }
        self.parsed(column, cell, parse)
    }

    /// A calendar date, or none.
    pub(crate) fn date_opt(&self, name: &'static str) -> Result<Option<NaiveDate>, Fault> {
        let (column, cell) = self.cell(name)?;
        if let CellRef::Other(Cell::Time { at, .. }) = cell {
            return Ok(Some(at.date()));
        }
        self.parsed(column, cell, times::parse_date)
    }

    fn parsed<T>(
        &self,
        column: &'static Column,
        cell: CellRef<'_>,
        parse: fn(&str, Option<DateOrder>) -> Result<T, Reason>,
    ) -> Result<Option<T>, Fault> {
        let text = text_of(cell);
        if text.trim().is_empty() {
            return Ok(None);
        }
        let fault = |reason| Fault { column: Some(column), reason };
        parse(&text, self.date_order).map(Some).map_err(fault)
    }

    /// A whole number within bounds, both included, or none.
    pub(crate) fn whole_opt(&self, name: &'static str, min: i64, max: i64) -> Result<Option<i64>, Fault> {
        let (column, cell) = self.cell(name)?;
        let text = text_of(cell);
        let written = text.trim();
        if written.is_empty() {
            return Ok(None);
        }
        // A spreadsheet's CSV may say 5.0 or 5.00.
        let digits = match written.split_once('.') {
            Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
            _ => written,
        };
        let number = digits.parse().ok().filter(|n| (min..=max).contains(n));
        number.map(Some).ok_or_else(|| {
            let value: String = written.chars().take(40).collect();
            Fault { column: Some(column), reason: Reason::NotANumber { value, min, max } }
        })
    }

    /// The fault of a required column without a value.
    pub(crate) fn missing(&self, name: &'static str) -> Fault {
        let column = self.columns.iter().find(|column| column.name == name);
        Fault { column, reason: Reason::Missing }
    }
}

fn text_of(cell: CellRef<'_>) -> Cow<'_, str> {
    match cell {
        CellRef::Text(text) => Cow::Borrowed(text),
        CellRef::Other(Cell::Number { text, .. }) => Cow::Borrowed(text),
        CellRef::Other(other) => Cow::Owned(other.clone().into_text()),
    }
}

/// An id without what systems put around it so that spreadsheets leave its digits alone:
/// `="00123"`, a leading apostrophe, tabs and spaces.
fn plain_id(text: &str) -> &str {
    let id = text.trim();
    if let Some(inner) = id.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner.trim();
    }
    match id.strip_prefix('\'') {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits,
        _ => id,
    }
}

fn not_one_of<C: Choice>(column: &'static Column, word: &str) -> Fault {
    let value = word.chars().take(40).collect();
    Fault { column: Some(column), reason: Reason::NotOneOf { value, allowed: C::words().join(", ") } }
}
