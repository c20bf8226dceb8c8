//! Table of the jobs.

use sea_orm::entity::prelude::*;

use super::JobId;
use crate::time::Micros;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    pub tenant_id: Option<Uuid>,
    pub kind: String,
    pub payload: String,
    pub state: String,
    pub attempts: i32,
    pub run_at: Micros,
    pub leased_until: Micros,
    pub last_error: Option<String>,
    pub created_at: Micros,
    /// Jobs of one lane are done one after the other, in the order in which they were ordered.
    pub lane: Option<String>,
    /// How many tries ended by a fault of the job's own, or with the process.
    pub faults: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
