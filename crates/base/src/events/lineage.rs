//! What came of what: an index over events, written with them, that leads from a thing to those that
//! caused it and those that it led to.

use std::collections::BTreeSet;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::entity::cause;
use super::{EventId, Subject};
use crate::db::Tx;
use crate::errors::Result;

/// The most things that a chain is followed over: beyond that nobody reads on.
const MOST: usize = 500;

/// A thing in a chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// What kind of thing.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}

/// What led to a thing and what it led to, each the nearest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    /// What caused it, and what caused that.
    pub before: Vec<Link>,
    /// What came of it, and of that.
    pub after: Vec<Link>,
}

pub(super) async fn remember(
    tx: &Tx,
    tenant: Uuid,
    event: EventId,
    subject: Subject,
    causes: &[Subject],
) -> Result<()> {
    let rows: Vec<_> = causes.iter().map(|c| row(tenant, event, subject, *c)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let again = OnConflict::new().do_nothing().to_owned();
    cause::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

fn row(tenant: Uuid, event: EventId, subject: Subject, cause: Subject) -> cause::ActiveModel {
    cause::ActiveModel {
        tenant_id: Set(tenant),
        effect_kind: Set(subject.kind.to_owned()),
        effect: Set(subject.id),
        cause_kind: Set(cause.kind.to_owned()),
        cause: Set(cause.id),
        event_id: Set(event),
    }
}

/// The chain through a thing of a tenant.
///
/// # Errors
/// When the database refuses.
pub async fn of(db: &impl ConnectionTrait, tenant: Uuid, subject: &Link) -> Result<Lineage> {
    let before = follow(db, tenant, subject, Way::Back).await?;
    let after = follow(db, tenant, subject, Way::On).await?;
    Ok(Lineage { before, after })
}

#[derive(Clone, Copy)]
enum Way {
    Back,
    On,
}

/// Goes level by level, so that a circle ends and the nearest come first.
async fn follow(db: &impl ConnectionTrait, tenant: Uuid, from: &Link, way: Way) -> Result<Vec<Link>> {
    let own = match way {
        Way::Back => cause::Column::Effect,
        Way::On => cause::Column::Cause,
    };
    let mut seen = BTreeSet::from([from.id]);
    let mut found = Vec::new();
    let mut level = vec![from.id];
    while !level.is_empty() && found.len() < MOST {
        let query = cause::Entity::find().filter(cause::Column::TenantId.eq(tenant));
        let mut rows = query.filter(own.is_in(level.iter().copied())).all(db).await?;
        rows.sort_by_key(|r| r.event_id);
        level.clear();
        for row in rows {
            let link = match way {
                Way::Back => Link { kind: row.cause_kind, id: row.cause },
                Way::On => Link { kind: row.effect_kind, id: row.effect },
            };
            if seen.insert(link.id) {
                level.push(link.id);
                found.push(link);
            }
        }
    }
    found.truncate(MOST);
    Ok(found)
}
