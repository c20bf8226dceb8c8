//! `kexun serve`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use kexun_base::http::metrics::{self, PrometheusHandle};
use kexun_base::http::server;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result, Settings, events, jobs};
use kexun_people::sign_in::known;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::{Place, open};
use crate::wiring::routes;

/// Serve the web pages and the API.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address to listen on.
    #[arg(long, env = "KEXUN_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Address under which people reach the server, for links in mails; http://LISTEN if not said.
    #[arg(long, env = "KEXUN_PUBLIC_URL")]
    public_url: Option<String>,
    /// Where mails are handed in: smtp://user:password@host:port or smtps://…; without it notices
    /// stay in the inbox.
    #[arg(long, env = "KEXUN_SMTP_URL")]
    smtp_url: Option<String>,
    /// Sender of the mails.
    #[arg(long, env = "KEXUN_MAIL_FROM", default_value = "kexun@localhost")]
    mail_from: String,
    /// A proxy of your own stands before the server: the last address of X-Forwarded-For is the client's.
    #[arg(long, env = "KEXUN_BEHIND_PROXY")]
    behind_proxy: bool,
    /// A second address that answers /metrics alone, to whoever reaches it; at the first one they are told to this
    /// machine only.
    #[arg(long, env = "KEXUN_METRICS_LISTEN")]
    metrics_listen: Option<String>,
}

impl Serve {
    /// Serves until SIGTERM or Ctrl-C.
    pub async fn run(self) -> Result<ExitCode> {
        start_log();
        let public_url = self.public_url.unwrap_or_else(|| format!("http://{}", self.listen));
        let settings = Settings {
            // A page that people reach over HTTPS must not let its cookie go without.
            secure_cookies: public_url.starts_with("https://"),
            public_url: public_url.trim_end_matches('/').to_owned(),
            smtp_url: self.smtp_url,
            mail_from: self.mail_from,
            behind_proxy: self.behind_proxy,
            ..open::settings(&self.place)
        };
        let ctx = open::open(&self.place, settings).await?;
        // A database that was restored from an old backup may know again who was erased since.
        kexun_service::customers::ledger::apply(&ctx).await?;
        serve_until_stopped(ctx, &self.listen, self.metrics_listen.as_deref()).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Logs to standard error, readable on a terminal, JSON elsewhere; `RUST_LOG` chooses what.
pub fn start_log() {
    use std::io::IsTerminal;
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start within one process (tests) keeps the first.
    let _ = if std::io::stderr().is_terminal() { log.try_init() } else { log.json().try_init() };
}

/// Serves the context's data on an address, with the workers beside it, until told to stop; metrics on
/// another one as well, if that is said.
pub async fn serve_until_stopped(ctx: Ctx, listen: &str, metrics_listen: Option<&str>) -> Result<()> {
    let listener = TcpListener::bind(listen).await?;
    let stop = CancellationToken::new();
    tokio::spawn(stop_when(told_to_stop()?, stop.clone()));
    let metrics = metrics::install().ok();
    let asked_apart = match metrics_listen.zip(metrics.clone()) {
        Some((address, handle)) => {
            let listener = TcpListener::bind(address).await?;
            tracing::info!("metrics at http://{}/metrics", listener.local_addr()?);
            Some(tokio::spawn(server::run(listener, metrics::on_their_own(handle), stop.clone())))
        }
        None => None,
    };
    let router = server::with_layers(routes(&ctx), ctx.clone(), metrics.clone());
    let workers: Vec<_> = (0..2).map(|_| tokio::spawn(jobs::work(ctx.clone(), stop.clone()))).collect();
    let doubts = tokio::spawn(known::listen(ctx.clone(), stop.clone()));
    let sealer = tokio::spawn(keep_house(ctx.clone(), metrics, stop.clone()));
    tracing::info!("listening on http://{}", listener.local_addr()?);
    server::run(listener, router, stop.clone()).await?;
    stop.cancel();
    for worker in workers {
        worker.await.ok();
    }
    if let Some(asked_apart) = asked_apart {
        asked_apart.await.ok();
    }
    sealer.await.ok();
    doubts.await.ok();
    ctx.db().close().await
}

/// How often what is past is forgotten.
const FORGET_SECONDS: i64 = 3_600;

/// What is to be done again and again, and by nobody in particular.
async fn keep_house(ctx: Ctx, metrics: Option<PrometheusHandle>, stop: CancellationToken) {
    let mut forgot_at = None;
    while !stop.is_cancelled() {
        if let Some(metrics) = &metrics {
            // Else every request would be remembered until somebody asks.
            metrics.run_upkeep();
        }
        if forgot_at.is_none_or(|at: Micros| ctx.now() >= at.plus_seconds(FORGET_SECONDS)) {
            forgot_at = Some(ctx.now());
            if let Err(error) = jobs::forget_done(&ctx).await {
                tracing::warn!(%error, "jobs done long ago are kept for now");
            }
        }
        if let Err(error) = events::seal_all(&ctx).await {
            tracing::error!(%error, "sealing events failed; trying again in a while");
        }
        if let Err(error) = metrics::observe_state(&ctx).await {
            tracing::warn!(%error, "the program's state could not be published as metrics");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(Duration::from_secs(5)) => {}
        }
    }
}

/// Listens for SIGTERM and Ctrl-C from now on; the future ends when one has come.
///
/// Whoever reads the address in the log may tell the program to stop in the same moment, so the signals must be
/// caught before it is said: one that comes earlier ends the process where it stands.
fn told_to_stop() -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

async fn stop_when(told: impl Future<Output = ()>, stop: CancellationToken) {
    told.await;
    tracing::info!("stopping: requests under way are finished first");
    stop.cancel();
}
