//! `/classes`.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::staff;
use serde::Deserialize;
use utoipa::ToSchema;

use super::calendar::entry;
use super::choices::{self, ClassChoices, ClassConflicts, Wanted};
use super::draft::Draft;
use super::sight::Sight;
use super::view::{self, ClassDetail, ClassFilter, ClassItem};
use super::{ClassId, attendance, feedback, places, service};

/// The routes of this room.
pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ClassRead, routes!(list)))
        .routes(guarded(Right::ClassWrite, routes!(arrange)))
        .routes(guarded(Right::ClassWrite, routes!(offer)))
        .routes(guarded(Right::ClassWrite, routes!(conflicts)))
        .routes(guarded(Right::ClassRead, routes!(get)))
        .routes(guarded(Right::ClassWrite, routes!(change)))
        .routes(guarded(Right::ClassWrite, routes!(announce)))
        .routes(guarded(Right::ClassWrite, routes!(cancel)))
        .routes(guarded(Right::ClassRead, routes!(calendar_file)))
        .merge(attendance::router())
        .merge(feedback::router())
}

/// Classes that concern me or my people, the latest first.
#[utoipa::path(get, path = "/classes", tag = "classes", params(ClassFilter, PageRequest),
    responses((status = 200, body = Page<ClassItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<ClassFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<ClassItem>>> {
    view::list(&ctx, &caller, &filter, &page).await.map(Json)
}

/// Arranges a class. Nobody is told of it before it is announced.
#[utoipa::path(post, path = "/classes", tag = "classes", request_body = Draft,
    responses((status = 201, body = ClassDetail)))]
async fn arrange(State(ctx): State<Ctx>, caller: Caller, Json(draft): Json<Draft>) -> Result<Response> {
    let id = service::arrange(&ctx, By::Caller(&caller), &draft).await?;
    Ok((StatusCode::CREATED, Json(view::detail(&ctx, &caller, id).await?)).into_response())
}

/// Rooms, lecturers and people that I can make a class of.
#[utoipa::path(get, path = "/classes/choices", tag = "classes",
    responses((status = 200, body = ClassChoices)))]
async fn offer(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<ClassChoices>> {
    choices::choices(&ctx, &caller).await.map(Json)
}

/// What stands against a class that I am about to write down.
#[utoipa::path(post, path = "/classes/conflicts", tag = "classes", request_body = Wanted,
    responses((status = 200, body = ClassConflicts)))]
async fn conflicts(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(wanted): Json<Wanted>,
) -> Result<Json<ClassConflicts>> {
    choices::conflicts(&ctx, &caller, &wanted).await.map(Json)
}

/// A class, with those who take part as far as I may see them.
#[utoipa::path(get, path = "/classes/{id}", tag = "classes", params(("id" = ClassId, Path)),
    responses((status = 200, body = ClassDetail)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ClassId>) -> Result<Json<ClassDetail>> {
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// A class as it is to be from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassChange {
    /// All of it; without an audience the same people take part.
    class: Draft,
    /// The version that you saw.
    version: i32,
}

/// Changes a class. Who was told of it is told again when title, time, place or lecturer change.
#[utoipa::path(put, path = "/classes/{id}", tag = "classes", params(("id" = ClassId, Path)),
    request_body = ClassChange, responses((status = 200, body = ClassDetail)))]
async fn change(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ClassId>,
    Json(new): Json<ClassChange>,
) -> Result<Json<ClassDetail>> {
    service::change(&ctx, By::Caller(&caller), id, &new.class, new.version).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// Announces a class: everybody concerned gets a notice, and by mail the entry for his calendar.
#[utoipa::path(post, path = "/classes/{id}/announce", tag = "classes", params(("id" = ClassId, Path)),
    request_body = attendance::ClassVersion, responses((status = 200, body = ClassDetail)))]
async fn announce(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ClassId>,
    Json(seen): Json<attendance::ClassVersion>,
) -> Result<Json<ClassDetail>> {
    service::announce(&ctx, By::Caller(&caller), id, seen.version).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// That a class does not take place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClassCancelling {
    /// Why: at most 200 characters.
    reason: String,
    /// The version that you saw.
    version: i32,
}

/// Calls a class off; who was told of it is told that.
#[utoipa::path(post, path = "/classes/{id}/cancel", tag = "classes", params(("id" = ClassId, Path)),
    request_body = ClassCancelling, responses((status = 200, body = ClassDetail)))]
async fn cancel(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ClassId>,
    Json(new): Json<ClassCancelling>,
) -> Result<Json<ClassDetail>> {
    service::cancel(&ctx, By::Caller(&caller), id, new.version, &new.reason).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// A class as a file for a calendar.
#[utoipa::path(get, path = "/classes/{id}/calendar.ics", tag = "classes", params(("id" = ClassId, Path)),
    responses((status = 200, description = "the entry", content_type = "text/calendar", body = String)))]
async fn calendar_file(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ClassId>) -> Result<Response> {
    let db = ctx.db().read();
    let sight = Sight::of(db, &caller).await?;
    let (class, _) = sight.class(db, id).await?;
    let lecturer = staff::some(db, sight.tenant, &[class.lecturer]).await?;
    let lecturer = lecturer.first().map_or("", |m| m.name.as_str());
    let places = places::names(db, sight.tenant).await?;
    let place = class.place_id.and_then(|id| places.get(&id)).map(String::as_str);
    let file = entry(&ctx, &class, place, lecturer).file(None);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"class.ics\""),
    ];
    Ok((headers, file).into_response())
}
