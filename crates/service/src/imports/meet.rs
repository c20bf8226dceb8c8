//! Between reading and merging: the customers that a file names are met, all of them in the order of their hashes.
//!
//! Asked for group by group they would be looked up and written all over their table; in its own order each page
//! of it is touched once. Whoever is new gets a number. What merging needs of them lies in a [`Directory`].

use kexun_base::bytes::{Reader, put_str, put_u64};
use kexun_base::secrets::Key;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::ShopId;
use uuid::Uuid;

use super::directory::{Directory, Writer};
use super::merge::{Frame, runs};
use super::sort::{Gathered, SMALL_RUN, SortKey, Sorted, Sorter};
use crate::blocking::blocking;
use crate::customers::{self, Customer, Named};
use crate::editions::Staging;

/// Customers looked up and made in one transaction.
const CUSTOMERS_A_BATCH: usize = 3_000;

const WHAT: &str = "putting customers in order";

/// Writes down that a row names a customer, and whether personal data of his came with it.
pub fn put(out: &mut Vec<u8>, has_pieces: bool, name: &str) {
    out.push(has_pieces.into());
    put_str(out, name);
}

/// Meets the customers of a file: `met` has them by shop and name. While the database looks for one batch, the next
/// is made and the one before goes to the directory.
pub async fn meet(ctx: &Ctx, staging: &Staging, frame: &Frame, met: Sorted) -> Result<Directory> {
    let mut last = customers::last_number(ctx.db().read(), frame.tenant).await?;
    let any_before = last > 0;
    let (names, tenant, folder) = (customers::name_key(ctx), frame.tenant, runs(ctx));
    let shops: Vec<ShopId> = frame.shops.iter().map(|(shop, _)| *shop).collect();
    let mut meeting = blocking(WHAT, move || {
        let hash = |shop, name: &str| customers::name_hash_by(&names, tenant, shop, name);
        let sorted = by_hash(met, &folder, |shop, name| hash(shops[shop as usize], name))?;
        Ok(Meeting { sorted, shops, directory: Writer::new(&folder)? })
    })
    .await?;
    let (mut next, mut found) = (Vec::new(), Vec::new());
    for batches in 0u32.. {
        let making = blocking(WHAT, move || {
            for (hash, customer) in &found {
                meeting.directory.push(*hash, customer)?;
            }
            let following = meeting.next_batch()?;
            Ok((meeting, following))
        });
        let looking = look_for(ctx, staging, &next, any_before, &mut last);
        let following;
        ((meeting, following), found) = tokio::try_join!(making, looking)?;
        next = following;
        if next.is_empty() && found.is_empty() {
            break;
        }
        // Each time their table may have doubled.
        if batches > 1 && batches.is_power_of_two() {
            ctx.db().tell_sizes(&[customers::TABLE]).await?;
        }
    }
    meeting.directory.finish()
}

/// Finds the customers of a batch, or makes them; in the order of the batch.
async fn look_for(
    ctx: &Ctx,
    staging: &Staging,
    named: &[Named],
    any_before: bool,
    last: &mut i32,
) -> Result<Vec<(Uuid, Customer)>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let tx = staging.batch(ctx).await?;
    let mut found = customers::ensure(ctx, &tx, staging, named, any_before, last).await?;
    tx.commit().await?;
    let mut met = |hash| found.remove(&hash).map(|customer| (hash, customer));
    let missed = || Error::internal("a customer was not made");
    named.iter().map(|named| met(named.hash).ok_or_else(missed)).collect()
}

/// What is left to be met, and what was.
struct Meeting {
    sorted: Sorted,
    shops: Vec<ShopId>,
    directory: Writer,
}

impl Meeting {
    fn next_batch(&mut self) -> Result<Vec<Named>> {
        let mut batch = Vec::new();
        for gathered in self.sorted.by_ref().take(CUSTOMERS_A_BATCH) {
            let Gathered { key, bytes, .. } = gathered?;
            let mut reader = Reader::new(&bytes);
            let (shop, needs_key) = (self.shops[reader.u32()? as usize], reader.u8()? != 0);
            batch.push(Named { shop, name: reader.str()?.to_owned(), hash: key.id(), needs_key });
        }
        Ok(batch)
    }
}

/// Everybody once, in the order of the hashes that find them.
fn by_hash(met: Sorted, folder: &std::path::Path, hash: impl Fn(u32, &str) -> Uuid) -> Result<Sorted> {
    let mut sorter = Sorter::new(folder, SMALL_RUN);
    let mut record = Vec::new();
    for gathered in met {
        let Gathered { key, bytes, .. } = gathered?;
        let (shop, _) = key.group();
        let mut reader = Reader::new(&bytes);
        let (mut needs_key, mut name) = (false, "");
        while !reader.is_empty() {
            needs_key |= reader.u8()? != 0;
            name = reader.str()?;
        }
        record.clear();
        put_u64(&mut record, shop.into());
        put(&mut record, needs_key, name);
        sorter.push(SortKey::of_id(hash(shop, name)), &record)?;
    }
    sorter.finish()
}

/// What is hashed to gather a customer's rows while shops have no ids yet.
pub fn gathering_hash(identity: &Key, name: &str) -> [u8; 16] {
    let hash = identity.hash(&[b"customer", name.as_bytes()]);
    hash[..16].try_into().expect("sixteen of thirty-two bytes")
}
