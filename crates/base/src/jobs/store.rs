//! The only queries on jobs.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, LockBehavior, LockType, Query};
use sea_orm::{ActiveValue::Set, Condition, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, Model};
use super::{Job, JobId, Order};
use crate::ctx::Ctx;
use crate::db::Tx;
use crate::errors::{Error, Result};
use crate::http::paging::{Page, PageRequest};
use crate::time::Micros;

/// So long a job that was taken is its taker's, unless he says that he still works on it.
pub(super) const LEASE_SECONDS: i64 = 30;
/// Tries that may fail by the job's own fault, or with the process, before it is given up.
pub(super) const MAX_FAULTS: i32 = 8;
/// So long a job that was done is kept, to be looked at.
const KEPT_SECONDS: i64 = 30 * 86_400;
/// A clock may be wrong by so much before what it wrote is taken for the work of a clock set back since.
const SKEW_SECONDS: i64 = 300;

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, order: Order<'_>) -> Result<JobId> {
    let job = ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(order.tenant),
        kind: Set(order.kind.to_owned()),
        payload: Set(order.payload.to_string()),
        state: Set("queued".into()),
        attempts: Set(0),
        run_at: Set(order.run_at),
        leased_until: Set(Micros(0)),
        last_error: Set(None),
        created_at: Set(order.created_at),
        lane: Set(order.lane.map(str::to_owned)),
        faults: Set(0),
    };
    Ok(job.insert(tx).await?.id)
}

/// Whether a job of this kind and tenant was ordered and not begun. It is held until the transaction
/// ends: were it begun before, it would not see what the transaction is about to commit.
pub(super) async fn is_waiting(tx: &Tx, tenant: Uuid, kind: &str) -> Result<bool> {
    let waiting = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::Kind.eq(kind))
        .filter(Column::State.eq("queued"))
        // One whose lease has run out may still be at work, and past what the transaction is about to commit.
        .filter(Column::LeasedUntil.eq(Micros(0)));
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

/// Nobody is at it. A lease that ends later than any may was given by a clock that has been set back.
fn is_free(now: Micros) -> Condition {
    let longest = now.plus_seconds(LEASE_SECONDS + SKEW_SECONDS);
    Condition::any().add(Column::LeasedUntil.lte(now)).add(Column::LeasedUntil.gt(longest))
}

/// Its time has come, and so has its turn in its lane. What was ordered for at once by a clock that has
/// been set back since is due, too.
fn is_due(now: Micros) -> Condition {
    let at_once = Condition::all()
        .add(Column::CreatedAt.gt(now.plus_seconds(SKEW_SECONDS)))
        .add(Expr::col((Entity, Column::RunAt)).lte(Expr::col((Entity, Column::CreatedAt))));
    let earlier = Alias::new("earlier");
    let of_earlier = |column: Column| Expr::col((earlier.clone(), column));
    let own_id = || Expr::col((Entity, Column::Id));
    // One that was ordered later but seen sooner may have been begun: it is let finish.
    let comes_first = of_earlier(Column::Id)
        .lt(own_id())
        .or(of_earlier(Column::LeasedUntil).gt(now).and(of_earlier(Column::Id).ne(own_id())));
    let waits = Query::select()
        .expr(Expr::value(1))
        .from_as(Entity, earlier.clone())
        .and_where(of_earlier(Column::Lane).eq(Expr::col((Entity, Column::Lane))))
        .and_where(of_earlier(Column::State).eq("queued"))
        .and_where(comes_first)
        .take();
    Condition::all()
        .add(Column::State.eq("queued"))
        .add(Condition::any().add(Column::RunAt.lte(now)).add(at_once))
        .add(is_free(now))
        .add(Condition::any().add(Column::Lane.is_null()).add(Expr::exists(waits).not()))
}

/// Takes the next due job. Other processes skip a row that is being taken.
pub(super) async fn claim(ctx: &Ctx) -> Result<Claim> {
    let now = ctx.now();
    let due =
        Entity::find().filter(is_due(now)).order_by_asc(Column::RunAt).order_by_asc(Column::Id).limit(1);
    // Looking first without a transaction keeps an idle worker from taking SQLite's write lock.
    if due.clone().one(ctx.db().read()).await?.is_none() {
        return Ok(Claim::Nothing);
    }
    let tx = ctx.db().begin().await?;
    let Some(job) = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(&tx).await? else {
        return Ok(Claim::Nothing);
    };
    // Who ends in order gives the lease back: whoever left it was killed, or lost the database.
    let faults = job.faults + i32::from(job.leased_until.0 > 0);
    if faults >= MAX_FAULTS {
        let dead = ActiveModel {
            id: Set(job.id),
            state: Set("dead".into()),
            leased_until: Set(Micros(0)),
            faults: Set(faults),
            last_error: Set(Some("the program died while doing it, again and again".into())),
            ..Default::default()
        };
        Entity::update(dead).exec(&tx).await?;
        tx.commit().await?;
        return Ok(Claim::Dead);
    }
    let taken = ActiveModel {
        id: Set(job.id),
        leased_until: Set(now.plus_seconds(LEASE_SECONDS)),
        attempts: Set(job.attempts + 1),
        faults: Set(faults),
        ..Default::default()
    };
    let job = taken.update(&tx).await?;
    tx.commit().await?;
    Ok(Claim::Taken(job))
}

/// Changes a job that this try still holds: a later try has another number. False: another process took
/// it over.
async fn change(ctx: &Ctx, job: &Model, row: ActiveModel) -> Result<bool> {
    let tx = ctx.db().begin().await?;
    let held = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(job.id))
        .filter(Column::State.eq("queued"))
        .filter(Column::Attempts.eq(job.attempts));
    let changed = held.exec(&tx).await?.rows_affected == 1;
    tx.commit().await?;
    Ok(changed)
}

/// Keeps a running job for the time of a lease again; false when it was lost.
pub(super) async fn extend(ctx: &Ctx, job: &Model) -> Result<bool> {
    let until = ctx.now().plus_seconds(LEASE_SECONDS);
    change(ctx, job, ActiveModel { leased_until: Set(until), ..Default::default() }).await
}

/// Marks a job as done.
pub(super) async fn finish(ctx: &Ctx, job: &Model) -> Result<bool> {
    let row = ActiveModel {
        state: Set("done".into()),
        leased_until: Set(Micros(0)),
        last_error: Set(None),
        ..Default::default()
    };
    change(ctx, job, row).await
}

/// Marks a try as failed, with the faults that there are now; without an `again_at` the job is given up.
pub(super) async fn fail(
    ctx: &Ctx,
    job: &Model,
    error: &str,
    faults: i32,
    again_at: Option<Micros>,
) -> Result<bool> {
    let row = ActiveModel {
        state: Set(if again_at.is_some() { "queued" } else { "dead" }.into()),
        run_at: Set(again_at.unwrap_or(ctx.now())),
        leased_until: Set(Micros(0)),
        faults: Set(faults),
        last_error: Set(Some(error.chars().take(2000).collect())),
        ..Default::default()
    };
    change(ctx, job, row).await
}

/// Lets all jobs of a kind that nobody is at wait until an instant, where they would come earlier: what
/// they need is out of reach, and to find that out once is enough.
///
/// # Errors
/// When the database refuses.
pub async fn hold_back(ctx: &Ctx, kind: &str, until: Micros) -> Result<()> {
    let tx = ctx.db().begin().await?;
    Entity::update_many()
        .col_expr(Column::RunAt, Expr::value(until))
        .filter(Column::Kind.eq(kind))
        .filter(Column::State.eq("queued"))
        .filter(Column::RunAt.lt(until))
        .filter(is_free(ctx.now()))
        .exec(&tx)
        .await?;
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

/// Forgets jobs that were done and whose time came more than 30 days ago: of what was done the events tell.
///
/// # Errors
/// When the database refuses.
pub async fn forget_done(ctx: &Ctx) -> Result<u64> {
    let old = Entity::delete_many()
        .filter(Column::State.eq("done"))
        .filter(Column::RunAt.lt(ctx.now().plus_seconds(-KEPT_SECONDS)));
    let tx = ctx.db().begin().await?;
    let gone = old.exec(&tx).await?.rows_affected;
    tx.commit().await?;
    Ok(gone)
}

/// Starts a tenant's dead letter again.
///
/// # Errors
/// `not_found` when the tenant has no such dead letter.
pub async fn retry(ctx: &Ctx, tx: &Tx, tenant: Uuid, id: JobId) -> Result<()> {
    let revived = Entity::update_many()
        .col_expr(Column::State, Expr::value("queued"))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::Faults, Expr::value(0))
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
