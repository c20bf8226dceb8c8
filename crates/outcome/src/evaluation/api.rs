//! `/evaluations`.

use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};

use super::report::{ClassReport, of_class};
use super::service::{Draft, Evaluation, EvaluationFilter, EvaluationLine, Sight};
use super::{EvaluationId, service};

/// The routes of this room.
pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::EvaluationRead, routes!(list)))
        .routes(guarded(Right::EvaluationWrite, routes!(evaluate)))
        .routes(guarded(Right::EvaluationRead, routes!(read)))
        .routes(guarded(Right::EvaluationWrite, routes!(refresh)))
        .routes(guarded(Right::EvaluationRead, routes!(class_report)))
}

/// What trainings changed: evaluations of those whom the caller answers for, or whom he taught; newest
/// first.
#[utoipa::path(get, path = "/evaluations", tag = "evaluation", params(EvaluationFilter, PageRequest),
    responses((status = 200, body = Page<EvaluationLine>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<EvaluationFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<EvaluationLine>>> {
    let sight = Sight::of(&ctx, &caller).await?;
    service::list(&ctx, &sight, &filter, &page).await.map(Json)
}

/// Evaluates a class, a course or a plan by a figure, and keeps what was found.
#[utoipa::path(post, path = "/evaluations", tag = "evaluation", request_body = Draft,
    responses((status = 200, body = Evaluation)))]
async fn evaluate(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(draft): Json<Draft>,
) -> Result<Json<Evaluation>> {
    service::evaluate(&ctx, By::Caller(&caller), &draft).await.map(Json)
}

/// One evaluation, with what was known when.
#[utoipa::path(get, path = "/evaluations/{id}", tag = "evaluation", params(("id" = EvaluationId, Path)),
    responses((status = 200, body = Evaluation)))]
async fn read(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<EvaluationId>,
) -> Result<Json<Evaluation>> {
    service::read(&ctx, &caller, id).await.map(Json)
}

/// Calculates an evaluation anew with what is known now; what was found before stays.
#[utoipa::path(post, path = "/evaluations/{id}/refresh", tag = "evaluation",
    params(("id" = EvaluationId, Path)), responses((status = 200, body = Evaluation)))]
async fn refresh(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<EvaluationId>,
) -> Result<Json<Evaluation>> {
    service::refresh(&ctx, By::Caller(&caller), id).await.map(Json)
}

/// The report of a class: who came, what they said, how they did in its exams, what changed.
#[utoipa::path(get, path = "/evaluations/reports/class/{class}", tag = "evaluation",
    params(("class" = Uuid, Path)), responses((status = 200, body = ClassReport)))]
async fn class_report(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(class): Path<Uuid>,
) -> Result<Json<ClassReport>> {
    of_class(&ctx, &caller, class).await.map(Json)
}
