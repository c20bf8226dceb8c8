//! Clients that keep the server waiting.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use futures::stream;
use kexun::wiring::routes;
use kexun_base::http::listen::{self, Patience};
use kexun_base::http::server;
use kexun_testkit::{Backend, TestApp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// What the server says to these bytes, which end there, and that it hangs up by itself.
async fn answer(address: std::net::SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut answer)).await;
    read.expect("the server hangs up").ok();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_keeps_the_server_waiting_is_left() {
    let app = TestApp::start(Backend::Sqlite).await;
    let router = server::with_layers(routes(app.ctx()), app.ctx().clone(), None);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    let moment = Duration::from_secs(1);
    let patience = Patience { head: moment, body_pause: moment, end: moment };
    let task = tokio::spawn(listen::run(listener, router, stop.clone(), patience));

    let half_a_body: &[u8] =
        b"POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
        content-length: 99\r\n\r\n{\"login\"";
    let (nothing, half_a_head, half_a_body, whole) = tokio::join!(
        answer(address, b""),
        answer(address, b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: "),
        answer(address, half_a_body),
        answer(address, b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"),
    );
    assert_eq!(nothing, "");
    assert!(half_a_head.is_empty() || half_a_head.starts_with("HTTP/1.1 408"), "{half_a_head}");
    assert!(half_a_body.starts_with("HTTP/1.1 4"), "{half_a_body}");
    assert!(whole.starts_with("HTTP/1.1 200") && whole.ends_with("ok"), "{whole}");
    stop.cancel();
    task.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_does_not_read_cannot_keep_the_server_from_stopping() {
    let endless =
        || async { Body::from_stream(stream::repeat_with(|| Ok::<_, Infallible>(vec![0u8; 1 << 16]))) };
    let router = Router::new().route("/endless", get(endless));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    let patience = Patience { end: Duration::from_millis(150), ..Patience::default() };
    let task = tokio::spawn(listen::run(listener, router, stop.clone(), patience));
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    client.read_u8().await.expect("it answers");
    stop.cancel();
    let stopped = tokio::time::timeout(Duration::from_secs(60), task).await;
    stopped.expect("it stops").unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_borders_of_a_request_are_clear() {
    let app = TestApp::start(Backend::Sqlite).await;
    let server = app.listen().await;
    let two_lengths = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef";
    assert!(answer(server.address, two_lengths).await.starts_with("HTTP/1.1 400"));
    let headers: String = (0..200).map(|n| format!("x-{n}: a\r\n")).collect();
    let many = format!("GET / HTTP/1.1\r\nhost: x\r\n{headers}\r\n");
    assert!(answer(server.address, many.as_bytes()).await.starts_with("HTTP/1.1 431"));
    server.finish().await;
}
