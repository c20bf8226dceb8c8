//! Tables of attempts, answers and signs.

use kexun_base::time::Micros;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;

use super::AttemptState;
use crate::exams::rules::Grade;
use crate::exams::{AttemptId, ExamId};
use crate::points::Points;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    pub tenant_id: TenantId,
    pub exam_id: ExamId,
    pub staff_id: StaffId,
    /// 1 for his first attempt at the exam.
    pub number: i32,
    pub state: AttemptState,
    pub started_at: Micros,
    pub deadline: Micros,
    /// What kinds of answers the items take, short, so that saving one reads no sheet.
    pub shapes: String,
    /// The sheet as it was drawn, as JSON.
    pub sheet: String,
    pub possible: Points,
    pub submitted_at: Option<Micros>,
    pub earned: Option<Points>,
    pub score: Option<f64>,
    pub grade: Option<Grade>,
    pub graded_at: Option<Micros>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// An answer as it was given.
pub mod answer {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub attempt_id: AttemptId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub item: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub client_seq: i64,
        pub tenant_id: TenantId,
        pub response: String,
        pub at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A sign.
pub mod sign {
    use super::super::SignKind;
    use super::*;
    use crate::exams::SignId;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt_sign")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SignId,
        pub tenant_id: TenantId,
        pub attempt_id: AttemptId,
        pub kind: SignKind,
        pub seconds: i32,
        pub at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
