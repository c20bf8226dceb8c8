//! What a caller may choose before a file is opened.

use crate::times::DateOrder;

/// The language of a message for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of the two texts that is in this language.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// The container that the rows come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Told by the content of the file; its name plays no part.
    #[default]
    Auto,
    /// Separated values: comma, semicolon or tab; UTF-8, UTF-16 with BOM, or GB18030.
    Csv,
    /// An Office Open XML workbook; its first visible sheet is read.
    Xlsx,
    /// One JSON object a line.
    JsonLines,
}

/// Bounds that keep memory and time finite whatever the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one row; a bigger one is rejected and reading goes on. Also bounds one line of
    /// JSON Lines. Default 4 MiB.
    pub row_bytes: usize,
    /// Bytes that one part of a workbook may unpack to; beyond that the file is refused.
    /// Default 8 GiB.
    pub part_bytes: u64,
    /// How many times its packed size a part of a workbook may unpack to, counted from the first
    /// 16 MiB on. Real sheets are near 10; a bomb lies between 150 and 1,000. Default 100.
    pub part_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { row_bytes: 4 << 20, part_bytes: 8 << 30, part_ratio: 100 }
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The container; by default told by the content.
    pub format: Format,
    /// How 3/4/2026 is meant. Without it such dates are refused.
    pub date_order: Option<DateOrder>,
    /// Bounds of memory and time.
    pub limits: Limits,
}
