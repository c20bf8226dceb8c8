//! Many rows of one table at once: the one way for bulk work.
//!
//! A statement that names every cell anew would be written, parsed and planned for every batch. Here a
//! table has a few statements of fixed shape, so that a connection prepares each once and keeps it.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};
use uuid::Uuid;

use super::Tx;
use super::dialect::MAX_PARAMETERS;
use crate::errors::Result;

/// Numbers of rows that statements exist for. What is left of a batch goes in smaller ones.
const SHAPES: [usize; 4] = [256, 32, 4, 1];

/// Values of a list that is looked up: a statement of that many parameters is prepared once, too.
const LOOKED_UP: usize = 256;

/// The values in parts of one length, the last one filled up with its last value: for `IN (…)`, where a
/// value that stands twice changes nothing.
pub fn parts<T: Copy>(values: &[T]) -> impl Iterator<Item = Vec<T>> + '_ {
    values.chunks(LOOKED_UP).map(|part| {
        let mut part = part.to_vec();
        part.resize(LOOKED_UP, part[part.len() - 1]);
        part
    })
}

/// The ids that a query gives in its first column.
///
/// # Errors
/// When the database refuses.
pub async fn ids<C: FromIterator<Uuid>>(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<C> {
    let rows = db.query_all(query).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, DbErr>>()?)
}

/// Rows on their way into a table.
#[derive(Debug, Clone)]
pub struct Rows {
    table: &'static str,
    columns: &'static [&'static str],
    cells: Vec<Value>,
}

impl Rows {
    /// No rows yet, for these columns of a table.
    pub fn new(table: &'static str, columns: &'static [&'static str]) -> Self {
        Rows { table, columns, cells: Vec::new() }
    }

    /// Adds a row: a value for every column, in their order.
    pub fn push<const N: usize>(&mut self, row: [Value; N]) {
        assert_eq!(N, self.columns.len(), "a row of {} has a value for each column", self.table);
        self.cells.extend(row);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.cells.len() / self.columns.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Writes the rows.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(self, tx: &Tx) -> Result<()> {
        let backend = tx.get_database_backend();
        let mut left = self.len();
        let mut cells = self.cells.into_iter();
        for rows in SHAPES.into_iter().filter(|rows| rows * self.columns.len() <= MAX_PARAMETERS) {
            if left < rows {
                continue;
            }
            let sql = sql(backend, self.table, self.columns, rows);
            while left >= rows {
                let values = cells.by_ref().take(rows * self.columns.len());
                tx.execute_raw(Statement::from_sql_and_values(backend, &sql, values)).await?;
                left -= rows;
            }
        }
        Ok(())
    }
}

fn sql(backend: DbBackend, table: &str, columns: &[&str], rows: usize) -> String {
    let names: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    let mut sql = format!("INSERT INTO \"{table}\" ({}) VALUES ", names.join(", "));
    for cell in 0..rows * columns.len() {
        let start = cell.is_multiple_of(columns.len());
        sql.push_str(if cell > 0 && start {
            "), ("
        } else if start {
            "("
        } else {
            ", "
        });
        sql.push_str(&super::dialect::parameter(backend, cell + 1));
    }
    sql.push(')');
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_of_one_length_and_hold_all() {
        let values: Vec<u32> = (0..LOOKED_UP as u32 + 3).collect();
        let parts: Vec<Vec<u32>> = parts(&values).collect();
        assert!(parts.iter().all(|part| part.len() == LOOKED_UP));
        assert_eq!(parts.concat()[..values.len()], values);
        assert_eq!(parts.concat().last(), values.last());
    }

    #[test]
    fn every_cell_has_its_parameter() {
        let of = |backend| sql(backend, "t", &["a", "b"], 2);
        assert_eq!(of(DbBackend::Sqlite), r#"INSERT INTO "t" ("a", "b") VALUES (?, ?), (?, ?)"#);
        assert_eq!(of(DbBackend::Postgres), r#"INSERT INTO "t" ("a", "b") VALUES ($1, $2), ($3, $4)"#);
    }
}
