//! What a file is, told by its content.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crate::csv::CsvRows;
use crate::encoding::open_text;
use crate::error::{FileError, FileKind};
use crate::header::Warning;
use crate::json_lines::JsonRows;
use crate::options::{Format, Options};
use crate::reader::{Body, Reader};
use crate::records::Record;
use crate::times::DateOrder;
use crate::xlsx::SheetRows;

/// An opened file of a known container, its header read, its kind of record still open.
pub struct Source {
    body: Body,
    warnings: Vec<Warning>,
    date_order: Option<DateOrder>,
}

impl Source {
    /// Opens a file and finds out what it is.
    ///
    /// # Errors
    /// Where the file holds no table: see [`FileError`].
    pub fn open(path: &Path, options: &Options) -> Result<Self, FileError> {
        let mut file = File::open(path)?;
        let head = head(&mut file)?;
        let mut warnings = Vec::new();
        let body = match container(&head, &mut file, options.format)? {
            Format::Xlsx => {
                let (rows, warning) = SheetRows::open(file, options.limits)?;
                warnings.extend(warning);
                Body::Table(Box::new(rows))
            }
            Format::JsonLines => {
                let mut rows = JsonRows::open(open_text(file)?, options.limits)?;
                let first = rows.next()?;
                if first.is_none() {
                    return Err(FileError::Empty);
                }
                Body::Json { rows, first }
            }
            Format::Csv | Format::Auto => {
                Body::Table(Box::new(CsvRows::open(open_text(file)?, options.limits)?))
            }
        };
        Ok(Source { body, warnings, date_order: options.date_order })
    }

    /// Reads the rows as records of one kind.
    ///
    /// # Errors
    /// Where the header does not fit: see [`FileError`].
    pub fn reader<T: Record>(self) -> Result<Reader<T>, FileError> {
        Reader::new(self.body, self.warnings, self.date_order)
    }
}

/// The beginning of a file, enough to know it by.
fn head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.take(4096).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head)
}

/// The container; never [`Format::Auto`].
fn container(head: &[u8], file: &mut File, asked: Format) -> Result<Format, FileError> {
    if head.is_empty() {
        return Err(FileError::Empty);
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Err(compound_document(file)?);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return match asked {
            Format::Auto | Format::Xlsx => Ok(Format::Xlsx),
            _ => Err(FileError::WrongKind(FileKind::Archive)),
        };
    }
    if let Some(kind) = kind_of(head) {
        return Err(FileError::WrongKind(kind));
    }
    match asked {
        Format::Xlsx => Err(FileError::NotXlsx),
        Format::Auto => match text_of(head).trim_start().chars().next() {
            Some('{') => Ok(Format::JsonLines),
            Some('[') => Err(FileError::JsonArray),
            _ => Ok(Format::Csv),
        },
        known => Ok(known),
    }
}

/// What a file that is no table seems to be.
fn kind_of(head: &[u8]) -> Option<FileKind> {
    const MAGIC: &[(&[u8], FileKind)] = &[
        (b"\x89PNG\r\n\x1a\n", FileKind::Picture),
        (b"\xFF\xD8\xFF", FileKind::Picture),
        (b"GIF8", FileKind::Picture),
        (b"RIFF", FileKind::Picture),
        (b"%PDF-", FileKind::Pdf),
        (b"Rar!\x1a", FileKind::Archive),
        (b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
        (b"\x1F\x8B", FileKind::Archive),
        (b"BZh", FileKind::Archive),
        (b"\x28\xB5\x2F\xFD", FileKind::Archive),
        (b"\xFD7zXZ", FileKind::Archive),
        (b"\x7FELF", FileKind::Binary),
        (b"SQLite format 3\0", FileKind::Binary),
    ];
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    if let Some((_, kind)) = known {
        return Some(*kind);
    }
    let text = text_of(head);
    let start: String = text.trim_start().chars().take(16).collect::<String>().to_lowercase();
    let tags = ["<!doctype", "<html", "<?xml", "<table", "<meta", "<head"];
    if tags.iter().any(|tag| start.starts_with(tag)) {
        return Some(FileKind::WebPage);
    }
    // A cell may hold a NUL and costs its row; a first line with one is no header.
    let first_line = text.lines().next().unwrap_or_default();
    first_line.contains('\0').then_some(FileKind::Binary)
}

/// The head as text, well enough to look at its first characters.
fn text_of(head: &[u8]) -> String {
    let (encoding, skip) = encoding_rs::Encoding::for_bom(head).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode_without_bom_handling(&head[skip..]).0.into_owned()
}

/// An OLE2 document is an old workbook, or the wrapping of an encrypted new one, which names its
/// stream in UTF-16.
fn compound_document(file: &mut File) -> io::Result<FileError> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut buffer = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    // The directory lies anywhere, in small files near an end; a megabyte of either is enough.
    file.take(1 << 20).read_to_end(&mut buffer)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(1 << 20)))?;
    file.take(1 << 20).read_to_end(&mut buffer)?;
    let encrypted = buffer.windows(name.len()).any(|window| window == name);
    Ok(if encrypted { FileError::Encrypted } else { FileError::OldSpreadsheet })
}
