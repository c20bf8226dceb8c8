//! Papers (试卷): which questions, for how many points, in which order; fixed, or drawn by rule for
//! each who sits.
//!
//! - A fixed paper asks its questions as they are in the bank when it is drawn; retired ones too.
//! - A drawn paper takes active questions only, and no question twice, even where rules overlap: if there
//!   is a way to satisfy all of them it is found, and if there is none it says which rule lacks how many.
//! - An exam that was set is sat, whatever becomes of the bank: then questions that were retired since fill up.
//! - A paper may be changed at any time: who sits has his sheet already.

mod api;
mod entity;
pub mod migration;
pub mod rules;
mod service;
mod sheet;
mod store;

use kexun_people::competences::Competence;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::points::Points;
use crate::questions::body::QuestionKind;
use crate::questions::{Pick, QuestionId};

pub use api::router;
pub use service::{Change, Draft, change, create};
pub use sheet::{Head, Sheet, SheetItem, head, sheet, sheet_of_exam};

kexun_base::id!(
    /// A paper.
    PaperId
);

kexun_base::words!(
    /// Whether a paper is still offered.
    PaperState {
        /// 启用: exams may be set with it.
        Active = "active",
        /// 停用: kept for those that were.
        Retired = "retired",
    }
);

/// What a paper asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = PaperContent)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    /// These questions.
    Fixed {
        /// In their written order.
        questions: Vec<FixedQuestion>,
    },
    /// Questions drawn for each who sits.
    Drawn {
        /// What is drawn, in the order in which it is asked.
        rules: Vec<DrawRule>,
    },
}

/// A question of a fixed paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedQuestion {
    /// Which.
    pub question: QuestionId,
    /// What it is worth.
    pub points: Points,
}

/// So many questions of this sort.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawRule {
    /// Of this topic; none: of any.
    #[serde(default)]
    pub topic: Option<String>,
    /// Of this competence; none: of any.
    #[serde(default)]
    pub competence: Option<Competence>,
    /// Of this kind; none: of any.
    #[serde(default)]
    pub question_kind: Option<QuestionKind>,
    /// Lowest difficulty, 1 to 5.
    #[serde(default = "easiest")]
    pub difficulty_from: i32,
    /// Highest difficulty, 1 to 5.
    #[serde(default = "hardest")]
    pub difficulty_to: i32,
    /// How many, 1 to 200.
    pub count: u16,
    /// What each is worth.
    pub points: Points,
}

fn easiest() -> i32 {
    1
}

fn hardest() -> i32 {
    5
}

impl DrawRule {
    fn pick(&self) -> Pick {
        Pick {
            topic: self.topic.clone(),
            competence: self.competence,
            kind: self.question_kind,
            difficulty: (self.difficulty_from, self.difficulty_to),
        }
    }
}

impl Content {
    /// What the whole paper is worth.
    pub fn total(&self) -> Points {
        match self {
            Content::Fixed { questions } => questions.iter().map(|q| q.points).sum(),
            Content::Drawn { rules } => rules.iter().map(|r| Points(r.points.0 * i32::from(r.count))).sum(),
        }
    }

    /// How many questions it asks.
    pub fn count(&self) -> usize {
        match self {
            Content::Fixed { questions } => questions.len(),
            Content::Drawn { rules } => rules.iter().map(|rule| usize::from(rule.count)).sum(),
        }
    }
}

/// Which papers are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PaperFilter {
    /// Part of the title.
    pub q: Option<String>,
    /// In this state.
    pub state: Option<PaperState>,
}
