//! The cells of a sheet, row by row.

use std::fs::File;

use quick_xml::events::{BytesStart, Event};

use super::package::Package;
use super::strings::Strings;
use super::styles::{self, Shows};
use super::workbook::Workbook;
use super::xml::{Gathered, Xml, attribute, without_escapes};
use crate::cell::{Cell, Cells};
use crate::error::FileError;
use crate::export::CUT_MARK;
use crate::fields::Fault;
use crate::header::Warning;
use crate::options::Limits;
use crate::reader::{RawRow, Rows};
use crate::reason::Reason;
use crate::times;

/// Columns that a sheet can have: A to XFD.
const MOST_COLUMNS: usize = 16_384;

/// What of a row that is too big is shown, in characters a cell.
const SHOWN_CHARS: usize = 1000;

/// The rows of the first visible sheet, header taken off.
pub(crate) struct SheetRows {
    xml: Xml,
    strings: Strings,
    styles: Vec<Shows>,
    since_1904: bool,
    limits: Limits,
    size: u64,
    header: Vec<String>,
    row: u64,
    ended: bool,
}

/// One row with at least one cell that is not blank.
struct SheetRow {
    cells: Vec<(usize, Cell)>,
    too_big: bool,
}

impl SheetRows {
    pub(crate) fn open(file: File, limits: Limits) -> Result<(Self, Option<Warning>), FileError> {
        let package = Package::open(file, limits)?;
        let workbook = Workbook::read(&package)?;
        let styles = styles::read(&package, workbook.styles.as_deref())?;
        let strings = Strings::read(&package, workbook.strings.as_deref())?;
        let part = package.part(&workbook.sheet)?.ok_or(FileError::NotXlsx)?;
        let mut rows = SheetRows {
            xml: Xml::new(part),
            strings,
            styles,
            since_1904: workbook.since_1904,
            limits,
            size: package.size()?,
            header: Vec::new(),
            row: 0,
            ended: false,
        };
        rows.read_header()?;
        Ok((rows, workbook.warning))
    }

    fn read_header(&mut self) -> Result<(), FileError> {
        let row = self.next_row()?.ok_or(FileError::Empty)?;
        if row.too_big {
            return Err(FileError::UnreadableHeader);
        }
        for (column, cell) in row.cells {
            if self.header.len() <= column {
                self.header.resize(column + 1, String::new());
            }
            self.header[column] = cell.into_text().trim().to_owned();
        }
        while self.header.last().is_some_and(String::is_empty) {
            self.header.pop();
        }
        Ok(())
    }

    /// The next row that is not blank.
    fn next_row(&mut self) -> Result<Option<SheetRow>, FileError> {
        while !self.ended {
            let (number, empty) = match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "row" => {
                    (row_number(&element), false)
                }
                Event::Empty(element) if element.local_name().as_ref() == "row" => {
                    (row_number(&element), true)
                }
                Event::End(element) if element.local_name().as_ref() == "sheetData" => {
                    self.ended = true;
                    continue;
                }
                Event::Eof => {
                    self.ended = true;
                    continue;
                }
                _ => continue,
            };
            // Row numbers may be left out; going backwards they cannot be trusted.
            self.row = number.filter(|number| *number > self.row).unwrap_or(self.row + 1);
            if empty {
                continue;
            }
            let row = self.cells()?;
            if row.too_big || row.cells.iter().any(|(_, cell)| !cell.is_blank()) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// The cells up to the end of the row.
    fn cells(&mut self) -> Result<SheetRow, FileError> {
        let mut row = SheetRow { cells: Vec::new(), too_big: false };
        let mut bytes = 0;
        let mut next_column = 0;
        loop {
            let shape = match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "c" => Shape::of(&element),
                Event::Empty(element) if element.local_name().as_ref() == "c" => {
                    next_column = Shape::of(&element).column.unwrap_or(next_column) + 1;
                    continue;
                }
                Event::End(element) if element.local_name().as_ref() == "row" => return Ok(row),
                Event::Eof => return Err(FileError::Damaged("a row breaks off".into())),
                _ => continue,
            };
            let column = shape.column.unwrap_or(next_column);
            next_column = column + 1;
            let mut cell = self.cell(&shape)?;
            bytes += cell.text().map_or(0, |text| text.len());
            let fits = column < MOST_COLUMNS && row.cells.len() < MOST_COLUMNS;
            row.too_big |= bytes > self.limits.row_bytes || !fits;
            match cell {
                Cell::Empty => {}
                cell if fits => row.cells.push((column, if row.too_big { shown(cell) } else { cell })),
                _ => {}
            }
        }
    }

    /// The value of a cell whose start was read, up to its end.
    fn cell(&mut self, shape: &Shape) -> Result<Cell, FileError> {
        let mut gathered = Gathered::default();
        let (mut taking, mut phonetic, mut formula, mut valued) = (false, false, false, false);
        loop {
            let event = self.xml.next()?;
            match &event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" | "t" => (taking, valued) = (true, true),
                    "rPh" => phonetic = true,
                    "f" => formula = true,
                    _ => {}
                },
                Event::Empty(element) => match element.local_name().as_ref() {
                    "v" | "t" => valued = true,
                    "f" => formula = true,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "v" | "t" => taking = false,
                    "rPh" => phonetic = false,
                    "c" => break,
                    _ => {}
                },
                Event::Eof => return Err(FileError::Damaged("a cell breaks off".into())),
                _ if taking && !phonetic => gathered.take(&event, self.limits.row_bytes),
                _ => {}
            }
        }
        if formula && !valued {
            // Written by a program that calculates nothing; guessing "empty" would lose data.
            return Ok(Cell::Error("=?".into()));
        }
        self.value(shape, gathered.text)
    }

    fn value(&mut self, shape: &Shape, text: String) -> Result<Cell, FileError> {
        if text.is_empty() {
            return Ok(Cell::Empty);
        }
        Ok(match shape.kind {
            Kind::SharedText => {
                let index = text.trim().parse().ok();
                let string = match index {
                    Some(index) => self.strings.get(index)?,
                    None => None,
                };
                match string {
                    Some(string) if string.is_empty() => Cell::Empty,
                    Some(string) => Cell::Text(string),
                    None => return Err(FileError::Damaged("a shared string is missing".into())),
                }
            }
            Kind::Text => Cell::Text(without_escapes(text)),
            Kind::Bool => Cell::Bool(text.trim() == "1" || text.trim() == "true"),
            Kind::Error => Cell::Error(text),
            Kind::IsoTime => Cell::Text(text),
            Kind::Number => self.number(shape.style, text),
        })
    }

    fn number(&self, style: usize, text: String) -> Cell {
        let written = text.trim();
        let shows = self.styles.get(style).copied().unwrap_or(Shows::Number);
        let serial = written.parse::<f64>().ok().filter(|_| shows != Shows::Number);
        if let Some(serial) = serial
            && let Some(at) = times::from_serial(serial, self.since_1904)
        {
            let has_time = shows == Shows::Time || serial.fract() != 0.0;
            return Cell::Time { at, has_time };
        }
        match Cell::number(written) {
            Some(cell) => cell,
            None => Cell::Text(text),
        }
    }
}

impl Rows for SheetRows {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn next(&mut self, _: Cells) -> Result<Option<RawRow>, FileError> {
        let Some(row) = self.next_row()? else { return Ok(None) };
        let expected = self.header.len();
        let mut cells = vec![Cell::Empty; expected];
        let mut found = expected;
        for (column, cell) in row.cells {
            if column < expected {
                cells[column] = cell;
            } else if !cell.is_blank() {
                found = found.max(column + 1);
            }
        }
        let reason = if row.too_big {
            Some(Reason::RowTooBig(self.limits.row_bytes))
        } else {
            (found > expected).then_some(Reason::TooManyCells { found, expected })
        };
        Ok(Some(RawRow { row: self.row, cells: Cells::Typed(cells), fault: reason.map(Fault::row) }))
    }

    fn progress(&self) -> (u64, u64) {
        // Behind the last row a part may hold what nobody reads.
        if self.ended {
            return (self.size, self.size);
        }
        let (read, packed) = self.xml.progress();
        let share = u128::from(self.size) * u128::from(read) / u128::from(packed.max(1));
        (u64::try_from(share).unwrap_or(self.size), self.size)
    }
}

/// What a `<c>` element says before its value.
#[derive(Default)]
struct Shape {
    column: Option<usize>,
    kind: Kind,
    style: usize,
}

/// How the value of a cell is written.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    SharedText,
    Text,
    IsoTime,
    Bool,
    Error,
}

impl Shape {
    /// In one pass, without copies: a sheet has millions of these.
    fn of(element: &BytesStart<'_>) -> Self {
        let mut shape = Shape::default();
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => shape.column = column_of(&attribute.value),
                "s" => shape.style = attribute.value.parse().unwrap_or(0),
                "t" => {
                    shape.kind = match attribute.value.as_ref() {
                        "s" => Kind::SharedText,
                        "str" | "inlineStr" => Kind::Text,
                        "d" => Kind::IsoTime,
                        "b" => Kind::Bool,
                        "e" => Kind::Error,
                        _ => Kind::Number,
                    }
                }
                _ => {}
            }
        }
        shape
    }
}

fn row_number(element: &BytesStart<'_>) -> Option<u64> {
    attribute(element, "r")?.parse().ok()
}

/// The index of the column in a place such as `AB12`.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number =
        letters.fold(0, |sum, letter| sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// A cell of a row that is too big: short, and marked where something is gone.
fn shown(mut cell: Cell) -> Cell {
    if let Some(text) = cell.text()
        && let Some((end, _)) = text.char_indices().nth(SHOWN_CHARS)
    {
        text.truncate(end);
        text.push_str(CUT_MARK);
    }
    cell
}
