//! The only queries on tenants, shops and teams.

use chrono_tz::Tz;
use kexun_base::db::Tx;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::LockType;
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect};

use super::entity::{shop as shop_row, team as team_row, tenant as tenant_row};
use super::{DEFAULT_ZONE, Kind, Shop, ShopId, Team, TeamId, Tenant, TenantId};

/// A tenant by id.
///
/// # Errors
/// `not_found` when there is none.
pub async fn tenant(db: &impl ConnectionTrait, id: TenantId) -> Result<Tenant> {
    let row = tenant_row::Entity::find_by_id(id).one(db).await?;
    row.map(Tenant::from).ok_or_else(|| Error::not_found("tenant"))
}

/// A tenant by its short name.
///
/// # Errors
/// `not_found` when there is none.
pub async fn tenant_by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<Tenant> {
    let row = tenant_row::Entity::find().filter(tenant_row::Column::Slug.eq(slug)).one(db).await?;
    row.map(Tenant::from).ok_or_else(|| {
        Error::new(
            kexun_base::Code::NotFound,
            format!("there is no tenant {slug:?}; `kexun tenant create {slug} --name …` makes one"),
        )
    })
}

/// All tenants there are, by short name: for what the operator does with the data as a whole.
///
/// # Errors
/// When the database refuses.
pub async fn every(db: &impl ConnectionTrait) -> Result<Vec<Tenant>> {
    let query = tenant_row::Entity::find().order_by_asc(tenant_row::Column::Slug);
    Ok(query.all(db).await?.into_iter().map(Tenant::from).collect())
}

/// The merchants of a marketplace, by name.
///
/// # Errors
/// When the database refuses.
pub async fn merchants(db: &impl ConnectionTrait, marketplace: TenantId) -> Result<Vec<Tenant>> {
    let query = tenant_row::Entity::find().filter(tenant_row::Column::ParentId.eq(marketplace));
    Ok(query.order_by_asc(tenant_row::Column::Name).all(db).await?.into_iter().map(Tenant::from).collect())
}

/// The shops of a tenant, by number.
///
/// # Errors
/// When the database refuses.
pub async fn shops(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Vec<Shop>> {
    let query = shop_row::Entity::find().filter(shop_row::Column::TenantId.eq(tenant));
    Ok(query.order_by_asc(shop_row::Column::Number).all(db).await?.into_iter().map(Shop::from).collect())
}

/// One shop of a tenant.
///
/// # Errors
/// `not_found` when the tenant has no such shop.
pub async fn shop(db: &impl ConnectionTrait, tenant: TenantId, id: ShopId) -> Result<Shop> {
    let query = shop_row::Entity::find_by_id(id).filter(shop_row::Column::TenantId.eq(tenant));
    query.one(db).await?.map(Shop::from).ok_or_else(|| Error::not_found("shop"))
}

/// A shop of a tenant, or else its first; none where it has none.
pub(super) async fn shop_or_first(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: Option<ShopId>,
) -> Result<Option<Shop>> {
    let query = shop_row::Entity::find().filter(shop_row::Column::TenantId.eq(tenant));
    if let Some(id) = id {
        let own = query.clone().filter(shop_row::Column::Id.eq(id)).one(db).await?;
        if let Some(row) = own {
            return Ok(Some(row.into()));
        }
    }
    Ok(query.order_by_asc(shop_row::Column::Number).one(db).await?.map(Shop::from))
}

/// The teams of a tenant, by number.
///
/// # Errors
/// When the database refuses.
pub async fn teams(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Vec<Team>> {
    let query = team_row::Entity::find().filter(team_row::Column::TenantId.eq(tenant));
    let query = query.filter(team_row::Column::Gone.eq(false));
    Ok(query.order_by_asc(team_row::Column::Number).all(db).await?.into_iter().map(Team::from).collect())
}

/// The teams of a tenant, dissolved ones too, by number: for reading what was.
///
/// # Errors
/// When the database refuses.
pub async fn teams_ever(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Vec<Team>> {
    let query = team_row::Entity::find().filter(team_row::Column::TenantId.eq(tenant));
    Ok(query.order_by_asc(team_row::Column::Number).all(db).await?.into_iter().map(Team::from).collect())
}

/// Holds a tenant's books until the transaction ends: whoever gives out numbers does it alone.
///
/// # Errors
/// `not_found` when there is no such tenant.
pub async fn lock(tx: &Tx, id: TenantId) -> Result<()> {
    let query = tenant_row::Entity::find_by_id(id).lock(LockType::NoKeyUpdate);
    query.one(tx).await?.map(drop).ok_or_else(|| Error::not_found("tenant"))
}

/// The shop that an import names, by code or else by name; made, in Shanghai's zone, when the
/// import meets it for the first time. Also says whether it was made.
///
/// # Errors
/// When the database refuses.
pub async fn ensure_shop(ctx: &Ctx, tx: &Tx, tenant: TenantId, named: &str) -> Result<(Shop, bool)> {
    let known = shops(tx, tenant).await?;
    if let Some(shop) =
        known.iter().find(|s| s.code == named).or_else(|| known.iter().find(|s| s.name == named))
    {
        return Ok((shop.clone(), false));
    }
    lock(tx, tenant).await?;
    let known = shops(tx, tenant).await?;
    if let Some(shop) = known.iter().find(|s| s.code == named) {
        return Ok((shop.clone(), false));
    }
    let shop = insert_shop(ctx, tx, tenant, named, named, DEFAULT_ZONE, None).await?;
    Ok((shop, true))
}

/// Makes a shop under an id that was promised to rows written before it; code and name are `named`.
///
/// # Errors
/// `conflict` when the tenant has a shop of that code by now.
pub async fn add_promised_shop(ctx: &Ctx, tx: &Tx, tenant: TenantId, id: ShopId, named: &str) -> Result<()> {
    lock(tx, tenant).await?;
    insert_shop(ctx, tx, tenant, named, named, DEFAULT_ZONE, Some(id)).await.map(drop)
}

pub(super) async fn insert_shop(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    code: &str,
    name: &str,
    zone: Tz,
    id: Option<ShopId>,
) -> Result<Shop> {
    let last: Option<i32> = shop_row::Entity::find()
        .filter(shop_row::Column::TenantId.eq(tenant))
        .select_only()
        .column_as(shop_row::Column::Number.max(), "last")
        .into_tuple::<Option<i32>>()
        .one(tx)
        .await?
        .flatten();
    let row = shop_row::ActiveModel {
        id: Set(id.unwrap_or_else(|| ctx.id())),
        tenant_id: Set(tenant),
        number: Set(last.unwrap_or(0) + 1),
        code: Set(code.to_owned()),
        name: Set(name.to_owned()),
        zone: Set(zone.name().to_owned()),
        zones: Set(stored_zones(&[(Day::default(), zone)])),
        version: Set(1),
    };
    Ok(row.insert(tx).await?.into())
}

fn stored_zones(zones: &[(Day, Tz)]) -> String {
    let pairs: Vec<(i32, &str)> = zones.iter().map(|(day, zone)| (day.0, zone.name())).collect();
    serde_json::json!(pairs).to_string()
}

pub(super) async fn slug_taken(db: &impl ConnectionTrait, slug: &str) -> Result<bool> {
    Ok(tenant_row::Entity::find().filter(tenant_row::Column::Slug.eq(slug)).count(db).await? > 0)
}

pub(super) async fn insert_tenant(
    ctx: &Ctx,
    tx: &Tx,
    slug: &str,
    name: &str,
    kind: Kind,
    parent: Option<TenantId>,
) -> Result<Tenant> {
    let row = tenant_row::ActiveModel {
        id: Set(ctx.id()),
        slug: Set(slug.to_owned()),
        name: Set(name.to_owned()),
        kind: Set(kind.word().to_owned()),
        parent_id: Set(parent),
        version: Set(1),
    };
    Ok(row.insert(tx).await?.into())
}

/// Writes name and kind; `tenant.version` is the one that the change was made from.
pub(super) async fn change_tenant(tx: &Tx, tenant: &Tenant) -> Result<()> {
    let row = tenant_row::ActiveModel {
        name: Set(tenant.name.clone()),
        kind: Set(tenant.kind.word().to_owned()),
        version: Set(tenant.version.saturating_add(1)),
        ..Default::default()
    };
    let query = tenant_row::Entity::update_many().set(row).filter(tenant_row::Column::Id.eq(tenant.id));
    fresh(query.filter(tenant_row::Column::Version.eq(tenant.version)).exec(tx).await?.rows_affected)
}

/// Writes a shop; `shop.version` is the one that the change was made from.
pub(super) async fn change_shop(tx: &Tx, tenant: TenantId, shop: &Shop) -> Result<()> {
    let row = shop_row::ActiveModel {
        code: Set(shop.code.clone()),
        name: Set(shop.name.clone()),
        zone: Set(shop.zone.name().to_owned()),
        zones: Set(stored_zones(&shop.zones)),
        version: Set(shop.version.saturating_add(1)),
        ..Default::default()
    };
    let query = shop_row::Entity::update_many().set(row).filter(shop_row::Column::Id.eq(shop.id));
    let query = query.filter(shop_row::Column::TenantId.eq(tenant));
    fresh(query.filter(shop_row::Column::Version.eq(shop.version)).exec(tx).await?.rows_affected)
}

/// One team of a tenant that is not dissolved.
///
/// # Errors
/// `not_found` when the tenant has no such team.
pub async fn team(db: &impl ConnectionTrait, tenant: TenantId, id: TeamId) -> Result<Team> {
    let query = team_row::Entity::find_by_id(id).filter(team_row::Column::TenantId.eq(tenant));
    let row = query.filter(team_row::Column::Gone.eq(false)).one(db).await?;
    row.map(Team::from).ok_or_else(|| Error::not_found("team"))
}

/// The team of a name in a shop, and whether it is dissolved.
pub(super) async fn team_named(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    shop: ShopId,
    name: &str,
) -> Result<Option<(Team, bool)>> {
    let query = team_row::Entity::find().filter(team_row::Column::TenantId.eq(tenant));
    let query = query.filter(team_row::Column::ShopId.eq(shop)).filter(team_row::Column::Name.eq(name));
    Ok(query.one(db).await?.map(|row| (row.gone, row)).map(|(gone, row)| (row.into(), gone)))
}

pub(super) async fn insert_team(
    ctx: &Ctx,
    tx: &Tx,
    tenant: TenantId,
    shop: ShopId,
    name: &str,
) -> Result<Team> {
    let last: Option<i32> = team_row::Entity::find()
        .filter(team_row::Column::TenantId.eq(tenant))
        .select_only()
        .column_as(team_row::Column::Number.max(), "last")
        .into_tuple::<Option<i32>>()
        .one(tx)
        .await?
        .flatten();
    let row = team_row::ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(tenant),
        shop_id: Set(shop),
        number: Set(last.unwrap_or(0) + 1),
        name: Set(name.to_owned()),
        gone: Set(false),
        version: Set(1),
    };
    Ok(row.insert(tx).await?.into())
}

/// Writes a team's name; `team.version` is the one that the change was made from.
pub(super) async fn change_team(tx: &Tx, tenant: TenantId, team: &Team) -> Result<()> {
    let row = team_row::ActiveModel {
        name: Set(team.name.clone()),
        version: Set(team.version.saturating_add(1)),
        ..Default::default()
    };
    let query = team_row::Entity::update_many().set(row).filter(team_row::Column::Id.eq(team.id));
    let query = query.filter(team_row::Column::TenantId.eq(tenant));
    fresh(query.filter(team_row::Column::Version.eq(team.version)).exec(tx).await?.rows_affected)
}

pub(super) async fn set_gone(tx: &Tx, tenant: TenantId, team: &Team, gone: bool) -> Result<Team> {
    let row = team_row::ActiveModel {
        gone: Set(gone),
        version: Set(team.version.saturating_add(1)),
        ..Default::default()
    };
    let query = team_row::Entity::update_many().set(row).filter(team_row::Column::Id.eq(team.id));
    query.filter(team_row::Column::TenantId.eq(tenant)).exec(tx).await?;
    Ok(Team { version: team.version.saturating_add(1), ..team.clone() })
}

fn fresh(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::stale()) }
}

impl From<tenant_row::Model> for Tenant {
    fn from(row: tenant_row::Model) -> Self {
        let kind = match row.kind.as_str() {
            "marketplace" => Kind::Marketplace,
            "merchant" => Kind::Merchant,
            _ => Kind::Company,
        };
        Tenant {
            id: row.id,
            slug: row.slug,
            name: row.name,
            kind,
            parent: row.parent_id,
            version: row.version,
        }
    }
}

impl From<shop_row::Model> for Shop {
    fn from(row: shop_row::Model) -> Self {
        // Only names of the zone table are ever written.
        let zone = row.zone.parse().unwrap_or(DEFAULT_ZONE);
        let pairs: Vec<(i32, String)> = serde_json::from_str(&row.zones).unwrap_or_default();
        let zones = pairs.into_iter().filter_map(|(day, name)| Some((Day(day), name.parse().ok()?)));
        let zones = zones.collect();
        Shop {
            id: row.id,
            number: row.number,
            code: row.code,
            name: row.name,
            zone,
            zones,
            version: row.version,
        }
    }
}

impl From<team_row::Model> for Team {
    fn from(row: team_row::Model) -> Self {
        Team { id: row.id, number: row.number, shop: row.shop_id, name: row.name, version: row.version }
    }
}
