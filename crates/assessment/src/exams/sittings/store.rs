//! The only queries on attempts, answers and signs.

use std::collections::{HashMap, HashSet};

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ActiveValue::Set, IntoActiveModel, QueryOrder, QuerySelect, QueryTrait};

use super::entity::{Column, Entity, Model, answer, sign};
use super::{AttemptState, SignKind, rules};
use crate::exams::rules::Grade;
use crate::exams::{AttemptId, ExamId};
use crate::papers::Sheet;
use crate::points::Points;
use crate::questions::body::Response;

pub async fn insert(tx: &Tx, attempt: Model) -> Result<()> {
    Entity::insert(attempt.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Somebody's own attempt.
pub async fn own(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    id: AttemptId,
) -> Result<Model> {
    let found = of(tenant, id).filter(Column::StaffId.eq(staff)).one(db).await?;
    found.ok_or_else(|| Error::not_found("attempt"))
}

/// An attempt, held until the transaction ends: nobody answers, hands in or marks it meanwhile.
pub async fn lock(tx: &Tx, tenant: TenantId, id: AttemptId) -> Result<Model> {
    let found = of(tenant, id).lock_exclusive().one(tx).await?;
    found.ok_or_else(|| Error::not_found("attempt"))
}

/// An attempt, the number of a question, and the sequence of an answer to it.
pub type Key = (AttemptId, i32, i64);

/// What saving an answer needs of an attempt.
#[derive(Debug, sea_orm::FromQueryResult)]
pub struct Head {
    pub id: AttemptId,
    pub tenant_id: TenantId,
    pub staff_id: StaffId,
    pub state: AttemptState,
    pub deadline: Micros,
    pub shapes: String,
}

/// The heads of attempts of whatever tenant; until the transaction ends they are not handed in, so that no
/// answer is acknowledged that marking did not see.
pub async fn heads(tx: &Tx, ids: Vec<AttemptId>) -> Result<HashMap<AttemptId, Head>> {
    use Column::{Deadline, Id, Shapes, StaffId, State, TenantId};
    let query = Entity::find().filter(Id.is_in(rounded(ids))).select_only();
    let query = query.columns([Id, TenantId, StaffId, State, Deadline, Shapes]).lock_shared();
    let heads: Vec<Head> = query.into_model().all(tx).await?;
    Ok(heads.into_iter().map(|head| (head.id, head)).collect())
}

/// The last one again and again, up to the next power of two: statements of a few lengths are prepared once.
fn rounded<T: Clone>(mut list: Vec<T>) -> Vec<T> {
    if let Some(last) = list.last().cloned() {
        list.resize(list.len().next_power_of_two(), last);
    }
    list
}

fn of(tenant: TenantId, id: AttemptId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::Id.eq(id))
}

/// A member's attempts at an exam, the first first.
pub async fn of_member(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exam: ExamId,
    staff: StaffId,
) -> Result<Vec<Model>> {
    let query = Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::ExamId.eq(exam))
        .filter(Column::StaffId.eq(staff));
    Ok(query.order_by_asc(Column::Number).all(db).await?)
}

/// What a member's attempts at an exam wait for, if not all are graded: the least advanced one.
pub async fn waits(db: &impl ConnectionTrait, exam: ExamId, staff: StaffId) -> Result<Option<AttemptState>> {
    let query = Entity::find()
        .select_only()
        .column(Column::State)
        .filter(Column::ExamId.eq(exam))
        .filter(Column::StaffId.eq(staff))
        .filter(Column::State.ne(AttemptState::Graded));
    let states: Vec<AttemptState> = query.into_tuple().all(db).await?;
    Ok(states.into_iter().min())
}

/// What the attempts at some exams wait for, by exam and member.
pub async fn of_candidates(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exams: &[ExamId],
) -> Result<HashMap<(ExamId, StaffId), AttemptState>> {
    let query = Entity::find()
        .select_only()
        .columns([Column::ExamId, Column::StaffId, Column::State])
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::ExamId.is_in(exams.iter().copied()))
        .filter(Column::State.ne(AttemptState::Graded));
    let rows: Vec<(ExamId, StaffId, AttemptState)> = query.into_tuple().all(db).await?;
    let mut waits: HashMap<(ExamId, StaffId), AttemptState> = HashMap::new();
    for (exam, staff, state) in rows {
        let known = waits.entry((exam, staff)).or_insert(state);
        *known = state.min(*known);
    }
    Ok(waits)
}

/// Attempts that wait for marks, by exam; `but` names who does not count: nobody marks himself.
pub async fn waiting(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exams: &[ExamId],
    but: Option<StaffId>,
) -> Result<HashMap<ExamId, u64>> {
    let mut counts = HashMap::new();
    for part in exams.chunks(MAX_PARAMETERS) {
        let mut query = Entity::find()
            .select_only()
            .column(Column::ExamId)
            .filter(Column::TenantId.eq(tenant))
            .filter(Column::State.eq(AttemptState::Marking))
            .filter(Column::ExamId.is_in(part.iter().copied()));
        if let Some(staff) = but {
            query = query.filter(Column::StaffId.ne(staff));
        }
        for exam in query.into_tuple::<ExamId>().all(db).await? {
            *counts.entry(exam).or_default() += 1;
        }
    }
    Ok(counts)
}

/// A member's own attempts at an exam, by id.
pub async fn own_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exam: ExamId,
    staff: StaffId,
) -> Result<Vec<AttemptId>> {
    Ok(of_member(db, tenant, exam, staff).await?.into_iter().map(|attempt| attempt.id).collect())
}

/// The sheet of an attempt.
pub async fn sheet_of(db: &impl ConnectionTrait, tenant: TenantId, id: AttemptId) -> Result<Sheet> {
    let query = of(tenant, id).select_only().column(Column::Sheet);
    let sheet: Option<String> = query.into_tuple().one(db).await?;
    Ok(serde_json::from_str(&sheet.ok_or_else(|| Error::not_found("attempt"))?)?)
}

pub async fn set_submitted(tx: &Tx, id: AttemptId, at: Micros) -> Result<()> {
    let query = Entity::update_many()
        .col_expr(Column::State, Expr::value(AttemptState::Marking))
        .col_expr(Column::SubmittedAt, Expr::value(at));
    query.filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

pub async fn set_graded(
    tx: &Tx,
    id: AttemptId,
    earned: Points,
    score: f64,
    grade: Grade,
    at: Micros,
) -> Result<()> {
    let query = Entity::update_many()
        .col_expr(Column::State, Expr::value(AttemptState::Graded))
        .col_expr(Column::Earned, Expr::value(earned))
        .col_expr(Column::Score, Expr::value(score))
        .col_expr(Column::Grade, Expr::value(grade))
        .col_expr(Column::GradedAt, Expr::value(at));
    query.filter(Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Appends answers; returns those that were not there already.
pub async fn append(tx: &Tx, rows: Vec<answer::Model>) -> Result<HashSet<Key>> {
    use answer::Column::{AttemptId, ClientSeq, Item};
    if rows.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = rounded(rows).into_iter().map(IntoActiveModel::into_active_model);
    let again = OnConflict::new().do_nothing().to_owned();
    let mut insert = answer::Entity::insert_many(rows).on_conflict(again).into_query();
    insert.returning(Query::returning().columns([AttemptId, Item, ClientSeq]));
    let key = |row: QueryResult| {
        Ok((row.try_get("", "attempt_id")?, row.try_get("", "item")?, row.try_get("", "client_seq")?))
    };
    tx.query_all(&insert).await?.into_iter().map(key).collect()
}

/// What was saved under a key, as JSON.
pub async fn saved(tx: &Tx, key: Key) -> Result<Option<String>> {
    Ok(answer::Entity::find_by_id(key).one(tx).await?.map(|row| row.response))
}

/// What counts of each item, with its sequence.
pub async fn answers(
    db: &impl ConnectionTrait,
    attempt: AttemptId,
) -> Result<std::collections::BTreeMap<i32, (i64, Response)>> {
    let query = answer::Entity::find().filter(answer::Column::AttemptId.eq(attempt));
    let log = query.all(db).await?.into_iter().map(|row| (row.item, row.client_seq, row.response));
    let read = |(item, (seq, text)): (i32, (i64, String))| {
        Ok((item, (seq, serde_json::from_str::<Response>(&text)?)))
    };
    rules::latest(log).into_iter().map(read).collect()
}

/// The most signs that are kept of an attempt: what somebody does a thousand times is known by then.
const MOST_SIGNS: u64 = 1_000;

pub async fn add_sign(ctx: &Ctx, tx: &Tx, attempt: &Model, kind: SignKind, seconds: i32) -> Result<()> {
    let of_attempt = sign::Entity::find().filter(sign::Column::AttemptId.eq(attempt.id));
    if of_attempt.count(tx).await? >= MOST_SIGNS {
        return Ok(());
    }
    let row = sign::ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(attempt.tenant_id),
        attempt_id: Set(attempt.id),
        kind: Set(kind),
        seconds: Set(seconds),
        at: Set(ctx.now()),
    };
    sign::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// How often, and for how many seconds together, candidates of an exam left the page.
pub async fn signs(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exam: ExamId,
) -> Result<HashMap<StaffId, (u32, i64)>> {
    let attempts: Vec<(AttemptId, StaffId)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::StaffId])
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::ExamId.eq(exam))
        .into_tuple()
        .all(db)
        .await?;
    let who: HashMap<AttemptId, StaffId> = attempts.into_iter().collect();
    let ids: Vec<AttemptId> = who.keys().copied().collect();
    let mut found: HashMap<StaffId, (u32, i64)> = HashMap::new();
    for part in ids.chunks(MAX_PARAMETERS) {
        let query = sign::Entity::find().filter(sign::Column::AttemptId.is_in(part.iter().copied()));
        for sign in query.filter(sign::Column::Kind.eq(SignKind::LeftPage)).all(db).await? {
            if let Some(staff) = who.get(&sign.attempt_id) {
                let (times, seconds) = found.entry(*staff).or_default();
                *times += 1;
                *seconds += i64::from(sign.seconds);
            }
        }
    }
    Ok(found)
}
