//! What every request meets: health, ids, hardening headers, metrics, addresses that do not exist.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

both_databases![
    it_is_well,
    it_says_when_the_database_is_gone,
    an_unknown_address_is_a_problem,
    a_request_has_an_id_of_its_own,
    answers_carry_hardening_headers,
    metrics_count_by_route,
    metrics_are_told_to_this_machine_alone,
    a_panic_is_a_problem,
    a_request_under_way_is_finished,
    the_contract_is_served,
];

async fn it_is_well(app: TestApp) {
    assert_eq!(app.nobody().get("/healthz").await.status(200).text(), "ok");
    assert_eq!(app.nobody().get("/readyz").await.status(200).text(), "ready");
}

async fn it_says_when_the_database_is_gone(app: TestApp) {
    app.ctx().db().close().await.unwrap();
    assert_eq!(app.nobody().get("/healthz").await.status(200).text(), "ok");
    app.nobody().get("/readyz").await.status(503).refused("unavailable");
}

async fn an_unknown_address_is_a_problem(app: TestApp) {
    app.nobody().get("/api/v1/no-such-thing").await.status(404).refused("not_found");
    app.nobody().post("/api/v1/no-such-thing", json!({})).await.status(404).refused("not_found");
    app.nobody().delete("/api/v9/x").await.status(404).refused("not_found");
    app.nobody().post("/", json!({})).await.status(405).refused("method_not_allowed");
    app.nobody().post("/api/v1/openapi.json", json!({})).await.status(405).refused("method_not_allowed");
}

async fn a_request_has_an_id_of_its_own(app: TestApp) {
    let nobody = app.nobody().header("x-request-id", "mine");
    let (one, two) = (nobody.get("/healthz").await, nobody.get("/healthz").await);
    assert_eq!(one.header("x-request-id").len(), 36);
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
    // A problem names it, so that whoever reports a fault sends it along.
    let refused = nobody.get("/api/v1/no-such-thing").await;
    let id = refused.header("x-request-id").to_owned();
    assert_eq!(refused.refused("not_found")["request_id"], id);
}

async fn answers_carry_hardening_headers(app: TestApp) {
    for path in ["/", "/healthz", "/api/v1/openapi.json", "/api/v1/no-such-thing"] {
        let answer = app.nobody().get(path).await;
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        let private = path.starts_with("/api/");
        assert_eq!(answer.header("cache-control") == "no-store", private, "{path}");
    }
}

async fn metrics_count_by_route(app: TestApp) {
    // Tests of one process share the metrics: a route that no other test has.
    let things = format!("/api/v1/{:?}-things", app.backend());
    let routes = Router::new().route(&format!("{things}/{{id}}"), get(|| async { "a thing" }));
    let app = TestApp::build(app.backend()).routes(routes).start().await;
    for id in 0..3 {
        app.nobody().get(&format!("{things}/{id}")).await.status(200);
    }
    let metrics = app.nobody().get("/metrics").await.status(200).text();
    let line = metrics.lines().find(|l| l.contains("request_seconds_count") && l.contains(&things));
    assert!(line.is_some_and(|l| l.contains("{id}") && l.ends_with(" 3")), "{metrics}");
    assert!(!metrics.contains("things/1"), "an id makes no series");
}

async fn metrics_are_told_to_this_machine_alone(app: TestApp) {
    app.nobody().get("/metrics").await.status(200);
    app.nobody().from([10, 0, 0, 7]).get("/metrics").await.status(403).refused("forbidden");
    for header in ["x-forwarded-for", "forwarded", "x-real-ip", "via"] {
        app.nobody().header(header, "127.0.0.1").get("/metrics").await.refused("forbidden");
    }
    app.nobody().from([10, 0, 0, 7]).get("/healthz").await.status(200);
}

async fn a_panic_is_a_problem(app: TestApp) {
    async fn fall() -> &'static str {
        panic!("over the cliff")
    }
    let app =
        TestApp::build(app.backend()).routes(Router::new().route("/api/v1/cliff", get(fall))).start().await;
    let problem = app.nobody().get("/api/v1/cliff").await.status(500).refused("internal");
    assert!(!problem.to_string().contains("cliff"), "what went wrong inside is for the log");
}

async fn a_request_under_way_is_finished(app: TestApp) {
    let begun = std::sync::Arc::new(tokio::sync::Notify::new());
    let told = begun.clone();
    let slow = move || async move {
        told.notify_one();
        tokio::time::sleep(Duration::from_millis(300)).await;
        "finished"
    };
    let app = TestApp::build(app.backend()).routes(Router::new().route("/slow", get(slow))).start().await;
    let server = app.listen().await;
    let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    begun.notified().await;
    let address = server.address;
    server.finish().await;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("finished"), "{answer}");
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody is let in any more");
}

async fn the_contract_is_served(app: TestApp) {
    let served = app.nobody().get("/api/v1/openapi.json").await.ok();
    let (_, document) = kexun::wiring::api();
    assert_eq!(served, serde_json::to_value(document).unwrap());
}
