//! The server: layers that every request passes, health, and stopping without cutting anyone off.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;

use super::listen::Patience;
use super::problem::REQUEST;
use crate::ctx::Ctx;
use crate::errors::{Error, Result};
use crate::ids::Uuid;

/// What is not the page needs nothing: data, scripts, pictures opened in a tab of their own.
const NOTHING_RUNS: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts health, metrics and the layers for every request around the program's own routes.
pub fn with_layers(routes: Router<Ctx>, ctx: Ctx, metrics: Option<PrometheusHandle>) -> Router {
    let mut router = routes.route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready));
    if let Some(handle) = metrics {
        let told = move |request| super::metrics::to_this_machine(handle.clone(), request);
        router = router.route("/metrics", get(told));
    }
    let trace = TraceLayer::new_for_http().make_span_with(|request: &Request| {
        let id = request.headers().get(&REQUEST_ID).and_then(|v| v.to_str().ok()).unwrap_or_default();
        tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
    });
    router
        .layer(from_fn(super::metrics::observe))
        .layer(CatchPanicLayer::custom(|_| {
            Error::internal("the request failed; the log has the reason").into_response()
        }))
        .layer(trace)
        .layer(from_fn_with_state(ctx.clone(), harden))
        .layer(from_fn_with_state(ctx.clone(), name_request))
        .with_state(ctx)
}

/// Whether the database answers.
async fn ready(State(ctx): State<Ctx>) -> Result<&'static str> {
    ctx.db().ping().await?;
    Ok("ready")
}

/// Gives each request an id of its own: in the log, and in the answer for whoever reports a fault.
async fn name_request(State(ctx): State<Ctx>, mut request: Request, next: Next) -> Response {
    let name = ctx.id::<Uuid>().to_string();
    let id = HeaderValue::from_str(&name).expect("a UUID is a header value");
    request.headers_mut().insert(REQUEST_ID.clone(), id.clone());
    let mut response = REQUEST.scope(name, next.run(request)).await;
    response.headers_mut().insert(REQUEST_ID.clone(), id);
    response
}

/// Headers that browsers obey: no framing, no sniffing, scripts from here only.
async fn harden(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // The page itself, and what people uploaded, come with one of their own.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING_RUNS));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    // Reached over HTTPS once, never without again.
    if ctx.settings().secure_cookies {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Serves until `stop`; requests under way are finished first.
///
/// # Errors
/// When the listener fails.
pub async fn run(listener: TcpListener, router: Router, stop: CancellationToken) -> Result<()> {
    super::listen::run(listener, router, stop, Patience::default()).await
}

/// Answer of an address that does not exist.
pub async fn nothing_here() -> Response {
    Error::not_found("address").into_response()
}

/// Answer of a method that an address does not have.
pub async fn no_such_method() -> Response {
    Error::new(crate::Code::MethodNotAllowed, "this address does not take that method").into_response()
}

/// A redirect-free 204.
pub const DONE: StatusCode = StatusCode::NO_CONTENT;
