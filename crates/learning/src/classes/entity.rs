//! Tables of the classes and of who takes part.

/// A class.
pub mod class {
    use kexun_base::time::Micros;
    use kexun_people::competences::Competence;
    use kexun_people::persons::PersonId;
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::classes::places::PlaceId;
    use crate::classes::{ClassId, ClassState};
    use crate::courses::CourseId;
    use crate::plans::PlanItemId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "class")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ClassId,
        pub tenant_id: TenantId,
        pub title: String,
        pub description: Option<String>,
        pub competence: Competence,
        pub of_course: Option<CourseId>,
        pub of_plan_item: Option<PlanItemId>,
        pub starts_at: Micros,
        pub ends_at: Micros,
        /// Name of the zone that its times are told in.
        pub zone: String,
        pub place_id: Option<PlaceId>,
        pub online_url: Option<String>,
        pub lecturer: StaffId,
        pub seats: Option<i32>,
        pub late_after_min: i32,
        /// JSON: the choice of who takes part, as it was made.
        pub audience: String,
        pub state: ClassState,
        /// Counts the changes that calendars must hear of.
        pub sequence: i32,
        /// Who arranged it; none: the operator.
        pub arranged_by: Option<PersonId>,
        pub cancel_reason: Option<String>,
        pub closed_at: Option<Micros>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// That somebody takes part.
pub mod participant {
    use kexun_base::time::Micros;
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::classes::{Attendance, ClassId, LeaveState, ParticipantId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "class_participant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ParticipantId,
        pub tenant_id: TenantId,
        pub class_id: ClassId,
        pub staff_id: StaffId,
        pub status: Attendance,
        pub signed_in_at: Option<Micros>,
        /// Why somebody set the status by hand.
        pub reason: Option<String>,
        pub leave_state: Option<LeaveState>,
        pub leave_reason: Option<String>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
