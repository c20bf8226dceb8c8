//! Marking by hand: question by question, without names.

use kexun_base::http::{Page, PageRequest};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{Caller, Right};
use kexun_people::text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entity::Model;
use super::store;
use crate::exams::entity::Model as Exam;
use crate::exams::sight::Sight;
use crate::exams::sittings::{self, AttemptState};
use crate::exams::{AttemptId, ExamId, MarkId, grading, store as exams};
use crate::points::Points;
use crate::questions::QuestionId;
use crate::questions::body::Key;

const LONGEST_COMMENT: usize = 2_000;

/// A question of an exam that people mark.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionToMark)]
pub struct ToMark {
    /// Which.
    pub question: QuestionId,
    /// Which revision of it.
    pub revision: i32,
    /// What it asks.
    pub text: String,
    /// A model answer; may be empty.
    pub model: String,
    /// What to look for; may be empty.
    pub rubric: String,
    /// What it is worth.
    pub points: Points,
    /// Answers to it.
    pub answers: u32,
    /// Those of them that are marked.
    pub marked: u32,
}

/// What an exam has for people to mark.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MarkingOverview)]
pub struct Overview {
    /// What the exam is called.
    pub title: String,
    /// The questions.
    pub questions: Vec<ToMark>,
}

/// An answer, without a name.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerToMark {
    /// Names the mark.
    pub id: MarkId,
    /// What was answered.
    pub response: String,
    /// What it may earn at most.
    pub worth: Points,
    /// What it earned; none: not marked.
    pub points: Option<Points>,
    /// What was said to it; empty where nothing.
    pub comment: String,
    /// Send it back with the mark.
    pub version: i32,
}

impl From<Model> for AnswerToMark {
    fn from(row: Model) -> Self {
        AnswerToMark {
            id: row.id,
            response: row.response.unwrap_or_default(),
            worth: row.worth,
            points: row.points,
            comment: row.comment,
            version: row.version,
        }
    }
}

/// What an answer earns.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AnswerMark)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// From 0 to what the question is worth.
    pub points: Points,
    /// What he who answered is told, at most 2000 characters.
    #[serde(default)]
    pub comment: String,
    /// The version that was seen.
    pub version: i32,
}

/// The exam, if the caller marks it, and his own attempts at it, which he does not.
async fn marked(ctx: &Ctx, caller: &Caller, id: ExamId) -> Result<(Exam, Vec<AttemptId>)> {
    let db = ctx.db().read();
    let sight = Sight::of(db, caller, Right::ExamMark).await?;
    let exam = exams::exam(db, sight.tenant, id).await?;
    if !sight.whole_of(&exam) {
        return Err(Error::not_found("exam"));
    }
    let own = match caller.staff {
        Some(staff) => sittings::own_ids(db, sight.tenant, id, staff).await?,
        None => Vec::new(),
    };
    Ok((exam, own))
}

/// What an exam has to mark.
///
/// # Errors
/// `not_found` for who does not mark it.
pub async fn overview(ctx: &Ctx, caller: &Caller, id: ExamId) -> Result<Overview> {
    let (exam, own) = marked(ctx, caller, id).await?;
    let db = ctx.db().read();
    let mut questions = Vec::new();
    for found in store::questions(db, exam.tenant_id, id, &own).await? {
        let sheet = sittings::sheet_of(db, exam.tenant_id, found.attempt).await?;
        let asked = sheet.items.into_iter().find(|i| i.question == found.question);
        let asked = asked.ok_or_else(|| Error::internal("a mark of a question that was not asked"))?;
        let (model, rubric) = match asked.key {
            Key::ShortAnswer { model, rubric } => (model, rubric),
            _ => Default::default(),
        };
        questions.push(ToMark {
            question: found.question,
            revision: found.revision,
            text: asked.text,
            model,
            rubric,
            points: found.worth,
            answers: found.answers,
            marked: found.marked,
        });
    }
    Ok(Overview { title: exam.title, questions })
}

/// The answers to a question.
///
/// # Errors
/// `not_found` for who does not mark the exam.
pub async fn answers(
    ctx: &Ctx,
    caller: &Caller,
    id: ExamId,
    question: (QuestionId, i32),
    page: &PageRequest,
) -> Result<Page<AnswerToMark>> {
    let (exam, own) = marked(ctx, caller, id).await?;
    let found = store::answers(ctx.db().read(), (exam.tenant_id, id), question, &own, page).await?;
    Ok(found.map(AnswerToMark::from))
}

/// Marks an answer. With the last of an attempt it is graded.
///
/// # Errors
/// `not_found`; `invalid` for more points than there are; `conflict` once the attempt is graded;
/// `stale_version`.
pub async fn put(ctx: &Ctx, caller: &Caller, id: MarkId, new: Mark) -> Result<AnswerToMark> {
    let known = store::mark(ctx.db().read(), caller.tenant, id).await?;
    let (exam, own) = marked(ctx, caller, known.exam_id).await?;
    if known.response.is_none() || own.contains(&known.attempt_id) {
        return Err(Error::not_found("answer to mark"));
    }
    if new.points > known.worth {
        return Err(Error::field("points", "are more than the question is worth"));
    }
    let comment = text::lines("comment", &new.comment, LONGEST_COMMENT)?;
    let tx = ctx.db().begin().await?;
    let attempt = sittings::lock(&tx, exam.tenant_id, known.attempt_id).await?;
    if attempt.state != AttemptState::Marking {
        return Err(Error::conflict("the attempt is graded: its last answer was marked; the result stands"));
    }
    let row = Model {
        points: Some(new.points),
        comment,
        marked_by: caller.staff,
        marked_at: Some(ctx.now()),
        version: new.version,
        ..known
    };
    store::put(&tx, &row).await?;
    if store::waiting(&tx, attempt.id).await? == 0 {
        grading::finish(ctx, &tx, caller.actor(), &attempt).await?;
    }
    tx.commit().await?;
    Ok(Model { version: new.version.saturating_add(1), ..row }.into())
}
