//! Targets (目标值): what a figure is to reach, or not to pass, in a shop or in the whole tenant.
//!
//! A shop's own target goes before the tenant's. One that was withdrawn keeps its row, and with it its
//! version, so that two people who set it at once cannot overwrite each other unseen.

mod api;
mod entity;
pub mod migration;
mod service;
mod store;

use kexun_people::tenants::ShopId;
use serde::Serialize;
use utoipa::ToSchema;

pub use api::router;
pub use service::{Draft, set};
pub use store::list;

kexun_base::id!(
    /// A target.
    TargetId
);

/// What a figure is to reach, or not to pass.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Target {
    /// Key of the figure.
    pub key: String,
    /// In which shop; none: wherever a shop has no target of its own.
    pub shop_id: Option<ShopId>,
    /// A share from 0 to 1, or seconds; none: withdrawn.
    pub target: Option<f64>,
    /// Send it back with a change.
    pub version: i32,
}

/// The target in force for a figure in a shop: its own, else the tenant's.
pub fn in_force(targets: &[Target], key: &str, shop: ShopId) -> Option<f64> {
    let of = |place: Option<ShopId>| targets.iter().find(|t| t.key == key && t.shop_id == place)?.target;
    of(Some(shop)).or_else(|| of(None))
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;

    #[test]
    fn the_shops_own_target_goes_first() {
        let (own, other) = (ShopId(Uuid::from_u128(1)), ShopId(Uuid::from_u128(2)));
        let target = |shop_id, target| Target { key: "satisfaction".into(), shop_id, target, version: 1 };
        let targets = [target(None, Some(0.9)), target(Some(own), Some(0.95)), target(Some(other), None)];
        assert_eq!(in_force(&targets, "satisfaction", own), Some(0.95));
        // Withdrawn for the shop: the tenant's counts again.
        assert_eq!(in_force(&targets, "satisfaction", other), Some(0.9));
        assert_eq!(in_force(&targets, "resolution", own), None);
    }
}
