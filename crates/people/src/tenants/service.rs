//! Setting up and changing tenants, shops and teams.

use chrono_tz::Tz;
use kexun_base::db::Tx;
use kexun_base::events::{self, Actor, NewEvent};
use kexun_base::http::PageRequest;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use serde_json::{Value, json};

use super::{Kind, Shop, ShopId, Team, TeamId, Tenant, TenantId, rules, store};
use crate::rights::{By, Caller, Right};
use crate::{staff, text};

/// A tenant about to be made.
#[derive(Debug, Clone)]
pub struct NewTenant {
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The marketplace it will belong to.
    pub parent: Option<TenantId>,
}

/// Makes a tenant: a company of its own, or, with a parent, a merchant. A company that gets its
/// first merchant is a marketplace from then on.
///
/// # Errors
/// `invalid` for names that cannot be; `conflict` when the short name is taken or the parent is
/// itself a merchant.
pub async fn create(ctx: &Ctx, tx: &Tx, actor: Actor, new: NewTenant) -> Result<Tenant> {
    let slug = text::slug("slug", &new.slug)?;
    let name = text::required("name", &new.name, 100)?;
    if store::slug_taken(tx, &slug).await? {
        return Err(Error::conflict(format!(
            "there is a tenant {slug:?} already; choose another short name"
        )));
    }
    let kind = if new.parent.is_some() { Kind::Merchant } else { Kind::Company };
    if let Some(parent) = new.parent {
        become_marketplace(ctx, tx, actor, parent).await?;
    }
    let tenant = store::insert_tenant(ctx, tx, &slug, &name, kind, new.parent).await?;
    let data = json!({ "slug": slug, "name": name, "kind": kind });
    for books in [Some(tenant.id), new.parent].into_iter().flatten() {
        record(ctx, tx, books, actor, "tenant.created", "tenant", tenant.id.0, data.clone()).await?;
    }
    Ok(tenant)
}

async fn become_marketplace(ctx: &Ctx, tx: &Tx, actor: Actor, parent: TenantId) -> Result<()> {
    let mut parent = store::tenant(tx, parent).await?;
    match parent.kind {
        Kind::Marketplace => Ok(()),
        Kind::Merchant => Err(Error::conflict("a merchant cannot have merchants of its own")),
        Kind::Company => {
            parent.kind = Kind::Marketplace;
            store::change_tenant(tx, &parent).await?;
            let data = json!({ "kind": parent.kind });
            record(ctx, tx, parent.id, actor, "tenant.changed", "tenant", parent.id.0, data).await
        }
    }
}

/// Makes a merchant of the caller's marketplace.
///
/// # Errors
/// As [`create`]; `conflict` where the caller's tenant is no marketplace.
pub async fn create_merchant(ctx: &Ctx, caller: &Caller, slug: String, name: String) -> Result<Tenant> {
    let scope = caller.whole(Right::OrgWrite)?;
    let tx = ctx.db().begin().await?;
    if store::tenant(&tx, scope.tenant).await?.kind != Kind::Marketplace {
        return Err(Error::conflict("only a marketplace has merchants"));
    }
    let new = NewTenant { slug, name, parent: Some(scope.tenant) };
    let tenant = create(ctx, &tx, caller.actor(), new).await?;
    tx.commit().await?;
    Ok(tenant)
}

/// Renames the caller's tenant or a merchant of it.
///
/// # Errors
/// `not_found` for any other tenant; `stale_version`.
pub async fn rename(ctx: &Ctx, caller: &Caller, id: TenantId, name: &str, version: i32) -> Result<Tenant> {
    let scope = caller.whole(Right::OrgWrite)?;
    let tx = ctx.db().begin().await?;
    let mut tenant = store::tenant(&tx, id).await?;
    if tenant.id != scope.tenant && tenant.parent != Some(scope.tenant) {
        return Err(Error::not_found("tenant"));
    }
    tenant.name = text::required("name", name, 100)?;
    tenant.version = version;
    store::change_tenant(&tx, &tenant).await?;
    let data = json!({ "name": tenant.name });
    record(ctx, &tx, tenant.id, caller.actor(), "tenant.changed", "tenant", tenant.id.0, data).await?;
    tx.commit().await?;
    Ok(Tenant { version: version.saturating_add(1), ..tenant })
}

/// What a shop is to be.
#[derive(Debug, Clone)]
pub struct ShopDraft {
    /// Its code in imports.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The name of its zone, e.g. `Asia/Shanghai`.
    pub zone: String,
}

/// What may be written of a draft. What stays as it is need not do: imports make shops of longer names.
fn checked(draft: &ShopDraft, old: Option<&Shop>) -> Result<(String, String, Tz)> {
    let kept = |text: &str, of: fn(&Shop) -> &String| old.map(of).filter(|old| *old == text).cloned();
    let code = kept(&draft.code, |shop| &shop.code);
    let code = code.map_or_else(|| text::required("code", &draft.code, 64), Ok)?;
    let name = kept(&draft.name, |shop| &shop.name);
    let name = name.map_or_else(|| text::required("name", &draft.name, 100), Ok)?;
    let wrong =
        || Error::field("zone", format!("{:?} is no time zone; write e.g. Asia/Shanghai", draft.zone));
    Ok((code, name, draft.zone.trim().parse().map_err(|_| wrong())?))
}

/// Opens a shop.
///
/// # Errors
/// `invalid`; `conflict` when the code is taken.
pub async fn create_shop(ctx: &Ctx, by: By<'_>, draft: &ShopDraft) -> Result<Shop> {
    let tenant = by.whole(Right::OrgWrite)?.tenant;
    let (code, name, zone) = checked(draft, None)?;
    let tx = ctx.db().begin().await?;
    store::lock(&tx, tenant).await?;
    if store::shops(&tx, tenant).await?.iter().any(|s| s.code == code) {
        return Err(Error::conflict(format!("there is a shop with the code {code:?} already")));
    }
    let shop = store::insert_shop(ctx, &tx, tenant, &code, &name, zone, None).await?;
    let data = json!({ "code": code, "name": name, "zone": zone.name() });
    record(ctx, &tx, tenant, by.actor(), "shop.created", "shop", shop.id.0, data).await?;
    tx.commit().await?;
    Ok(shop)
}

/// Changes a shop. A new zone counts from tomorrow on, in the old zone and in the new one, so that no day that was
/// counted changes its borders; while the tenant has no record yet, nor an import that makes one, it counts for all days.
///
/// # Errors
/// `not_found`, `invalid`, `conflict`, `stale_version`.
pub async fn change_shop(ctx: &Ctx, by: By<'_>, id: ShopId, draft: &ShopDraft, version: i32) -> Result<Shop> {
    let scope = by.scope(Right::OrgWrite)?;
    if !scope.holds_shop(id) {
        return Err(Error::not_found("shop"));
    }
    let tx = ctx.db().begin().await?;
    // Imports are ordered under it: none begins unseen.
    store::lock(&tx, scope.tenant).await?;
    let old = store::shop(&tx, scope.tenant, id).await?;
    let (code, name, zone) = checked(draft, Some(&old))?;
    if store::shops(&tx, scope.tenant).await?.iter().any(|s| s.code == code && s.id != id) {
        return Err(Error::conflict(format!("there is another shop with the code {code:?}")));
    }
    let zones = if zone == old.zone {
        old.zones.clone()
    } else if has_record(&tx, scope.tenant).await? {
        rules::zones_from_tomorrow(&old.zones, zone, ctx.now())
    } else {
        vec![(Day::default(), zone)]
    };
    let shop = Shop { code, name, zone, zones, version, ..old.clone() };
    store::change_shop(&tx, scope.tenant, &shop).await?;
    let data =
        json!({ "code": shop.code, "name": shop.name, "zone": zone.name(), "old_zone": old.zone.name() });
    record(ctx, &tx, scope.tenant, by.actor(), "shop.changed", "shop", id.0, data).await?;
    tx.commit().await?;
    Ok(Shop { version: version.saturating_add(1), ..shop })
}

/// Whether days were, or are being, counted by the zones of the tenant's shops. What is above this wing says so in its
/// events.
async fn has_record(tx: &Tx, tenant: TenantId) -> Result<bool> {
    let of_kind = |kind: &str| events::Filter { kind: Some(kind.into()), ..Default::default() };
    let page = |limit| PageRequest { limit: Some(limit), ..Default::default() };
    if !events::list(tx, tenant.0, &of_kind("import.published"), &page(1)).await?.items.is_empty() {
        return Ok(true);
    }
    let latest = events::list(tx, tenant.0, &of_kind("import."), &page(200)).await?.items;
    Ok(rules::import_under_way(latest.iter().map(|event| (event.kind.as_str(), event.subject))))
}

/// Makes a team in a shop; one of that name that was dissolved comes back.
///
/// # Errors
/// `not_found` for the shop; `conflict` when the name is taken there.
pub async fn create_team(ctx: &Ctx, by: By<'_>, shop: ShopId, name: &str) -> Result<Team> {
    let scope = by.scope(Right::OrgWrite)?;
    if !scope.holds_shop(shop) {
        return Err(Error::not_found("shop"));
    }
    let name = text::required("name", name, 100)?;
    let tx = ctx.db().begin().await?;
    let shop = store::shop(&tx, scope.tenant, shop).await?;
    let (team, made) = ensure_team(ctx, &tx, by.actor(), scope.tenant, shop.id, &name).await?;
    if !made {
        return Err(Error::conflict(format!("{} has a team {name:?} already", shop.name)));
    }
    tx.commit().await?;
    Ok(team)
}

/// The team of a name in a shop, made if need be; also says whether it was made.
///
/// # Errors
/// When the database refuses.
pub async fn ensure_team(
    ctx: &Ctx,
    tx: &Tx,
    actor: Actor,
    tenant: TenantId,
    shop: ShopId,
    name: &str,
) -> Result<(Team, bool)> {
    store::lock(tx, tenant).await?;
    let known = store::team_named(tx, tenant, shop, name).await?;
    let team = match known {
        Some((team, false)) => return Ok((team, false)),
        Some((team, true)) => store::set_gone(tx, tenant, &team, false).await?,
        None => store::insert_team(ctx, tx, tenant, shop, name).await?,
    };
    let data = json!({ "name": name, "shop_id": shop });
    record(ctx, tx, tenant, actor, "team.created", "team", team.id.0, data).await?;
    Ok((team, true))
}

/// Renames a team.
///
/// # Errors
/// `not_found`; `conflict` when the name is taken in the shop; `stale_version`.
pub async fn rename_team(ctx: &Ctx, by: By<'_>, id: TeamId, name: &str, version: i32) -> Result<Team> {
    let scope = by.scope(Right::OrgWrite)?;
    let name = text::required("name", name, 100)?;
    let tx = ctx.db().begin().await?;
    let old = store::team(&tx, scope.tenant, id).await?;
    if !scope.holds_team(old.shop, id) {
        return Err(Error::not_found("team"));
    }
    if store::team_named(&tx, scope.tenant, old.shop, &name).await?.is_some_and(|(t, _)| t.id != id) {
        return Err(Error::conflict(format!("the shop has, or had, another team {name:?}")));
    }
    let team = Team { name, version, ..old };
    store::change_team(&tx, scope.tenant, &team).await?;
    let data = json!({ "name": team.name });
    record(ctx, &tx, scope.tenant, by.actor(), "team.changed", "team", id.0, data).await?;
    tx.commit().await?;
    Ok(Team { version: version.saturating_add(1), ..team })
}

/// Dissolves a team. It stays in the history of those who were in it, and in past figures.
///
/// # Errors
/// `not_found`; `conflict` while somebody belongs to it or holds a role on it.
pub async fn dissolve_team(ctx: &Ctx, by: By<'_>, id: TeamId) -> Result<()> {
    let scope = by.scope(Right::OrgWrite)?;
    let tx = ctx.db().begin().await?;
    let team = store::team(&tx, scope.tenant, id).await?;
    if !scope.holds_shop(team.shop) {
        return Err(Error::not_found("team"));
    }
    let (members, roles) = staff::on_team(&tx, scope.tenant, id).await?;
    if members + roles > 0 {
        return Err(Error::conflict(format!(
            "{members} members and {roles} roles still belong to {}; move them first",
            team.name
        )));
    }
    store::set_gone(&tx, scope.tenant, &team, true).await?;
    let data = json!({ "name": team.name });
    record(ctx, &tx, scope.tenant, by.actor(), "team.dissolved", "team", id.0, data).await?;
    Ok(tx.commit().await?)
}

#[allow(clippy::too_many_arguments, reason = "the parts of an event, named where they are made")]
async fn record(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    actor: Actor,
    kind: &'static str,
    subject_kind: &'static str,
    subject: kexun_base::ids::Uuid,
    data: Value,
) -> Result<()> {
    let event = NewEvent { tenant: tenant.0, kind, actor, subject_kind, subject, data, caused_by: None };
    events::record(ctx, tx, event).await.map(drop)
}
