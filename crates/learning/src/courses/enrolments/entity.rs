//! Tables of enrolments and of what people did in lessons.

/// That somebody is in a course.
pub mod enrolment {
    use kexun_base::time::{Day, Micros};
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::courses::CourseId;
    use crate::courses::enrolments::EnrolmentId;
    use crate::plans::PlanItemId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_enrolment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EnrolmentId,
        pub tenant_id: TenantId,
        pub course_id: CourseId,
        pub staff_id: StaffId,
        /// Why it was assigned.
        pub plan_item: Option<PlanItemId>,
        pub due: Option<Day>,
        pub assigned_at: Option<Micros>,
        pub opened_at: Option<Micros>,
        pub last_at: Option<Micros>,
        pub completed_at: Option<Micros>,
        /// In the zone of his shop.
        pub completed_on: Option<Day>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far somebody is in a lesson.
pub mod progress {
    use kexun_base::time::Micros;
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::courses::{CourseId, LessonId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_progress")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_lesson_id: LessonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff_id: StaffId,
        pub tenant_id: TenantId,
        pub course_id: CourseId,
        /// Seconds into a video; else the share of the page, 0 to 1.
        pub position: f64,
        pub watched_s: i32,
        /// From when on seconds of a video could be watched.
        pub since: Micros,
        pub last_at: Micros,
        pub done_at: Option<Micros>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
