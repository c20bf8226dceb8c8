//! The only queries on conversations.

use std::collections::HashMap;

use kexun_base::Result;
use kexun_base::bytes::Reader;
use kexun_base::db::{Tx, bulk, dialect};
use kexun_base::time::Day;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement, SimpleExpr};
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect};

use super::ConversationId;
use super::dossier::Dossier;
use super::entity::{conversation as fact, of_customer, of_group, transcript};
use super::facts::channel_word;
use super::rows::NewRow;
use super::transcript::unpack;
use crate::customers::CustomerId;
use crate::editions::{Staging, seen_in};

/// Facts of one conversation as they are stored.
pub type ConversationRow = fact::Model;

/// A conversation with its dossier.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its facts.
    pub row: ConversationRow,
    /// Its messages, notes and ratings.
    pub dossier: Dossier,
}

/// A conversation with its transcript as it lies in the database.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its facts.
    pub row: ConversationRow,
    /// Its messages, notes and ratings, packed; none where it has none.
    pub transcript: Option<Vec<u8>>,
}

impl Kept {
    /// With its dossier. No IO: of many or large ones, work for a thread of its own.
    ///
    /// # Errors
    /// When the transcript is damaged.
    pub fn unpack(self) -> Result<Stored> {
        let dossier = self.transcript.map_or(Ok(Dossier::default()), |bytes| unpack(&bytes))?;
        Ok(Stored { row: self.row, dossier })
    }
}

/// Rows of groups, with their transcripts.
///
/// # Errors
/// When the database refuses.
pub async fn kept_of_groups(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    groups: &[Uuid],
) -> Result<Vec<Kept>> {
    let mut found = Vec::new();
    for part in bulk::parts(groups) {
        let query =
            fact::Entity::find().filter(fact::Column::RowId.in_subquery(rows_of_groups(tenant, part)));
        let query = query.filter(seen_in(edition));
        found.extend(with_transcripts(db, query.all(db).await?).await?);
    }
    Ok(found)
}

/// Rows of groups, with their dossiers, by group.
///
/// # Errors
/// When the database refuses or a transcript is damaged.
pub async fn dossiers_of_groups(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    groups: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Stored>>> {
    by_group(kept_of_groups(db, tenant, edition, groups).await?)
}

/// Conversations with their dossiers, by group. No IO.
///
/// # Errors
/// When a transcript is damaged.
pub fn by_group(kept: Vec<Kept>) -> Result<HashMap<Uuid, Vec<Stored>>> {
    let mut found: HashMap<Uuid, Vec<Stored>> = HashMap::new();
    for kept in kept {
        found.entry(kept.row.group_hash).or_default().push(kept.unpack()?);
    }
    Ok(found)
}

/// The rows of a tenant's groups, over all editions. The tenant is asked for here and not of the rows found: so
/// the database has no other index to choose than that of the rows.
pub(super) fn rows_of_groups(tenant: TenantId, groups: Vec<Uuid>) -> SelectStatement {
    let mut rows = Query::select();
    rows.column(of_group::Column::RowId)
        .from(of_group::Entity)
        .and_where(of_group::Column::GroupHash.is_in(groups))
        .and_where(of_group::Column::TenantId.eq(tenant));
    rows
}

/// The rows of a tenant's customers, over all editions.
pub(super) fn rows_of_customers(tenant: TenantId, customers: &[CustomerId]) -> SelectStatement {
    let mut rows = Query::select();
    rows.column(of_customer::Column::RowId)
        .from(of_customer::Entity)
        .and_where(of_customer::Column::CustomerId.is_in(customers.iter().copied()))
        .and_where(of_customer::Column::TenantId.eq(tenant));
    rows
}

/// Rows with their dossiers.
///
/// # Errors
/// When the database refuses or a transcript is damaged.
pub async fn with_dossiers(db: &impl ConnectionTrait, rows: Vec<ConversationRow>) -> Result<Vec<Stored>> {
    with_transcripts(db, rows).await?.into_iter().map(Kept::unpack).collect()
}

async fn with_transcripts(db: &impl ConnectionTrait, rows: Vec<ConversationRow>) -> Result<Vec<Kept>> {
    let mut packed: HashMap<Uuid, Vec<u8>> = HashMap::with_capacity(rows.len());
    for part in rows.chunks(dialect::MAX_PARAMETERS) {
        let query =
            transcript::Entity::find().filter(transcript::Column::RowId.is_in(part.iter().map(|r| r.row_id)));
        packed.extend(query.all(db).await?.into_iter().map(|t| (t.row_id, t.packed)));
    }
    let mut kept = |row: ConversationRow| Kept { transcript: packed.remove(&row.row_id), row };
    Ok(rows.into_iter().map(&mut kept).collect())
}

/// Whether a row counts for the figures as a new one would.
pub fn counts_alike(old: &ConversationRow, new: &NewRow) -> bool {
    Some(old.id) == new.id
        && old.customer_no == new.head.customer_no
        && old.channel == channel_word(new.facts.channel)
        && old.timeline == new.facts.timeline.encode()
        && old.outcome == new.facts.outcome.encode()
}

/// Lets rows die in the edition that is being staged.
///
/// # Errors
/// When the database refuses.
pub async fn bury(tx: &Tx, staging: &Staging, rows: &[Uuid]) -> Result<()> {
    for part in rows.chunks(dialect::MAX_PARAMETERS) {
        fact::Entity::update_many()
            .col_expr(fact::Column::Died, Expr::value(staging.edition))
            .filter(fact::Column::RowId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
        transcript::Entity::update_many()
            .col_expr(transcript::Column::Died, Expr::value(staging.edition))
            .filter(transcript::Column::RowId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Groups to which an import brought anything, in order, from `after` on.
///
/// # Errors
/// When the database refuses.
pub async fn groups_of_import(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    import: u32,
    after: Option<Uuid>,
    limit: u64,
) -> Result<(Vec<Uuid>, Option<Uuid>)> {
    let mut query = of_group::Entity::find()
        .filter(of_group::Column::TenantId.eq(tenant))
        .select_only()
        .columns([of_group::Column::GroupHash, of_group::Column::RowId])
        .order_by_asc(of_group::Column::GroupHash)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(of_group::Column::GroupHash.gt(after));
    }
    let rows: Vec<(Uuid, Uuid)> = query.into_tuple().all(db).await?;
    let mut imports: HashMap<Uuid, Vec<u8>> = HashMap::with_capacity(rows.len());
    for part in rows.chunks(dialect::MAX_PARAMETERS - 2) {
        let query = fact::Entity::find()
            .filter(fact::Column::RowId.is_in(part.iter().map(|(_, row)| *row)))
            .filter(seen_in(edition))
            .select_only()
            .columns([fact::Column::RowId, fact::Column::Imports]);
        imports.extend(query.into_tuple::<(Uuid, Vec<u8>)>().all(db).await?);
    }
    // A group may reach beyond the end of this part, and the import be named there alone: the last
    // group is always among the answer. It is looked at whole when its rows are loaded.
    let last = (rows.len() as u64 == limit).then(|| rows.last().map(|r| r.0)).flatten();
    let named = |row: &Uuid| imports.get(row).is_some_and(|imports| names(imports, import));
    let wanted = rows.into_iter().filter(|(group, row)| Some(*group) == last || named(row));
    let mut groups: Vec<Uuid> = wanted.map(|(group, _)| group).collect();
    groups.dedup();
    Ok((groups, last))
}

/// Numbers of the imports that brought anything of a conversation, ascending.
///
/// # Errors
/// When the row is damaged.
pub fn imports_named(row: &ConversationRow) -> Result<Vec<i32>> {
    let mut reader = Reader::new(&row.imports);
    let mut numbers = Vec::new();
    while !reader.is_empty() {
        numbers.extend(i32::try_from(reader.u32()?));
    }
    Ok(numbers)
}

fn names(imports: &[u8], import: u32) -> bool {
    let mut reader = Reader::new(imports);
    while !reader.is_empty() {
        match reader.u32() {
            Ok(number) if number == import => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    false
}

/// Groups in which a customer speaks.
///
/// # Errors
/// When the database refuses.
pub async fn groups_of_customer(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    customer: CustomerId,
) -> Result<Vec<Uuid>> {
    let query = fact::Entity::find()
        .filter(fact::Column::RowId.in_subquery(rows_of_customers(tenant, &[customer])))
        .filter(seen_in(edition))
        .select_only()
        .column(fact::Column::GroupHash)
        .distinct();
    Ok(query.into_tuple().all(db).await?)
}

/// What the figures of a day need of a conversation.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Counted {
    /// The conversation.
    pub id: ConversationId,
    /// Number of its customer.
    pub customer_no: i32,
    /// By which way the customer came.
    pub channel: String,
    /// First and last day on which it counts.
    pub first_day: Day,
    /// See `first_day`.
    pub last_day: Day,
    /// Who wrote when.
    pub timeline: Vec<u8>,
    /// What came of it.
    pub outcome: Vec<u8>,
}

/// What counts on a day of a shop, in an edition.
///
/// # Errors
/// When the database refuses.
pub async fn counted_on_day(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shop: ShopId,
    day: Day,
) -> Result<Vec<Counted>> {
    use fact::Column as C;
    let mut rows = Vec::new();
    for on_day in days_of(day) {
        let query = fact::Entity::find().filter(C::TenantId.eq(tenant)).filter(C::ShopId.eq(shop));
        let query = query.filter(seen_in(edition)).filter(on_day).select_only();
        let query = query.columns([
            C::Id,
            C::CustomerNo,
            C::Channel,
            C::FirstDay,
            C::LastDay,
            C::Timeline,
            C::Outcome,
        ]);
        rows.extend(query.into_model::<Counted>().all(db).await?);
    }
    Ok(rows)
}

/// The conditions under which a conversation counts on a day, one for each index: begun on it, or
/// reaching it.
fn days_of(day: Day) -> [Condition; 2] {
    let begun = Condition::all().add(fact::Column::FirstDay.eq(day));
    let spanning =
        Condition::all().add(spans()).add(fact::Column::LastDay.gte(day)).add(fact::Column::FirstDay.lt(day));
    [begun, spanning]
}

/// Counts on several days. In the words of the index over such rows, so that it is used.
pub(super) fn spans() -> SimpleExpr {
    Expr::col(fact::Column::Spans)
}

/// The conversations of a shop that count on a day, in an edition.
///
/// # Errors
/// When the database refuses.
pub async fn on_day(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shop: ShopId,
    day: Day,
) -> Result<Vec<ConversationRow>> {
    let mut rows = Vec::new();
    for on_day in days_of(day) {
        let query = fact::Entity::find().filter(fact::Column::TenantId.eq(tenant));
        let query = query.filter(fact::Column::ShopId.eq(shop)).filter(seen_in(edition)).filter(on_day);
        rows.extend(query.all(db).await?);
    }
    Ok(rows)
}

/// The conversations of shops that touch a span of days, by customer and beginning.
///
/// # Errors
/// When the database refuses.
pub async fn contacts_between(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shops: &[ShopId],
    days: (Day, Day),
) -> Result<Vec<ConversationRow>> {
    let query = fact::Entity::find()
        .filter(fact::Column::TenantId.eq(tenant))
        .filter(fact::Column::ShopId.is_in(shops.iter().copied()))
        .filter(fact::Column::FirstDay.lte(days.1))
        .filter(fact::Column::LastDay.gte(days.0))
        .filter(seen_in(edition))
        .order_by_asc(fact::Column::CustomerNo)
        .order_by_asc(fact::Column::StartedAt);
    Ok(query.all(db).await?)
}

/// Whether a tenant has any conversation, in whatever edition.
///
/// # Errors
/// When the database refuses.
pub async fn any(db: &impl ConnectionTrait, tenant: TenantId) -> Result<bool> {
    let query = fact::Entity::find().filter(fact::Column::TenantId.eq(tenant)).select_only();
    let one: Option<Uuid> = query.column(fact::Column::RowId).into_tuple().one(db).await?;
    Ok(one.is_some())
}
