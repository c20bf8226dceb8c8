//! Requests that are made to be misunderstood.

use axum::Router;
use axum::body::Body;
use axum::http::Method;
use axum::routing::get;
use kexun_base::{Error, Result};
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use crate::people::{admin_of_acme, shop_and_team};

both_databases![
    fields_that_are_not_asked_for_change_nothing,
    characters_that_databases_refuse_are_no_fault_of_ours,
    deep_or_doubled_json_is_refused,
    no_address_leads_out_of_the_pages,
    what_went_wrong_inside_stays_inside,
];

async fn fields_that_are_not_asked_for_change_nothing(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let me = boss.get("/api/v1/me").await.ok();
    let greedy = json!({
        "locale": "en", "login": "root", "name": "root", "id": app.ctx().id::<kexun_base::ids::Uuid>(),
        "roles": ["marketplace"], "rights": ["audit:read"], "tenant_id": me["tenant"]["id"], "demo": true,
    });
    let after = boss.patch("/api/v1/me", greedy).await.ok();
    assert_eq!(after["person"]["locale"], "en");
    for (of, kept) in [("person", "login"), ("person", "name"), ("person", "id")] {
        assert_eq!(after[of][kept], me[of][kept], "{kept}");
    }
    assert_eq!((&after["roles"], &after["rights"]), (&me["roles"], &me["rights"]));
    let (shop, _) = shop_and_team(&boss, "S1", "甲组").await;
    let nil = "01890000-0000-7000-8000-000000000000";
    let greedy = json!({ "name": "新", "version": 1, "id": nil, "tenant_id": nil, "code": "X" });
    boss.patch(&format!("/api/v1/shops/{shop}"), greedy).await.ok();
    let shops = boss.get("/api/v1/shops").await.ok();
    let found = &shops["items"][0];
    assert_eq!((&found["id"], &found["name"]), (&json!(shop), &json!("新")));
    let staff =
        json!({ "account": "a", "name": "a", "id": nil, "tenant_id": nil, "person_id": nil, "version": 99 });
    let made = boss.post("/api/v1/staff", staff).await.status(201).ok();
    assert_ne!(made["id"], nil);
    assert_eq!(made["version"], 1);
}

async fn characters_that_databases_refuse_are_no_fault_of_ours(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let login = json!({ "login": "a\u{0}b", "password": "guess\u{0}guess" });
    let answer = app.nobody().post("/api/v1/session", login).await;
    assert!(answer.status.is_client_error(), "{}", answer.text());
    let asked = [
        "accounts?q=",
        "archive/people?q=",
        "archive-requests/candidates?q=",
        "classes?q=",
        "courses?q=",
        "customers?q=",
        "events?kind=",
        "needs?q=",
        "needs/colleagues?q=",
        "papers?q=",
        "questions?q=",
        "questions?topic=",
        "search?q=",
        "staff?q=",
    ];
    for path in asked {
        for odd in ["%00", "%27%22%3B--", "%25%5F%5C", "%F0%9F%91%BB", "%EF%BF%BF"] {
            let answer = boss.get(&format!("/api/v1/{path}{odd}")).await;
            assert!(!answer.status.is_server_error(), "{path}{odd}: {}", answer.text());
        }
    }
    for text in ["a\u{0}b", "' OR 1=1 --", "${jndi:ldap://x}", "{{7*7}}"] {
        let answer = boss.post("/api/v1/shops", json!({ "code": text, "name": text })).await;
        assert!(!answer.status.is_server_error(), "{text:?}: {}", answer.text());
        let answer = boss.post("/api/v1/needs", json!({ "title": text, "description": text })).await;
        assert!(!answer.status.is_server_error(), "{text:?}: {}", answer.text());
    }
}

async fn deep_or_doubled_json_is_refused(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let deep = format!("{{\"locale\":{}", "[".repeat(100_000));
    let unused = format!("{{\"unused\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let doubled = r#"{"locale":"en","locale":"zh-CN"}"#.to_owned();
    let send = |body| boss.send(Method::PATCH, "/api/v1/me", Some("application/json"), Body::from(body));
    for body in [deep, doubled] {
        send(body).await.status(422).refused("invalid");
    }
    // What no field takes is passed over without descending into it.
    send(unused).await.status(200);
    let large = json!({ "locale": "a".repeat(3 << 20) });
    boss.patch("/api/v1/me", large).await.status(413).refused("too_large");
}

async fn no_address_leads_out_of_the_pages(app: TestApp) {
    let tries = [
        "/../Cargo.toml",
        "/..%2f..%2fCargo.toml",
        "/%2e%2e/%2e%2e/Cargo.toml",
        "/assets/../../Cargo.toml",
        "/assets/..%5c..%5cCargo.toml",
        "//etc/passwd",
        "/.git/config",
        "/assets/",
        "/..%00/etc/passwd",
    ];
    for path in tries {
        let answer = app.nobody().get(path).await;
        let page = answer.text();
        let harmless =
            page.is_empty() || page.contains("<div id=\"root\">") || page.contains("were not built");
        assert!(harmless, "{path}: {page}");
    }
}

async fn what_went_wrong_inside_stays_inside(app: TestApp) {
    async fn file() -> Result<&'static str> {
        Err(std::io::Error::other("/var/lib/kexun/master.key: permission denied").into())
    }
    async fn stored() -> Result<&'static str> {
        Err(Error::internal("row 7 of api_token: secret_hash is 31 bytes"))
    }
    let routes = Router::new().route("/api/v1/file", get(file)).route("/api/v1/stored", get(stored));
    let app = TestApp::build(app.backend()).routes(routes).start().await;
    for path in ["/api/v1/file", "/api/v1/stored"] {
        let told = app.nobody().get(path).await.status(500).refused("internal").to_string();
        assert!(!told.contains("master.key") && !told.contains("api_token"), "{told}");
        assert!(told.contains("request_id"), "{told}");
    }
}
