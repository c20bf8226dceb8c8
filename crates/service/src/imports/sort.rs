//! Gathering and sorting more than memory holds: sorted runs on disk, merged while they are read.
//!
//! Rows of a file are in order of time, so that conversations interleave; what a key gets within one run is put
//! together before the run is written. So a run is sorted by keys, not by records, and so are runs merged.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::fs::File;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use kexun_base::Result;
use kexun_base::time::{Day, Micros};
use uuid::Uuid;

/// What records are gathered and sorted by: bytes of which the first weigh most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey([u8; KEY_BYTES]);

impl SortKey {
    /// A group: index of the shop within the import, and the group within the shop, a keyed hash.
    pub fn of_group(shop: u32, group: &[u8; 16]) -> Self {
        Self::joined(shop.to_be_bytes(), group)
    }

    /// The shop and the group of [`SortKey::of_group`].
    pub fn group(&self) -> (u32, [u8; 16]) {
        let (shop, group) = self.0.split_at(4);
        (u32::from_be_bytes(shop.try_into().expect("four bytes")), group.try_into().expect("sixteen bytes"))
    }

    /// A day, and a moment counted for it.
    pub fn of_time(day: Day, at: Micros) -> Self {
        // Signed numbers are in the order of their bytes once the sign is turned over.
        let mut moment = [0; 16];
        moment[..8].copy_from_slice(&((at.0 as u64) ^ (1 << 63)).to_be_bytes());
        Self::joined(((day.0 as u32) ^ (1 << 31)).to_be_bytes(), &moment)
    }

    /// An id, or a hash that serves as one.
    pub fn of_id(id: Uuid) -> Self {
        let mut key = [0; KEY_BYTES];
        key[..16].copy_from_slice(id.as_bytes());
        SortKey(key)
    }

    /// The id of [`SortKey::of_id`].
    pub fn id(&self) -> Uuid {
        Uuid::from_bytes(self.0[..16].try_into().expect("sixteen bytes"))
    }

    fn joined(first: [u8; 4], second: &[u8; 16]) -> Self {
        let mut key = [0; KEY_BYTES];
        key[..4].copy_from_slice(&first);
        key[4..].copy_from_slice(second);
        SortKey(key)
    }
}

/// Everything that was pushed under one key.
#[derive(Debug, PartialEq, Eq)]
pub struct Gathered {
    /// The key.
    pub key: SortKey,
    /// Its records, one behind the other as they came.
    pub bytes: Vec<u8>,
    /// Whether it has more of them than was asked for; then these are some of the first.
    pub is_cut: bool,
}

const KEY_BYTES: usize = 20;
/// Bytes gathered in memory before a run is written, where much is sorted at once.
pub const LARGE_RUN: usize = 32 << 20;
/// The same where several sorters are at work together, or little is sorted.
pub const SMALL_RUN: usize = 12 << 20;
const READ_AHEAD: usize = 128 << 10;
/// Stands for no record.
const NONE: u32 = u32::MAX;

/// Takes records in any order of keys.
pub struct Sorter {
    folder: PathBuf,
    run: Run,
    runs: Vec<File>,
    run_bytes: usize,
}

/// What lies in memory: records, each of which knows the next of its group.
#[derive(Default)]
struct Run {
    bytes: Vec<u8>,
    records: Vec<Record>,
    places: HashMap<SortKey, u32, BuildHasherDefault<Mixed>>,
    groups: Vec<Group>,
}

struct Record {
    start: u32,
    len: u32,
    next: u32,
}

struct Group {
    key: SortKey,
    len: u64,
    first: u32,
    last: u32,
}

/// Nobody chooses keys so that they collide: hashes, times and ids of ours need only be mixed.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.0 = (self.0.rotate_left(29) ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        // Tables look at the top bits first, and then at the lowest.
        self.0 ^ (self.0 >> 32)
    }
}

impl Run {
    fn push(&mut self, key: SortKey, record: &[u8]) {
        let at = self.records.len() as u32;
        self.records.push(Record { start: self.bytes.len() as u32, len: record.len() as u32, next: NONE });
        self.bytes.extend_from_slice(record);
        let place = *self.places.entry(key).or_insert_with(|| {
            self.groups.push(Group { key, len: 0, first: at, last: at });
            self.groups.len() as u32 - 1
        });
        let group = &mut self.groups[place as usize];
        group.len += record.len() as u64;
        if group.last != at {
            self.records[group.last as usize].next = at;
            group.last = at;
        }
    }

    /// Bytes of memory taken, about.
    fn size(&self) -> usize {
        self.bytes.len()
            + self.records.len() * size_of::<Record>()
            + self.groups.len() * (size_of::<Group>() + 2 * (KEY_BYTES + 4))
    }

    fn sort(&mut self) {
        self.places.clear();
        self.groups.sort_unstable_by_key(|group| group.key);
    }

    /// The records of a group in the order in which they came.
    fn records(&self, group: &Group) -> impl Iterator<Item = &[u8]> {
        let first = Some(group.first);
        let following = |at: &u32| Some(self.records[*at as usize].next).filter(|next| *next != NONE);
        std::iter::successors(first, following).map(|at| {
            let Record { start, len, .. } = self.records[at as usize];
            &self.bytes[start as usize..][..len as usize]
        })
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.records.clear();
        self.places.clear();
        self.groups.clear();
    }
}

impl Sorter {
    /// A sorter whose runs of so many bytes lie in `folder`, nameless, so that they vanish with the process.
    pub fn new(folder: &Path, run_bytes: usize) -> Self {
        Sorter { folder: folder.to_owned(), run: Run::default(), runs: Vec::new(), run_bytes }
    }

    /// Adds a record of a key; it stands behind those added before.
    ///
    /// # Errors
    /// When a run cannot be written.
    pub fn push(&mut self, key: SortKey, record: &[u8]) -> Result<()> {
        self.run.push(key, record);
        if self.run.size() >= self.run_bytes {
            self.write_run()?;
        }
        Ok(())
    }

    fn write_run(&mut self) -> Result<()> {
        self.run.sort();
        std::fs::create_dir_all(&self.folder)?;
        let mut out = BufWriter::with_capacity(READ_AHEAD, tempfile::tempfile_in(&self.folder)?);
        for group in &self.run.groups {
            out.write_all(&group.key.0)?;
            out.write_all(&group.len.to_le_bytes())?;
            for record in self.run.records(group) {
                out.write_all(record)?;
            }
        }
        let mut file = out.into_inner().map_err(|e| e.into_error())?;
        file.rewind()?;
        self.runs.push(file);
        self.run.clear();
        Ok(())
    }

    /// What was pushed, in order of keys.
    ///
    /// # Errors
    /// When a run cannot be read.
    pub fn finish(mut self) -> Result<Sorted> {
        self.run.sort();
        let files = self.runs.into_iter().map(|file| BufReader::with_capacity(READ_AHEAD, file)).collect();
        let mut sorted = Sorted { memory: self.run, taken: 0, files, heads: BinaryHeap::new() };
        for run in 0..=sorted.files.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }
}

/// Groups in order.
pub struct Sorted {
    memory: Run,
    /// Groups of the run in memory that were handed out.
    taken: usize,
    files: Vec<BufReader<File>>,
    /// Of every run the next group and how many bytes it has; the run in memory is the last.
    heads: BinaryHeap<Reverse<(SortKey, usize, u64)>>,
}

impl Sorted {
    fn advance(&mut self, run: usize) -> Result<()> {
        let head = match self.files.get_mut(run) {
            Some(file) => read_head(file)?,
            None => self.memory.groups.get(self.taken).map(|group| (group.key, group.len)),
        };
        if let Some((key, len)) = head {
            self.heads.push(Reverse((key, run, len)));
        }
        Ok(())
    }

    /// Appends what a run has of its next group.
    fn take(&mut self, run: usize, len: u64, out: &mut Vec<u8>) -> Result<()> {
        match self.files.get_mut(run) {
            Some(file) => {
                let start = out.len();
                out.resize(start + usize::try_from(len).expect("this machine wrote it"), 0);
                file.read_exact(&mut out[start..])?;
            }
            None => {
                let group = &self.memory.groups[self.taken];
                self.memory.records(group).for_each(|record| out.extend_from_slice(record));
                self.taken += 1;
            }
        }
        self.advance(run)
    }

    /// The next group; of one that has more than so many bytes, only its first ones, and that is the end: nothing
    /// behind them can be read.
    pub fn next_within(&mut self, most: usize) -> Option<Result<Gathered>> {
        let key = self.heads.peek()?.0.0;
        let gathered = self.next_group(key, most);
        let is_whole = gathered.as_ref().is_ok_and(|gathered| !gathered.is_cut);
        if !is_whole {
            self.heads.clear();
        }
        Some(gathered)
    }

    fn next_group(&mut self, key: SortKey, most: usize) -> Result<Gathered> {
        let mut bytes = Vec::new();
        while let Some(Reverse((next, run, len))) = self.heads.peek().copied()
            && next == key
        {
            // What one run has of a group was in memory once; only several can be too much. So the first always fits.
            let len_here = usize::try_from(len).unwrap_or(usize::MAX);
            if !bytes.is_empty() && bytes.len().saturating_add(len_here) > most {
                return Ok(Gathered { key, bytes, is_cut: true });
            }
            self.heads.pop();
            self.take(run, len, &mut bytes)?;
        }
        let is_cut = bytes.len() > most;
        Ok(Gathered { key, bytes, is_cut })
    }
}

impl Iterator for Sorted {
    type Item = Result<Gathered>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_within(usize::MAX)
    }
}

fn read_head(run: &mut impl Read) -> Result<Option<(SortKey, u64)>> {
    let mut head = [0; KEY_BYTES + 8];
    match run.read_exact(&mut head) {
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let (key, len) = head.split_at(KEY_BYTES);
    let key = SortKey(key.try_into().expect("the bytes of a key"));
    Ok(Some((key, u64::from_le_bytes(len.try_into().expect("eight bytes")))))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_or_not_a_group_has_all_its_records_in_their_order(
            records in proptest::collection::vec((0u32..3, 0u8..20, proptest::collection::vec(any::<u8>(), 0..40)), 0..200),
            run_bytes in 50usize..5000,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut sorter = Sorter::new(folder.path(), run_bytes);
            let mut expected = BTreeMap::new();
            for (shop, group, body) in records {
                let key = SortKey::of_group(shop, &[group; 16]);
                sorter.push(key, &body).unwrap();
                expected.entry(key).or_insert_with(Vec::new).extend(body);
            }
            let expected: Vec<Gathered> =
                expected.into_iter().map(|(key, bytes)| Gathered { key, bytes, is_cut: false }).collect();
            let sorted: Vec<Gathered> = sorter.finish().unwrap().map(Result::unwrap).collect();
            prop_assert_eq!(sorted, expected);
        }

        #[test]
        fn of_a_group_that_is_too_large_the_first_records_are_told(
            sizes in proptest::collection::vec(1usize..40, 1..60),
            most in 1usize..400,
            run_bytes in 50usize..2000,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut sorter = Sorter::new(folder.path(), run_bytes);
            let key = SortKey::of_group(1, &[7; 16]);
            let mut whole = Vec::new();
            for (place, size) in sizes.iter().enumerate() {
                let record = vec![place as u8; *size];
                sorter.push(key, &record).unwrap();
                whole.extend(record);
            }
            let mut sorted = sorter.finish().unwrap();
            let group = sorted.next_within(most).unwrap().unwrap();
            prop_assert_eq!(group.is_cut, whole.len() > most);
            prop_assert!(whole.starts_with(&group.bytes) && !group.bytes.is_empty());
            prop_assert!(group.is_cut || group.bytes == whole);
            prop_assert!(sorted.next().is_none());
        }

        #[test]
        fn keys_of_time_are_in_the_order_of_time(
            mut times in proptest::collection::vec((any::<i32>(), any::<i64>()), 2..50),
        ) {
            let key = |(day, at): &(i32, i64)| SortKey::of_time(Day(*day), Micros(*at));
            times.sort_unstable();
            prop_assert!(times.is_sorted_by_key(key));
        }
    }
}
