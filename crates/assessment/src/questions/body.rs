//! What a question asks, what may be answered, and what is right. Pure.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::texts::cleaned;

kexun_base::words!(
    /// How a question is answered.
    QuestionKind {
        /// 单选题: one of several options.
        Single = "single",
        /// 多选题: all that are right of several options.
        Multiple = "multiple",
        /// 判断题: true or false.
        TrueFalse = "true_false",
        /// 填空题: a word or number is written.
        FillIn = "fill_in",
        /// 简答题: sentences, marked by hand.
        ShortAnswer = "short_answer",
    }
);

/// An option of a single or multiple choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = QuestionChoice)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Which part of the points choosing it earns, -1 to 1: the right one of a single choice 1, others
    /// less; the right ones of a multiple choice add up to 1, wrong ones may take away.
    pub share: f64,
    /// What is said to who chose it; may be empty.
    #[serde(default)]
    pub feedback: String,
}

/// A written answer that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AcceptedAnswer)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The text; `*` stands for any characters, `\*` for a star. The first that fits counts.
    pub text: String,
    /// Which part of the points it earns, 0 to 1.
    pub share: f64,
    /// What is said to who wrote it; may be empty.
    #[serde(default)]
    pub feedback: String,
}

/// What is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = QuestionKey)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Key {
    /// One of the options.
    Single {
        /// The options, in their written order.
        options: Vec<Choice>,
    },
    /// Several of the options.
    Multiple {
        /// The options, in their written order.
        options: Vec<Choice>,
    },
    /// True or false.
    TrueFalse {
        /// Whether the statement is true.
        answer: bool,
    },
    /// A word or number.
    FillIn {
        /// What counts.
        accepted: Vec<Accepted>,
        /// Whether upper and lower case differ.
        #[serde(default)]
        case_sensitive: bool,
    },
    /// Sentences.
    ShortAnswer {
        /// A model answer, for who marks; may be empty.
        #[serde(default)]
        model: String,
        /// What to look for, for who marks; may be empty.
        #[serde(default)]
        rubric: String,
    },
}

impl Key {
    /// How the question is answered.
    pub fn kind(&self) -> QuestionKind {
        match self {
            Key::Single { .. } => QuestionKind::Single,
            Key::Multiple { .. } => QuestionKind::Multiple,
            Key::TrueFalse { .. } => QuestionKind::TrueFalse,
            Key::FillIn { .. } => QuestionKind::FillIn,
            Key::ShortAnswer { .. } => QuestionKind::ShortAnswer,
        }
    }
}

/// What somebody answered. Options are named by their number in the written order, from 0, whatever
/// order they were shown in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    /// Of a single choice; none: taken back.
    Single {
        /// The option.
        option: Option<u16>,
    },
    /// Of a multiple choice.
    Multiple {
        /// The options.
        options: BTreeSet<u16>,
    },
    /// Of a true/false question; none: taken back.
    TrueFalse {
        /// What he says.
        answer: Option<bool>,
    },
    /// Of a fill-in question.
    FillIn {
        /// What he wrote; empty: taken back.
        text: String,
    },
    /// Of a short-answer question.
    ShortAnswer {
        /// What he wrote; empty: taken back.
        text: String,
    },
}

impl Response {
    /// The same, what was written without characters that no text may hold.
    pub fn cleaned(self) -> Self {
        match self {
            Response::FillIn { text } => Response::FillIn { text: cleaned(&text) },
            Response::ShortAnswer { text } => Response::ShortAnswer { text: cleaned(&text) },
            chosen => chosen,
        }
    }
}
