//! What is not taken: rows, as they are kept and shown, and files.

use kexun_importers::{Lang, Rejection};
use serde_json::json;

use crate::privacy::masking;

/// A row that is not taken, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    /// As a person opening the file counts.
    pub row: u64,
    /// The column at fault.
    pub column: Option<&'static str>,
    /// Stable reason.
    pub code: &'static str,
    /// The reason in English.
    pub reason: String,
    /// The reason in Chinese.
    pub reason_zh: String,
    /// The cells, JSON.
    pub cells: String,
}

impl Refused {
    /// Of a row of the file. It is shown to people, so it is masked like the ones that are taken.
    pub fn of(rejection: &Rejection) -> Refused {
        let cells: Vec<String> = rejection.cells.iter().map(|cell| shown(cell)).collect();
        Refused {
            row: rejection.row,
            column: rejection.column_name(),
            code: rejection.reason.code(),
            reason: shown(&rejection.reason.message(Lang::En)),
            reason_zh: shown(&rejection.reason.message(Lang::Zh)),
            cells: json!(cells).to_string(),
        }
    }

    /// Bytes of memory taken, about.
    pub fn size(&self) -> usize {
        size_of::<Refused>() + self.reason.len() + self.reason_zh.len() + self.cells.len()
    }
}

fn shown(words: &str) -> String {
    masking::mask(words).text.replace('\0', "\u{fffd}")
}

/// Rows that are not taken, gathered until they are worth a transaction.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    rows: Vec<Refused>,
    bytes: usize,
}

/// Rows written down in one transaction.
const ROWS_A_BATCH: usize = 500;
/// Bytes of them, so that a batch of giants stays short and few lie in memory: a row may have megabytes.
const BYTES_A_BATCH: usize = 1 << 20;

impl Gathering {
    /// Adds a row; gives all when it is time to hand them over.
    pub fn push(&mut self, row: Refused) -> Option<Vec<Refused>> {
        self.bytes += row.size();
        self.rows.push(row);
        let is_full = self.rows.len() >= ROWS_A_BATCH || self.bytes >= BYTES_A_BATCH;
        is_full.then(|| self.take())
    }

    /// What is left.
    pub fn take(&mut self) -> Vec<Refused> {
        self.bytes = 0;
        std::mem::take(&mut self.rows)
    }
}

/// Why a file is not taken, in Chinese: the cause of an error whose detail is in English.
#[derive(Debug)]
pub(super) struct InChinese(pub String);

impl std::fmt::Display for InChinese {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InChinese {}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(bytes: usize) -> Refused {
        let (reason, reason_zh) = (String::new(), String::new());
        Refused { row: 1, column: None, code: "x", reason, reason_zh, cells: "x".repeat(bytes) }
    }

    #[test]
    fn few_giants_or_many_small_ones_are_handed_over() {
        let mut gathering = Gathering::default();
        let giants = (1..).find(|_| gathering.push(row(400 << 10)).is_some());
        assert_eq!(giants, Some(3), "memory is bounded by bytes");
        assert!(gathering.take().is_empty());
        let small = (1..).find(|_| gathering.push(row(10)).is_some());
        assert_eq!(small, Some(ROWS_A_BATCH));
        assert!(gathering.push(row(10)).is_none());
        assert_eq!(gathering.take().len(), 1, "the rest");
    }
}
