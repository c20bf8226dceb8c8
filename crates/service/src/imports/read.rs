//! The first step: rows become masked items, sorted by group. Runs on a thread that may block.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use kexun_base::ids::Random;
use kexun_base::secrets::Key;
use kexun_base::{Code, Error, Result};
use kexun_importers::{
    ContactRow, ConversationRow, FileError, Lang, Options, Outcome, RatingRow, Reader, Reason, Record,
    Rejection, Source,
};
use kexun_people::tenants::{Shop, ShopId, TenantId};

use super::Kind;
use super::items::{Batch, Maker, Written};
use super::refused::{Gathering, Refused};
use super::sort::{LARGE_RUN, SMALL_RUN, SortKey, Sorted, Sorter};
use crate::kpi::rules::ShopZone;
use crate::kpi::zone_of;

/// Counters that the reading thread keeps and others watch.
#[derive(Debug, Default)]
pub struct Counters {
    /// Bytes of the file read.
    pub bytes: AtomicU64,
    /// Rows read.
    pub rows: AtomicU64,
}

/// A shop that the file names.
#[derive(Debug, Clone)]
pub struct NamedShop {
    /// As the file names it.
    pub name: String,
    /// The shop, if the tenant has it.
    pub known: Option<ShopId>,
    /// Its zone over its life: Shanghai for a new one.
    pub zone: ShopZone,
}

/// What the reading needs to know.
pub struct Task {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub kind: Kind,
    /// How to read it.
    pub options: Options,
    /// Shop of rows that name none.
    pub shop: Option<String>,
    /// The only shops whose rows are taken.
    pub only: Option<Vec<ShopId>>,
    /// The tenant.
    pub tenant: TenantId,
    /// The tenant's shops.
    pub shops: Vec<Shop>,
    /// Folder for sorted runs.
    pub folder: PathBuf,
    /// Tells messages and groups apart.
    pub identity: Key,
    /// Seals pieces on their way.
    pub passing: Key,
    /// Where rows go that are not taken.
    pub refused: tokio::sync::mpsc::Sender<Vec<Refused>>,
    /// What others watch.
    pub counters: Arc<Counters>,
}

/// What came out of a file.
pub struct Parsed {
    /// Items by shop and group.
    pub sorted: Sorted,
    /// The customers named, by shop and name.
    pub customers: Sorted,
    /// The shops named, by index.
    pub shops: Vec<NamedShop>,
    /// The agents named, by index.
    pub agents: Vec<String>,
    /// Data rows.
    pub rows: u64,
    /// Columns of the file.
    pub header: Vec<String>,
    /// What a person should know, JSON.
    pub warnings: serde_json::Value,
}

/// Reads a file.
///
/// # Errors
/// `unreadable_file` when it as a whole cannot be read.
pub fn read(task: Task, random: &dyn Random) -> Result<Parsed> {
    let source = Source::open(&task.path, &task.options).map_err(unreadable)?;
    match task.kind {
        Kind::Conversations => {
            Reading::new(task).all::<ConversationRow>(source, random, |reading, _, at, row| {
                let shop = reading.shop(row.shop.as_deref())?;
                let agent = row.agent.as_deref().map(|name| reading.agent(name));
                let zone = &reading.shops[shop as usize].zone;
                reading.batch.message((at, shop), &row, zone, agent).map_err(|r| (Some("sent_at"), r))
            })
        }
        Kind::Contacts => Reading::new(task).all::<ContactRow>(source, random, |reading, maker, at, row| {
            let shop = reading.shop(row.shop.as_deref())?;
            let made = maker.contact(at, row, reading.zone(shop)).map_err(|r| (Some("opened_at"), r))?;
            reading.batch.made.push((shop, made));
            Ok(())
        }),
        Kind::Ratings => Reading::new(task).all::<RatingRow>(source, random, |reading, maker, at, row| {
            let shop = reading.shop(row.shop.as_deref())?;
            let made = maker.rating(at, row, reading.zone(shop)).map_err(|r| (Some("rated_at"), r))?;
            reading.batch.made.push((shop, made));
            Ok(())
        }),
    }
}

/// A file that cannot be read, as an error of ours: in English, with the cause that also says it in Chinese.
pub fn unreadable(error: FileError) -> Error {
    let detail = error.message(Lang::En);
    Error { cause: Some(Box::new(error)), ..Error::new(Code::UnreadableFile, detail) }
}

/// Batches on their way between the two threads.
const BATCHES_WAITING: usize = 4;

/// The way from the thread that reads to the one that gathers.
struct Way {
    send: SyncSender<Batch>,
    /// Batches done with, whose memory is used again.
    spare: Receiver<Batch>,
}

impl Way {
    /// Hands a batch over and gives an empty one.
    fn exchange(&self, batch: Batch) -> Result<Batch> {
        self.send.send(batch).map_err(|_| Error::internal("masking the rows ended before their end"))?;
        Ok(self.spare.try_recv().unwrap_or_default())
    }
}

/// What rows bring, outside memory.
struct Sorters {
    items: Sorter,
    customers: Sorter,
}

/// Masks what the rows bring and gathers it by groups, and customers beside, until no more comes.
fn gather(
    receive: &Receiver<Batch>,
    give_back: &Sender<Batch>,
    mut maker: Maker<'_>,
    mut sorters: Sorters,
) -> Result<Sorters> {
    let mut item = Vec::new();
    for mut batch in receive {
        for draft in &batch.drafts {
            item.clear();
            let Written { group, is_new, has_pieces } = maker.message(&batch, draft, &mut item);
            sorters.items.push(SortKey::of_group(draft.shop, &group), &item)?;
            if is_new || has_pieces {
                item.clear();
                let customer = maker.customer(&batch, draft, has_pieces, &mut item);
                sorters.customers.push(SortKey::of_group(draft.shop, &customer), &item)?;
            }
        }
        for (shop, made) in &batch.made {
            sorters.items.push(SortKey::of_group(*shop, &made.group), &made.bytes)?;
        }
        batch.clear();
        // Where nobody takes it back, the last row was read.
        let _ = give_back.send(batch);
    }
    Ok(sorters)
}

type Refusal = (Option<&'static str>, Reason);

struct Reading {
    task: Task,
    batch: Batch,
    refused: Gathering,
    shops: Vec<NamedShop>,
    shop_places: HashMap<String, u32>,
    agents: Vec<String>,
    agent_places: HashMap<String, u32>,
}

impl Reading {
    fn new(task: Task) -> Self {
        Reading {
            task,
            batch: Batch::default(),
            refused: Gathering::default(),
            shops: Vec::new(),
            shop_places: HashMap::new(),
            agents: Vec::new(),
            agent_places: HashMap::new(),
        }
    }

    /// Reads all rows on this thread; another masks and sorts what they bring.
    fn all<T: Record>(
        mut self,
        source: Source,
        random: &dyn Random,
        make: impl Fn(&mut Reading, &Maker<'_>, u64, T) -> Result<(), Refusal>,
    ) -> Result<Parsed> {
        let (identity, passing) = (self.task.identity.clone(), self.task.passing.clone());
        let maker = || Maker::new(&identity, &passing, random, self.task.tenant);
        let (mine, others) = (maker(), maker());
        let mut reader = source.reader::<T>().map_err(unreadable)?;
        let folder = Path::new(&self.task.folder);
        let sorters =
            Sorters { items: Sorter::new(folder, LARGE_RUN), customers: Sorter::new(folder, SMALL_RUN) };
        let (rows, sorters) = std::thread::scope(|scope| {
            let (send, receive) = sync_channel(BATCHES_WAITING);
            let (give_back, spare) = channel();
            let gathering = scope.spawn(move || gather(&receive, &give_back, others, sorters));
            let rows = self
                .rows(&mut reader, &Way { send, spare }, |reading, at, row| make(reading, &mine, at, row));
            let sorters = gathering.join().map_err(|_| Error::internal("masking the rows broke"))?;
            // Why the gathering ended says more than that it did.
            sorters.and_then(|sorters| Ok((rows?, sorters)))
        })?;
        self.count(rows, &reader);
        let warnings = reader.warnings().iter().map(|w| {
            serde_json::json!({"code": w.code(), "detail": w.message(Lang::En), "detail_zh": w.message(Lang::Zh)})
        });
        let (warnings, header) = (warnings.collect(), reader.header().to_vec());
        let (sorted, customers) = (sorters.items.finish()?, sorters.customers.finish()?);
        Ok(Parsed { sorted, customers, shops: self.shops, agents: self.agents, rows, header, warnings })
    }

    /// Reads all rows and sends what they bring on its way; gives how many there were.
    fn rows<T: Record>(
        &mut self,
        reader: &mut Reader<T>,
        way: &Way,
        make: impl Fn(&mut Reading, u64, T) -> Result<(), Refusal>,
    ) -> Result<u64> {
        let mut rows = 0;
        while let Some(outcome) = reader.next().map_err(unreadable)? {
            rows += 1;
            if rows % 256 == 0 {
                self.count(rows, reader);
            }
            match outcome {
                Outcome::Rejected(rejection) => self.reject(&rejection)?,
                Outcome::Row { row, value } => {
                    if let Err((column, reason)) = make(self, row, value) {
                        self.reject(&reader.reject(column, reason))?;
                    }
                }
            }
            if self.batch.is_full() {
                self.batch = way.exchange(std::mem::take(&mut self.batch))?;
            }
        }
        way.exchange(std::mem::take(&mut self.batch))?;
        let rest = self.refused.take();
        if !rest.is_empty() {
            self.hand_over(rest)?;
        }
        Ok(rows)
    }

    fn count<T: Record>(&self, rows: u64, reader: &Reader<T>) {
        self.task.counters.rows.store(rows, Ordering::Relaxed);
        self.task.counters.bytes.store(reader.progress().0, Ordering::Relaxed);
    }

    fn reject(&mut self, rejection: &Rejection) -> Result<()> {
        match self.refused.push(Refused::of(rejection)) {
            Some(rows) => self.hand_over(rows),
            None => Ok(()),
        }
    }

    fn hand_over(&self, refused: Vec<Refused>) -> Result<()> {
        let gone = |_| Error::internal("the import was given up meanwhile");
        self.task.refused.blocking_send(refused).map_err(gone)
    }

    /// Index of the shop that a row names, or of the one asked for.
    fn shop(&mut self, named: Option<&str>) -> Result<u32, Refusal> {
        let Some(name) = named.or(self.task.shop.as_deref()) else {
            let zh = "没有写店铺；请补上“店铺”一列，或在导入时选定店铺".to_owned();
            let en = "no shop: add the column, or choose the shop when importing".to_owned();
            return Err((Some("shop"), Reason::Other { code: "no_shop", zh, en }));
        };
        if let Some(place) = self.shop_places.get(name) {
            return Ok(*place);
        }
        let shops = &self.task.shops;
        let known = shops.iter().find(|s| s.code == name).or_else(|| shops.iter().find(|s| s.name == name));
        if let Some(only) = &self.task.only
            && !known.is_some_and(|k| only.contains(&k.id))
        {
            return Err((Some("shop"), not_yours(name)));
        }
        let zone = known.map(zone_of).unwrap_or_default();
        // A shop that is named by its code here and by its name there is one shop.
        let same = known.and_then(|k| self.shops.iter().position(|s| s.known == Some(k.id)));
        let place = same.unwrap_or(self.shops.len());
        if same.is_none() {
            self.shops.push(NamedShop { name: name.to_owned(), known: known.map(|k| k.id), zone });
        }
        let place = u32::try_from(place).map_err(|_| too_many())?;
        self.shop_places.insert(name.to_owned(), place);
        Ok(place)
    }

    fn zone(&self, shop: u32) -> &ShopZone {
        &self.shops[shop as usize].zone
    }

    fn agent(&mut self, name: &str) -> u32 {
        if let Some(place) = self.agent_places.get(name) {
            return *place;
        }
        let place = self.agents.len() as u32;
        self.agents.push(name.to_owned());
        self.agent_places.insert(name.to_owned(), place);
        place
    }
}

fn not_yours(name: &str) -> Reason {
    let zh = format!("店铺“{name}”不在您的权限范围内");
    let en = format!("the shop {name:?} is not one of yours");
    Reason::Other { code: "not_your_shop", zh, en }
}

fn too_many() -> Refusal {
    let (zh, en) = ("店铺太多".to_owned(), "too many shops in one file".to_owned());
    (Some("shop"), Reason::Other { code: "too_many_shops", zh, en })
}
