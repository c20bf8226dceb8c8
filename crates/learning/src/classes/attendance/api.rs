//! `/classes/{id}/code`, `/sign-in`, `/leave`, `/participants`, `/close`.

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::http::contract::Refused;
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, Path, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::staff::StaffId;

use super::service;
use super::wire::{
    AttendanceChange, ClassCode, ClassSignIn, ClassSignedIn, ClassVersion, LeaveAnswer, LeaveWish,
};
use crate::classes::ClassId;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ClassTeach, routes!(code)))
        .routes(guarded(Right::ClassRead, routes!(sign_in)))
        .routes(guarded(Right::ClassRead, routes!(ask_leave)))
        .routes(guarded(Right::ClassTeach, routes!(set)))
        .routes(guarded(Right::ClassTeach, routes!(answer_leave)))
        .routes(guarded(Right::ClassTeach, routes!(close)))
}

/// The sign-in code that stands on the screen now; it changes every 15 seconds.
#[utoipa::path(get, path = "/classes/{id}/code", tag = "classes", params(("id" = ClassId, Path)),
    responses((status = 200, body = ClassCode)))]
async fn code(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ClassId>) -> Result<Json<ClassCode>> {
    service::code(&ctx, &caller, id).await.map(Json)
}

/// Signs me in to a class that I take part in, with the code from the screen.
#[utoipa::path(post, path = "/classes/{id}/sign-in", tag = "classes", params(("id" = ClassId, Path)),
    request_body = ClassSignIn, responses((status = 200, body = ClassSignedIn), Refused<429>))]
async fn sign_in(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ClassId>,
    Json(typed): Json<ClassSignIn>,
) -> Result<Json<ClassSignedIn>> {
    service::sign_in(&ctx, &caller, id, &typed.code).await.map(Json)
}

/// Asks for leave from a class that I take part in, before it begins.
#[utoipa::path(post, path = "/classes/{id}/leave", tag = "classes", params(("id" = ClassId, Path)),
    request_body = LeaveWish, responses((status = 204)))]
async fn ask_leave(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ClassId>,
    Json(wish): Json<LeaveWish>,
) -> Result<StatusCode> {
    service::ask_leave(&ctx, &caller, id, &wish.reason).await?;
    Ok(DONE)
}

/// Sets by hand how somebody stands.
#[utoipa::path(patch, path = "/classes/{id}/participants/{staff_id}", tag = "classes",
    params(("id" = ClassId, Path), ("staff_id" = StaffId, Path)),
    request_body = AttendanceChange, responses((status = 204)))]
async fn set(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, staff)): Path<(ClassId, StaffId)>,
    Json(new): Json<AttendanceChange>,
) -> Result<StatusCode> {
    service::set(&ctx, By::Caller(&caller), id, staff, (new.status, &new.reason, new.version)).await?;
    Ok(DONE)
}

/// Grants or refuses leave.
#[utoipa::path(post, path = "/classes/{id}/participants/{staff_id}/leave", tag = "classes",
    params(("id" = ClassId, Path), ("staff_id" = StaffId, Path)),
    request_body = LeaveAnswer, responses((status = 204)))]
async fn answer_leave(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, staff)): Path<(ClassId, StaffId)>,
    Json(answer): Json<LeaveAnswer>,
) -> Result<StatusCode> {
    service::answer_leave(&ctx, By::Caller(&caller), id, staff, (answer.granted, answer.version)).await?;
    Ok(DONE)
}

/// Ends a class that is over: who did not come was absent, and feedback begins. Two hours after its end
/// this happens by itself.
#[utoipa::path(post, path = "/classes/{id}/close", tag = "classes", params(("id" = ClassId, Path)),
    request_body = ClassVersion, responses((status = 204)))]
async fn close(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ClassId>,
    Json(seen): Json<ClassVersion>,
) -> Result<StatusCode> {
    service::close(&ctx, By::Caller(&caller), id, seen.version).await?;
    Ok(DONE)
}
