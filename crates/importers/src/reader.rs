//! Rows one after the other, each a record or a rejection.

use std::cell::Cell as Changing;
use std::collections::HashMap;
use std::marker::PhantomData;

use crate::cell::{Cell, Cells};
use crate::error::FileError;
use crate::fields::{Fault, Fields};
use crate::header::{self, Layout, Rank, Warning};
use crate::json_lines::{JsonRow, JsonRows};
use crate::options::Lang;
use crate::reason::Reason;
use crate::records::{Column, Record};
use crate::times::DateOrder;

/// Different JSON keys that are remembered and, where unknown, warned of; more are not meant.
const MOST_KEYS: usize = 60;

/// The most characters of a cell kept in a rejection: what a spreadsheet cell can hold.
const LONGEST_SHOWN: usize = 32_000;

/// One row of a table that is not blank.
pub(crate) struct RawRow {
    pub(crate) row: u64,
    /// In the order of the header.
    pub(crate) cells: Cells,
    /// Set where the row could not be cut into cells properly.
    pub(crate) fault: Option<Fault>,
}

/// A table with a header row, cut row by row.
pub(crate) trait Rows {
    fn header(&self) -> &[String];
    /// The next row; `last` are the cells of the one before, whose memory may be used again.
    fn next(&mut self, last: Cells) -> Result<Option<RawRow>, FileError>;
    /// Bytes read, bytes in all.
    fn progress(&self) -> (u64, u64);
}

/// What a row became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// A record.
    Row {
        /// As a person opening the file counts: the header is row 1; in JSON Lines the line.
        row: u64,
        /// The record.
        value: T,
    },
    /// Not taken.
    Rejected(Rejection),
}

/// A row that is not taken, and all that is needed to correct it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// As in [`Outcome::Row`].
    pub row: u64,
    /// The column at fault; none where the row as a whole is.
    pub column: Option<&'static Column>,
    /// Why.
    pub reason: Reason,
    /// The cells in the order of [`Reader::header`]; longer ones end in a mark that they were
    /// cut, and empty where the row was not even an object.
    pub cells: Vec<String>,
}

impl Rejection {
    /// The English name of the column at fault.
    #[must_use]
    pub fn column_name(&self) -> Option<&'static str> {
        self.column.map(|column| column.name)
    }

    /// Column and reason in one phrase, as the reason column of a rejections sheet shows them.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let reason = self.reason.message(lang);
        match self.column {
            None => reason,
            Some(column) => {
                lang.pick(format!("{}：{reason}", column.zh), format!("{}: {reason}", column.name))
            }
        }
    }
}

/// The container behind a reader.
pub(crate) enum Body {
    Table(Box<dyn Rows + Send>),
    Json {
        rows: JsonRows,
        /// Read already, to know whether the file is of the right kind.
        first: Option<JsonRow>,
    },
}

/// Reads records of one kind. Memory is bounded by the limits, not by the file.
pub struct Reader<T> {
    body: Body,
    layout: Layout,
    header: Vec<String>,
    warnings: Vec<Warning>,
    keys: HashMap<String, Key>,
    date_order: Option<DateOrder>,
    last: (u64, Cells),
    record: PhantomData<fn() -> T>,
}

impl<T: Record> Reader<T> {
    pub(crate) fn new(
        body: Body,
        mut warnings: Vec<Warning>,
        date_order: Option<DateOrder>,
    ) -> Result<Self, FileError> {
        let columns = T::columns();
        let layout = match &body {
            Body::Table(rows) => header::layout(rows.header(), columns)?,
            Body::Json { first, .. } => json_layout(first.as_ref(), columns)?,
        };
        let header = match &body {
            Body::Table(rows) => without(rows.header().to_vec(), layout.reason),
            Body::Json { .. } => columns.iter().map(|column| column.name.to_owned()).collect(),
        };
        warnings.extend(layout.unknown.iter().cloned().map(Warning::UnknownColumn));
        Ok(Reader {
            body,
            layout,
            header,
            warnings,
            keys: HashMap::new(),
            date_order,
            last: (0, Cells::default()),
            record: PhantomData,
        })
    }

    /// The next row that is not blank; none at the end.
    ///
    /// # Errors
    /// Where the file as a whole turns out unreadable (a broken disk, a damaged workbook, a zip
    /// bomb): what was read before is to be forgotten.
    // Not an `Iterator`: a row may be rejected later by `reject`, which needs the reader.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<Outcome<T>>, FileError> {
        let raw = match &mut self.body {
            Body::Table(rows) => rows.next(std::mem::take(&mut self.last.1))?,
            Body::Json { rows, first } => {
                let next = match first.take() {
                    Some(row) => Some(row),
                    None => rows.next()?,
                };
                next.map(|row| self.json_row(row))
            }
        };
        let Some(raw) = raw else { return Ok(None) };
        self.last = (raw.row, raw.cells);
        let read = match raw.fault {
            Some(fault) => Err(fault),
            None => T::read(&Fields {
                columns: T::columns(),
                places: &self.layout.places,
                cells: &self.last.1,
                date_order: self.date_order,
                next: Changing::new(0),
            }),
        };
        Ok(Some(match read {
            Ok(value) => Outcome::Row { row: raw.row, value },
            Err(Fault { column, reason }) => Outcome::Rejected(self.rejection(column, reason)),
        }))
    }

    /// Rejects the row that [`Reader::next`] gave last, for a reason that only the caller can
    /// know (no such shop, a time that the shop's zone skipped). `column` is an English name.
    #[must_use]
    pub fn reject(&self, column: Option<&str>, reason: Reason) -> Rejection {
        let named = |name| T::columns().iter().find(|known| known.name == name);
        self.rejection(column.and_then(named), reason)
    }

    /// The columns of the file in their order, without the reason column of a rejections sheet;
    /// for JSON Lines the English names of the record's columns.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// What a person should know; grows while JSON Lines are read.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Bytes read and bytes in all.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        match &self.body {
            Body::Table(rows) => rows.progress(),
            Body::Json { rows, .. } => rows.progress(),
        }
    }

    fn rejection(&self, column: Option<&'static Column>, reason: Reason) -> Rejection {
        let (row, cells) = &self.last;
        let cells = cells.texts().into_iter().map(cut).collect();
        let reason_place = match self.body {
            Body::Table(_) => self.layout.reason,
            Body::Json { .. } => None,
        };
        Rejection { row: *row, column, reason, cells: without(cells, reason_place) }
    }

    /// A JSON line as a row of a table that has just the record's columns.
    fn json_row(&mut self, line: JsonRow) -> RawRow {
        let columns = T::columns();
        let pairs = match line.object {
            Ok(pairs) => pairs,
            Err(reason) => {
                let fault = Some(Fault::row(reason));
                return RawRow { row: line.row, cells: Cells::default(), fault };
            }
        };
        let mut cells = vec![Cell::Empty; columns.len()];
        let mut ranks = vec![None; columns.len()];
        let mut fault = None;
        for (name, cell) in pairs {
            match self.key(&name) {
                Key::Column(place, rank) if ranks[place] == Some(rank) => {
                    fault = Some(Fault::row(Reason::DuplicateKey(short(&name))));
                }
                // As in a header, a proper name beats a synonym.
                Key::Column(place, rank) => {
                    if ranks[place].is_none_or(|old| rank < old) {
                        cells[place] = cell;
                        ranks[place] = Some(rank);
                    }
                }
                Key::Ignored => {}
            }
        }
        RawRow { row: line.row, cells: Cells::Typed(cells), fault }
    }

    /// What a key means, remembered, since every line asks again; warns of an unknown one once.
    fn key(&mut self, name: &str) -> Key {
        if let Some(key) = self.keys.get(name) {
            return *key;
        }
        let normal = header::normal(name);
        let key = match header::recognise(&normal, T::columns()) {
            Some((place, rank)) => Key::Column(place, rank),
            None => Key::Ignored,
        };
        if self.keys.len() < MOST_KEYS {
            if key == Key::Ignored && !header::is_reason(&normal) {
                self.warnings.push(Warning::UnknownColumn(short(name)));
            }
            self.keys.insert(name.to_owned(), key);
        }
        key
    }
}

/// What a key of a JSON object means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// The column at this place of the record.
    Column(usize, Rank),
    Ignored,
}

fn short(name: &str) -> String {
    name.chars().take(60).collect()
}

/// Columns of JSON Lines stand where the record has them; but a first object without any of them
/// says that the file is of another kind.
fn json_layout(first: Option<&JsonRow>, columns: &'static [Column]) -> Result<Layout, FileError> {
    if let Some(JsonRow { object: Ok(pairs), .. }) = first {
        let known = |key: &str| header::recognise(&header::normal(key), columns).is_some();
        if !pairs.iter().any(|(key, _)| known(key)) {
            let keys = pairs.iter().take(12).map(|(key, _)| key.chars().take(30).collect());
            return Err(FileError::NoKnownColumn { found: keys.collect() });
        }
    }
    Ok(Layout { places: (0..columns.len()).map(Some).collect(), reason: None, unknown: Vec::new() })
}

fn without(mut cells: Vec<String>, place: Option<usize>) -> Vec<String> {
    if let Some(place) = place.filter(|place| *place < cells.len()) {
        cells.remove(place);
    }
    cells
}

/// A cell short enough to be kept, marked where something is gone.
fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST_SHOWN) {
        text.truncate(end);
        text.push_str(crate::export::CUT_MARK);
    }
    text
}
