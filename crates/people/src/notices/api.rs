//! `/notices`.

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::entity::Model;
use super::{NoticeId, store};
use crate::rights::route::guarded;
use crate::rights::{Caller, Right};
use crate::text::Param;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::NoticeRead, routes!(inbox)))
        .routes(guarded(Right::NoticeRead, routes!(read)))
        .routes(guarded(Right::NoticeRead, routes!(read_all)))
}

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notice {
    /// Its id.
    id: NoticeId,
    /// What it is about; the web has the words.
    kind: String,
    /// Texts and numbers for the words.
    #[schema(value_type = HashMap<String, Param>)]
    params: Value,
    /// Where it leads.
    link: Option<String>,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    created_at: Micros,
    /// When it was read.
    #[schema(value_type = Option<String>, format = DateTime)]
    read_at: Option<Micros>,
}

impl From<Model> for Notice {
    fn from(row: Model) -> Self {
        Notice {
            id: row.id,
            kind: row.kind,
            params: serde_json::from_str(&row.params).unwrap_or_default(),
            link: row.link,
            created_at: row.created_at,
            read_at: row.read_at,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Only those not read yet.
    unread: Option<bool>,
}

/// My inbox, newest first.
#[utoipa::path(get, path = "/notices", tag = "notices", params(Which, PageRequest),
    responses((status = 200, body = Page<Notice>)))]
async fn inbox(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(which): Query<Which>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<Notice>>> {
    let unread = which.unread.unwrap_or(false);
    let rows = store::inbox(ctx.db().read(), caller.tenant, caller.person, unread, &page).await?;
    Ok(Json(rows.map(Notice::from)))
}

/// Marks a notice as read.
#[utoipa::path(post, path = "/notices/{id}/read", tag = "notices", params(("id" = NoticeId, Path)),
    responses((status = 204)))]
async fn read(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<NoticeId>) -> Result<StatusCode> {
    let tx = ctx.db().begin().await?;
    store::mark_read(&tx, caller.tenant, caller.person, Some(id), ctx.now()).await?;
    tx.commit().await?;
    Ok(DONE)
}

/// Marks all notices as read.
#[utoipa::path(post, path = "/notices/read-all", tag = "notices", responses((status = 204)))]
async fn read_all(State(ctx): State<Ctx>, caller: Caller) -> Result<StatusCode> {
    let tx = ctx.db().begin().await?;
    store::mark_read(&tx, caller.tenant, caller.person, None, ctx.now()).await?;
    tx.commit().await?;
    Ok(DONE)
}
