//! `/exams/{id}/attempts`, `/attempts`.

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, Path, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right};
use serde::Deserialize;
use utoipa::ToSchema;

use super::SignKind;
use super::review::{self, AttemptItem, Review};
use super::saving::Saved;
use super::service::{self, Answer, Sitting};
use crate::exams::{AttemptId, ExamId};

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ExamSit, routes!(begin)))
        .routes(guarded(Right::ExamSit, routes!(resume)))
        .routes(guarded(Right::ExamSit, routes!(save)))
        .routes(guarded(Right::ExamSit, routes!(submit)))
        .routes(guarded(Right::ExamSit, routes!(see_review)))
        .routes(guarded(Right::ExamSit, routes!(sign)))
}

/// Begins an attempt, or goes on with the one that is not handed in.
#[utoipa::path(post, path = "/exams/{id}/attempts", tag = "exams", params(("id" = ExamId, Path)),
    responses((status = 200, body = Sitting)))]
async fn begin(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ExamId>) -> Result<Json<Sitting>> {
    service::begin(&ctx, &caller, id).await.map(Json)
}

/// One's own attempt, to go on with after a reload or on another device.
#[utoipa::path(get, path = "/attempts/{id}", tag = "exams", params(("id" = AttemptId, Path)),
    responses((status = 200, body = Sitting)))]
async fn resume(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<AttemptId>) -> Result<Json<Sitting>> {
    service::resume(&ctx, &caller, id).await.map(Json)
}

/// Saves an answer as it is given; the answer comes when it is on disk. Sent again, it is confirmed again.
#[utoipa::path(put, path = "/attempts/{id}/answers/{n}", tag = "exams",
    params(("id" = AttemptId, Path), ("n" = i32, Path, description = "number of the question, from 1")),
    request_body = Answer, responses((status = 200, body = Saved)))]
async fn save(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, n)): Path<(AttemptId, i32)>,
    Json(answer): Json<Answer>,
) -> Result<Json<Saved>> {
    service::save(&ctx, &caller, id, n, answer).await.map(Json)
}

/// Hands an attempt in. Sent again, it does nothing more.
#[utoipa::path(post, path = "/attempts/{id}/submit", tag = "exams", params(("id" = AttemptId, Path)),
    responses((status = 200, body = AttemptItem)))]
async fn submit(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<AttemptId>,
) -> Result<Json<AttemptItem>> {
    Ok(Json(service::submit(&ctx, &caller, id).await?.into()))
}

/// One's own attempt with what is right, once the exam shows it.
#[utoipa::path(get, path = "/attempts/{id}/review", tag = "exams", params(("id" = AttemptId, Path)),
    responses((status = 200, body = Review)))]
async fn see_review(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<AttemptId>,
) -> Result<Json<Review>> {
    review::review(&ctx, &caller, id).await.map(Json)
}

/// A sign that something else was done meanwhile.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AttemptSign)]
#[serde(deny_unknown_fields)]
struct Sign {
    /// What.
    kind: SignKind,
    /// For how long.
    #[schema(minimum = 0, maximum = 86400)]
    seconds: i32,
}

/// Records that the page was left, or text put in. Nobody is judged by it automatically.
#[utoipa::path(post, path = "/attempts/{id}/signs", tag = "exams", params(("id" = AttemptId, Path)),
    request_body = Sign, responses((status = 204)))]
async fn sign(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<AttemptId>,
    Json(sign): Json<Sign>,
) -> Result<StatusCode> {
    service::sign(&ctx, &caller, id, sign.kind, sign.seconds).await?;
    Ok(DONE)
}
