//! Short words for migrations.

use sea_orm_migration::prelude::*;

/// Makes an index over columns.
///
/// # Errors
/// When the database refuses.
pub async fn index(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(over(name, table, columns).to_owned()).await
}

/// Makes an index over columns that together are unique.
///
/// # Errors
/// When the database refuses.
pub async fn unique(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(over(name, table, columns).unique().to_owned()).await
}

/// Makes an index over the rows for which a condition holds. Queries use it that say the same condition.
///
/// # Errors
/// When the database refuses.
pub async fn index_where(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &str,
    columns: &[&'static str],
    condition: impl Into<SimpleExpr>,
) -> Result<(), DbErr> {
    let mut index = over(name, table, columns);
    index.and_where(condition.into());
    manager.create_index(index).await
}

/// Drops an index.
///
/// # Errors
/// When there is none.
pub async fn drop_index(manager: &SchemaManager<'_>, name: &str, table: &str) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(name).table(Alias::new(table)).to_owned()).await
}

/// For a table whose rows carry `died`: an index over those that did, which for living rows costs nothing.
///
/// # Errors
/// When the database refuses.
pub async fn index_of_dead(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    index_where(manager, &format!("{table}_dead"), table, &["tenant_id", "died"], dead()).await
}

/// That a row died: the condition of [`index_of_dead`].
pub fn dead() -> SimpleExpr {
    Expr::cust(format!("\"died\" < {}", i64::MAX))
}

fn over(name: &str, table: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new(table));
    for column in columns {
        index.col(*column);
    }
    index
}
