//! Time-ordered identifiers (UUIDv7) as newtypes, and where randomness comes from.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng, TryRngCore};

use crate::time::Micros;

/// Where random bytes come from. Programs use [`OsRandom`]; tests use [`SeededRandom`].
pub trait Random: Send + Sync {
    /// Fills `bytes` with random bytes fit for keys and tokens.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::OsRng.try_fill_bytes(bytes).expect("the operating system gives random bytes");
    }
}

/// A repeatable generator for tests and the simulated organisation.
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    /// A generator that always yields the same bytes for the same seed.
    pub fn new(seed: u64) -> Self {
        SeededRandom(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().expect("no holder panics").fill_bytes(bytes);
    }
}

/// Gives ids (UUIDv7) that ascend within a process, however many come in one millisecond: what was made later stands
/// later wherever rows are in the order of their ids.
///
/// The twelve bits behind the milliseconds count (RFC 9562, 6.2, method 1); where they do not suffice, the next
/// millisecond is begun early.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Milliseconds and count of the last one.
    last: AtomicU64,
}

/// Bits of the count.
const COUNT_BITS: u32 = 12;
/// A clock that is set back by more than so many milliseconds is followed; a smaller step is waited out.
const FOLLOWED_MS: u64 = 60_000;

impl Ids {
    /// A new id.
    pub(crate) fn next(&self, now: Micros, random: &dyn Random) -> Uuid {
        let mut tail = [0; 8];
        random.fill(&mut tail);
        uuid(self.take(now, 1), tail)
    }

    /// So many new ids, ascending.
    pub(crate) fn many(&self, now: Micros, random: &dyn Random, count: usize) -> Vec<Uuid> {
        let mut tails = vec![[0; 8]; count];
        random.fill(tails.as_flattened_mut());
        let first = self.take(now, count as u64);
        (first..).zip(tails).map(|(place, tail)| uuid(place, tail)).collect()
    }

    /// Takes so many places; gives the first.
    fn take(&self, now: Micros, count: u64) -> u64 {
        let at = (now.0.max(0).unsigned_abs() / 1000) << COUNT_BITS;
        let first = |last: u64| {
            let is_followed = last.saturating_sub(at) > FOLLOWED_MS << COUNT_BITS;
            if is_followed { at } else { at.max(last + 1) }
        };
        let taken = |last| Some(first(last) + count.saturating_sub(1));
        // The closure always gives a value, so both ends hold the place before.
        let last =
            self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, taken).unwrap_or_else(|last| last);
        first(last)
    }
}

/// The id of a place: 48 bits of milliseconds, 12 that count, 62 random ones.
fn uuid(place: u64, tail: [u8; 8]) -> Uuid {
    let (millis, count) = (place >> COUNT_BITS, place & ((1 << COUNT_BITS) - 1));
    let high = (millis << 16) | (7 << 12) | count;
    let low = (u64::from_be_bytes(tail) & (u64::MAX >> 2)) | (1 << 63);
    Uuid::from_u64_pair(high, low)
}

/// Declares identifiers: a UUIDv7 of its own type, so that no id is taken for another's.
///
/// ```
/// kexun_base::id!(
///     /// A thing.
///     ThingId
/// );
/// ```
#[macro_export]
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            sea_orm::DeriveValueType, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        // SeaORM asks this of every primary key; a UUID is never made from a row number.
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                $name(id)
            }
        }
    )+};
}

/// The identifier inside every id type.
pub use uuid::Uuid;

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Micros = Micros(1_764_326_400_123_456);

    #[test]
    fn ids_are_of_their_version_and_time() {
        let id = Ids::default().next(NOW, &SeededRandom::new(1));
        assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
        let (seconds, nanos) = id.get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_764_326_400, 123_000_000));
    }

    #[test]
    fn ids_ascend_even_where_the_clock_does_not() {
        let (ids, random) = (Ids::default(), SeededRandom::new(1));
        let mut given = ids.many(NOW, &random, 5_000);
        given.push(ids.next(NOW, &random));
        given.push(ids.next(Micros(NOW.0 - 2_000_000), &random));
        given.extend(ids.many(Micros(NOW.0 + 10_000_000), &random, 3));
        assert!(given.is_sorted_by(|a, b| a < b));
        assert_eq!(given.len(), 5_005);
        assert!(ids.many(NOW, &random, 0).is_empty());
        let back = ids.next(Micros(NOW.0 - 3_600_000_000), &random);
        assert!(back < given[0], "a clock set back for good is followed");
    }
}
