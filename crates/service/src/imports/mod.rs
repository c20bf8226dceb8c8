//! Imports (导入): files of what really happened, brought into the service record.
//!
//! Five steps: *read* (rows become items, masked, sorted outside memory; nothing is stored but
//! rejections), *meet* (the customers named are looked up or made), *merge* (items join their groups), *write* (new conversations, in the order of time, in an edition that
//! nobody sees yet), *publish* (one small transaction). Whatever is cut off before the last step leaves nothing
//! visible. An import can be undone as a whole: what no other import brought is gone.

mod api;
mod directory;
mod entity;
mod items;
mod join;
mod meet;
mod merge;
pub mod migration;
mod read;
mod refused;
mod run;
mod sheet;
mod sort;
mod store;
mod undo;
mod write;

use kexun_base::events::Actor;
use kexun_base::time::{Day, Micros};
use kexun_people::persons::PersonId;
use kexun_people::tenants::ShopId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub use api::router;
pub use run::{JOB, Order, Progress, begin, run};
pub use store::{by_numbers, get, list, rejections};
pub use undo::{JOB as UNDO_JOB, order_undo, undo};

kexun_base::id!(
    /// An import.
    ImportId
);

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportKind)]
pub enum Kind {
    /// One row a message.
    Conversations,
    /// One row a contact.
    Contacts,
    /// One row a rating.
    Ratings,
}

impl Kind {
    /// The word of the API and the command line.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Conversations => "conversations",
            Kind::Contacts => "contacts",
            Kind::Ratings => "ratings",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = kexun_base::Error;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        [Kind::Conversations, Kind::Contacts, Kind::Ratings]
            .into_iter()
            .find(|k| k.word() == word)
            .ok_or_else(|| {
                kexun_base::Error::field(
                    "kind",
                    format!("{word:?} is none of conversations, contacts, ratings"),
                )
            })
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Shop of rows that name none.
    pub shop: Option<String>,
    /// `auto`, `csv`, `xlsx`, `jsonl`.
    pub format: Option<String>,
    /// `dmy` or `mdy`.
    pub date_order: Option<String>,
    /// The only shops whose rows are taken: those of whoever ordered it; none for all.
    pub only: Option<Vec<ShopId>>,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ImportState)]
pub enum State {
    /// Waits for a worker.
    Queued,
    /// The file is being read.
    Reading,
    /// Rows join what is known; nothing of it is visible yet.
    Merging,
    /// Visible.
    Done,
    /// Nothing was imported.
    Failed,
    /// Is being taken back.
    Undoing,
    /// Taken back.
    Undone,
}

impl State {
    const ALL: [State; 7] = [
        State::Queued,
        State::Reading,
        State::Merging,
        State::Done,
        State::Failed,
        State::Undoing,
        State::Undone,
    ];

    fn word(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Reading => "reading",
            State::Merging => "merging",
            State::Done => "done",
            State::Failed => "failed",
            State::Undoing => "undoing",
            State::Undone => "undone",
        }
    }
}

/// Something to know about a file, as it is stored.
#[derive(Debug, ToSchema)]
pub struct ImportWarning {
    /// Stable name.
    pub code: String,
    /// In English.
    pub detail: String,
    /// In Chinese, where there is a wording of ours.
    pub detail_zh: Option<String>,
}

/// An import.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// Its number within the tenant.
    pub number: i32,
    /// What the file holds.
    pub kind: Kind,
    /// The file's name.
    pub file_name: String,
    /// Where it stands.
    pub state: State,
    /// Size of the file.
    pub bytes_total: i64,
    /// Bytes of it read so far.
    pub bytes_read: i64,
    /// Rows read so far, without the header.
    pub rows: i64,
    /// Rows that brought something new.
    pub imported: i64,
    /// Rows that were known already.
    pub unchanged: i64,
    /// Rows not taken.
    pub rejected: i64,
    /// What a person should know.
    #[schema(value_type = Vec<ImportWarning>)]
    pub warnings: Value,
    /// Why nothing was imported.
    #[schema(value_type = Option<ImportWarning>)]
    pub error: Option<Value>,
    /// First day on which what it brought counts.
    #[schema(value_type = Option<String>, format = Date)]
    pub from_day: Option<Day>,
    /// Last such day.
    #[schema(value_type = Option<String>, format = Date)]
    pub to_day: Option<Day>,
    /// Who ordered it; none: somebody at the server's command line.
    pub by: Option<OrderedBy>,
    /// When it was ordered.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Micros,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Micros>,
    /// Counts its changes.
    pub version: i32,
    /// How it was to be read.
    #[serde(skip)]
    pub asked: Asked,
    /// Columns of the file.
    #[serde(skip)]
    pub header: Vec<String>,
}

impl Import {
    /// Whoever ordered it, as the actor of its events.
    pub(crate) fn actor(&self) -> Actor {
        self.by.as_ref().map_or(Actor::Operator, |by| Actor::Person(by.id.0))
    }
}

/// Who ordered an import.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrderedBy {
    /// The person.
    pub id: PersonId,
    /// His name.
    pub name: String,
}

/// A row that was not taken.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ImportRejection)]
pub struct RejectedRow {
    /// As a person opening the file counts.
    pub row: i64,
    /// The column at fault; none: the row as a whole.
    pub column: Option<String>,
    /// Stable reason.
    pub code: String,
    /// The reason in English.
    pub reason: String,
    /// The reason in Chinese.
    pub reason_zh: String,
    /// The cells in the order of the file's columns.
    #[schema(value_type = Vec<String>)]
    pub cells: Value,
}
