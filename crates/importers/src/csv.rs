//! Separated values, cut as bytes (see [`crate::encoding`]) and bounded in memory.
//!
//! RFC 4180 with the leniency that files need: any of `\n`, `\r\n`, `\r` ends a row; a quote
//! inside an unquoted cell is a character; spaces after a closing quote are dropped. A quote that
//! is never closed, or is followed by text, would swallow the rows after it: such a row is
//! rejected up to the end of its *physical* line, and reading resumes at the next.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};

use memchr::{memchr, memchr_iter, memchr2};

use crate::cell::{Cell, Cells, TextRow};
use crate::encoding::{Encoding, TextFile};
use crate::error::FileError;
use crate::export::{CUT_MARK, undefused};
use crate::fields::Fault;
use crate::lines::{Line, read_line};
use crate::options::Limits;
use crate::reader::{RawRow, Rows};
use crate::reason::Reason;

/// More cells than a spreadsheet can have; a row beyond is not worth memory.
const MOST_CELLS: usize = 16_384;

/// What of each cell of an unreadable row is shown.
const SHOWN_BYTES: usize = 1024;

/// How one row was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Row,
    BadQuote,
    TooBig,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// A quote inside a quoted cell: its end, or the first half of a doubled one.
    QuoteSeen,
    /// Spaces after the closing quote.
    AfterQuote,
}

/// Cuts bytes into rows of cells.
struct Splitter<R> {
    input: R,
    separator: u8,
    limit: usize,
    /// Bytes from the start of the input to the next one unread.
    position: u64,
    /// The cells of the current row, one behind the other.
    bytes: Vec<u8>,
    /// Where each cell ends in `bytes`.
    ends: Vec<usize>,
    /// Bytes between two cells in `bytes`: 1 where the separators were kept.
    gap: usize,
    /// The cells of a row too big of which `bytes` has only the beginning.
    cut: Vec<usize>,
    size: usize,
    /// The row ended with `\r`; a `\n` right behind belongs to it.
    after_return: bool,
}

impl<R: BufRead + Seek> Splitter<R> {
    fn next(&mut self) -> io::Result<Option<Found>> {
        let mut start = self.position;
        self.bytes.clear();
        self.ends.clear();
        self.cut.clear();
        self.gap = 0;
        self.size = 0;
        if self.plain_row()? {
            return Ok(Some(Found::Row));
        }
        let mut state = State::CellStart;
        let mut started = false;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return self.at_end(state, started, start);
            }
            let mut used = 0;
            let mut outcome = None;
            while used < chunk.len() {
                // The fields are borrowed apart from `input`, which `chunk` holds.
                let mut row = RowBuffer {
                    bytes: &mut self.bytes,
                    ends: &mut self.ends,
                    cut: &mut self.cut,
                    size: &mut self.size,
                    limit: self.limit,
                };
                if state == State::Quoted {
                    used += row.quoted_run(&chunk[used..]);
                }
                let Some(&byte) = chunk.get(used) else { break };
                used += 1;
                if self.after_return {
                    self.after_return = false;
                    if byte == b'\n' && !started {
                        // It belongs to the row before: whoever goes back to this one's start passes it.
                        start += 1;
                        continue;
                    }
                }
                started = true;
                match row.step(state, byte, self.separator) {
                    Step::Go(next) => state = next,
                    Step::End => {
                        self.after_return = byte == b'\r';
                        outcome = Some(true);
                        break;
                    }
                    Step::Malformed => {
                        outcome = Some(false);
                        break;
                    }
                }
            }
            self.position += used as u64;
            self.input.consume(used);
            match outcome {
                None => {}
                Some(true) => return Ok(Some(self.ended())),
                Some(false) => return self.recover(start).map(Some),
            }
        }
    }

    /// Takes a row as a whole if it lies in the buffer and holds no quote, which nearly all do.
    fn plain_row(&mut self) -> io::Result<bool> {
        let mut chunk = self.input.fill_buf()?;
        let mut used = 0;
        if self.after_return && chunk.first() == Some(&b'\n') {
            (chunk, used) = (&chunk[1..], 1);
        }
        let Some(length) = memchr2(b'\n', b'\r', chunk) else { return Ok(false) };
        let line = &chunk[..length];
        // So short a row has no cells too many.
        if length > self.limit.min(MOST_CELLS) || memchr(b'"', line).is_some() {
            return Ok(false);
        }
        self.bytes.extend_from_slice(line);
        self.ends.extend(memchr_iter(self.separator, line));
        self.ends.push(length);
        (self.gap, self.size) = (1, length);
        used += length + 1;
        self.after_return = chunk[length] == b'\r';
        if self.after_return && chunk.get(length + 1) == Some(&b'\n') {
            (self.after_return, used) = (false, used + 1);
        }
        self.position += used as u64;
        self.input.consume(used);
        Ok(true)
    }

    fn ended(&self) -> Found {
        if self.size > self.limit || self.ends.len() > MOST_CELLS { Found::TooBig } else { Found::Row }
    }

    fn at_end(&mut self, state: State, started: bool, start: u64) -> io::Result<Option<Found>> {
        if !started {
            return Ok(None);
        }
        if state == State::Quoted {
            return self.recover(start).map(Some);
        }
        self.ends.push(self.bytes.len());
        Ok(Some(self.ended()))
    }

    /// Goes back to the start of the row and takes its physical line, cut at separators only.
    ///
    /// This costs no more than reading twice: between a quote that opens and the one that closes
    /// or breaks it, no other line can open one.
    fn recover(&mut self, start: u64) -> io::Result<Found> {
        self.input.seek(SeekFrom::Start(start))?;
        self.position = start;
        self.after_return = false;
        let line = read_line(&mut self.input, &mut self.bytes, self.limit, &mut self.position)?;
        self.ends.clear();
        self.cut.clear();
        let separator = self.separator;
        let cuts = self.bytes.iter().enumerate().filter(|(_, byte)| **byte == separator);
        self.ends.extend(cuts.map(|(at, _)| at).take(MOST_CELLS));
        self.gap = 1;
        if line == Line::Cut {
            self.cut.push(self.ends.len());
        }
        self.ends.push(self.bytes.len());
        Ok(Found::BadQuote)
    }

    /// The cells of the row found last.
    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|end| end + self.gap));
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end])
    }

    /// Whether the row found last holds nothing but white space.
    fn is_blank(&self) -> bool {
        let nothing = |byte: &u8| byte.is_ascii_whitespace() || (self.gap > 0 && *byte == self.separator);
        self.bytes.iter().all(nothing)
    }
}

struct RowBuffer<'a> {
    bytes: &'a mut Vec<u8>,
    ends: &'a mut Vec<usize>,
    cut: &'a mut Vec<usize>,
    size: &'a mut usize,
    limit: usize,
}

enum Step {
    Go(State),
    End,
    Malformed,
}

impl RowBuffer<'_> {
    fn step(&mut self, state: State, byte: u8, separator: u8) -> Step {
        *self.size += 1;
        if state == State::Quoted {
            return Step::Go(if byte == b'"' { State::QuoteSeen } else { self.push(byte) });
        }
        if byte == separator {
            if self.ends.len() <= MOST_CELLS {
                self.ends.push(self.bytes.len());
            }
            return Step::Go(State::CellStart);
        }
        match (state, byte) {
            (_, b'\n' | b'\r') => {
                self.ends.push(self.bytes.len());
                // The line end is no part of the row's size.
                *self.size -= 1;
                Step::End
            }
            (State::CellStart, b'"') => Step::Go(State::Quoted),
            (State::QuoteSeen, b'"') => Step::Go(self.push(byte)),
            (State::QuoteSeen | State::AfterQuote, b' ') => Step::Go(State::AfterQuote),
            (State::QuoteSeen | State::AfterQuote, _) => Step::Malformed,
            _ => {
                self.push(byte);
                Step::Go(State::Plain)
            }
        }
    }

    /// Keeps what lies before the next quote, if the row has room for it; gives its length.
    fn quoted_run(&mut self, bytes: &[u8]) -> usize {
        let room = self.limit.saturating_sub(*self.size).min(bytes.len());
        let length = memchr(b'"', &bytes[..room]).unwrap_or(room);
        self.bytes.extend_from_slice(&bytes[..length]);
        *self.size += length;
        length
    }

    /// Keeps a byte of a cell; of a row that is too big only what is worth showing.
    fn push(&mut self, byte: u8) -> State {
        let cell = self.ends.len();
        let start = self.ends.last().copied().unwrap_or(0);
        if *self.size <= self.limit || (cell <= MOST_CELLS && self.bytes.len() - start < SHOWN_BYTES) {
            self.bytes.push(byte);
        } else if self.cut.last() != Some(&cell) {
            self.cut.push(cell);
        }
        State::Quoted
    }
}

/// The rows of a file of separated values, header taken off.
pub(crate) struct CsvRows {
    splitter: Splitter<BufReader<File>>,
    encoding: Encoding,
    header: Vec<String>,
    row: u64,
    total: u64,
    limits: Limits,
}

impl CsvRows {
    pub(crate) fn open(text: TextFile, limits: Limits) -> Result<Self, FileError> {
        let total = text.file.metadata()?.len();
        let mut input = BufReader::with_capacity(1 << 16, text.file);
        let separator = sniff_separator(&mut input, limits.row_bytes)?;
        input.seek(SeekFrom::Start(text.start))?;
        let splitter = Splitter {
            input,
            separator,
            limit: limits.row_bytes,
            position: text.start,
            bytes: Vec::new(),
            ends: Vec::new(),
            gap: 0,
            cut: Vec::new(),
            size: 0,
            after_return: false,
        };
        let mut rows =
            CsvRows { splitter, encoding: text.encoding, header: Vec::new(), row: 0, total, limits };
        rows.read_header()?;
        Ok(rows)
    }

    fn read_header(&mut self) -> Result<(), FileError> {
        while let Some(found) = self.splitter.next()? {
            self.row += 1;
            if found != Found::Row {
                return Err(FileError::UnreadableHeader);
            }
            let decoded = self.splitter.cells().map(|cell| self.encoding.decode(cell));
            let cells: Option<Vec<String>> = decoded.map(|cell| Some(cell?.trim().to_owned())).collect();
            let mut cells = cells.ok_or(FileError::UnreadableHeader)?;
            while cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            // `sep=;` in front of the header names the separator to some spreadsheets.
            if cells.is_empty() || cells == ["sep="] {
                continue;
            }
            self.header = cells;
            return Ok(());
        }
        Err(FileError::Empty)
    }

    /// The row found last, if it is not blank.
    fn row(&self, found: Found, text: &mut TextRow) -> Option<RawRow> {
        let fault = match found {
            Found::Row => None,
            Found::BadQuote => Some(Reason::BadQuote),
            Found::TooBig => Some(Reason::RowTooBig(self.limits.row_bytes)),
        };
        if let Some(reason) = fault {
            let cells = Cells::Typed(self.shown_cells());
            return Some(RawRow { row: self.row, cells, fault: Some(Fault::row(reason)) });
        }
        if self.splitter.is_blank() {
            return None;
        }
        if !self.decode(text) {
            let lossy = |cell| Cell::Text(undefused(&self.encoding.decode_lossy(cell)).to_owned());
            let cells = Cells::Typed(self.splitter.cells().map(lossy).collect());
            let fault = Some(Fault::row(Reason::BadEncoding(self.encoding.name())));
            return Some(RawRow { row: self.row, cells, fault });
        }
        let fault = self.wrong_width(text);
        Some(RawRow { row: self.row, cells: Cells::Text(std::mem::take(text)), fault })
    }

    /// Turns the cells into text; no where a byte does not belong.
    fn decode(&self, text: &mut TextRow) -> bool {
        let Splitter { bytes, ends, gap, .. } = &self.splitter;
        if self.encoding == Encoding::Utf8 {
            return text.set(bytes, ends, *gap);
        }
        text.clear();
        self.splitter.cells().all(|cell| self.encoding.decode(cell).map(|cell| text.push(&cell)).is_some())
    }

    /// Too few or too many cells. Empty ones too many are what spreadsheets append: dropped.
    fn wrong_width(&self, cells: &mut TextRow) -> Option<Fault> {
        let expected = self.header.len();
        while cells.len() > expected && cells.get(cells.len() - 1).is_some_and(|cell| cell.trim().is_empty())
        {
            cells.pop();
        }
        let found = cells.len();
        let reason = match found.cmp(&expected) {
            std::cmp::Ordering::Less => Reason::TooFewCells { found, expected },
            std::cmp::Ordering::Greater => Reason::TooManyCells { found, expected },
            std::cmp::Ordering::Equal => return None,
        };
        Some(Fault::row(reason))
    }

    /// The cells of a row that was not read properly, cut to what is worth showing and marked where
    /// they are, so that half a message is not imported for a whole one.
    fn shown_cells(&self) -> Vec<Cell> {
        let cells = self.splitter.cells().take(self.header.len() + 1).enumerate();
        let shown = cells.map(|(index, cell)| {
            let kept = &cell[..cell.len().min(SHOWN_BYTES)];
            let mut text = self.encoding.decode_lossy(kept).into_owned();
            if kept.len() < cell.len() || self.splitter.cut.contains(&index) {
                text.push_str(CUT_MARK);
            }
            Cell::Text(text)
        });
        shown.collect()
    }
}

impl Rows for CsvRows {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn next(&mut self, last: Cells) -> Result<Option<RawRow>, FileError> {
        let mut text = match last {
            Cells::Text(text) => text,
            Cells::Typed(_) => TextRow::default(),
        };
        while let Some(found) = self.splitter.next()? {
            self.row += 1;
            if let Some(row) = self.row(found, &mut text) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn progress(&self) -> (u64, u64) {
        (self.splitter.position.min(self.total), self.total)
    }
}

/// The separator that occurs most often outside quotes in the first line that is not blank.
fn sniff_separator(input: &mut impl BufRead, limit: usize) -> io::Result<u8> {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    let mut any = false;
    let mut seen = 0;
    'file: while seen < limit {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        for byte in chunk {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted && any => break 'file,
                _ => {}
            }
            any |= !byte.is_ascii_whitespace();
            for (separator, count) in &mut counts {
                *count += usize::from(!quoted && byte == separator);
            }
        }
        let used = chunk.len();
        seen += used;
        input.consume(used);
    }
    let mut best = counts[0];
    for candidate in &counts[1..] {
        if candidate.1 > best.1 {
            best = *candidate;
        }
    }
    Ok(best.0)
}

#[cfg(test)]
mod tests;
