//! `/api/v1/courses`: courses and their lessons.

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::tenants;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::store::{Seen, Wanted};
use super::view::{self, CourseDetail, CourseItem};
use super::{CourseChange, CourseDraft, CourseId, CourseState, LessonChange, LessonDraft, LessonId, store};

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::CourseRead, routes!(list)))
        .routes(guarded(Right::CourseWrite, routes!(make)))
        .routes(guarded(Right::CourseRead, routes!(get)))
        .routes(guarded(Right::CourseWrite, routes!(change)))
        .routes(guarded(Right::CourseWrite, routes!(publish)))
        .routes(guarded(Right::CourseWrite, routes!(withdraw)))
        .routes(guarded(Right::CourseWrite, routes!(reorder)))
        .routes(guarded(Right::CourseWrite, routes!(add_lesson)))
        .routes(guarded(Right::CourseWrite, routes!(change_lesson)))
        .routes(guarded(Right::CourseWrite, routes!(remove_lesson)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Part of the title or the description.
    q: Option<String>,
    /// What it teaches.
    competence: Option<Competence>,
    /// How it stands. Whoever makes no courses sees published ones only.
    state: Option<CourseState>,
    /// Only those that take people in today.
    #[serde(default)]
    open: bool,
}

/// Courses that are published, and those that one may change, newest first.
#[utoipa::path(get, path = "/courses", tag = "courses", params(Filter, PageRequest),
    responses((status = 200, body = Page<CourseItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<Filter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<CourseItem>>> {
    let db = ctx.db().read();
    let writes = caller.scope(Right::CourseWrite).ok();
    let seen = match writes {
        Some(scope) if scope.reach.all => Seen::All,
        Some(scope) => Seen::PublishedAnd(scope.reach.own),
        None => Seen::PublishedAnd(None),
    };
    let open_on = match filter.open {
        true => Some(tenants::today(&ctx, db, caller.tenant, None).await?),
        false => None,
    };
    let part = filter.q.as_deref();
    let wanted = Wanted { seen, part, competence: filter.competence, state: filter.state, open_on };
    let Page { items, next } = store::page(db, caller.tenant, &wanted, &page).await?;
    Ok(Json(Page { items: view::items(&ctx, &caller, items).await?, next }))
}

/// Makes a course: a draft, which its maker and the training group see.
#[utoipa::path(post, path = "/courses", tag = "courses", request_body = CourseDraft,
    responses((status = 201, body = CourseDetail)))]
async fn make(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(draft): Json<CourseDraft>,
) -> Result<(StatusCode, Json<CourseDetail>)> {
    let id = super::make(&ctx, By::Caller(&caller), draft).await?;
    Ok((StatusCode::CREATED, Json(view::detail(&ctx, &caller, id).await?)))
}

/// A course with its lessons, and how far I am in them.
#[utoipa::path(get, path = "/courses/{id}", tag = "courses", params(("id" = CourseId, Path)),
    responses((status = 200, body = CourseDetail)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<CourseId>) -> Result<Json<CourseDetail>> {
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// Changes what a course is.
#[utoipa::path(patch, path = "/courses/{id}", tag = "courses", params(("id" = CourseId, Path)),
    request_body = CourseChange, responses((status = 200, body = CourseDetail)))]
async fn change(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Json(change): Json<CourseChange>,
) -> Result<Json<CourseDetail>> {
    super::change(&ctx, By::Caller(&caller), id, change).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// The version of a course that was seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CourseVersion {
    /// The version that was seen.
    version: i32,
}

/// Publishes a course: everybody may learn in it. It needs a required lesson.
#[utoipa::path(post, path = "/courses/{id}/publish", tag = "courses", params(("id" = CourseId, Path)),
    request_body = CourseVersion, responses((status = 200, body = CourseDetail)))]
async fn publish(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Json(seen): Json<CourseVersion>,
) -> Result<Json<CourseDetail>> {
    super::publish(&ctx, By::Caller(&caller), id, seen.version).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// Withdraws a published course. What people did stays; it can be published again.
#[utoipa::path(post, path = "/courses/{id}/withdraw", tag = "courses", params(("id" = CourseId, Path)),
    request_body = CourseVersion, responses((status = 200, body = CourseDetail)))]
async fn withdraw(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Json(seen): Json<CourseVersion>,
) -> Result<Json<CourseDetail>> {
    super::withdraw(&ctx, By::Caller(&caller), id, seen.version).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// The order of lessons.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LessonOrder {
    /// All lessons of the course, each once.
    lessons: Vec<LessonId>,
    /// The version of the course that was seen.
    version: i32,
}

/// Puts the lessons of a course into another order.
#[utoipa::path(put, path = "/courses/{id}/order", tag = "courses", params(("id" = CourseId, Path)),
    request_body = LessonOrder, responses((status = 200, body = CourseDetail)))]
async fn reorder(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Json(order): Json<LessonOrder>,
) -> Result<Json<CourseDetail>> {
    super::reorder(&ctx, By::Caller(&caller), id, &order.lessons, order.version).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// Adds a lesson at the end. Its file is uploaded before.
#[utoipa::path(post, path = "/courses/{id}/lessons", tag = "courses", params(("id" = CourseId, Path)),
    request_body = LessonDraft, responses((status = 201, body = CourseDetail)))]
async fn add_lesson(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Json(draft): Json<LessonDraft>,
) -> Result<(StatusCode, Json<CourseDetail>)> {
    super::add_lesson(&ctx, By::Caller(&caller), id, draft).await?;
    Ok((StatusCode::CREATED, Json(view::detail(&ctx, &caller, id).await?)))
}

/// Changes a lesson. How far people are in it stays.
#[utoipa::path(patch, path = "/courses/{id}/lessons/{lesson}", tag = "courses",
    params(("id" = CourseId, Path), ("lesson" = LessonId, Path)),
    request_body = LessonChange, responses((status = 200, body = CourseDetail)))]
async fn change_lesson(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, lesson)): Path<(CourseId, LessonId)>,
    Json(change): Json<LessonChange>,
) -> Result<Json<CourseDetail>> {
    super::change_lesson(&ctx, By::Caller(&caller), id, lesson, change).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// Removes a lesson. Whoever has done all that is left has completed the course.
#[utoipa::path(delete, path = "/courses/{id}/lessons/{lesson}", tag = "courses",
    params(("id" = CourseId, Path), ("lesson" = LessonId, Path)), responses((status = 204)))]
async fn remove_lesson(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, lesson)): Path<(CourseId, LessonId)>,
) -> Result<StatusCode> {
    super::remove_lesson(&ctx, By::Caller(&caller), id, lesson).await?;
    Ok(DONE)
}
