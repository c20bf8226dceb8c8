//! The only queries on questions.

use std::collections::HashMap;

use kexun_base::db::Tx;
use kexun_base::db::dialect::{MAX_PARAMETERS, contains};
use kexun_base::http::{Page, PageRequest};
use kexun_base::ids::Uuid;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::competences::Competence;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::body::QuestionKind;
use super::entity::{question, revision};
use super::{QuestionFilter, QuestionId, QuestionState};

/// Which questions are meant; what is none does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pick {
    pub topic: Option<String>,
    pub competence: Option<Competence>,
    pub kind: Option<QuestionKind>,
    /// Lowest and highest difficulty.
    pub difficulty: (i32, i32),
}

/// A question as far as drawing looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picked {
    pub id: QuestionId,
    pub topic: String,
    pub competence: Option<Competence>,
    pub kind: QuestionKind,
    pub difficulty: i32,
}

impl Pick {
    /// Whether it means this question.
    pub fn means(&self, question: &Picked) -> bool {
        self.topic.as_ref().is_none_or(|topic| *topic == question.topic)
            && self.competence.is_none_or(|c| Some(c) == question.competence)
            && self.kind.is_none_or(|k| k == question.kind)
            && (self.difficulty.0..=self.difficulty.1).contains(&question.difficulty)
    }

    fn condition(&self) -> Condition {
        let (lowest, highest) = self.difficulty;
        Condition::all()
            .add(question::Column::Difficulty.between(lowest, highest))
            .add_option(self.topic.as_ref().map(|topic| question::Column::Topic.eq(topic.as_str())))
            .add_option(self.competence.map(|c| question::Column::Competence.eq(c)))
            .add_option(self.kind.map(|k| question::Column::Kind.eq(k)))
    }
}

/// The active questions that any of these means.
pub(crate) async fn active(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    picks: &[Pick],
) -> Result<Vec<Picked>> {
    let active = Condition::all().add(question::Column::State.eq(QuestionState::Active));
    picked(db, tenant, picks, active).await
}

/// The retired questions that any of these means, of those that were changed at that time or later: all that
/// were active then are among them.
pub(crate) async fn retired_since(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    picks: &[Pick],
    since: Micros,
) -> Result<Vec<Picked>> {
    let retired = Condition::all()
        .add(question::Column::State.eq(QuestionState::Retired))
        .add(question::Column::ChangedAt.gte(since));
    picked(db, tenant, picks, retired).await
}

async fn picked(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    picks: &[Pick],
    state: Condition,
) -> Result<Vec<Picked>> {
    let any = picks.iter().fold(Condition::any(), |any, pick| any.add(pick.condition()));
    let query = question::Entity::find()
        .select_only()
        .columns([
            question::Column::Id,
            question::Column::Topic,
            question::Column::Competence,
            question::Column::Kind,
            question::Column::Difficulty,
        ])
        .filter(question::Column::TenantId.eq(tenant))
        .filter(state)
        .filter(any);
    type Row = (QuestionId, String, Option<Competence>, QuestionKind, i32);
    let rows: Vec<Row> = query.into_tuple().all(db).await?;
    let picked =
        |(id, topic, competence, kind, difficulty)| Picked { id, topic, competence, kind, difficulty };
    Ok(rows.into_iter().map(picked).collect())
}

/// Questions by id; those of another tenant are not among them.
pub(crate) async fn by_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[QuestionId],
) -> Result<HashMap<QuestionId, question::Model>> {
    let mut found = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS - 1) {
        let query = question::Entity::find().filter(question::Column::TenantId.eq(tenant));
        let rows = query.filter(question::Column::Id.is_in(part.iter().copied())).all(db).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

/// What is said to everybody about these questions after an exam; where nothing is, nothing.
///
/// # Errors
/// When the database refuses.
pub async fn explanations(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[QuestionId],
) -> Result<HashMap<QuestionId, String>> {
    let rows = by_ids(db, tenant, ids).await?.into_iter();
    Ok(rows.filter(|(_, row)| !row.explanation.is_empty()).map(|(id, row)| (id, row.explanation)).collect())
}

/// A question of the tenant.
pub(super) async fn question(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: QuestionId,
) -> Result<question::Model> {
    let query = question::Entity::find_by_id(id).filter(question::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("question"))
}

/// A part of the bank, newest first.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    filter: &QuestionFilter,
    page: &PageRequest,
) -> Result<Page<question::Model>> {
    let part = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let meant = Condition::all()
        .add(question::Column::TenantId.eq(tenant))
        .add_option(part.map(|part| contains(question::Column::Text, part)))
        .add_option(filter.topic.as_deref().map(|topic| question::Column::Topic.eq(topic)))
        .add_option(filter.competence.map(|c| question::Column::Competence.eq(c)))
        .add_option(filter.kind.map(|k| question::Column::Kind.eq(k)))
        .add_option(filter.difficulty.map(|d| question::Column::Difficulty.eq(d)))
        .add_option(filter.state.map(|s| question::Column::State.eq(s)))
        .add_option(page.after::<QuestionId>()?.map(|id| question::Column::Id.lt(id)));
    let query = question::Entity::find().filter(meant).order_by_desc(question::Column::Id);
    let rows = query.limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.id))
}

/// Topics that the bank has, by name, with how many questions of each may be asked.
pub(super) async fn topics(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Vec<(String, i64)>> {
    let query = question::Entity::find()
        .select_only()
        .column(question::Column::Topic)
        .column_as(question::Column::Id.count(), "questions")
        .filter(question::Column::TenantId.eq(tenant))
        .filter(question::Column::State.eq(QuestionState::Active))
        .filter(question::Column::Topic.ne(""))
        .group_by(question::Column::Topic)
        .order_by_asc(question::Column::Topic);
    Ok(query.into_tuple().all(db).await?)
}

/// Which questions stand behind these fingerprints.
pub(super) async fn of_fingerprints(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    fingerprints: &[String],
) -> Result<HashMap<String, QuestionId>> {
    let mut found = HashMap::new();
    for part in fingerprints.chunks(MAX_PARAMETERS - 1) {
        let query = question::Entity::find()
            .select_only()
            .column(question::Column::Fingerprint)
            .column(question::Column::Id)
            .filter(question::Column::TenantId.eq(tenant))
            .filter(question::Column::Fingerprint.is_in(part.iter().map(String::as_str)));
        let rows: Vec<(String, QuestionId)> = query.into_tuple().all(db).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Writes new questions with their first revisions.
pub(super) async fn append(ctx: &Ctx, tx: &Tx, by: Option<Uuid>, rows: Vec<question::Model>) -> Result<()> {
    /// Columns of the wider table.
    const COLUMNS: usize = 14;
    for part in rows.chunks(MAX_PARAMETERS / COLUMNS) {
        let rows = part.iter().cloned().map(|row| question::ActiveModel::from(row).reset_all());
        question::Entity::insert_many(rows).exec_without_returning(tx).await?;
        let revisions = part.iter().map(|row| revision_of(ctx, by, row));
        revision::Entity::insert_many(revisions).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Writes a question; `row.version` is the one that the change was made from.
pub(super) async fn update(tx: &Tx, row: question::Model) -> Result<()> {
    let seen = row.version;
    let row = question::Model { version: seen.saturating_add(1), ..row };
    let query = question::Entity::update_many()
        .filter(question::Column::Id.eq(row.id))
        .filter(question::Column::TenantId.eq(row.tenant_id))
        .filter(question::Column::Version.eq(seen));
    let done = query.set(question::ActiveModel::from(row).reset_all()).exec(tx).await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::stale()) }
}

fn revision_of(ctx: &Ctx, by: Option<Uuid>, row: &question::Model) -> revision::ActiveModel {
    let revision = revision::Model {
        id: ctx.id(),
        tenant_id: row.tenant_id,
        question_id: row.id,
        revision: row.revision,
        text: row.text.clone(),
        key: row.key.clone(),
        made_at: row.changed_at,
        made_by: by,
    };
    revision::ActiveModel::from(revision).reset_all()
}

/// Keeps what a question asks now, and what is right, for good.
pub(super) async fn append_revision(
    ctx: &Ctx,
    tx: &Tx,
    by: Option<Uuid>,
    row: &question::Model,
) -> Result<()> {
    revision::Entity::insert(revision_of(ctx, by, row)).exec_without_returning(tx).await?;
    Ok(())
}

/// What a question asked, newest first.
pub(super) async fn revisions(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: QuestionId,
) -> Result<Vec<revision::Model>> {
    let query = revision::Entity::find().filter(revision::Column::TenantId.eq(tenant));
    let query = query.filter(revision::Column::QuestionId.eq(id));
    Ok(query.order_by_desc(revision::Column::Revision).all(db).await?)
}
