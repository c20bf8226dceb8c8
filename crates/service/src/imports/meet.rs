//! Between reading and merging: the customers that a file names are met, all of them in the order of their hashes.
//!
//! Asked for group by group they would be looked up and written all over their table; in its own order each page
//! of it is touched once. Whoever is new gets a number. What merging needs of them lies in a [`Directory`].

use kexun_base::bytes::{Reader, put_str, put_u64};
use kexun_base::secrets::Key;
use kexun_base::{Ctx, Error, Result};
use uuid::Uuid;

use super::directory::{Directory, Writer};
use super::merge::{Frame, runs};
use super::sort::{Gathered, SMALL_RUN, SortKey, Sorted, Sorter};
use crate::customers::{self, Named};
use crate::editions::Staging;

/// Customers looked up and made in one transaction.
const CUSTOMERS_A_BATCH: usize = 3_000;

/// Writes down that a row names a customer, and whether personal data of his came with it.
pub fn put(out: &mut Vec<u8>, has_pieces: bool, name: &str) {
    out.push(has_pieces.into());
    put_str(out, name);
}

/// Meets the customers of a file: `met` has them by shop and name.
pub async fn meet(ctx: &Ctx, staging: &Staging, frame: &Frame, met: Sorted) -> Result<Directory> {
    let (names, tenant) = (customers::name_key(ctx), frame.tenant);
    let shops: Vec<_> = frame.shops.iter().map(|(shop, _)| *shop).collect();
    let folder = runs(ctx);
    let in_order = move || {
        by_hash(met, &folder, |shop, name| {
            customers::name_hash_by(&names, tenant, shops[shop as usize], name)
        })
    };
    let mut sorted = blocking(in_order).await?;
    let shops: Vec<_> = frame.shops.iter().map(|(shop, _)| *shop).collect();
    let mut last = customers::last_number(ctx.db().read(), tenant).await?;
    let any_before = last > 0;
    let mut directory = Writer::new(&runs(ctx))?;
    let mut batches = 0u32;
    loop {
        let named = next_batch(&mut sorted, |shop, name, hash, needs_key| Named {
            shop: shops[shop as usize],
            name: name.to_owned(),
            hash,
            needs_key,
        })?;
        if named.is_empty() {
            break;
        }
        let tx = staging.batch(ctx).await?;
        let found = customers::ensure(ctx, &tx, staging, &named, any_before, &mut last).await?;
        tx.commit().await?;
        for named in &named {
            let customer =
                found.get(&named.hash).ok_or_else(|| Error::internal("a customer was not made"))?;
            directory.push(named.hash, customer)?;
        }
        batches += 1;
        // Each time their table may have doubled.
        if batches > 1 && batches.is_power_of_two() {
            ctx.db().tell_sizes(&[customers::TABLE]).await?;
        }
    }
    directory.finish()
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Error::internal(format!("putting customers in order broke: {e}")))?
}

/// Everybody once, in the order of the hashes that find them.
fn by_hash(met: Sorted, folder: &std::path::Path, hash: impl Fn(u32, &str) -> Uuid) -> Result<Sorted> {
    let mut sorter = Sorter::new(folder, SMALL_RUN);
    let mut record = Vec::new();
    for gathered in met {
        let Gathered { key, bytes } = gathered?;
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

fn next_batch(sorted: &mut Sorted, named: impl Fn(u32, &str, Uuid, bool) -> Named) -> Result<Vec<Named>> {
    let mut batch = Vec::new();
    for gathered in sorted.take(CUSTOMERS_A_BATCH) {
        let Gathered { key, bytes } = gathered?;
        let mut reader = Reader::new(&bytes);
        let (shop, needs_key) = (reader.u32()?, reader.u8()? != 0);
        batch.push(named(shop, reader.str()?, key.id(), needs_key));
    }
    Ok(batch)
}

/// What is hashed to gather a customer's rows while shops have no ids yet.
pub fn gathering_hash(identity: &Key, name: &str) -> [u8; 16] {
    let hash = identity.hash(&[b"customer", name.as_bytes()]);
    hash[..16].try_into().expect("sixteen of thirty-two bytes")
}
