//! The whole program in the test's process.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use axum::Router;
use kexun::wiring::{Migrator, background, routes};
use kexun_base::ctx::Parts;
use kexun_base::db::{Db, Target};
use kexun_base::http::{metrics, server};
use kexun_base::ids::SeededRandom;
use kexun_base::jobs::Jobs;
use kexun_base::secrets::Key;
use kexun_base::time::{ManualClock, Micros};
use kexun_base::{Ctx, Settings, events, jobs};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::client::Client;
use crate::databases::{Backend, Scratch};

/// 2026-07-01T02:00:00Z, ten in the morning in Shanghai: where the clock of every test stands first.
pub const START: Micros = Micros(1_782_871_200_000_000);

/// The program on a database of its own, without a network. Nothing happens by itself: jobs run
/// when [`TestApp::run_jobs`] is called, events are sealed by [`TestApp::seal`], and time passes by
/// [`TestApp::advance`].
pub struct TestApp {
    ctx: Ctx,
    clock: Arc<ManualClock>,
    router: Router,
    backend: Backend,
    scratch: Arc<Scratch>,
}

/// What a test wants otherwise than usual.
pub struct Builder {
    backend: Backend,
    settings: Box<dyn FnOnce(&mut Settings) + Send>,
    jobs: Jobs,
    routes: Router<Ctx>,
}

impl Builder {
    /// Changes the operator's settings.
    #[must_use]
    pub fn settings(mut self, change: impl FnOnce(&mut Settings) + Send + 'static) -> Self {
        self.settings = Box::new(change);
        self
    }

    /// Adds kinds of background work: gets those of the program, returns them with more.
    #[must_use]
    pub fn jobs(mut self, add: impl FnOnce(Jobs) -> Jobs) -> Self {
        self.jobs = add(self.jobs);
        self
    }

    /// Adds routes, which pass all layers that the program's own pass.
    #[must_use]
    pub fn routes(mut self, routes: Router<Ctx>) -> Self {
        self.routes = self.routes.merge(routes);
        self
    }

    /// Starts the program on a fresh database.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(self) -> TestApp {
        let scratch = Scratch::new(self.backend).await;
        self.start_on(scratch).await
    }

    /// Starts the program on a database that there is, after another one [stopped](TestApp::stop).
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_on(self, scratch: Scratch) -> TestApp {
        let clock = Arc::new(ManualClock::at(START));
        let mut settings = Settings::local(scratch.folder().to_owned());
        (self.settings)(&mut settings);
        let ctx = open(scratch.target(), clock.clone(), settings, self.jobs, 1).await;
        let all = routes(&ctx).merge(self.routes);
        let router = server::with_layers(all, ctx.clone(), Some(collected_metrics()));
        TestApp { ctx, clock, router, backend: self.backend, scratch: Arc::new(scratch) }
    }
}

/// A context on a database, with a clock, settings, jobs and a seed of one's own: another process, as
/// far as the database can tell. Its master key is that of every test.
///
/// # Panics
/// When the database does not open.
pub async fn open(
    target: &Target,
    clock: Arc<ManualClock>,
    settings: Settings,
    jobs: Jobs,
    seed: u64,
) -> Ctx {
    let db = Db::open::<Migrator>(target).await.expect("the database opens");
    let random = Arc::new(SeededRandom::new(seed));
    Ctx::new(Parts { db, clock, random, key: Key::from_bytes([42; 32]), settings, jobs })
}

/// Metrics can be collected once in a process; tests of one process share them.
fn collected_metrics() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| metrics::install().expect("nobody else collects metrics")).clone()
}

impl TestApp {
    /// The program as it is, on a fresh database.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(backend: Backend) -> Self {
        Self::build(backend).start().await
    }

    /// The program with something otherwise than usual.
    pub fn build(backend: Backend) -> Builder {
        Builder { backend, settings: Box::new(|_| {}), jobs: background(), routes: Router::new() }
    }

    /// The context, for calling the wings' functions directly.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Where the data lies.
    pub fn target(&self) -> &Target {
        self.scratch.target()
    }

    /// Another process on the same data: own clock (standing where this one's stands), own seed.
    ///
    /// # Panics
    /// When the database does not open.
    pub async fn second(&self, jobs: Jobs) -> Ctx {
        let clock = Arc::new(ManualClock::at(self.ctx.now()));
        open(self.target(), clock, self.ctx.settings().clone(), jobs, 2).await
    }

    /// Another server on the same data: own connections, own seed, the same clock and files.
    ///
    /// # Panics
    /// When the database does not open.
    pub async fn beside(&self) -> TestApp {
        let (clock, settings) = (self.clock.clone(), self.ctx.settings().clone());
        let ctx = open(self.target(), clock.clone(), settings, background(), 3).await;
        let router = server::with_layers(routes(&ctx), ctx.clone(), Some(collected_metrics()));
        TestApp { ctx, clock, router, backend: self.backend, scratch: self.scratch.clone() }
    }

    /// Lets so many seconds pass; a negative number sets the clock back.
    pub fn advance(&self, seconds: i64) {
        self.clock.advance(seconds);
    }

    /// The clock.
    pub fn clock(&self) -> &ManualClock {
        &self.clock
    }

    /// Requests without a session.
    pub fn nobody(&self) -> Client {
        Client::nobody(self.router.clone())
    }

    /// Does all jobs that are due; returns how many.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn run_jobs(&self) -> u64 {
        jobs::run_due(&self.ctx).await.expect("jobs can be taken")
    }

    /// Seals the events that wait; returns how many.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn seal(&self) -> u64 {
        events::seal_all(&self.ctx).await.expect("events can be sealed")
    }

    /// Ends this program; its database stays, for the next one.
    ///
    /// # Panics
    /// When the database does not close, or another server is [beside](TestApp::beside) this one.
    pub async fn stop(self) -> Scratch {
        self.ctx.db().close().await.expect("the database closes");
        Arc::into_inner(self.scratch).expect("no other server is on the data")
    }

    /// The same program on a real port, for what only a connection shows.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn listen(&self) -> Listening {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let stop = CancellationToken::new();
        let task = tokio::spawn(server::run(listener, self.router.clone(), stop.clone()));
        Listening { address, stop, task }
    }
}

/// The program on a real port, until it is told to stop.
pub struct Listening {
    /// Where it listens.
    pub address: SocketAddr,
    /// Tells it to stop.
    pub stop: CancellationToken,
    /// Ends when it has stopped.
    pub task: JoinHandle<kexun_base::Result<()>>,
}

impl Listening {
    /// Tells it to stop, and waits until it has.
    ///
    /// # Panics
    /// When it failed.
    pub async fn finish(self) {
        self.stop.cancel();
        self.task.await.expect("it did not panic").expect("it stopped in order");
    }
}
