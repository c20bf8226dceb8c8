//! `/plans`.

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};

use super::store::{self, PlanFilter};
use super::view::Views;
use super::wire::{DraftAsked, PlanDecision, PlanDetail, PlanHead, PlanSave, PlanStep, PlanVersionAsked};
use super::{Content, PlanId, decide, proposal, service};

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::PlanRead, routes!(list)))
        .routes(guarded(Right::PlanWrite, routes!(make)))
        .routes(guarded(Right::PlanWrite, routes!(draft)))
        .routes(guarded(Right::PlanRead, routes!(get)))
        .routes(guarded(Right::PlanWrite, routes!(save)))
        .routes(guarded(Right::PlanWrite, routes!(submit)))
        .routes(guarded(Right::PlanApprove, routes!(approve)))
        .routes(guarded(Right::PlanApprove, routes!(send_back)))
        .routes(guarded(Right::PlanWrite, routes!(revise)))
}

/// Plans, those that begin last first: of one's places, one's own, and, once approved, those of the whole
/// organisation.
#[utoipa::path(get, path = "/plans", tag = "plans", params(PlanFilter, PageRequest),
    responses((status = 200, body = Page<PlanHead>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<PlanFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<PlanHead>>> {
    let db = ctx.db().read();
    let found = store::list(db, &caller.scope(Right::PlanRead)?, &filter, &page).await?;
    let views = Views::load(db, &caller).await?;
    Ok(Json(found.map(|row| views.head(&row))))
}

/// Makes a plan, as a draft.
#[utoipa::path(post, path = "/plans", tag = "plans", request_body = Content,
    responses((status = 201, body = PlanDetail)))]
async fn make(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(content): Json<Content>,
) -> Result<(StatusCode, Json<PlanDetail>)> {
    let id = service::make(&ctx, By::Caller(&caller), content).await?;
    Ok((StatusCode::CREATED, detail(&ctx, &caller, id, None).await?))
}

/// Proposes a plan from needs: items by field and figure with the reason in words, audience, hours and
/// days. Nothing is kept; a person changes it and makes the plan.
#[utoipa::path(post, path = "/plans/draft", tag = "plans", request_body = DraftAsked,
    responses((status = 200, body = Content)))]
async fn draft(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(asked): Json<DraftAsked>,
) -> Result<Json<Content>> {
    proposal::of(&ctx, By::Caller(&caller), asked).await.map(Json)
}

async fn detail(ctx: &Ctx, caller: &Caller, id: PlanId, number: Option<i32>) -> Result<Json<PlanDetail>> {
    let db = ctx.db().read();
    Views::load(db, caller).await?.detail(db, id, number).await.map(Json)
}

/// A plan with one of its versions, and what differs from the one approved before.
#[utoipa::path(get, path = "/plans/{id}", tag = "plans", params(("id" = PlanId, Path), PlanVersionAsked),
    responses((status = 200, body = PlanDetail)))]
async fn get(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PlanId>,
    Query(asked): Query<PlanVersionAsked>,
) -> Result<Json<PlanDetail>> {
    detail(&ctx, &caller, id, asked.number).await
}

/// Writes the newest version anew; what is approved, or waits to be, is refused.
#[utoipa::path(put, path = "/plans/{id}", tag = "plans", params(("id" = PlanId, Path)),
    request_body = PlanSave, responses((status = 200, body = PlanDetail)))]
async fn save(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PlanId>,
    Json(save): Json<PlanSave>,
) -> Result<Json<PlanDetail>> {
    service::save(&ctx, By::Caller(&caller), id, save.version, save.content).await?;
    detail(&ctx, &caller, id, None).await
}

/// Submits the newest version.
#[utoipa::path(post, path = "/plans/{id}/submit", tag = "plans", params(("id" = PlanId, Path)),
    request_body = PlanStep, responses((status = 200, body = PlanDetail)))]
async fn submit(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PlanId>,
    Json(step): Json<PlanStep>,
) -> Result<Json<PlanDetail>> {
    decide::submit(&ctx, By::Caller(&caller), id, step.version).await?;
    detail(&ctx, &caller, id, None).await
}

/// Approves a submitted plan that somebody else submitted. It never changes from then on.
#[utoipa::path(post, path = "/plans/{id}/approve", tag = "plans", params(("id" = PlanId, Path)),
    request_body = PlanDecision, responses((status = 200, body = PlanDetail)))]
async fn approve(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PlanId>,
    Json(decision): Json<PlanDecision>,
) -> Result<Json<PlanDetail>> {
    decide::approve(&ctx, By::Caller(&caller), id, decision.version, &decision.comment).await?;
    detail(&ctx, &caller, id, None).await
}

/// Sends a submitted plan back, with a comment.
#[utoipa::path(post, path = "/plans/{id}/return", tag = "plans", params(("id" = PlanId, Path)),
    request_body = PlanDecision, responses((status = 200, body = PlanDetail)))]
async fn send_back(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PlanId>,
    Json(decision): Json<PlanDecision>,
) -> Result<Json<PlanDetail>> {
    decide::send_back(&ctx, By::Caller(&caller), id, decision.version, &decision.comment).await?;
    detail(&ctx, &caller, id, None).await
}

/// Makes a new draft of an approved plan, beside the version in force.
#[utoipa::path(post, path = "/plans/{id}/revise", tag = "plans", params(("id" = PlanId, Path)),
    request_body = PlanStep, responses((status = 200, body = PlanDetail)))]
async fn revise(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<PlanId>,
    Json(step): Json<PlanStep>,
) -> Result<Json<PlanDetail>> {
    service::revise(&ctx, By::Caller(&caller), id, step.version).await?;
    detail(&ctx, &caller, id, None).await
}
