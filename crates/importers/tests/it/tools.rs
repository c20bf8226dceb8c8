//! Files to read, and the reading of them.

use std::io::{Cursor, Write};

use kexun_importers::{ConversationRow, FileError, Options, Outcome, Record, Rejection, Source, Warning};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;

pub const HEADER: &str = "conversation_id,shop,customer,sent_at,sender,agent,text";

/// All that a file gave.
#[derive(Debug)]
pub struct Read<T> {
    pub header: Vec<String>,
    pub rows: Vec<(u64, T)>,
    pub rejected: Vec<Rejection>,
    pub warnings: Vec<Warning>,
}

impl<T> Read<T> {
    /// Row, column and code of each rejection.
    pub fn faults(&self) -> Vec<(u64, Option<&'static str>, &'static str)> {
        let fault = |r: &Rejection| (r.row, r.column_name(), r.reason.code());
        self.rejected.iter().map(fault).collect()
    }
}

pub fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

pub fn read_as<T: Record>(bytes: &[u8], options: &Options) -> Result<Read<T>, FileError> {
    let file = file(bytes);
    let mut reader = Source::open(file.path(), options)?.reader::<T>()?;
    let (mut rows, mut rejected) = (Vec::new(), Vec::new());
    while let Some(outcome) = reader.next()? {
        match outcome {
            Outcome::Row { row, value } => rows.push((row, value)),
            Outcome::Rejected(rejection) => rejected.push(rejection),
        }
    }
    let (read, total) = reader.progress();
    assert_eq!(read, total, "at the end all is read");
    Ok(Read { header: reader.header().to_vec(), rows, rejected, warnings: reader.warnings().to_vec() })
}

pub fn read(bytes: impl AsRef<[u8]>) -> Read<ConversationRow> {
    read_as(bytes.as_ref(), &Options::default()).unwrap()
}

/// The code and the Chinese words of the refusal.
pub fn refused(bytes: impl AsRef<[u8]>) -> &'static str {
    let error = read_as::<ConversationRow>(bytes.as_ref(), &Options::default()).unwrap_err();
    for lang in [kexun_importers::Lang::Zh, kexun_importers::Lang::En] {
        assert!(error.message(lang).len() > 20, "{error:?} is said in words");
    }
    error.code()
}

/// Parts into a zip.
pub fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub const ROOT_RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
pub const WORKBOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="聊天记录" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\ hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs></styleSheet>"#;

/// A workbook by hand: the rows of its sheet and its shared strings as XML.
pub fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let strings = format!("<sst>{strings}</sst>");
    zip(&[
        ("_rels/.rels", ROOT_RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

/// An inline text cell.
pub fn cell(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

pub fn row(cells: &[String]) -> String {
    format!("<row>{}</row>", cells.concat())
}

pub fn header_row() -> String {
    row(&HEADER.split(',').map(cell).collect::<Vec<_>>())
}
