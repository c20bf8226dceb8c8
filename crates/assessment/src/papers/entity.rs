//! Table of papers.

use kexun_base::time::Micros;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;

use super::{PaperId, PaperState};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "paper")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaperId,
    pub tenant_id: TenantId,
    pub title: String,
    /// Its questions or rules, as JSON.
    pub content: String,
    pub shuffle_questions: bool,
    pub shuffle_options: bool,
    pub state: PaperState,
    pub changed_at: Micros,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
