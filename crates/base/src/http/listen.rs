//! Connections: taken in, bounded in time while the client is the one who is waited for, and let finish
//! when the server stops.
//!
//! A client that opens a connection and says nothing, or trickles its request in byte by byte, costs it
//! nothing and the server a socket each; enough of them keep everybody else out.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::errors::Result;

/// How long a client may take over the head of a request, and how long a connection may lie idle between two.
/// Longer than proxies keep theirs (60 s mostly), so that none is closed under a request just sent.
const HEAD: Duration = Duration::from_secs(75);
/// How long a client may leave off within the body of a request.
const BODY_PAUSE: Duration = Duration::from_secs(60);

/// How long requests under way may take to end once the server is told to stop: below what supervisors wait
/// before they kill (90 s for systemd).
const END: Duration = Duration::from_secs(30);

/// How long clients are waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request, or the next request of a connection.
    pub head: Duration,
    /// For the next piece of a request's body.
    pub body_pause: Duration,
    /// For requests under way, once the server is told to stop.
    pub end: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience { head: HEAD, body_pause: BODY_PAUSE, end: END }
    }
}

/// Serves until `stop`; requests under way are finished first.
///
/// # Errors
/// None at present: a connection that fails concerns that connection only.
pub async fn run(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    patience: Patience,
) -> Result<()> {
    let router = router.layer(RequestBodyTimeoutLayer::new(patience.body_pause));
    let under_way = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, remote)) => serve(stream, remote, router.clone(), patience, &under_way),
            Err(error) => wait_after(&error).await,
        }
    }
    drop(listener);
    // Who does not read on what he asked for would keep the program for ever.
    if tokio::time::timeout(patience.end, under_way.shutdown()).await.is_err() {
        tracing::warn!("some requests were not finished in time; they are cut off");
    }
    Ok(())
}

fn serve(
    stream: TcpStream,
    remote: SocketAddr,
    router: Router,
    patience: Patience,
    under_way: &GracefulShutdown,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(remote));
        router.clone().oneshot(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let connection = under_way.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke off");
        }
    });
}

/// A connection that was gone before it was taken is nothing; without files to open, trying again at once
/// would only burn time until some are closed.
async fn wait_after(error: &std::io::Error) {
    let gone = [ErrorKind::ConnectionRefused, ErrorKind::ConnectionAborted, ErrorKind::ConnectionReset];
    if !gone.contains(&error.kind()) {
        tracing::error!(%error, "no connection can be taken; trying again in a second");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
