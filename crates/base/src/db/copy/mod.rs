//! All tables of the database as neutral rows, out of one database and into another, whichever of
//! the two kinds they are.
//!
//! Nothing here knows a table by name: the database's own catalogue says which tables and columns
//! there are, so a table added by a migration is copied without a line here. A column's type in the
//! words of either database becomes one [`Kind`]; a value travels as the widest value of its kind and
//! is bound as the target's column wants it:
//!
//! | kind | SQLite | PostgreSQL |
//! |---|---|---|
//! | truth | `boolean` (0, 1) | `boolean` |
//! | integer | `integer` | `integer` or `bigint`: which one only PostgreSQL's own catalogue tells |
//! | real | `double` | `double precision` |
//! | text | `varchar`, `text` | `character varying`, `text` |
//! | bytes | `blob` | `bytea` |
//! | uuid | `uuid_text`, in truth 16 bytes | `uuid` |
//!
//! A type that is not in this list is an error, found by the test that compares the catalogues of
//! both databases, not by whoever restores a backup.
//!
//! Rows are read in the order of their primary key, a batch at a time, so that memory is bounded and
//! nothing depends on how a driver streams.

mod encoding;
mod rows;

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::dialect::catalogue;
use crate::errors::{Error, Result};

pub use encoding::{decode, encode};
pub use rows::{Row, clear, count, drop_all, read, write};

/// The table in which the migrations note what was done: remade by migrating, never copied.
pub const MIGRATIONS: &str = "seaql_migrations";

/// What a column holds, on either database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// True or false.
    Truth,
    /// A whole number of up to 64 bits.
    Integer,
    /// A floating-point number of 64 bits.
    Real,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A UUID.
    Uuid,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether this database's own column takes 32 bits only. No property of the neutral form.
    #[serde(skip)]
    narrow: bool,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// The places in `columns` of its primary key.
    pub key: Vec<usize>,
}

impl Table {
    /// Whether rows of the other fit in here: the same columns, whatever the widths of numbers.
    pub fn fits(&self, other: &Table) -> bool {
        let plain = |t: &Table| t.columns.iter().map(|c| (c.name.clone(), c.kind)).collect::<Vec<_>>();
        self.name == other.name && plain(self) == plain(other)
    }
}

/// All tables but [`MIGRATIONS`], by name.
///
/// # Errors
/// When the database refuses, a table has no primary key, or a column's type has no neutral form.
pub async fn tables(db: &impl ConnectionTrait) -> Result<Vec<Table>> {
    let mut tables: BTreeMap<String, Vec<catalogue::ColumnEntry>> = BTreeMap::new();
    for entry in catalogue::columns(db).await? {
        if entry.table_name != MIGRATIONS {
            tables.entry(entry.table_name.clone()).or_default().push(entry);
        }
    }
    tables.into_iter().map(|(name, entries)| table(name, &entries)).collect()
}

/// Whether the database has tables of this program.
///
/// # Errors
/// When the database refuses.
pub async fn was_migrated(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(catalogue::columns(db).await?.iter().any(|entry| entry.table_name == MIGRATIONS))
}

fn table(name: String, entries: &[catalogue::ColumnEntry]) -> Result<Table> {
    let columns = entries.iter().map(column).collect::<Result<Vec<_>>>()?;
    let mut key: Vec<usize> = (0..entries.len()).filter(|i| entries[*i].key_place > 0).collect();
    key.sort_by_key(|i| entries[*i].key_place);
    if key.is_empty() {
        return Err(Error::internal(format!("table {name} has no primary key, so it cannot be copied")));
    }
    Ok(Table { name, columns, key })
}

fn column(entry: &catalogue::ColumnEntry) -> Result<Column> {
    let kind = match entry.type_name.as_str() {
        "boolean" => Kind::Truth,
        "integer" | "bigint" => Kind::Integer,
        "double" | "double precision" => Kind::Real,
        "varchar" | "text" | "character varying" => Kind::Text,
        "blob" | "bytea" => Kind::Bytes,
        "uuid_text" | "uuid" => Kind::Uuid,
        other => {
            let place = format!("{}.{}", entry.table_name, entry.column_name);
            return Err(Error::internal(format!(
                "{place} is of type {other}, which has no neutral form yet"
            )));
        }
    };
    // SQLite says "integer" of every width and takes 64 bits in each; binding 32 of them is fine too.
    Ok(Column { name: entry.column_name.clone(), kind, narrow: entry.type_name == "integer" })
}
