//! `/api/v1/customers`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right};
use kexun_people::tenants::{self, ShopId, TenantId};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

use super::erase::{self, Order};
use super::{Customer, CustomerId, store};
use crate::conversations::wire::{Reason, ShopName};
use crate::editions;

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ConversationRead, routes!(list)))
        .routes(guarded(Right::CustomerErase, routes!(erase_one)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Part of the name, as it is shown.
    q: Option<String>,
}

/// A customer in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerItem {
    /// His id.
    pub id: CustomerId,
    /// His number within the tenant.
    pub number: i32,
    /// His shop.
    pub shop: ShopName,
    /// His name at the shop, masked; none once he was erased.
    pub name: Option<String>,
    /// Whether his personal data was erased.
    pub erased: bool,
}

/// Customers of the shops that the caller may see as a whole, by number.
#[utoipa::path(get, path = "/customers", tag = "customers", params(Wanted, PageRequest),
    responses((status = 200, body = Page<CustomerItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<CustomerItem>>> {
    let scope = caller.scope(Right::ConversationRead)?;
    let tx = ctx.db().snapshot().await?;
    let edition = editions::published(&tx, scope.tenant).await?;
    let part = wanted.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let found = store::find(&tx, &scope, edition, part, &page).await?;
    let shops = shops(&tx, scope.tenant).await?;
    Ok(Json(found.map(|customer| item(customer, &shops))))
}

/// Orders that a customer be erased: what was written, his name and his key. Figures stay. It is
/// done in the background; `erased` tells when.
#[utoipa::path(post, path = "/customers/{id}/erase", tag = "customers", params(("id" = CustomerId, Path)),
    request_body = Reason, responses((status = 202, body = CustomerItem)))]
async fn erase_one(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    Json(reason): Json<Reason>,
) -> Result<Response> {
    let scope = caller.scope(Right::CustomerErase)?;
    let reason = reason.words()?;
    let customer = store::by_id(ctx.db().read(), scope.tenant, id).await?;
    if !scope.holds_shop(customer.shop) {
        return Err(Error::not_found("customer"));
    }
    let order = Order { tenant: scope.tenant, customer: id, by: caller.actor().person(), reason };
    let customer = erase::order(&ctx, &order).await?;
    let shops = shops(ctx.db().read(), scope.tenant).await?;
    Ok((StatusCode::ACCEPTED, Json(item(customer, &shops))).into_response())
}

async fn shops(db: &impl ConnectionTrait, tenant: TenantId) -> Result<HashMap<ShopId, String>> {
    Ok(tenants::shops(db, tenant).await?.into_iter().map(|s| (s.id, s.name)).collect())
}

fn item(customer: Customer, shops: &HashMap<ShopId, String>) -> CustomerItem {
    let name = shops.get(&customer.shop).cloned().unwrap_or_default();
    CustomerItem {
        id: customer.id,
        number: customer.number,
        shop: ShopName { id: customer.shop, name },
        name: customer.name,
        erased: customer.erased,
    }
}
