//! Taking files in and removing them.

use axum::body::Bytes;
use futures::{Stream, StreamExt, stream};
use kexun_base::events;
use kexun_base::{Code, Ctx, Error, Result};
use kexun_people::rights::By;
use serde_json::json;

use super::super::entity::file;
use super::super::service::{event, for_edit};
use super::super::{CourseId, store};
use super::CourseFileId;
use super::sniff::{self, Found};

/// Takes a file in for a course that one may change. It is on disk when this returns.
///
/// # Errors
/// `forbidden`, `not_found` for the course; `unsupported_content` for bytes of no kind that is taken,
/// `too_large`; `invalid` when nothing comes or the upload breaks off.
pub async fn add<S, E>(ctx: &Ctx, by: By<'_>, course: CourseId, name: &str, bytes: S) -> Result<CourseFileId>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
    E: std::fmt::Display + Send,
{
    // Before half an hour of upload, not after it.
    let tx = ctx.db().begin().await?;
    for_edit(&tx, by, course).await?;
    tx.rollback().await?;
    let id: CourseFileId = ctx.id();
    let (found, size) = keep(ctx, id, name, bytes).await?;
    let kept = enter(ctx, by, course, id, found, &sniff::cleaned(name, found.ending), size).await;
    if kept.is_err() {
        ctx.files().remove(id.0).await?;
    }
    kept.map(|()| id)
}

/// Looks at the beginning, then takes in the whole.
async fn keep<S, E>(ctx: &Ctx, id: CourseFileId, name: &str, mut bytes: S) -> Result<(Found, u64)>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
    E: std::fmt::Display + Send,
{
    let mut head = Vec::new();
    while head.len() < sniff::HEAD {
        match bytes.next().await {
            Some(Ok(part)) => head.extend_from_slice(&part),
            Some(Err(e)) => return Err(Error::invalid(format!("the upload broke off: {e}; send it again"))),
            None => break,
        }
    }
    if head.is_empty() {
        return Err(Error::field("file", "is empty; choose another one"));
    }
    let found = sniff::found(&head[..head.len().min(sniff::HEAD)], name).ok_or_else(|| {
        Error::new(
            Code::UnsupportedContent,
            "the content of this file is none of PNG, JPEG, GIF, WebP, MP4, WebM, PDF, Word, Excel, \
             PowerPoint or ZIP; convert it to one of them",
        )
    })?;
    let whole = stream::once(async { Ok(Bytes::from(head)) }).boxed().chain(bytes);
    let size = ctx.files().save(id.0, whole, found.kind.most_bytes()).await?;
    Ok((found, size))
}

async fn enter(
    ctx: &Ctx,
    by: By<'_>,
    course: CourseId,
    id: CourseFileId,
    found: Found,
    name: &str,
    size: u64,
) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let course = for_edit(&tx, by, course).await?;
    let row = file::Model {
        id,
        tenant_id: course.tenant_id,
        course_id: course.id,
        name: name.to_owned(),
        kind: found.kind,
        ending: found.ending.to_owned(),
        bytes: i64::try_from(size).unwrap_or(i64::MAX),
        added_at: ctx.now(),
    };
    store::insert_file(&tx, row).await?;
    let data = json!({ "title": course.title, "what": "file_added", "file": name, "bytes": size });
    events::record(ctx, &tx, event(by, &course, "course.changed", data)).await?;
    Ok(tx.commit().await?)
}

/// Removes a file that no lesson uses.
///
/// # Errors
/// As [`add`]; `conflict` while a lesson uses it.
pub async fn remove(ctx: &Ctx, by: By<'_>, course: CourseId, id: CourseFileId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let course = for_edit(&tx, by, course).await?;
    let row = store::file(&tx, &course, id).await?;
    let mention = format!("file:{id}");
    let lessons = store::lessons(&tx, course.tenant_id, [course.id]).await?;
    if let Some(user) = lessons.iter().find(|l| l.course_file_id == Some(id) || l.body.contains(&mention)) {
        let detail = format!("the lesson “{}” uses this file; change the lesson first", user.title);
        return Err(Error::conflict(detail));
    }
    store::remove_file(&tx, &row).await?;
    let data = json!({ "title": course.title, "what": "file_removed", "file": row.name });
    events::record(ctx, &tx, event(by, &course, "course.changed", data)).await?;
    tx.commit().await?;
    ctx.files().remove(id.0).await
}
