//! What the browser is told, so that other sites' pages can do nothing here.

use axum::body::Body;
use axum::http::Method;
use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use crate::people::{PASSWORD, admin_of_acme, member_with_password, tenant};

both_databases![
    over_https_the_cookie_stays_with_its_host,
    another_sites_page_changes_nothing,
    no_other_origin_is_let_in,
    nothing_inline_runs,
    what_is_private_is_not_stored,
];

async fn over_https_the_cookie_stays_with_its_host(app: TestApp) {
    let app = TestApp::build(app.backend()).settings(|s| s.secure_cookies = true).start().await;
    let acme = tenant(&app, "acme", None).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let with = json!({ "login": "li", "password": PASSWORD });
    let answer = app.nobody().post("/api/v1/session", with).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-kexun_session="), "{set}");
    for part in ["; Path=/;", "; HttpOnly;", "; SameSite=Lax", "; Secure"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Domain"), "{set}");
    let hsts = answer.header("strict-transport-security");
    assert_eq!(hsts, "max-age=31536000; includeSubDomains");
    let cookie = answer.set_cookie();
    let li = app.nobody().cookie(&cookie);
    li.get("/api/v1/me").await.ok();
    // Under the name that any subdomain could set, it is nothing.
    let plain = cookie.trim_start_matches("__Host-");
    app.nobody().cookie(plain).get("/api/v1/me").await.refused("not_signed_in");
    let gone = li.delete("/api/v1/session").await.status(204);
    assert!(gone.header("set-cookie").starts_with("__Host-kexun_session=; Path=/; Max-Age=0"));
}

async fn another_sites_page_changes_nothing(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let shop = json!({ "code": "A", "name": "A" });
    for site in ["cross-site", "same-site"] {
        let foreign = boss.clone().header("sec-fetch-site", site);
        foreign.post("/api/v1/shops", shop.clone()).await.status(403).refused("cross_site");
        foreign.delete("/api/v1/session").await.refused("cross_site");
        let with = json!({ "login": "li", "password": PASSWORD });
        app.nobody().header("sec-fetch-site", site).post("/api/v1/session", with).await.refused("cross_site");
    }
    // What a form can send without asking first is no request that is read here.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let body = json!({ "login": "li", "password": PASSWORD }).to_string();
        let sent = app.nobody().send(Method::POST, "/api/v1/session", Some(kind), Body::from(body)).await;
        sent.status(415).refused("unsupported_content");
    }
    boss.header("sec-fetch-site", "same-origin").post("/api/v1/shops", shop).await.status(201);
}

async fn no_other_origin_is_let_in(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let foreign =
        boss.header("origin", "https://evil.example").header("access-control-request-method", "POST");
    for method in [Method::GET, Method::OPTIONS, Method::TRACE] {
        let answer = foreign.send(method.clone(), "/api/v1/me", None, Body::empty()).await;
        assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")), "{method}");
        assert_eq!(answer.status.is_success(), method == Method::GET, "{method}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("strict-transport-security"), "", "not over plain HTTP");
    }
}

async fn nothing_inline_runs(app: TestApp) {
    let pages = [app.nobody().get("/").await, app.nobody().get("/weak-spots").await];
    let mut nonces = Vec::new();
    for page in pages {
        if page.status == 404 {
            println!("the web pages were not built into this program: passed over");
            return;
        }
        let policy = page.header("content-security-policy").to_owned();
        assert!(!policy.contains("unsafe"), "{policy}");
        for part in ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{policy}");
        }
        let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0.to_owned();
        assert_eq!(nonce.len(), 32, "128 bits");
        assert!(page.text().contains(&nonce), "the page knows its number");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1], "each answer has its own");
    for data in ["/api/v1/openapi.json", "/healthz", "/api/v1/no-such-thing"] {
        let policy = app.nobody().get(data).await.header("content-security-policy").to_owned();
        assert!(policy.starts_with("default-src 'none'"), "{data}: {policy}");
    }
}

async fn what_is_private_is_not_stored(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let private = [
        "/api/v1/me",
        "/api/v1/staff",
        "/api/v1/staff/export?format=csv",
        "/api/v1/staff/export?format=xlsx",
        "/api/v1/events",
    ];
    for path in private {
        let answer = boss.get(path).await.status(200);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}
