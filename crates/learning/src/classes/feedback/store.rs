//! The only queries on feedback.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::{Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;

use super::entity::{ActiveModel, Column, Entity, Model};
use crate::classes::ClassId;

/// All that was said about a class.
pub(super) async fn of_class(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    class: ClassId,
) -> Result<Vec<Model>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant));
    Ok(query.filter(Column::ClassId.eq(class)).all(db).await?)
}

/// What somebody said about a class.
pub(super) async fn mine(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    class: ClassId,
    staff: StaffId,
) -> Result<Option<Model>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::ClassId.eq(class));
    Ok(query.filter(Column::StaffId.eq(staff)).one(db).await?)
}

/// Those of these classes about which somebody said something.
pub(in crate::classes) async fn said(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    classes: &[ClassId],
) -> Result<BTreeSet<ClassId>> {
    let query = Entity::find().filter(Column::TenantId.eq(tenant)).filter(Column::StaffId.eq(staff));
    let rows = query.filter(Column::ClassId.is_in(classes.iter().copied())).all(db).await?;
    Ok(rows.into_iter().map(|row| row.class_id).collect())
}

/// Writes the first answer, or changes the one of the version that was seen.
pub(super) async fn put(tx: &Tx, row: Model) -> Result<Model> {
    if row.version == 0 {
        let row = Model { version: 1, ..row };
        let new = ActiveModel::from(row.clone()).reset_all();
        let written = Entity::insert(new).exec_without_returning(tx).await.map_err(Error::from);
        // Sent from two devices at once.
        return written.map(|_| row).map_err(|e| if e.is_unique_violation() { Error::stale() } else { e });
    }
    let seen = row.version;
    let row = Model { version: seen.saturating_add(1), ..row };
    let active = ActiveModel::from(row.clone()).reset_all();
    let query = Entity::update_many().set(active).filter(Column::Id.eq(row.id));
    let done = query.filter(Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}
