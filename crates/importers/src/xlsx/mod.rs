//! XLSX workbooks, streamed.
//!
//! A workbook is a zip of XML parts. Libraries at hand keep all shared strings in memory and
//! trust the archive; here the sheet is read event by event, shared strings go to a file that is
//! only buffered ([`strings`]), and what the archive really unpacks to is bounded ([`package`]).

mod package;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

pub(crate) use sheet::SheetRows;
