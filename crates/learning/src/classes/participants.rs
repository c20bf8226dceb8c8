//! The only queries on who takes part in classes.

use std::collections::{BTreeSet, HashMap};

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::{Ctx, Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ExprTrait, QueryOrder};

use super::entity::participant::{ActiveModel, Column, Entity, Model};
use super::{Attendance, ClassId};

fn of(tenant: TenantId) -> Select<Entity> {
    Entity::find().filter(Column::TenantId.eq(tenant))
}

/// Who takes part in a class.
pub(super) async fn all(db: &impl ConnectionTrait, tenant: TenantId, class: ClassId) -> Result<Vec<Model>> {
    Ok(of(tenant).filter(Column::ClassId.eq(class)).order_by_asc(Column::Id).all(db).await?)
}

/// Who takes part in several classes.
pub(super) async fn of_classes(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    classes: impl IntoIterator<Item = ClassId>,
) -> Result<HashMap<ClassId, Vec<Model>>> {
    let classes: Vec<ClassId> = classes.into_iter().collect();
    let mut found: HashMap<ClassId, Vec<Model>> = HashMap::new();
    for part in classes.chunks(MAX_PARAMETERS) {
        for row in of(tenant).filter(Column::ClassId.is_in(part.iter().copied())).all(db).await? {
            found.entry(row.class_id).or_default().push(row);
        }
    }
    Ok(found)
}

/// Somebody who takes part.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    class: ClassId,
    staff: StaffId,
) -> Result<Model> {
    let query = of(tenant).filter(Column::ClassId.eq(class)).filter(Column::StaffId.eq(staff));
    query.one(db).await?.ok_or_else(|| Error::not_found("class that this person takes part in"))
}

/// Adds people who were invited.
pub(super) async fn add(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    class: ClassId,
    staff: &BTreeSet<StaffId>,
) -> Result<()> {
    let row = |staff: &StaffId| ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(tenant),
        class_id: Set(class),
        staff_id: Set(*staff),
        status: Set(Attendance::Invited),
        signed_in_at: Set(None),
        reason: Set(None),
        leave_state: Set(None),
        leave_reason: Set(None),
        version: Set(1),
    };
    let rows: Vec<_> = staff.iter().map(row).collect();
    for part in rows.chunks(MAX_PARAMETERS / 10) {
        Entity::insert_many(part.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Takes people out of a class.
pub(super) async fn remove(
    tx: &Tx,
    tenant: TenantId,
    class: ClassId,
    staff: &BTreeSet<StaffId>,
) -> Result<()> {
    let query = Entity::delete_many().filter(Column::TenantId.eq(tenant)).filter(Column::ClassId.eq(class));
    query.filter(Column::StaffId.is_in(staff.iter().copied())).exec(tx).await?;
    Ok(())
}

/// Writes how somebody stands; `row.version` is the one that the change was made from.
pub(super) async fn update(tx: &Tx, row: Model) -> Result<Model> {
    let seen = row.version;
    let row = Model { version: seen.saturating_add(1), ..row };
    let active = ActiveModel::from(row.clone()).reset_all();
    let query = Entity::update_many().set(active).filter(Column::Id.eq(row.id));
    let done = query.filter(Column::Version.eq(seen)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(row) } else { Err(Error::stale()) }
}

/// Makes those absent of whom nothing is known.
pub(super) async fn make_absent(tx: &Tx, tenant: TenantId, class: ClassId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(Attendance::Absent))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::ClassId.eq(class))
        .filter(Column::Status.eq(Attendance::Invited))
        .exec(tx)
        .await?;
    Ok(())
}
