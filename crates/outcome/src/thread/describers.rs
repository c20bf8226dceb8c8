//! What things are called and what stands behind them, asked of the rooms that own them: one line a
//! kind.

use std::collections::{BTreeSet, HashMap};

use kexun_assessment::exams;
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Result};
use kexun_learning::plans::{self, PlanId};
use kexun_learning::{classes, courses, needs};
use kexun_people::rights::Caller;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::rules::ThreadKind;
use crate::evaluation;

/// Where it can be seen what a need was raised from.
pub(super) struct Evidence {
    /// The page of the weak spots.
    pub weak_spot: String,
    /// The conversations.
    pub conversations: String,
}

/// What things of one kind are called; what is gone has no title.
pub(super) async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    kind: ThreadKind,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    match kind {
        ThreadKind::Need => needs::titles(db, tenant, ids).await,
        ThreadKind::Plan => plans::titles(db, tenant, ids).await,
        ThreadKind::PlanItem => plans::item_titles(db, tenant, ids).await,
        ThreadKind::Course => courses::titles(db, tenant, ids).await,
        ThreadKind::Class => classes::titles(db, tenant, ids).await,
        ThreadKind::Exam => exams::titles(db, tenant, ids).await,
        ThreadKind::Evaluation => evaluation::titles(db, tenant, ids).await,
        // A task stands beside the chain.
        ThreadKind::Task => Ok(HashMap::new()),
    }
}

/// Which of these things of one kind somebody sees, as the room that owns them has it.
pub(super) async fn visible(
    ctx: &Ctx,
    caller: &Caller,
    kind: ThreadKind,
    ids: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let db = ctx.db().read();
    match kind {
        ThreadKind::Need => needs::visible_to(db, caller, ids).await,
        ThreadKind::Plan => plans::visible_to(db, caller, ids).await,
        // An item is read on the page of its plan.
        ThreadKind::PlanItem => {
            let plans = plans::plans_of_items(db, caller.tenant, ids).await?;
            let of: Vec<Uuid> = plans.values().map(|plan| plan.0).collect();
            let seen = plans::visible_to(db, caller, &of).await?;
            Ok(plans.into_iter().filter(|(_, plan)| seen.contains(&plan.0)).map(|(item, _)| item).collect())
        }
        ThreadKind::Course => courses::visible_to(db, caller, ids).await,
        ThreadKind::Class => classes::visible_to(db, caller, ids).await,
        ThreadKind::Exam => exams::visible_to(db, caller, ids).await,
        ThreadKind::Evaluation => evaluation::visible_to(ctx, caller, ids).await,
        // A task stands beside the chain.
        ThreadKind::Task => Ok(BTreeSet::new()),
    }
}

/// What these needs were raised from, as far as they were raised from figures.
pub(super) async fn evidence(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    needs: &[Uuid],
) -> Result<HashMap<Uuid, Evidence>> {
    let links = needs::evidence_links(db, tenant, needs).await?;
    let evidence = |l: needs::Links| Evidence { weak_spot: l.weak_spot, conversations: l.conversations };
    Ok(links.into_iter().map(|(id, links)| (id, evidence(links))).collect())
}

/// The items of a plan.
pub(super) async fn items(db: &impl ConnectionTrait, tenant: TenantId, plan: Uuid) -> Result<Vec<Uuid>> {
    Ok(plans::items_of(db, tenant, PlanId(plan)).await?.into_iter().map(|item| item.0).collect())
}

/// The plan that an item belongs to.
pub(super) async fn plan_of(db: &impl ConnectionTrait, tenant: TenantId, item: Uuid) -> Result<Option<Uuid>> {
    Ok(plans::plans_of_items(db, tenant, &[item]).await?.remove(&item).map(|plan| plan.0))
}
