//! Reading and writing rows of any table.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SimpleExpr};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Value};
use uuid::Uuid;

use super::super::dialect::{MAX_PARAMETERS, catalogue};
use super::{Column, Kind, Table};
use crate::db::Tx;
use crate::errors::{Error, Result};

/// The values of a row in the order of its table's columns, each the widest of its kind.
pub type Row = Vec<Value>;

/// Up to `limit` rows behind the row `after`, in the order of the primary key.
///
/// # Errors
/// When the database refuses, or a value is not what its column declares.
pub async fn read(
    db: &impl ConnectionTrait,
    table: &Table,
    after: Option<&Row>,
    limit: u64,
) -> Result<Vec<Row>> {
    let mut query = Query::select();
    query.from(Alias::new(&table.name)).limit(limit);
    for column in &table.columns {
        query.column(Alias::new(&column.name));
    }
    let key = |place: &usize| Expr::col(Alias::new(&table.columns[*place].name));
    for place in &table.key {
        query.order_by(Alias::new(&table.columns[*place].name), Order::Asc);
    }
    if let Some(row) = after {
        let columns: Vec<SimpleExpr> = table.key.iter().map(key).collect();
        let values: Vec<SimpleExpr> = table.key.iter().map(|p| Expr::value(row[*p].clone())).collect();
        query.and_where(Expr::tuple(columns).gt(Expr::tuple(values)));
    }
    let backend = db.get_database_backend();
    db.query_all(&query).await?.iter().map(|found| row(found, table, backend)).collect()
}

fn row(found: &QueryResult, table: &Table, backend: DbBackend) -> Result<Row> {
    let value = |(place, column): (usize, &Column)| {
        value(found, place, column, backend).map_err(|e| {
            let detail = format!("{}.{} holds a value of another type", table.name, column.name);
            Error { cause: Some(Box::new(e)), ..Error::internal(detail) }
        })
    };
    table.columns.iter().enumerate().map(value).collect()
}

fn value(
    found: &QueryResult,
    place: usize,
    column: &Column,
    backend: DbBackend,
) -> Result<Value, sea_orm::DbErr> {
    Ok(match column.kind {
        Kind::Truth => Value::Bool(found.try_get_by_index(place)?),
        Kind::Integer if column.narrow && backend == DbBackend::Postgres => {
            Value::BigInt(found.try_get_by_index::<Option<i32>>(place)?.map(i64::from))
        }
        Kind::Integer => Value::BigInt(found.try_get_by_index(place)?),
        Kind::Real => Value::Double(found.try_get_by_index(place)?),
        Kind::Text => Value::String(found.try_get_by_index(place)?),
        Kind::Bytes => Value::Bytes(found.try_get_by_index(place)?),
        Kind::Uuid => Value::Uuid(found.try_get_by_index::<Option<Uuid>>(place)?),
    })
}

/// Adds rows.
///
/// # Errors
/// When the database refuses.
pub async fn write(tx: &Tx, table: &Table, rows: Vec<Row>) -> Result<()> {
    let rows_a_statement = (MAX_PARAMETERS / table.columns.len()).max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut insert = Query::insert();
        insert.into_table(Alias::new(&table.name));
        insert.columns(table.columns.iter().map(|c| Alias::new(&c.name)));
        for row in rows.by_ref().take(rows_a_statement) {
            let values = table.columns.iter().zip(row).map(|(column, value)| bound(column, value));
            insert.values_panic(values);
        }
        tx.execute(&insert).await?;
    }
    Ok(())
}

/// A value as the column of this database wants it bound.
fn bound(column: &Column, value: Value) -> SimpleExpr {
    Expr::value(match value {
        Value::BigInt(None) if column.narrow => Value::Int(None),
        // SQLite calls every width "integer": a number that is wide stays so.
        Value::BigInt(Some(number)) if column.narrow => match i32::try_from(number) {
            Ok(number) => Value::Int(Some(number)),
            Err(_) => Value::BigInt(Some(number)),
        },
        value => value,
    })
}

/// How many rows a table has.
///
/// # Errors
/// When the database refuses.
pub async fn count(db: &impl ConnectionTrait, table: &Table) -> Result<u64> {
    let mut query = Query::select();
    query.expr(Expr::col((Alias::new(&table.name), Alias::new(&table.columns[table.key[0]].name))).count());
    query.from(Alias::new(&table.name));
    let found = db.query_one(&query).await?;
    let counted: Option<i64> = found.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(counted.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

/// Deletes all rows of all these tables; references are demanded again only afterwards.
///
/// # Errors
/// When the database refuses.
pub async fn clear(tx: &Tx, tables: &[Table]) -> Result<()> {
    catalogue::defer_references(tx).await?;
    for table in tables {
        tx.execute(Query::delete().from_table(Alias::new(&table.name))).await?;
    }
    Ok(catalogue::demand_references(tx).await?)
}

/// Drops all tables of the database, that of the migrations included.
///
/// # Errors
/// When the database refuses.
pub async fn drop_all(tx: &Tx, tables: &[Table]) -> Result<()> {
    clear(tx, tables).await?;
    let names = tables.iter().map(|t| t.name.clone()).chain([super::MIGRATIONS.to_owned()]);
    Ok(catalogue::drop_tables(tx, &names.collect::<Vec<_>>()).await?)
}
