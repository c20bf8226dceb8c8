//! Needs (需求): what people cannot do yet, where that is known from, and what becomes of it (NED).
//!
//! - Anybody reports a difficulty of his own; who answers for people also reports for them, raises a need
//!   from a weak spot by a click, or lets a rule raise those of the last four weeks.
//! - A weak spot is found anew when it is raised, and kept with the need as it then stood: the evidence
//!   leads back to it and to the conversations.
//! - A need is *reported*, sorted and *forwarded*, and ends as an item of a plan, as coaching, as a task of
//!   improvement for a department, or refused with a reason. Two that are one become one (*merged*).
//! - Who reported it sees what becomes of it; nobody sees another agent's needs.
//! - For one account and figure no second need is raised while one is open, or from the same days.
//!
//! `docs/needs-and-plans.md` says how it is used.

mod api;
mod entity;
mod home;
pub mod migration;
pub(crate) mod rules;
mod service;
mod sorting;
mod spots;
pub(crate) mod store;
mod tasks;
mod timeline;
mod view;
mod wire;

use std::collections::{BTreeSet, HashMap};

use kexun_base::Result;
use kexun_base::ids::Uuid;
use kexun_base::time::Day;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::AccountId;
use kexun_people::tenants::{ShopId, TeamId, TenantId};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use api::router;
pub(crate) use home::part as home_part;
pub(crate) use service::{seen, subject, to_plan};
pub(crate) use sorting::{Answered, plan};
pub(crate) use spots::{EVENTS, JOB, run_rule};

kexun_base::id!(
    /// A training need.
    NeedId,
    /// A task that came of a need: coaching, or an improvement by a department.
    TaskId
);

kexun_base::words!(
    /// Where a need is known from.
    NeedSource {
        /// 薄弱点: raised from a weak spot by somebody.
        WeakSpot = "weak_spot",
        /// 上报: reported by people.
        Report = "report",
        /// 规则: raised from a weak spot by rule.
        Rule = "rule",
    }

    /// How a need stands.
    NeedState {
        /// 待整理: nobody has sorted it yet.
        Reported = "reported",
        /// 待安排: sorted, and to be planned.
        Forwarded = "forwarded",
        /// 已列入计划: an item of an approved plan answers it.
        Planned = "planned",
        /// 辅导: somebody coaches.
        Coaching = "coaching",
        /// 改进: a department improves a product, a page or a process.
        Improvement = "improvement",
        /// 不予安排: refused, with a reason.
        Refused = "refused",
        /// 已合并: it is part of another need.
        Merged = "merged",
    }

    /// What a task is.
    TaskKind {
        /// 辅导: with the people of the need.
        Coaching = "coaching",
        /// 改进: of something that is no person's fault.
        Improvement = "improvement",
    }

    /// How a task stands.
    TaskState {
        /// To be done.
        Open = "open",
        /// Done.
        Done = "done",
    }
);

impl NeedState {
    /// Whether it is still to be settled.
    pub fn is_open(self) -> bool {
        matches!(self, NeedState::Reported | NeedState::Forwarded)
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = NeedText)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A weak spot as it stood when a need was raised from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = NeedEvidence)]
pub struct Evidence {
    /// Key of the figure.
    pub key: String,
    /// Its name.
    pub figure: Said,
    /// `seconds` or `share`: of value, estimate, low, high, peers and target.
    pub unit: String,
    /// First day looked at.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// The agent account.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// The shop.
    pub shop: ShopId,
    /// The team at that time.
    pub team: Option<TeamId>,
    /// Cases.
    pub n: u64,
    /// The figure from the cases alone.
    pub value: f64,
    /// The true value, as far as the cases tell.
    pub estimate: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The others of the team.
    pub peers: Option<f64>,
    /// The target then in force.
    pub target: Option<f64>,
    /// `peers` or `target`: which of the two the words speak of.
    pub against: String,
    /// Probability that it is worse than that by more than the margin, 0 to 1.
    pub certainty: f64,
    /// All this in a sentence.
    pub words: Said,
}

/// Pages that show what a need was raised from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = NeedLinks)]
pub struct Links {
    /// The weak spots of those days.
    pub weak_spot: String,
    /// The conversations that make the figure worse.
    pub conversations: String,
}

impl Evidence {
    /// Where it can be looked at.
    pub fn links(&self) -> Links {
        let Evidence { from, to, shop, account, key, .. } = self;
        Links {
            weak_spot: format!("/weak-spots?from={from}&to={to}&shop={shop}"),
            conversations: format!(
                "/conversations?from={from}&to={to}&shop={shop}&agent={account}&miss={key}"
            ),
        }
    }
}

/// What needs are called. Ids of no need of the tenant are left out.
///
/// # Errors
/// When the database refuses.
pub async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<NeedId> = ids.iter().copied().map(NeedId).collect();
    let rows = store::by_ids(db, tenant, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.title)).collect())
}

/// Where the weak spots and the conversations are seen that needs were raised from: the beginning of
/// a thread. Needs without such evidence, and ids of no need of the tenant, are left out.
///
/// # Errors
/// When the database refuses.
pub async fn evidence_links(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Links>> {
    let ids: Vec<NeedId> = ids.iter().copied().map(NeedId).collect();
    let rows = store::by_ids(db, tenant, &ids).await?;
    let links = |row: &entity::need::Model| Ok(store::evidence(row)?.map(|e| (row.id.0, e.links())));
    rows.iter().filter_map(|row| links(row).transpose()).collect()
}

/// Those of these needs that somebody sees: his own reports, and those of his people.
///
/// # Errors
/// When the database refuses.
pub async fn visible_to(db: &impl ConnectionTrait, caller: &Caller, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    let Ok(scope) = caller.scope(Right::NeedRead) else { return Ok(BTreeSet::new()) };
    let ids: Vec<NeedId> = ids.iter().copied().map(NeedId).collect();
    Ok(seen(db, &scope, &ids).await?.into_iter().map(|row| row.id.0).collect())
}
