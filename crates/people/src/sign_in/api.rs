//! `/sign-in`, `/session`, `/me`, `/tokens`.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use axum::Extension;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use kexun_base::http::contract::Refused;
use kexun_base::http::idempotency::KeepNoCopy;
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, Page, Path, Query, routes};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::me::{self, Me};
use super::service::{self, DEMO_PASSWORD, LONGEST_SECONDS};
use super::sessions::{self, Session};
use super::tokens::{self, NewToken, Token};
use super::{SessionId, TokenId, callers, second_factor};
use crate::rights::route::{guarded, open, signed_in};
use crate::rights::{Caller, Right, Role};
use crate::text::some_or_null;
use crate::{persons, staff, tenants};

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(open(routes!(entrance)))
        .routes(open(routes!(sign_in)))
        .routes(signed_in(routes!(sign_out)))
        .routes(signed_in(routes!(list_sessions, sign_out_everywhere)))
        .routes(signed_in(routes!(end_session)))
        .routes(signed_in(routes!(who_am_i, change_me)))
        .routes(signed_in(routes!(change_password)))
        .routes(guarded(Right::TokenWrite, routes!(list_tokens, create_token)))
        .routes(guarded(Right::TokenWrite, routes!(withdraw_token)))
        .merge(second_factor::router())
}

/// Where a request comes from, if the server can tell.
struct Remote(Option<IpAddr>);

impl FromRequestParts<Ctx> for Remote {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, ctx: &Ctx) -> Result<Self> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        if !ctx.settings().behind_proxy {
            return Ok(Remote(peer));
        }
        let lines = parts.headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        let last = lines.flat_map(|line| line.split(',')).last().and_then(|a| a.trim().parse().ok());
        Ok(Remote(last.or(peer)))
    }
}

/// A session of the person's own, as against a token: a program that may read figures must not be able to
/// change whom it acts for.
pub(crate) struct InPerson(pub(super) SessionId);

impl FromRequestParts<Ctx> for InPerson {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &Ctx) -> Result<Self> {
        let session = parts.extensions.get::<SessionId>().copied();
        session.map(InPerson).ok_or_else(|| {
            Error::forbidden("a token does not change the account it belongs to: sign in and do it yourself")
        })
    }
}

/// What the sign-in page shows.
#[derive(Debug, Serialize, ToSchema)]
struct Entrance {
    /// Whether this is a demonstration.
    demo: bool,
    /// The demonstration's people; otherwise nobody.
    people: Vec<DemoPerson>,
}

/// Somebody of a demonstration, to be signed in as with one click.
#[derive(Debug, Serialize, ToSchema)]
struct DemoPerson {
    /// Login.
    login: String,
    /// Name.
    name: String,
    /// First role.
    role: Role,
    /// Name of the tenant.
    tenant: String,
    /// The public password.
    password: &'static str,
}

/// What the sign-in page shows: in a demonstration, its people.
#[utoipa::path(get, path = "/sign-in", tag = "sign-in", responses((status = 200, body = Entrance)))]
async fn entrance(State(ctx): State<Ctx>) -> Result<Json<Entrance>> {
    let db = ctx.db().read();
    let ids = service::demo_persons(&ctx, db).await?;
    let mut people = Vec::new();
    for person in persons::by_ids(db, &ids).await?.into_values() {
        for member in staff::memberships(db, person.id).await? {
            let grants = staff::grants_of(db, member.tenant, member.staff).await?;
            let Some(role) = grants.iter().map(|g| g.role).max() else { continue };
            let tenant = tenants::tenant(db, member.tenant).await?.name;
            let (login, name) = (person.login.clone(), person.name.clone());
            people.push(DemoPerson { login, name, role, tenant, password: DEMO_PASSWORD });
        }
    }
    people.sort_by(|a, b| (a.role, &a.tenant, &a.login).cmp(&(b.role, &b.tenant, &b.login)));
    Ok(Json(Entrance { demo: ctx.settings().demo, people }))
}

/// Login and password, and a code where there is a second factor.
#[derive(Deserialize, ToSchema)]
struct Credentials {
    /// The login; upper and lower case are the same.
    login: String,
    /// The password.
    #[schema(format = Password)]
    password: String,
    /// The code that the authenticator app shows, or a recovery code: when `second_factor_needed` was answered.
    code: Option<String>,
}

/// Signs in; the answer sets the session cookie.
#[utoipa::path(post, path = "/session", tag = "sign-in", request_body = Credentials,
    responses((status = 200, body = Me), Refused<401>, Refused<403>, Refused<429>))]
async fn sign_in(
    State(ctx): State<Ctx>,
    Remote(address): Remote,
    headers: HeaderMap,
    old: Option<Extension<SessionId>>,
    caller: Option<Extension<Caller>>,
    Json(sent): Json<Credentials>,
) -> Result<Response> {
    // A form on another site cannot send JSON; this is for browsers that have been talked into it.
    callers::refuse_other_sites(&headers)?;
    let user_agent = headers.get(header::USER_AGENT).and_then(|a| a.to_str().ok()).unwrap_or_default();
    let instead_of = caller.zip(old).map(|(caller, old)| (caller.person, old.0));
    let from = service::From { address, user_agent, instead_of };
    let brought =
        service::Credentials { login: &sent.login, password: &sent.password, code: sent.code.as_deref() };
    let (person, secret) = service::sign_in(&ctx, brought, from).await?;
    let caller = callers::act_in(ctx.db().read(), person.id, None, None).await?;
    let me = me::me(&ctx, &caller).await?;
    let cookie = set_cookie(&ctx, &secret.0, LONGEST_SECONDS)?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(me)).into_response())
}

fn set_cookie(ctx: &Ctx, value: &str, seconds: i64) -> Result<HeaderValue> {
    let secure = if ctx.settings().secure_cookies { "; Secure" } else { "" };
    let name = callers::cookie_name(ctx);
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).map_err(|_| Error::internal("a session cannot be written as a cookie"))
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "sign-in", responses((status = 204)))]
async fn sign_out(
    State(ctx): State<Ctx>,
    caller: Caller,
    session: Option<Extension<SessionId>>,
) -> Result<Response> {
    // A token has no session to end.
    if let Some(Extension(session)) = session {
        service::sign_out(&ctx, &caller, Some(session)).await?;
    }
    signed_out(&ctx)
}

/// The browsers in which I am signed in: this one, then those used last.
#[utoipa::path(get, path = "/sessions", tag = "sign-in", responses((status = 200, body = Page<Session>)))]
async fn list_sessions(
    State(ctx): State<Ctx>,
    caller: Caller,
    InPerson(this): InPerson,
) -> Result<Json<Page<Session>>> {
    Ok(Json(Page::whole(sessions::list(&ctx, &caller, this).await?)))
}

/// Which of my browsers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WhichSessions {
    /// All but this one.
    #[serde(default)]
    #[param(required = false)]
    others: bool,
}

/// Signs out in all browsers, or in all others.
#[utoipa::path(delete, path = "/sessions", tag = "sign-in", params(WhichSessions), responses((status = 204)))]
async fn sign_out_everywhere(
    State(ctx): State<Ctx>,
    caller: Caller,
    InPerson(this): InPerson,
    Query(which): Query<WhichSessions>,
) -> Result<Response> {
    if which.others {
        sessions::end_others(&ctx, &caller, this).await?;
        return Ok(DONE.into_response());
    }
    service::sign_out(&ctx, &caller, None).await?;
    signed_out(&ctx)
}

/// Signs out in one of my browsers.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "sign-in", params(("id" = SessionId, Path)),
    responses((status = 204)))]
async fn end_session(
    State(ctx): State<Ctx>,
    caller: Caller,
    InPerson(this): InPerson,
    Path(id): Path<SessionId>,
) -> Result<Response> {
    sessions::end(&ctx, &caller, id).await?;
    if id == this { signed_out(&ctx) } else { Ok(DONE.into_response()) }
}

fn signed_out(ctx: &Ctx) -> Result<Response> {
    Ok((DONE, AppendHeaders([(header::SET_COOKIE, set_cookie(ctx, "", 0)?)])).into_response())
}

/// Who I am, where, and what I may do.
#[utoipa::path(get, path = "/me", tag = "sign-in", responses((status = 200, body = Me)))]
async fn who_am_i(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<Me>> {
    Ok(Json(me::me(&ctx, &caller).await?))
}

/// What changes about me; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
struct MyChange {
    /// `zh-CN` or `en`.
    locale: Option<String>,
    /// Where mails go; null: nowhere.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
}

/// Changes my language or address.
#[utoipa::path(patch, path = "/me", tag = "sign-in", request_body = MyChange, responses((status = 200, body = Me)))]
async fn change_me(
    State(ctx): State<Ctx>,
    caller: Caller,
    _: InPerson,
    Json(new): Json<MyChange>,
) -> Result<Json<Me>> {
    me::change(&ctx, &caller, new.locale, new.email).await?;
    Ok(Json(me::me(&ctx, &caller).await?))
}

/// Old and new password.
#[derive(Deserialize, ToSchema)]
struct PasswordChange {
    /// The present one.
    #[schema(format = Password)]
    old: String,
    /// The new one: 8 characters or more.
    #[schema(format = Password)]
    new: String,
}

/// Changes my password; all my other browsers are signed out.
#[utoipa::path(post, path = "/me/password", tag = "sign-in", request_body = PasswordChange,
    responses((status = 204), Refused<429>))]
async fn change_password(
    State(ctx): State<Ctx>,
    caller: Caller,
    InPerson(session): InPerson,
    Json(sent): Json<PasswordChange>,
) -> Result<StatusCode> {
    service::change_own(&ctx, &caller, Some(session), &sent.old, &sent.new).await?;
    Ok(DONE)
}

/// My tokens in this tenant, newest first.
#[utoipa::path(get, path = "/tokens", tag = "sign-in", responses((status = 200, body = Page<Token>)))]
async fn list_tokens(State(ctx): State<Ctx>, caller: Caller) -> Result<Json<Page<Token>>> {
    Ok(Json(Page::whole(tokens::list(&ctx, &caller).await?)))
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
struct TokenDraft {
    /// What it is for.
    name: String,
    /// The rights it shall carry; all must be your own.
    rights: BTreeSet<Right>,
    /// When it shall end, two years from now at most; 90 days from now if not said.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Micros>,
}

/// A new token and its secret, shown this once.
#[derive(Debug, Serialize, ToSchema)]
struct Issued {
    /// The token.
    #[serde(flatten)]
    about: Token,
    /// What programs send as `Authorization: Bearer …`. It is not kept and cannot be shown again.
    token: String,
}

/// Makes a token of my own.
#[utoipa::path(post, path = "/tokens", tag = "sign-in", request_body = TokenDraft,
    responses((status = 201, body = Issued)))]
async fn create_token(
    State(ctx): State<Ctx>,
    caller: Caller,
    Json(draft): Json<TokenDraft>,
) -> Result<Response> {
    let new = NewToken { name: draft.name, rights: draft.rights, expires_at: draft.expires_at };
    let (about, token) = tokens::create(&ctx, &caller, new).await?;
    Ok((StatusCode::CREATED, Extension(KeepNoCopy), Json(Issued { about, token })).into_response())
}

/// Withdraws one of my tokens, at once.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "sign-in", params(("id" = TokenId, Path)),
    responses((status = 204)))]
async fn withdraw_token(
    State(ctx): State<Ctx>,
    caller: Caller,
    Path(id): Path<TokenId>,
) -> Result<StatusCode> {
    tokens::withdraw(&ctx, &caller, id).await?;
    Ok(DONE)
}
