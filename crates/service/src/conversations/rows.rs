//! Conversations on their way into the tables: made of a group's dossier, packed, and written.

use kexun_base::bytes::{Reader, put_bytes, put_i64, put_opt_str, put_u64};
use kexun_base::db::Tx;
use kexun_base::db::bulk::Rows;
use kexun_base::time::{Day, Micros};
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::Value;
use uuid::Uuid;

use super::ConversationId;
use super::dossier::{Dossier, channel_code, channel_of_code};
use super::facts::{Facts, channel_word};
use super::merge::{Owners, cut};
use super::store::Counted;
use super::transcript::pack;
use crate::customers::CustomerId;
use crate::editions::{ALIVE, Staging};
use crate::kpi::rules::{Channel, DEFAULT_GAP_S, ShopZone};

/// What the conversations of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The conversation; none: a new one, which gets its id when it is written.
    pub id: Option<ConversationId>,
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
    ) -> Result<Vec<NewRow>> {
        let pieces = cut(whole, owners, is_thread.then_some(DEFAULT_GAP_S));
        let row =
            |(id, dossier)| Ok(NewRow { id, head: head.clone(), facts: Facts::of(&dossier, zone)?, dossier });
        pieces.into_iter().map(row).collect()
    }

    /// Compresses what is to be compressed. No IO.
    ///
    /// # Errors
    /// When compressing fails.
    pub fn pack(self) -> Result<PackedRow> {
        let NewRow { id, head, facts, dossier } = self;
        Ok(PackedRow {
            id,
            head,
            channel: facts.channel,
            started_at: facts.started_at,
            ended_at: facts.ended_at,
            days: facts.days,
            messages: i32::try_from(dossier.messages.len()).unwrap_or(i32::MAX),
            rounds: facts.rounds,
            first_response_s: facts.first_response_s,
            slowest_s: facts.slowest_s,
            score: facts.outcome.scores.last().map(|s| i32::from(*s)),
            timeline: facts.timeline.encode(),
            outcome: facts.outcome.encode(),
            imports: imports_of(&dossier),
            transcript: pack(&dossier)?,
        })
    }
}

/// A conversation as it goes to the database: the values of its row, and its transcript, compressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedRow {
    id: Option<ConversationId>,
    head: Head,
    channel: Channel,
    started_at: Micros,
    ended_at: Micros,
    days: (Day, Day),
    messages: i32,
    rounds: (i32, i32),
    first_response_s: Option<i32>,
    slowest_s: Option<i32>,
    score: Option<i32>,
    timeline: Vec<u8>,
    outcome: Vec<u8>,
    imports: Vec<u8>,
    transcript: Vec<u8>,
}

impl PackedRow {
    /// First day on which it counts, and when it began: the order in which rows are best written.
    pub fn place(&self) -> (Day, Micros) {
        (self.days.0, self.started_at)
    }

    /// Its shop, and what the figures of its days need.
    pub fn counted(&self) -> (ShopId, Counted) {
        let counted = Counted {
            id: self.id.unwrap_or(ConversationId(Uuid::nil())),
            customer_no: self.head.customer_no,
            channel: channel_word(self.channel).to_owned(),
            first_day: self.days.0,
            last_day: self.days.1,
            timeline: self.timeline.clone(),
            outcome: self.outcome.clone(),
        };
        (self.head.shop, counted)
    }

    /// Writes it behind what `out` holds, for [`PackedRow::read`].
    pub fn write(&self, out: &mut Vec<u8>) {
        put_id(out, self.id.map(|id| id.0));
        out.extend_from_slice(self.head.shop.0.as_bytes());
        out.extend_from_slice(self.head.group.as_bytes());
        put_opt_str(out, self.head.source_id.as_deref());
        put_id(out, self.head.customer.map(|id| id.0));
        out.push(channel_code(self.channel));
        for number in [self.head.customer_no, self.days.0.0, self.days.1.0, self.messages] {
            put_i64(out, number.into());
        }
        for number in [self.rounds.0, self.rounds.1] {
            put_i64(out, number.into());
        }
        put_i64(out, self.started_at.0);
        put_i64(out, self.ended_at.0);
        for number in [self.first_response_s, self.slowest_s, self.score] {
            put_u64(out, number.map_or(0, |n| n.unsigned_abs() as u64 + 1));
        }
        for bytes in [&self.timeline, &self.outcome, &self.imports, &self.transcript] {
            put_bytes(out, bytes);
        }
    }

    /// Reads the next one of what [`PackedRow::write`] wrote.
    ///
    /// # Errors
    /// When the bytes are damaged.
    pub fn read(reader: &mut Reader<'_>) -> Result<PackedRow> {
        let id = read_id(reader)?.map(ConversationId);
        let (shop, group) = (ShopId(read_uuid(reader)?), read_uuid(reader)?);
        let source_id = reader.opt_str()?.map(str::to_owned);
        let customer = read_id(reader)?.map(CustomerId);
        let channel = channel_of_code(reader.u8()?);
        let customer_no = read_i32(reader)?;
        Ok(PackedRow {
            id,
            head: Head { shop, group, source_id, customer, customer_no },
            channel,
            days: (Day(read_i32(reader)?), Day(read_i32(reader)?)),
            messages: read_i32(reader)?,
            rounds: (read_i32(reader)?, read_i32(reader)?),
            started_at: Micros(reader.i64()?),
            ended_at: Micros(reader.i64()?),
            first_response_s: read_opt_i32(reader)?,
            slowest_s: read_opt_i32(reader)?,
            score: read_opt_i32(reader)?,
            timeline: reader.bytes()?.to_vec(),
            outcome: reader.bytes()?.to_vec(),
            imports: reader.bytes()?.to_vec(),
            transcript: reader.bytes()?.to_vec(),
        })
    }

    /// The cells of its row in the order of [`FACTS`], and its transcript.
    fn cells(
        self,
        row_id: Uuid,
        id: Uuid,
        tenant: TenantId,
        edition: i64,
    ) -> ([Value; FACTS.len()], Vec<u8>) {
        let cells = [
            row_id.into(),
            tenant.into(),
            edition.into(),
            ALIVE.into(),
            id.into(),
            self.head.shop.into(),
            self.head.group.into(),
            self.head.source_id.into(),
            self.head.customer.into(),
            self.head.customer_no.into(),
            channel_word(self.channel).into(),
            self.started_at.into(),
            self.ended_at.into(),
            self.days.0.into(),
            self.days.1.into(),
            (self.days.0 != self.days.1).into(),
            self.messages.into(),
            self.rounds.0.into(),
            self.rounds.1.into(),
            self.first_response_s.into(),
            self.slowest_s.into(),
            self.score.into(),
            self.timeline.into(),
            self.outcome.into(),
            self.imports.into(),
        ];
        (cells, self.transcript)
    }
}

fn put_id(out: &mut Vec<u8>, id: Option<Uuid>) {
    out.push(id.is_some().into());
    out.extend_from_slice(id.as_ref().map_or(&[], |id| id.as_bytes().as_slice()));
}

fn read_id(reader: &mut Reader<'_>) -> Result<Option<Uuid>> {
    Ok(if reader.u8()? == 0 { None } else { Some(read_uuid(reader)?) })
}

fn read_uuid(reader: &mut Reader<'_>) -> Result<Uuid> {
    Ok(Uuid::from_bytes(reader.take(16)?.try_into().expect("sixteen bytes were taken")))
}

fn read_i32(reader: &mut Reader<'_>) -> Result<i32> {
    i32::try_from(reader.i64()?).map_err(|_| Error::internal("a record of the program's own runs is damaged"))
}

fn read_opt_i32(reader: &mut Reader<'_>) -> Result<Option<i32>> {
    Ok(reader.u64()?.checked_sub(1).and_then(|n| i32::try_from(n).ok()))
}

/// What finds a row by its group and its customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup {
    /// The row.
    pub row_id: Uuid,
    /// Its group.
    pub group: Uuid,
    /// Its customer.
    pub customer: Option<CustomerId>,
}

/// Rows as they go to the database.
#[derive(Debug, Clone)]
pub struct Packed {
    facts: Rows,
    transcripts: Rows,
    /// What is to find them, once they are there: best written in its own order, see [`Finders`].
    pub lookups: Vec<Lookup>,
}

impl Packed {
    /// Makes rows, to be born in the edition that is being staged. No IO: may run beside the writing.
    pub fn of(ctx: &Ctx, tenant: TenantId, edition: i64, rows: Vec<PackedRow>) -> Packed {
        let mut packed = Packed {
            facts: Rows::new("conversation", &FACTS),
            transcripts: Rows::new("transcript", &TRANSCRIPT),
            lookups: Vec::with_capacity(rows.len()),
        };
        let ids = ctx.ids(rows.len()).into_iter().zip(ctx.ids(rows.len()));
        for ((row_id, fresh), row) in ids.zip(rows) {
            packed.lookups.push(Lookup { row_id, group: row.head.group, customer: row.head.customer });
            let id = row.id.map_or(fresh, |id| id.0);
            let (cells, transcript) = row.cells(row_id, id, tenant, edition);
            packed.facts.push(cells);
            packed.transcripts.push([
                row_id.into(),
                tenant.into(),
                edition.into(),
                ALIVE.into(),
                transcript.into(),
            ]);
        }
        packed
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Adds the rows; nothing finds them by group or customer yet.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(self, tx: &Tx) -> Result<()> {
        self.facts.insert(tx).await?;
        self.transcripts.insert(tx).await
    }
}

/// What finds rows by group and by customer, each in a table of its own. As indexes of the rows they would be
/// written all over at every batch, since rows come in the order of time; so they are written when the rows are
/// there, in their own order.
#[derive(Debug)]
pub struct Finders {
    tenant: TenantId,
    of_group: Rows,
    of_customer: Rows,
}

impl Finders {
    /// None yet.
    pub fn new(tenant: TenantId) -> Self {
        let of_group = Rows::new("conversation_of_group", &OF_GROUP);
        let of_customer = Rows::new("conversation_of_customer", &OF_CUSTOMER);
        Finders { tenant, of_group, of_customer }
    }

    /// Lets a group find a row.
    pub fn of_group(&mut self, group: Uuid, row_id: Uuid) {
        self.of_group.push([self.tenant.into(), group.into(), row_id.into()]);
    }

    /// Lets a customer find a row.
    pub fn of_customer(&mut self, customer: CustomerId, row_id: Uuid) {
        self.of_customer.push([self.tenant.into(), customer.into(), row_id.into()]);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.of_group.len() + self.of_customer.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert(self, tx: &Tx) -> Result<()> {
        self.of_group.insert(tx).await?;
        self.of_customer.insert(tx).await
    }
}

/// Stores a few rows at once, with what finds them.
///
/// # Errors
/// When the database refuses.
pub async fn store_rows(ctx: &Ctx, tx: &Tx, staging: &Staging, rows: Vec<PackedRow>) -> Result<()> {
    let mut packed = Packed::of(ctx, staging.tenant, staging.edition, rows);
    let lookups = std::mem::take(&mut packed.lookups);
    packed.insert(tx).await?;
    find(tx, staging.tenant, &lookups).await
}

/// Lets groups and customers find a few rows.
///
/// # Errors
/// When the database refuses.
pub(super) async fn find(tx: &Tx, tenant: TenantId, lookups: &[Lookup]) -> Result<()> {
    let mut finders = Finders::new(tenant);
    for lookup in lookups {
        finders.of_group(lookup.group, lookup.row_id);
        if let Some(customer) = lookup.customer {
            finders.of_customer(customer, lookup.row_id);
        }
    }
    finders.insert(tx).await
}

const OF_GROUP: [&str; 3] = ["tenant_id", "group_hash", "row_id"];
const OF_CUSTOMER: [&str; 3] = ["tenant_id", "customer_id", "row_id"];
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
