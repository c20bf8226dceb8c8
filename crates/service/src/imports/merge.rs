//! The second step: items join their groups, and what comes of it is sorted by time.
//!
//! A batch of groups is gathered from the sorter, what is known of it is looked up, it is joined with
//! that, and what it replaces is buried. Computing and the database take turns on three batches at once: while one is
//! joined and the next but one gathered, what the one before replaces is buried and the one behind looked up. No
//! batch depends on another: a group lies in one alone, and customers are made when they are looked up.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use kexun_base::db::Tx;
use kexun_base::secrets::Key;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::{ShopId, TenantId};
use uuid::Uuid;

use super::items::{self, Item};
use super::join::{Joined, join};
use super::read::NamedShop;
use super::sort::{Gathered, LARGE_RUN, Sorted, Sorter};
use super::{ImportId, store};
use crate::conversations::merge::Arrivals;
use crate::conversations::{self, Stored};
use crate::customers::{self, Customer, CustomerId, Named};
use crate::editions::Staging;
use crate::kpi::rules::ShopZone;

/// Groups taken in one transaction: so many that its sync to disk weighs little, so few that others who
/// want to write wait no longer than some tens of milliseconds.
const GROUPS_A_BATCH: usize = 1500;
/// Bytes of items taken in one transaction, so that a batch of giants stays short.
const BYTES_A_BATCH: usize = 3 << 20;

/// A shop and a day whose figures must be made anew.
pub type Touched = BTreeSet<(ShopId, Day)>;

/// What merging knows beside the items.
pub struct Frame {
    /// Whose record.
    pub tenant: TenantId,
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
}

/// A group of items as it came out of the sorter.
pub(super) struct Group {
    pub shop: u32,
    /// Hash within the shop, under which pieces were sealed.
    pub hash: [u8; 16],
    /// Hash within the tenant.
    pub id: Uuid,
    pub conversation: Option<String>,
    pub is_thread: bool,
    /// The name that the file has for the customer.
    pub customer: Option<String>,
    /// The hash that finds him.
    pub customer_hash: Uuid,
    pub arrivals: Arrivals,
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

/// Merges all items, batch by batch, and gives the new rows in the order of time; `merged` hears how many rows
/// of the file are done.
pub async fn merge(
    ctx: &Ctx,
    staging: &Staging,
    frame: &Arc<Frame>,
    sorted: Sorted,
    merged: impl Fn(u64),
) -> Result<(Outcome, Sorted)> {
    let mut outcome = Outcome::default();
    let mut known = Known::of(ctx, frame.tenant).await?;
    let ready = Sorter::new(&runs(ctx), LARGE_RUN);
    let mut groups = Groups { sorted, frame: frame.clone(), names: customers::name_key(ctx), ready };
    let (mut gathered, mut found, mut joined): (Vec<Group>, Option<Found>, Option<Joined>) =
        Default::default();
    let (mut rows, mut batches) = (0, 0u32);
    loop {
        let (ctx_there, frame_there, found_now) = (ctx.clone(), frame.clone(), found.take());
        let computing = tokio::task::spawn_blocking(move || {
            let ready = &mut groups.ready;
            let joined = found_now.map(|found| join(&ctx_there, &frame_there, found, ready)).transpose()?;
            let gathered = groups.next_batch()?;
            Ok::<_, Error>((groups, joined, gathered))
        });
        let written = joined.as_ref().map_or(0, |j| j.rows);
        let writing = look_around(
            ctx,
            staging,
            frame,
            joined.take(),
            std::mem::take(&mut gathered),
            &mut known,
            &mut outcome,
        );
        let (computed, looked_up) = tokio::join!(computing, writing);
        found = looked_up?;
        (groups, joined, gathered) =
            computed.map_err(|e| Error::internal(format!("joining what was read broke: {e}")))??;
        if written > 0 {
            rows += written;
            batches += 1;
            merged(rows);
        }
        let done = gathered.is_empty() && found.is_none() && joined.is_none();
        // Each time their table may have doubled.
        if batches > 1 && written > 0 && batches.is_power_of_two() {
            ctx.db().tell_sizes(&[customers::TABLE]).await?;
        }
        if done {
            return Ok((outcome, groups.ready.finish()?));
        }
    }
}

/// Where sorted runs lie.
pub(super) fn runs(ctx: &Ctx) -> PathBuf {
    ctx.settings().folder.join("runs")
}

/// What the database knows of the tenant before, as far as it spares questions.
struct Known {
    last_customer: i32,
    any_conversation: bool,
}

impl Known {
    async fn of(ctx: &Ctx, tenant: TenantId) -> Result<Known> {
        Ok(Known {
            last_customer: customers::last_number(ctx.db().read(), tenant).await?,
            any_conversation: conversations::any(ctx.db().read(), tenant).await?,
        })
    }
}

/// Groups with what the database knows of them.
pub(super) struct Found {
    pub groups: Vec<Group>,
    pub known: HashMap<Uuid, Vec<Stored>>,
    pub served: Served,
}

/// In one transaction: buries what a joined batch replaces, and looks up one that is to be joined.
async fn look_around(
    ctx: &Ctx,
    staging: &Staging,
    frame: &Frame,
    joined: Option<Joined>,
    groups: Vec<Group>,
    known: &mut Known,
    outcome: &mut Outcome,
) -> Result<Option<Found>> {
    if joined.is_none() && groups.is_empty() {
        return Ok(None);
    }
    let tx = staging.batch(ctx).await?;
    if let Some(joined) = joined {
        note(&tx, staging, frame, joined, outcome).await?;
    }
    let found = match groups.is_empty() {
        true => None,
        false => Some(look_up(ctx, &tx, staging, frame, groups, known).await?),
    };
    tx.commit().await?;
    Ok(found)
}

async fn note(
    tx: &Tx,
    staging: &Staging,
    frame: &Frame,
    joined: Joined,
    outcome: &mut Outcome,
) -> Result<()> {
    for row in joined.contradicting {
        let words = (
            "this message_id is known with another time, sender or text",
            "这个消息编号已经对应另一条消息（时间、发送方或内容不同）",
        );
        store::add_late_rejection(tx, frame.import, row, "contradicts_known", words).await?;
        outcome.contradicting += 1;
    }
    outcome.imported += joined.imported;
    outcome.unchanged += joined.unchanged;
    outcome.touched.extend(joined.touched);
    conversations::bury(tx, staging, &joined.dead).await
}

async fn look_up(
    ctx: &Ctx,
    tx: &Tx,
    staging: &Staging,
    frame: &Frame,
    groups: Vec<Group>,
    known: &mut Known,
) -> Result<Found> {
    let mut stored = HashMap::new();
    if known.any_conversation {
        let ids: Vec<Uuid> = groups.iter().map(|g| g.id).collect();
        stored = conversations::dossiers_of_groups(tx, staging.tenant, staging.edition, &ids).await?;
    }
    let served = Served::find(ctx, tx, staging, frame, &groups, &stored, &mut known.last_customer).await?;
    Ok(Found { groups, known: stored, served })
}

struct Groups {
    sorted: Sorted,
    frame: Arc<Frame>,
    names: Key,
    /// The new rows.
    ready: Sorter,
}

impl Groups {
    fn next_batch(&mut self) -> Result<Vec<Group>> {
        let mut batch: Vec<Group> = Vec::new();
        let mut bytes = 0;
        while batch.len() < GROUPS_A_BATCH && bytes < BYTES_A_BATCH {
            let Some(gathered) = self.sorted.next() else { break };
            let Gathered { key, bytes: items } = gathered?;
            bytes += items.len();
            let (place, hash) = key.group();
            let shop = self.frame.shops[place as usize].0;
            let mut group = Group::new(place, hash, group_id(shop, &hash));
            items::each(&items, |row, item| group.take(row, item))?;
            self.name(&mut group);
            batch.push(group);
        }
        Ok(batch)
    }

    fn name(&self, group: &mut Group) {
        if let Some(name) = &group.customer {
            let shop = self.frame.shops[group.shop as usize].0;
            group.customer_hash = customers::name_hash_by(&self.names, self.frame.tenant, shop, name);
        }
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
            customer_hash: Uuid::nil(),
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

    /// Whether personal pieces came with it, to be kept under the key of their customer.
    fn has_pieces(&self) -> bool {
        self.arrivals.messages.iter().any(|(_, message)| !message.sealed.is_empty())
    }
}

/// The customers of a batch of groups.
pub(super) struct Served {
    by_hash: HashMap<Uuid, Customer>,
    by_id: HashMap<CustomerId, Customer>,
}

impl Served {
    async fn find(
        ctx: &Ctx,
        tx: &Tx,
        staging: &Staging,
        frame: &Frame,
        groups: &[Group],
        known: &HashMap<Uuid, Vec<Stored>>,
        last: &mut i32,
    ) -> Result<Served> {
        let ids: BTreeSet<CustomerId> = known.values().flatten().filter_map(|s| s.row.customer_id).collect();
        let ids: Vec<CustomerId> = ids.into_iter().collect();
        let mut by_id = customers::by_ids(tx, staging.tenant, &ids).await?;
        let mut named: HashMap<Uuid, Named> = HashMap::with_capacity(groups.len());
        for group in groups {
            let customer = known.get(&group.id).and_then(|rows| customer_of(rows));
            if let Some(customer) = customer.and_then(|id| by_id.get_mut(&id)) {
                if group.has_pieces() {
                    customers::give_key(ctx, tx, customer).await?;
                }
            } else if let Some(name) = &group.customer {
                let new = || Named {
                    shop: frame.shops[group.shop as usize].0,
                    name: name.clone(),
                    hash: group.customer_hash,
                    needs_key: false,
                };
                named.entry(group.customer_hash).or_insert_with(new).needs_key |= group.has_pieces();
            }
        }
        // In order, so that the numbers that new ones get do not depend on chance.
        let mut named: Vec<Named> = named.into_values().collect();
        named.sort_unstable_by(|a, b| (a.shop, &a.name).cmp(&(b.shop, &b.name)));
        let by_hash = customers::ensure(ctx, tx, staging, &named, last).await?;
        Ok(Served { by_hash, by_id })
    }

    /// The customer of a group: the one it has, or the one its first message in the file names.
    pub(super) fn of(&self, group: &Group, known: &[Stored]) -> Option<&Customer> {
        match customer_of(known) {
            Some(id) => self.by_id.get(&id),
            None => self.by_hash.get(&group.customer_hash),
        }
    }
}

fn customer_of(known: &[Stored]) -> Option<CustomerId> {
    known.iter().find_map(|s| s.row.customer_id)
}
