//! The only queries on exams and their candidates.

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait};

use super::ExamId;
use super::entity::{Column, Entity, Model, candidate};
use super::rules::Grade;
use super::sight::Sight;

const CANDIDATE_COLUMNS: usize = 10;

pub(super) async fn insert(tx: &Tx, exam: Model) -> Result<()> {
    Entity::insert(exam.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn add_candidates(tx: &Tx, exam: &Model, staff: &[StaffId]) -> Result<()> {
    let row = |staff: &StaffId| candidate::ActiveModel {
        exam_id: Set(exam.id),
        staff_id: Set(*staff),
        tenant_id: Set(exam.tenant_id),
        begun: Set(0),
        score: Set(None),
        grade: Set(None),
        credits: Set(Default::default()),
        absent: Set(false),
        settled_at: Set(None),
        make_up: Set(None),
    };
    for part in staff.chunks(MAX_PARAMETERS / CANDIDATE_COLUMNS) {
        candidate::Entity::insert_many(part.iter().map(row)).exec_without_returning(tx).await?;
    }
    Ok(())
}

pub(super) async fn exam(db: &impl ConnectionTrait, tenant: TenantId, id: ExamId) -> Result<Model> {
    of(tenant).filter(Column::Id.eq(id)).one(db).await?.ok_or_else(|| Error::not_found("exam"))
}

/// As [`exam`], and not called off until the transaction ends; many may hold it so at once.
pub(super) async fn hold(tx: &Tx, tenant: TenantId, id: ExamId) -> Result<Model> {
    let query = of(tenant).filter(Column::Id.eq(id)).lock_shared();
    query.one(tx).await?.ok_or_else(|| Error::not_found("exam"))
}

/// As [`exam`], held until the transaction ends: nobody cancels it, begins it or adds a make-up to it
/// meanwhile. Candidates' rows are always locked before their exam's, and none once it is held.
pub(super) async fn lock(tx: &Tx, tenant: TenantId, id: ExamId) -> Result<Model> {
    let query = of(tenant).filter(Column::Id.eq(id)).lock_exclusive();
    query.one(tx).await?.ok_or_else(|| Error::not_found("exam"))
}

/// When the first exam of a series was set, of which this is one.
pub(super) async fn series_set_at(db: &impl ConnectionTrait, exam: &Model) -> Result<Micros> {
    if exam.series == exam.id {
        return Ok(exam.made_at);
    }
    Ok(self::exam(db, exam.tenant_id, exam.series).await?.made_at)
}

pub(super) async fn exams(db: &impl ConnectionTrait, tenant: TenantId, ids: &[ExamId]) -> Result<Vec<Model>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS) {
        found.extend(of(tenant).filter(Column::Id.is_in(part.iter().copied())).all(db).await?);
    }
    Ok(found)
}

/// The exams that somebody sees, the newest first.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    page: &PageRequest,
) -> Result<Page<Model>> {
    let mut query = of(sight.tenant);
    if !sight.whole {
        let theirs = candidate::Entity::find()
            .select_only()
            .column(candidate::Column::ExamId)
            .filter(candidate::Column::TenantId.eq(sight.tenant))
            .filter(candidate::Column::StaffId.is_in(sight.people.iter().copied()));
        let mut seen = Condition::any().add(Column::Id.in_subquery(theirs.into_query()));
        if let Some(maker) = sight.maker {
            seen = seen.add(Column::MadeBy.eq(maker));
        }
        query = query.filter(seen);
    }
    if let Some(id) = page.after::<Uuid>()? {
        query = query.filter(Column::Id.lt(ExamId(id)));
    }
    let rows = query.order_by_desc(Column::Id).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.id.0))
}

/// The make-ups of an exam, in their order.
pub(super) async fn make_ups(db: &impl ConnectionTrait, exam: &Model) -> Result<Vec<Model>> {
    let query = of(exam.tenant_id).filter(Column::MakeUpOf.eq(exam.id));
    Ok(query.order_by_asc(Column::Id).all(db).await?)
}

/// The make-up of an exam that somebody can still join: its window has not opened.
pub(super) async fn joinable(tx: &Tx, exam: &Model, now: Micros) -> Result<Option<Model>> {
    let query = of(exam.tenant_id)
        .filter(Column::MakeUpOf.eq(exam.id))
        .filter(Column::OpensAt.gt(now))
        .filter(Column::CancelledAt.is_null());
    Ok(query.order_by_asc(Column::OpensAt).one(tx).await?)
}

pub(super) async fn set_cancelled(tx: &Tx, exam: &Model, version: i32, at: Micros) -> Result<()> {
    let changed = Entity::update_many()
        .col_expr(Column::CancelledAt, Expr::value(at))
        .col_expr(Column::Version, Expr::value(version.saturating_add(1)))
        .filter(Column::Id.eq(exam.id))
        .filter(Column::Version.eq(version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 { Err(Error::stale()) } else { Ok(()) }
}

/// Exams that a member made or, if none is named, all, in which marks may wait.
pub(super) async fn made_by(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    maker: Option<StaffId>,
) -> Result<Vec<ExamId>> {
    let mut query = of(tenant).select_only().column(Column::Id);
    if let Some(maker) = maker {
        query = query.filter(Column::MadeBy.eq(maker));
    }
    Ok(query.into_tuple().all(db).await?)
}

fn of(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}

/// The candidates of an exam.
pub(super) async fn candidates(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exams: &[ExamId],
) -> Result<Vec<candidate::Model>> {
    let query = those(tenant).filter(candidate::Column::ExamId.is_in(exams.iter().copied()));
    Ok(query.order_by_asc(candidate::Column::StaffId).all(db).await?)
}

/// One candidate.
///
/// # Errors
/// `not_found` for who is none: to him there is no such exam.
pub(super) async fn candidate(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exam: ExamId,
    staff: StaffId,
) -> Result<candidate::Model> {
    one(tenant, exam, staff).one(db).await?.ok_or_else(|| Error::not_found("exam"))
}

/// One candidate, if he is one.
pub(super) async fn is_candidate(
    db: &impl ConnectionTrait,
    exam: &Model,
    staff: StaffId,
) -> Result<Option<candidate::Model>> {
    Ok(one(exam.tenant_id, exam.id, staff).one(db).await?)
}

/// As [`candidate`], held until the transaction ends.
pub(super) async fn lock_candidate(
    tx: &Tx,
    tenant: TenantId,
    exam: ExamId,
    staff: StaffId,
) -> Result<candidate::Model> {
    one(tenant, exam, staff).lock_exclusive().one(tx).await?.ok_or_else(|| Error::not_found("exam"))
}

/// As [`lock_candidate`], several at once, which are few, in the order of their ids: two who want some of the
/// same wait for each other, and never in a ring.
pub(super) async fn lock_candidates(
    tx: &Tx,
    exam: &Model,
    staff: &[StaffId],
) -> Result<Vec<candidate::Model>> {
    let query = those(exam.tenant_id)
        .filter(candidate::Column::ExamId.eq(exam.id))
        .filter(candidate::Column::StaffId.is_in(staff.iter().copied()));
    Ok(query.order_by_asc(candidate::Column::StaffId).lock_exclusive().all(tx).await?)
}

fn one(tenant: TenantId, exam: ExamId, staff: StaffId) -> Select<candidate::Entity> {
    those(tenant).filter(candidate::Column::ExamId.eq(exam)).filter(candidate::Column::StaffId.eq(staff))
}

/// What members are to sit or have sat, the newest exam first.
pub(super) async fn candidacies(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: &[StaffId],
) -> Result<Vec<candidate::Model>> {
    let mut found = Vec::new();
    for part in staff.chunks(MAX_PARAMETERS) {
        let query = those(tenant).filter(candidate::Column::StaffId.is_in(part.iter().copied()));
        found.extend(query.order_by_desc(candidate::Column::ExamId).all(db).await?);
    }
    Ok(found)
}

/// A member's exams that ask the same as this one, itself among them: those of its series, and those with its
/// paper. What was called off asks nothing.
pub(super) async fn asking_same(
    db: &impl ConnectionTrait,
    exam: &Model,
    staff: StaffId,
) -> Result<Vec<(Model, candidate::Model)>> {
    let same = of(exam.tenant_id)
        .filter(Condition::any().add(Column::Series.eq(exam.series)).add(Column::PaperId.eq(exam.paper_id)))
        .filter(Column::CancelledAt.is_null())
        .select_only()
        .column(Column::Id);
    let query = those(exam.tenant_id)
        .filter(candidate::Column::StaffId.eq(staff))
        .filter(candidate::Column::ExamId.in_subquery(same.into_query()));
    let rows = query.all(db).await?;
    let ids: Vec<ExamId> = rows.iter().map(|row| row.exam_id).collect();
    let exams = exams(db, exam.tenant_id, &ids).await?;
    let of_row = |row: candidate::Model| Some((exams.iter().find(|e| e.id == row.exam_id)?.clone(), row));
    Ok(rows.into_iter().filter_map(of_row).collect())
}

/// A page of what one member is to sit or has sat, the newest exam first.
pub(super) async fn own_page(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    page: &PageRequest,
) -> Result<Page<candidate::Model>> {
    let mut query = those(tenant).filter(candidate::Column::StaffId.eq(staff));
    if let Some(id) = page.after::<Uuid>()? {
        query = query.filter(candidate::Column::ExamId.lt(ExamId(id)));
    }
    let query = query.order_by_desc(candidate::Column::ExamId).limit(page.limit() + 1);
    Ok(page.page(query.all(db).await?, |row| row.exam_id.0))
}

/// Who of an exam has no final result yet.
pub(super) async fn unsettled(db: &impl ConnectionTrait, exam: &Model) -> Result<Vec<StaffId>> {
    let query = those(exam.tenant_id)
        .filter(candidate::Column::ExamId.eq(exam.id))
        .filter(candidate::Column::SettledAt.is_null());
    let query = query.select_only().column(candidate::Column::StaffId);
    Ok(query.order_by_asc(candidate::Column::StaffId).into_tuple().all(db).await?)
}

/// Whether somebody has passed an exam of a series, and with it earned its credits.
pub(super) async fn has_earned(tx: &Tx, exam: &Model, staff: StaffId) -> Result<bool> {
    let series = of(exam.tenant_id).select_only().column(Column::Id).filter(Column::Series.eq(exam.series));
    let query = those(exam.tenant_id)
        .filter(candidate::Column::StaffId.eq(staff))
        .filter(candidate::Column::ExamId.in_subquery(series.into_query()))
        .filter(candidate::Column::Grade.is_in([Grade::Excellent, Grade::Good, Grade::Pass]));
    Ok(query.count(tx).await? > 0)
}

/// Writes what changes of a candidate.
pub(super) async fn put_candidate(tx: &Tx, row: &candidate::Model) -> Result<()> {
    candidate::Entity::update_many()
        .col_expr(candidate::Column::Begun, Expr::value(row.begun))
        .col_expr(candidate::Column::Score, Expr::value(row.score))
        .col_expr(candidate::Column::Grade, Expr::value(row.grade))
        .col_expr(candidate::Column::Credits, Expr::value(row.credits))
        .col_expr(candidate::Column::Absent, Expr::value(row.absent))
        .col_expr(candidate::Column::SettledAt, Expr::value(row.settled_at))
        .col_expr(candidate::Column::MakeUp, Expr::value(row.make_up))
        .filter(candidate::Column::ExamId.eq(row.exam_id))
        .filter(candidate::Column::StaffId.eq(row.staff_id))
        .exec(tx)
        .await?;
    Ok(())
}

fn those(tenant: TenantId) -> Select<candidate::Entity> {
    candidate::Entity::find().filter(candidate::Column::TenantId.eq(tenant))
}
