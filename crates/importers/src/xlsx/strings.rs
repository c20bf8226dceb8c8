//! Shared strings outside memory.
//!
//! A sheet of messages has about as many shared strings as rows, so a list of them would grow
//! with the file. They are written one behind the other into a spool (memory at first, a
//! temporary file from some megabytes on), and their ends into another. A sheet asks for them
//! nearly in order, so that a buffered block answers most questions; a small cache answers for
//! the short ones that come again and again.

use std::io::{self, Read, Seek, SeekFrom, Write};

use quick_xml::events::Event;
use tempfile::SpooledTempFile;

use super::package::Package;
use super::xml::{Gathered, Xml, without_escapes};
use crate::error::FileError;

/// Bytes kept in memory before a spool becomes a file.
const IN_MEMORY: usize = 4 << 20;

/// Bytes read at once.
const BLOCK: usize = 1 << 16;

/// Slots of the cache, and the longest string worth one.
const SLOTS: usize = 2048;
const CACHED_BYTES: usize = 128;

/// Bytes appended, then read at any place.
struct Spool {
    file: SpooledTempFile,
    length: u64,
    /// While writing: what is not in `file` yet. While reading: what was read at `block_at`.
    block: Vec<u8>,
    block_at: u64,
}

impl Spool {
    fn new() -> Self {
        Spool { file: SpooledTempFile::new(IN_MEMORY), length: 0, block: Vec::new(), block_at: 0 }
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.block.extend_from_slice(bytes);
        self.length += bytes.len() as u64;
        if self.block.len() >= BLOCK {
            self.file.write_all(&self.block)?;
            self.block.clear();
        }
        Ok(())
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.file.write_all(&self.block)?;
        self.block = Vec::new();
        Ok(())
    }

    fn read(&mut self, at: u64, length: usize) -> io::Result<&[u8]> {
        let inside = |block_at: u64, block: &[u8]| {
            let skip = usize::try_from(at.checked_sub(block_at)?).ok()?;
            (skip + length <= block.len()).then_some(skip)
        };
        let skip = match inside(self.block_at, &self.block) {
            Some(skip) => skip,
            None => {
                self.file.seek(SeekFrom::Start(at))?;
                self.block.clear();
                self.block_at = at;
                let wanted = length.max(BLOCK) as u64;
                (&mut self.file).take(wanted).read_to_end(&mut self.block)?;
                0
            }
        };
        self.block.get(skip..skip + length).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// The shared strings of a workbook by index.
pub(super) struct Strings {
    texts: Spool,
    /// For each string where it ends in `texts`, eight bytes little-endian.
    ends: Spool,
    count: u64,
    cache: Vec<Option<(u64, String)>>,
}

impl Strings {
    /// Reads the part with the strings; no part, no strings.
    pub(super) fn read(package: &Package, name: Option<&str>) -> Result<Self, FileError> {
        let mut strings =
            Strings { texts: Spool::new(), ends: Spool::new(), count: 0, cache: vec![None; SLOTS] };
        let part = match name {
            Some(name) => package.part(name)?,
            None => None,
        };
        if let Some(part) = part {
            strings.fill(&mut Xml::new(part), package.limits().row_bytes)?;
        }
        strings.texts.end_writing()?;
        strings.ends.end_writing()?;
        Ok(strings)
    }

    fn fill(&mut self, xml: &mut Xml, limit: usize) -> Result<(), FileError> {
        let mut gathered = Gathered::default();
        let mut in_text = false;
        let mut phonetic = false;
        loop {
            let event = xml.next()?;
            match &event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "t" => in_text = true,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "t" => in_text = false,
                    "rPh" => phonetic = false,
                    "si" => self.add(std::mem::take(&mut gathered.text))?,
                    _ => {}
                },
                Event::Empty(element) if element.local_name().as_ref() == "si" => {
                    self.add(String::new())?;
                }
                Event::Eof => return Ok(()),
                _ if in_text && !phonetic => gathered.take(&event, limit),
                _ => {}
            }
        }
    }

    fn add(&mut self, text: String) -> io::Result<()> {
        self.texts.append(without_escapes(text).as_bytes())?;
        self.ends.append(&self.texts.length.to_le_bytes())?;
        self.count += 1;
        Ok(())
    }

    /// One string, or none where the index is beyond the last.
    pub(super) fn get(&mut self, index: u64) -> Result<Option<String>, FileError> {
        if index >= self.count {
            return Ok(None);
        }
        let slot = usize::try_from(index % SLOTS as u64).unwrap_or(0);
        if let Some((cached, text)) = &self.cache[slot]
            && *cached == index
        {
            return Ok(Some(text.clone()));
        }
        let start = if index == 0 { 0 } else { self.end(index - 1)? };
        let length = usize::try_from(self.end(index)? - start)
            .map_err(|_| FileError::Damaged("a string is too long".into()))?;
        let bytes = self.texts.read(start, length)?;
        let text = String::from_utf8_lossy(bytes).into_owned();
        if length <= CACHED_BYTES {
            self.cache[slot] = Some((index, text.clone()));
        }
        Ok(Some(text))
    }

    fn end(&mut self, index: u64) -> io::Result<u64> {
        let bytes = self.ends.read(index * 8, 8)?;
        Ok(u64::from_le_bytes(bytes.try_into().expect("eight bytes were asked for")))
    }
}
