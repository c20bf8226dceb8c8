//! `/exams/{id}/marking`, `/marks`.

use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right};
use serde::Deserialize;
use utoipa::IntoParams;

use super::service::{self, AnswerToMark, Mark, Overview};
use crate::exams::{ExamId, MarkId};
use crate::questions::QuestionId;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ExamMark, routes!(overview)))
        .routes(guarded(Right::ExamMark, routes!(answers)))
        .routes(guarded(Right::ExamMark, routes!(put)))
}

/// The questions of an exam that people mark. One's own attempts are left out.
#[utoipa::path(get, path = "/exams/{id}/marking", tag = "exams", params(("id" = ExamId, Path)),
    responses((status = 200, body = Overview)))]
async fn overview(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ExamId>) -> Result<Json<Overview>> {
    service::overview(&ctx, &caller, id).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Which revision of the question; 1 if not said.
    revision: Option<i32>,
    /// `next` of the page before; none for the first page.
    cursor: Option<String>,
    /// Answers wanted, 1 to 200; 50 if not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// The answers to a question, without names.
#[utoipa::path(get, path = "/exams/{id}/marking/{question}", tag = "exams",
    params(("id" = ExamId, Path), ("question" = QuestionId, Path), Asked),
    responses((status = 200, body = Page<AnswerToMark>)))]
async fn answers(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, question)): Path<(ExamId, QuestionId)>,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<AnswerToMark>>> {
    let page = PageRequest { cursor: asked.cursor, limit: asked.limit };
    let question = (question, asked.revision.unwrap_or(1));
    service::answers(&ctx, &caller, id, question, &page).await.map(Json)
}

/// Marks an answer; with the last one its attempt is graded, and stands.
#[utoipa::path(put, path = "/marks/{id}", tag = "exams", params(("id" = MarkId, Path)), request_body = Mark,
    responses((status = 200, body = AnswerToMark)))]
async fn put(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<MarkId>,
    Json(mark): Json<Mark>,
) -> Result<Json<AnswerToMark>> {
    service::put(&ctx, &caller, id, mark).await.map(Json)
}
