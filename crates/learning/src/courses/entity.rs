//! Tables of courses and their lessons.

/// A course.
pub mod course {
    use kexun_base::time::{Day, Micros};
    use kexun_people::competences::Competence;
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::courses::{CourseId, CourseLevel, CourseState};
    use crate::plans::PlanItemId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CourseId,
        pub tenant_id: TenantId,
        pub title: String,
        pub description: String,
        pub competence: Competence,
        pub level: CourseLevel,
        /// Who made it; none: somebody without a membership.
        pub owner: Option<StaffId>,
        /// The last day on which it takes people in.
        pub valid_until: Option<Day>,
        pub state: CourseState,
        pub plan_item: Option<PlanItemId>,
        pub made_at: Micros,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A lesson.
pub mod lesson {
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::courses::materials::CourseFileId;
    use crate::courses::{CourseId, LessonId, LessonKind};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_lesson")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LessonId,
        pub tenant_id: TenantId,
        pub course_id: CourseId,
        /// Lessons come in this order; equal places by id.
        pub place: i32,
        pub title: String,
        pub kind: LessonKind,
        /// Markdown.
        pub body: String,
        pub course_file_id: Option<CourseFileId>,
        /// How long a video lasts, in seconds.
        pub length_s: Option<i32>,
        /// How long it takes, about.
        pub minutes: i32,
        pub required: bool,
        /// Removed; kept for those who did it.
        pub gone: bool,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A picture, video or file of a course. Its bytes lie in `Ctx::files`.
pub mod file {
    use kexun_base::time::Micros;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::courses::CourseId;
    use crate::courses::materials::{CourseFileId, FileKind};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CourseFileId,
        pub tenant_id: TenantId,
        pub course_id: CourseId,
        pub name: String,
        pub kind: FileKind,
        /// The ending that its content has; says the media type too.
        pub ending: String,
        pub bytes: i64,
        pub added_at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
