//! `/api/v1/courses`: learning, assigning, seeing how far people are.

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kexun_base::http::contract::{self, SheetFile};
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use kexun_importers::{Lang, SheetFormat};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::tenants;
use serde::Deserialize;
use utoipa::IntoParams;

use super::assign::CourseLearner;
use super::{Assigned, Assignment, Learner, Report, Reported, rules};
use crate::courses::view::{self, CourseDetail, MyCourse};
use crate::courses::{CourseId, LessonId};

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::CourseRead, routes!(mine)))
        .routes(guarded(Right::CourseRead, routes!(start)))
        .routes(guarded(Right::CourseRead, routes!(report)))
        .routes(guarded(Right::CourseAssign, routes!(assign)))
        .routes(guarded(Right::CourseAssign, routes!(learners)))
        .routes(guarded(Right::CourseAssign, routes!(export)))
}

/// The courses that I am in: what is due first, then what I am at, then what I have completed.
#[utoipa::path(get, path = "/courses/mine", tag = "courses", responses((status = 200, body = Page<MyCourse>)))]
async fn mine(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<Page<MyCourse>>> {
    view::mine(&ctx, &caller).await.map(|all| Json(Page::whole(all)))
}

/// Opens a course: I am in it from now on. A second time changes nothing.
#[utoipa::path(post, path = "/courses/{id}/start", tag = "courses", params(("id" = CourseId, Path)),
    responses((status = 200, body = CourseDetail)))]
async fn start(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
) -> Result<Json<CourseDetail>> {
    super::start(&ctx, Learner::of(&caller)?, id).await?;
    view::detail(&ctx, &caller, id).await.map(Json)
}

/// Reports how far I am in a lesson. What comes late or twice never takes anything back, so a device that
/// was offline may send all it has.
#[utoipa::path(put, path = "/courses/{id}/lessons/{lesson}/progress", tag = "courses",
    params(("id" = CourseId, Path), ("lesson" = LessonId, Path)),
    request_body = Report, responses((status = 200, body = Reported)))]
async fn report(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, lesson)): Path<(CourseId, LessonId)>,
    Json(report): Json<Report>,
) -> Result<Json<Reported>> {
    super::report(&ctx, Learner::of(&caller)?, id, lesson, report).await.map(Json)
}

/// Assigns a published course to people, with a last day. Those it is assigned to are told.
#[utoipa::path(post, path = "/courses/{id}/assign", tag = "courses", params(("id" = CourseId, Path)),
    request_body = Assignment, responses((status = 200, body = Assigned)))]
async fn assign(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Json(new): Json<Assignment>,
) -> Result<Json<Assigned>> {
    super::assign(&ctx, By::Caller(&caller), id, new).await.map(Json)
}

/// How far those of my people are who are in a course: who is late first, then who is at it, then who is
/// done.
#[utoipa::path(get, path = "/courses/{id}/learners", tag = "courses",
    params(("id" = CourseId, Path), PageRequest), responses((status = 200, body = Page<CourseLearner>)))]
async fn learners(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<CourseLearner>>> {
    let db = ctx.db().read();
    let (_, mut all) = super::assign::learners(&ctx, db, By::Caller(&caller), id).await?;
    let today = tenants::today(&ctx, db, caller.tenant, None).await?;
    let key = |l: &CourseLearner| {
        let urgency = rules::urgency(l.learning.due, l.learning.completed_on.is_some(), today);
        (urgency, l.account.clone())
    };
    if let Some(after) = page.after::<((u8, i32), String)>()? {
        all.retain(|learner| key(learner) > after);
    }
    Ok(Json(page.page(all, key)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Export {
    /// `xlsx` or `csv`.
    #[param(inline, value_type = Option<contract::SheetFormat>)]
    format: Option<SheetFormat>,
    /// Language of the columns: `zh` or `en`.
    #[param(inline, value_type = Option<contract::Lang>)]
    lang: Option<Lang>,
}

/// The same as a sheet.
#[utoipa::path(get, path = "/courses/{id}/learners/export", tag = "courses",
    params(("id" = CourseId, Path), Export),
    responses(SheetFile))]
async fn export(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    Query(export): Query<Export>,
) -> Result<Response> {
    let format = export.format.unwrap_or_default();
    let lang = export.lang.unwrap_or_default();
    let sheet = super::export::export(&ctx, By::Caller(&caller), id, format, lang).await?;
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"learners.{}\"", format.extension())),
    ];
    Ok((headers, Body::from(sheet)).into_response())
}
