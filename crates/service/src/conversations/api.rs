//! `/api/v1/conversations`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kexun_base::http::idempotency::KeepNoCopy;
use kexun_base::http::{Json, OpenApiRouter, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right};

use super::ConversationId;
use super::browse::{self, Asked};
use super::view;
use super::wire::{Conversation, ConversationPage, Reason, Unmasked};

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ConversationRead, routes!(list)))
        .routes(guarded(Right::ConversationRead, routes!(get)))
        .routes(guarded(Right::ConversationUnmask, routes!(unmask)))
}

/// Conversations: newest first, or the evidence behind a figure.
#[utoipa::path(get, path = "/conversations", tag = "conversations", params(Asked, PageRequest),
    responses((status = 200, body = ConversationPage)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Query(page): Query<PageRequest>,
) -> Result<Json<ConversationPage>> {
    browse::list(&ctx, caller.scope(Right::ConversationRead)?, &asked, &page).await.map(Json)
}

/// One conversation with its messages, rounds and waiting times.
#[utoipa::path(get, path = "/conversations/{id}", tag = "conversations", params(("id" = ConversationId, Path)),
    responses((status = 200, body = Conversation)))]
async fn get(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ConversationId>,
) -> Result<Json<Conversation>> {
    view::conversation(&ctx, &caller, id).await.map(Json)
}

/// The masked messages in clear; written into the audit log first.
#[utoipa::path(post, path = "/conversations/{id}/unmask", tag = "conversations",
    params(("id" = ConversationId, Path)), request_body = Reason, responses((status = 200, body = Unmasked)))]
async fn unmask(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ConversationId>,
    Json(reason): Json<Reason>,
) -> Result<Response> {
    let clear = view::unmask(&ctx, &caller, id, &reason).await?;
    Ok((axum::Extension(KeepNoCopy), Json(clear)).into_response())
}
