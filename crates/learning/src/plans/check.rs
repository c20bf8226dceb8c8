//! Whether a plan can be as it is written.

use std::collections::BTreeSet;

use kexun_base::{Error, Result};
use kexun_people::rights::{By, Right, Scope};
use kexun_people::staff::Audience;
use kexun_people::tenants::{self, TenantId};
use kexun_people::text::{lines, required};
use kexun_service::kpi::rules::Figure;
use sea_orm::ConnectionTrait;

use super::rules::{PlaceOf, confined, of_the_whole};
use super::{Content, Item, PlanId, PlanItemId, PlanKind, store};
use crate::needs::{self, NeedId};
use crate::roster::Roster;

/// The longest period of a plan, in days.
const LONGEST: i32 = 400;
/// Most items of a plan.
const MOST_ITEMS: usize = 200;
/// The longest item, in minutes: a hundred hours.
const LONGEST_ITEM: i32 = 6_000;
/// The largest budget of an item, in fen: a hundred million yuan.
const LARGEST_BUDGET: i64 = 10_000_000_000;

/// The right to write a plan of this kind for this place.
///
/// # Errors
/// `forbidden` where it does not reach.
pub(super) fn may_write(by: By<'_>, kind: PlanKind, place: PlaceOf) -> Result<Scope> {
    let scope = by.scope(Right::PlanWrite)?;
    if of_the_whole(kind) && !scope.reach.all {
        return Err(Error::forbidden(
            "annual and temporary plans are made by who plans for the whole organisation; make a quarterly or \
             monthly one",
        ));
    }
    if scope.holds(place.shop, place.team) {
        return Ok(scope);
    }
    Err(Error::forbidden("your right to plan does not reach there; choose your own shop or team"))
}

/// A plan as it may be kept: texts trimmed, audiences confined to its place.
///
/// # Errors
/// `invalid` with the field at fault, items by their place: `items[2].title`; `not_found` for a place.
pub(super) async fn checked(
    db: &impl ConnectionTrait,
    by: By<'_>,
    plan: Option<PlanId>,
    mut content: Content,
) -> Result<Content> {
    let tenant = by.tenant();
    place(db, tenant, &mut content).await?;
    let place = content.place();
    may_write(by, content.kind, place)?;
    content.title = required("title", &content.title, 120)?;
    content.goals = lines("goals", &content.goals, 4000)?;
    if content.to < content.from || content.to > content.from.plus(LONGEST) {
        return Err(Error::field("to", format!("must lie from `from` to {LONGEST} days after it")));
    }
    if content.items.len() > MOST_ITEMS {
        return Err(Error::field("items", format!("are more than {MOST_ITEMS}; make two plans of them")));
    }
    let roster = Roster::load(db, tenant).await?;
    // Whoever else is to know may be anybody by name; by rule, those of the place.
    content.notify = confined(content.notify, place, "notify")?;
    members(&roster, &content.notify, "notify")?;
    let here = kexun_people::staff::members(db, &place.scope(tenant)).await?;
    let ends = (content.from, content.to);
    for (at, item) in content.items.iter_mut().enumerate() {
        let field = |name: &str| format!("items[{at}].{name}");
        check_item(item, &field)?;
        if item.from < ends.0 || item.to > ends.1 || item.to < item.from {
            return Err(Error::field(
                &field("to"),
                "`from` and `to` must lie in the plan's days, in this order",
            ));
        }
        item.audience = confined(std::mem::take(&mut item.audience), place, &field("audience"))?;
        if item.audience.staff.iter().any(|id| here.iter().all(|m| m.id != *id)) {
            return Err(Error::field(
                &field("audience"),
                "names somebody who is not of the plan's shop or team",
            ));
        }
        if item.lecturer.is_some_and(|id| roster.member(id).is_none()) {
            return Err(Error::field(&field("lecturer"), "is nobody here; choose a member"));
        }
    }
    known_items(db, tenant, plan, &content).await?;
    known_needs(db, by, plan, &content).await?;
    Ok(content)
}

/// A team's shop is that of the team.
async fn place(db: &impl ConnectionTrait, tenant: TenantId, content: &mut Content) -> Result<()> {
    if let Some(team) = content.team {
        let shop = tenants::team(db, tenant, team).await?.shop;
        if content.shop.is_some_and(|named| named != shop) {
            return Err(Error::field("team", "is not of that shop; choose a team of it"));
        }
        content.shop = Some(shop);
    } else if let Some(shop) = content.shop {
        tenants::shop(db, tenant, shop).await?;
    }
    if of_the_whole(content.kind) && content.shop.is_some() {
        return Err(Error::field(
            "shop",
            "annual and temporary plans are of the whole organisation; leave it out",
        ));
    }
    Ok(())
}

fn check_item(item: &mut Item, field: &impl Fn(&str) -> String) -> Result<()> {
    item.title = required(&field("title"), &item.title, 120)?;
    item.contents = lines(&field("contents"), &item.contents, 4000)?;
    item.reason = lines(&field("reason"), &item.reason, 4000)?;
    item.target = lines(&field("target"), &item.target, 200)?;
    if item.figure.as_deref().is_some_and(|key| key.parse::<Figure>().is_err()) {
        return Err(Error::field(&field("figure"), "is no figure; GET /api/v1/kpi/definitions lists them"));
    }
    if !(1..=LONGEST_ITEM).contains(&item.minutes) {
        return Err(Error::field(&field("minutes"), format!("must be from 1 to {LONGEST_ITEM}")));
    }
    if !(0..=LARGEST_BUDGET).contains(&item.budget) {
        return Err(Error::field(&field("budget"), format!("must be from 0 to {LARGEST_BUDGET} fen")));
    }
    Ok(())
}

fn members(roster: &Roster, audience: &Audience, field: &str) -> Result<()> {
    if audience.staff.iter().all(|id| roster.member(*id).is_some()) {
        return Ok(());
    }
    Err(Error::field(field, "names somebody who is no member here"))
}

/// Ids are those of the plan's items, each once; a new item has none.
async fn known_items(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: Option<PlanId>,
    content: &Content,
) -> Result<()> {
    let known: BTreeSet<PlanItemId> = match plan {
        Some(plan) => store::items_of(db, tenant, plan).await?.into_iter().map(|row| row.id).collect(),
        None => BTreeSet::new(),
    };
    let mut seen = BTreeSet::new();
    for (at, id) in content.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.id?))) {
        if !known.contains(&id) || !seen.insert(id) {
            let field = format!("items[{at}].id");
            return Err(Error::field(
                &field,
                "is no item of this plan, or there twice; leave it out for a new one",
            ));
        }
    }
    Ok(())
}

/// Needs are those one sees, each answered once, and none that is settled otherwise.
async fn known_needs(
    db: &impl ConnectionTrait,
    by: By<'_>,
    plan: Option<PlanId>,
    content: &Content,
) -> Result<()> {
    let ids = content.needs();
    let scope = by.scope(Right::NeedRead)?;
    let rows = needs::seen(db, &scope, &ids).await?;
    let mut answered: BTreeSet<NeedId> = BTreeSet::new();
    for (at, item) in content.items.iter().enumerate() {
        let field = format!("items[{at}].needs");
        for id in &item.needs {
            let Some(row) = rows.iter().find(|row| row.id == *id) else {
                return Err(Error::field(&field, "has a need that there is not, or that you may not see"));
            };
            if !answered.insert(*id) {
                let title = &row.title;
                return Err(Error::field(
                    &field,
                    format!("has the need “{title}”, which another item has too"),
                ));
            }
            if !row.state.is_open() && (plan.is_none() || row.plan_id != plan) {
                let (title, state) = (&row.title, row.state);
                return Err(Error::field(
                    &field,
                    format!("has the need “{title}”, which is settled: {state}"),
                ));
            }
        }
    }
    Ok(())
}

impl Content {
    /// Where it holds.
    pub(super) fn place(&self) -> PlaceOf {
        PlaceOf { shop: self.shop, team: self.team }
    }
}
