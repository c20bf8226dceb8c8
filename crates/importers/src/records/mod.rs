//! The typed rows of the import format and their columns.

mod contact;
mod conversation;
mod question;
mod rating;
mod staff;

pub use contact::{ContactOutcome, ContactRow};
pub use conversation::{Channel, ConversationRow, Sender};
pub use question::{CompetenceWord, QuestionRow, QuestionWord};
pub use rating::RatingRow;
pub use staff::{Role, StaffRow};

use crate::fields::{Fault, Fields};

/// A column of a record.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The English name, the one in machine-readable answers.
    pub name: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// Other names that files use.
    pub synonyms: &'static [&'static str],
    /// Whether a file without the column is refused. (A row may need more: see each record.)
    pub required: bool,
}

/// A kind of row.
pub trait Record: Sized {
    /// The columns, in the order in which Kexun writes them.
    fn columns() -> &'static [Column];

    /// The record of one row.
    ///
    /// # Errors
    /// The first fault found, with its column.
    #[doc(hidden)]
    fn read(fields: &Fields<'_>) -> Result<Self, Fault>;
}

/// A closed list of words, each with an English name and Chinese ones.
pub trait Choice: Copy + PartialEq {
    /// The value that a word means; case does not matter.
    fn parse(word: &str) -> Option<Self>;

    /// The English name.
    fn as_str(self) -> &'static str;

    /// All English names.
    fn words() -> Vec<&'static str>;
}

/// Declares an enumeration with its words: first the English name, then what else files say.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $value:ident: $word:literal $(| $other:literal)*,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$doc])* $value,)+ }

        impl $crate::records::Choice for $name {
            fn parse(word: &str) -> Option<Self> {
                let known = |word: &str| match word {
                    $($word $(| $other)* => Some(Self::$value),)+
                    _ => None,
                };
                known(word).or_else(|| known(&word.to_lowercase()))
            }

            fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }

            fn words() -> Vec<&'static str> {
                vec![$($word,)+]
            }
        }
    };
}
pub(crate) use choice;

/// A column that a file must have.
const fn required(name: &'static str, zh: &'static str, synonyms: &'static [&'static str]) -> Column {
    Column { name, zh, synonyms, required: true }
}

/// A column that a file may have.
const fn optional(name: &'static str, zh: &'static str, synonyms: &'static [&'static str]) -> Column {
    Column { name, zh, synonyms, required: false }
}

const CONVERSATION_ID: &[&str] =
    &["会话ID", "会话号", "会话", "对话编号", "对话ID", "聊天编号", "session_id", "chat_id", "conversation"];
const SHOP: &[&str] = &["店铺名称", "店铺名", "店铺编码", "店铺编号", "门店", "商店", "store"];

#[cfg(test)]
mod tests;
