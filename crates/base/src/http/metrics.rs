//! Prometheus metrics of the HTTP layer.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

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

/// Counts a request and its time by route, method and status. The route is the pattern, never the
/// address itself, so that ids make no series.
#[allow(clippy::disallowed_methods, reason = "measures how long a request took; decides nothing")]
pub async fn observe(request: Request, next: Next) -> Response {
    let route =
        request.extensions().get::<MatchedPath>().map_or("other".to_owned(), |p| p.as_str().to_owned());
    let method = request.method().to_string();
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let labels = [("route", route), ("method", method), ("status", status)];
    metrics::histogram!(SECONDS, &labels).record(started.elapsed().as_secs_f64());
    response
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
