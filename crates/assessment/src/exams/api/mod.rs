//! `/exams`.

mod wire;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kexun_base::events::Subject;
use kexun_base::http::contract::{self, SheetFile};
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use kexun_importers::{Lang, SheetFormat};
use kexun_people::competences::Competence;
use kexun_people::persons;
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::staff::Audience;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use self::wire::{ExamDetail, ExamItem, OwnExam};
use super::results::{self, ResultItem};
use super::rules::{Limits, MakeUpRule, ShowsAnswers};
use super::{ExamDraft, ExamId, service};
use crate::papers::PaperId;
use crate::points::Points;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ExamRead, routes!(list)))
        .routes(guarded(Right::ExamSit, routes!(list_own)))
        .routes(guarded(Right::ExamSit, routes!(get)))
        .routes(guarded(Right::ExamWrite, routes!(set)))
        .routes(guarded(Right::ExamWrite, routes!(cancel)))
        .routes(guarded(Right::ExamRead, routes!(list_results)))
        .routes(guarded(Right::ExamRead, routes!(export_results)))
}

/// Exams of the caller's people, or set by him; the newest first.
#[utoipa::path(get, path = "/exams", tag = "exams", params(PageRequest),
    responses((status = 200, body = Page<ExamItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<ExamItem>>> {
    wire::list(&ctx, &caller, &page).await.map(Json)
}

/// What one is to sit oneself, and has sat; the newest first.
#[utoipa::path(get, path = "/exams/own", tag = "exams", params(PageRequest),
    responses((status = 200, body = Page<OwnExam>)))]
async fn list_own(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<OwnExam>>> {
    wire::list_own(&ctx, &caller, &page).await.map(Json)
}

/// An exam: one's own part in it, and, for who may see them, how its candidates are.
#[utoipa::path(get, path = "/exams/{id}", tag = "exams", params(("id" = ExamId, Path)),
    responses((status = 200, body = ExamDetail)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ExamId>) -> Result<Json<ExamDetail>> {
    wire::detail(&ctx, &caller, id).await.map(Json)
}

kexun_base::words!(
    /// What an exam may be set because of.
    ExamCauseKind {
        /// A class.
        Class = "class",
        /// A course.
        Course = "course",
        /// An item of a plan.
        PlanItem = "plan_item",
    }
);

/// Something that an exam is set because of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExamCause {
    /// What kind of thing.
    kind: ExamCauseKind,
    /// Which one.
    id: kexun_base::ids::Uuid,
}

/// An exam as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewExam {
    /// What it is called, 1–100 characters.
    title: String,
    /// What it examines.
    competence: Competence,
    /// What is asked.
    paper: PaperId,
    /// From when on one may begin.
    #[schema(value_type = String, format = DateTime)]
    opens_at: Micros,
    /// When every sitting ends.
    #[schema(value_type = String, format = DateTime)]
    closes_at: Micros,
    /// How long a sitting takes.
    #[schema(minimum = 1, maximum = 600)]
    minutes: i32,
    /// How often one may sit it; the best attempt counts.
    #[schema(minimum = 1, maximum = 5)]
    attempts: i32,
    /// From which share of the points on a grade is given.
    limits: Limits,
    /// What a pass or better earns, once for the exam and its make-ups.
    credits: Points,
    /// When a make-up is set for who failed; none: never.
    make_up: Option<MakeUpRule>,
    /// Whether one may see which of one's answers were right.
    shows_answers: ShowsAnswers,
    /// Who is to sit it: whoever meets the rules now, and those named.
    audience: Audience,
    /// What it is set because of.
    #[serde(default)]
    causes: Vec<ExamCause>,
}

/// Sets an exam and tells its candidates. A lecturer sets his own, for people where he is a lecturer.
#[utoipa::path(post, path = "/exams", tag = "exams", request_body = NewExam,
    responses((status = 201, body = ExamDetail)))]
async fn set(State(ctx): State<Ctx>, caller: Caller, Json(new): Json<NewExam>) -> Result<Response> {
    let scope = service::candidates_scope(&caller)?;
    let people = new.audience.within(ctx.db().read(), &scope, "audience").await?;
    let draft = ExamDraft {
        title: new.title,
        competence: new.competence,
        paper: new.paper,
        opens_at: new.opens_at,
        closes_at: new.closes_at,
        minutes: new.minutes,
        attempts: new.attempts,
        limits: new.limits,
        credits: new.credits,
        make_up: new.make_up,
        shows_answers: new.shows_answers,
        candidates: people.into_iter().map(|member| member.id).collect(),
    };
    let causes: Vec<Subject> =
        new.causes.iter().map(|cause| Subject { kind: cause.kind.word(), id: cause.id }).collect();
    let id = super::set(&ctx, By::Caller(&caller), draft, &causes).await?;
    let made = wire::detail(&ctx, &caller, id).await?;
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// The exam as it was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExamSeen {
    /// Its version.
    version: i32,
}

/// Calls an exam off that nobody has begun, and tells its candidates.
#[utoipa::path(post, path = "/exams/{id}/cancel", tag = "exams", params(("id" = ExamId, Path)),
    request_body = ExamSeen, responses((status = 200, body = ExamDetail)))]
async fn cancel(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ExamId>,
    Json(seen): Json<ExamSeen>,
) -> Result<Json<ExamDetail>> {
    service::cancel(&ctx, &caller, id, seen.version).await?;
    wire::detail(&ctx, &caller, id).await.map(Json)
}

/// Results of those candidates whom the caller may see.
#[utoipa::path(get, path = "/exams/{id}/results", tag = "exams", params(("id" = ExamId, Path)),
    responses((status = 200, body = Page<ResultItem>)))]
async fn list_results(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ExamId>,
) -> Result<Json<Page<ResultItem>>> {
    let (_, items) = results::of_exam(&ctx, &caller, id).await?;
    Ok(Json(Page::whole(items)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ExportAsked {
    /// `xlsx` (if not said) or `csv`.
    #[param(inline, value_type = Option<contract::SheetFormat>)]
    format: Option<SheetFormat>,
}

/// The same as a spreadsheet.
#[utoipa::path(get, path = "/exams/{id}/results/export", tag = "exams",
    params(("id" = ExamId, Path), ExportAsked),
    responses(SheetFile))]
async fn export_results(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ExamId>,
    Query(asked): Query<ExportAsked>,
) -> Result<Response> {
    let format = asked.format.unwrap_or_default();
    let person = persons::by_ids(ctx.db().read(), &[caller.person]).await?.remove(&caller.person);
    let lang = if person.is_some_and(|p| p.locale == "en") { Lang::En } else { Lang::Zh };
    let sheet = results::export(&ctx, &caller, id, format, lang).await?;
    let disposition = format!("attachment; filename=\"exam-results.{}\"", format.extension());
    let headers =
        [(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, sheet).into_response())
}
