//! Tables of the archive.

/// A line of somebody's archive.
pub mod entry {
    use kexun_base::events::EventId;
    use kexun_base::time::{Day, Micros};
    use kexun_people::competences::Competence;
    use kexun_people::persons::PersonId;
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::archive::EntryId;
    use crate::archive::rules::{EntryGrade, EntryKind, EntryStatus};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "archive_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EntryId,
        pub tenant_id: TenantId,
        pub person_id: PersonId,
        pub staff_id: StaffId,
        pub event_id: EventId,
        /// The event's place in the tenant's chain.
        pub seq: i64,
        pub at: Micros,
        /// The day that the event names, where it tells of another day than that on which it was written.
        pub day: Option<Day>,
        pub kind: EntryKind,
        pub title: String,
        pub competence: Option<Competence>,
        pub minutes: Option<i32>,
        pub score: Option<f64>,
        pub grade: Option<EntryGrade>,
        pub credits: Option<f64>,
        pub make_up: bool,
        pub status: Option<EntryStatus>,
        /// What tells entries about one and the same thing apart, e.g. the attempt at an exam.
        pub part: Option<Uuid>,
        pub subject_kind: String,
        pub subject: Uuid,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far a tenant's events have gone into its archive.
pub mod cursor {
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "archive_cursor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        pub seq: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Somebody's application for a look into an archive.
pub mod request {
    use kexun_base::time::Micros;
    use kexun_people::persons::PersonId;
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::TenantId;
    use sea_orm::entity::prelude::*;

    use crate::archive::RequestId;
    use crate::archive::rules::RequestState;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "archive_request")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RequestId,
        pub tenant_id: TenantId,
        /// Whose archive.
        pub staff_id: StaffId,
        /// Who applies.
        pub person_id: PersonId,
        pub purpose: String,
        pub days: i32,
        pub state: RequestState,
        pub asked_at: Micros,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<Micros>,
        pub reason: Option<String>,
        pub valid_until: Option<Micros>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
