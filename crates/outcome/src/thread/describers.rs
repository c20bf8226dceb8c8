//! What things are called and what stands behind them, asked of the rooms that own them: one line a
//! kind.

use std::collections::HashMap;

use kexun_base::Result;
use kexun_base::ids::Uuid;
use kexun_learning::plans::{self, PlanItemId};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::rules::ThreadKind;

/// Where it can be seen what a need was raised from.
pub(super) struct Evidence {
    /// The page of the weak spots.
    pub weak_spot: String,
    /// The conversations.
    pub conversations: String,
}

/// What things of one kind are called; what is gone has no title.
pub(super) async fn titles(
    _db: &impl ConnectionTrait,
    _tenant: TenantId,
    _kind: ThreadKind,
    _ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    Ok(HashMap::new())
}

/// What these needs were raised from, as far as they were raised from figures.
pub(super) async fn evidence(
    _db: &impl ConnectionTrait,
    _tenant: TenantId,
    _needs: &[Uuid],
) -> Result<HashMap<Uuid, Evidence>> {
    Ok(HashMap::new())
}

/// The items of a plan.
pub(super) async fn items(_db: &impl ConnectionTrait, _tenant: TenantId, _plan: Uuid) -> Result<Vec<Uuid>> {
    Ok(Vec::new())
}

/// The plan that an item belongs to; none while the plan is not approved.
pub(super) async fn plan_of(db: &impl ConnectionTrait, tenant: TenantId, item: Uuid) -> Result<Option<Uuid>> {
    match plans::item(db, tenant, PlanItemId(item)).await {
        Ok(head) => Ok(Some(head.plan.0)),
        Err(error) if error.code == kexun_base::Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
