//! Courses (课程): lessons of text, pictures, video and files, learned at one's own pace (TRN-1, TRN-3).
//!
//! - A course is a draft, then published, then withdrawn; it can be published again. Learners see what is
//!   published; a draft is seen by who may change it: its owner, and whoever makes courses for the
//!   whole organisation.
//! - Lessons keep their ids whatever becomes of a course, and with them how far people are. One that is
//!   removed is only marked as gone.
//! - A published course has a lesson that must be done: otherwise nobody could ever complete it.
//! - After its last day a course takes nobody in any more; who is in it may finish.
//!
//! | room | what it is for |
//! |---|---|
//! | [`materials`] | the pictures, videos and files of a course, taken by their content |
//! | [`enrolments`] | who is to learn what until when, and how far everybody is |

mod api;
pub mod enrolments;
mod entity;
mod lessons;
pub mod materials;
pub mod migration;
mod rules;
mod service;
mod store;
mod view;

use std::collections::{BTreeSet, HashMap};

use kexun_base::http::OpenApiRouter;
use kexun_base::{Ctx, Error, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

pub use lessons::{LessonChange, LessonDraft, add_lesson, change_lesson, remove_lesson, reorder};
pub use service::{CourseChange, CourseDraft, change, make, publish, withdraw};

kexun_base::id!(
    /// A course.
    CourseId,
    /// A lesson of a course.
    LessonId
);

kexun_base::words!(
    /// How a course stands.
    CourseState {
        /// Its makers see it.
        Draft = "draft",
        /// Everybody may learn in it.
        Published = "published",
        /// No longer offered.
        Withdrawn = "withdrawn",
    }
    /// How much a course expects one to know already.
    CourseLevel {
        /// 入门.
        Basic = "basic",
        /// 进阶.
        Intermediate = "intermediate",
        /// 高级.
        Advanced = "advanced",
    }
    /// What a lesson is.
    LessonKind {
        /// Text to read, with pictures in it.
        Text = "text",
        /// A picture.
        Image = "image",
        /// A video.
        Video = "video",
        /// A file to open elsewhere.
        File = "file",
    }
);

/// A course as others name it.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseHead {
    /// Which course.
    pub id: CourseId,
    /// What it is called.
    pub title: String,
    /// What it teaches.
    pub competence: Competence,
}

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    api::router().merge(materials::router()).merge(enrolments::router())
}

/// A published course.
///
/// # Errors
/// `not_found` when there is none in this tenant, or it is not published.
pub async fn head(db: &impl ConnectionTrait, tenant: TenantId, id: CourseId) -> Result<CourseHead> {
    let row = store::course(db, tenant, id).await?;
    if row.state != CourseState::Published {
        return Err(Error::not_found("course"));
    }
    Ok(CourseHead { id: row.id, title: row.title, competence: row.competence })
}

/// What courses are called.
///
/// # Errors
/// When the database refuses.
pub async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    store::titles(db, tenant, ids).await
}

/// Those of these courses that somebody sees: what is published, and what he may change.
///
/// # Errors
/// When the database refuses.
pub async fn visible_to(db: &impl ConnectionTrait, caller: &Caller, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    if !caller.may(Right::CourseRead) {
        return Ok(BTreeSet::new());
    }
    let rows = store::by_ids(db, caller.tenant, ids.iter().copied().map(CourseId)).await?;
    let seen = rows.into_iter().filter(|row| service::sees(By::Caller(caller), row));
    Ok(seen.map(|row| row.id.0).collect())
}
