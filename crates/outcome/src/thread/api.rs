//! `/api/v1/thread`.

use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, Path, routes};
use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Result};
use kexun_people::rights::Caller;
use kexun_people::rights::route::signed_in;
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::ThreadKind;
use super::service::{self, StageOut};

/// The routes of this room. The kind that is asked for says which right is needed.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(signed_in(routes!(thread)))
}

/// The chain through a thing.
#[derive(Debug, Serialize, ToSchema)]
struct Thread {
    /// What kind of thing it leads through.
    kind: ThreadKind,
    /// Which one.
    id: Uuid,
    /// All stages, in order.
    stages: Vec<StageOut>,
}

/// What led to a thing and what it led to: conversations, weak spot, need, plan item, class, exam,
/// effect. Things that you may not read are counted and not named.
#[utoipa::path(get, path = "/thread/{kind}/{id}", tag = "thread",
    params(("kind" = ThreadKind, Path), ("id" = Uuid, Path)), responses((status = 200, body = Thread)))]
async fn thread(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path((kind, id)): Path<(ThreadKind, Uuid)>,
) -> Result<Json<Thread>> {
    let stages = service::thread(&ctx, &caller, kind, id).await?;
    Ok(Json(Thread { kind, id, stages }))
}
