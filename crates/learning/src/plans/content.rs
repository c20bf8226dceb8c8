//! What stands in a version of a plan.

use std::collections::BTreeSet;

use kexun_base::time::Day;
use kexun_people::competences::Competence;
use kexun_people::staff::{Audience, StaffId};
use kexun_people::tenants::{ShopId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{PlanItemId, PlanKind};
use crate::needs::NeedId;

/// A version of a plan, as it is written, approved and frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanContent)]
pub struct Content {
    /// What it is; never changes.
    pub kind: PlanKind,
    /// What it is called.
    pub title: String,
    /// What it is to reach; may be empty.
    #[serde(default)]
    pub goals: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Of this shop only; never changes.
    pub shop: Option<ShopId>,
    /// Of this team only; never changes.
    pub team: Option<TeamId>,
    /// Who else must be told of its approval.
    #[serde(default)]
    pub notify: Audience,
    /// What is to be taught.
    pub items: Vec<Item>,
}

/// An item of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanItem)]
pub struct Item {
    /// Its id; none: it is new.
    pub id: Option<PlanItemId>,
    /// What it is called.
    pub title: String,
    /// What is taught; may be empty.
    #[serde(default)]
    pub contents: String,
    /// Of which field.
    pub competence: Competence,
    /// Key of the figure that should get better.
    pub figure: Option<String>,
    /// What is to be reached, in words; may be empty.
    #[serde(default)]
    pub target: String,
    /// For whom.
    #[serde(default)]
    pub audience: Audience,
    /// Who teaches.
    pub lecturer: Option<StaffId>,
    /// How long it takes, in minutes (an hour: 60).
    pub minutes: i32,
    /// First day on which it may take place.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Why; may be empty.
    #[serde(default)]
    pub reason: String,
    /// The needs that it answers.
    #[serde(default)]
    pub needs: BTreeSet<NeedId>,
    /// What it may cost, in fen.
    #[serde(default)]
    pub budget: i64,
}

impl Content {
    /// All needs that its items answer.
    pub fn needs(&self) -> Vec<NeedId> {
        self.items.iter().flat_map(|item| item.needs.iter().copied()).collect()
    }

    /// What it may cost in all, in fen.
    pub fn budget(&self) -> i64 {
        self.items.iter().map(|item| item.budget).sum()
    }
}
