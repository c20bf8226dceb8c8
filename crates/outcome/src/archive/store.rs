//! The only queries on archives and on applications for a look into them.

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::events::Event;
use kexun_base::http::{Page, PageRequest};
use kexun_base::{Ctx, Error, Result};
use kexun_people::persons::PersonId;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::RequestId;
use super::entity::{cursor, entry, request};
use super::rules::{Draft, RequestState};

/// Those of some things that stand in a member's archive.
///
/// # Errors
/// When the database refuses.
pub async fn standing_in(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    things: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let mut found = BTreeSet::new();
    for part in things.chunks(MAX_PARAMETERS - 2) {
        let query = entry::Entity::find().filter(entry::Column::TenantId.eq(tenant));
        let query = query.filter(entry::Column::StaffId.eq(staff));
        let query = query.filter(entry::Column::Subject.is_in(part.iter().copied()));
        let query = query.select_only().column(entry::Column::Subject).distinct();
        found.extend(query.into_tuple::<Uuid>().all(db).await?);
    }
    Ok(found)
}

/// The archives of some members, each in its order.
pub(super) async fn of_staff(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: &[StaffId],
) -> Result<BTreeMap<StaffId, Vec<entry::Model>>> {
    let mut found: BTreeMap<StaffId, Vec<entry::Model>> = BTreeMap::new();
    for part in staff.chunks(MAX_PARAMETERS - 1) {
        let query = entry::Entity::find().filter(entry::Column::TenantId.eq(tenant));
        let query = query.filter(entry::Column::StaffId.is_in(part.iter().copied()));
        for row in query.order_by_asc(entry::Column::Seq).all(db).await? {
            found.entry(row.staff_id).or_default().push(row);
        }
    }
    Ok(found)
}

/// Entries made of the events behind `after` up to and with `until`.
pub(super) async fn between(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    after: i64,
    until: i64,
) -> Result<Vec<entry::Model>> {
    let query = entry::Entity::find().filter(entry::Column::TenantId.eq(tenant));
    let query = query.filter(entry::Column::Seq.gt(after)).filter(entry::Column::Seq.lte(until));
    Ok(query.order_by_asc(entry::Column::Seq).all(db).await?)
}

/// Writes an entry; where it is there already nothing happens.
pub(super) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    event: &Event,
    (person, draft): (PersonId, Draft),
) -> Result<()> {
    let row = entry::Model {
        id: ctx.id(),
        tenant_id: tenant,
        person_id: person,
        staff_id: draft.staff,
        event_id: event.id,
        seq: event.seq.unwrap_or_default(),
        at: event.at,
        day: draft.day,
        kind: draft.kind,
        title: draft.title,
        competence: draft.competence,
        minutes: draft.minutes,
        score: draft.score,
        grade: draft.grade,
        credits: draft.credits,
        make_up: draft.make_up,
        status: draft.status,
        part: draft.part,
        subject_kind: event.subject_kind.clone(),
        subject: event.subject,
    };
    let again = OnConflict::columns([entry::Column::EventId, entry::Column::StaffId]).do_nothing().to_owned();
    let row = entry::ActiveModel::from(row).reset_all();
    entry::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// How far the tenant's events have gone into its archives.
pub(super) async fn cursor(db: &impl ConnectionTrait, tenant: TenantId) -> Result<i64> {
    Ok(cursor::Entity::find_by_id(tenant).one(db).await?.map_or(0, |row| row.seq))
}

/// The same, held until the transaction ends: two followers must not read the same events.
pub(super) async fn hold_cursor(tx: &Tx, tenant: TenantId) -> Result<i64> {
    let first = cursor::ActiveModel { tenant_id: Set(tenant), seq: Set(0) };
    let keep = OnConflict::column(cursor::Column::TenantId).do_nothing().to_owned();
    cursor::Entity::insert(first).on_conflict(keep).exec_without_returning(tx).await?;
    let held = cursor::Entity::find_by_id(tenant).lock_exclusive().one(tx).await?;
    Ok(held.map_or(0, |row| row.seq))
}

pub(super) async fn set_cursor(tx: &Tx, tenant: TenantId, seq: i64) -> Result<()> {
    cursor::Entity::update(cursor::ActiveModel { tenant_id: Set(tenant), seq: Set(seq) }).exec(tx).await?;
    Ok(())
}

/// Takes all entries of a tenant away, to make them anew.
pub(super) async fn clear(tx: &Tx, tenant: TenantId) -> Result<()> {
    entry::Entity::delete_many().filter(entry::Column::TenantId.eq(tenant)).exec(tx).await?;
    Ok(())
}

/// An application.
pub(super) async fn request(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: RequestId,
) -> Result<request::Model> {
    let query = request::Entity::find_by_id(id).filter(request::Column::TenantId.eq(tenant));
    query.one(db).await?.ok_or_else(|| Error::not_found("application"))
}

/// Applications, the newest first: all, or those of one person.
pub(super) async fn requests(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    of: Option<PersonId>,
    page: &PageRequest,
) -> Result<Page<request::Model>> {
    let mut query = request::Entity::find().filter(request::Column::TenantId.eq(tenant));
    if let Some(person) = of {
        query = query.filter(request::Column::PersonId.eq(person));
    }
    if let Some(id) = page.after::<Uuid>()? {
        query = query.filter(request::Column::Id.lt(RequestId(id)));
    }
    let rows = query.order_by_desc(request::Column::Id).limit(page.limit() + 1).all(db).await?;
    Ok(page.page(rows, |row| row.id.0))
}

/// A person's applications for a member's archive, the newest first.
pub(super) async fn requests_for(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    person: PersonId,
    staff: StaffId,
) -> Result<Vec<request::Model>> {
    let query = request::Entity::find().filter(request::Column::TenantId.eq(tenant));
    let query = query.filter(request::Column::PersonId.eq(person));
    let query = query.filter(request::Column::StaffId.eq(staff));
    Ok(query.order_by_desc(request::Column::Id).all(db).await?)
}

/// How many applications of others than this person wait.
pub(super) async fn waiting(db: &impl ConnectionTrait, tenant: TenantId, but_of: PersonId) -> Result<u64> {
    let query = request::Entity::find().filter(request::Column::TenantId.eq(tenant));
    let query = query.filter(request::Column::State.eq(RequestState::Waiting));
    Ok(query.filter(request::Column::PersonId.ne(but_of)).count(db).await?)
}

pub(super) async fn insert_request(tx: &Tx, row: request::Model) -> Result<()> {
    let row = request::ActiveModel::from(row).reset_all();
    request::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes an application; `row.version` is the one that the change was made from.
pub(super) async fn update_request(tx: &Tx, row: request::Model) -> Result<request::Model> {
    let seen = row.version;
    let row = request::Model { version: seen.saturating_add(1), ..row };
    let query = request::Entity::update_many().set(request::ActiveModel::from(row.clone()).reset_all());
    let query =
        query.filter(request::Column::Id.eq(row.id)).filter(request::Column::TenantId.eq(row.tenant_id));
    let done = query.filter(request::Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}
