//! What is asked and answered about plans.

use std::collections::BTreeMap;

use kexun_base::ids::Uuid;
use kexun_base::time::{Day, Micros};
use kexun_people::tenants::{ShopId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::Change;
use super::{Content, PlanId, PlanKind, PlanState};
use crate::needs::NeedId;
use crate::roster::Named;

/// Which version of a plan to show.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanVersionAsked {
    /// Its number; if not said, the newest that one may see.
    pub number: Option<i32>,
}

/// What a plan is to be drafted from.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanDraftAsked)]
pub struct DraftAsked {
    /// What it is to be.
    pub kind: PlanKind,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Of this shop only.
    pub shop: Option<ShopId>,
    /// Of this team only.
    pub team: Option<TeamId>,
    /// The needs that it is to answer.
    pub needs: Vec<NeedId>,
}

/// A version of a plan, written anew.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanSave {
    /// The version of the plan that was seen.
    pub version: i32,
    /// What stands in it.
    pub content: Content,
}

/// That something is to become of a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanStep {
    /// The version of the plan that was seen.
    pub version: i32,
}

/// A decision on a plan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanDecision {
    /// The version of the plan that was seen.
    pub version: i32,
    /// A word with it; needed to send a plan back.
    #[serde(default)]
    pub comment: String,
}

/// A plan in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanHead {
    /// Its id.
    pub id: PlanId,
    /// What it is.
    pub kind: PlanKind,
    /// What it is called.
    pub title: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// In which shop; none: in the whole organisation.
    pub shop: Option<Named>,
    /// In which team.
    pub team: Option<Named>,
    /// How the newest version stands that I may see.
    pub state: PlanState,
    /// Number of the version in force.
    pub in_force: Option<i32>,
    /// Who made it.
    pub made_by: Option<Named>,
    /// Send it back with a change.
    pub version: i32,
}

/// A plan with one of its versions.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanDetail {
    /// The plan.
    pub plan: PlanHead,
    /// Number of the version shown.
    pub number: i32,
    /// How that version stands.
    pub state: PlanState,
    /// What stands in it.
    pub content: Content,
    /// How many its items are for now, in their order.
    pub people: Vec<usize>,
    /// What it may cost in all, in fen.
    pub budget: i64,
    /// The needs that it answers, as far as I may see them.
    pub needs: Vec<Named>,
    /// Names of members, shops and teams named in it, as far as I may know them.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub names: BTreeMap<Uuid, String>,
    /// All versions that I may see, the newest first.
    pub versions: Vec<PlanVersion>,
    /// Number of the version that it is compared with: the one approved before it.
    pub compared_with: Option<i32>,
    /// What differs from that one.
    pub changes: Vec<Change>,
    /// What was said about the plan, the first first.
    pub comments: Vec<PlanComment>,
    /// Whether I may change this version, and submit it.
    pub may_write: bool,
    /// Whether I may approve it or send it back.
    pub may_decide: bool,
    /// Whether I may revise the plan.
    pub may_revise: bool,
}

/// A version of a plan.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanVersion {
    /// Its number, from 1.
    pub number: i32,
    /// How it stands.
    pub state: PlanState,
    /// Who submitted it.
    pub submitted_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub submitted_at: Option<Micros>,
    /// Who approved it or sent it back.
    pub decided_by: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub decided_at: Option<Micros>,
}

/// A word said about a version.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlanComment {
    /// Of which version.
    pub number: i32,
    /// Who said it.
    pub by: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Micros,
    /// What was decided with it: approved or returned.
    pub state: PlanState,
    /// What was said.
    pub words: String,
}
