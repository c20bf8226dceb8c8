//! Queries for verifying conversations, beside those for making them ([`super::store`]).

use std::collections::{BTreeSet, HashMap, HashSet};

use kexun_base::Result;
use kexun_base::db::bulk;
use kexun_base::time::Day;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::entity::{conversation as fact, transcript};
use super::store::{ConversationRow, rows_of_customers, rows_of_groups};
use crate::customers::CustomerId;
use crate::editions::seen_in;

/// The transcripts of rows that are seen in the edition, as they are stored.
pub(super) async fn transcripts(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    rows: &[ConversationRow],
) -> Result<HashMap<Uuid, Vec<u8>>> {
    let query = transcript::Entity::find()
        .filter(transcript::Column::RowId.is_in(rows.iter().map(|r| r.row_id)))
        .filter(transcript::Column::TenantId.eq(tenant))
        .filter(seen_in(edition));
    Ok(query.all(db).await?.into_iter().map(|t| (t.row_id, t.packed)).collect())
}

/// Rows that are found, by their groups and by their customers.
pub(super) struct Found {
    pub by_group: HashSet<Uuid>,
    pub by_customer: HashSet<Uuid>,
}

/// Which of these rows their groups and customers find.
pub(super) async fn found_by(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    rows: &[ConversationRow],
) -> Result<Found> {
    let groups = rows.iter().map(|row| row.group_hash).collect();
    let customers: Vec<CustomerId> = rows.iter().filter_map(|row| row.customer_id).collect();
    Ok(Found {
        by_group: bulk::ids(db, &rows_of_groups(tenant, groups)).await?,
        by_customer: bulk::ids(db, &rows_of_customers(tenant, &customers)).await?,
    })
}

/// How many transcripts are seen in the edition.
pub(super) async fn count_transcripts(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
) -> Result<u64> {
    let query = transcript::Entity::find().filter(transcript::Column::TenantId.eq(tenant));
    Ok(query.filter(seen_in(edition)).count(db).await?)
}

/// The shops and days on which conversations may count.
///
/// # Errors
/// When the database refuses.
pub async fn days(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
) -> Result<BTreeSet<(ShopId, Day)>> {
    let query = fact::Entity::find()
        .filter(fact::Column::TenantId.eq(tenant))
        .filter(seen_in(edition))
        .select_only()
        .columns([fact::Column::ShopId, fact::Column::FirstDay, fact::Column::LastDay])
        .distinct();
    let spans: Vec<(ShopId, Day, Day)> = query.into_tuple().all(db).await?;
    let days = spans
        .into_iter()
        .flat_map(|(shop, Day(first), Day(last))| (first..=last).map(move |day| (shop, Day(day))));
    Ok(days.collect())
}
