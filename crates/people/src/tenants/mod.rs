//! Tenants (marketplaces, merchants, companies), and inside them shops and teams (ORG-1).
//!
//! What one tenant has, another never sees. A marketplace sees its merchants through
//! [`merchants`], and nothing else looks across.

mod api;
mod clock;
mod entity;
pub mod migration;
mod rules;
mod service;
mod store;

use chrono_tz::Tz;
use kexun_base::time::Day;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use api::router;
pub use clock::{DEFAULT_ZONE, today, zone, zone_of};
pub use service::{NewTenant, ShopDraft, create, create_shop, create_team, ensure_team};
pub use store::{
    add_promised_shop, ensure_shop, every, lock, merchants, shop, shops, team, teams, teams_ever, tenant,
    tenant_by_slug,
};

kexun_base::id!(
    /// A tenant: whoever has books of its own.
    TenantId,
    /// A shop (店铺) of a tenant.
    ShopId,
    /// A team (小组) of a shop.
    TeamId,
);

/// What a tenant is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TenantKind)]
pub enum Kind {
    /// 平台: oversees merchants.
    Marketplace,
    /// 入驻商家: belongs to a marketplace.
    Merchant,
    /// A company of its own.
    Company,
}

impl Kind {
    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Marketplace => "marketplace",
            Kind::Merchant => "merchant",
            Kind::Company => "company",
        }
    }
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its short name in addresses and at the command line.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The marketplace that a merchant belongs to.
    pub parent: Option<TenantId>,
    /// Counts its changes.
    pub version: i32,
}

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Its id.
    pub id: ShopId,
    /// Its number within the tenant, from 1: what compact encodings hold.
    pub number: i32,
    /// Its code in imports; unique in the tenant.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The zone that its days are counted in now.
    pub zone: Tz,
    /// The zones it had before and has: from which day on; the first counts for all days before, too.
    pub zones: Vec<(Day, Tz)>,
    /// Counts its changes.
    pub version: i32,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its number within the tenant, from 1.
    pub number: i32,
    /// The shop it belongs to.
    pub shop: ShopId,
    /// Its name.
    pub name: String,
    /// Counts its changes.
    pub version: i32,
}
