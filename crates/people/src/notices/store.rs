//! The only queries on notices.

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::http::{Page, PageRequest};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::entity::{ActiveModel, Column, Entity, Model};
use super::{Note, NoticeId};
use crate::persons::PersonId;
use crate::tenants::TenantId;

pub(super) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    persons: &[PersonId],
    note: Note<'_>,
) -> Result<Vec<NoticeId>> {
    let calendar = note.calendar.map(serde_json::to_string).transpose()?;
    let row = |(person, id): (&PersonId, &NoticeId)| ActiveModel {
        id: Set(*id),
        tenant_id: Set(tenant),
        person_id: Set(*person),
        kind: Set(note.kind.to_owned()),
        params: Set(note.params.to_string()),
        link: Set(note.link.map(str::to_owned)),
        created_at: Set(ctx.now()),
        read_at: Set(None),
        mailed_at: Set(None),
        calendar: Set(calendar.clone()),
    };
    let ids: Vec<NoticeId> = persons.iter().map(|_| ctx.id()).collect();
    let rows: Vec<_> = persons.iter().zip(&ids).map(row).collect();
    for part in rows.chunks(MAX_PARAMETERS / 10) {
        Entity::insert_many(part.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(ids)
}

/// One notice, whoever's it is: for the job that mails it.
pub(super) async fn by_id(db: &impl ConnectionTrait, id: NoticeId) -> Result<Model> {
    Entity::find_by_id(id).one(db).await?.ok_or_else(|| Error::not_found("notice"))
}

pub(super) async fn set_mailed(tx: &Tx, id: NoticeId, at: Micros) -> Result<()> {
    let row = ActiveModel { id: Set(id), mailed_at: Set(Some(at)), ..Default::default() };
    Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Number of notices that a person has not read.
///
/// # Errors
/// When the database refuses.
pub async fn unread(db: &impl ConnectionTrait, tenant: TenantId, person: PersonId) -> Result<u64> {
    Ok(of(tenant, person).filter(Column::ReadAt.is_null()).count(db).await?)
}

/// The newest notices that a person has not read.
///
/// # Errors
/// When the database refuses.
pub async fn latest(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    person: PersonId,
    most: u64,
) -> Result<Vec<Model>> {
    let query = of(tenant, person).filter(Column::ReadAt.is_null()).order_by_desc(Column::Id);
    Ok(query.limit(most).all(db).await?)
}

pub(super) async fn inbox(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    person: PersonId,
    unread: bool,
    page: &PageRequest,
) -> Result<Page<Model>> {
    let mut query = of(tenant, person);
    if unread {
        query = query.filter(Column::ReadAt.is_null());
    }
    if let Some(id) = page.after::<Uuid>()? {
        query = query.filter(Column::Id.lt(NoticeId(id)));
    }
    let rows = query.order_by_desc(Column::Id).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.id.0))
}

/// Marks one notice, or all, as read.
///
/// # Errors
/// `not_found` when the one is not there.
pub(super) async fn mark_read(
    tx: &Tx,
    tenant: TenantId,
    person: PersonId,
    one: Option<NoticeId>,
    at: Micros,
) -> Result<()> {
    if let Some(id) = one
        && of(tenant, person).filter(Column::Id.eq(id)).count(tx).await? == 0
    {
        return Err(Error::not_found("notice"));
    }
    let mut query = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(at))
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::PersonId.eq(person))
        .filter(Column::ReadAt.is_null());
    if let Some(id) = one {
        query = query.filter(Column::Id.eq(id));
    }
    query.exec(tx).await?;
    Ok(())
}

fn of(tenant: TenantId, person: PersonId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::PersonId.eq(person))
}
