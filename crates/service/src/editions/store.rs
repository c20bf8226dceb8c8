//! The only queries on editions. Cleaning up is the one place that touches tables of other rooms:
//! it knows nothing of them but `row_id`, `tenant_id`, `born` and `died`.

use kexun_base::db::schema::dead;
use kexun_base::db::{Tx, bulk, dialect};
use kexun_base::{Ctx, Result};
use kexun_people::tenants::TenantId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, OnConflict, Query, SelectStatement, SimpleExpr, UpdateStatement};

use super::entity::{ActiveModel, Column, Entity};
use super::{ALIVE, Edited, Staging, TABLES};

const BATCH: u64 = 2_000;

/// Which edition readers see, and which one was begun last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    pub published: i64,
    pub staged: i64,
}

pub(super) async fn state(db: &impl ConnectionTrait, tenant: TenantId) -> Result<State> {
    let row = Entity::find_by_id(tenant).one(db).await?;
    Ok(row.map_or(State::default(), |r| State { published: r.edition, staged: r.staged }))
}

/// The tenant's published edition; 0 while nothing was published.
///
/// # Errors
/// When the database refuses.
pub async fn published(db: &impl ConnectionTrait, tenant: TenantId) -> Result<i64> {
    Ok(state(db, tenant).await?.published)
}

pub(super) async fn set_state(tx: &Tx, tenant: TenantId, published: i64, staged: i64) -> Result<()> {
    let row = ActiveModel { tenant_id: Set(tenant), edition: Set(published), staged: Set(staged) };
    let replace =
        OnConflict::column(Column::TenantId).update_columns([Column::Edition, Column::Staged]).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Forgets rows born after the published edition and revives those that died after it.
pub(super) async fn remove_unpublished(ctx: &Ctx, staging: &Staging) -> Result<()> {
    for Edited { table, .. } in &TABLES {
        let born = Expr::col(Alias::new("born")).gte(staging.edition);
        while delete_batch(ctx, Some(staging), table, staging.tenant, born.clone()).await? == BATCH {}
        let tx = staging.batch(ctx).await?;
        let revive = UpdateStatement::new()
            .table(Alias::new(*table))
            .value(Alias::new("died"), ALIVE)
            .and_where(Expr::col(Alias::new("tenant_id")).eq(staging.tenant))
            .and_where(Expr::col(Alias::new("died")).gte(staging.edition))
            .and_where(dead())
            .to_owned();
        tx.execute(&revive).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Deletes rows that died before the edition published before the present one: a reader that began
/// an edition ago still finds its rows.
pub(super) async fn purge(ctx: &Ctx, tenant: TenantId) -> Result<u64> {
    let edition = published(ctx.db().read(), tenant).await?;
    let mut removed = 0;
    for Edited { table, .. } in &TABLES {
        let died = Expr::col(Alias::new("died")).lt(edition).and(dead());
        loop {
            let count = delete_batch(ctx, None, table, tenant, died.clone()).await?;
            removed += count;
            if count < BATCH {
                break;
            }
        }
    }
    Ok(removed)
}

async fn delete_batch(
    ctx: &Ctx,
    staging: Option<&Staging>,
    table: &'static str,
    tenant: TenantId,
    condition: SimpleExpr,
) -> Result<u64> {
    let mut some: SelectStatement = Query::select();
    some.column(Alias::new("row_id"))
        .from(Alias::new(table))
        .and_where(Expr::col(Alias::new("tenant_id")).eq(tenant))
        .and_where(condition)
        .limit(BATCH);
    let tx = match staging {
        Some(staging) => staging.batch(ctx).await?,
        None => ctx.db().begin().await?,
    };
    let rows: Vec<Uuid> = bulk::ids(&tx, &some).await?;
    delete_rows(&tx, table, &rows).await?;
    tx.commit().await?;
    Ok(rows.len() as u64)
}

/// Deletes rows of a table whose rows have editions, and what finds them.
///
/// # Errors
/// When the database refuses.
pub async fn delete_rows(tx: &Tx, table: &str, rows: &[Uuid]) -> Result<()> {
    let finders = TABLES.iter().find(|edited| edited.table == table).map_or(&[][..], |edited| edited.finders);
    let row_id = || Expr::col(Alias::new("row_id"));
    for part in rows.chunks(dialect::MAX_PARAMETERS) {
        for (finder, key) in finders {
            let columns = || ["tenant_id", key, "row_id"].map(Alias::new);
            let mut found: SelectStatement = Query::select();
            found.columns(columns()).from(Alias::new(table)).and_where(row_id().is_in(part.iter().copied()));
            let delete = Query::delete()
                .from_table(Alias::new(*finder))
                .and_where(Expr::tuple(columns().map(Expr::col)).in_subquery(found))
                .to_owned();
            tx.execute(&delete).await?;
        }
        let delete = Query::delete()
            .from_table(Alias::new(table))
            .and_where(row_id().is_in(part.iter().copied()))
            .to_owned();
        tx.execute(&delete).await?;
    }
    Ok(())
}
