//! The only queries on events.

use std::collections::BTreeSet;

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, QueryOrder, QuerySelect};

use super::entity::{chain, event};
use super::{ChainState, Event, EventId, NewEvent};
use crate::ctx::Ctx;
use crate::db::{Tx, dialect};
use crate::errors::Result;
use crate::http::paging::{Page, PageRequest};
use crate::secrets::hex;
use crate::time::Micros;

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, new: NewEvent) -> Result<EventId> {
    let data = serde_json::to_string(&new.data)?;
    let model = event::ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(new.tenant),
        seq: Set(None),
        at: Set(ctx.now()),
        kind: Set(new.kind.to_owned()),
        actor_kind: Set(new.actor.kind().to_owned()),
        actor_id: Set(new.actor.person()),
        subject_kind: Set(new.subject_kind.to_owned()),
        subject_id: Set(new.subject),
        data_hash: Set(blake3::hash(data.as_bytes()).as_bytes().to_vec()),
        data: Set(Some(data)),
        caused_by: Set(new.caused_by),
        hash: Set(None),
    };
    Ok(model.insert(tx).await?.id)
}

/// Which events to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Kinds that begin so, e.g. `import.`.
    pub kind: Option<String>,
    /// Done by this person.
    pub actor: Option<Uuid>,
    /// On this thing.
    pub subject: Option<Uuid>,
    /// Not before.
    pub from: Option<Micros>,
    /// Before.
    pub until: Option<Micros>,
}

/// Events of a tenant, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Event>> {
    let mut query = event::Entity::find().filter(event::Column::TenantId.eq(tenant));
    if let Some(kind) = &filter.kind {
        query = query.filter(dialect::begins(event::Column::Kind, kind));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(event::Column::ActorId.eq(actor));
    }
    if let Some(subject) = filter.subject {
        query = query.filter(event::Column::SubjectId.eq(subject));
    }
    if let Some(from) = filter.from {
        query = query.filter(event::Column::At.gte(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(event::Column::At.lt(until));
    }
    if let Some((at, id)) = page.after::<(i64, Uuid)>()? {
        let same =
            Condition::all().add(event::Column::At.eq(Micros(at))).add(event::Column::Id.lt(EventId(id)));
        query = query.filter(Condition::any().add(event::Column::At.lt(Micros(at))).add(same));
    }
    let rows = query
        .order_by_desc(event::Column::At)
        .order_by_desc(event::Column::Id)
        .limit(page.limit() + 1)
        .all(db)
        .await?;
    Ok(page.page(rows, |row| (row.at.0, row.id.0)).map(Event::from))
}

/// Of which of these things a tenant's events tell, with their kinds: of all its events, or only of
/// what one person did.
///
/// # Errors
/// When the database refuses.
pub async fn told_of(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    things: &[Uuid],
    by: Option<Uuid>,
) -> Result<BTreeSet<(String, Uuid)>> {
    let mut found = BTreeSet::new();
    for part in things.chunks(dialect::MAX_PARAMETERS - 2) {
        let mut query = event::Entity::find().filter(event::Column::TenantId.eq(tenant));
        if let Some(person) = by {
            query = query.filter(event::Column::ActorId.eq(person));
        }
        let query = query.filter(event::Column::SubjectId.is_in(part.iter().copied())).select_only();
        let query = query.column(event::Column::SubjectKind).column(event::Column::SubjectId).distinct();
        found.extend(query.into_tuple::<(String, Uuid)>().all(db).await?);
    }
    Ok(found)
}

impl From<event::Model> for Event {
    fn from(row: event::Model) -> Self {
        Event {
            id: row.id,
            seq: row.seq,
            at: row.at,
            kind: row.kind,
            actor_kind: row.actor_kind,
            actor: row.actor_id,
            subject_kind: row.subject_kind,
            subject: row.subject_id,
            data: row.data.and_then(|d| serde_json::from_str(&d).ok()).unwrap_or_default(),
            caused_by: row.caused_by,
            hash: row.hash.map(|h| hex(&h)),
        }
    }
}

/// Tenants that have events.
///
/// # Errors
/// When the database refuses.
pub async fn tenants(db: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let query = event::Entity::find().select_only().column(event::Column::TenantId).distinct();
    Ok(query.into_tuple().all(db).await?)
}

/// Tenants and the lengths of their chains.
///
/// # Errors
/// When the database refuses.
pub async fn chain_lengths(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, i64)>> {
    let query = chain::Entity::find().select_only().columns([chain::Column::TenantId, chain::Column::Length]);
    Ok(query.into_tuple().all(db).await?)
}

pub(super) async fn tenants_with_unsealed(db: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let query = event::Entity::find().select_only().column(event::Column::TenantId).distinct();
    Ok(query.filter(event::Column::Seq.is_null()).into_tuple().all(db).await?)
}

pub(super) async fn unsealed(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    limit: u64,
) -> Result<Vec<event::Model>> {
    let query = event::Entity::find().filter(event::Column::TenantId.eq(tenant));
    let query = query.filter(event::Column::Seq.is_null());
    Ok(query.order_by_asc(event::Column::At).order_by_asc(event::Column::Id).limit(limit).all(db).await?)
}

pub(super) async fn sealed_after(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    seq: i64,
    limit: u64,
) -> Result<Vec<event::Model>> {
    let query = event::Entity::find().filter(event::Column::TenantId.eq(tenant));
    let query = query.filter(event::Column::Seq.gt(seq)).order_by_asc(event::Column::Seq);
    Ok(query.limit(limit).all(db).await?)
}

/// Sealed events of a tenant in the order of its chain, from the one behind `seq` on.
///
/// # Errors
/// When the database refuses.
pub async fn after(db: &impl ConnectionTrait, tenant: Uuid, seq: i64, limit: u64) -> Result<Vec<Event>> {
    Ok(sealed_after(db, tenant, seq, limit).await?.into_iter().map(Event::from).collect())
}

pub(super) async fn set_sealed(tx: &Tx, id: EventId, seq: i64, hash: &[u8]) -> Result<()> {
    let row = event::ActiveModel {
        id: Set(id),
        seq: Set(Some(seq)),
        hash: Set(Some(hash.to_vec())),
        ..Default::default()
    };
    event::Entity::update(row).exec(tx).await?;
    Ok(())
}

pub(super) async fn head(db: &impl ConnectionTrait, tenant: Uuid) -> Result<Option<chain::Model>> {
    Ok(chain::Entity::find_by_id(tenant).one(db).await?)
}

pub(super) async fn set_head(tx: &Tx, tenant: Uuid, length: i64, head: &[u8], at: Micros) -> Result<()> {
    let row = chain::ActiveModel {
        tenant_id: Set(tenant),
        length: Set(length),
        head: Set(head.to_vec()),
        sealed_at: Set(at),
    };
    let replace = sea_orm::sea_query::OnConflict::column(chain::Column::TenantId)
        .update_columns([chain::Column::Length, chain::Column::Head, chain::Column::SealedAt])
        .to_owned();
    chain::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Length and head of a tenant's chain, and how many events wait to be sealed.
///
/// # Errors
/// When the database refuses.
pub async fn chain_state(db: &impl ConnectionTrait, tenant: Uuid) -> Result<ChainState> {
    let pending = event::Entity::find()
        .filter(event::Column::TenantId.eq(tenant))
        .filter(event::Column::Seq.is_null())
        .count(db)
        .await?;
    let head = head(db, tenant).await?;
    Ok(ChainState {
        length: head.as_ref().map_or(0, |h| h.length),
        head: head.as_ref().map(|h| hex(&h.head)),
        sealed_at: head.map(|h| h.sealed_at),
        pending,
    })
}
