//! `/papers`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::entity::Model;
use super::rules::Lack;
use super::service::{self, Change, Draft};
use super::sheet::{self, Sheet};
use super::{Content, DrawRule, PaperFilter, PaperId, PaperState, store};
use crate::points::Points;
use crate::questions::body::QuestionKind;
use crate::questions::{self, QuestionId, QuestionState};

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::QuestionRead, routes!(list)))
        .routes(guarded(Right::QuestionWrite, routes!(create)))
        .routes(guarded(Right::QuestionRead, routes!(count)))
        .routes(guarded(Right::QuestionRead, routes!(get)))
        .routes(guarded(Right::QuestionWrite, routes!(change)))
        .routes(guarded(Right::QuestionRead, routes!(preview)))
}

/// A paper.
#[derive(Debug, Serialize, ToSchema)]
struct PaperItem {
    /// Its id.
    id: PaperId,
    /// Title.
    title: String,
    /// How many questions it asks.
    count: usize,
    /// What the whole of it is worth.
    total: Points,
    /// What it asks.
    content: Content,
    /// Whether each who sits gets the questions in an order of his own.
    shuffle_questions: bool,
    /// The same for the options.
    shuffle_options: bool,
    /// Whether exams may be set with it.
    state: PaperState,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Micros,
    /// Send it back with a change.
    version: i32,
}

impl TryFrom<Model> for PaperItem {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self> {
        let content: Content = serde_json::from_str(&row.content)?;
        Ok(PaperItem {
            id: row.id,
            title: row.title,
            count: content.count(),
            total: content.total(),
            content,
            shuffle_questions: row.shuffle_questions,
            shuffle_options: row.shuffle_options,
            state: row.state,
            changed_at: row.changed_at,
            version: row.version,
        })
    }
}

/// A question that a fixed paper asks, as it is in the bank.
#[derive(Debug, Serialize, ToSchema)]
struct PaperQuestion {
    /// Its id.
    id: QuestionId,
    /// What it asks.
    text: String,
    /// How it is answered.
    kind: QuestionKind,
    /// How hard it is, 1 to 5.
    difficulty: i32,
    /// Whether it may be asked in new papers.
    state: QuestionState,
}

/// A paper with its questions.
#[derive(Debug, Serialize, ToSchema)]
struct PaperDetail {
    /// The paper.
    #[serde(flatten)]
    item: PaperItem,
    /// The questions of a fixed paper, in their written order.
    questions: Vec<PaperQuestion>,
}

/// Papers, newest first.
#[utoipa::path(get, path = "/papers", tag = "papers", params(PaperFilter, PageRequest),
    responses((status = 200, body = Page<PaperItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<PaperFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<PaperItem>>> {
    let tenant = caller.scope(Right::QuestionRead)?.tenant;
    let Page { items, next } = store::page(ctx.db().read(), tenant, &filter, &page).await?;
    let items = items.into_iter().map(PaperItem::try_from).collect::<Result<_>>()?;
    Ok(Json(Page { items, next }))
}

async fn detail(ctx: &Ctx, caller: &Caller, id: PaperId) -> Result<PaperDetail> {
    let tenant = caller.scope(Right::QuestionRead)?.tenant;
    let db = ctx.db().read();
    let item: PaperItem = store::paper(db, tenant, id).await?.try_into()?;
    let ids: Vec<QuestionId> = match &item.content {
        Content::Fixed { questions } => questions.iter().map(|q| q.question).collect(),
        Content::Drawn { .. } => Vec::new(),
    };
    let mut bank = questions::by_ids(db, tenant, &ids).await?;
    let question = |id: QuestionId| {
        let row = bank.remove(&id)?;
        let (text, kind, difficulty, state) = (row.text, row.kind, row.difficulty, row.state);
        Some(PaperQuestion { id, text, kind, difficulty, state })
    };
    Ok(PaperDetail { item, questions: ids.into_iter().filter_map(question).collect() })
}

/// One paper with its questions.
#[utoipa::path(get, path = "/papers/{id}", tag = "papers", params(("id" = PaperId, Path)),
    responses((status = 200, body = PaperDetail)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<PaperId>) -> Result<Json<PaperDetail>> {
    detail(&ctx, &caller, id).await.map(Json)
}

/// A paper to be put together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPaper {
    /// Title.
    title: String,
    /// What it asks.
    content: Content,
    /// Whether each who sits gets the questions in an order of his own.
    #[serde(default)]
    shuffle_questions: bool,
    /// The same for the options.
    #[serde(default)]
    shuffle_options: bool,
}

/// Puts a paper together.
#[utoipa::path(post, path = "/papers", tag = "papers", request_body = NewPaper,
    responses((status = 201, body = PaperDetail)))]
async fn create(State(ctx): State<Ctx>, caller: Caller, Json(new): Json<NewPaper>) -> Result<Response> {
    let draft = Draft {
        title: new.title,
        content: new.content,
        shuffle_questions: new.shuffle_questions,
        shuffle_options: new.shuffle_options,
    };
    let id = service::create(&ctx, By::Caller(&caller), draft).await?;
    Ok((StatusCode::CREATED, Json(detail(&ctx, &caller, id).await?)).into_response())
}

/// What changes about a paper; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaperChange {
    /// Title.
    title: Option<String>,
    /// What it asks.
    content: Option<Content>,
    /// Whether each who sits gets the questions in an order of his own.
    shuffle_questions: Option<bool>,
    /// The same for the options.
    shuffle_options: Option<bool>,
    /// Whether exams may be set with it.
    state: Option<PaperState>,
    /// The version that you saw.
    version: i32,
}

/// Changes a paper. Who sits an exam with it keeps the sheet that he has.
#[utoipa::path(patch, path = "/papers/{id}", tag = "papers", params(("id" = PaperId, Path)),
    request_body = PaperChange, responses((status = 200, body = PaperDetail)))]
async fn change(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PaperId>,
    Json(new): Json<PaperChange>,
) -> Result<Json<PaperDetail>> {
    let change = Change {
        title: new.title,
        content: new.content,
        shuffle_questions: new.shuffle_questions,
        shuffle_options: new.shuffle_options,
        state: new.state,
        version: new.version,
    };
    service::change(&ctx, By::Caller(&caller), id, change).await?;
    detail(&ctx, &caller, id).await.map(Json)
}

/// Rules to be tried on the bank.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RulesTried {
    /// The rules.
    rules: Vec<DrawRule>,
}

/// What the bank has for rules.
#[derive(Debug, Serialize, ToSchema)]
struct RulesCount {
    /// How many active questions each rule means, whatever the others take.
    matching: Vec<usize>,
    /// Rules that lack questions if no question is asked twice; empty: a sheet can be drawn.
    lacks: Vec<Lack>,
}

/// How many questions of the bank rules mean, and whether a sheet can be drawn. Nothing is stored.
#[utoipa::path(post, path = "/papers/count", tag = "papers", request_body = RulesTried,
    responses((status = 200, body = RulesCount)))]
async fn count(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(tried): Json<RulesTried>,
) -> Result<Json<RulesCount>> {
    let tenant = caller.scope(Right::QuestionRead)?.tenant;
    let rules = service::drawn(tried.rules)?;
    let (matching, lacks) = sheet::tried(ctx.db().read(), tenant, &rules).await?;
    Ok(Json(RulesCount { matching, lacks }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PreviewAsked {
    /// Which of the sheets that may be drawn; 0 if not said.
    seed: Option<u32>,
}

/// A sheet of a paper as somebody might get it, with what is right.
#[utoipa::path(get, path = "/papers/{id}/preview", tag = "papers",
    params(("id" = PaperId, Path), PreviewAsked), responses((status = 200, body = Sheet)))]
async fn preview(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PaperId>,
    Query(asked): Query<PreviewAsked>,
) -> Result<Json<Sheet>> {
    let tenant = caller.scope(Right::QuestionRead)?.tenant;
    let seed = u64::from(asked.seed.unwrap_or_default());
    sheet::sheet(ctx.db().read(), tenant, id, seed).await.map(Json)
}
