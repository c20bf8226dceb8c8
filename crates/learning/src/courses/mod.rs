//! Courses (课程): lessons of text, pictures, video and files, learned at one's own pace (TRN-1, TRN-3).

use kexun_base::{Error, Result};
use kexun_people::competences::Competence;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

kexun_base::id!(
    /// A course.
    CourseId,
    /// A lesson of a course.
    LessonId
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

/// A published course.
///
/// # Errors
/// `not_found` when there is none in this tenant, or it is not published.
pub async fn head(_db: &impl ConnectionTrait, _tenant: TenantId, _id: CourseId) -> Result<CourseHead> {
    Err(Error::not_found("course"))
}
