//! Why a whole file cannot be read: said once, for a person, in two languages.

use std::io;

use crate::options::Lang;

/// What a file that holds no rows seems to be, told by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A PNG, JPEG, GIF, BMP or WebP picture.
    Picture,
    /// A PDF document.
    Pdf,
    /// A packed archive that is no workbook (RAR, 7-Zip, gzip …).
    Archive,
    /// A web page or XML table, often saved under the name `.xls`.
    WebPage,
    /// Something else that is not text.
    Binary,
}

impl FileKind {
    fn name(self, lang: Lang) -> &'static str {
        match self {
            FileKind::Picture => lang.pick("图片", "a picture"),
            FileKind::Pdf => lang.pick("PDF 文档", "a PDF document"),
            FileKind::Archive => lang.pick("压缩包", "a packed archive"),
            FileKind::WebPage => lang.pick(
                "网页或 XML 表格（有些系统会把它存成 .xls）",
                "a web page or XML table (some systems save such a one as .xls)",
            ),
            FileKind::Binary => lang.pick("二进制文件，不是文本", "binary data, not text"),
        }
    }
}

/// Why a file as a whole cannot be read. Nothing of it is to be imported.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Reading failed: missing file, no right, broken disk.
    #[error("cannot read the file: {0}")]
    Io(#[from] io::Error),
    /// No byte, or nothing but blank lines.
    #[error("the file is empty")]
    Empty,
    /// The content is no table at all.
    #[error("the file is no table: {0:?}")]
    WrongKind(FileKind),
    /// A workbook of the format before 2007 (`.xls`).
    #[error("the old .xls format")]
    OldSpreadsheet,
    /// A workbook, or a part of it, that is protected by a password.
    #[error("protected by a password")]
    Encrypted,
    /// A zip archive that holds no XLSX workbook, or a file that should be one and is no archive.
    #[error("no xlsx workbook")]
    NotXlsx,
    /// A workbook that breaks off or contradicts itself.
    #[error("damaged workbook: {0}")]
    Damaged(String),
    /// A workbook that unpacks to more than the limits allow.
    #[error("unpacks to too much")]
    ZipBomb,
    /// A file that is longer than such files are, in megabytes at most.
    #[error("longer than {0} MB")]
    TooLong(u64),
    /// One JSON array instead of an object a line.
    #[error("a JSON array instead of JSON Lines")]
    JsonArray,
    /// The header row cannot be read as text.
    #[error("unreadable header")]
    UnreadableHeader,
    /// Not one known column: the wrong file, or no header row.
    #[error("no known column in {found:?}")]
    NoKnownColumn {
        /// The first row as found, cut to a few cells.
        found: Vec<String>,
    },
    /// Columns without which no row can be read.
    #[error("missing columns {missing:?}")]
    MissingColumns {
        /// English and Chinese name of each.
        missing: Vec<(&'static str, &'static str)>,
        /// The first row as found, cut to a few cells.
        found: Vec<String>,
    },
    /// Two columns that mean the same.
    #[error("column {column} appears as {first} and as {second}")]
    DuplicateColumn {
        /// The English name of the column.
        column: &'static str,
        /// The earlier header cell.
        first: String,
        /// The later header cell.
        second: String,
    },
}

impl FileError {
    /// A stable snake_case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            FileError::Io(_) => "io",
            FileError::Empty => "empty_file",
            FileError::WrongKind(_) => "wrong_kind",
            FileError::OldSpreadsheet => "old_spreadsheet",
            FileError::Encrypted => "encrypted",
            FileError::NotXlsx => "not_xlsx",
            FileError::Damaged(_) => "damaged",
            FileError::ZipBomb => "zip_bomb",
            FileError::TooLong(_) => "too_long",
            FileError::JsonArray => "json_array",
            FileError::UnreadableHeader => "unreadable_header",
            FileError::NoKnownColumn { .. } => "no_known_column",
            FileError::MissingColumns { .. } => "missing_columns",
            FileError::DuplicateColumn { .. } => "duplicate_column",
        }
    }

    /// What is wrong, where, and what to do, for a person.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            FileError::Io(error) => format!("文件读取失败：{error}。请检查文件后重试。"),
            FileError::Empty => "文件是空的。请确认导出成功，第 1 行应为列名。".into(),
            FileError::WrongKind(kind) => format!(
                "这个文件不是表格，而是{}。请用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV 再导入。",
                kind.name(Lang::Zh)
            ),
            FileError::OldSpreadsheet => {
                "这是旧版 Excel（.xls）文件。请用 Excel 或 WPS 另存为 .xlsx 再导入。".into()
            }
            FileError::Encrypted => "这个工作簿有密码保护。请去掉密码另存后再导入。".into(),
            FileError::NotXlsx => {
                "这不是 XLSX 工作簿（可能是 .xlsb、.ods、文档或压缩包）。请解压，或另存为 .xlsx 再导入。"
                    .into()
            }
            FileError::Damaged(detail) => {
                format!("工作簿已损坏：{detail}。请用 Excel 或 WPS 打开并另存后再导入。")
            }
            FileError::ZipBomb => {
                "工作簿解压后大得不合常理，为安全起见已拒绝。请删去空白行列后另存，或拆成几个文件。".into()
            }
            FileError::TooLong(most) => format!("文件超过 {most} MB，太大了。请拆成几个文件，分别导入。"),
            FileError::JsonArray => "文件是一个 JSON 数组。请改成 JSON Lines：每行一个 JSON 对象。".into(),
            FileError::UnreadableHeader => {
                "第 1 行（列名）无法按 UTF-8 或 GB18030 读出，或引号不成对。请另存为 UTF-8 CSV 再导入。"
                    .into()
            }
            FileError::NoKnownColumn { found } => format!(
                "第 1 行里没有一个认识的列名：{}。请确认文件种类，并把第 1 行改为列名。",
                list(found, "、")
            ),
            FileError::MissingColumns { missing, found } => format!(
                "缺少必需的列：{}。第 1 行现有：{}。请补上这些列再导入。",
                missing.iter().map(|(en, zh)| format!("{zh}（{en}）")).collect::<Vec<_>>().join("、"),
                list(found, "、")
            ),
            FileError::DuplicateColumn { column, first, second } => {
                format!("列重复：“{first}”和“{second}”都表示 {column}。请只保留一列。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            FileError::Io(error) => format!("The file cannot be read: {error}. Check it and try again."),
            FileError::Empty => {
                "The file is empty. Check the export; row 1 must hold the column names.".into()
            }
            FileError::WrongKind(kind) => format!(
                "This file is no table but {}. Open it in Excel or WPS, save it as .xlsx or CSV and import that.",
                kind.name(Lang::En)
            ),
            FileError::OldSpreadsheet => {
                "This is an old Excel file (.xls). Save it as .xlsx and import that.".into()
            }
            FileError::Encrypted => {
                "This workbook is protected by a password. Save it without one and import that.".into()
            }
            FileError::NotXlsx => "This is no XLSX workbook (perhaps .xlsb, .ods, a document or an archive). Unpack it, or save it as .xlsx.".into(),
            FileError::Damaged(detail) => format!(
                "The workbook is damaged: {detail}. Open it in Excel or WPS, save it anew and import that."
            ),
            FileError::ZipBomb => "The workbook unpacks to an absurd size and is refused for safety. Delete empty rows and columns and save it anew, or split it.".into(),
            FileError::TooLong(most) => {
                format!("The file is longer than {most} MB. Split it and import the parts one by one.")
            }
            FileError::JsonArray => {
                "The file is one JSON array. Make it JSON Lines: one object a line.".into()
            }
            FileError::UnreadableHeader => "Row 1 (the column names) cannot be read as UTF-8 or GB18030, or has an unclosed quote. Save the file as UTF-8 CSV.".into(),
            FileError::NoKnownColumn { found } => format!(
                "Row 1 holds no known column name: {}. Check the kind of file and put the column names in row 1.",
                list(found, ", ")
            ),
            FileError::MissingColumns { missing, found } => format!(
                "Missing columns: {}. Row 1 has: {}. Add them and import again.",
                missing.iter().map(|(en, zh)| format!("{en} ({zh})")).collect::<Vec<_>>().join(", "),
                list(found, ", ")
            ),
            FileError::DuplicateColumn { column, first, second } => format!(
                "\"{first}\" and \"{second}\" both mean the column {column}. Keep only one."
            ),
        }
    }
}

fn list(cells: &[String], separator: &str) -> String {
    cells.join(separator)
}
