//! The only queries on evaluations.

use std::collections::{BTreeSet, HashMap};

use kexun_base::db::Tx;
use kexun_base::ids::Uuid;
use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, QueryOrder, QuerySelect};

use super::EvaluationId;
use super::entity::{evaluation, result};
use super::service::EvaluationFilter;

/// The evaluations of these ids that the tenant has.
pub(super) async fn by_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<Vec<evaluation::Model>> {
    let query = evaluation::Entity::find().filter(evaluation::Column::TenantId.eq(tenant));
    Ok(query.filter(evaluation::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// One evaluation of the tenant.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: EvaluationId,
) -> Result<evaluation::Model> {
    let row = by_ids(db, tenant, &[id.0]).await?.pop();
    row.ok_or_else(|| Error::not_found("evaluation"))
}

/// The tenant's evaluations, newest first, from after a place on.
pub(super) async fn after(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    filter: &EvaluationFilter,
    place: Option<(Micros, EvaluationId)>,
    limit: u64,
) -> Result<Vec<evaluation::Model>> {
    use evaluation::Column;
    let mut query = evaluation::Entity::find().filter(Column::TenantId.eq(tenant));
    if let Some(kind) = filter.kind {
        query = query.filter(Column::SubjectKind.eq(kind));
    }
    if let Some(id) = filter.id {
        query = query.filter(Column::SubjectId.eq(id));
    }
    if let Some((at, id)) = place {
        let same = Condition::all().add(Column::MadeAt.eq(at)).add(Column::Id.lt(id));
        query = query.filter(Condition::any().add(Column::MadeAt.lt(at)).add(same));
    }
    let query = query.order_by_desc(Column::MadeAt).order_by_desc(Column::Id);
    Ok(query.limit(limit).all(db).await?)
}

/// Which of these things have an evaluation.
pub(super) async fn judged(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    subjects: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let query = evaluation::Entity::find()
        .filter(evaluation::Column::TenantId.eq(tenant))
        .filter(evaluation::Column::SubjectId.is_in(subjects.iter().copied()))
        .select_only()
        .column(evaluation::Column::SubjectId);
    let ids: Vec<Uuid> = query.into_tuple().all(db).await?;
    Ok(ids.into_iter().collect())
}

/// What evaluations found, oldest first.
pub(super) async fn results(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    of: &[EvaluationId],
) -> Result<HashMap<EvaluationId, Vec<result::Model>>> {
    let query = result::Entity::find()
        .filter(result::Column::TenantId.eq(tenant))
        .filter(result::Column::EvaluationId.is_in(of.iter().copied()))
        .order_by_asc(result::Column::ComputedAt)
        .order_by_asc(result::Column::Id);
    let mut found: HashMap<EvaluationId, Vec<result::Model>> = HashMap::new();
    for row in query.all(db).await? {
        found.entry(row.evaluation_id).or_default().push(row);
    }
    Ok(found)
}

pub(super) async fn insert(tx: &Tx, row: evaluation::Model) -> Result<()> {
    let row = evaluation::ActiveModel::from(row).reset_all();
    evaluation::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn insert_result(tx: &Tx, row: result::Model) -> Result<()> {
    let row = result::ActiveModel::from(row).reset_all();
    result::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Notes whom an evaluation speaks of now, and what its subject is called.
pub(super) async fn set_subject(tx: &Tx, id: EvaluationId, title: &str, trained: &str) -> Result<()> {
    let row = evaluation::ActiveModel {
        id: Set(id),
        title: Set(title.to_owned()),
        trained: Set(trained.to_owned()),
        ..Default::default()
    };
    evaluation::Entity::update(row).exec(tx).await?;
    Ok(())
}
