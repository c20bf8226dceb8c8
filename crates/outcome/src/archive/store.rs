//! The only queries on archives.

use std::collections::BTreeSet;

use kexun_base::Result;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::entity::entry;

/// Those of some things that stand in a member's archive.
///
/// # Errors
/// When the database refuses.
pub async fn standing_in(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    things: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let mut found = BTreeSet::new();
    for part in things.chunks(MAX_PARAMETERS - 2) {
        let query = entry::Entity::find().filter(entry::Column::TenantId.eq(tenant));
        let query = query.filter(entry::Column::StaffId.eq(staff));
        let query = query.filter(entry::Column::Subject.is_in(part.iter().copied()));
        let query = query.select_only().column(entry::Column::Subject).distinct();
        found.extend(query.into_tuple::<Uuid>().all(db).await?);
    }
    Ok(found)
}
