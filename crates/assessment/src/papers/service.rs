//! Putting papers together.

use std::collections::HashSet;

use kexun_base::events::{self, NewEvent};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right};
use kexun_people::tenants::TenantId;
use kexun_people::text;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::entity::Model;
use super::{Content, DrawRule, FixedQuestion, PaperId, PaperState, store};
use crate::points::Points;
use crate::questions::{self, QuestionId, QuestionState};

/// The most questions of a paper.
const MOST_QUESTIONS: usize = 500;
/// The most rules of a paper.
const MOST_RULES: usize = 50;

/// A paper about to be put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Title.
    pub title: String,
    /// What it asks.
    pub content: Content,
    /// Whether each who sits gets the questions in an order of his own.
    pub shuffle_questions: bool,
    /// The same for the options.
    pub shuffle_options: bool,
}

/// What changes about a paper; none stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Title.
    pub title: Option<String>,
    /// What it asks.
    pub content: Option<Content>,
    /// Order of questions.
    pub shuffle_questions: Option<bool>,
    /// Order of options.
    pub shuffle_options: Option<bool>,
    /// State.
    pub state: Option<PaperState>,
    /// The version that was seen.
    pub version: i32,
}

/// Puts a paper together.
///
/// # Errors
/// `invalid`, naming what is wrong; `forbidden`.
pub async fn create(ctx: &Ctx, by: By<'_>, draft: Draft) -> Result<PaperId> {
    let tenant = by.scope(Right::QuestionWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    let row = Model {
        id: ctx.id(),
        tenant_id: tenant,
        title: text::required("title", &draft.title, 200)?,
        content: serde_json::to_string(&checked(&tx, tenant, draft.content).await?)?,
        shuffle_questions: draft.shuffle_questions,
        shuffle_options: draft.shuffle_options,
        state: PaperState::Active,
        changed_at: ctx.now(),
        version: 1,
    };
    store::insert(&tx, row.clone()).await?;
    events::record(ctx, &tx, event(by, "paper.made", &row)).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a paper. Who sits an exam with it has his sheet already and keeps it.
///
/// # Errors
/// As [`create`]; `not_found`; `stale_version`.
pub async fn change(ctx: &Ctx, by: By<'_>, id: PaperId, change: Change) -> Result<()> {
    let tenant = by.scope(Right::QuestionWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    let mut row = store::paper(&tx, tenant, id).await?;
    if let Some(title) = change.title {
        row.title = text::required("title", &title, 200)?;
    }
    if let Some(content) = change.content {
        row.content = serde_json::to_string(&checked(&tx, tenant, content).await?)?;
    }
    row.shuffle_questions = change.shuffle_questions.unwrap_or(row.shuffle_questions);
    row.shuffle_options = change.shuffle_options.unwrap_or(row.shuffle_options);
    row.state = change.state.unwrap_or(row.state);
    row.changed_at = ctx.now();
    row.version = change.version;
    store::update(&tx, row.clone()).await?;
    events::record(ctx, &tx, event(by, "paper.changed", &row)).await?;
    tx.commit().await?;
    Ok(())
}

fn event(by: By<'_>, kind: &'static str, row: &Model) -> NewEvent {
    NewEvent {
        tenant: row.tenant_id.0,
        kind,
        actor: by.actor(),
        subject_kind: "paper",
        subject: row.id.0,
        data: json!({ "title": row.title, "state": row.state }),
        caused_by: None,
    }
}

/// What a paper asks, if it can be asked.
async fn checked(db: &impl ConnectionTrait, tenant: TenantId, content: Content) -> Result<Content> {
    let content = match content {
        Content::Fixed { questions } => fixed(db, tenant, questions).await?,
        Content::Drawn { rules } => Content::Drawn { rules: drawn(rules)? },
    };
    match content.count() {
        1..=MOST_QUESTIONS => Ok(content),
        0 => Err(wrong("asks nothing yet; choose questions, or rules to draw them by")),
        count => Err(wrong(format!("asks {count} questions; {MOST_QUESTIONS} at most"))),
    }
}

async fn fixed(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    questions: Vec<FixedQuestion>,
) -> Result<Content> {
    let ids: Vec<QuestionId> = questions.iter().map(|q| q.question).collect();
    let bank = questions::by_ids(db, tenant, &ids).await?;
    let mut seen = HashSet::new();
    for (question, number) in questions.iter().zip(1..) {
        let Some(row) = bank.get(&question.question) else {
            return Err(wrong(format!("question {number} is not in the bank")));
        };
        if row.state == QuestionState::Draft {
            return Err(wrong(format!("question {number} is a draft; put it to use first")));
        }
        if !seen.insert(question.question) {
            return Err(wrong(format!("question {number} is in it twice")));
        }
        worth(question.points, "question", number)?;
    }
    Ok(Content::Fixed { questions })
}

/// Rules with their texts cleaned.
pub(super) fn drawn(rules: Vec<DrawRule>) -> Result<Vec<DrawRule>> {
    if rules.len() > MOST_RULES {
        return Err(wrong(format!("has {} rules; {MOST_RULES} at most", rules.len())));
    }
    let one = |(rule, number): (DrawRule, usize)| {
        let bounds = 1..=5;
        let (from, to) = (rule.difficulty_from, rule.difficulty_to);
        if !bounds.contains(&from) || !bounds.contains(&to) || from > to {
            return Err(wrong(format!("rule {number}: difficulty goes from 1 to 5, the lower first")));
        }
        if !(1..=200).contains(&rule.count) {
            return Err(wrong(format!("rule {number}: draw 1 to 200 questions")));
        }
        worth(rule.points, "rule", number)?;
        let topic = text::optional("content", rule.topic.as_deref(), 100)?;
        Ok(DrawRule { topic, ..rule })
    };
    rules.into_iter().zip(1..).map(one).collect()
}

fn worth(points: Points, what: &str, number: usize) -> Result<()> {
    if (1..=100_000).contains(&points.0) {
        return Ok(());
    }
    Err(wrong(format!("{what} {number} must be worth 0.01 to 1000 points")))
}

fn wrong(detail: impl Into<String>) -> Error {
    Error::field("content", detail)
}
