//! What the database says of its own tables, and the few commands that a copy of all of them needs.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement};

/// One column of one table, as the database describes it.
#[derive(Debug, FromQueryResult)]
pub struct ColumnEntry {
    /// The table.
    pub table_name: String,
    /// The column.
    pub column_name: String,
    /// Its type in the database's own words, lower case, without a length.
    pub type_name: String,
    /// Its place in the primary key, from 1; 0: not in it.
    pub key_place: i32,
}

/// A foreign key over one column.
#[derive(Debug, FromQueryResult)]
pub struct ReferenceEntry {
    /// The table that refers.
    pub table_name: String,
    /// Its column.
    pub column_name: String,
    /// The table referred to.
    pub to_table: String,
    /// Its column.
    pub to_column: String,
    /// The constraint's name; empty where it has none (SQLite).
    pub constraint_name: String,
}

const SQLITE_COLUMNS: &str = "SELECT t.name AS table_name, c.name AS column_name, \
    lower(CASE WHEN instr(c.type, '(') > 0 THEN substr(c.type, 1, instr(c.type, '(') - 1) ELSE c.type END) \
    AS type_name, c.pk AS key_place \
    FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c \
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite@_%' ESCAPE '@' \
    ORDER BY t.name, c.cid";

// Tables that belong to an extension are not ours.
const POSTGRES_COLUMNS: &str = "SELECT t.relname::text AS table_name, c.attname::text AS column_name, \
    format_type(c.atttypid, NULL) AS type_name, \
    coalesce(array_position(k.conkey, c.attnum), 0)::int4 AS key_place \
    FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped \
    LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p' \
    WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace \
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass \
                    AND d.objid = t.oid AND d.deptype = 'e') \
    ORDER BY t.relname COLLATE \"C\", c.attnum";

const SQLITE_REFERENCES: &str = "SELECT t.name AS table_name, f.\"from\" AS column_name, \
    f.\"table\" AS to_table, coalesce(f.\"to\", 'id') AS to_column, '' AS constraint_name \
    FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name) AS f \
    WHERE t.schema = 'main' AND t.type = 'table' ORDER BY 1, 2";

const POSTGRES_REFERENCES: &str = "SELECT t.relname::text AS table_name, c.attname::text AS column_name, \
    r.relname::text AS to_table, rc.attname::text AS to_column, k.conname::text AS constraint_name \
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid \
    JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.conkey[1] \
    JOIN pg_attribute rc ON rc.attrelid = r.oid AND rc.attnum = k.confkey[1] \
    WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace ORDER BY 1, 2";

fn statement(db: &impl ConnectionTrait, sqlite: &str, postgres: &str) -> Statement {
    let backend = db.get_database_backend();
    Statement::from_string(backend, if backend == DbBackend::Postgres { postgres } else { sqlite })
}

/// All columns of all tables, table by table, in their order.
///
/// # Errors
/// When the database refuses.
pub async fn columns(db: &impl ConnectionTrait) -> Result<Vec<ColumnEntry>, DbErr> {
    ColumnEntry::find_by_statement(statement(db, SQLITE_COLUMNS, POSTGRES_COLUMNS)).all(db).await
}

/// All foreign keys.
///
/// # Errors
/// When the database refuses.
pub async fn references(db: &impl ConnectionTrait) -> Result<Vec<ReferenceEntry>, DbErr> {
    ReferenceEntry::find_by_statement(statement(db, SQLITE_REFERENCES, POSTGRES_REFERENCES)).all(db).await
}

/// Lets rows come before those they refer to, until [`demand_references`] or the transaction's end.
/// PostgreSQL does so only for constraints that are declared deferrable; an owner may declare that.
///
/// # Errors
/// When the database refuses.
pub async fn defer_references(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() != DbBackend::Postgres {
        tx.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
        return Ok(());
    }
    declare(tx, "DEFERRABLE").await?;
    tx.execute_unprepared("SET CONSTRAINTS ALL DEFERRED").await?;
    Ok(())
}

/// Demands that every reference holds, from now on at once. SQLite asks for it at the commit.
///
/// # Errors
/// When a reference leads nowhere.
pub async fn demand_references(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    tx.execute_unprepared("SET CONSTRAINTS ALL IMMEDIATE").await?;
    declare(tx, "NOT DEFERRABLE").await
}

async fn declare(tx: &impl ConnectionTrait, how: &str) -> Result<(), DbErr> {
    for reference in references(tx).await? {
        let (table, name) = (reference.table_name, reference.constraint_name);
        let sql = format!("ALTER TABLE \"{table}\" ALTER CONSTRAINT \"{name}\" {how}");
        tx.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Drops tables that have no rows.
///
/// # Errors
/// When the database refuses.
pub async fn drop_tables(tx: &impl ConnectionTrait, tables: &[String]) -> Result<(), DbErr> {
    let cascade = if tx.get_database_backend() == DbBackend::Postgres { " CASCADE" } else { "" };
    for table in tables {
        tx.execute_unprepared(&format!("DROP TABLE \"{table}\"{cascade}")).await?;
    }
    Ok(())
}
