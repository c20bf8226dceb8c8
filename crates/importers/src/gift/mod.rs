//! GIFT, the plain-text format in which teachers exchange questions.
//!
//! A file is read as people write them: questions apart by blank lines, `//` comments (with
//! `[id:…]` and `[tag:…]` in them), `$CATEGORY:` lines, `::titles::`, `[html]` and other formats,
//! weights, feedback, escapes. What cannot be understood costs its question alone and is named by its
//! line. Every step takes time in proportion to the file, whatever is in it.

mod answers;
mod blocks;
mod text;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::encoding::open_text;
use crate::error::FileError;
use crate::reason::Reason;

/// The most bytes of a file.
const MOST_BYTES: u64 = 16 << 20;

/// How a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GiftFormat {
    /// Nothing said: text in which line breaks mean nothing.
    Moodle,
    /// Text as it stands.
    Plain,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
}

/// A text and how it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftText {
    /// How it is meant.
    pub format: GiftFormat,
    /// The text without escapes.
    pub text: String,
}

/// An answer that is offered, or counts.
#[derive(Debug, Clone, PartialEq)]
pub struct GiftAnswer {
    /// Whether it was marked `=`.
    pub correct: bool,
    /// Its weight in per cent, -100 to 100, where one is given.
    pub weight: Option<f64>,
    /// What it says.
    pub text: GiftText,
    /// What is said to who chose it.
    pub feedback: Option<GiftText>,
}

/// What is to be answered.
#[derive(Debug, Clone, PartialEq)]
pub enum GiftBody {
    /// Nothing: text between questions.
    Description,
    /// Sentences.
    Essay,
    /// True or false.
    TrueFalse {
        /// Whether it is true.
        answer: bool,
        /// Feedback as it stands: the first is for a wrong answer, the second for a right one.
        feedback: [Option<GiftText>; 2],
    },
    /// A choice; several may be right.
    Choice(Vec<GiftAnswer>),
    /// A word; several may count.
    Short(Vec<GiftAnswer>),
    /// A number.
    Numerical,
    /// Pairs.
    Matching,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct GiftQuestion {
    /// `[id:…]` of a comment before it.
    pub id: Option<String>,
    /// `[tag:…]` of comments before it.
    pub tags: Vec<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it asks; `_____` stands where the answer goes, if text follows it.
    pub stem: GiftText,
    /// What is to be answered.
    pub body: GiftBody,
    /// What is said to everybody.
    pub feedback: Option<GiftText>,
}

/// What stands in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum GiftItem {
    /// From here on questions belong to this category.
    Category(String),
    /// A question.
    Question(Box<GiftQuestion>),
    /// Something that cannot be understood.
    Broken(Reason),
}

/// What a text in GIFT says, with the line on which each begins, from 1.
#[must_use]
pub fn parse(text: &str) -> Vec<(u64, GiftItem)> {
    let items = blocks::cut(text).into_iter();
    items.map(|block| (block.line, block.item())).collect()
}

/// Reads a file (UTF-8, UTF-16 or GB18030) as GIFT.
///
/// # Errors
/// Where the file cannot be read, is empty, or is too big to be questions.
pub fn read(path: &Path) -> Result<Vec<(u64, GiftItem)>, FileError> {
    let file = File::open(path)?;
    if file.metadata()?.len() > MOST_BYTES {
        return Err(FileError::TooLong(MOST_BYTES >> 20));
    }
    let text = open_text(file)?;
    let mut bytes = Vec::new();
    text.file.take(4 * MOST_BYTES).read_to_end(&mut bytes)?;
    if bytes.contains(&0) {
        return Err(FileError::WrongKind(crate::error::FileKind::Binary));
    }
    let items = parse(&text.encoding.decode_lossy(&bytes));
    if items.is_empty() { Err(FileError::Empty) } else { Ok(items) }
}

/// A reason of this format.
fn broken(code: &'static str, zh: &str, en: &str) -> Reason {
    Reason::Other { code, zh: zh.into(), en: en.into() }
}
