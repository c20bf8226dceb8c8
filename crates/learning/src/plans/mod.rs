//! Plans (计划): what is to be taught to whom and why; approved and then frozen (PLN).

use kexun_base::{Error, Result};
use kexun_people::competences::Competence;
use kexun_people::staff::Audience;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

kexun_base::id!(
    /// A plan, with all its versions.
    PlanId,
    /// An item of a plan; it keeps its id from version to version.
    PlanItemId
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
    /// For whom.
    pub audience: Audience,
}

/// An item of an approved plan.
///
/// # Errors
/// `not_found` when there is none in this tenant, or its plan is not approved.
pub async fn item(_db: &impl ConnectionTrait, _tenant: TenantId, _id: PlanItemId) -> Result<ItemHead> {
    Err(Error::not_found("plan item"))
}
