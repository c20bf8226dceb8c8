//! `/api/v1/archive`, `/api/v1/archive-requests`.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kexun_base::http::contract::SheetFile;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Error, Result};
use kexun_importers::SheetFormat;
use kexun_people::persons::PersonId;
use kexun_people::rights::route::{guarded, signed_in};
use kexun_people::rights::{Caller, Right, Scope};
use kexun_people::staff::{self, StaffId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::entity::request::Model as Request;
use super::requests::{self, Decision};
use super::rules::RequestState;
use super::service::{self, ArchiveFilter, Look};
use super::wire::{ArchiveOut, DecisionIn, LookOut, Named, NewRequest, PersonOut, RequestOut, WithdrawalIn};
use super::{RequestId, export, store};

/// Names that are offered at once.
const OFFERED: u64 = 20;

/// The routes of this room. On what ground an archive is open the service decides.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(signed_in(routes!(own)))
        .routes(guarded(Right::ArchiveRead, routes!(people)))
        .routes(signed_in(routes!(get)))
        .routes(signed_in(routes!(export_sheet)))
        .routes(signed_in(routes!(looks)))
        .routes(guarded(Right::ArchiveApply, routes!(candidates)))
        .routes(guarded(Right::ArchiveApply, routes!(list_requests)))
        .routes(guarded(Right::ArchiveApply, routes!(apply)))
        .routes(guarded(Right::ArchiveApprove, routes!(decide)))
        .routes(guarded(Right::ArchiveApply, routes!(withdraw)))
}

/// Your own archive.
#[utoipa::path(get, path = "/archive", tag = "archive", params(ArchiveFilter),
    responses((status = 200, body = ArchiveOut)))]
async fn own(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<ArchiveFilter>,
) -> Result<Json<ArchiveOut>> {
    let id = service::own(&caller)?;
    Ok(Json(service::open(&ctx, &caller, id, &filter, Look::View).await?.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct PeopleAsked {
    /// Part of the name or account.
    q: Option<String>,
}

/// Those whose archives you keep, by account, with what these add up to.
#[utoipa::path(get, path = "/archive/people", tag = "archive", params(PeopleAsked, PageRequest),
    responses((status = 200, body = Page<PersonOut>)))]
async fn people(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<PeopleAsked>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<PersonOut>>> {
    let found = service::people(&ctx, &caller, asked.q.as_deref(), &page).await?;
    Ok(Json(found.map(PersonOut::from)))
}

/// A member's archive: your own, one that you keep, or one that was opened to you for a time. A look
/// into another's is in the audit log, and its owner sees it.
#[utoipa::path(get, path = "/archive/{id}", tag = "archive", params(("id" = StaffId, Path), ArchiveFilter),
    responses((status = 200, body = ArchiveOut)))]
async fn get(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<StaffId>,
    Query(filter): Query<ArchiveFilter>,
) -> Result<Json<ArchiveOut>> {
    Ok(Json(service::open(&ctx, &caller, id, &filter, Look::View).await?.into()))
}

/// The same as a spreadsheet, which says who took it when and what for.
#[utoipa::path(get, path = "/archive/{id}/export", tag = "archive",
    params(("id" = StaffId, Path), ArchiveFilter),
    responses(SheetFile))]
async fn export_sheet(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<StaffId>,
    Query(filter): Query<ArchiveFilter>,
) -> Result<Response> {
    let archive = service::open(&ctx, &caller, id, &filter, Look::Export).await?;
    let sheet = export::sheet(&ctx, &caller, archive).await?;
    let headers = [
        (header::CONTENT_TYPE, SheetFormat::Xlsx.media_type()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"archive.xlsx\""),
    ];
    Ok((headers, sheet).into_response())
}

/// Who looked into a member's archive, the latest first: for its owner and for who keeps it.
#[utoipa::path(get, path = "/archive/{id}/looks", tag = "archive",
    params(("id" = StaffId, Path), PageRequest), responses((status = 200, body = Page<LookOut>)))]
async fn looks(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<StaffId>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<LookOut>>> {
    Ok(Json(service::looks(&ctx, &caller, id, &page).await?.map(LookOut::from)))
}

/// Members for whose archive one may apply, by part of the name or account; some of many.
#[utoipa::path(get, path = "/archive-requests/candidates", tag = "archive", params(PeopleAsked),
    responses((status = 200, body = Page<Named>)))]
async fn candidates(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<PeopleAsked>,
) -> Result<Json<Page<Named>>> {
    let whole = Scope::whole(caller.tenant);
    let part = asked.q.unwrap_or_default();
    let found = staff::search(ctx.db().read(), &whole, part.trim(), OFFERED).await?;
    let others = found.into_iter().filter(|found| Some(found.id) != caller.staff);
    let named = others.map(|found| Named { id: found.id, name: found.name, account: found.account });
    Ok(Json(Page::whole(named.collect())))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RequestsAsked {
    /// Only your own.
    mine: Option<bool>,
}

/// Applications, the newest first: your own, and everybody's where you decide on them.
#[utoipa::path(get, path = "/archive-requests", tag = "archive", params(RequestsAsked, PageRequest),
    responses((status = 200, body = Page<RequestOut>)))]
async fn list_requests(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<RequestsAsked>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<RequestOut>>> {
    let decides = caller.whole(Right::ArchiveApprove).is_ok();
    let of = (asked.mine == Some(true) || !decides).then_some(caller.person);
    let found = store::requests(ctx.db().read(), caller.tenant, of, &page).await?;
    let next = found.next;
    Ok(Json(Page { items: shown(&ctx, &caller, found.items).await?, next }))
}

/// Applies for a look into somebody's archive.
#[utoipa::path(post, path = "/archive-requests", tag = "archive", request_body = NewRequest,
    responses((status = 201, body = RequestOut)))]
async fn apply(State(ctx): State<Ctx>, caller: Caller, Json(new): Json<NewRequest>) -> Result<Response> {
    let row = requests::apply(&ctx, &caller, new.staff, &new.purpose, new.days).await?;
    Ok((StatusCode::CREATED, Json(only(&ctx, &caller, row).await?)).into_response())
}

/// Grants an application for a time, or refuses it. Never one's own.
#[utoipa::path(post, path = "/archive-requests/{id}/decision", tag = "archive",
    params(("id" = RequestId, Path)), request_body = DecisionIn, responses((status = 200, body = RequestOut)))]
async fn decide(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<RequestId>,
    Json(new): Json<DecisionIn>,
) -> Result<Json<RequestOut>> {
    let decision = match new.granted {
        true => Decision::Grant(new.days),
        false => Decision::Refuse(new.reason.unwrap_or_default()),
    };
    let row = requests::decide(&ctx, &caller, id, decision, new.version).await?;
    only(&ctx, &caller, row).await.map(Json)
}

/// Takes an application back: your own, or what was granted to anybody where you decide on them.
#[utoipa::path(post, path = "/archive-requests/{id}/withdrawal", tag = "archive",
    params(("id" = RequestId, Path)), request_body = WithdrawalIn,
    responses((status = 200, body = RequestOut)))]
async fn withdraw(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<RequestId>,
    Json(new): Json<WithdrawalIn>,
) -> Result<Json<RequestOut>> {
    let row = requests::withdraw(&ctx, &caller, id, new.version).await?;
    only(&ctx, &caller, row).await.map(Json)
}

async fn only(ctx: &Ctx, caller: &Caller, row: Request) -> Result<RequestOut> {
    let shown = shown(ctx, caller, vec![row]).await?.pop();
    shown.ok_or_else(|| Error::not_found("application"))
}

async fn shown(ctx: &Ctx, caller: &Caller, rows: Vec<Request>) -> Result<Vec<RequestOut>> {
    let (db, now) = (ctx.db().read(), ctx.now());
    let persons: Vec<PersonId> =
        rows.iter().flat_map(|row| [Some(row.person_id), row.decided_by]).flatten().collect();
    let persons = service::names(db, caller.tenant, &persons).await?;
    let ids: Vec<StaffId> = rows.iter().map(|row| row.staff_id).collect();
    let staff = staff::some(db, caller.tenant, &ids).await?;
    let decides = caller.whole(Right::ArchiveApprove).is_ok();
    let out = |row: Request| {
        let mine = row.person_id == caller.person;
        let named = staff.iter().find(|member| member.id == row.staff_id);
        RequestOut {
            id: row.id,
            staff: row.staff_id,
            staff_name: named.map(|member| member.name.clone()).unwrap_or_default(),
            applicant: persons.get(&row.person_id).cloned().unwrap_or_default(),
            mine,
            purpose: row.purpose,
            days: row.days,
            state: row.state.at(row.valid_until, now),
            asked_at: row.asked_at,
            decided_by: row.decided_by.and_then(|id| persons.get(&id).cloned()),
            decided_at: row.decided_at,
            reason: row.reason,
            valid_until: row.valid_until,
            may_decide: decides && !mine && row.state == RequestState::Waiting,
            version: row.version,
        }
    };
    Ok(rows.into_iter().map(out).collect())
}
