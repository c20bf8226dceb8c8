//! The simulated tenants, shops, teams and people.

use std::collections::HashMap;

use kexun_base::events::Actor;
use kexun_base::time::Day;
use kexun_base::{Code, Ctx, Error, Result};
use kexun_people::rights::{By, Grant, Role};
use kexun_people::staff::{self, Draft};
use kexun_people::tenants::{self, NewTenant, ShopDraft, ShopId, TeamId, TenantId};
use kexun_people::{persons, sign_in};
use kexun_simulation::{Level, Merchant, Organisation, Staff};

/// Shops and teams of a tenant by their names in the simulation.
#[derive(Default)]
struct Places {
    shops: HashMap<&'static str, ShopId>,
    teams: HashMap<(&'static str, &'static str), TeamId>,
}

/// Builds them, leaving alone what is there.
pub async fn build(ctx: &Ctx, organisation: &Organisation) -> Result<()> {
    let above = &organisation.marketplace;
    let marketplace = tenant(ctx, above.slug, above.name, None).await?;
    let mut places = HashMap::from([(above.slug, (marketplace, Places::default()))]);
    for merchant in &organisation.merchants {
        let id = tenant(ctx, merchant.slug, merchant.name, Some(marketplace)).await?;
        places.insert(merchant.slug, (id, shops(ctx, id, merchant).await?));
    }
    let mut new = Vec::new();
    for person in &organisation.staff {
        let found = persons::by_login(ctx.db().read(), &person.login).await?;
        if found.is_none() {
            let (tenant, places) = &places[person.tenant];
            staff::create(ctx, By::Operator(*tenant), draft(person, places)?).await?;
        }
        let person = persons::by_login(ctx.db().read(), &person.login).await?;
        new.extend(person.map(|p| p.id));
    }
    sign_in::set_demo_passwords(ctx, &new).await
}

async fn tenant(ctx: &Ctx, slug: &str, name: &str, parent: Option<TenantId>) -> Result<TenantId> {
    match tenants::tenant_by_slug(ctx.db().read(), slug).await {
        Err(error) if error.code == Code::NotFound => {}
        found => return Ok(found?.id),
    }
    let tx = ctx.db().begin().await?;
    let new = NewTenant { slug: slug.to_owned(), name: name.to_owned(), parent };
    let tenant = tenants::create(ctx, &tx, Actor::System, new).await?;
    tx.commit().await?;
    Ok(tenant.id)
}

async fn shops(ctx: &Ctx, tenant: TenantId, merchant: &Merchant) -> Result<Places> {
    let known = tenants::shops(ctx.db().read(), tenant).await?;
    let mut places = Places::default();
    for shop in &merchant.shops {
        let id = match known.iter().find(|k| k.code == shop.code) {
            Some(known) => known.id,
            None => {
                let (code, name) = (shop.code.to_owned(), shop.name.to_owned());
                let draft = ShopDraft { code, name, zone: shop.zone.to_owned() };
                tenants::create_shop(ctx, By::Operator(tenant), &draft).await?.id
            }
        };
        places.shops.insert(shop.code, id);
        for team in &shop.teams {
            let tx = ctx.db().begin().await?;
            let (made, _) = tenants::ensure_team(ctx, &tx, Actor::System, tenant, id, team.name).await?;
            tx.commit().await?;
            places.teams.insert((shop.code, team.name), made.id);
        }
    }
    Ok(places)
}

/// A level as the simulated company writes it.
fn level(level: Level) -> &'static str {
    match level {
        Level::Junior => "初级",
        Level::Middle => "中级",
        Level::Senior => "高级",
        Level::Supervisor => "主管",
        Level::Manager => "经理",
    }
}

fn draft(person: &Staff, places: &Places) -> Result<Draft> {
    let shop = person.shop.and_then(|s| places.shops.get(s).copied());
    let team = person.shop.zip(person.team).and_then(|place| places.teams.get(&place).copied());
    let role = |role: &kexun_simulation::Role| {
        let word = role.as_str();
        let role =
            Role::of_word(word).ok_or_else(|| Error::internal(format!("there is no role {word:?}")))?;
        // A supervisor answers for his team, or for his shop where he leads no team; whoever serves
        // customers is in a shop anyway; all others work for the whole tenant.
        Ok(match role {
            Role::Supervisor => Grant { role, shop_id: shop.filter(|_| team.is_none()), team_id: team },
            Role::Agent | Role::Mentor => Grant { role, shop_id: shop, team_id: None },
            _ => Grant { role, shop_id: None, team_id: None },
        })
    };
    Ok(Draft {
        account: person.account.clone(),
        name: person.name.clone(),
        login: Some(person.login.clone()),
        password: None,
        shop,
        team,
        level: Some(level(person.level).to_owned()),
        position: person.positions.last().map(|p| p.title.to_owned()),
        joined_on: Some(Day::from(person.joined_on)),
        phone: Some(person.phone.clone()),
        email: Some(person.email.clone()),
        roles: person.roles.iter().map(role).collect::<Result<_>>()?,
    })
}
