//! The archive of a backup: eight bytes that say what it is, a header in clear, then frames, each
//! compressed and sealed with a key derived from the master key.
//!
//! Sealing does three things at once: whoever has the archive without the key learns nothing but the
//! header; a frame that was changed, swapped or taken from another archive does not open (each is
//! bound to the header and to its number); and an archive that was cut off has no last frame.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use kexun_base::db::copy::Table;
use kexun_base::ids::Random;
use kexun_base::secrets::{Key, hex};
use kexun_base::time::Micros;
use kexun_base::{Code, Error, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Contents;

const MAGIC: &[u8; 8] = b"KEXUNBK1";
const LEVEL: i32 = 3;
/// What a frame may be, sealed or not: a damaged length must not ask for more.
const LIMIT: usize = 1 << 30;
/// What the header may be.
const HEADER_LIMIT: u32 = 1 << 20;

/// What can be read without the key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Header {
    /// Version of the program that made it.
    pub program: String,
    /// When it was made.
    pub made_at: Micros,
    /// The migrations that its tables have seen, oldest first.
    pub migrations: Vec<String>,
    /// Tells the master key from others and nothing else of it.
    pub key_check: String,
}

/// What a frame holds.
#[derive(Debug)]
pub enum Part {
    /// A table; its rows follow.
    Table(Table),
    /// Some rows of the table before.
    Rows(Vec<u8>),
    /// A file of this name; its bytes follow.
    File(String),
    /// Some bytes of the file before.
    Bytes(Vec<u8>),
    /// The end.
    End(Contents),
}

/// What stands in a header for a key.
pub fn key_check(key: &Key) -> String {
    hex(&key.derive("backup.check").hash(&[b"this key"]))
}

fn frame_key(key: &Key) -> Key {
    key.derive("backup.frames")
}

fn place(header: &[u8], number: u64) -> Vec<u8> {
    [header, &number.to_le_bytes()].concat()
}

/// Writes an archive.
pub struct Writer<'a> {
    out: BufWriter<File>,
    key: Key,
    random: &'a dyn Random,
    header: Vec<u8>,
    frames: u64,
}

impl<'a> Writer<'a> {
    /// Begins an archive in a new file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(file: &Path, key: &Key, random: &'a dyn Random, header: &Header) -> Result<Writer<'a>> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = BufWriter::new(options.open(file)?);
        let header = serde_json::to_vec(header)?;
        out.write_all(MAGIC)?;
        out.write_all(&u32::try_from(header.len()).unwrap_or(u32::MAX).to_le_bytes())?;
        out.write_all(&header)?;
        Ok(Writer { out, key: frame_key(key), random, header, frames: 0 })
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// When the file cannot be written, or the frame is beyond a gigabyte.
    pub fn put(&mut self, part: &Part) -> Result<()> {
        let (tag, body) = match part {
            Part::Table(table) => (b'T', &serde_json::to_vec(table)?),
            Part::Rows(rows) => (b'R', rows),
            Part::File(name) => (b'F', &serde_json::to_vec(name)?),
            Part::Bytes(bytes) => (b'B', bytes),
            Part::End(contents) => (b'E', &serde_json::to_vec(contents)?),
        };
        let packed = zstd::bulk::compress(&[&[tag], body.as_slice()].concat(), LEVEL)?;
        let sealed = self.key.seal(self.random, &place(&self.header, self.frames), &packed);
        let too_large = || Error::internal("one part of the backup is beyond a gigabyte");
        if body.len() >= LIMIT || sealed.len() > LIMIT {
            return Err(too_large());
        }
        self.out.write_all(&u32::try_from(sealed.len()).map_err(|_| too_large())?.to_le_bytes())?;
        self.out.write_all(&sealed)?;
        self.frames += 1;
        Ok(())
    }

    /// Ends the archive; it is synced to disk when this returns.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self, contents: Contents) -> Result<()> {
        self.put(&Part::End(contents))?;
        let file = self.out.into_inner().map_err(|e| Error::from(e.into_error()))?;
        Ok(file.sync_all()?)
    }
}

/// Reads an archive.
pub struct Reader {
    input: BufReader<File>,
    key: Key,
    header: Vec<u8>,
    frames: u64,
}

impl Reader {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it is none, is damaged, or was made with another master key.
    pub fn open(file: &Path, key: &Key) -> Result<(Reader, Header)> {
        let unreadable = |e| Error::invalid(format!("{} cannot be read: {e}", file.display()));
        let mut input = BufReader::new(File::open(file).map_err(unreadable)?);
        let mut magic = [0; 8];
        let is_archive = input.read_exact(&mut magic).is_ok() && magic == *MAGIC;
        if !is_archive {
            let what = "is no backup of Kexun, or of a version that this one cannot read";
            return Err(Error::new(Code::UnreadableFile, format!("{} {what}", file.display())));
        }
        let length = length(&mut input)?;
        if length > HEADER_LIMIT {
            return Err(damaged());
        }
        let header = bytes(&mut input, length)?;
        let told: Header = serde_json::from_slice(&header).map_err(|_| damaged())?;
        if told.key_check != key_check(key) {
            return Err(Error::invalid(
                "the backup was made with another master key: a backup does not hold the key; set KEXUN_KEY or \
                 KEXUN_KEY_FILE to the one that was in use then, or put its master.key into the data folder",
            ));
        }
        Ok((Reader { input, key: frame_key(key), header, frames: 0 }, told))
    }

    /// The next part; after [`Part::End`] nothing may follow.
    ///
    /// # Errors
    /// When the archive is damaged or cut off.
    pub fn next(&mut self) -> Result<Part> {
        let length = length(&mut self.input)?;
        let sealed = bytes(&mut self.input, length)?;
        let opened = self.key.open(&place(&self.header, self.frames), &sealed);
        let plain = unpack(&opened.map_err(|_| damaged())?)?;
        self.frames += 1;
        let (tag, body) = plain.split_first().ok_or_else(damaged)?;
        let part = match tag {
            b'T' => Part::Table(read(body)?),
            b'R' => Part::Rows(body.to_vec()),
            b'F' => Part::File(read(body)?),
            b'B' => Part::Bytes(body.to_vec()),
            b'E' => Part::End(read(body)?),
            _ => return Err(damaged()),
        };
        if matches!(part, Part::End(_)) && self.input.read(&mut [0])? != 0 {
            return Err(damaged());
        }
        Ok(part)
    }
}

fn length(input: &mut impl Read) -> Result<u32> {
    let bytes = bytes(input, 4)?;
    Ok(u32::from_le_bytes(bytes.try_into().map_err(|_| damaged())?))
}

/// So many bytes; memory is taken as they come.
fn bytes(input: &mut impl Read, length: u32) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() == length as usize { Ok(bytes) } else { Err(damaged()) }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
    let size = size.and_then(|s| usize::try_from(s).ok()).filter(|s| *s <= LIMIT).ok_or_else(damaged)?;
    zstd::bulk::decompress(packed, size).map_err(|_| damaged())
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|_| damaged())
}

pub(super) fn damaged() -> Error {
    let detail = "the backup is damaged or cut off; nothing of it was restored: take another one";
    Error::new(Code::UnreadableFile, detail)
}
