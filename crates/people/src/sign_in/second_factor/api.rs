//! `/me/second-factor`, `/second-factor/policy`.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kexun_base::http::contract::Refused;
use kexun_base::http::idempotency::KeepNoCopy;
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, routes};
use kexun_base::{Ctx, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::policy;
use super::service::{self, Begun, SecondFactor};
use crate::rights::route::{guarded, signed_in};
use crate::rights::{Caller, Right, Role};
use crate::sign_in::api::InPerson;

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(signed_in(routes!(my_second_factor, begin)))
        .routes(signed_in(routes!(confirm)))
        .routes(signed_in(routes!(renew_recovery_codes)))
        .routes(signed_in(routes!(turn_off)))
        .routes(guarded(Right::OrgRead, routes!(second_factor_policy)))
        .routes(guarded(Right::OrgWrite, routes!(set_second_factor_policy)))
}

/// Whether I have a second factor.
#[utoipa::path(get, path = "/me/second-factor", tag = "sign-in", responses((status = 200, body = SecondFactor)))]
async fn my_second_factor(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<SecondFactor>> {
    Ok(Json(service::state(ctx.db().read(), caller.person).await?))
}

/// My password.
#[derive(Deserialize, ToSchema)]
struct MyPassword {
    /// The present one.
    #[schema(format = Password)]
    password: String,
}

/// Begins to set a second factor up: gives the secret for an authenticator app. It is asked for once a code of it was
/// confirmed.
#[utoipa::path(post, path = "/me/second-factor", tag = "sign-in", request_body = MyPassword,
    responses((status = 200, body = Begun), Refused<429>))]
async fn begin(
    State(ctx): State<Ctx>,
    caller: Caller,
    _: InPerson,
    Json(sent): Json<MyPassword>,
) -> Result<Response> {
    let begun = service::begin(&ctx, &caller, &sent.password).await?;
    Ok((Extension(KeepNoCopy), Json(begun)).into_response())
}

/// A code of my authenticator app.
#[derive(Deserialize, ToSchema)]
struct MyCode {
    /// Six digits; spaces do not matter. Where a second factor is on already, a recovery code will do as well.
    code: String,
}

/// Recovery codes, shown this once.
#[derive(Debug, Serialize, ToSchema)]
struct RecoveryCodes {
    /// Each is good for one sign-in instead of a code of the app.
    recovery_codes: Vec<String>,
}

fn shown_once(recovery_codes: Vec<String>) -> Response {
    (Extension(KeepNoCopy), Json(RecoveryCodes { recovery_codes })).into_response()
}

/// Turns my second factor on; all my other browsers are signed out.
#[utoipa::path(post, path = "/me/second-factor/confirmation", tag = "sign-in", request_body = MyCode,
    responses((status = 200, body = RecoveryCodes), Refused<429>))]
async fn confirm(
    State(ctx): State<Ctx>,
    caller: Caller,
    InPerson(session): InPerson,
    Json(sent): Json<MyCode>,
) -> Result<Response> {
    Ok(shown_once(service::confirm(&ctx, &caller, session, &sent.code).await?))
}

/// Gives me new recovery codes; the old ones are worth nothing any more.
#[utoipa::path(post, path = "/me/second-factor/recovery-codes", tag = "sign-in", request_body = MyCode,
    responses((status = 200, body = RecoveryCodes), Refused<429>))]
async fn renew_recovery_codes(
    State(ctx): State<Ctx>,
    caller: Caller,
    InPerson(session): InPerson,
    Json(sent): Json<MyCode>,
) -> Result<Response> {
    Ok(shown_once(service::renew(&ctx, &caller, session, &sent.code).await?))
}

/// Both my factors.
#[derive(Deserialize, ToSchema)]
struct BothFactors {
    /// The password.
    #[schema(format = Password)]
    password: String,
    /// A code of the app, or a recovery code.
    code: String,
}

/// Turns my second factor off; all my other browsers are signed out.
#[utoipa::path(post, path = "/me/second-factor/off", tag = "sign-in", request_body = BothFactors,
    responses((status = 204), Refused<429>))]
async fn turn_off(
    State(ctx): State<Ctx>,
    caller: Caller,
    InPerson(session): InPerson,
    Json(sent): Json<BothFactors>,
) -> Result<StatusCode> {
    service::off(&ctx, &caller, session, &sent.password, &sent.code).await?;
    Ok(DONE)
}

/// Who must have a second factor.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct SecondFactorPolicy {
    /// Whoever holds one of these roles has no right until he has one; none: it is everybody's own choice.
    roles: BTreeSet<Role>,
}

/// Which roles must have a second factor.
#[utoipa::path(get, path = "/second-factor/policy", tag = "organisation",
    responses((status = 200, body = SecondFactorPolicy)))]
async fn second_factor_policy(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<SecondFactorPolicy>> {
    Ok(Json(SecondFactorPolicy { roles: policy::roles(&ctx, &caller).await? }))
}

/// Says which roles must have a second factor; at once, for those who are signed in as well.
#[utoipa::path(put, path = "/second-factor/policy", tag = "organisation", request_body = SecondFactorPolicy,
    responses((status = 200, body = SecondFactorPolicy)))]
async fn set_second_factor_policy(
    State(ctx): State<Ctx>,
    caller: Caller,
    _: InPerson,
    Json(sent): Json<SecondFactorPolicy>,
) -> Result<Json<SecondFactorPolicy>> {
    policy::set_roles(&ctx, &caller, &sent.roles).await?;
    Ok(Json(sent))
}
