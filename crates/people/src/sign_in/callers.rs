//! Finding out who asks: a session cookie or a bearer token becomes a [`Caller`] in one tenant. Who was
//! looked up is known ([`known`](super::known)) until something about him changes: a withdrawn role or a
//! sign-out acts at once.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use kexun_base::http::idempotency;
use kexun_base::ids::Uuid;
use kexun_base::{Code, Ctx, Error, Result};
use sea_orm::ConnectionTrait;

use super::known::{Known, Proof};
use super::{SessionId, second_factor, service, tokens};
use crate::persons::PersonId;
use crate::rights::route::NoCaller;
use crate::rights::{Caller, Grant, grants_in_merchants};
use crate::staff::{self, Membership};
use crate::tenants::{self, TenantId};

/// Name of the session cookie.
pub const COOKIE: &str = "kexun_session";
/// The same over HTTPS: browsers take a cookie of such a name only from this very host, for all its
/// paths and over HTTPS, so that no neighbouring subdomain can put a session of its own there.
const HOST_COOKIE: &str = "__Host-kexun_session";

/// What the session cookie is called here.
pub(super) fn cookie_name(ctx: &Ctx) -> &'static str {
    if ctx.settings().secure_cookies { HOST_COOKIE } else { COOKIE }
}

/// Puts around routes what finds out who asks: every request behind it carries its [`Caller`], if it
/// has a valid session or token; writes with an `Idempotency-Key` are done once.
pub fn with_callers(ctx: &Ctx, routes: Router<Ctx>) -> Router<Ctx> {
    routes.layer(from_fn_with_state(ctx.clone(), identify))
}

async fn identify(State(ctx): State<Ctx>, mut request: Request, next: Next) -> Result<Response> {
    let found = match Asked::of(&ctx, &request) {
        Ok(asked) => caller_of(&ctx, asked).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(None) => Ok(next.run(request).await),
        Ok(Some((caller, session))) => {
            let owner = owner(&ctx, &caller);
            request.extensions_mut().insert(caller);
            if let Some(session) = session {
                request.extensions_mut().insert(session);
            }
            match *request.method() {
                Method::POST | Method::PUT | Method::PATCH => {
                    idempotency::once(&ctx, owner, request, next).await
                }
                _ => Ok(next.run(request).await),
            }
        }
        Err(error) if error.code.status() >= 500 => Err(error),
        // An open route serves also whoever brings a stale session; all others say what is wrong.
        Err(error) => {
            request.extensions_mut().insert(NoCaller(error.code, error.detail));
            Ok(next.run(request).await)
        }
    }
}

/// What a request says about who asks.
struct Asked {
    tenant: Option<String>,
    bearer: Option<String>,
    cookie: Option<String>,
    /// Whether another site could have made the browser send it: it changes something and lacks the
    /// header that only our own pages send.
    cross_site: bool,
}

impl Asked {
    fn of(ctx: &Ctx, request: &Request) -> Result<Asked> {
        let headers = request.headers();
        let changing = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        Ok(Asked {
            tenant: named_tenant(request)?,
            bearer: bearer(headers).map(str::to_owned),
            cookie: cookie(headers, cookie_name(ctx)).map(str::to_owned),
            cross_site: changing && (!headers.contains_key("x-kexun") || from_another_site(headers)),
        })
    }
}

async fn caller_of(ctx: &Ctx, asked: Asked) -> Result<Option<(Caller, Option<SessionId>)>> {
    let named = asked.tenant.as_deref();
    let known = ctx.kept::<Known>();
    if let Some(secret) = asked.bearer {
        let proof = Proof::of(ctx, "sign_in.token", &secret, named);
        if let Some(found) = known.get(&proof, ctx.now()) {
            return Ok(Some(found));
        }
        let token = tokens::resume(ctx, &secret).await?;
        let mut caller = act_in(ctx.db().read(), token.person, Some(token.tenant), named).await?;
        caller.only = Some(token.rights);
        known.put(proof, &caller, None, token.term, ctx.now());
        return Ok(Some((caller, None)));
    }
    let Some(secret) = asked.cookie else { return Ok(None) };
    let proof = Proof::of(ctx, "sign_in.session", &secret, named);
    if let Some(found) = known.get(&proof, ctx.now()).filter(|_| !asked.cross_site) {
        return Ok(Some(found));
    }
    let Some((session, person, term)) = service::resume(ctx, &secret).await? else { return Ok(None) };
    if asked.cross_site {
        tracing::warn!(person = %person.0, "a changing request was refused as another site's");
        return Err(cross_site());
    }
    let caller = act_in(ctx.db().read(), person, None, named).await?;
    known.put(proof, &caller, Some(session), term, ctx.now());
    Ok(Some((caller, Some(session))))
}

/// The person as a caller in the tenant that he names, or in his first one. `bound`: the tenant that
/// a token is for, or merchants of it.
pub(super) async fn act_in(
    db: &impl ConnectionTrait,
    person: PersonId,
    bound: Option<TenantId>,
    named: Option<&str>,
) -> Result<Caller> {
    let mut own = staff::memberships(db, person).await?;
    own.retain(|m| bound.is_none_or(|tenant| m.tenant == tenant));
    let Some(named) = named else {
        let first = own
            .first()
            .ok_or_else(|| Error::forbidden("you belong to no organisation; ask an administrator"))?;
        return member(db, person, first, bound).await;
    };
    // Whether there is no such tenant, or one that is not his, he does not learn.
    let strange =
        || Error::forbidden(format!("you do not belong to {named:?}, or there is no such organisation"));
    let tenant = match tenants::tenant_by_slug(db, named).await {
        Err(error) if error.code == Code::NotFound => return Err(strange()),
        found => found?,
    };
    if let Some(membership) = own.iter().find(|m| m.tenant == tenant.id) {
        return member(db, person, membership, bound).await;
    }
    let above = own.iter().find(|m| tenant.parent == Some(m.tenant)).ok_or_else(strange)?;
    let held = staff::grants_of(db, above.tenant, above.staff).await?;
    let grants = grants_in_merchants(&held);
    if grants.is_empty() {
        return Err(strange());
    }
    let caller = Caller {
        person,
        tenant: tenant.id,
        staff: None,
        grants,
        accounts: Default::default(),
        only: None,
        unproven: false,
    };
    proven(db, caller, (above.tenant, &held), bound).await
}

async fn member(
    db: &impl ConnectionTrait,
    person: PersonId,
    membership: &Membership,
    bound: Option<TenantId>,
) -> Result<Caller> {
    let Membership { tenant, staff } = *membership;
    let held = staff::grants_of(db, tenant, staff).await?;
    let accounts = staff::accounts::of_staff(db, tenant, staff).await?;
    let accounts = accounts.into_iter().map(|a| a.id).collect();
    let (staff, grants) = (Some(staff), held.clone());
    let caller = Caller { person, tenant, staff, grants, accounts, only: None, unproven: false };
    proven(db, caller, (tenant, &held), bound).await
}

/// Lets roles, and being a member, rest where one of those that he holds needs a second factor that he lacks. Not for
/// a token: programs have no phone.
async fn proven(
    db: &impl ConnectionTrait,
    caller: Caller,
    (tenant, held): (TenantId, &[Grant]),
    bound: Option<TenantId>,
) -> Result<Caller> {
    if bound.is_some() || !second_factor::lacks(db, tenant, caller.person, held).await? {
        return Ok(caller);
    }
    Ok(Caller { staff: None, grants: Vec::new(), accounts: Default::default(), unproven: true, ..caller })
}

/// Whose idempotency keys are whose: a person's, in one tenant.
fn owner(ctx: &Ctx, caller: &Caller) -> Uuid {
    let key = ctx.key().derive("idempotency.owner");
    let hash = key.hash(&[caller.person.0.as_bytes(), caller.tenant.0.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(bytes)
}

fn named_tenant(request: &Request) -> Result<Option<String>> {
    if let Some(header) = request.headers().get("kexun-tenant") {
        let slug =
            header.to_str().map_err(|_| Error::invalid("Kexun-Tenant must be a tenant's short name"))?;
        return Ok(Some(slug.to_owned()));
    }
    #[derive(serde::Deserialize)]
    struct Named {
        tenant: Option<String>,
    }
    let query = axum::extract::Query::<Named>::try_from_uri(request.uri());
    Ok(query.ok().and_then(|q| q.0.tenant).filter(|slug| !slug.is_empty()))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

fn cross_site() -> Error {
    let detail = "a changing request by cookie needs the header X-Kexun: 1, and comes from a page of this server: \
                  other sites can have neither";
    Error::new(Code::CrossSite, detail)
}

/// Refuses what the browser says another site's page sends.
pub(super) fn refuse_other_sites(headers: &HeaderMap) -> Result<()> {
    if from_another_site(headers) { Err(cross_site()) } else { Ok(()) }
}

/// Whether the browser itself says that another site's page sends this. Older ones say nothing: for them
/// stands `X-Kexun`, which would need a permission (CORS) that is never given.
fn from_another_site(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

fn cookie<'a>(headers: &'a HeaderMap, called: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == called).map(|(_, secret)| secret)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; xkexun_session=no"));
        assert_eq!(cookie(&headers, COOKIE), None);
        headers.append(header::COOKIE, HeaderValue::from_static("b=2;kexun_session=yes"));
        assert_eq!(cookie(&headers, COOKIE), Some("yes"));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("bearer kx_1"));
        assert_eq!(bearer(&headers), Some("kx_1"));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Basic kx_1"));
        assert_eq!(bearer(&headers), None);
    }

    #[test]
    fn a_browser_says_where_a_request_comes_from() {
        let mut headers = HeaderMap::new();
        assert!(!from_another_site(&headers));
        for (site, other) in
            [("same-origin", false), ("none", false), ("same-site", true), ("cross-site", true)]
        {
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            assert_eq!(from_another_site(&headers), other, "{site}");
        }
    }
}
