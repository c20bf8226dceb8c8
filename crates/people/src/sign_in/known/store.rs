//! The only queries on doubts.

use kexun_base::db::Tx;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QuerySelect};

use super::entity::{ActiveModel, Column, Entity};
use super::{DoubtId, LATE_SECONDS};
use crate::persons::PersonId;

pub async fn insert(ctx: &Ctx, tx: &Tx, person: PersonId) -> Result<()> {
    let now = ctx.now();
    // Twice as long as anybody asks for them.
    let old = Column::At.lt(now.plus_seconds(-2 * LATE_SECONDS));
    Entity::delete_many().filter(old).exec(tx).await?;
    let row = ActiveModel { id: Set(ctx.id()), person_id: Set(person), at: Set(now) };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn since(db: &impl ConnectionTrait, at: Micros) -> Result<Vec<(DoubtId, PersonId)>> {
    let query = Entity::find().select_only().columns([Column::Id, Column::PersonId]);
    Ok(query.filter(Column::At.gt(at)).into_tuple().all(db).await?)
}
