//! The second step: items join their groups, and what comes of it is staged.

use std::collections::{BTreeSet, HashMap};

use kexun_base::db::Tx;
use kexun_base::secrets::Key;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::tenants::ShopId;
use uuid::Uuid;

use super::items::{self, Item};
use super::read::NamedShop;
use super::sort::{Gathered, Sorted};
use super::{ImportId, store};
use crate::conversations::merge::{Arrivals, add, join};
use crate::conversations::{self, Head, NewRow, Stored};
use crate::customers::{self, Customer, CustomerId};
use crate::editions::Staging;
use crate::kpi::rules::ShopZone;

/// Groups taken in one transaction.
const GROUPS_A_BATCH: usize = 300;
/// Bytes of items taken in one transaction, so that a batch of giants stays short.
const BYTES_A_BATCH: usize = 4 << 20;

/// A shop and a day whose figures must be made anew.
pub type Touched = BTreeSet<(ShopId, Day)>;

/// What merging knows beside the items.
pub struct Frame<'a> {
    /// The edition being staged.
    pub staging: &'a Staging,
    /// The import.
    pub import: ImportId,
    /// Its number.
    pub number: u32,
    /// The shops by index: id, and zone.
    pub shops: Vec<(ShopId, ShopZone)>,
    /// Account numbers of the agents by index.
    pub agents: Vec<u32>,
    /// Opens the pieces sealed while reading.
    pub passing: Key,
}

/// What merging brought about.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Rows that brought something new.
    pub imported: u64,
    /// Rows that were known.
    pub unchanged: u64,
    /// Rows that contradict what is known.
    pub contradicting: u64,
    /// Days whose figures must be made anew.
    pub touched: Touched,
    late: Vec<u64>,
}

/// A group of items as it came out of the sorter.
struct Group {
    shop: u32,
    /// Hash within the shop, under which pieces were sealed.
    hash: [u8; 16],
    /// Hash within the tenant.
    id: Uuid,
    conversation: Option<String>,
    is_thread: bool,
    customer: Option<String>,
    arrivals: Arrivals,
}

/// The shops of a parsed file with ids; new ones get the ids that publishing will make them with.
pub fn promise_shops(ctx: &Ctx, shops: &[NamedShop]) -> Vec<(ShopId, ShopZone)> {
    shops.iter().map(|s| (s.known.unwrap_or_else(|| ctx.id()), s.zone.clone())).collect()
}

/// Identity of a group over all imports.
pub fn group_id(shop: ShopId, hash: &[u8; 16]) -> Uuid {
    let mut hasher = [0u8; 32];
    hasher[..16].copy_from_slice(shop.0.as_bytes());
    hasher[16..].copy_from_slice(hash);
    let key = Key::from_bytes(hasher).hash(&[b"group of shop"]);
    Uuid::from_slice(&key[..16]).expect("16 bytes make a UUID")
}

/// Merges all items, batch by batch; `merged` hears how many rows are done.
pub async fn merge(ctx: &Ctx, frame: &Frame<'_>, sorted: Sorted, merged: impl Fn(u64)) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut last_customer = customers::last_number(ctx.db().read(), frame.staging.tenant).await?;
    let mut groups = Groups { sorted, shops: frame.shops.iter().map(|s| s.0).collect() };
    let mut rows = 0;
    loop {
        let batch = groups.next_batch()?;
        if batch.is_empty() {
            return Ok(outcome);
        }
        rows += batch.iter().map(|g| g.arrivals.rows()).sum::<usize>() as u64;
        let tx = frame.staging.batch(ctx).await?;
        merge_batch(ctx, &tx, frame, batch, &mut last_customer, &mut outcome).await?;
        tx.commit().await?;
        merged(rows);
    }
}

struct Groups {
    sorted: Sorted,
    shops: Vec<ShopId>,
}

impl Groups {
    fn next_batch(&mut self) -> Result<Vec<Group>> {
        let mut batch: Vec<Group> = Vec::new();
        let mut bytes = 0;
        while batch.len() < GROUPS_A_BATCH && bytes < BYTES_A_BATCH {
            let Some(gathered) = self.sorted.next() else { break };
            let Gathered { key, bytes: items } = gathered?;
            bytes += items.len();
            let shop = self.shops[key.shop as usize];
            let mut group = Group::new(key.shop, key.group, group_id(shop, &key.group));
            items::each(&items, |row, item| group.take(row, item))?;
            batch.push(group);
        }
        Ok(batch)
    }
}

impl Group {
    fn new(shop: u32, hash: [u8; 16], id: Uuid) -> Self {
        Group {
            shop,
            hash,
            id,
            conversation: None,
            is_thread: false,
            customer: None,
            arrivals: Arrivals::default(),
        }
    }

    fn take(&mut self, row: u64, item: Item) {
        match item {
            Item::Message { customer, conversation, message } => {
                self.is_thread = conversation.is_none();
                self.conversation = self.conversation.take().or(conversation);
                // The customer of a conversation is the one of its first message in the file.
                self.customer = self.customer.take().or(Some(customer));
                self.arrivals.messages.push((row, message));
            }
            Item::Contact { conversation, contact } => {
                self.conversation = Some(conversation);
                self.arrivals.contacts.push((row, contact));
            }
            Item::Rating { conversation, rating } => {
                self.conversation = self.conversation.take().or(conversation);
                self.arrivals.ratings.push((row, rating));
            }
        }
    }
}

async fn merge_batch(
    ctx: &Ctx,
    tx: &Tx,
    frame: &Frame<'_>,
    groups: Vec<Group>,
    last_customer: &mut i32,
    outcome: &mut Outcome,
) -> Result<()> {
    let tenant = frame.staging.tenant;
    let ids: Vec<Uuid> = groups.iter().map(|g| g.id).collect();
    let mut known = conversations::dossiers_of_groups(tx, tenant, frame.staging.edition, &ids).await?;
    let mut served = Served::find(ctx, tx, frame, &groups, &known, last_customer).await?;
    let (mut rows, mut dead) = (Vec::new(), Vec::new());
    for mut group in groups {
        let known = known.remove(&group.id).unwrap_or_default();
        let customer = match served.of(frame, &group, &known) {
            Some(customer) => {
                own_pieces(ctx, tx, frame, &mut group, customer).await?;
                Some(customer.clone())
            }
            None => None,
        };
        join_group(ctx, frame, group, known, customer, (&mut rows, &mut dead), outcome)?;
    }
    for row in outcome.late.drain(..) {
        let words = (
            "this message_id is known with another time, sender or text",
            "这个消息编号已经对应另一条消息（时间、发送方或内容不同）",
        );
        store::add_late_rejection(tx, frame.import, row, "contradicts_known", words).await?;
        outcome.contradicting += 1;
    }
    conversations::bury(tx, frame.staging, &dead).await?;
    conversations::insert(ctx, tx, frame.staging, rows).await
}

/// The customers of a batch of groups.
struct Served {
    by_name: HashMap<(ShopId, String), Customer>,
    by_id: HashMap<CustomerId, Customer>,
}

impl Served {
    async fn find(
        ctx: &Ctx,
        tx: &Tx,
        frame: &Frame<'_>,
        groups: &[Group],
        known: &HashMap<Uuid, Vec<Stored>>,
        last: &mut i32,
    ) -> Result<Served> {
        let ids: BTreeSet<CustomerId> = known.values().flatten().filter_map(|s| s.row.customer_id).collect();
        let ids: Vec<CustomerId> = ids.into_iter().collect();
        let by_id = customers::by_ids(tx, frame.staging.tenant, &ids).await?;
        let names: BTreeSet<(ShopId, String)> = groups
            .iter()
            .filter_map(|g| Some((frame.shops[g.shop as usize].0, g.customer.clone()?)))
            .collect();
        let names: Vec<_> = names.into_iter().collect();
        let by_name = customers::ensure(ctx, tx, frame.staging, &names, last).await?;
        Ok(Served { by_name, by_id })
    }

    /// The customer of a group: the one it has, or the one its first message in the file names.
    fn of(&mut self, frame: &Frame<'_>, group: &Group, known: &[Stored]) -> Option<&mut Customer> {
        if let Some(id) = known.iter().find_map(|s| s.row.customer_id) {
            return self.by_id.get_mut(&id);
        }
        let name = group.customer.clone()?;
        self.by_name.get_mut(&(frame.shops[group.shop as usize].0, name))
    }
}

/// Seals pieces with the key of the customer they belong to; who was erased gets neither pieces nor
/// texts back.
async fn own_pieces(
    ctx: &Ctx,
    tx: &Tx,
    frame: &Frame<'_>,
    group: &mut Group,
    customer: &mut Customer,
) -> Result<()> {
    if customer.erased {
        group.arrivals.ratings.iter_mut().for_each(|(_, rating)| rating.comment.clear());
    }
    for (_, message) in &mut group.arrivals.messages {
        if customer.erased {
            conversations::blank(message);
        }
        if message.sealed.is_empty() {
            continue;
        }
        let plain = frame.passing.open(&group.hash, &message.sealed)?;
        let key = customers::key_of(ctx, tx, customer).await?;
        message.sealed = key.map_or(Vec::new(), |key| key.seal(ctx.random(), group.id.as_bytes(), &plain));
    }
    Ok(())
}

/// One group: what is known and what arrives become its new rows.
fn join_group(
    ctx: &Ctx,
    frame: &Frame<'_>,
    group: Group,
    known: Vec<Stored>,
    customer: Option<Customer>,
    (rows, dead): (&mut Vec<NewRow>, &mut Vec<Uuid>),
    outcome: &mut Outcome,
) -> Result<()> {
    let (shop, zone) = &frame.shops[group.shop as usize];
    let mut arrivals = group.arrivals;
    for (_, message) in &mut arrivals.messages {
        message.agent = message.agent.map(|place| frame.agents[place as usize]);
    }
    let before: Vec<_> = known.iter().map(|s| s.row.clone()).collect();
    let (mut whole, owners) = join(known.into_iter().map(|s| (s.row.id, s.dossier)).collect());
    let tally = add(&mut whole, frame.number, arrivals);
    outcome.imported += tally.imported;
    outcome.unchanged += tally.unchanged;
    outcome.late.extend(tally.contradicting);
    let head = Head {
        shop: *shop,
        group: group.id,
        source_id: group.conversation.or_else(|| before.iter().find_map(|r| r.source_id.clone())),
        customer: customer.as_ref().map(|c| c.id).or_else(|| before.iter().find_map(|r| r.customer_id)),
        customer_no: customer
            .as_ref()
            .map_or_else(|| before.first().map_or(0, |r| r.customer_no), |c| c.number),
    };
    let after = NewRow::of_group(&head, whole, &owners, group.is_thread, zone, || ctx.id())?;
    note_touched(&before, &after, &mut outcome.touched);
    dead.extend(before.iter().map(|r| r.row_id));
    rows.extend(after);
    Ok(())
}

/// Days whose figures change: none when the group counts as it did before.
pub(super) fn note_touched(
    before: &[conversations::ConversationRow],
    after: &[NewRow],
    touched: &mut Touched,
) {
    let same = before.len() == after.len()
        && after.iter().all(|new| before.iter().any(|old| conversations::counts_alike(old, new)));
    if same {
        return;
    }
    let days = before.iter().map(|r| (r.shop_id, r.first_day, r.last_day));
    let days = days.chain(after.iter().map(|n| (n.head.shop, n.facts.days.0, n.facts.days.1)));
    for (shop, first, last) in days {
        touched.extend((first.0..=last.0).map(|day| (shop, Day(day))));
    }
}
