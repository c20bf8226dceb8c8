//! What the operator does with the data as a whole: look whether they are sound, take them away,
//! bring them back.
//!
//! These are the only functions that look across tenants, and only the command line calls them.

mod archive;
mod backup;
mod check;
mod restore;

pub use backup::backup;
pub use check::{Report, TenantReport, check, recount};
pub use restore::{Order, check_archive, restore};

use serde::{Deserialize, Serialize};

/// What a backup holds, as it is told to whoever made or restored it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// Tables.
    pub tables: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Uploaded files.
    pub files: u64,
}
