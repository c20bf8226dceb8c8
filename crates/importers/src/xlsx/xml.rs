//! XML events of a part, with the bounds that the XML reader lacks.

use std::io;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::package::{Part, Stop};
use crate::error::FileError;

/// Parts of workbooks nest a dozen levels; each open one costs memory.
const DEEPEST: usize = 64;

pub(super) struct Xml {
    reader: Reader<Part>,
    buffer: Vec<u8>,
    depth: usize,
}

impl Xml {
    pub(super) fn new(part: Part) -> Self {
        Xml { reader: Reader::from_reader(part), buffer: Vec::new(), depth: 0 }
    }

    /// The next event. An end in the middle of an element is an error.
    pub(super) fn next(&mut self) -> Result<Event<'_>, FileError> {
        self.buffer.clear();
        self.reader.get_mut().mark();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(failed)?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => {
                return Err(FileError::Damaged("a part breaks off".into()));
            }
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(FileError::Damaged("elements nest too deep".into()));
        }
        Ok(event)
    }

    pub(super) fn progress(&self) -> (u64, u64) {
        self.reader.get_ref().progress()
    }
}

fn failed(error: quick_xml::Error) -> FileError {
    let quick_xml::Error::Io(error) = error else {
        return FileError::Damaged(error.to_string());
    };
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Stop>()) {
        Some(Stop::Bomb) => FileError::ZipBomb,
        Some(Stop::LongElement) => FileError::Damaged(Stop::LongElement.to_string()),
        // Broken deflate data and a part cut short come as these.
        None if matches!(
            error.kind(),
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
        ) =>
        {
            FileError::Damaged(error.to_string())
        }
        None => FileError::Io(io::Error::new(error.kind(), error.to_string())),
    }
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = quick_xml::escape::unescape(&found.value).ok()?;
    Some(value.into_owned())
}

/// The character that `&…;` stands for; nothing for one that XML does not define.
pub(super) fn reference(reference: &BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    match reference.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}

/// Text gathered from several events, and no more of it than a limit.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) text: String,
}

impl Gathered {
    /// Adds text unless there is more than `limit` bytes already; the caller sees the excess.
    pub(super) fn push(&mut self, text: &str, limit: usize) {
        if self.text.len() <= limit {
            self.text.push_str(text);
        }
    }

    /// Takes what an event has of text.
    pub(super) fn take(&mut self, event: &Event<'_>, limit: usize) {
        match event {
            Event::Text(text) => self.push(&text.xml10_content(), limit),
            Event::CData(data) => self.push(&data.xml10_content(), limit),
            Event::GeneralRef(name) => {
                if let Some(c) = reference(name) {
                    self.push(c.encode_utf8(&mut [0; 4]), limit);
                }
            }
            _ => {}
        }
    }
}

/// Undoes `_x000D_`, by which workbooks write characters that XML cannot hold.
pub(super) fn without_escapes(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let escape = rest.get(at + 2..at + 7).filter(|escape| escape.ends_with('_'));
        let code = escape.map(|escape| &escape[..4]);
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}
