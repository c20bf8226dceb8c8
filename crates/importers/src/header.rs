//! From the first row of a file to the columns of a record.

use crate::error::FileError;
use crate::options::Lang;
use crate::records::Column;

/// Something that a person should know, though reading goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// A column (or JSON key) that means nothing to Kexun; it is ignored.
    UnknownColumn(String),
    /// Only the first sheet is read; the workbook has others.
    OtherSheets {
        /// The sheet that is read.
        read: String,
        /// How many others there are.
        others: usize,
    },
}

impl Warning {
    /// A stable snake_case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Warning::UnknownColumn(_) => "unknown_column",
            Warning::OtherSheets { .. } => "other_sheets",
        }
    }

    /// The warning for a person.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Warning::UnknownColumn(name) => lang
                .pick(format!("不认识的列“{name}”已忽略"), format!("unknown column \"{name}\" is ignored")),
            Warning::OtherSheets { read, others } => lang.pick(
                format!("只读取了工作表“{read}”，另有 {others} 张未读"),
                format!("only the sheet \"{read}\" is read, {others} more are not"),
            ),
        }
    }
}

/// Where the columns of a record stand in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// For each column of the record its index in the file.
    pub(crate) places: Vec<Option<usize>>,
    /// The index of the reason column of a rejections sheet that is imported again.
    pub(crate) reason: Option<usize>,
    /// Header cells that mean nothing.
    pub(crate) unknown: Vec<String>,
}

/// The names of the column that a rejections sheet has beyond the original ones.
pub(crate) const REASON_NAMES: (&str, &str) = ("原因", "reason");

/// Finds the columns.
///
/// # Errors
/// [`FileError::NoKnownColumn`], [`FileError::MissingColumns`], [`FileError::DuplicateColumn`].
pub(crate) fn layout(header: &[String], columns: &'static [Column]) -> Result<Layout, FileError> {
    let mut found: Vec<Option<(usize, Rank)>> = vec![None; columns.len()];
    let mut reason = None;
    let mut unknown = Vec::new();
    for (place, cell) in header.iter().enumerate() {
        let key = normal(cell);
        let Some((column, rank)) = recognise(&key, columns) else {
            if reason.is_none() && is_reason(&key) {
                reason = Some(place);
            } else if !key.is_empty() {
                unknown.push(cell.clone());
            }
            continue;
        };
        match found[column] {
            None => found[column] = Some((place, rank)),
            // A proper name beats a synonym: 客户 beside 买家昵称 is no contradiction.
            Some((other, old)) if rank < old => {
                unknown.push(header[other].clone());
                found[column] = Some((place, rank));
            }
            Some((_, old)) if rank > old => unknown.push(cell.clone()),
            Some((other, _)) => {
                return Err(FileError::DuplicateColumn {
                    column: columns[column].name,
                    first: header[other].clone(),
                    second: cell.clone(),
                });
            }
        }
    }
    if found.iter().all(Option::is_none) {
        return Err(FileError::NoKnownColumn { found: shown(header) });
    }
    let absent = columns.iter().zip(&found).filter(|(column, place)| column.required && place.is_none());
    let missing: Vec<_> = absent.map(|(column, _)| (column.name, column.zh)).collect();
    if !missing.is_empty() {
        return Err(FileError::MissingColumns { missing, found: shown(header) });
    }
    let places = found.into_iter().map(|place| place.map(|(place, _)| place)).collect();
    Ok(Layout { places, reason, unknown })
}

/// How surely a header cell means a column; the smaller the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Name,
    Synonym,
}

/// The column that a normal form of a header cell means.
pub(crate) fn recognise(key: &str, columns: &[Column]) -> Option<(usize, Rank)> {
    let named = |c: &Column| normal(c.name) == key || normal(c.zh) == key;
    if let Some(index) = columns.iter().position(named) {
        return Some((index, Rank::Name));
    }
    let known_as = |c: &Column| c.synonyms.iter().any(|synonym| normal(synonym) == key);
    columns.iter().position(known_as).map(|index| (index, Rank::Synonym))
}

pub(crate) fn is_reason(key: &str) -> bool {
    key == REASON_NAMES.0 || key == REASON_NAMES.1
}

/// Header cells are compared without case, spaces, punctuation and remarks in brackets:
/// `Sent At`, `sent_at` and `SENT-AT (UTC+8)` are one.
pub(crate) fn normal(cell: &str) -> String {
    let name = cell.split(['(', '（', '[', '【']).next().unwrap_or_default();
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// What of a first row is shown in an error: a few cells, each short.
fn shown(header: &[String]) -> Vec<String> {
    let cells = header.iter().filter(|cell| !cell.is_empty()).take(12);
    cells.map(|cell| cell.chars().take(30).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{ConversationRow, Record};

    fn find(cells: &[&str]) -> Result<Layout, FileError> {
        let header: Vec<String> = cells.iter().map(ToString::to_string).collect();
        layout(&header, ConversationRow::columns())
    }

    #[test]
    fn names_synonyms_case_and_spaces() {
        let layout = find(&["买家昵称", "Sent At", " 发送 方 ", "消息内容", "备注", "原因", ""]).unwrap();
        assert_eq!(layout.reason, Some(5));
        assert_eq!(layout.unknown, ["备注"]);
        assert_eq!(layout.places.iter().flatten().count(), 4);
    }

    #[test]
    fn missing_duplicate_and_foreign_headers() {
        let error = find(&["customer", "text", "sender"]).unwrap_err();
        assert_eq!(error.code(), "missing_columns");
        assert!(error.message(Lang::Zh).contains("时间（sent_at）"));
        let error = find(&["customer", "客户", "text", "sender", "sent_at"]).unwrap_err();
        assert_eq!(error.code(), "duplicate_column");
        assert_eq!(find(&["foo", "bar"]).unwrap_err().code(), "no_known_column");
    }

    #[test]
    fn a_name_beats_a_synonym() {
        let layout = find(&["买家昵称", "客户", "text", "sender", "sent_at"]).unwrap();
        assert_eq!(layout.unknown, ["买家昵称"]);
        let twice = find(&["买家昵称", "顾客", "text", "sender", "sent_at"]);
        assert_eq!(twice.unwrap_err().code(), "duplicate_column");
    }
}
