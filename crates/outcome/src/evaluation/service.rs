//! Evaluating, and who sees what was found.

use std::collections::BTreeSet;

use kexun_base::events::{self, NewEvent};
use kexun_base::http::{Page, PageRequest};
use kexun_base::ids::Uuid;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Caller, Reach, Right, Scope};
use kexun_people::staff::{StaffId, members};
use kexun_people::tenants::{ShopId, TeamId, TenantId};
use kexun_service::kpi::rules::{Better, Figure, Text, Unit};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::entity::{evaluation, result};
use super::outcome::{ComparedWith, Effect, EffectVerdict, Outcome};
use super::study::{Asked, Studied, study};
use super::trained::{self, EvaluatedKind, Subject};
use super::{EvaluationId, rules, store, words};

/// The most weeks before or after: half a year.
const MOST_WEEKS: i32 = 26;

/// Weeks before and after where none are said.
const USUAL_WEEKS: i32 = 8;

/// What is to be evaluated, and how.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EvaluationDraft)]
pub struct Draft {
    /// A class, a course or a plan.
    pub subject: Subject,
    /// Key of a figure that has a denominator; not one-contact resolution.
    pub figure: String,
    /// Weeks before the training, 1 to 26; 8 if not said.
    pub weeks_before: Option<i32>,
    /// Weeks after it, 1 to 26; 8 if not said.
    pub weeks_after: Option<i32>,
    /// Who compares; none: the same teams, or where these have too few, the same shops, or else the
    /// organisation. `named` goes with `controls`.
    pub comparison: Option<ComparedWith>,
    /// People named to compare with.
    #[serde(default)]
    pub controls: Vec<StaffId>,
    /// Whether everybody who was to take part counts, whether he came or not.
    #[serde(default)]
    pub invited: bool,
}

/// Which evaluations to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EvaluationFilter {
    /// Of classes, courses or plans.
    pub kind: Option<EvaluatedKind>,
    /// Of this class, course or plan.
    pub id: Option<Uuid>,
}

/// What was evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Evaluated {
    /// A class, a course or a plan.
    pub kind: EvaluatedKind,
    /// Which one.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
}

/// The figure by which it was evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = EvaluationFigure)]
pub struct Yardstick {
    /// Key of the figure.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// What it is measured in.
    pub unit: Unit,
    /// Which way is better; none: neither as such.
    pub better: Option<Better>,
}

/// An evaluation in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EvaluationLine {
    /// Its id.
    pub id: EvaluationId,
    /// What was evaluated.
    pub subject: Evaluated,
    /// By which figure.
    pub figure: Yardstick,
    /// What can be said.
    pub verdict: EffectVerdict,
    /// The same in a sentence.
    pub words: Text,
    /// The effect; none: too little to tell.
    pub estimate: Option<Effect>,
    /// Trained people whom it is about.
    pub trained: u64,
    /// Trained people beyond the reach of who made it: they were left out.
    pub beyond_reach: u64,
    /// When this was calculated.
    #[schema(value_type = String, format = DateTime)]
    pub computed_at: Micros,
}

/// What was known at one time.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = EvaluationKnown)]
pub struct Known {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub computed_at: Micros,
    /// What could be said then.
    pub verdict: EffectVerdict,
    /// The effect; none: too little to tell.
    pub estimate: Option<Effect>,
    /// Weeks after the training in which those trained had cases.
    pub weeks_after: u64,
}

/// An evaluation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Evaluation {
    /// Its id.
    pub id: EvaluationId,
    /// What was evaluated.
    pub subject: Evaluated,
    /// By which figure.
    pub figure: Yardstick,
    /// Weeks before the training that were looked at.
    pub weeks_before: i32,
    /// Weeks after it.
    pub weeks_after: i32,
    /// Whether everybody counts who was to take part.
    pub invited: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub made_at: Micros,
    /// When the outcome was calculated.
    #[schema(value_type = String, format = DateTime)]
    pub computed_at: Micros,
    /// What was found last.
    pub outcome: Outcome,
    /// The same in a sentence.
    pub words: Text,
    /// What was known when, oldest first.
    pub history: Vec<Known>,
}

/// Shops and teams that a right reaches on.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Reached {
    all: bool,
    shops: BTreeSet<ShopId>,
    teams: BTreeSet<TeamId>,
}

impl Reached {
    fn of(scope: &Scope) -> Reached {
        let Reach { all, shops, teams, .. } = &scope.reach;
        Reached { all: *all, shops: shops.clone(), teams: teams.clone() }
    }

    /// Whom it holds; none: everybody.
    async fn people(&self, db: &impl ConnectionTrait, tenant: TenantId) -> Result<Option<BTreeSet<StaffId>>> {
        if self.all {
            return Ok(None);
        }
        let (shops, teams) = (self.shops.clone(), self.teams.clone());
        let scope = Scope { tenant, reach: Reach { shops, teams, ..Reach::default() } };
        Ok(Some(members(db, &scope).await?.into_iter().map(|m| m.id).collect()))
    }
}

/// What somebody may see: all, or what speaks of his people alone, and of the classes he teaches.
pub(super) struct Sight {
    pub tenant: TenantId,
    /// None: everybody.
    pub people: Option<BTreeSet<StaffId>>,
    own: Option<StaffId>,
}

impl Sight {
    pub async fn of(ctx: &Ctx, caller: &Caller) -> Result<Sight> {
        let scope = caller.scope(Right::EvaluationRead)?;
        let people = Reached::of(&scope).people(ctx.db().read(), scope.tenant).await?;
        Ok(Sight { tenant: scope.tenant, people, own: caller.staff })
    }

    /// Whether he teaches this.
    pub async fn teaches(&self, db: &impl ConnectionTrait, kind: EvaluatedKind, id: Uuid) -> Result<bool> {
        match self.own {
            Some(own) if kind == EvaluatedKind::Class => trained::teaches(db, self.tenant, id, own).await,
            _ => Ok(false),
        }
    }

    async fn holds(&self, db: &impl ConnectionTrait, row: &evaluation::Model) -> Result<bool> {
        let Some(people) = &self.people else { return Ok(true) };
        let trained: BTreeSet<StaffId> = serde_json::from_str(&row.trained)?;
        if !trained.is_empty() && trained.is_subset(people) {
            return Ok(true);
        }
        self.teaches(db, row.subject_kind, row.subject_id).await
    }
}

/// Those of these evaluations that somebody sees.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn visible_to(ctx: &Ctx, caller: &Caller, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    if !caller.may(Right::EvaluationRead) {
        return Ok(BTreeSet::new());
    }
    let (sight, db) = (Sight::of(ctx, caller).await?, ctx.db().read());
    let mut found = BTreeSet::new();
    for row in store::by_ids(db, sight.tenant, ids).await? {
        if sight.holds(db, &row).await? {
            found.insert(row.id.0);
        }
    }
    Ok(found)
}

/// Evaluates a training and keeps what was found.
///
/// # Errors
/// `invalid` with the field at fault; `not_found` for a training that is not there or taught nobody whom the
/// right reaches; `conflict` for one that taught nobody yet.
pub async fn evaluate(ctx: &Ctx, by: By<'_>, draft: &Draft) -> Result<Evaluation> {
    let scope = by.scope(Right::EvaluationWrite)?;
    let asked = checked(draft)?;
    let reached = Reached::of(&scope);
    let people = reached.people(ctx.db().read(), scope.tenant).await?;
    check_named(ctx, &scope, &asked).await?;
    let studied = study(ctx, scope.tenant, &asked, people.as_ref()).await?;
    let row = evaluation::Model {
        id: ctx.id(),
        tenant_id: scope.tenant,
        subject_kind: asked.subject.kind,
        subject_id: asked.subject.id,
        title: studied.title.clone(),
        figure: asked.figure.to_string(),
        weeks_before: asked.weeks.0,
        weeks_after: asked.weeks.1,
        comparison: asked.comparison,
        named: serde_json::to_string(&asked.named)?,
        invited: asked.invited,
        reach: serde_json::to_string(&reached)?,
        trained: serde_json::to_string(&studied.trained)?,
        made_at: ctx.now(),
    };
    let tx = ctx.db().begin().await?;
    store::insert(&tx, row.clone()).await?;
    let found = found(ctx, &row, &studied)?;
    store::insert_result(&tx, found.clone()).await?;
    let cause = events::Subject { kind: row.subject_kind.word(), id: row.subject_id };
    events::record_because(ctx, &tx, event(by, "evaluation.made", &row, &studied), &[cause]).await?;
    tx.commit().await?;
    shown(row, &[found])
}

/// Calculates an evaluation anew, among the same reach, with what is known now.
///
/// # Errors
/// `not_found` for one that is not there or not the caller's to see.
pub async fn refresh(ctx: &Ctx, by: By<'_>, id: EvaluationId) -> Result<Evaluation> {
    let scope = by.scope(Right::EvaluationWrite)?;
    let db = ctx.db().read();
    let row = store::one(db, scope.tenant, id).await?;
    let people = Reached::of(&scope).people(db, scope.tenant).await?;
    // Who may write is an officer over his people: a class he teaches himself is not enough.
    if !(Sight { tenant: scope.tenant, people, own: None }).holds(db, &row).await? {
        return Err(Error::not_found("evaluation"));
    }
    let reached: Reached = serde_json::from_str(&row.reach)?;
    let reach = reached.people(db, scope.tenant).await?;
    let studied = study(ctx, scope.tenant, &asked_of(&row)?, reach.as_ref()).await?;
    let tx = ctx.db().begin().await?;
    store::insert_result(&tx, found(ctx, &row, &studied)?).await?;
    store::set_subject(&tx, row.id, &studied.title, &serde_json::to_string(&studied.trained)?).await?;
    events::record(ctx, &tx, event(by, "evaluation.refreshed", &row, &studied)).await?;
    tx.commit().await?;
    with_results(ctx, scope.tenant, store::one(ctx.db().read(), scope.tenant, id).await?).await
}

/// One evaluation, as somebody sees it.
pub(super) async fn read(ctx: &Ctx, caller: &Caller, id: EvaluationId) -> Result<Evaluation> {
    let sight = Sight::of(ctx, caller).await?;
    let db = ctx.db().read();
    let row = store::one(db, sight.tenant, id).await?;
    if !sight.holds(db, &row).await? {
        return Err(Error::not_found("evaluation"));
    }
    with_results(ctx, sight.tenant, row).await
}

/// The evaluations that somebody sees, newest first.
pub(super) async fn list(
    ctx: &Ctx,
    sight: &Sight,
    filter: &EvaluationFilter,
    page: &PageRequest,
) -> Result<Page<EvaluationLine>> {
    let db = ctx.db().read();
    let limit = page.limit() + 1;
    let mut place = page.after::<(i64, Uuid)>()?.map(|(at, id)| (Micros(at), EvaluationId(id)));
    let mut seen: Vec<evaluation::Model> = Vec::new();
    // What he may not see is passed over, so that a page is as long as was asked for.
    while (seen.len() as u64) < limit {
        let rows = store::after(db, sight.tenant, filter, place, limit).await?;
        place = rows.last().map(|row| (row.made_at, row.id));
        let last = (rows.len() as u64) < limit;
        for row in rows {
            if sight.holds(db, &row).await? {
                seen.push(row);
            }
        }
        if last {
            break;
        }
    }
    seen.truncate(limit as usize);
    let page = page.page(seen, |row| (row.made_at.0, row.id.0));
    let ids: Vec<EvaluationId> = page.items.iter().map(|row| row.id).collect();
    let mut results = store::results(db, sight.tenant, &ids).await?;
    let mut latest =
        |row: evaluation::Model| line(&row, results.remove(&row.id).and_then(|mut all| all.pop()));
    let items = page.items.into_iter().filter_map(|row| latest(row).transpose());
    let items = items.collect::<Result<_>>()?;
    Ok(Page { items, next: page.next })
}

fn checked(draft: &Draft) -> Result<Asked> {
    let unknown = |_| Error::field("figure", "is no figure; GET /api/v1/kpi/definitions lists them");
    let figure: Figure = draft.figure.parse().map_err(unknown)?;
    if !rules::fits(figure) {
        return Err(Error::field("figure", "cannot be compared week by week; choose a mean or a share"));
    }
    let weeks = |field, weeks: Option<i32>| match weeks.unwrap_or(USUAL_WEEKS) {
        weeks @ 1..=MOST_WEEKS => Ok(weeks),
        _ => Err(Error::field(field, format!("must be from 1 to {MOST_WEEKS}"))),
    };
    if (draft.comparison == Some(ComparedWith::Named)) == draft.controls.is_empty() {
        return Err(Error::field("controls", "goes with `comparison: named`, and that with it"));
    }
    Ok(Asked {
        subject: draft.subject,
        figure,
        weeks: (weeks("weeks_before", draft.weeks_before)?, weeks("weeks_after", draft.weeks_after)?),
        comparison: draft.comparison,
        named: draft.controls.clone(),
        invited: draft.invited,
    })
}

async fn check_named(ctx: &Ctx, scope: &Scope, asked: &Asked) -> Result<()> {
    if asked.named.is_empty() {
        return Ok(());
    }
    let people = members(ctx.db().read(), scope).await?;
    if asked.named.iter().all(|id| people.iter().any(|member| member.id == *id)) {
        return Ok(());
    }
    Err(Error::field("controls", "names somebody who is not among your people"))
}

fn asked_of(row: &evaluation::Model) -> Result<Asked> {
    Ok(Asked {
        subject: Subject { kind: row.subject_kind, id: row.subject_id },
        figure: figure_of(row)?,
        weeks: (row.weeks_before, row.weeks_after),
        comparison: row.comparison,
        named: serde_json::from_str(&row.named)?,
        invited: row.invited,
    })
}

fn figure_of(row: &evaluation::Model) -> Result<Figure> {
    row.figure.parse().map_err(|_| Error::internal(format!("evaluation {} has no figure", row.id)))
}

fn found(ctx: &Ctx, row: &evaluation::Model, studied: &Studied) -> Result<result::Model> {
    Ok(result::Model {
        id: ctx.id(),
        tenant_id: row.tenant_id,
        evaluation_id: row.id,
        computed_at: ctx.now(),
        outcome: serde_json::to_string(&studied.outcome)?,
    })
}

fn event(by: By<'_>, kind: &'static str, row: &evaluation::Model, studied: &Studied) -> NewEvent {
    NewEvent {
        tenant: row.tenant_id.0,
        kind,
        actor: by.actor(),
        subject_kind: "evaluation",
        subject: row.id.0,
        data: json!({
            "of": row.subject_kind, "id": row.subject_id, "title": studied.title, "figure": row.figure,
            "verdict": studied.outcome.verdict,
        }),
        caused_by: None,
    }
}

async fn with_results(ctx: &Ctx, tenant: TenantId, row: evaluation::Model) -> Result<Evaluation> {
    let results = store::results(ctx.db().read(), tenant, &[row.id]).await?;
    let own = results.get(&row.id).map_or(&[][..], Vec::as_slice);
    shown(row, own)
}

fn evaluated(row: &evaluation::Model) -> Evaluated {
    Evaluated { kind: row.subject_kind, id: row.subject_id, title: row.title.clone() }
}

fn yardstick(figure: Figure) -> Yardstick {
    let definition = figure.definition();
    Yardstick { key: definition.key, name: definition.name, unit: definition.unit, better: definition.better }
}

fn line(row: &evaluation::Model, latest: Option<result::Model>) -> Result<Option<EvaluationLine>> {
    let Some(latest) = latest else { return Ok(None) };
    let outcome: Outcome = serde_json::from_str(&latest.outcome)?;
    let figure = yardstick(figure_of(row)?);
    Ok(Some(EvaluationLine {
        id: row.id,
        subject: evaluated(row),
        verdict: outcome.verdict,
        words: words::words(&outcome, figure.unit),
        figure,
        estimate: outcome.estimate,
        trained: outcome.trained.people,
        beyond_reach: outcome.beyond_reach,
        computed_at: latest.computed_at,
    }))
}

fn shown(row: evaluation::Model, results: &[result::Model]) -> Result<Evaluation> {
    let mut history = Vec::with_capacity(results.len());
    let mut latest = None;
    for result in results {
        let outcome: Outcome = serde_json::from_str(&result.outcome)?;
        let after = outcome.weeks.iter().filter(|week| week.week >= 0 && week.trained.n > 0);
        history.push(Known {
            computed_at: result.computed_at,
            verdict: outcome.verdict,
            estimate: outcome.estimate,
            weeks_after: after.count() as u64,
        });
        latest = Some((result.computed_at, outcome));
    }
    let (computed_at, outcome) =
        latest.ok_or_else(|| Error::internal(format!("evaluation {} has no result", row.id)))?;
    let figure = yardstick(figure_of(&row)?);
    Ok(Evaluation {
        id: row.id,
        subject: evaluated(&row),
        words: words::words(&outcome, figure.unit),
        figure,
        weeks_before: row.weeks_before,
        weeks_after: row.weeks_after,
        invited: row.invited,
        made_at: row.made_at,
        computed_at,
        outcome,
        history,
    })
}
