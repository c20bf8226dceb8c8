//! The only queries on marks.

use std::collections::HashMap;

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::http::{Page, PageRequest};
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::NewMark;
use super::entity::{ActiveModel, Column, Entity, Model};
use crate::exams::sittings::Attempt;
use crate::exams::{AttemptId, ExamId, MarkId};
use crate::points::Points;
use crate::questions::QuestionId;

const COLUMNS: usize = 14;

pub async fn insert(ctx: &Ctx, tx: &Tx, attempt: &Attempt, marks: Vec<NewMark>) -> Result<()> {
    let row = |mark: &NewMark| ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(attempt.tenant_id),
        exam_id: Set(attempt.exam_id),
        attempt_id: Set(attempt.id),
        item: Set(mark.item),
        question_id: Set(mark.question),
        revision: Set(mark.revision),
        worth: Set(mark.worth),
        points: Set(mark.points),
        response: Set(mark.response.clone()),
        comment: Set(String::new()),
        marked_by: Set(None),
        marked_at: Set(None),
        version: Set(1),
    };
    for part in marks.chunks(MAX_PARAMETERS / COLUMNS) {
        Entity::insert_many(part.iter().map(row)).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// What an attempt has earned; what waits counts nothing.
pub async fn earned(db: &impl ConnectionTrait, attempt: AttemptId) -> Result<Points> {
    Ok(of(attempt).all(db).await?.into_iter().filter_map(|mark| mark.points).sum())
}

/// What the items of an attempt earned, and what was said to them.
pub async fn of_attempt(
    db: &impl ConnectionTrait,
    attempt: AttemptId,
) -> Result<HashMap<i32, (Option<Points>, String)>> {
    let marks = of(attempt).all(db).await?;
    Ok(marks.into_iter().map(|mark| (mark.item, (mark.points, mark.comment))).collect())
}

/// How many marks of an attempt wait for a person.
pub async fn waiting(tx: &Tx, attempt: AttemptId) -> Result<u64> {
    Ok(of(attempt).filter(Column::Points.is_null()).count(tx).await?)
}

fn of(attempt: AttemptId) -> Select<Entity> {
    Entity::find().filter(Column::AttemptId.eq(attempt))
}

/// A question of an exam that people mark: which, which revision, what it is worth, one attempt that
/// has it, how many answers, how many of them marked.
#[derive(Debug)]
pub struct Marked {
    pub question: QuestionId,
    pub revision: i32,
    pub worth: Points,
    pub attempt: AttemptId,
    pub answers: u32,
    pub marked: u32,
}

/// The questions of an exam that people mark, without the attempts named.
pub async fn questions(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    exam: ExamId,
    but: &[AttemptId],
) -> Result<Vec<Marked>> {
    let rows: Vec<(QuestionId, i32, Points, AttemptId, Option<Points>)> = by_hand(tenant, exam, but)
        .select_only()
        .columns([Column::QuestionId, Column::Revision, Column::Worth, Column::AttemptId, Column::Points])
        .order_by_asc(Column::Item)
        .order_by_asc(Column::QuestionId)
        .into_tuple()
        .all(db)
        .await?;
    let mut found: Vec<Marked> = Vec::new();
    for (question, revision, worth, attempt, points) in rows {
        let known = found.iter().position(|m| m.question == question && m.revision == revision);
        let at = known.unwrap_or_else(|| {
            found.push(Marked { question, revision, worth, attempt, answers: 0, marked: 0 });
            found.len() - 1
        });
        found[at].answers += 1;
        found[at].marked += u32::from(points.is_some());
    }
    Ok(found)
}

/// The answers to a question that people mark, without the attempts named.
pub async fn answers(
    db: &impl ConnectionTrait,
    (tenant, exam): (TenantId, ExamId),
    (question, revision): (QuestionId, i32),
    but: &[AttemptId],
    page: &PageRequest,
) -> Result<Page<Model>> {
    let mut query = by_hand(tenant, exam, but)
        .filter(Column::QuestionId.eq(question))
        .filter(Column::Revision.eq(revision));
    if let Some(id) = page.after::<Uuid>()? {
        query = query.filter(Column::Id.gt(MarkId(id)));
    }
    let rows = query.order_by_asc(Column::Id).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.id.0))
}

fn by_hand(tenant: TenantId, exam: ExamId, but: &[AttemptId]) -> Select<Entity> {
    Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::ExamId.eq(exam))
        .filter(Column::Response.is_not_null())
        .filter(Column::AttemptId.is_not_in(but.iter().copied()))
}

pub async fn mark(db: &impl ConnectionTrait, tenant: TenantId, id: MarkId) -> Result<Model> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::Id.eq(id));
    query.one(db).await?.ok_or_else(|| Error::not_found("answer to mark"))
}

/// Writes what a person says an answer earned, onto this version of the mark.
pub async fn put(tx: &Tx, new: &Model) -> Result<()> {
    let changed = Entity::update_many()
        .col_expr(Column::Points, Expr::value(new.points))
        .col_expr(Column::Comment, Expr::value(new.comment.clone()))
        .col_expr(Column::MarkedBy, Expr::value(new.marked_by))
        .col_expr(Column::MarkedAt, Expr::value(new.marked_at))
        .col_expr(Column::Version, Expr::value(new.version.saturating_add(1)))
        .filter(Column::Id.eq(new.id))
        .filter(Column::Version.eq(new.version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 { Err(Error::stale()) } else { Ok(()) }
}
