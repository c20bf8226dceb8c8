//! Bytes → typed rows: Kexun's own import format (CSV, XLSX, JSON Lines), questions in [`gift`], and
//! tables back out.
//!
//! The crate reads files as people have them and never trusts them: what a file is gets decided
//! by its content, every row either becomes a typed [`Record`] or a [`Rejection`] that names row,
//! column and reason, and memory does not grow with the file. It knows no database and no clock,
//! and it is synchronous: call it on a thread that may block.
//!
//! ```no_run
//! use kexun_importers::{ConversationRow, Options, Outcome, Source};
//!
//! # fn main() -> Result<(), kexun_importers::FileError> {
//! let source = Source::open("chats.xlsx".as_ref(), &Options::default())?;
//! let mut rows = source.reader::<ConversationRow>()?;
//! while let Some(outcome) = rows.next()? {
//!     match outcome {
//!         Outcome::Row { row, value } => println!("{row}: {}", value.text),
//!         Outcome::Rejected(rejection) => println!("{}: {}", rejection.row, rejection.reason),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The way of a row: `encoding` decides how bytes become text; `csv`, `xlsx` or `json_lines` cut
//! them into cells; `header` finds the columns; [`records`] give them types ([`times`] the times
//! among them); `reader` holds it together. [`export`] writes.

mod cell;
mod csv;
mod encoding;
mod error;
pub mod export;
mod fields;
pub mod gift;
mod header;
mod json_lines;
mod lines;
mod options;
mod reader;
mod reason;
pub mod records;
mod source;
pub mod times;
mod xlsx;

pub use error::{FileError, FileKind};
pub use export::{RejectionSheet, SheetFormat, TableWriter, Value};
pub use header::Warning;
pub use options::{Format, Lang, Limits, Options};
pub use reader::{Outcome, Reader, Rejection};
pub use reason::Reason;
pub use records::{
    Channel, Choice, Column, CompetenceWord, ContactOutcome, ContactRow, ConversationRow, QuestionRow,
    QuestionWord, RatingRow, Record, Role, Sender, StaffRow,
};
pub use source::Source;
pub use times::{DateOrder, Moment};
