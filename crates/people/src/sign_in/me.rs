//! Who I am, where, and what I may do.

use std::collections::BTreeSet;

use kexun_base::{Ctx, Error, Result};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{second_factor, service};
use crate::persons::{self, PersonId};
use crate::rights::{Caller, Grant, Right, Role};
use crate::staff::{self, StaffId};
use crate::tenants::{self, Kind, ShopId, TeamId, Tenant, TenantId};
use crate::{notices, text};

/// The signed-in person in the active tenant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Who I am.
    person: MyPerson,
    /// The active tenant.
    tenant: MyTenant,
    /// Where I belong.
    memberships: Vec<MyMembership>,
    /// Merchants that I may look at from my marketplace.
    merchants: Vec<MyMerchant>,
    /// My roles in the active tenant.
    roles: Vec<Grant>,
    /// My rights there, somewhere at least.
    rights: BTreeSet<Right>,
    /// The shops there.
    shops: Vec<MyShop>,
    /// My membership there; none where I look in from the marketplace.
    staff_id: Option<StaffId>,
    /// Notices that I have not read.
    unread: u64,
    /// Whether I sign in with a second factor.
    second_factor: MySecondFactor,
}

#[derive(Debug, Serialize, ToSchema)]
struct MySecondFactor {
    /// Whether I have one.
    on: bool,
    /// Whether a role of mine in the active tenant needs one that I lack: until I set it up I hold no role there.
    needed: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyPerson {
    /// Id.
    id: PersonId,
    /// Name.
    name: String,
    /// What I sign in with.
    login: String,
    /// Where mails go.
    email: Option<String>,
    /// `zh-CN` or `en`.
    locale: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyTenant {
    /// Id.
    id: TenantId,
    /// Short name.
    slug: String,
    /// Name.
    name: String,
    /// What it is.
    kind: Kind,
    /// Short name of its marketplace.
    parent: Option<String>,
    /// The zone of its shops; of the first where they have several.
    zone: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyMembership {
    /// Where.
    tenant: MyTenantName,
    /// As what.
    roles: BTreeSet<Role>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyTenantName {
    /// Short name.
    slug: String,
    /// Name.
    name: String,
    /// What it is.
    kind: Kind,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyMerchant {
    /// Short name.
    slug: String,
    /// Name.
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyShop {
    /// Id.
    id: ShopId,
    /// Code.
    code: String,
    /// Name.
    name: String,
    /// Zone of its days.
    zone: String,
    /// Its teams.
    teams: Vec<MyTeam>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MyTeam {
    /// Id.
    id: TeamId,
    /// Name.
    name: String,
}

/// Puts together what the web needs at its start.
///
/// # Errors
/// When the database refuses.
pub async fn me(ctx: &Ctx, caller: &Caller) -> Result<Me> {
    let db = ctx.db().read();
    let person = persons::by_id(db, caller.person).await?;
    let tenant = tenants::tenant(db, caller.tenant).await?;
    let shops = shops(ctx, caller.tenant).await?;
    let parent = match tenant.parent {
        Some(parent) => Some(tenants::tenant(db, parent).await?.slug),
        None => None,
    };
    let own = staff::memberships(db, caller.person).await?;
    let (memberships, merchants) = places(ctx, &own).await?;
    Ok(Me {
        person: MyPerson {
            id: person.id,
            name: person.name,
            login: person.login,
            email: person.email,
            locale: person.locale,
        },
        tenant: MyTenant {
            id: tenant.id,
            slug: tenant.slug,
            name: tenant.name,
            kind: tenant.kind,
            parent,
            zone: shops.first().map_or_else(|| tenants::DEFAULT_ZONE.name().to_owned(), |s| s.zone.clone()),
        },
        memberships,
        merchants,
        roles: caller.grants.clone(),
        rights: caller.rights(),
        shops,
        staff_id: own.iter().find(|m| m.tenant == caller.tenant).map(|m| m.staff),
        unread: notices::unread(db, caller.tenant, caller.person).await?,
        second_factor: MySecondFactor {
            on: second_factor::is_on(db, caller.person).await?,
            needed: caller.unproven,
        },
    })
}

async fn shops(ctx: &Ctx, tenant: TenantId) -> Result<Vec<MyShop>> {
    let db = ctx.db().read();
    let teams = tenants::teams(db, tenant).await?;
    let of_shop = |shop: &tenants::Shop| {
        let of = teams.iter().filter(|t| t.shop == shop.id);
        of.map(|t| MyTeam { id: t.id, name: t.name.clone() }).collect()
    };
    let shops = tenants::shops(db, tenant).await?;
    let out = shops.into_iter().map(|s| MyShop {
        teams: of_shop(&s),
        id: s.id,
        zone: s.zone.name().to_owned(),
        code: s.code,
        name: s.name,
    });
    Ok(out.collect())
}

async fn places(ctx: &Ctx, own: &[staff::Membership]) -> Result<(Vec<MyMembership>, Vec<MyMerchant>)> {
    let db = ctx.db().read();
    let (mut memberships, mut merchants) = (Vec::new(), Vec::new());
    for member in own {
        let Tenant { id, slug, name, kind, .. } = tenants::tenant(db, member.tenant).await?;
        let grants = staff::grants_of(db, member.tenant, member.staff).await?;
        if kind == Kind::Marketplace && !crate::rights::grants_in_merchants(&grants).is_empty() {
            let below = tenants::merchants(db, id).await?;
            merchants.extend(below.into_iter().map(|t| MyMerchant { slug: t.slug, name: t.name }));
        }
        let roles = grants.iter().map(|g| g.role).collect();
        memberships.push(MyMembership { tenant: MyTenantName { slug, name, kind }, roles });
    }
    Ok((memberships, merchants))
}

/// Changes one's language or address; what is left out stays.
///
/// # Errors
/// `invalid` for a language that there is not, or no address.
pub async fn change(
    ctx: &Ctx,
    caller: &Caller,
    locale: Option<String>,
    email: Option<Option<String>>,
) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let mut person = persons::by_id(&tx, caller.person).await?;
    let mut fields = Vec::new();
    if let Some(locale) = locale {
        if !["zh-CN", "en"].contains(&locale.as_str()) {
            return Err(Error::field("locale", "must be zh-CN or en"));
        }
        person.locale = locale;
        fields.push("locale");
    }
    if let Some(email) = email {
        person.email = text::email("email", email.as_deref())?;
        fields.push("email");
    }
    persons::change(&tx, &person).await?;
    service::record(ctx, &tx, person.id, caller.actor(), "person.changed", json!({ "fields": fields }))
        .await?;
    Ok(tx.commit().await?)
}
