//! Sorting more than memory holds: sorted runs on disk, merged while they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use kexun_base::Result;

/// What records are sorted by: shop, group, row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    /// Index of the shop within the import.
    pub shop: u32,
    /// The group within the shop.
    pub group: [u8; 16],
    /// Row of the file.
    pub row: u64,
}

/// A record with its key.
pub type Record = (SortKey, Vec<u8>);

const KEY_BYTES: usize = 28;
/// Bytes gathered in memory before a run is written.
const RUN_BYTES: usize = 48 << 20;
const READ_AHEAD: usize = 128 << 10;

/// Takes records in any order.
pub struct Sorter {
    folder: PathBuf,
    bytes: Vec<u8>,
    index: Vec<(SortKey, usize, usize)>,
    runs: Vec<File>,
    run_bytes: usize,
}

impl Sorter {
    /// A sorter whose runs lie in `folder`, nameless, so that they vanish with the process.
    pub fn new(folder: &Path) -> Self {
        Sorter {
            folder: folder.to_owned(),
            bytes: Vec::new(),
            index: Vec::new(),
            runs: Vec::new(),
            run_bytes: RUN_BYTES,
        }
    }

    /// Adds a record.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn push(&mut self, key: SortKey, record: &[u8]) -> Result<()> {
        self.index.push((key, self.bytes.len(), record.len()));
        self.bytes.extend_from_slice(record);
        if self.bytes.len() + self.index.len() * size_of::<(SortKey, usize, usize)>() >= self.run_bytes {
            self.write_run()?;
        }
        Ok(())
    }

    fn write_run(&mut self) -> Result<()> {
        self.index.sort_unstable_by_key(|entry| entry.0);
        std::fs::create_dir_all(&self.folder)?;
        let mut out = BufWriter::new(tempfile::tempfile_in(&self.folder)?);
        for (key, start, len) in self.index.drain(..) {
            write_record(&mut out, key, &self.bytes[start..start + len])?;
        }
        let mut file = out.into_inner().map_err(|e| e.into_error())?;
        file.rewind()?;
        self.runs.push(file);
        self.bytes.clear();
        Ok(())
    }

    /// The records in order of their keys.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn finish(mut self) -> Result<Sorted> {
        self.index.sort_unstable_by_key(|entry| entry.0);
        let memory = Memory { bytes: self.bytes, index: self.index.into_iter() };
        let mut sorted = Sorted { memory, runs: Vec::new(), heads: BinaryHeap::new() };
        sorted.runs.extend(self.runs.into_iter().map(|file| BufReader::with_capacity(READ_AHEAD, file)));
        for run in 0..=sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }
}

struct Memory {
    bytes: Vec<u8>,
    index: std::vec::IntoIter<(SortKey, usize, usize)>,
}

/// Records in order.
pub struct Sorted {
    memory: Memory,
    runs: Vec<BufReader<File>>,
    heads: BinaryHeap<Reverse<(SortKey, usize, Vec<u8>)>>,
}

impl Sorted {
    fn advance(&mut self, run: usize) -> Result<()> {
        let record = match self.runs.get_mut(run) {
            Some(file) => read_record(file)?,
            None => self
                .memory
                .index
                .next()
                .map(|(k, start, len)| (k, self.memory.bytes[start..start + len].to_vec())),
        };
        if let Some((key, record)) = record {
            self.heads.push(Reverse((key, run, record)));
        }
        Ok(())
    }
}

impl Iterator for Sorted {
    type Item = Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((key, run, record)) = self.heads.pop()?;
        Some(self.advance(run).map(|()| (key, record)))
    }
}

fn write_record(out: &mut impl Write, key: SortKey, record: &[u8]) -> Result<()> {
    out.write_all(&key.shop.to_le_bytes())?;
    out.write_all(&key.group)?;
    out.write_all(&key.row.to_le_bytes())?;
    out.write_all(&(record.len() as u64).to_le_bytes())?;
    Ok(out.write_all(record)?)
}

fn read_record(run: &mut impl Read) -> Result<Option<Record>> {
    let mut head = [0; KEY_BYTES + 8];
    match run.read_exact(&mut head) {
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let (shop, rest) = head.split_at(4);
    let (group, rest) = rest.split_at(16);
    let (row, len) = rest.split_at(8);
    let key = SortKey {
        shop: u32::from_le_bytes(shop.try_into().expect("four bytes")),
        group: group.try_into().expect("sixteen bytes"),
        row: u64::from_le_bytes(row.try_into().expect("eight bytes")),
    };
    let len = u64::from_le_bytes(len.try_into().expect("eight bytes"));
    let mut record = vec![0; usize::try_from(len).expect("this machine wrote it")];
    run.read_exact(&mut record)?;
    Ok(Some((key, record)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_or_not_the_order_is_that_of_the_keys(
            records in proptest::collection::vec((0u32..3, any::<[u8; 16]>(), proptest::collection::vec(any::<u8>(), 0..40)), 0..200),
            run_bytes in 50usize..5000,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut sorter = Sorter::new(folder.path());
            sorter.run_bytes = run_bytes;
            let mut expected = Vec::new();
            for (row, (shop, group, body)) in records.into_iter().enumerate() {
                let key = SortKey { shop, group, row: row as u64 };
                sorter.push(key, &body).unwrap();
                expected.push((key, body));
            }
            expected.sort();
            let sorted: Vec<Record> = sorter.finish().unwrap().map(Result::unwrap).collect();
            prop_assert_eq!(sorted, expected);
        }
    }
}
