//! Which roles of a tenant must have a second factor.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent};
use kexun_base::{Ctx, Result};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::store;
use crate::persons::PersonId;
use crate::rights::{By, Caller, Grant, Right, Role, Scope};
use crate::sign_in::known;
use crate::staff;
use crate::tenants::TenantId;

/// Whether somebody with these roles in a tenant must have a second factor and has none.
///
/// # Errors
/// When the database refuses.
pub async fn lacks(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    person: PersonId,
    grants: &[Grant],
) -> Result<bool> {
    let asked = store::policy(db, tenant).await?;
    if !grants.iter().any(|grant| asked.contains(&grant.role)) {
        return Ok(false);
    }
    Ok(!store::is_on(db, person).await?)
}

/// The roles that must have one.
///
/// # Errors
/// `forbidden` without the right; when the database refuses.
pub(super) async fn roles(ctx: &Ctx, caller: &Caller) -> Result<BTreeSet<Role>> {
    let scope = caller.scope(Right::OrgRead)?;
    store::policy(ctx.db().read(), scope.tenant).await
}

/// Says which roles must have one: at once, for all who are signed in, too.
///
/// # Errors
/// `forbidden` without the right on the whole tenant, or for a role that he could not grant; when the database
/// refuses.
pub(super) async fn set_roles(ctx: &Ctx, caller: &Caller, roles: &BTreeSet<Role>) -> Result<()> {
    let tenant = caller.whole(Right::OrgWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    // Nobody eases the rule, or makes one, for those who outrank him.
    let before = store::policy(&tx, tenant).await?;
    for role in before.symmetric_difference(roles) {
        caller.check_grant(&Grant { role: *role, shop_id: None, team_id: None })?;
    }
    set(ctx, &tx, By::Caller(caller), roles).await?;
    Ok(tx.commit().await?)
}

/// The same by whoever may say it for the whole tenant: that, the caller of this function decides.
///
/// # Errors
/// When the database refuses.
pub async fn set(ctx: &Ctx, tx: &Tx, by: By<'_>, roles: &BTreeSet<Role>) -> Result<()> {
    let tenant = by.tenant();
    store::set_policy(tx, tenant, roles).await?;
    for member in staff::members(tx, &Scope::whole(tenant)).await? {
        known::doubt(ctx, tx, member.person).await?;
    }
    let (kind, subject_kind, subject) = ("second_factor.asked", "tenant", tenant.0);
    let (tenant, actor, data) = (tenant.0, by.actor(), json!({ "roles": roles }));
    let event = NewEvent { tenant, kind, actor, subject_kind, subject, data, caused_by: None };
    events::record(ctx, tx, event).await.map(drop)
}
