//! Where a member stood, from his first day on, by names.

use std::collections::HashMap;

use kexun_base::Result;
use kexun_base::time::Day;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::{StaffId, rules, store};
use crate::tenants::{self, TenantId};

/// A step of a member's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Step {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day; none: it lasts.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Day>,
    /// Name of the shop.
    pub shop: Option<String>,
    /// Name of the team.
    pub team: Option<String>,
    /// Level.
    pub level: String,
    /// Position.
    pub position: String,
}

/// A member's steps, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn history(db: &impl ConnectionTrait, tenant: TenantId, id: StaffId) -> Result<Vec<Step>> {
    let shops: HashMap<_, _> =
        tenants::shops(db, tenant).await?.into_iter().map(|s| (s.id, s.name)).collect();
    let teams: HashMap<_, _> =
        tenants::teams_ever(db, tenant).await?.into_iter().map(|t| (t.id, t.name)).collect();
    let steps = store::positions(db, tenant, Some(id)).await?;
    let step = |(step, to): (super::Position, Option<Day>)| Step {
        from: step.from,
        to,
        shop: step.shop.and_then(|id| shops.get(&id).cloned()),
        team: step.team.and_then(|id| teams.get(&id).cloned()),
        level: step.level,
        position: step.position,
    };
    Ok(rules::shown(steps).into_iter().map(step).collect())
}
