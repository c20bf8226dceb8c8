//! Counting wrong codes per person, so that six digits cannot be guessed. A try is counted before the
//! code is looked at and taken back when it was right, so that many at once gain nothing.

use kexun_base::db::Tx;
use kexun_base::time::Micros;
use kexun_base::{Code, Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};

use super::rules::{TRIES, WINDOW_S};

mod entity {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "class_try")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff_id: StaffId,
        pub tenant_id: TenantId,
        pub failures: i32,
        /// When the first of them was.
        pub since: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use entity::{ActiveModel, Column, Entity};

/// Counts a try as wrong until [`passed`] says otherwise; commit it whatever comes.
///
/// # Errors
/// `throttled` when too many were wrong before.
pub async fn enter(tx: &Tx, tenant: TenantId, staff: StaffId, now: Micros) -> Result<()> {
    // Writing first holds the row until the transaction ends, on both databases.
    let first =
        ActiveModel { staff_id: Set(staff), tenant_id: Set(tenant), failures: Set(1), since: Set(now) };
    let more = OnConflict::column(Column::StaffId)
        .value(Column::Failures, Expr::col((Entity, Column::Failures)).add(1))
        .to_owned();
    Entity::insert(first).on_conflict(more).exec_without_returning(tx).await?;
    let row = Entity::find_by_id(staff).one(tx).await?;
    let row = row.ok_or_else(|| Error::internal("a counted try is not there"))?;
    let over = row.since.plus_seconds(WINDOW_S);
    // Wrong codes of the future were counted before the clock was set back.
    if now >= over || row.since > now.plus_seconds(60) {
        let anew =
            ActiveModel { staff_id: Set(staff), failures: Set(1), since: Set(now), ..Default::default() };
        Entity::update(anew).exec(tx).await?;
    } else if row.failures > TRIES {
        let wait = (over.0 - now.0) / 1_000_000 + 1;
        let detail = format!("too many wrong codes; wait {wait} seconds and read the screen again");
        return Err(Error::new(Code::Throttled, detail));
    }
    Ok(())
}

/// Takes the count back: the code was right.
pub async fn passed(tx: &Tx, staff: StaffId) -> Result<()> {
    Entity::delete_by_id(staff).exec(tx).await?;
    Ok(())
}
