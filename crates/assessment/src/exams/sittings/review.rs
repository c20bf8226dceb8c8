//! What somebody may see of his own attempt afterwards.

use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::Caller;
use kexun_people::staff::StaffId;
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::Model;
use super::service::{Item, current, shown};
use super::{AttemptState, store};
use crate::exams::entity::Model as Exam;
use crate::exams::rules::{self, Grade, Withheld, WithheldWhy};
use crate::exams::{AttemptId, marking, store as exams};
use crate::papers::Sheet;
use crate::points::Points;
use crate::questions;
use crate::questions::body::{Key, Response};

/// An attempt, without questions and answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttemptItem {
    /// Its id.
    pub id: AttemptId,
    /// 1 for the first.
    pub number: i32,
    /// How far it is.
    pub state: AttemptState,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Micros,
    /// When it ends, or ended by time.
    #[schema(value_type = String, format = DateTime)]
    pub deadline: Micros,
    /// When it was handed in.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub submitted_at: Option<Micros>,
    /// Points earned.
    pub earned: Option<Points>,
    /// Points that could be earned.
    pub possible: Points,
    /// Share of the points, 0–1.
    pub score: Option<f64>,
    /// What it is worth.
    pub grade: Option<Grade>,
}

impl From<Model> for AttemptItem {
    fn from(row: Model) -> Self {
        AttemptItem {
            id: row.id,
            number: row.number,
            state: row.state,
            started_at: row.started_at,
            deadline: row.deadline,
            submitted_at: row.submitted_at,
            earned: row.earned,
            possible: row.possible,
            score: row.score,
            grade: row.grade,
        }
    }
}

/// A question, what he answered, and what is right.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewedQuestion)]
pub struct ReviewItem {
    /// The question.
    #[serde(flatten)]
    pub item: Item,
    /// What he answered; none: nothing.
    pub response: Option<Response>,
    /// What it earned.
    pub earned: Option<Points>,
    /// What who marked it says; empty where nothing.
    pub comment: String,
    /// What is right.
    pub key: Key,
    /// Why, as the bank says it today; empty where it says nothing.
    pub explanation: String,
}

/// An attempt, question by question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttemptReview)]
pub struct Review {
    /// The attempt.
    pub attempt: AttemptItem,
    /// The questions.
    pub items: Vec<ReviewItem>,
}

/// Why a member does not see what is right in an exam; none: he does. Of `None`, who is no candidate, the
/// exam alone decides.
pub async fn withheld(ctx: &Ctx, exam: &Exam, staff: Option<StaffId>) -> Result<Option<Withheld>> {
    let asked = match staff {
        Some(staff) => exams::asking_same(ctx.db().read(), exam, staff).await?,
        None => Vec::new(),
    };
    let asked: Vec<_> = asked.iter().map(|(exam, candidate)| exam.asking(candidate)).collect();
    Ok(rules::withheld(ctx.now(), exam.shows_answers, exam.closes_at, &asked))
}

/// Somebody's own attempt with what is right.
///
/// # Errors
/// `not_found`; `forbidden` before the exam allows it, and while he is, or may yet be, asked the same again.
pub async fn review(ctx: &Ctx, caller: &Caller, id: AttemptId) -> Result<Review> {
    let attempt = current(ctx, caller, id).await?;
    let db = ctx.db().read();
    let exam = exams::exam(db, attempt.tenant_id, attempt.exam_id).await?;
    let why = withheld(ctx, &exam, Some(attempt.staff_id)).await?.map(|withheld| withheld.why);
    if let Some(why) = why.or((attempt.state != AttemptState::Graded).then_some(WithheldWhy::Open)) {
        return Err(Error::forbidden(match why {
            WithheldWhy::Never => "this exam does not show which answers are right",
            WithheldWhy::Open => "the right answers are shown when the exam has closed and is graded",
            WithheldWhy::AskedAgain => {
                "you are asked the same in another exam, a make-up for instance; the right answers are shown \
                 when that has closed"
            }
            WithheldWhy::NotFinal => {
                "your result is not final, and who fails is asked the same in a make-up; the right answers are \
                 shown afterwards"
            }
        }));
    }
    let sheet: Sheet = serde_json::from_str(&attempt.sheet)?;
    let asked: Vec<_> = sheet.items.iter().map(|item| item.question).collect();
    let mut explained = questions::explanations(db, attempt.tenant_id, &asked).await?;
    let mut answers = store::answers(db, id).await?;
    let mut marks = marking::of_attempt(db, id).await?;
    let items = (1..).zip(sheet.items).map(|(n, item)| {
        let (earned, comment) = marks.remove(&n).unwrap_or_default();
        let response = answers.remove(&n).map(|(_, response)| response);
        let explanation = explained.remove(&item.question).unwrap_or_default();
        ReviewItem { item: shown(n, &item), response, earned, comment, key: item.key, explanation }
    });
    let items = items.collect();
    Ok(Review { attempt: attempt.into(), items })
}
