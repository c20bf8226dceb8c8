//! Customers of an import on disk, found by the hash of their names: as many as conversations perhaps, and so no
//! matter for memory. Written once in the order of hashes, then read block by block.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use kexun_base::{Error, Result};
use kexun_people::tenants::ShopId;
use uuid::Uuid;

use crate::customers::{Customer, CustomerId};

/// Bytes of an entry: hash, id, shop, number, whether erased, length of the wrapped key, and the key.
const ENTRY: usize = 16 + 16 + 16 + 4 + 1 + 1 + MOST_KEY;
/// A wrapped key has fewer bytes.
const MOST_KEY: usize = 90;
/// Entries of a block: one is read at a time, and the first hash of each is kept in memory.
const BLOCK: usize = 32;

/// Writes a directory.
pub struct Writer {
    out: BufWriter<File>,
    /// The first hash of every block.
    firsts: Vec<Uuid>,
    count: usize,
}

impl Writer {
    /// An empty one, in a file without a name in `folder`.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn new(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let out = BufWriter::with_capacity(64 << 10, tempfile::tempfile_in(folder)?);
        Ok(Writer { out, firsts: Vec::new(), count: 0 })
    }

    /// Adds a customer, whose hash is greater than that of all before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, hash: Uuid, customer: &Customer) -> Result<()> {
        if self.count.is_multiple_of(BLOCK) {
            self.firsts.push(hash);
        }
        self.count += 1;
        let key = customer.wrapped.as_deref().unwrap_or_default();
        let len = u8::try_from(key.len()).ok().filter(|len| usize::from(*len) <= MOST_KEY);
        let len = len.ok_or_else(|| Error::internal("a customer's wrapped key is too long"))?;
        let mut entry = [0; ENTRY];
        entry[..16].copy_from_slice(hash.as_bytes());
        entry[16..32].copy_from_slice(customer.id.0.as_bytes());
        entry[32..48].copy_from_slice(customer.shop.0.as_bytes());
        entry[48..52].copy_from_slice(&customer.number.to_le_bytes());
        entry[52] = customer.erased.into();
        entry[53] = len;
        entry[54..54 + key.len()].copy_from_slice(key);
        Ok(self.out.write_all(&entry)?)
    }

    /// The directory, to be read.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self) -> Result<Directory> {
        let file = self.out.into_inner().map_err(|e| e.into_error())?;
        Ok(Directory { file, firsts: self.firsts, count: self.count, block: Vec::new(), loaded: None })
    }
}

/// Customers by the hashes of their names.
pub struct Directory {
    file: File,
    firsts: Vec<Uuid>,
    count: usize,
    block: Vec<u8>,
    loaded: Option<usize>,
}

impl Directory {
    /// The customer of a hash, without his name; none: he is not in it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&mut self, hash: Uuid) -> Result<Option<Customer>> {
        let Some(at) = self.firsts.partition_point(|first| *first <= hash).checked_sub(1) else {
            return Ok(None);
        };
        if self.loaded != Some(at) {
            self.loaded = None;
            self.block.resize(ENTRY * BLOCK.min(self.count - at * BLOCK), 0);
            self.file.seek(SeekFrom::Start((at * BLOCK * ENTRY) as u64))?;
            self.file.read_exact(&mut self.block)?;
            self.loaded = Some(at);
        }
        let entry = self.block.chunks_exact(ENTRY).find(|entry| entry[..16] == *hash.as_bytes());
        Ok(entry.map(customer))
    }
}

fn customer(entry: &[u8]) -> Customer {
    let id = |at: usize| Uuid::from_bytes(entry[at..at + 16].try_into().expect("sixteen bytes"));
    let key = &entry[54..54 + usize::from(entry[53])];
    Customer {
        id: CustomerId(id(16)),
        shop: ShopId(id(32)),
        number: i32::from_le_bytes(entry[48..52].try_into().expect("four bytes")),
        name: None,
        wrapped: (!key.is_empty()).then(|| key.to_vec()),
        erased: entry[52] != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_found_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        for count in [0, 1, BLOCK, BLOCK + 1, 5 * BLOCK - 1] {
            let mut writer = Writer::new(folder.path()).unwrap();
            let made = |n: usize| Customer {
                id: CustomerId(Uuid::from_u128(n as u128 * 7)),
                number: n as i32,
                shop: ShopId(Uuid::from_u128(9)),
                name: None,
                wrapped: n.is_multiple_of(3).then(|| vec![n as u8; 72]),
                erased: n.is_multiple_of(5),
            };
            let hash = |n: usize| Uuid::from_u128((n as u128 + 1) << 90);
            (0..count).for_each(|n| writer.push(hash(n), &made(n)).unwrap());
            let mut directory = writer.finish().unwrap();
            for n in (0..count).rev().chain(0..count) {
                assert_eq!(directory.find(hash(n)).unwrap(), Some(made(n)));
                assert_eq!(directory.find(Uuid::from_u128(hash(n).as_u128() + 1)).unwrap(), None);
            }
            assert_eq!(directory.find(Uuid::nil()).unwrap(), None);
            assert_eq!(directory.find(Uuid::max()).unwrap(), None);
        }
    }
}
