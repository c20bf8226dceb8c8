//! The third step: items join their groups, and what comes of it is sorted by time.
//!
//! A batch of groups is gathered from the sorter, what is known of it is looked up, it is joined with
//! that, and what it replaces is buried. Two threads and the database take turns on four batches: while one is
//! gathered and another joined, the one between is looked up, and what the one before replaced is buried. No
//! batch depends on another: a group lies in one alone, and its customer was met before.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use kexun_base::db::Tx;
use kexun_base::secrets::Key;
use kexun_base::time::Day;
use kexun_base::{Code, Ctx, Error, Result};
use kexun_people::tenants::{ShopId, TenantId};
use uuid::Uuid;

use super::directory::Directory;
use super::items::{self, Item};
use super::join::{Joined, join};
use super::read::NamedShop;
use super::refused::InChinese;
use super::sort::{Gathered, LARGE_RUN, Sorted, Sorter};
use super::{ImportId, store};
use crate::conversations::merge::Arrivals;
use crate::conversations::{self, Stored};
use crate::customers::{self, Customer, CustomerId};
use crate::editions::Staging;
use crate::kpi::rules::ShopZone;

/// Groups taken in one transaction: so many that its sync to disk weighs little, so few that others who
/// want to write wait no longer than some tens of milliseconds.
const GROUPS_A_BATCH: usize = 1500;
/// Bytes of items taken in one transaction, so that a batch of giants stays short.
const BYTES_A_BATCH: usize = 3 << 20;
/// Bytes of items that a file may bring to one group, which is held whole.
const BYTES_A_GROUP: usize = 64 << 20;
/// Rows that a file may bring to one group: a message a minute on every working day of a year is half of it.
const ROWS_A_GROUP: usize = 200_000;

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
    /// Whether the tenant had conversations before.
    pub any_before: bool,
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
    /// The customer that its first message in the file names.
    pub customer: Option<Customer>,
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
    directory: Directory,
    merged: impl Fn(u64),
) -> Result<(Outcome, Sorted)> {
    let mut turns = Turns { since_renewed: 0, outcome: Outcome::default() };
    let names = customers::name_key(ctx);
    let mut groups = Groups { sorted, frame: frame.clone(), names, directory };
    let mut ready = Sorter::new(&runs(ctx), LARGE_RUN);
    let (mut gathered, mut found, mut joined): (Vec<Group>, Option<Found>, Option<Joined>) =
        Default::default();
    let mut rows = 0;
    loop {
        let (ctx_there, frame_there, found_now) = (ctx.clone(), frame.clone(), found.take());
        let joining = tokio::task::spawn_blocking(move || {
            let joined = found_now.map(|found| join(&ctx_there, &frame_there, found, &mut ready));
            Ok::<_, Error>((ready, joined.transpose()?))
        });
        let gathering = tokio::task::spawn_blocking(move || {
            let gathered = groups.next_batch()?;
            Ok::<_, Error>((groups, gathered))
        });
        rows += joined.as_ref().map_or(0, |j| j.rows);
        let looking = turns.look_around(ctx, staging, frame, joined.take(), std::mem::take(&mut gathered));
        let (joining, gathering, looked_up) = tokio::join!(joining, gathering, looking);
        found = looked_up?;
        let broke = |e| Error::internal(format!("joining what was read broke: {e}"));
        (ready, joined) = joining.map_err(broke)??;
        (groups, gathered) = gathering.map_err(broke)??;
        merged(rows);
        if gathered.is_empty() && found.is_none() && joined.is_none() {
            return Ok((turns.outcome, ready.finish()?));
        }
    }
}

/// Where sorted runs lie.
pub(super) fn runs(ctx: &Ctx) -> PathBuf {
    ctx.settings().folder.join("runs")
}

/// Groups with what the database knows of them.
pub(super) struct Found {
    pub groups: Vec<Group>,
    pub known: HashMap<Uuid, Vec<Stored>>,
    /// Customers of known groups, and those who were given a key, as they are now.
    pub served: HashMap<CustomerId, Customer>,
}

/// Batches without a word to the database after which the lease is renewed all the same.
const RENEWED_AFTER: u32 = 20;

/// What the database does while others compute.
struct Turns {
    since_renewed: u32,
    outcome: Outcome,
}

impl Turns {
    /// In one transaction: buries what a joined batch replaces, and looks up one that is to be joined.
    async fn look_around(
        &mut self,
        ctx: &Ctx,
        staging: &Staging,
        frame: &Frame,
        joined: Option<Joined>,
        groups: Vec<Group>,
    ) -> Result<Option<Found>> {
        let mut found =
            (!groups.is_empty()).then(|| Found { groups, known: HashMap::new(), served: HashMap::new() });
        self.since_renewed += 1;
        let has_rows = joined.as_ref().is_some_and(|j| !j.dead.is_empty() || !j.contradicting.is_empty());
        let asks = found.as_ref().is_some_and(|f| frame.any_before || f.groups.iter().any(Group::lacks_key));
        if has_rows || asks || self.since_renewed >= RENEWED_AFTER {
            self.since_renewed = 0;
            let tx = staging.batch(ctx).await?;
            if let Some(joined) = &joined {
                note(&tx, staging, frame, joined).await?;
            }
            if let Some(found) = &mut found {
                look_up(ctx, &tx, staging, frame, found).await?;
            }
            tx.commit().await?;
        }
        if let Some(joined) = joined {
            self.outcome.imported += joined.imported;
            self.outcome.unchanged += joined.unchanged;
            self.outcome.contradicting += joined.contradicting.len() as u64;
            self.outcome.touched.extend(joined.touched);
        }
        Ok(found)
    }
}

/// Fills in what the database knows of groups.
async fn look_up(ctx: &Ctx, tx: &Tx, staging: &Staging, frame: &Frame, found: &mut Found) -> Result<()> {
    if frame.any_before {
        let ids: Vec<Uuid> = found.groups.iter().map(|g| g.id).collect();
        found.known = conversations::dossiers_of_groups(tx, staging.tenant, staging.edition, &ids).await?;
    }
    let of_known = found.known.values().flatten().filter_map(|s| s.row.customer_id);
    let of_new = found.groups.iter().filter(|g| g.lacks_key()).filter_map(|g| g.customer.as_ref());
    let ids: BTreeSet<CustomerId> = of_known.chain(of_new.map(|customer| customer.id)).collect();
    let ids: Vec<CustomerId> = ids.into_iter().collect();
    found.served = customers::by_ids(tx, staging.tenant, &ids).await?;
    for group in found.groups.iter().filter(|group| group.has_pieces()) {
        let known = found.known.get(&group.id).map_or(&[][..], Vec::as_slice);
        let id = customer_id(known, group.customer.as_ref());
        if let Some(customer) = id.and_then(|id| found.served.get_mut(&id)) {
            customers::give_key(ctx, tx, customer).await?;
        }
    }
    Ok(())
}

/// Writes down what joining a batch leaves behind.
async fn note(tx: &Tx, staging: &Staging, frame: &Frame, joined: &Joined) -> Result<()> {
    for row in &joined.contradicting {
        let words = (
            "this message_id is known with another time, sender or text",
            "这个消息编号已经对应另一条消息（时间、发送方或内容不同）",
        );
        store::add_late_rejection(tx, frame.import, *row, "contradicts_known", words).await?;
    }
    conversations::bury(tx, staging, &joined.dead).await
}

/// The customer of a group, as he is now: the one it is known to have, or the one its first message in the file names.
pub(super) fn customer_of<'a>(
    known: &[Stored],
    named: Option<&'a Customer>,
    served: &'a HashMap<CustomerId, Customer>,
) -> Option<&'a Customer> {
    let id = customer_id(known, named)?;
    served.get(&id).or(named.filter(|customer| customer.id == id))
}

fn customer_id(known: &[Stored], named: Option<&Customer>) -> Option<CustomerId> {
    known.iter().find_map(|s| s.row.customer_id).or(named.map(|customer| customer.id))
}

struct Groups {
    sorted: Sorted,
    frame: Arc<Frame>,
    names: Key,
    /// The customers of the file.
    directory: Directory,
}

impl Groups {
    fn next_batch(&mut self) -> Result<Vec<Group>> {
        let mut batch: Vec<Group> = Vec::new();
        let mut bytes = 0;
        while batch.len() < GROUPS_A_BATCH && bytes < BYTES_A_BATCH {
            let Some(gathered) = self.sorted.next_within(BYTES_A_GROUP) else { break };
            let Gathered { key, bytes: items, is_cut } = gathered?;
            bytes += items.len();
            let (place, hash) = key.group();
            let shop = self.frame.shops[place as usize].0;
            let mut group = Group::new(place, hash, group_id(shop, &hash));
            let mut name = None;
            items::each(&items, |row, item| {
                group.take(row, item, &mut name);
                // One look at its first row says what is to be said of all.
                if is_cut || group.arrivals.rows() > ROWS_A_GROUP {
                    return Err(group.too_large());
                }
                Ok(())
            })?;
            if let Some(name) = name {
                let hash = customers::name_hash_by(&self.names, self.frame.tenant, shop, &name);
                let met = self.directory.find(hash)?;
                group.customer = Some(met.ok_or_else(|| Error::internal("a customer was not met"))?);
            }
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

    /// Takes an item; `name` is that of the customer of the first message in the file.
    fn take(&mut self, row: u64, item: Item, name: &mut Option<String>) {
        match item {
            Item::Message { customer, conversation, message } => {
                self.is_thread = conversation.is_none();
                self.conversation = self.conversation.take().or(conversation);
                name.get_or_insert(customer);
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

    /// Why a file with so large a group is not taken.
    fn too_large(&self) -> Error {
        let arrivals = &self.arrivals;
        let rows = arrivals.messages.iter().map(|(row, _)| *row);
        let rows = rows.chain(arrivals.contacts.iter().map(|(row, _)| *row));
        let first = rows.chain(arrivals.ratings.iter().map(|(row, _)| *row)).min().unwrap_or(0);
        let (en, zh) = if self.is_thread {
            (
                "the rows have no conversation_id, and the name of one customer stands in too many of them, from row",
                "没有“会话编号”的行里，同一个客户名出现得太多，最早在第",
            )
        } else {
            ("one conversation_id stands in too many rows, from row", "同一个会话编号的行太多，最早在第")
        };
        let megabytes = BYTES_A_GROUP >> 20;
        let en = format!(
            "{en} {first} on (at most {ROWS_A_GROUP} rows and {megabytes} MB make one conversation): nothing was \
             imported. Give each conversation its own conversation_id, or each customer his own name, and import again"
        );
        let zh = format!(
            "{zh} {first} 行（一个会话最多 {ROWS_A_GROUP} 行、{megabytes} MB），整个文件未导入。\
             请为每个会话填写各自的会话编号，或为每个客户填写各自的名称，再重新导入。"
        );
        Error { cause: Some(Box::new(InChinese(zh))), ..Error::new(Code::UnreadableFile, en) }
    }

    /// Whether personal pieces came with it, to be kept under the key of their customer.
    fn has_pieces(&self) -> bool {
        self.arrivals.messages.iter().any(|(_, message)| !message.sealed.is_empty())
    }

    /// Whether its customer has no key yet for the pieces that came with it: rows of the file that name another one
    /// brought them.
    fn lacks_key(&self) -> bool {
        let keyless = |customer: &Customer| customer.wrapped.is_none() && !customer.erased;
        self.customer.as_ref().is_some_and(keyless) && self.has_pieces()
    }
}
