//! The only queries on jobs.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};
use serde_json::Value;

use super::entity::{ActiveModel, Column, Entity, Model};
use super::runner::MAX_ATTEMPTS;
use super::{Job, JobId};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::errors::{Error, Result};
use crate::http::paging::{Page, PageRequest};
use crate::time::Micros;

pub(super) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    tenant: Option<Uuid>,
    kind: &str,
    payload: &Value,
    run_at: Micros,
) -> Result<JobId> {
    let job = ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(tenant),
        kind: Set(kind.to_owned()),
        payload: Set(payload.to_string()),
        state: Set("queued".into()),
        attempts: Set(0),
        run_at: Set(run_at),
        leased_until: Set(Micros(0)),
        last_error: Set(None),
        created_at: Set(ctx.now()),
    };
    Ok(job.insert(tx).await?.id)
}

/// Whether a job of this kind and tenant was ordered and not begun. It is held until the transaction
/// ends: were it begun before, it would not see what the transaction is about to commit.
pub(super) async fn is_waiting(ctx: &Ctx, tx: &Tx, tenant: Uuid, kind: &str) -> Result<bool> {
    let waiting = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Kind.eq(kind))
        .filter(Column::State.eq("queued"))
        .filter(Column::LeasedUntil.lte(ctx.now()));
    Ok(waiting.lock_shared().one(tx).await?.is_some())
}

/// What looking for work gave.
pub(super) enum Claim {
    /// A job that is ours now.
    Taken(Model),
    /// A job that had spent its attempts; look again.
    Dead,
    /// Nothing is due.
    Nothing,
}

/// Takes the next due job for `seconds`. Other processes skip a row that is being taken.
pub(super) async fn claim(ctx: &Ctx, seconds: i64) -> Result<Claim> {
    let now = ctx.now();
    let due = Entity::find()
        .filter(Column::State.eq("queued"))
        .filter(Column::RunAt.lte(now))
        .filter(Column::LeasedUntil.lte(now))
        .order_by_asc(Column::RunAt)
        .limit(1);
    // Looking first without a transaction keeps an idle worker from taking SQLite's write lock.
    if due.clone().one(ctx.db().read()).await?.is_none() {
        return Ok(Claim::Nothing);
    }
    let tx = ctx.db().begin().await?;
    let Some(job) = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(&tx).await? else {
        return Ok(Claim::Nothing);
    };
    if job.attempts >= MAX_ATTEMPTS {
        // Only a process that died while doing it leaves a job with all its attempts spent.
        let dead = ActiveModel {
            id: Set(job.id),
            state: Set("dead".into()),
            last_error: Set(Some("the program died while doing it, each time".into())),
            ..Default::default()
        };
        Entity::update(dead).exec(&tx).await?;
        tx.commit().await?;
        return Ok(Claim::Dead);
    }
    let taken = ActiveModel {
        id: Set(job.id),
        leased_until: Set(now.plus_seconds(seconds)),
        attempts: Set(job.attempts + 1),
        ..Default::default()
    };
    let job = taken.update(&tx).await?;
    tx.commit().await?;
    Ok(Claim::Taken(job))
}

/// Keeps a running job for so many seconds more.
pub(super) async fn extend(ctx: &Ctx, id: JobId, seconds: i64) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row =
        ActiveModel { id: Set(id), leased_until: Set(ctx.now().plus_seconds(seconds)), ..Default::default() };
    Entity::update(row).exec(&tx).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn finish(ctx: &Ctx, id: JobId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row =
        ActiveModel { id: Set(id), state: Set("done".into()), last_error: Set(None), ..Default::default() };
    Entity::update(row).exec(&tx).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn fail(ctx: &Ctx, id: JobId, error: &str, again_at: Option<Micros>) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row = ActiveModel {
        id: Set(id),
        state: Set(if again_at.is_some() { "queued" } else { "dead" }.into()),
        run_at: Set(again_at.unwrap_or(ctx.now())),
        leased_until: Set(Micros(0)),
        last_error: Set(Some(error.chars().take(2000).collect())),
        ..Default::default()
    };
    Entity::update(row).exec(&tx).await?;
    Ok(tx.commit().await?)
}

/// Jobs of a tenant in a state (all states if none), newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    state: Option<&str>,
    page: &PageRequest,
) -> Result<Page<Job>> {
    let mut query = Entity::find().filter(Column::TenantId.eq(tenant));
    if let Some(state) = state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(id) = page.after::<Uuid>()? {
        query = query.filter(Column::Id.lt(JobId(id)));
    }
    let rows = query.order_by_desc(Column::Id).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.id.0).map(Job::from))
}

/// Number of dead letters, all tenants together.
///
/// # Errors
/// When the database refuses.
pub async fn dead(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(Entity::find().filter(Column::State.eq("dead")).count(db).await?)
}

/// Starts a tenant's dead letter again.
///
/// # Errors
/// `not_found` when the tenant has no such dead letter.
pub async fn retry(ctx: &Ctx, tx: &Tx, tenant: Uuid, id: JobId) -> Result<()> {
    let revived = Entity::update_many()
        .col_expr(Column::State, Expr::value("queued"))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::RunAt, Expr::value(ctx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::State.eq("dead"))
        .exec(tx)
        .await?;
    if revived.rows_affected == 0 { Err(Error::not_found("dead job")) } else { Ok(()) }
}

impl From<Model> for Job {
    fn from(row: Model) -> Self {
        Job {
            id: row.id,
            kind: row.kind,
            state: row.state,
            attempts: row.attempts,
            run_at: row.run_at,
            last_error: row.last_error,
            created_at: row.created_at,
        }
    }
}
