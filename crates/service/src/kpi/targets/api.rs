//! `/api/v1/kpi/targets`.

use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, routes};
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{By, Caller, Right};

use super::{Draft, Target};

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::KpiRead, routes!(list)))
        .routes(guarded(Right::TargetWrite, routes!(set)))
}

/// Targets of the whole tenant and of its shops; withdrawn ones without a number. Whoever sees figures
/// may know what they are to be.
#[utoipa::path(get, path = "/kpi/targets", tag = "kpi", responses((status = 200, body = Vec<Target>)))]
async fn list(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<Vec<Target>>> {
    let scope = caller.scope(Right::KpiRead)?;
    super::list(ctx.db().read(), scope.tenant).await.map(Json)
}

/// Sets or withdraws a target.
#[utoipa::path(put, path = "/kpi/targets", tag = "kpi", request_body = Draft,
    responses((status = 200, body = Target)))]
async fn set(State(ctx): State<Ctx>, caller: Caller, Json(draft): Json<Draft>) -> Result<Json<Target>> {
    super::set(&ctx, By::Caller(&caller), &draft).await.map(Json)
}
