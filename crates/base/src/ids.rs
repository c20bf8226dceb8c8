//! Time-ordered identifiers (UUIDv7) as newtypes, and where randomness comes from.

use std::sync::Mutex;

use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng, TryRngCore};

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
