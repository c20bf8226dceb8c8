//! Whether rows refer to rows that are there.
//!
//! Foreign keys hold by themselves, unless somebody wrote with a tool that does not ask for them
//! (`sqlite3` does not). Other references have no foreign key, because what refers is written in bulk
//! and has editions. They follow the house's naming: a UUID column `shop_id` holds the key of a row
//! of `shop`. Both are looked at here, for every table there is.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use uuid::Uuid;

use super::copy::{self, Kind, Table};
use super::dialect::catalogue;
use crate::errors::Result;

/// A column whose values are keys of another table's rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The table that refers.
    pub table: String,
    /// Its column.
    pub column: String,
    /// The table referred to.
    pub to_table: String,
    /// Its column.
    pub to_column: String,
}

/// Rows that refer to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The column.
    pub reference: Reference,
    /// How many such rows there are.
    pub rows: u64,
    /// What one of them refers to.
    pub example: String,
}

/// Columns that are named like a reference and keep values whose rows may be gone.
pub type Exempt<'a> = &'a [(&'a str, &'a str)];

/// All references of all tables: foreign keys, and columns named like a table with `_id` behind.
///
/// # Errors
/// When the database refuses.
pub async fn all(db: &impl ConnectionTrait, exempt: Exempt<'_>) -> Result<BTreeSet<Reference>> {
    let tables = copy::tables(db).await?;
    let keys: BTreeMap<&str, &Table> = tables.iter().map(|t| (t.name.as_str(), t)).collect();
    let mut found: BTreeSet<Reference> = BTreeSet::new();
    for table in &tables {
        for column in table.columns.iter().filter(|c| c.kind == Kind::Uuid) {
            let to = column.name.strip_suffix("_id").and_then(|name| keys.get(name));
            let single = to.filter(|t| t.key.len() == 1 && t.columns[t.key[0]].kind == Kind::Uuid);
            if let Some(to) = single {
                found.insert(Reference {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    to_table: to.name.clone(),
                    to_column: to.columns[to.key[0]].name.clone(),
                });
            }
        }
    }
    for entry in catalogue::references(db).await? {
        found.insert(Reference {
            table: entry.table_name,
            column: entry.column_name,
            to_table: entry.to_table,
            to_column: entry.to_column,
        });
    }
    found.retain(|r| !exempt.contains(&(r.table.as_str(), r.column.as_str())));
    Ok(found)
}

/// The rows of a reference that lead nowhere; none: it holds. The nil UUID stands for none or all.
///
/// # Errors
/// When the database refuses.
pub async fn broken(db: &impl ConnectionTrait, reference: &Reference) -> Result<Option<Broken>> {
    let found = db.query_one(lost(reference).expr(Expr::val(1).count())).await?;
    let rows: i64 = found.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
    if rows == 0 {
        return Ok(None);
    }
    let column = (Alias::new("referring"), Alias::new(&reference.column));
    let found = db.query_one(lost(reference).column(column).limit(1)).await?;
    let example: Option<Uuid> = found.map(|row| row.try_get_by_index(0)).transpose()?;
    let example = example.unwrap_or_default().to_string();
    Ok(Some(Broken { reference: reference.clone(), rows: u64::try_from(rows).unwrap_or(0), example }))
}

fn lost(reference: &Reference) -> SelectStatement {
    let (from, to) = (Alias::new("referring"), Alias::new("referred"));
    let value = || Expr::col((from.clone(), Alias::new(&reference.column)));
    let key = Expr::col((to.clone(), Alias::new(&reference.to_column)));
    let row = Query::select()
        .expr(Expr::val(1))
        .from_as(Alias::new(&reference.to_table), to)
        .and_where(key.eq(value()))
        .to_owned();
    Query::select()
        .from_as(Alias::new(&reference.table), from.clone())
        .and_where(value().is_not_null())
        .and_where(value().ne(Uuid::nil()))
        .and_where(Expr::exists(row).not())
        .to_owned()
}
