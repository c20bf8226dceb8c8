//! Plans (计划): what is to be taught to whom and why; approved and then frozen (PLN).
//!
//! - Annual and temporary plans are of whoever plans for the whole organisation; quarterly and monthly ones
//!   also of supervisors, for their own shop or team. An audience reaches no further than the plan's place.
//! - A plan has versions. The newest is a draft, is submitted, and is approved or returned with a comment, by
//!   somebody other than who submitted it. An approved version never changes: whoever wants it otherwise
//!   revises it, which makes a draft beside it; what differs is shown; its approval supersedes it.
//! - An item keeps its id from version to version. With approval its needs become planned, and audience,
//!   lecturer and who else is to know are told, all in one transaction.
//!
//! `docs/needs-and-plans.md` says how it is used.

mod api;
mod check;
mod content;
mod decide;
mod draft;
mod entity;
mod home;
pub mod migration;
mod proposal;
mod rules;
mod service;
mod store;
mod view;
mod wire;

use std::collections::{BTreeSet, HashMap};

use kexun_base::ids::Uuid;
use kexun_base::{Code, Error, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::Audience;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

pub(crate) use api::router;
pub use content::{Content, Item};
pub(crate) use draft::Asked;
pub(crate) use home::part as home_part;

kexun_base::id!(
    /// A plan, with all its versions.
    PlanId,
    /// An item of a plan; it keeps its id from version to version.
    PlanItemId,
    /// A word said about a version of a plan.
    PlanCommentId
);

kexun_base::words!(
    /// What a plan is.
    PlanKind {
        /// 年度计划: of the whole organisation, for a year.
        Annual = "annual",
        /// 季度计划: for a quarter.
        Quarterly = "quarterly",
        /// 月度计划: for a month.
        Monthly = "monthly",
        /// 临时计划: of the whole organisation, for what happened.
        Temporary = "temporary",
    }

    /// How a version of a plan stands.
    PlanState {
        /// 草稿: being written.
        Draft = "draft",
        /// 待审批: waiting to be approved.
        Submitted = "submitted",
        /// 已退回: sent back with a comment; being written again.
        Returned = "returned",
        /// 生效中: approved and in force.
        Approved = "approved",
        /// 已被新版取代: a later version is in force.
        Superseded = "superseded",
    }
);

/// An item of the version in force.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemHead {
    /// Which item.
    pub id: PlanItemId,
    /// Of which plan.
    pub plan: PlanId,
    /// What it is called.
    pub title: String,
    /// What it teaches.
    pub competence: Competence,
    /// Key of the figure that should get better.
    pub figure: Option<String>,
    /// For whom. A rule in it reaches no further than the plan's shop or team.
    pub audience: Audience,
}

/// An item of an approved plan.
///
/// # Errors
/// `not_found` when there is none in this tenant, or its plan is not approved.
pub async fn item(db: &impl ConnectionTrait, tenant: TenantId, id: PlanItemId) -> Result<ItemHead> {
    let unknown = || Error::not_found("plan item");
    let row = store::items(db, tenant, &[id]).await?.pop().filter(|row| row.in_force).ok_or_else(unknown)?;
    let plan = store::plan(db, tenant, row.plan_id).await?;
    let number = plan.in_force.ok_or_else(unknown)?;
    let content = store::content(db, tenant, plan.id, number).await?;
    let item = content.items.into_iter().find(|item| item.id == Some(id)).ok_or_else(unknown)?;
    let Item { title, competence, figure, audience, .. } = item;
    Ok(ItemHead { id, plan: plan.id, title, competence, figure, audience })
}

/// The items in force of a plan, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn items_of(db: &impl ConnectionTrait, tenant: TenantId, plan: PlanId) -> Result<Vec<PlanItemId>> {
    let rows = store::items_of(db, tenant, plan).await?;
    Ok(rows.into_iter().filter(|row| row.in_force).map(|row| row.id).collect())
}

/// What items are called. Ids of no item of the tenant are left out.
///
/// # Errors
/// When the database refuses.
pub async fn item_titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<PlanItemId> = ids.iter().copied().map(PlanItemId).collect();
    let rows = store::items(db, tenant, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.title)).collect())
}

/// Which plans items are of: the page of an item is that of its plan. Ids of no item of the tenant are
/// left out.
///
/// # Errors
/// When the database refuses.
pub async fn plans_of_items(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, PlanId>> {
    let ids: Vec<PlanItemId> = ids.iter().copied().map(PlanItemId).collect();
    let rows = store::items(db, tenant, &ids).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.plan_id)).collect())
}

/// What plans are called. Ids of no plan of the tenant are left out.
///
/// # Errors
/// When the database refuses.
pub async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<PlanId> = ids.iter().copied().map(PlanId).collect();
    Ok(store::plans(db, tenant, &ids).await?.into_iter().map(|row| (row.id.0, row.title)).collect())
}

/// Those of these plans that somebody sees, with what is in force in them or all of it.
///
/// # Errors
/// When the database refuses.
pub async fn visible_to(db: &impl ConnectionTrait, caller: &Caller, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    let Ok(scope) = caller.scope(Right::PlanRead) else { return Ok(BTreeSet::new()) };
    let mut found = BTreeSet::new();
    for id in ids {
        match service::visible(db, &scope, PlanId(*id)).await {
            Ok(_) => found.insert(*id),
            Err(error) if error.code == Code::NotFound => false,
            Err(error) => return Err(error),
        };
    }
    Ok(found)
}
