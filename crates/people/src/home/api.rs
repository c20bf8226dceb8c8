//! `/home`.

use axum::Extension;
use axum::extract::State;
use kexun_base::http::{Json, OpenApiRouter, routes};
use kexun_base::{Ctx, Result};

use super::{Home, own_part};
use crate::additions::Additions;
use crate::rights::Caller;
use crate::rights::route::signed_in;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(signed_in(routes!(home)))
}

/// What I should do now, how it stands, what is new.
#[utoipa::path(get, path = "/home", tag = "home", responses((status = 200, body = Home)))]
async fn home(
    State(ctx): State<Ctx>,
    caller: Caller,
    additions: Option<Extension<Additions>>,
) -> Result<Json<Home>> {
    let mut home = own_part(&ctx, &caller).await?;
    if let Some(Extension(additions)) = additions {
        home.add(additions.home(&ctx, &caller).await?);
    }
    Ok(Json(home))
}
