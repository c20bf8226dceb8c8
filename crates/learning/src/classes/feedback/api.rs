//! `/classes/{id}/feedback`.

use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, Path, routes};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right};
use serde::Serialize;
use utoipa::ToSchema;

use super::service::{self, Answers};
use super::{Results, store, until};
use crate::classes::ClassId;
use crate::classes::sight::Sight;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::ClassRead, routes!(get)))
        .routes(guarded(Right::ClassRead, routes!(give)))
}

/// Feedback on a class, as far as it concerns who asks.
#[derive(Debug, Serialize, ToSchema)]
struct ClassFeedback {
    /// What I said; none: nothing.
    mine: Option<Answers>,
    /// Whether I can say something, or change it, now.
    open: bool,
    /// Until when that is so; none: the class is not over.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Micros>,
    /// What all said; none where I do not see all who took part.
    results: Option<Results>,
}

/// What I thought of a class, and what all did.
#[utoipa::path(get, path = "/classes/{id}/feedback", tag = "classes", params(("id" = ClassId, Path)),
    responses((status = 200, body = ClassFeedback)))]
async fn get(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<ClassId>) -> Result<Json<ClassFeedback>> {
    let db = ctx.db().read();
    let sight = Sight::of(db, &caller).await?;
    let (class, seen) = sight.class(db, id).await?;
    let own = seen.people.iter().find(|p| Some(p.staff_id) == sight.own);
    let mine = match own {
        Some(own) => store::mine(db, sight.tenant, id, own.staff_id).await?.map(Answers::from),
        None => None,
    };
    let open = own.is_some_and(|own| service::is_due(&class, own.status, ctx.now()));
    let results = service::told_of(&ctx, db, &class, &seen).await?;
    Ok(Json(ClassFeedback { mine, open, until: until(&class), results }))
}

/// Says what I thought of a class that I came to; once, and changed for seven days.
#[utoipa::path(put, path = "/classes/{id}/feedback", tag = "classes", params(("id" = ClassId, Path)),
    request_body = Answers, responses((status = 200, body = Answers)))]
async fn give(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<ClassId>,
    Json(answers): Json<Answers>,
) -> Result<Json<Answers>> {
    service::give(&ctx, &caller, id, &answers).await.map(Json)
}
