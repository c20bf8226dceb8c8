//! A paper as one person gets it.

use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::entity::Model;
use super::rules::{self, Lack, Shuffle, place};
use super::{Content, DrawRule, PaperId, PaperState, store};
use crate::points::Points;
use crate::questions::body::Key;
use crate::questions::{self, Pick, Picked, QuestionId};

/// A paper as one person gets it: kept with his attempt, so that later changes of the bank do not
/// change it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = PaperSheet)]
pub struct Sheet {
    /// The questions in the order in which they are asked.
    pub items: Vec<SheetItem>,
}

/// A question of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = PaperSheetItem)]
pub struct SheetItem {
    /// Which question.
    pub question: QuestionId,
    /// Which revision of it.
    pub revision: i32,
    /// What it asks.
    pub text: String,
    /// What is right.
    pub key: Key,
    /// The order in which options are shown: numbers in their written order. Empty where there are none.
    pub order: Vec<u16>,
    /// What it is worth.
    pub points: Points,
}

/// Draws a sheet of a paper. The same `seed` gives the same sheet as long as paper and bank do not
/// change.
///
/// # Errors
/// `not_found`; `conflict` when the bank has too few questions for a rule of the paper: it says which
/// rule lacks how many.
pub async fn sheet(db: &impl ConnectionTrait, tenant: TenantId, paper: PaperId, seed: u64) -> Result<Sheet> {
    let paper = store::paper(db, tenant, paper).await?;
    laid_out(db, &paper, seed, None).await
}

/// Draws a sheet for who sits an exam that was set at `set_at`. He must not fail because bank or paper were
/// changed since: where active questions are too few, those that were retired since fill up, and what is still
/// lacking is left out.
///
/// # Errors
/// `not_found`; `conflict` when nothing is left to ask.
pub async fn sheet_of_exam(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    paper: PaperId,
    seed: u64,
    set_at: Micros,
) -> Result<Sheet> {
    let paper = store::paper(db, tenant, paper).await?;
    laid_out(db, &paper, seed, Some(set_at)).await
}

/// A paper's questions in their order, with their options in theirs; `set_at` as [`drawn`] takes it.
async fn laid_out(
    db: &impl ConnectionTrait,
    paper: &Model,
    seed: u64,
    set_at: Option<Micros>,
) -> Result<Sheet> {
    let tenant = paper.tenant_id;
    let mut asked = match serde_json::from_str(&paper.content)? {
        Content::Fixed { questions } => questions.into_iter().map(|q| (q.question, q.points)).collect(),
        Content::Drawn { rules } => drawn(db, tenant, &rules, seed, set_at).await?,
    };
    if paper.shuffle_questions {
        asked.sort_by_key(|(id, _)| place(seed, Shuffle::Questions, id.0.as_u128()));
    }
    let ids: Vec<QuestionId> = asked.iter().map(|(id, _)| *id).collect();
    let mut rows = questions::by_ids(db, tenant, &ids).await?;
    let item = |(id, points): (QuestionId, Points)| {
        let row =
            rows.remove(&id).ok_or_else(|| Error::internal("a paper asks what the bank does not have"))?;
        let key: Key = serde_json::from_str(&row.key)?;
        let order = order(&key, paper.shuffle_options.then_some(seed), id);
        Ok(SheetItem { question: id, revision: row.revision, text: row.text, key, order, points })
    };
    Ok(Sheet { items: asked.into_iter().map(item).collect::<Result<_>>()? })
}

/// The order in which options are shown; written, if there is no seed.
fn order(key: &Key, seed: Option<u64>, question: QuestionId) -> Vec<u16> {
    let count = match key {
        Key::Single { options } | Key::Multiple { options } => options.len(),
        Key::TrueFalse { .. } | Key::FillIn { .. } | Key::ShortAnswer { .. } => 0,
    };
    let mut order: Vec<u16> = (0..).take(count).collect();
    if let Some(seed) = seed {
        order.sort_by_key(|n| place(seed, Shuffle::Options(question.0), u128::from(*n)));
    }
    order
}

/// The questions that rules draw, rule by rule. For an exam that was set at `set_at` as many as there are.
async fn drawn(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    rules: &[DrawRule],
    seed: u64,
    set_at: Option<Micros>,
) -> Result<Vec<(QuestionId, Points)>> {
    let picks: Vec<Pick> = rules.iter().map(DrawRule::pick).collect();
    let shuffled = |mut bank: Vec<Picked>| {
        bank.sort_by_cached_key(|q| place(seed, Shuffle::Draw, q.id.0.as_u128()));
        bank
    };
    let mut bank = shuffled(questions::active(db, tenant, &picks).await?);
    let (fitting, counts) = wanted(rules, &picks, &bank);
    let (mut drawn, mut lacks) = rules::draw_most(&fitting, &counts, bank.len());
    if let (false, Some(since)) = (lacks.is_empty(), set_at) {
        // Behind the active ones, so that these are taken first.
        bank.extend(shuffled(questions::retired_since(db, tenant, &picks, since).await?));
        let (fitting, counts) = wanted(rules, &picks, &bank);
        (drawn, lacks) = rules::draw_most(&fitting, &counts, bank.len());
    }
    let is_enough = lacks.is_empty() || (set_at.is_some() && drawn.iter().any(|taken| !taken.is_empty()));
    if !is_enough {
        return Err(too_few(&lacks));
    }
    let of_rule = |(rule, taken): (&DrawRule, Vec<usize>)| {
        let points = rule.points;
        let asked: Vec<_> = taken.into_iter().map(|n| (bank[n].id, points)).collect();
        asked
    };
    Ok(rules.iter().zip(drawn).flat_map(of_rule).collect())
}

fn too_few(lacks: &[Lack]) -> Error {
    let one = |lack: &Lack| format!("rule {} lacks {}", lack.rule + 1, lack.missing);
    let said = lacks.iter().map(one).collect::<Vec<_>>().join(", ");
    Error::conflict(format!(
        "the bank has too few active questions that no other rule needs: {said}; add questions or ask for fewer"
    ))
}

/// What the bank has for rules: how many active questions each means, whatever the others take, and
/// which lack some if no question is asked twice.
pub(super) async fn tried(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    rules: &[DrawRule],
) -> Result<(Vec<usize>, Vec<Lack>)> {
    if rules.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let picks: Vec<Pick> = rules.iter().map(DrawRule::pick).collect();
    let bank = questions::active(db, tenant, &picks).await?;
    let (fitting, counts) = wanted(rules, &picks, &bank);
    let lacks = rules::draw(&fitting, &counts, bank.len()).err().unwrap_or_default();
    Ok((fitting.iter().map(Vec::len).collect(), lacks))
}

/// For every rule the questions of the bank that it means, and how many it needs.
fn wanted(rules: &[DrawRule], picks: &[Pick], bank: &[Picked]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let fits = |pick: &Pick| (0..bank.len()).filter(|n| pick.means(&bank[*n])).collect();
    (picks.iter().map(fits).collect(), rules.iter().map(|rule| usize::from(rule.count)).collect())
}

/// A paper by its name and size.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// How many questions it asks.
    pub count: usize,
    /// What the whole of it is worth.
    pub total: Points,
    /// Whether exams may still be set with it.
    pub state: PaperState,
}

/// A paper by its name and size, for who sets an exam with it.
///
/// # Errors
/// `not_found`.
pub async fn head(db: &impl ConnectionTrait, tenant: TenantId, paper: PaperId) -> Result<Head> {
    let paper = store::paper(db, tenant, paper).await?;
    let content: Content = serde_json::from_str(&paper.content)?;
    Ok(Head { title: paper.title, count: content.count(), total: content.total(), state: paper.state })
}
