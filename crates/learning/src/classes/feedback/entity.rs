//! Table of the feedback.

use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;

use super::FeedbackId;
use crate::classes::ClassId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "class_feedback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedbackId,
    pub tenant_id: TenantId,
    pub class_id: ClassId,
    /// So that he answers once and can change it; shown to nobody else.
    pub staff_id: StaffId,
    pub content: i32,
    pub lecturer: i32,
    pub organisation: i32,
    pub applicable: i32,
    pub remarks: Option<String>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
