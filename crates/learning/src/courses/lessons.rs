//! Adding, changing, moving and removing lessons.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::events;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::By;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::entity::{course, lesson};
use super::materials::CourseFileId;
use super::rules::{self, Content};
use super::service::{event, for_edit};
use super::{CourseId, CourseState, LessonId, LessonKind, enrolments, store};

/// The most lessons of a course.
const MOST: usize = 200;

/// A lesson as it is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LessonDraft {
    /// What it is called.
    pub title: String,
    /// What it is; stays.
    pub kind: LessonKind,
    /// Markdown; a picture of the course is `![words](file:<id>)`.
    #[serde(default)]
    pub body: String,
    /// The picture, video or file that it is about, uploaded before.
    pub file: Option<CourseFileId>,
    /// How long the video lasts, in seconds.
    pub length_s: Option<i32>,
    /// How long it takes, about; 1 to 600.
    pub minutes: i32,
    /// Whether the course is complete only when it is done.
    pub required: bool,
}

/// What is to change of a lesson; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LessonChange {
    /// What it is called.
    pub title: Option<String>,
    /// Markdown.
    pub body: Option<String>,
    /// Another file of the same kind.
    pub file: Option<CourseFileId>,
    /// How long the video lasts, in seconds.
    pub length_s: Option<i32>,
    /// How long it takes, about; 1 to 600.
    pub minutes: Option<i32>,
    /// Whether the course is complete only when it is done.
    pub required: Option<bool>,
    /// The version of the lesson that was seen.
    pub version: i32,
}

/// Adds a lesson at the end of a course.
///
/// # Errors
/// As [`super::change`]; `conflict` beyond 200 lessons.
pub async fn add_lesson(ctx: &Ctx, by: By<'_>, course: CourseId, draft: LessonDraft) -> Result<LessonId> {
    let tx = ctx.db().begin().await?;
    let course = for_edit(&tx, by, course).await?;
    let lessons = store::lessons(&tx, course.tenant_id, [course.id]).await?;
    if lessons.len() >= MOST {
        return Err(Error::conflict(format!("a course has {MOST} lessons at most; make a second course")));
    }
    let row = lesson::Model {
        id: ctx.id(),
        tenant_id: course.tenant_id,
        course_id: course.id,
        place: lessons.last().map_or(0, |last| last.place + 1),
        title: draft.title,
        kind: draft.kind,
        body: draft.body,
        course_file_id: draft.file,
        length_s: draft.length_s,
        minutes: draft.minutes,
        required: draft.required,
        gone: false,
        version: 1,
    };
    let row = checked(&tx, &course, row).await?;
    store::insert_lesson(&tx, row.clone()).await?;
    record(ctx, &tx, by, &course, &row, "lesson_added").await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a lesson; what people did in it stays.
///
/// # Errors
/// As [`add_lesson`]; `conflict` when a published course would have no required lesson left;
/// `stale_version`.
pub async fn change_lesson(
    ctx: &Ctx,
    by: By<'_>,
    course: CourseId,
    id: LessonId,
    change: LessonChange,
) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let course = for_edit(&tx, by, course).await?;
    let old = store::lesson(&tx, &course, id).await?;
    let row = lesson::Model {
        title: change.title.unwrap_or(old.title),
        body: change.body.unwrap_or(old.body),
        course_file_id: change.file.or(old.course_file_id),
        length_s: change.length_s.or(old.length_s),
        minutes: change.minutes.unwrap_or(old.minutes),
        required: change.required.unwrap_or(old.required),
        version: change.version,
        ..old
    };
    let row = store::update_lesson(&tx, checked(&tx, &course, row).await?).await?;
    settle(ctx, &tx, by, &course).await?;
    record(ctx, &tx, by, &course, &row, "lesson_changed").await?;
    Ok(tx.commit().await?)
}

/// Removes a lesson. Those who did it keep that; who has done all that is left has completed the course.
///
/// # Errors
/// As [`change_lesson`].
pub async fn remove_lesson(ctx: &Ctx, by: By<'_>, course: CourseId, id: LessonId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let course = for_edit(&tx, by, course).await?;
    let row = store::lesson(&tx, &course, id).await?;
    let row = lesson::Model { gone: true, course_file_id: None, ..row };
    let row = store::update_lesson(&tx, row).await?;
    settle(ctx, &tx, by, &course).await?;
    record(ctx, &tx, by, &course, &row, "lesson_removed").await?;
    Ok(tx.commit().await?)
}

/// Puts the lessons of a course into another order: all of them, each once.
///
/// # Errors
/// As [`super::change`]; `invalid` when they are not the lessons of the course.
pub async fn reorder(
    ctx: &Ctx,
    by: By<'_>,
    course: CourseId,
    order: &[LessonId],
    version: i32,
) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row = for_edit(&tx, by, course).await?;
    let lessons = store::lessons(&tx, row.tenant_id, [row.id]).await?;
    let there: BTreeSet<LessonId> = lessons.iter().map(|l| l.id).collect();
    let wanted: BTreeSet<LessonId> = order.iter().copied().collect();
    if there != wanted || order.len() != there.len() {
        return Err(Error::field("lessons", "must name all lessons of the course, each once; load it again"));
    }
    let row = store::update(&tx, course::Model { version, ..row }).await?;
    for (place, id) in (0..).zip(order) {
        store::place_lesson(&tx, row.tenant_id, *id, place).await?;
    }
    let data = json!({ "title": row.title, "what": "order" });
    events::record(ctx, &tx, event(by, &row, "course.changed", data)).await?;
    Ok(tx.commit().await?)
}

/// The lesson, cleaned, with a file of this very course.
async fn checked(tx: &Tx, course: &course::Model, row: lesson::Model) -> Result<lesson::Model> {
    let file = match row.course_file_id {
        Some(id) => Some(store::file(tx, course, id).await?.kind),
        None => None,
    };
    let content =
        Content { title: row.title, body: row.body, file, length_s: row.length_s, minutes: row.minutes };
    let Content { title, body, length_s, minutes, .. } = rules::content(row.kind, content)?;
    Ok(lesson::Model { title, body, length_s, minutes, ..row })
}

/// What a change of required lessons brings about in a published course.
async fn settle(ctx: &Ctx, tx: &Tx, by: By<'_>, course: &course::Model) -> Result<()> {
    if course.state != CourseState::Published {
        return Ok(());
    }
    if !store::lessons(tx, course.tenant_id, [course.id]).await?.iter().any(|l| l.required) {
        return Err(Error::conflict(
            "this is the last required lesson of a published course; make another one required first, or \
             withdraw the course",
        ));
    }
    enrolments::complete_who_are_done(ctx, tx, by, course).await
}

async fn record(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    course: &course::Model,
    lesson: &lesson::Model,
    what: &str,
) -> Result<()> {
    let data = json!({ "title": course.title, "what": what, "lesson": lesson.title });
    events::record(ctx, tx, event(by, course, "course.changed", data)).await.map(drop)
}
