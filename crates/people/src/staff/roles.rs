//! Granting and withdrawing roles.

use kexun_base::db::Tx;
use kexun_base::{Ctx, Error, Result};
use serde_json::json;

use super::entity::staff::Model;
use super::service::{place, record};
use super::{GrantId, StaffId, store};
use crate::rights::{By, Grant, Right, Role};
use crate::{notices, sign_in, tenants};

/// Grants a role to a member and tells him.
///
/// # Errors
/// `forbidden` for rights that the caller lacks there, and for making oneself an agent where one may not read
/// conversations; `conflict` when the member holds it already.
pub async fn grant(ctx: &Ctx, by: By<'_>, member: StaffId, new: Grant) -> Result<(GrantId, Grant)> {
    let tenant = by.scope(Right::RoleWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    let member = store::member(&tx, tenant, member).await?;
    sign_in::known::doubt(ctx, &tx, member.person_id).await?;
    let granted = grant_in(ctx, &tx, by, &member, new).await?;
    if by.actor().person() != Some(member.person_id.0) {
        let params = json!({ "role": new.role });
        notices::send(ctx, &tx, tenant, &[member.person_id], "role_granted", &params, Some("/me")).await?;
    }
    tx.commit().await?;
    Ok(granted)
}

/// As [`grant`], within a transaction and without a notice.
pub(super) async fn grant_in(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    member: &Model,
    new: Grant,
) -> Result<(GrantId, Grant)> {
    let (shop_id, team_id) = place(tx, member.tenant_id, new.shop_id, new.team_id).await?;
    let new = Grant { role: new.role, shop_id, team_id };
    by.check_grant(&new)?;
    if new.role == Role::Agent {
        by.check_opens_conversations(member.person_id, shop_id, team_id)?;
    }
    // Held until the end, so that nobody grants the same meanwhile.
    tenants::lock(tx, member.tenant_id).await?;
    if store::grants_of(tx, member.tenant_id, member.id).await?.contains(&new) {
        return Err(Error::conflict(format!("{} holds the role {} there already", member.name, new.role)));
    }
    let id = store::insert_grant(ctx, tx, member.tenant_id, member.id, new).await?;
    record(ctx, tx, by, "role.granted", "staff", member.id.0, json!(new)).await?;
    Ok((id, new))
}

/// Withdraws a role from a member.
///
/// # Errors
/// `forbidden` for rights that the caller lacks there; `conflict` when it would leave the tenant
/// without an administrator.
pub async fn withdraw(ctx: &Ctx, by: By<'_>, member: StaffId, id: GrantId) -> Result<()> {
    let tenant = by.scope(Right::RoleWrite)?.tenant;
    let tx = ctx.db().begin().await?;
    let held = store::grants(&tx, tenant, Some(&[member])).await?.remove(&member).unwrap_or_default();
    let found = held.into_iter().find(|(grant, _)| *grant == id);
    let (_, old) = found.ok_or_else(|| Error::not_found("role of this member"))?;
    by.check_grant(&old)?;
    tenants::lock(&tx, tenant).await?;
    let of_whole = old.role == Role::Admin && old.shop_id.is_none() && old.team_id.is_none();
    if of_whole && store::holders_of_whole(&tx, tenant, Role::Admin).await? <= 1 {
        return Err(Error::conflict("this is the last administrator; make somebody else one first"));
    }
    store::delete_grant(&tx, tenant, id).await?;
    sign_in::known::doubt(ctx, &tx, store::member(&tx, tenant, member).await?.person_id).await?;
    record(ctx, &tx, by, "role.withdrawn", "staff", member.0, json!(old)).await?;
    Ok(tx.commit().await?)
}
