//! Table of the inboxes.

use kexun_base::time::Micros;
use sea_orm::entity::prelude::*;

use super::NoticeId;
use crate::persons::PersonId;
use crate::tenants::TenantId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoticeId,
    pub tenant_id: TenantId,
    pub person_id: PersonId,
    pub kind: String,
    pub params: String,
    pub link: Option<String>,
    pub created_at: Micros,
    pub read_at: Option<Micros>,
    pub mailed_at: Option<Micros>,
    /// JSON: the calendar entry that its mail carries.
    pub calendar: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
