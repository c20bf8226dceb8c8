//! `/tenants`, `/shops`, `/teams`.

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, Page, Path, routes};
use kexun_base::{Ctx, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::service::{self, ShopDraft};
use super::{DEFAULT_ZONE, Kind, Shop, ShopId, Team, TeamId, Tenant, TenantId, store};
use crate::rights::route::guarded;
use crate::rights::{By, Caller, Right};

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::OrgRead, routes!(list_tenants)))
        .routes(guarded(Right::OrgWrite, routes!(create_tenant)))
        .routes(guarded(Right::OrgWrite, routes!(change_tenant)))
        .routes(guarded(Right::OrgRead, routes!(list_shops)))
        .routes(guarded(Right::OrgWrite, routes!(create_shop)))
        .routes(guarded(Right::OrgWrite, routes!(change_shop)))
        .routes(guarded(Right::OrgWrite, routes!(create_team)))
        .routes(guarded(Right::OrgWrite, routes!(change_team, dissolve_team)))
}

/// A tenant.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tenant)]
struct TenantOut {
    /// Its id.
    id: TenantId,
    /// Its short name: what `Kexun-Tenant` takes.
    slug: String,
    /// Its name.
    name: String,
    /// What it is.
    kind: Kind,
    /// Send it back with a change.
    version: i32,
}

impl From<Tenant> for TenantOut {
    fn from(t: Tenant) -> Self {
        TenantOut { id: t.id, slug: t.slug, name: t.name, kind: t.kind, version: t.version }
    }
}

/// A team.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Team)]
struct TeamOut {
    /// Its id.
    id: TeamId,
    /// Its name.
    name: String,
    /// Send it back with a change.
    version: i32,
}

impl From<Team> for TeamOut {
    fn from(t: Team) -> Self {
        TeamOut { id: t.id, name: t.name, version: t.version }
    }
}

/// A shop with its teams.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Shop)]
struct ShopOut {
    /// Its id.
    id: ShopId,
    /// Its code in imports; unique in the tenant.
    code: String,
    /// Its name.
    name: String,
    /// The zone that its days are counted in.
    zone: String,
    /// Send it back with a change.
    version: i32,
    /// Its teams.
    teams: Vec<TeamOut>,
}

fn shop_out(shop: Shop, teams: Vec<Team>) -> ShopOut {
    let zone = shop.zone.name().to_owned();
    let teams = teams.into_iter().filter(|t| t.shop == shop.id).map(TeamOut::from).collect();
    ShopOut { id: shop.id, code: shop.code, name: shop.name, zone, version: shop.version, teams }
}

/// The merchants of this marketplace; empty where the tenant is none.
#[utoipa::path(get, path = "/tenants", tag = "organisation", responses((status = 200, body = Page<TenantOut>)))]
async fn list_tenants(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<Page<TenantOut>>> {
    let scope = caller.scope(Right::OrgRead)?;
    let merchants = store::merchants(ctx.db().read(), scope.tenant).await?;
    Ok(Json(Page::whole(merchants.into_iter().map(TenantOut::from).collect())))
}

/// A merchant to be made.
#[derive(Debug, Deserialize, ToSchema)]
struct NewMerchant {
    /// Its short name: Latin letters, digits, `-`, `_`, `.`; unique in the whole program.
    slug: String,
    /// Its name.
    name: String,
}

/// Makes a merchant of this marketplace.
#[utoipa::path(post, path = "/tenants", tag = "organisation", request_body = NewMerchant,
    responses((status = 201, body = TenantOut)))]
async fn create_tenant(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(new): Json<NewMerchant>,
) -> Result<(StatusCode, Json<TenantOut>)> {
    let tenant = service::create_merchant(&ctx, &caller, new.slug, new.name).await?;
    Ok((StatusCode::CREATED, Json(tenant.into())))
}

/// A new name.
#[derive(Debug, Deserialize, ToSchema)]
struct Renaming {
    /// The new name.
    name: String,
    /// The version that you saw.
    version: i32,
}

/// Renames this tenant, or a merchant of it.
#[utoipa::path(patch, path = "/tenants/{id}", tag = "organisation", params(("id" = TenantId, Path)),
    request_body = Renaming, responses((status = 200, body = TenantOut)))]
async fn change_tenant(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<TenantId>,
    Json(new): Json<Renaming>,
) -> Result<Json<TenantOut>> {
    Ok(Json(service::rename(&ctx, &caller, id, &new.name, new.version).await?.into()))
}

/// The shops, with their teams.
#[utoipa::path(get, path = "/shops", tag = "organisation", responses((status = 200, body = Page<ShopOut>)))]
async fn list_shops(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<Page<ShopOut>>> {
    let tenant = caller.scope(Right::OrgRead)?.tenant;
    let db = ctx.db().read();
    let teams = store::teams(db, tenant).await?;
    let shops = store::shops(db, tenant).await?;
    Ok(Json(Page::whole(shops.into_iter().map(|s| shop_out(s, teams.clone())).collect())))
}

/// A shop to be opened.
#[derive(Debug, Deserialize, ToSchema)]
struct NewShop {
    /// Its code in imports; unique in the tenant.
    code: String,
    /// Its name.
    name: String,
    /// The zone that its days are counted in; `Asia/Shanghai` if not said.
    zone: Option<String>,
}

/// Opens a shop.
#[utoipa::path(post, path = "/shops", tag = "organisation", request_body = NewShop,
    responses((status = 201, body = ShopOut)))]
async fn create_shop(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(new): Json<NewShop>,
) -> Result<(StatusCode, Json<ShopOut>)> {
    let zone = new.zone.unwrap_or_else(|| DEFAULT_ZONE.name().to_owned());
    let draft = ShopDraft { code: new.code, name: new.name, zone };
    let shop = service::create_shop(&ctx, By::Caller(&caller), &draft).await?;
    Ok((StatusCode::CREATED, Json(shop_out(shop, Vec::new()))))
}

/// What changes about a shop; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
struct ShopChange {
    /// New code.
    code: Option<String>,
    /// New name.
    name: Option<String>,
    /// New zone.
    zone: Option<String>,
    /// The version that you saw.
    version: i32,
}

/// Changes a shop.
#[utoipa::path(patch, path = "/shops/{id}", tag = "organisation", params(("id" = ShopId, Path)),
    request_body = ShopChange, responses((status = 200, body = ShopOut)))]
async fn change_shop(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ShopId>,
    Json(new): Json<ShopChange>,
) -> Result<Json<ShopOut>> {
    let db = ctx.db().read();
    let old = store::shop(db, caller.tenant, id).await?;
    let draft = ShopDraft {
        code: new.code.unwrap_or(old.code),
        name: new.name.unwrap_or(old.name),
        zone: new.zone.unwrap_or_else(|| old.zone.name().to_owned()),
    };
    let shop = service::change_shop(&ctx, By::Caller(&caller), id, &draft, new.version).await?;
    Ok(Json(shop_out(shop, store::teams(db, caller.tenant).await?)))
}

/// A team to be made.
#[derive(Debug, Deserialize, ToSchema)]
struct NewTeam {
    /// The shop it belongs to.
    shop_id: ShopId,
    /// Its name; unique in the shop.
    name: String,
}

/// Makes a team.
#[utoipa::path(post, path = "/teams", tag = "organisation", request_body = NewTeam,
    responses((status = 201, body = TeamOut)))]
async fn create_team(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(new): Json<NewTeam>,
) -> Result<(StatusCode, Json<TeamOut>)> {
    let team = service::create_team(&ctx, By::Caller(&caller), new.shop_id, &new.name).await?;
    Ok((StatusCode::CREATED, Json(team.into())))
}

/// Renames a team.
#[utoipa::path(patch, path = "/teams/{id}", tag = "organisation", params(("id" = TeamId, Path)),
    request_body = Renaming, responses((status = 200, body = TeamOut)))]
async fn change_team(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<TeamId>,
    Json(new): Json<Renaming>,
) -> Result<Json<TeamOut>> {
    Ok(Json(service::rename_team(&ctx, By::Caller(&caller), id, &new.name, new.version).await?.into()))
}

/// Dissolves a team that nobody belongs to any more.
#[utoipa::path(delete, path = "/teams/{id}", tag = "organisation", params(("id" = TeamId, Path)),
    responses((status = 204)))]
async fn dissolve_team(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<TeamId>) -> Result<StatusCode> {
    service::dissolve_team(&ctx, By::Caller(&caller), id).await?;
    Ok(DONE)
}
