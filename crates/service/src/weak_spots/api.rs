//! `/api/v1/weak-spots`.

use axum::extract::State;
use chrono::NaiveDate;
use kexun_base::http::{Json, OpenApiRouter, Query, routes};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right};
use kexun_people::tenants::{ShopId, TeamId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Funnel, Question, WeakSpots};
use crate::kpi::rules::Period;

/// The longest period, in days: beyond a year nobody is the same agent.
const LONGEST_DAYS: u64 = 366;

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::WeakSpotRead, routes!(find)))
        .routes(guarded(Right::WeakSpotRead, routes!(funnel)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// First day.
    #[param(value_type = String, format = Date)]
    from: NaiveDate,
    /// Last day; at most a year in all.
    #[param(value_type = String, format = Date)]
    to: NaiveDate,
    /// In this shop only.
    shop: Option<ShopId>,
    /// In this team only.
    team: Option<TeamId>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AskedFunnel {
    /// Key of the figure: one of `measures` of the weak spots.
    key: String,
    /// First day.
    #[param(value_type = String, format = Date)]
    from: NaiveDate,
    /// Last day; at most a year in all.
    #[param(value_type = String, format = Date)]
    to: NaiveDate,
    /// In this shop only.
    shop: Option<ShopId>,
    /// In this team only.
    team: Option<TeamId>,
}

fn question(from: NaiveDate, to: NaiveDate, shop: Option<ShopId>, team: Option<TeamId>) -> Result<Question> {
    let period = Period::new(from, to).ok_or_else(|| Error::field("to", "is before `from`"))?;
    if period.days() > LONGEST_DAYS {
        return Err(Error::field("to", "weak spots are looked for in at most a year"));
    }
    Ok(Question { period, shop, team })
}

/// Where service is weak beyond what chance explains, among those whom the caller may see.
#[utoipa::path(get, path = "/weak-spots", tag = "weak spots", params(Asked),
    responses((status = 200, body = WeakSpots)))]
async fn find(State(ctx): State<Ctx>, caller: Caller, Query(asked): Query<Asked>) -> Result<Json<WeakSpots>> {
    let scope = caller.scope(Right::WeakSpotRead)?;
    let question = question(asked.from, asked.to, asked.shop, asked.team)?;
    super::find(&ctx, &scope, &question).await.map(Json)
}

/// One figure of everybody whom the caller may see, among the limits of chance.
#[utoipa::path(get, path = "/weak-spots/funnel", tag = "weak spots", params(AskedFunnel),
    responses((status = 200, body = Funnel)))]
async fn funnel(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(asked): Query<AskedFunnel>,
) -> Result<Json<Funnel>> {
    let scope = caller.scope(Right::WeakSpotRead)?;
    let question = question(asked.from, asked.to, asked.shop, asked.team)?;
    super::funnel(&ctx, &scope, &asked.key, &question).await.map(Json)
}
