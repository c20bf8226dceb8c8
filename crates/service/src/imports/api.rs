//! `/api/v1/imports`.

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use kexun_base::http::contract::{self, FileForm, SheetFile};
use kexun_base::http::{Form, Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Error, Result};
use kexun_importers::{Lang, SheetFormat};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right, Scope};
use kexun_people::tenants::ShopId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::sheet::sheet;
use super::{Asked, Import, ImportId, Kind, Order, RejectedRow};

/// Largest upload: 4 GiB.
const LIMIT: u64 = 4 << 30;

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ImportRead, routes!(list)))
        .routes(guarded(Right::ImportWrite, routes!(upload)))
        .layer(DefaultBodyLimit::disable())
        .routes(guarded(Right::ImportRead, routes!(get)))
        .routes(guarded(Right::ImportRead, routes!(rejections)))
        .routes(guarded(Right::ImportRead, routes!(export_rejections)))
        .routes(guarded(Right::ImportWrite, routes!(undo)))
}

/// The words for what a file is; the contract's only, [`super::begin`] reads them.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only says in the contract which words there are")]
enum FileFormat {
    Auto,
    Csv,
    Xlsx,
    Jsonl,
}

/// The words for how days and months are ordered.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only says in the contract which words there are")]
enum DateOrder {
    Dmy,
    Mdy,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Upload {
    /// `conversations`, `contacts` or `ratings`.
    kind: Kind,
    /// Shop (name or code) of rows that name none.
    shop: Option<String>,
    /// `auto`, `csv`, `xlsx` or `jsonl`.
    #[param(inline, value_type = Option<FileFormat>)]
    format: Option<String>,
    /// How 3/4/2026 is meant: `dmy` or `mdy`; without it such dates are refused.
    #[param(inline, value_type = Option<DateOrder>)]
    date_order: Option<String>,
}

/// Imports, newest first.
#[utoipa::path(get, path = "/imports", tag = "imports", params(PageRequest),
    responses((status = 200, body = Page<Import>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<Import>>> {
    let scope = caller.scope(Right::ImportRead)?;
    let by = (!scope.reach.all).then_some(caller.person.0);
    super::list(ctx.db().read(), scope.tenant, by, &page).await.map(Json)
}

/// Uploads a file and orders its import. The answer comes once the file is on disk.
#[utoipa::path(post, path = "/imports", tag = "imports", params(Upload),
    request_body(content_type = "multipart/form-data", content = FileForm),
    responses((status = 202, body = Import)))]
async fn upload(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<Upload>,
    mut form: Form,
) -> Result<Response> {
    let scope = caller.scope(Right::ImportWrite)?;
    let Upload { kind, shop, format, date_order } = asked;
    let asked = Asked { shop, format, date_order, only: only(&scope)? };
    while let Some(field) = form.next().await? {
        if field.name() != Some("file") {
            continue;
        }
        let file_name = field.file_name().unwrap_or("file").chars().take(200).collect();
        let id: ImportId = ctx.id();
        let bytes = ctx.files().save(id.0, field.boxed(), LIMIT).await?;
        let order = Order { tenant: scope.tenant, kind, file_name, asked, bytes, actor: caller.actor() };
        let import = match super::begin(&ctx, id, order, true).await {
            Ok(import) => import,
            Err(error) => {
                // No import speaks of the file: nothing else would ever remove it.
                ctx.files().remove(id.0).await.ok();
                return Err(error);
            }
        };
        return Ok((axum::http::StatusCode::ACCEPTED, Json(import)).into_response());
    }
    Err(Error::field("file", "is missing: send the file as multipart field `file`"))
}

/// The shops whose record somebody may write: none for all.
fn only(scope: &Scope) -> Result<Option<Vec<ShopId>>> {
    if scope.reach.all {
        return Ok(None);
    }
    let shops: Vec<ShopId> = scope.reach.shops.iter().copied().collect();
    if shops.is_empty() {
        return Err(Error::forbidden("importing needs the right import:write on a shop, not on a team"));
    }
    Ok(Some(shops))
}

/// An import that the caller may see: his own, or all with the right on the whole tenant.
async fn visible(ctx: &Ctx, caller: &Caller, right: Right, id: ImportId) -> Result<Import> {
    let scope = caller.scope(right)?;
    let import = super::get(ctx.db().read(), scope.tenant, id).await?;
    if scope.reach.all || import.by.as_ref().is_some_and(|by| by.id == caller.person) {
        Ok(import)
    } else {
        Err(Error::not_found("import"))
    }
}

/// One import.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 200, body = Import)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ImportId>) -> Result<Json<Import>> {
    visible(&ctx, &caller, Right::ImportRead, id).await.map(Json)
}

/// Rows that were not taken, in the order of the file.
#[utoipa::path(get, path = "/imports/{id}/rejections", tag = "imports",
    params(("id" = ImportId, Path), PageRequest), responses((status = 200, body = Page<RejectedRow>)))]
async fn rejections(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ImportId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<RejectedRow>>> {
    let import = visible(&ctx, &caller, Right::ImportRead, id).await?;
    super::rejections(ctx.db().read(), import.id, &page).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Export {
    /// `xlsx` or `csv`.
    #[param(inline, value_type = Option<contract::SheetFormat>)]
    format: Option<SheetFormat>,
    /// Language of the reasons: `zh` or `en`.
    #[param(inline, value_type = Option<contract::Lang>)]
    lang: Option<Lang>,
}

/// The rows that were not taken as a sheet that can be corrected and imported again.
#[utoipa::path(get, path = "/imports/{id}/rejections/export", tag = "imports",
    params(("id" = ImportId, Path), Export),
    responses(SheetFile))]
async fn export_rejections(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ImportId>,
    Query(export): Query<Export>,
) -> Result<Response> {
    let import = visible(&ctx, &caller, Right::ImportRead, id).await?;
    let format = export.format.unwrap_or_default();
    let lang = export.lang.unwrap_or_default();
    let sheet = sheet(&ctx, &import, format, lang).await?;
    let name = format!("rejected-{}.{}", import.number, format.extension());
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, Body::from(sheet)).into_response())
}

/// Takes an import back as a whole: what no other import brought is gone.
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 202, body = Import)))]
async fn undo(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ImportId>) -> Result<Response> {
    let import = visible(&ctx, &caller, Right::ImportWrite, id).await?;
    let import = super::order_undo(&ctx, caller.tenant, import.id, caller.actor()).await?;
    Ok((axum::http::StatusCode::ACCEPTED, Json(import)).into_response())
}
