//! Short words for migrations.

use sea_orm_migration::prelude::*;

/// Makes an index over columns.
///
/// # Errors
/// When the database refuses.
pub async fn index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
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
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    manager.create_index(over(name, table, columns).unique().to_owned()).await
}

fn over(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
