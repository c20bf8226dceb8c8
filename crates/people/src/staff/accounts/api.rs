//! `/accounts`.

use axum::Extension;
use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Account;
use crate::additions::Additions;
use crate::rights::route::guarded;
use crate::rights::{By, Caller, Right};
use crate::staff::{AccountId, StaffId, export, service};
use crate::tenants;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::StaffRead, routes!(list)))
        .routes(guarded(Right::StaffWrite, routes!(link)))
}

/// An agent account.
#[derive(Debug, Serialize, ToSchema)]
struct AccountItem {
    /// Its id.
    id: AccountId,
    /// The name under which messages are sent.
    account: String,
    /// Name of the member whose it is.
    name: Option<String>,
    /// Name of the shop where it served most.
    shop: Option<String>,
    /// Whose it is; none: link it.
    staff_id: Option<StaffId>,
    /// Conversations that it served.
    conversations: u64,
}

async fn items(
    ctx: &Ctx,
    caller: &Caller,
    rows: Vec<Account>,
    additions: &Additions,
) -> Result<Vec<AccountItem>> {
    let tenant = caller.tenant;
    let owners = export::owners(ctx, tenant, &rows).await?;
    let numbers = rows.iter().map(|a| a.number).collect();
    let volumes = additions.volumes(ctx, tenant, numbers).await?;
    let shops = tenants::shops(ctx.db().read(), tenant).await?;
    let item = |row: Account| {
        let volume = volumes.get(&row.number).copied().unwrap_or_default();
        let shop = shops.iter().find(|s| Some(s.id) == volume.shop).map(|s| s.name.clone());
        AccountItem {
            id: row.id,
            name: owners.get(&row.number).cloned(),
            account: row.name,
            shop,
            staff_id: row.staff_id,
            conversations: volume.conversations,
        }
    };
    Ok(rows.into_iter().map(item).collect())
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AccountFilter {
    /// Only those that are linked to a member (true) or not (false).
    linked: Option<bool>,
    /// Part of the account.
    q: Option<String>,
}

/// Agent accounts, by name.
#[utoipa::path(get, path = "/accounts", tag = "staff", params(AccountFilter, PageRequest),
    responses((status = 200, body = Page<AccountItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    additions: Option<Extension<Additions>>,
    Query(filter): Query<AccountFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<AccountItem>>> {
    let tenant = caller.whole(Right::StaffRead)?.tenant;
    let q = filter.q.as_deref().filter(|q| !q.is_empty());
    let Page { items: rows, next } = super::page(ctx.db().read(), tenant, filter.linked, q, &page).await?;
    let additions = additions.map(|Extension(a)| a).unwrap_or_default();
    Ok(Json(Page { items: items(&ctx, &caller, rows, &additions).await?, next }))
}

/// Whose an account is.
#[derive(Debug, Deserialize, ToSchema)]
struct Linking {
    /// The member; null: nobody.
    staff_id: Option<StaffId>,
}

/// Links an account to a member, or to nobody.
#[utoipa::path(patch, path = "/accounts/{id}", tag = "staff", params(("id" = AccountId, Path)),
    request_body = Linking, responses((status = 200, body = AccountItem)))]
async fn link(
    State(ctx): State<Ctx>,
    caller: Caller,
    additions: Option<Extension<Additions>>,
    Path(id): Path<AccountId>,
    Json(link): Json<Linking>,
) -> Result<Json<AccountItem>> {
    let account = service::link_account(&ctx, By::Caller(&caller), id, link.staff_id).await?;
    let additions = additions.map(|Extension(a)| a).unwrap_or_default();
    let mut items = items(&ctx, &caller, vec![account], &additions).await?;
    items.pop().map(Json).ok_or_else(|| kexun_base::Error::not_found("account"))
}
