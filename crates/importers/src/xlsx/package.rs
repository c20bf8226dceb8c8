//! The zip around a workbook: finding parts, and unpacking them no further than the limits.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Take};

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use crate::error::FileError;
use crate::options::Limits;

/// A workbook has some dozens of parts.
const MOST_PARTS: u16 = 20_000;

/// Bytes of the archive's directory; what is more was made to fill memory.
const LONGEST_DIRECTORY: u32 = 16 << 20;

/// From here on the ratio of unpacked to packed is looked at: small parts may pack well.
const RATIO_FROM: u64 = 16 << 20;

/// Where a part lies in the archive.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: u64,
    packed: u64,
    deflated: bool,
}

/// The parts of a workbook by name in lower case, without a leading slash.
pub(super) struct Package {
    file: File,
    places: HashMap<String, Place>,
    limits: Limits,
}

impl Package {
    pub(super) fn open(mut file: File, limits: Limits) -> Result<Self, FileError> {
        check_directory(&mut file)?;
        let mut archive = ZipArchive::new(file).map_err(damaged)?;
        let mut places = HashMap::new();
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(damaged)?;
            if part.encrypted() {
                return Err(FileError::Encrypted);
            }
            let deflated = match part.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                _ => continue,
            };
            let Some(start) = part.data_start() else { continue };
            let name =
                part.name().map_err(damaged)?.trim_start_matches('/').replace('\\', "/").to_lowercase();
            places.insert(name, Place { start, packed: part.compressed_size(), deflated });
        }
        let file = archive.into_inner();
        Ok(Package { file, places, limits })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_lowercase())
    }

    /// Opens a part. The parts share one file position: finish one before opening the next.
    pub(super) fn part(&self, name: &str) -> Result<Option<Part>, FileError> {
        let Some(place) = self.places.get(&name.to_lowercase()) else {
            return Ok(None);
        };
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(place.start))?;
        let packed = BufReader::new(file.take(place.packed));
        let unpacked = if place.deflated {
            Unpacked::Deflated(Box::new(DeflateDecoder::new(packed)))
        } else {
            Unpacked::Stored(packed)
        };
        Ok(Some(Part {
            inner: BufReader::with_capacity(
                1 << 16,
                Guard { unpacked, given: 0, packed: place.packed, limits: self.limits },
            ),
            since_mark: 0,
            most_since_mark: self.limits.row_bytes.saturating_mul(4).max(1 << 20),
        }))
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    pub(super) fn size(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }
}

/// Looks at the end of the archive before a library builds its directory in memory.
fn check_directory(file: &mut File) -> Result<(), FileError> {
    let length = file.metadata()?.len();
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(66_000)))?;
    (&mut *file).take(66_000).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    let Some(at) = tail.windows(4).rposition(|window| window == b"PK\x05\x06") else {
        return Err(FileError::Damaged("the archive breaks off".into()));
    };
    let end = &tail[at..];
    if end.len() < 22 {
        return Err(FileError::Damaged("the archive breaks off".into()));
    }
    let parts = u16::from_le_bytes([end[10], end[11]]);
    let directory = u32::from_le_bytes([end[12], end[13], end[14], end[15]]);
    if parts > MOST_PARTS || directory > LONGEST_DIRECTORY {
        return Err(FileError::ZipBomb);
    }
    Ok(())
}

fn damaged(error: zip::result::ZipError) -> FileError {
    match error {
        zip::result::ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            FileError::Io(error)
        }
        other => FileError::Damaged(other.to_string()),
    }
}

/// Why unpacking was stopped; travels inside an [`io::Error`] through the XML reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Stop {
    #[error("the part unpacks to too much")]
    Bomb,
    #[error("one element is too long")]
    LongElement,
}

enum Unpacked {
    Stored(BufReader<Take<File>>),
    Deflated(Box<DeflateDecoder<BufReader<Take<File>>>>),
}

/// Counts what comes out and stops at the limits.
struct Guard {
    unpacked: Unpacked,
    given: u64,
    packed: u64,
    limits: Limits,
}

impl Guard {
    fn consumed(&self) -> u64 {
        match &self.unpacked {
            Unpacked::Stored(_) => self.given,
            Unpacked::Deflated(decoder) => decoder.total_in(),
        }
    }
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.unpacked {
            Unpacked::Stored(stored) => stored.read(buffer)?,
            Unpacked::Deflated(decoder) => decoder.read(buffer)?,
        };
        self.given += read as u64;
        let ratio_bound = self.consumed().saturating_mul(self.limits.part_ratio);
        if self.given > self.limits.part_bytes || self.given > RATIO_FROM.max(ratio_bound) {
            return Err(io::Error::other(Stop::Bomb));
        }
        Ok(read)
    }
}

/// The unpacked bytes of a part.
pub(super) struct Part {
    inner: BufReader<Guard>,
    since_mark: usize,
    most_since_mark: usize,
}

impl Part {
    /// A new XML event begins; none may be longer than the limit, since the XML reader keeps an
    /// event in memory.
    pub(super) fn mark(&mut self) {
        self.since_mark = 0;
    }

    /// Packed bytes consumed, packed bytes in all.
    pub(super) fn progress(&self) -> (u64, u64) {
        let guard = self.inner.get_ref();
        (guard.consumed().min(guard.packed), guard.packed)
    }
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

impl BufRead for Part {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.since_mark > self.most_since_mark {
            return Err(io::Error::other(Stop::LongElement));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.since_mark += amount;
        self.inner.consume(amount);
    }
}
