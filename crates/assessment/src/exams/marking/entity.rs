//! Table of the marks.

use kexun_base::time::Micros;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;

use crate::exams::{AttemptId, ExamId, MarkId};
use crate::points::Points;
use crate::questions::QuestionId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_mark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MarkId,
    pub tenant_id: TenantId,
    pub exam_id: ExamId,
    pub attempt_id: AttemptId,
    pub item: i32,
    pub question_id: QuestionId,
    pub revision: i32,
    pub worth: Points,
    /// None: waits for a person.
    pub points: Option<Points>,
    /// The answer, where a person has to mark it.
    pub response: Option<String>,
    pub comment: String,
    pub marked_by: Option<StaffId>,
    pub marked_at: Option<Micros>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
