//! `/needs`, `/tasks`.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};
use kexun_people::staff::{self, StaffId};

use super::view::Views;
use super::wire::{
    Colleague, ColleagueFilter, Done, Forward, Made, Merge, NeedDetail, NeedFilter, NeedItem, Raise, Report,
    Settle, SwitchSet, SwitchView, TaskFilter, TaskItem,
};
use super::{NeedId, TaskId, service, sorting, spots, store, tasks};
use crate::roster::Roster;

/// Colleagues listed at most; more are found by name.
const MOST_COLLEAGUES: usize = 200;

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::NeedRead, routes!(list)))
        .routes(guarded(Right::NeedReport, routes!(report)))
        .routes(guarded(Right::NeedWrite, routes!(raise)))
        .routes(guarded(Right::NeedRead, routes!(get)))
        .routes(guarded(Right::NeedWrite, routes!(forward)))
        .routes(guarded(Right::NeedWrite, routes!(merge)))
        .routes(guarded(Right::NeedWrite, routes!(settle)))
        .routes(guarded(Right::NeedWrite, routes!(colleagues)))
        .routes(guarded(Right::NeedWrite, routes!(switch)))
        .routes(guarded(Right::NeedWrite, routes!(set_switch)))
        .routes(guarded(Right::NeedWrite, routes!(run_rule)))
        .routes(guarded(Right::NeedRead, routes!(list_tasks)))
        .routes(guarded(Right::NeedReport, routes!(task_done)))
}

/// Needs, the weightiest (severity × people) first: one's own reports, and those of one's people.
#[utoipa::path(get, path = "/needs", tag = "needs", params(NeedFilter, PageRequest),
    responses((status = 200, body = Page<NeedItem>)))]
async fn list(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<NeedFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<NeedItem>>> {
    let db = ctx.db().read();
    let scope = caller.scope(Right::NeedRead)?;
    let Page { items: rows, next } = store::list(db, &scope, &filter, &page).await?;
    let items = Views::load(&ctx, db, &caller).await?.items(db, &rows).await?;
    Ok(Json(Page { items, next }))
}

/// Reports a difficulty.
#[utoipa::path(post, path = "/needs", tag = "needs", request_body = Report,
    responses((status = 201, body = Made)))]
async fn report(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(report): Json<Report>,
) -> Result<(StatusCode, Json<Made>)> {
    let id = service::report(&ctx, By::Caller(&caller), report).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.0 })))
}

/// Raises a need from a weak spot. The weak spot is named by the question that it answers and looked for
/// anew; what is none is refused.
#[utoipa::path(post, path = "/needs/from-weak-spot", tag = "needs", request_body = Raise,
    responses((status = 201, body = Made)))]
async fn raise(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(raise): Json<Raise>,
) -> Result<(StatusCode, Json<Made>)> {
    let id = spots::raise(&ctx, By::Caller(&caller), &raise).await?;
    Ok((StatusCode::CREATED, Json(Made { id: id.0 })))
}

/// A need with its evidence, its tasks and what happened to it.
#[utoipa::path(get, path = "/needs/{id}", tag = "needs", params(("id" = NeedId, Path)),
    responses((status = 200, body = NeedDetail)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<NeedId>) -> Result<Json<NeedDetail>> {
    detail(&ctx, &caller, id).await
}

async fn detail(ctx: &Ctx, caller: &Caller, id: NeedId) -> Result<Json<NeedDetail>> {
    let db = ctx.db().read();
    let row = service::visible(db, &caller.scope(Right::NeedRead)?, id).await?;
    Views::load(ctx, db, caller).await?.detail(db, &row).await.map(Json)
}

/// Sorts a need and hands it on to who plans.
#[utoipa::path(post, path = "/needs/{id}/forward", tag = "needs", params(("id" = NeedId, Path)),
    request_body = Forward, responses((status = 200, body = NeedDetail)))]
async fn forward(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<NeedId>,
    Json(change): Json<Forward>,
) -> Result<Json<NeedDetail>> {
    sorting::forward(&ctx, By::Caller(&caller), id, &change).await?;
    detail(&ctx, &caller, id).await
}

/// Makes a need part of another.
#[utoipa::path(post, path = "/needs/{id}/merge", tag = "needs", params(("id" = NeedId, Path)),
    request_body = Merge, responses((status = 200, body = NeedDetail)))]
async fn merge(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<NeedId>,
    Json(merge): Json<Merge>,
) -> Result<Json<NeedDetail>> {
    sorting::merge(&ctx, By::Caller(&caller), id, &merge).await?;
    detail(&ctx, &caller, merge.into).await
}

/// Settles a need by coaching, by a task for a department, or by a reasoned refusal.
#[utoipa::path(post, path = "/needs/{id}/settle", tag = "needs", params(("id" = NeedId, Path)),
    request_body = Settle, responses((status = 200, body = NeedDetail)))]
async fn settle(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<NeedId>,
    Json(change): Json<Settle>,
) -> Result<Json<NeedDetail>> {
    sorting::settle(&ctx, By::Caller(&caller), id, &change).await?;
    detail(&ctx, &caller, id).await
}

/// Colleagues who can be given a task or a lesson, or named in a need: one's own people, and whoever holds
/// a role beyond that of an agent. At most 200, by account.
#[utoipa::path(get, path = "/needs/colleagues", tag = "needs", params(ColleagueFilter),
    responses((status = 200, body = Vec<Colleague>)))]
async fn colleagues(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<ColleagueFilter>,
) -> Result<Json<Vec<Colleague>>> {
    let db = ctx.db().read();
    let scope = caller.scope(Right::NeedWrite)?;
    let mine: BTreeSet<StaffId> = staff::members(db, &scope).await?.into_iter().map(|m| m.id).collect();
    let roster = Roster::load(db, scope.tenant).await?;
    let part = filter.q.unwrap_or_default().to_lowercase();
    let found = roster.members.iter().filter_map(|member| {
        let roles: Vec<_> = roster.roles(member.id).into_iter().collect();
        let is_mine = mine.contains(&member.id);
        let leads = roles.iter().any(|r| *r != kexun_people::rights::Role::Agent);
        let named =
            member.name.to_lowercase().contains(&part) || member.account.to_lowercase().contains(&part);
        let wanted = is_mine || (leads && filter.mine != Some(true));
        (named && wanted).then(|| Colleague {
            id: member.id,
            name: member.name.clone(),
            account: member.account.clone(),
            roles,
            mine: is_mine,
        })
    });
    Ok(Json(found.take(MOST_COLLEAGUES).collect()))
}

/// Whether needs are raised by rule.
#[utoipa::path(get, path = "/needs/rule", tag = "needs", responses((status = 200, body = SwitchView)))]
async fn switch(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<SwitchView>> {
    let tenant = caller.whole(Right::NeedWrite)?.tenant;
    let row = store::switch(ctx.db().read(), tenant).await?;
    Ok(Json(SwitchView { active: row.active, ran_at: row.ran_at, raised: row.raised, version: row.version }))
}

/// Turns the rule on or off: whether new data raise needs from the weak spots of their last four weeks.
#[utoipa::path(put, path = "/needs/rule", tag = "needs", request_body = SwitchSet,
    responses((status = 200, body = SwitchView)))]
async fn set_switch(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(set): Json<SwitchSet>,
) -> Result<Json<SwitchView>> {
    spots::set_switch(&ctx, By::Caller(&caller), &set).await?;
    switch(State(ctx), caller).await
}

/// Lets the rule look now, whether it is on or not.
#[utoipa::path(post, path = "/needs/rule/run", tag = "needs", responses((status = 202)))]
async fn run_rule(State(ctx): State<Ctx>, caller: Caller) -> Result<StatusCode> {
    spots::order(&ctx, By::Caller(&caller)).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Tasks: mine, and those of the needs of my people; those due first.
#[utoipa::path(get, path = "/tasks", tag = "needs", params(TaskFilter, PageRequest),
    responses((status = 200, body = Page<TaskItem>)))]
async fn list_tasks(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(filter): Query<TaskFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<TaskItem>>> {
    let db = ctx.db().read();
    let scope = caller.scope(Right::NeedRead)?;
    let Page { items: rows, next } = store::tasks(db, &scope, &filter, &page).await?;
    let items = Views::load(&ctx, db, &caller).await?.tasks(db, &rows).await?;
    Ok(Json(Page { items, next }))
}

/// Reports one's task done.
#[utoipa::path(post, path = "/tasks/{id}/done", tag = "needs", params(("id" = TaskId, Path)),
    request_body = Done, responses((status = 200, body = TaskItem)))]
async fn task_done(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<TaskId>,
    Json(done): Json<Done>,
) -> Result<Json<TaskItem>> {
    tasks::done(&ctx, By::Caller(&caller), id, &done).await?;
    let db = ctx.db().read();
    let row = store::task(db, caller.tenant, id).await?;
    let mut items = Views::load(&ctx, db, &caller).await?.tasks(db, &[row]).await?;
    Ok(Json(items.remove(0)))
}
