//! The only queries on conversations.

use std::collections::HashMap;

use kexun_base::bytes::{Reader, put_u64};
use kexun_base::db::bulk::{self, Rows};
use kexun_base::db::{Tx, dialect};
use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect};

use super::ConversationId;
use super::dossier::Dossier;
use super::entity::{conversation as fact, transcript};
use super::facts::{Facts, channel_word};
use super::merge::{Owners, cut};
use super::transcript::{pack, unpack};
use crate::customers::CustomerId;
use crate::editions::{ALIVE, Staging, seen_in};
use crate::kpi::rules::{DEFAULT_GAP_S, ShopZone};

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

/// What the conversations of a group have in common.
#[derive(Debug, Clone)]
pub struct Head {
    /// Their shop.
    pub shop: ShopId,
    /// Their group.
    pub group: Uuid,
    /// The shop's own id; none for a bare thread.
    pub source_id: Option<String>,
    /// Their customer.
    pub customer: Option<CustomerId>,
    /// The customer's number; 0 for none.
    pub customer_no: i32,
}

/// A conversation about to be stored.
#[derive(Debug, Clone)]
pub struct NewRow {
    /// The conversation.
    pub id: ConversationId,
    /// What it has in common with its group.
    pub head: Head,
    /// Its facts.
    pub facts: Facts,
    /// Its dossier.
    pub dossier: Dossier,
}

impl NewRow {
    /// The conversations that a group's dossier is cut into: by silence where it is a bare thread.
    ///
    /// # Errors
    /// When messages are not in order of time: a fault of the program.
    pub fn of_group(
        head: &Head,
        whole: Dossier,
        owners: &Owners,
        is_thread: bool,
        zone: &ShopZone,
        fresh: impl FnMut() -> ConversationId,
    ) -> Result<Vec<NewRow>> {
        let pieces = cut(whole, owners, is_thread.then_some(DEFAULT_GAP_S), fresh);
        let row =
            |(id, dossier)| Ok(NewRow { id, head: head.clone(), facts: Facts::of(&dossier, zone)?, dossier });
        pieces.into_iter().map(row).collect()
    }
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
    let mut found: HashMap<Uuid, Vec<Stored>> = HashMap::new();
    for part in bulk::parts(groups) {
        let query = fact::Entity::find().filter(fact::Column::TenantId.eq(tenant));
        let query = query.filter(fact::Column::GroupHash.is_in(part)).filter(seen_in(edition));
        for stored in with_dossiers(db, query.all(db).await?).await? {
            found.entry(stored.row.group_hash).or_default().push(stored);
        }
    }
    Ok(found)
}

/// Rows with their dossiers.
///
/// # Errors
/// When the database refuses or a transcript is damaged.
pub async fn with_dossiers(db: &impl ConnectionTrait, rows: Vec<ConversationRow>) -> Result<Vec<Stored>> {
    let mut packed: HashMap<Uuid, Vec<u8>> = HashMap::with_capacity(rows.len());
    for part in rows.chunks(dialect::MAX_PARAMETERS) {
        let query =
            transcript::Entity::find().filter(transcript::Column::RowId.is_in(part.iter().map(|r| r.row_id)));
        packed.extend(query.all(db).await?.into_iter().map(|t| (t.row_id, t.packed)));
    }
    let unpacked = rows.into_iter().map(|row| {
        let dossier = packed.get(&row.row_id).map_or(Ok(Dossier::default()), |bytes| unpack(bytes))?;
        Ok(Stored { row, dossier })
    });
    unpacked.collect()
}

/// Rows as they go to the database.
#[derive(Debug, Clone)]
pub struct Packed {
    facts: Rows,
    transcripts: Rows,
}

impl Packed {
    /// Packs rows, to be born in the edition that is being staged. No IO: may run beside the writing.
    ///
    /// # Errors
    /// When compressing fails.
    pub fn of(ctx: &Ctx, tenant: TenantId, edition: i64, rows: Vec<NewRow>) -> Result<Packed> {
        let mut packed = Packed {
            facts: Rows::new("conversation", &FACTS),
            transcripts: Rows::new("transcript", &TRANSCRIPT),
        };
        for (row_id, row) in ctx.ids(rows.len()).into_iter().zip(rows) {
            let bytes = pack(&row.dossier)?;
            packed.transcripts.push([
                row_id.into(),
                tenant.into(),
                edition.into(),
                ALIVE.into(),
                bytes.into(),
            ]);
            packed.facts.push(cells(row_id, tenant, edition, row));
        }
        Ok(packed)
    }

    /// Adds the rows.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(self, tx: &Tx) -> Result<()> {
        self.facts.insert(tx).await?;
        self.transcripts.insert(tx).await
    }
}

const TRANSCRIPT: [&str; 5] = ["row_id", "tenant_id", "born", "died", "packed"];

const FACTS: [&str; 25] = [
    "row_id",
    "tenant_id",
    "born",
    "died",
    "id",
    "shop_id",
    "group_hash",
    "source_id",
    "customer_id",
    "customer_no",
    "channel",
    "started_at",
    "ended_at",
    "first_day",
    "last_day",
    "spans",
    "messages",
    "rounds",
    "answered",
    "first_response_s",
    "slowest_s",
    "score",
    "timeline",
    "outcome",
    "imports",
];

/// The cells of a row in the order of [`FACTS`].
fn cells(row_id: Uuid, tenant: TenantId, edition: i64, row: NewRow) -> [Value; FACTS.len()] {
    let facts = row.facts;
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    [
        row_id.into(),
        tenant.into(),
        edition.into(),
        ALIVE.into(),
        row.id.into(),
        row.head.shop.into(),
        row.head.group.into(),
        row.head.source_id.into(),
        row.head.customer.into(),
        row.head.customer_no.into(),
        channel_word(facts.channel).into(),
        facts.started_at.into(),
        facts.ended_at.into(),
        facts.days.0.into(),
        facts.days.1.into(),
        (facts.days.0 != facts.days.1).into(),
        count(row.dossier.messages.len()).into(),
        facts.rounds.0.into(),
        facts.rounds.1.into(),
        facts.first_response_s.into(),
        facts.slowest_s.into(),
        facts.outcome.scores.last().map(|s| i32::from(*s)).into(),
        facts.timeline.encode().into(),
        facts.outcome.encode().into(),
        imports_of(&row.dossier).into(),
    ]
}

/// Whether a row counts for the figures as a new one would.
pub fn counts_alike(old: &ConversationRow, new: &NewRow) -> bool {
    old.id == new.id
        && old.customer_no == new.head.customer_no
        && old.channel == channel_word(new.facts.channel)
        && old.timeline == new.facts.timeline.encode()
        && old.outcome == new.facts.outcome.encode()
}

pub(super) fn imports_of(dossier: &Dossier) -> Vec<u8> {
    let messages = dossier.messages.iter().flat_map(|m| &m.sources);
    let contacts = dossier.contacts.iter().flat_map(|c| &c.sources);
    let ratings = dossier.ratings.iter().flat_map(|r| &r.sources);
    let mut imports: Vec<u32> = Vec::new();
    for source in messages.chain(contacts).chain(ratings) {
        // Mostly one import brought it all.
        if imports.last() != Some(&source.import) {
            imports.push(source.import);
        }
    }
    imports.sort_unstable();
    imports.dedup();
    let mut out = Vec::new();
    for import in imports {
        put_u64(&mut out, u64::from(import));
    }
    out
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
    let mut query = fact::Entity::find()
        .filter(fact::Column::TenantId.eq(tenant))
        .filter(seen_in(edition))
        .select_only()
        .columns([fact::Column::GroupHash, fact::Column::Imports])
        .order_by_asc(fact::Column::GroupHash)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(fact::Column::GroupHash.gt(after));
    }
    let rows: Vec<(Uuid, Vec<u8>)> = query.into_tuple().all(db).await?;
    // A group may reach beyond the end of this part, and the import be named there alone: the last
    // group is always among the answer. It is looked at whole when its rows are loaded.
    let last = (rows.len() as u64 == limit).then(|| rows.last().map(|r| r.0)).flatten();
    let wanted = rows.into_iter().filter(|(group, i)| Some(*group) == last || names(i, import));
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
        .filter(fact::Column::TenantId.eq(tenant))
        .filter(fact::Column::CustomerId.eq(customer))
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
    let spanning = Condition::all()
        .add(fact::Column::Spans.eq(true))
        .add(fact::Column::LastDay.gte(day))
        .add(fact::Column::FirstDay.lt(day));
    [begun, spanning]
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
