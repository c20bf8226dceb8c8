//! Tables back out: CSV and XLSX that a spreadsheet opens safely and Kexun reads again.
//!
//! A text that begins with `=`, `+`, `-`, `@`, tab or a line end is run as a formula by spreadsheets
//! that open a CSV. Such a text gets an apostrophe in front, and so does one that already has
//! apostrophes there, so that taking one away on import gives back exactly what was written. In
//! XLSX a text is a text by its type; it only gets the mark that keeps it one when edited.

use std::borrow::Cow;
use std::io::{self, Seek, Write};

use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};

use crate::header::REASON_NAMES;
use crate::options::Lang;

/// Stands at the end of a cell that was cut; a row with it is not imported again.
pub const CUT_MARK: &str = "…〔已截断 cut〕";

/// The most UTF-16 units of text that an XLSX cell can hold.
const LONGEST_XLSX: usize = 32_767;

/// The most rows of a sheet.
const MOST_ROWS: u32 = 1_048_576;

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetFormat {
    /// UTF-8 with BOM, commas, CRLF: what spreadsheets open without asking.
    Csv,
    /// An XLSX workbook of one sheet.
    #[default]
    Xlsx,
}

impl SheetFormat {
    /// The media type for a download.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            SheetFormat::Csv => "text/csv; charset=utf-8",
            SheetFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The file name's ending, without dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            SheetFormat::Csv => "csv",
            SheetFormat::Xlsx => "xlsx",
        }
    }
}

/// A cell to write.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text, made harmless where a spreadsheet would run it.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// A number; nothing where it is not finite.
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(text)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Empty, Into::into)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Whole(number)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Value::Number(number)
    }
}

/// Writes a table row by row, in memory that does not grow with it.
pub struct TableWriter<W> {
    out: W,
    sheet: Option<Sheet>,
}

/// The workbook under construction; its rows lie in a temporary file.
struct Sheet {
    workbook: Workbook,
    row: u32,
    quoted: CellFormat,
}

impl<W: Write + Seek + Send> TableWriter<W> {
    /// Begins a table with its header row.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn new(format: SheetFormat, mut out: W, header: &[&str]) -> io::Result<Self> {
        let sheet = match format {
            SheetFormat::Csv => {
                out.write_all("\u{FEFF}".as_bytes())?;
                None
            }
            SheetFormat::Xlsx => {
                let mut workbook = Workbook::new();
                let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
                sheet.set_freeze_panes(1, 0).map_err(failed)?;
                let quoted = CellFormat::new().set_quote_prefix();
                Some(Sheet { workbook, row: 0, quoted })
            }
        };
        let mut table = TableWriter { out, sheet };
        let header: Vec<Value<'_>> = header.iter().map(|name| Value::Text(name)).collect();
        table.row(&header)?;
        Ok(table)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where writing fails, or a sheet has no room for more rows (1,048,576).
    pub fn row(&mut self, cells: &[Value<'_>]) -> io::Result<()> {
        match &mut self.sheet {
            None => csv_row(&mut self.out, cells),
            Some(sheet) => sheet.row(cells),
        }
    }

    /// Ends the table and gives back what it was written to.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        if let Some(mut sheet) = self.sheet {
            // The library wants an owned writer or a reference; it seeks nothing.
            sheet.workbook.save_to_writer(&mut self.out).map_err(failed)?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

impl Sheet {
    fn row(&mut self, cells: &[Value<'_>]) -> io::Result<()> {
        if self.row >= MOST_ROWS {
            return Err(io::Error::other("a sheet has no room for more rows; use CSV"));
        }
        let row = self.row;
        self.row += 1;
        let sheet = self.workbook.worksheet_from_index(0).map_err(failed)?;
        for (column, cell) in (0_u16..).zip(cells) {
            match *cell {
                Value::Text(text) if !text.is_empty() => {
                    let text = fitting(text);
                    let written = if is_formula_like(&text) {
                        sheet.write_string_with_format(row, column, text, &self.quoted)
                    } else {
                        sheet.write_string(row, column, text)
                    };
                    written.map_err(failed)?;
                }
                Value::Whole(number) if number.unsigned_abs() < 1_000_000_000_000_000 => {
                    // Below 10^15 a float holds every whole number.
                    #[allow(clippy::cast_precision_loss)]
                    sheet.write_number(row, column, number as f64).map_err(failed)?;
                }
                Value::Whole(number) => {
                    sheet.write_string(row, column, number.to_string()).map_err(failed)?;
                }
                Value::Number(number) if number.is_finite() => {
                    sheet.write_number(row, column, number).map_err(failed)?;
                }
                Value::Empty | Value::Text(_) | Value::Number(_) => {}
            }
        }
        Ok(())
    }
}

/// A text that an XLSX cell can hold, marked where something is gone.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_XLSX || text.encode_utf16().count() <= LONGEST_XLSX {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST_XLSX - CUT_MARK.encode_utf16().count();
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    Cow::Owned(kept.chain(CUT_MARK.chars()).collect())
}

fn csv_row(out: &mut impl Write, cells: &[Value<'_>]) -> io::Result<()> {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        match *cell {
            Value::Text(text) => csv_cell(out, &defused(text))?,
            Value::Whole(number) => write!(out, "{number}")?,
            Value::Number(number) if number.is_finite() => write!(out, "{number}")?,
            Value::Empty | Value::Number(_) => {}
        }
    }
    out.write_all(b"\r\n")
}

/// Quotes a cell where leaving the quotes off could be read otherwise (by other separators too).
fn csv_cell(out: &mut impl Write, text: &str) -> io::Result<()> {
    let special = |c: char| matches!(c, ',' | ';' | '\t' | '"' | '\r' | '\n');
    if !text.contains(special) && !text.starts_with(' ') && !text.ends_with(' ') {
        return out.write_all(text.as_bytes());
    }
    write!(out, "\"{}\"", text.replace('"', "\"\""))
}

/// What a formula may begin with; the wide forms where the system's language is an East Asian one.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet that opens a CSV would run the text, apostrophes in front left aside.
fn is_formula_like(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    // A negative number is a number.
    let number = bare.strip_prefix('-').is_some_and(|rest| {
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        digits(whole) && digits(fraction)
    });
    bare.starts_with(FORMULA_STARTS) && !number
}

/// The text with an apostrophe in front where a spreadsheet would run it.
#[must_use]
pub fn defused(text: &str) -> Cow<'_, str> {
    if is_formula_like(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes the apostrophe of [`defused`] away again.
pub(crate) fn undefused(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(bare) if is_formula_like(text) => bare,
        _ => text,
    }
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

/// Rejected rows as a sheet that can be corrected and imported again: the original columns in
/// their order, and why each row was rejected. The import ignores the reason column.
pub struct RejectionSheet<W> {
    table: TableWriter<W>,
    columns: usize,
}

impl<W: Write + Seek + Send> RejectionSheet<W> {
    /// Begins a sheet with the columns of [`crate::Reader::header`] and a reason column.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn new(format: SheetFormat, out: W, header: &[String], lang: Lang) -> io::Result<Self> {
        let (zh, en) = REASON_NAMES;
        let mut names: Vec<&str> = header.iter().map(String::as_str).collect();
        names.push(lang.pick(zh, en));
        let table = TableWriter::new(format, out, &names)?;
        Ok(RejectionSheet { table, columns: header.len() })
    }

    /// Writes a rejected row: its cells ([`crate::Rejection::cells`]) and the reason in words
    /// ([`crate::Rejection::words`]).
    ///
    /// # Errors
    /// Where writing fails.
    pub fn row(&mut self, cells: &[String], words: &str) -> io::Result<()> {
        let mut values: Vec<Value<'_>> = cells.iter().take(self.columns).map(Value::from).collect();
        values.resize(self.columns, Value::Empty);
        values.push(Value::Text(words));
        self.table.row(&values)
    }

    /// Ends the sheet and gives back what it was written to.
    ///
    /// # Errors
    /// Where writing fails.
    pub fn finish(self) -> io::Result<W> {
        self.table.finish()
    }
}

#[cfg(test)]
mod tests;
