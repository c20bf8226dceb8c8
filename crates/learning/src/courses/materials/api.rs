//! `/api/v1/courses/{id}/files`.

use std::collections::BTreeMap;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures::StreamExt;
use kexun_base::http::contract::{self, FileForm};
use kexun_base::http::download::{self, Download};
use kexun_base::http::server::DONE;
use kexun_base::http::{Form, Json, OpenApiRouter, Page, Path, routes};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use serde::Serialize;
use utoipa::openapi::{self, RefOr};
use utoipa::{IntoResponses, ToSchema};

use super::super::entity::file;
use super::super::service::{may_edit, visible};
use super::super::{CourseId, store};
use super::{CourseFileId, FileKind, sniff};

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::CourseWrite, routes!(upload)))
        .layer(DefaultBodyLimit::disable())
        .routes(guarded(Right::CourseWrite, routes!(list)))
        .routes(guarded(Right::CourseRead, routes!(get)))
        .routes(guarded(Right::CourseWrite, routes!(remove)))
}

/// A file of a course.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CourseFile {
    /// Which file.
    pub id: CourseFileId,
    /// Its name.
    pub name: String,
    /// What it can be used for.
    pub kind: FileKind,
    /// Its size.
    pub bytes: i64,
    /// When it came in.
    #[schema(value_type = String, format = DateTime)]
    pub added_at: Micros,
}

impl From<file::Model> for CourseFile {
    fn from(row: file::Model) -> Self {
        CourseFile { id: row.id, name: row.name, kind: row.kind, bytes: row.bytes, added_at: row.added_at }
    }
}

/// Uploads a picture (PNG, JPEG, GIF, WebP; 50 MB), a video (MP4, WebM; 500 MB) or a file (PDF, Office, ZIP;
/// 50 MB) for lessons. Its content decides what it is.
#[utoipa::path(post, path = "/courses/{id}/files", tag = "courses", params(("id" = CourseId, Path)),
    request_body(content_type = "multipart/form-data", content = FileForm),
    responses((status = 201, body = CourseFile)))]
async fn upload(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result<(StatusCode, Json<CourseFile>)> {
    while let Some(field) = form.next().await? {
        if field.name() != Some("file") {
            continue;
        }
        let name: String = field.file_name().unwrap_or_default().chars().take(200).collect();
        let file = super::add(&ctx, By::Caller(&caller), id, &name, field.boxed()).await?;
        let db = ctx.db().read();
        let course = store::course(db, caller.tenant, id).await?;
        return Ok((StatusCode::CREATED, Json(store::file(db, &course, file).await?.into())));
    }
    Err(Error::field("file", "is missing: send the file as multipart field `file`"))
}

/// The files of a course that one may change, newest first.
#[utoipa::path(get, path = "/courses/{id}/files", tag = "courses", params(("id" = CourseId, Path)),
    responses((status = 200, body = Page<CourseFile>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CourseId>,
) -> Result<Json<Page<CourseFile>>> {
    let db = ctx.db().read();
    let course = visible(db, By::Caller(&caller), id).await?;
    if !may_edit(By::Caller(&caller), &course) {
        return Err(Error::forbidden("this course belongs to somebody else"));
    }
    let files = store::files(db, course.tenant_id, id).await?;
    Ok(Json(Page::whole(files.into_iter().map(CourseFile::from).collect())))
}

/// How a file comes: what it is, by its content; whole, in part, or not again.
struct SentFile;

impl IntoResponses for SentFile {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let empty = |description| openapi::ResponseBuilder::new().description(description).build();
        [
            ("200", contract::file(&sniff::MEDIA_TYPES)),
            ("206", contract::file(&sniff::MEDIA_TYPES)),
            ("304", empty("the browser's copy is good")),
            ("412", empty("it is not the one that `If-Match` or `If-Unmodified-Since` wants")),
            ("416", empty("it does not have the part that `Range` wants")),
        ]
        .map(|(status, response)| (status.to_owned(), RefOr::T(response)))
        .into()
    }
}

/// A file, whole or in part (`Range`).
#[utoipa::path(get, path = "/courses/{id}/files/{file}", tag = "courses",
    params(("id" = CourseId, Path), ("file" = CourseFileId, Path)),
    responses(SentFile))]
async fn get(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, file)): Path<(CourseId, CourseFileId)>,
    request: Request,
) -> Result<Response> {
    let db = ctx.db().read();
    let course = visible(db, By::Caller(&caller), id).await?;
    let file = store::file(db, &course, file).await?;
    let path = ctx.files().path(file.id.0);
    let sent = Download {
        path: &path,
        media_type: sniff::media_type(&file.ending),
        name: &file.name,
        inline: file.kind != FileKind::File,
    };
    download::send(sent, request).await
}

/// Removes a file that no lesson uses.
#[utoipa::path(delete, path = "/courses/{id}/files/{file}", tag = "courses",
    params(("id" = CourseId, Path), ("file" = CourseFileId, Path)), responses((status = 204)))]
async fn remove(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((id, file)): Path<(CourseId, CourseFileId)>,
) -> Result<StatusCode> {
    super::remove(&ctx, By::Caller(&caller), id, file).await?;
    Ok(DONE)
}
