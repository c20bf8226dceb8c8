//! Writing and changing questions.

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent};
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Error, Result, secrets};
use kexun_people::competences::Competence;
use kexun_people::rights::{By, Right};
use kexun_people::tenants::TenantId;
use serde_json::{Value, json};

use super::body::Key;
use super::entity::question::Model;
use super::{QuestionId, QuestionState, check, store};

/// A question about to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it asks: plain text or simple Markdown.
    pub text: String,
    /// What is right.
    pub key: Key,
    /// Topic, in the tenant's own words; may be empty.
    pub topic: String,
    /// Which competence it tests.
    pub competence: Option<Competence>,
    /// How hard it is, 1 to 5.
    pub difficulty: i32,
    /// What is said to everybody afterwards; may be empty.
    pub explanation: String,
    /// Whether it may be asked.
    pub state: QuestionState,
}

/// What changes about a question; none stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// What it asks.
    pub text: Option<String>,
    /// What is right.
    pub key: Option<Key>,
    /// Topic.
    pub topic: Option<String>,
    /// Competence; some of none takes it away.
    pub competence: Option<Option<Competence>>,
    /// Difficulty.
    pub difficulty: Option<i32>,
    /// Explanation.
    pub explanation: Option<String>,
    /// State.
    pub state: Option<QuestionState>,
    /// The version that was seen.
    pub version: i32,
}

/// What makes two questions the same: what is asked, and what is right.
pub(super) fn fingerprint(text: &str, key: &Key) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    // The length keeps text and key apart.
    hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    hasher.update(&serde_json::to_vec(key)?);
    Ok(secrets::hex(hasher.finalize().as_bytes()))
}

/// A row of a checked draft.
pub(super) fn row(ctx: &Ctx, tenant: TenantId, draft: Draft) -> Result<Model> {
    Ok(Model {
        id: ctx.id(),
        tenant_id: tenant,
        kind: draft.key.kind(),
        fingerprint: fingerprint(&draft.text, &draft.key)?,
        key: serde_json::to_string(&draft.key)?,
        text: draft.text,
        topic: draft.topic,
        competence: draft.competence,
        difficulty: draft.difficulty,
        explanation: draft.explanation,
        state: draft.state,
        revision: 1,
        changed_at: ctx.now(),
        version: 1,
    })
}

/// Writes a question into the bank.
///
/// # Errors
/// `invalid`, naming what is wrong; `conflict` where it stands in the bank already; `forbidden`.
pub async fn create(ctx: &Ctx, by: By<'_>, draft: Draft) -> Result<QuestionId> {
    let tenant = by.scope(Right::QuestionWrite)?.tenant;
    let row = row(ctx, tenant, check::checked(draft)?)?;
    let tx = ctx.db().begin().await?;
    refuse_twin(&tx, tenant, &row).await?;
    let id = row.id;
    let data = json!({ "kind": row.kind, "topic": row.topic, "competence": row.competence });
    store::append(ctx, &tx, by.actor().person(), vec![row]).await?;
    record(ctx, &tx, by, "question.made", id.0, data).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes a question. What is asked or right makes a new revision; the old one stays.
///
/// # Errors
/// As [`create`]; `not_found`; `stale_version`.
pub async fn change(ctx: &Ctx, by: By<'_>, id: QuestionId, change: Change) -> Result<()> {
    let tenant = by.scope(Right::QuestionWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    let old = store::question(&tx, tenant, id).await?;
    let draft = check::checked(Draft {
        text: change.text.unwrap_or_else(|| old.text.clone()),
        key: change.key.map_or_else(|| serde_json::from_str(&old.key), Ok)?,
        topic: change.topic.unwrap_or_else(|| old.topic.clone()),
        competence: change.competence.unwrap_or(old.competence),
        difficulty: change.difficulty.unwrap_or(old.difficulty),
        explanation: change.explanation.unwrap_or_else(|| old.explanation.clone()),
        state: change.state.unwrap_or(old.state),
    })?;
    if draft.state == QuestionState::Draft && old.state != QuestionState::Draft {
        return Err(Error::field("state", "it has been in use and is no draft any more; retire it instead"));
    }
    let new = row(ctx, tenant, draft)?;
    let revised = new.fingerprint != old.fingerprint;
    let revision = old.revision + i32::from(revised);
    let new = Model { id, revision, version: change.version, ..new };
    if revised {
        refuse_twin(&tx, tenant, &new).await?;
        store::append_revision(ctx, &tx, by.actor().person(), &new).await?;
    }
    store::update(&tx, new.clone()).await?;
    let before = json!({ "state": old.state, "topic": old.topic, "revision": old.revision });
    let data = json!({ "state": new.state, "topic": new.topic, "revision": revision, "before": before });
    record(ctx, &tx, by, "question.changed", id.0, data).await?;
    tx.commit().await?;
    Ok(())
}

async fn refuse_twin(tx: &Tx, tenant: TenantId, row: &Model) -> Result<()> {
    let twins = store::of_fingerprints(tx, tenant, std::slice::from_ref(&row.fingerprint)).await?;
    let Some((_, twin)) = twins.into_iter().next() else { return Ok(()) };
    Err(Error::conflict(format!(
        "this question with these answers stands in the bank already (question {twin}); change that one"
    )))
}

pub(super) async fn record(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    kind: &'static str,
    subject: Uuid,
    data: Value,
) -> Result<()> {
    let (tenant, actor) = (by.tenant().0, by.actor());
    let event = NewEvent { tenant, kind, actor, subject_kind: "question", subject, data, caused_by: None };
    events::record(ctx, tx, event).await.map(drop)
}
