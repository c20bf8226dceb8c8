//! `/api/v1/search`: what one may see and looks for by name: staff, shops, customers, conversations by the
//! shop's own id.

use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, PageRequest, Query, routes};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::route::signed_in;
use kexun_people::rights::{Caller, Right};
use kexun_people::{staff, tenants};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::conversations::browse::{self, Asked};
use crate::conversations::wire::ConversationItem;
use crate::{customers, editions};

/// Hits of a kind.
const HITS: u64 = 5;

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(signed_in(routes!(search)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// What is looked for, 1 to 100 characters.
    #[param(min_length = 1, max_length = 100)]
    q: String,
}

/// What was found is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// A member of staff.
    Staff,
    /// A shop.
    Shop,
    /// A conversation.
    Conversation,
    /// A customer.
    Customer,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub title: String,
    /// What tells it from others of that name.
    pub sub: Option<String>,
    /// Its address in the web pages.
    pub link: String,
}

/// Staff, shops, customers and conversations of that name, as far as the caller may see them.
#[utoipa::path(get, path = "/search", tag = "search", params(Wanted), responses((status = 200, body = Vec<Hit>)))]
async fn search(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<Hit>>> {
    let q = wanted.q.trim();
    if q.is_empty() || q.chars().count() > 100 {
        return Err(Error::field("q", "must be 1 to 100 characters"));
    }
    let mut hits = Vec::new();
    if caller.may(Right::StaffRead) {
        hits.extend(members(&ctx, &caller, q).await?);
    }
    if caller.may(Right::OrgRead) {
        hits.extend(shops(&ctx, &caller, q).await?);
    }
    if caller.may(Right::ConversationRead) {
        hits.extend(customers(&ctx, &caller, q).await?);
        hits.extend(conversations(&ctx, &caller, q).await?);
    }
    Ok(Json(hits))
}

async fn members(ctx: &Ctx, caller: &Caller, q: &str) -> Result<Vec<Hit>> {
    let found = staff::search(ctx.db().read(), &caller.scope(Right::StaffRead)?, q, HITS).await?;
    let hit = |member: staff::Found| Hit {
        kind: HitKind::Staff,
        id: member.id.0,
        link: format!("/staff?id={}", member.id),
        title: member.name,
        sub: Some(member.account),
    };
    Ok(found.into_iter().map(hit).collect())
}

async fn shops(ctx: &Ctx, caller: &Caller, q: &str) -> Result<Vec<Hit>> {
    let part = q.to_lowercase();
    let named = |text: &str| text.to_lowercase().contains(&part);
    let shops = tenants::shops(ctx.db().read(), caller.tenant).await?.into_iter();
    let found = shops.filter(|s| named(&s.name) || named(&s.code)).take(HITS as usize);
    let hit = |shop: tenants::Shop| Hit {
        kind: HitKind::Shop,
        id: shop.id.0,
        link: format!("/figures?shop={}", shop.id),
        title: shop.name,
        sub: Some(shop.code),
    };
    Ok(found.map(hit).collect())
}

async fn customers(ctx: &Ctx, caller: &Caller, q: &str) -> Result<Vec<Hit>> {
    let scope = caller.scope(Right::ConversationRead)?;
    let db = ctx.db().read();
    let edition = editions::published(db, scope.tenant).await?;
    let page = PageRequest { cursor: None, limit: Some(HITS) };
    let found = customers::find(db, &scope, edition, Some(q), &page).await?;
    let shops = tenants::shops(db, scope.tenant).await?;
    let hit = |customer: customers::Customer| Hit {
        kind: HitKind::Customer,
        id: customer.id.0,
        title: customer.name.unwrap_or_default(),
        sub: shops.iter().find(|s| s.id == customer.shop).map(|s| s.name.clone()),
        link: format!("/conversations?customer={}", customer.id),
    };
    Ok(found.items.into_iter().map(hit).collect())
}

async fn conversations(ctx: &Ctx, caller: &Caller, q: &str) -> Result<Vec<Hit>> {
    let asked = Asked { q: Some(q.to_owned()), ..Asked::default() };
    let page = PageRequest { cursor: None, limit: Some(HITS) };
    let found = browse::list(ctx, caller.scope(Right::ConversationRead)?, &asked, &page).await?;
    let hit = |item: ConversationItem| {
        let name = item.customer.and_then(|c| c.name);
        let sub: Vec<String> = [Some(item.shop.name), name.clone()].into_iter().flatten().collect();
        Hit {
            kind: HitKind::Conversation,
            id: item.id.0,
            title: item.source_id.or(name).unwrap_or_else(|| item.started_at.to_string()),
            sub: Some(sub.join(" · ")),
            link: format!("/conversations?id={}", item.id),
        }
    };
    Ok(found.items.into_iter().map(hit).collect())
}
