//! Prometheus metrics of the HTTP layer, and who is told them.
//!
//! They hold no data of people, but how busy the organisation is and which tenants there are is not for
//! everybody who reaches the port either: on the public one they are told to this machine alone, to others on an
//! address of their own.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
pub use metrics_exporter_prometheus::PrometheusHandle;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};

use crate::ctx::Ctx;
use crate::errors::{Error, Result};
use crate::{events, jobs};

const SECONDS: &str = "kexun_http_request_seconds";

/// Starts collecting, once per process.
///
/// # Errors
/// When collecting was started before.
pub fn install() -> Result<PrometheusHandle> {
    let buckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(SECONDS.into()), &buckets)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|e| Error::internal(format!("metrics cannot be collected: {e}")))
}

/// What proxies say of a request that they pass on.
const PASSED_ON: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/// The metrics on the public port: told to who asks from this machine himself.
pub(super) async fn to_this_machine(handle: PrometheusHandle, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    if is_from_here(peer, request.headers()) {
        return handle.render().into_response();
    }
    let why = "metrics are told to this machine only: start the server with --metrics-listen ADDRESS \
               (KEXUN_METRICS_LISTEN) to ask for them from elsewhere";
    Error::forbidden(why).into_response()
}

fn is_from_here(peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let passed_on = PASSED_ON.iter().any(|name| headers.contains_key(*name));
    peer.is_some_and(|peer| peer.to_canonical().is_loopback()) && !passed_on
}

/// The metrics on an address of their own: told to whoever reaches it.
pub fn on_their_own(handle: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(move || async move { handle.render() }))
}

/// Counts a request and its time by route, method and status. The route is the pattern, never the
/// address itself, so that ids make no series.
#[allow(clippy::disallowed_methods, reason = "measures how long a request took; decides nothing")]
pub async fn observe(request: Request, next: Next) -> Response {
    let route =
        request.extensions().get::<MatchedPath>().map_or("other".to_owned(), |p| p.as_str().to_owned());
    let method = known(request.method()).to_owned();
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let labels = [("route", route), ("method", method), ("status", status)];
    metrics::histogram!(SECONDS, &labels).record(started.elapsed().as_secs_f64());
    response
}

/// The method's name, or one for all that HTTP does not know: whoever asks must not make series.
fn known(method: &Method) -> &str {
    match method.as_str() {
        word @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "CONNECT" | "TRACE") => {
            word
        }
        _ => "other",
    }
}

/// Publishes how the program stands beside its requests: dead jobs, and the length of each tenant's
/// chain of events, so that a chain that was cut short shows outside the database, too.
///
/// # Errors
/// When the database does not answer.
pub async fn observe_state(ctx: &Ctx) -> Result<()> {
    let dead = jobs::dead(ctx.db().read()).await?;
    metrics::gauge!("kexun_jobs_dead").set(dead as f64);
    for (tenant, length) in events::chain_lengths(ctx.db().read()).await? {
        metrics::gauge!("kexun_events_sealed", "tenant" => tenant.to_string()).set(length as f64);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn methods_that_nobody_knows_are_one() {
        assert_eq!(known(&Method::PATCH), "PATCH");
        for word in ["A1", "get", "PROPFIND"] {
            assert_eq!(known(&Method::from_bytes(word.as_bytes()).unwrap()), "other");
        }
    }

    #[test]
    fn from_here_is_who_asks_himself() {
        let mut headers = HeaderMap::new();
        for (peer, here) in [
            ("127.0.0.1", true),
            ("127.8.0.1", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("10.0.0.1", false),
        ] {
            assert_eq!(is_from_here(Some(peer.parse().unwrap()), &headers), here, "{peer}");
        }
        assert!(!is_from_here(None, &headers));
        headers.insert("x-forwarded-for", HeaderValue::from_static("127.0.0.1"));
        assert!(!is_from_here(Some("127.0.0.1".parse().unwrap()), &headers));
    }
}
