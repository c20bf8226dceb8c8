//! `/api/v1/kpi`.

use std::collections::HashSet;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use kexun_base::http::{Json, OpenApiRouter, Query, routes};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::route::guarded;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::AccountId;
use kexun_people::tenants::{ShopId, TeamId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::rules::{Definition, Figure, Per, Period};
use super::{Answer, By, Question, ask, to_csv};

/// The most figures that are asked for at once: those with a number of seconds or hours are without end.
const MOST_KEYS: usize = 50;

/// The routes of this room.
pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::KpiRead, routes!(figures)))
        .routes(guarded(Right::KpiRead, routes!(definitions)))
}

/// What an answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnswerFormat {
    /// As JSON.
    Json,
    /// As CSV: a row a scope, period and key.
    Csv,
}

/// What is asked of the figures.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// First day.
    #[param(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// Last day.
    #[param(value_type = String, format = Date)]
    pub to: NaiveDate,
    /// Rows: `agent`, `team`, `shop` or `tenant` (default).
    #[param(inline, value_type = Option<By>)]
    pub by: Option<String>,
    /// Split: `day`, `week`, `month` or `all` (default).
    #[param(inline, value_type = Option<Per>)]
    pub per: Option<String>,
    /// Keys, separated by commas, at most 50; all that ship if none.
    pub keys: Option<String>,
    /// Of this shop only.
    pub shop: Option<ShopId>,
    /// Of this team only.
    pub team: Option<TeamId>,
    /// Of this agent account only.
    pub agent: Option<AccountId>,
    /// `json` (default) or `csv`.
    #[param(inline)]
    pub format: Option<AnswerFormat>,
}

impl Asked {
    /// As a question.
    ///
    /// # Errors
    /// `invalid` with the field at fault.
    pub fn question(&self) -> Result<Question> {
        let period = Period::new(self.from, self.to).ok_or_else(|| Error::field("to", "is before `from`"))?;
        if period.days() > 3700 {
            return Err(Error::field("to", "a question spans at most ten years"));
        }
        let by = self.by.as_deref().unwrap_or("tenant").parse::<By>()?;
        let per = self.per.as_deref().unwrap_or("all").parse::<Per>();
        let per = per.map_err(|_| Error::field("per", "is none of day, week, month, all"))?;
        let keys = self.keys.as_deref().unwrap_or_default().split(',').filter(|k| !k.trim().is_empty());
        let mut distinct = HashSet::new();
        let mut figures = Vec::new();
        for key in keys {
            let figure = key.trim().parse::<Figure>().map_err(|_| unknown(key.trim()))?;
            if distinct.insert(figure) {
                figures.push(figure);
            }
            if figures.len() > MOST_KEYS {
                return Err(Error::field("keys", format!("are more than {MOST_KEYS}; ask several times")));
            }
        }
        let keys = figures;
        Ok(Question { period, by, per, keys, shop: self.shop, team: self.team, agent: self.agent })
    }
}

fn unknown(key: &str) -> Error {
    Error::field("keys", format!("there is no figure {key:?}; GET /api/v1/kpi/definitions lists them"))
}

/// Figures by scope and period.
#[utoipa::path(get, path = "/kpi", tag = "kpi", params(Asked),
    responses((status = 200, description = "zone and rows, see docs/figures.md",
        content((Answer = "application/json"), (String = "text/csv")))))]
async fn figures(State(ctx): State<Ctx>, caller: Caller, Query(asked): Query<Asked>) -> Result<Response> {
    let scope = caller.scope(Right::KpiRead)?;
    let answer = ask(&ctx, &scope, &asked.question()?).await?;
    if asked.format == Some(AnswerFormat::Csv) {
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"kpi.csv\""),
        ];
        // The mark tells spreadsheet programs that this is UTF-8.
        return Ok((headers, format!("\u{feff}{}", to_csv(&answer))).into_response());
    }
    Ok(Json(answer).into_response())
}

/// The figures that there are, and what each counts.
#[utoipa::path(get, path = "/kpi/definitions", tag = "kpi",
    responses((status = 200, body = Vec<Definition>)))]
async fn definitions(_: Caller) -> Json<Vec<Definition>> {
    Json(Figure::SHIPPED.iter().map(|f| f.definition()).collect())
}
