//! `/questions`.

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use kexun_base::http::contract::{FileForm, SheetFile};
use kexun_base::http::{Form, Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::ids::Uuid;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_importers::{Lang, SheetFormat};
use kexun_people::competences::Competence;
use kexun_people::persons;
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::text::some_or_null;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Key, QuestionKind};
use super::entity::{question, revision};
use super::{
    Change, Draft, QuestionFilter, QuestionId, QuestionReport, QuestionState, service, store, template,
};

/// A file of questions is small.
const MOST_BYTES: u64 = 16 << 20;

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::QuestionWrite, routes!(import)))
        .layer(DefaultBodyLimit::disable())
        .routes(guarded(Right::QuestionRead, routes!(list)))
        .routes(guarded(Right::QuestionWrite, routes!(create)))
        .routes(guarded(Right::QuestionRead, routes!(topics)))
        .routes(guarded(Right::QuestionRead, routes!(template_sheet)))
        .routes(guarded(Right::QuestionRead, routes!(get)))
        .routes(guarded(Right::QuestionWrite, routes!(change)))
}

/// A question of the bank, with what is right.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionItem {
    /// Its id.
    id: QuestionId,
    /// What it asks: plain text or simple Markdown.
    text: String,
    /// How it is answered.
    kind: QuestionKind,
    /// What is right.
    key: Key,
    /// Topic; may be empty.
    topic: String,
    /// Which competence it tests.
    competence: Option<Competence>,
    /// How hard it is, 1 to 5.
    difficulty: i32,
    /// What is said to everybody afterwards; may be empty.
    explanation: String,
    /// Whether it may be asked.
    state: QuestionState,
    /// Number of its revision, from 1.
    revision: i32,
    /// When it was last changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Micros,
    /// Send it back with a change.
    version: i32,
}

/// What a question asked from a moment on.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionRevision {
    /// Its number, from 1.
    revision: i32,
    /// What it asked.
    text: String,
    /// What was right.
    key: Key,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    made_at: Micros,
}

/// A question with its history.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionDetail {
    /// The question.
    #[serde(flatten)]
    item: QuestionItem,
    /// What it asked, newest first.
    revisions: Vec<QuestionRevision>,
}

impl TryFrom<question::Model> for QuestionItem {
    type Error = Error;

    fn try_from(row: question::Model) -> Result<Self> {
        Ok(QuestionItem {
            id: row.id,
            text: row.text,
            kind: row.kind,
            key: serde_json::from_str(&row.key)?,
            topic: row.topic,
            competence: row.competence,
            difficulty: row.difficulty,
            explanation: row.explanation,
            state: row.state,
            revision: row.revision,
            changed_at: row.changed_at,
            version: row.version,
        })
    }
}

impl TryFrom<revision::Model> for QuestionRevision {
    type Error = Error;

    fn try_from(row: revision::Model) -> Result<Self> {
        let key = serde_json::from_str(&row.key)?;
        Ok(QuestionRevision { revision: row.revision, text: row.text, key, made_at: row.made_at })
    }
}

/// Questions of the bank, newest first.
#[utoipa::path(get, path = "/questions", tag = "questions", params(QuestionFilter, PageRequest),
    responses((status = 200, body = Page<QuestionItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<QuestionFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<QuestionItem>>> {
    let tenant = caller.scope(Right::QuestionRead)?.tenant;
    let Page { items, next } = store::page(ctx.db().read(), tenant, &filter, &page).await?;
    let items = items.into_iter().map(QuestionItem::try_from).collect::<Result<_>>()?;
    Ok(Json(Page { items, next }))
}

async fn detail(ctx: &Ctx, caller: &Caller, id: QuestionId) -> Result<QuestionDetail> {
    let tenant = caller.scope(Right::QuestionRead)?.tenant;
    let db = ctx.db().read();
    let item = store::question(db, tenant, id).await?.try_into()?;
    let revisions = store::revisions(db, tenant, id).await?.into_iter();
    Ok(QuestionDetail { item, revisions: revisions.map(TryInto::try_into).collect::<Result<_>>()? })
}

/// One question with its history.
#[utoipa::path(get, path = "/questions/{id}", tag = "questions", params(("id" = QuestionId, Path)),
    responses((status = 200, body = QuestionDetail)))]
async fn get(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<QuestionId>,
) -> Result<Json<QuestionDetail>> {
    detail(&ctx, &caller, id).await.map(Json)
}

/// A question to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewQuestion {
    /// What it asks: plain text or simple Markdown, 8000 characters at most.
    text: String,
    /// What is right.
    key: Key,
    /// Topic, in your own words.
    #[serde(default)]
    topic: String,
    /// Which competence it tests.
    competence: Option<Competence>,
    /// How hard it is, 1 to 5; 3 if not said.
    #[serde(default = "middling")]
    difficulty: i32,
    /// What is said to everybody afterwards.
    #[serde(default)]
    explanation: String,
    /// Whether it may be asked; `active` if not said.
    state: Option<QuestionState>,
}

fn middling() -> i32 {
    3
}

/// Writes a question into the bank.
#[utoipa::path(post, path = "/questions", tag = "questions", request_body = NewQuestion,
    responses((status = 201, body = QuestionDetail)))]
async fn create(State(ctx): State<Ctx>, caller: Caller, Json(new): Json<NewQuestion>) -> Result<Response> {
    let draft = Draft {
        text: new.text,
        key: new.key,
        topic: new.topic,
        competence: new.competence,
        difficulty: new.difficulty,
        explanation: new.explanation,
        state: new.state.unwrap_or(QuestionState::Active),
    };
    let id = service::create(&ctx, By::Caller(&caller), draft).await?;
    Ok((StatusCode::CREATED, Json(detail(&ctx, &caller, id).await?)).into_response())
}

/// What changes about a question; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuestionChange {
    /// What it asks.
    text: Option<String>,
    /// What is right.
    key: Option<Key>,
    /// Topic.
    topic: Option<String>,
    /// Competence; null takes it away.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<Competence>)]
    competence: Option<Option<Competence>>,
    /// Difficulty, 1 to 5.
    difficulty: Option<i32>,
    /// Explanation.
    explanation: Option<String>,
    /// Whether it may be asked; one that was in use is no draft again.
    state: Option<QuestionState>,
    /// The version that you saw.
    version: i32,
}

/// Changes a question. What is asked or right makes a new revision; who sits an exam keeps the old one.
#[utoipa::path(patch, path = "/questions/{id}", tag = "questions", params(("id" = QuestionId, Path)),
    request_body = QuestionChange, responses((status = 200, body = QuestionDetail)))]
async fn change(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<QuestionId>,
    Json(new): Json<QuestionChange>,
) -> Result<Json<QuestionDetail>> {
    let change = Change {
        text: new.text,
        key: new.key,
        topic: new.topic,
        competence: new.competence,
        difficulty: new.difficulty,
        explanation: new.explanation,
        state: new.state,
        version: new.version,
    };
    service::change(&ctx, By::Caller(&caller), id, change).await?;
    detail(&ctx, &caller, id).await.map(Json)
}

/// A topic of the bank.
#[derive(Debug, Serialize, ToSchema)]
struct Topic {
    /// Its name.
    topic: String,
    /// How many questions of it may be asked.
    questions: i64,
}

/// Topics that active questions have, by name.
#[utoipa::path(get, path = "/questions/topics", tag = "questions",
    responses((status = 200, body = Page<Topic>)))]
async fn topics(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<Page<Topic>>> {
    let tenant = caller.scope(Right::QuestionRead)?.tenant;
    let topics = store::topics(ctx.db().read(), tenant).await?.into_iter();
    Ok(Json(Page::whole(topics.map(|(topic, questions)| Topic { topic, questions }).collect())))
}

/// The question sheet to fill in, with two examples.
#[utoipa::path(get, path = "/questions/template.xlsx", tag = "questions", responses(SheetFile))]
async fn template_sheet(State(ctx): State<Ctx>, caller: Caller) -> Result<Response> {
    let sheet = template::template(lang(&ctx, &caller).await?)?;
    let headers = [
        (header::CONTENT_TYPE, SheetFormat::Xlsx.media_type()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"questions.xlsx\""),
    ];
    Ok((headers, sheet).into_response())
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct QuestionImportAsked {
    /// Only say what would happen.
    dry_run: Option<bool>,
}

/// Imports questions from the question sheet (XLSX, CSV, JSON Lines) or from GIFT. The same file again
/// adds nothing.
#[utoipa::path(post, path = "/questions/import", tag = "questions", params(QuestionImportAsked),
    request_body(content_type = "multipart/form-data", content = FileForm),
    responses((status = 200, body = QuestionReport)))]
async fn import(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<QuestionImportAsked>,
    mut form: Form,
) -> Result<Json<QuestionReport>> {
    while let Some(field) = form.next().await? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let id: Uuid = ctx.id();
        ctx.files().save(id, field.boxed(), MOST_BYTES).await?;
        let lang = lang(&ctx, &caller).await?;
        let (path, dry_run) = (ctx.files().path(id), asked.dry_run.unwrap_or(false));
        let report = super::import(&ctx, By::Caller(&caller), &path, &name, lang, dry_run).await;
        ctx.files().remove(id).await?;
        return report.map(Json);
    }
    Err(Error::field("file", "is missing; send the file as the form's field `file`"))
}

async fn lang(ctx: &Ctx, caller: &Caller) -> Result<Lang> {
    let people = persons::by_ids(ctx.db().read(), &[caller.person]).await?;
    Ok(if people.values().any(|person| person.locale == "en") { Lang::En } else { Lang::Zh })
}
