//! JSON Lines: one object a line, each line by itself.

use std::fmt;
use std::fs::File;
use std::io::BufReader;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::cell::Cell;
use crate::encoding::{Encoding, TextFile};
use crate::error::FileError;
use crate::lines::{Line, read_line};
use crate::options::Limits;
use crate::reason::Reason;

/// One line that is not blank.
pub(crate) struct JsonRow {
    pub(crate) row: u64,
    /// Keys and values in their order, or why the line is none.
    pub(crate) object: Result<Vec<(String, Cell)>, Reason>,
}

/// The lines of a file of JSON Lines.
pub(crate) struct JsonRows {
    input: BufReader<File>,
    encoding: Encoding,
    buffer: Vec<u8>,
    row: u64,
    position: u64,
    total: u64,
    limits: Limits,
}

impl JsonRows {
    pub(crate) fn open(text: TextFile, limits: Limits) -> Result<Self, FileError> {
        Ok(JsonRows {
            total: text.file.metadata()?.len(),
            input: BufReader::with_capacity(1 << 16, text.file),
            encoding: text.encoding,
            buffer: Vec::new(),
            row: 0,
            position: text.start,
            limits,
        })
    }

    pub(crate) fn next(&mut self) -> Result<Option<JsonRow>, FileError> {
        loop {
            let limit = self.limits.row_bytes;
            let line = read_line(&mut self.input, &mut self.buffer, limit, &mut self.position)?;
            if line == Line::End {
                return Ok(None);
            }
            self.row += 1;
            if self.buffer.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let object = match line {
                Line::Cut => Err(Reason::RowTooBig(limit)),
                _ => match self.encoding.decode(&self.buffer) {
                    Some(text) => object(&text),
                    None => Err(Reason::BadEncoding(self.encoding.name())),
                },
            };
            return Ok(Some(JsonRow { row: self.row, object }));
        }
    }

    pub(crate) fn progress(&self) -> (u64, u64) {
        (self.position.min(self.total), self.total)
    }
}

fn object(line: &str) -> Result<Vec<(String, Cell)>, Reason> {
    let mut parser = serde_json::Deserializer::from_str(line);
    let pairs = parser
        .deserialize_map(Pairs)
        .and_then(|pairs| parser.end().map(|()| pairs))
        .map_err(|error| Reason::NotJson(without_line(&error, line)))?;
    let cells = pairs.into_iter().map(|(key, value)| Ok((key, cell(value)?)));
    cells.collect()
}

fn cell(value: &RawValue) -> Result<Cell, Reason> {
    let raw = value.get();
    Ok(match raw.as_bytes().first() {
        Some(b'n') => Cell::Empty,
        Some(b't') => Cell::Bool(true),
        Some(b'f') => Cell::Bool(false),
        Some(b'[' | b'{') => Cell::Nested(raw.to_owned()),
        Some(b'"') => {
            let text: String =
                serde_json::from_str(raw).map_err(|error| Reason::NotJson(without_line(&error, raw)))?;
            if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
        }
        _ => Cell::number(raw).unwrap_or_else(|| Cell::Text(raw.to_owned())),
    })
}

/// The parser's words with the column and a piece of the line; its line number is always 1.
fn without_line(error: &serde_json::Error, line: &str) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let piece: String = line.chars().take(40).collect();
    format!("{words}, column {}: {piece}", error.column())
}

/// Keys with their values unparsed, so that long numbers keep their digits.
struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}
