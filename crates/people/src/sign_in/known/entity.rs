//! The table of doubts.

use kexun_base::time::Micros;
use sea_orm::entity::prelude::*;

use super::DoubtId;
use crate::persons::PersonId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "caller_doubt")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DoubtId,
    pub person_id: PersonId,
    pub at: Micros,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
