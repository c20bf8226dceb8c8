//! Signing in by password, and what stops guessing.

use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use super::{PASSWORD, member_with_password, session, tenant};

both_databases![
    a_password_opens_a_session,
    guessing_a_login_must_wait,
    guessing_from_an_address_must_wait,
    many_guesses_at_once_gain_nothing,
    a_proxys_word_counts_only_if_it_is_ones_own,
    a_password_change_signs_the_others_out,
    nobody_is_listed_outside_a_demonstration,
];

async fn li(app: &TestApp) {
    let acme = tenant(app, "acme", None).await;
    member_with_password(app.ctx(), acme, "Li", &[Role::Agent]).await;
}

fn with(login: &str, password: &str) -> serde_json::Value {
    json!({ "login": login, "password": password })
}

async fn a_password_opens_a_session(app: TestApp) {
    li(&app).await;
    app.nobody().get("/api/v1/me").await.status(401).refused("not_signed_in");
    app.nobody()
        .post("/api/v1/session", with("li", "wrong wrong"))
        .await
        .status(401)
        .refused("wrong_password");
    app.nobody()
        .post("/api/v1/session", with("nobody", PASSWORD))
        .await
        .status(401)
        .refused("wrong_password");
    let answer = app.nobody().post("/api/v1/session", with("LI", PASSWORD)).await;
    let set = answer.header("set-cookie").to_owned();
    assert!(set.contains("; HttpOnly; SameSite=Lax") && !set.contains("Secure"), "{set}");
    let li = app.nobody().cookie(&answer.set_cookie());
    let me = answer.ok();
    assert_eq!(me["person"]["login"], "li");
    assert_eq!(me["tenant"]["slug"], "acme");
    assert_eq!(me["memberships"][0]["roles"], json!(["agent"]));
    assert_eq!(li.get("/api/v1/me").await.ok(), me);
}

async fn guessing_a_login_must_wait(app: TestApp) {
    li(&app).await;
    for n in 0..5 {
        let guess = app.nobody().from([10, 0, 0, n]).post("/api/v1/session", with("li", "guess guess")).await;
        guess.refused("wrong_password");
    }
    // Even the right password waits now, from wherever it comes, and nobody learns that it is right.
    let elsewhere = app.nobody().from([10, 0, 1, 1]);
    elsewhere.post("/api/v1/session", with("li", PASSWORD)).await.status(429).refused("throttled");
    app.advance(31);
    elsewhere.post("/api/v1/session", with("li", PASSWORD)).await.ok();
    // A success forgets the failures.
    for _ in 0..5 {
        elsewhere.post("/api/v1/session", with("li", "guess guess")).await.refused("wrong_password");
    }
}

async fn guessing_from_an_address_must_wait(app: TestApp) {
    li(&app).await;
    let there = app.nobody().from([10, 9, 9, 9]);
    for n in 0..30 {
        there
            .post("/api/v1/session", with(&format!("name{n}"), "guess guess"))
            .await
            .refused("wrong_password");
    }
    there.post("/api/v1/session", with("li", PASSWORD)).await.refused("throttled");
    app.nobody().from([10, 9, 9, 8]).post("/api/v1/session", with("li", PASSWORD)).await.ok();
}

async fn many_guesses_at_once_gain_nothing(app: TestApp) {
    li(&app).await;
    let guesses = (0..12).map(|_| {
        let client = app.nobody();
        async move { client.post("/api/v1/session", with("li", "guess guess")).await.status }
    });
    let statuses = futures::future::join_all(guesses).await;
    let looked_at = statuses.iter().filter(|s| s.as_u16() == 401).count();
    assert_eq!(looked_at, 5, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|s| s.as_u16() == 429).count(), 7, "{statuses:?}");
}

async fn a_proxys_word_counts_only_if_it_is_ones_own(app: TestApp) {
    li(&app).await;
    for n in 0..30 {
        let liar = app.nobody().from([10, 9, 9, 9]).header("x-forwarded-for", &format!("10.8.8.{n}"));
        liar.post("/api/v1/session", with(&format!("name{n}"), "guess guess"))
            .await
            .refused("wrong_password");
    }
    let liar = app.nobody().from([10, 9, 9, 9]).header("x-forwarded-for", "10.8.8.99");
    liar.post("/api/v1/session", with("li", PASSWORD)).await.refused("throttled");
    let behind = TestApp::build(app.backend()).settings(|s| s.behind_proxy = true).start().await;
    self::li(&behind).await;
    for n in 0..30 {
        let client = behind.nobody().header("x-forwarded-for", &format!("1.1.1.1, 10.8.8.{n}"));
        client
            .post("/api/v1/session", with(&format!("name{n}"), "guess guess"))
            .await
            .refused("wrong_password");
    }
    let client = behind.nobody().header("x-forwarded-for", "10.8.8.1, 10.8.8.99");
    client.post("/api/v1/session", with("li", PASSWORD)).await.ok();
}

async fn a_password_change_signs_the_others_out(app: TestApp) {
    li(&app).await;
    let (here, there) = (session(&app, "li").await, session(&app, "li").await);
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    here.post("/api/v1/me/password", change("wrong wrong", "another one")).await.refused("wrong_password");
    here.post("/api/v1/me/password", change(PASSWORD, "short")).await.refused("invalid");
    here.post("/api/v1/me/password", change(PASSWORD, "another one")).await.status(204);
    assert_eq!(here.get("/api/v1/me").await.ok()["unread"], 1);
    there.get("/api/v1/me").await.refused("not_signed_in");
    app.nobody().post("/api/v1/session", with("li", PASSWORD)).await.refused("wrong_password");
    app.nobody().post("/api/v1/session", with("li", "another one")).await.ok();
}

async fn nobody_is_listed_outside_a_demonstration(app: TestApp) {
    li(&app).await;
    assert_eq!(app.nobody().get("/api/v1/sign-in").await.ok(), json!({ "demo": false, "people": [] }));
    let li = super::person(app.ctx(), "li").await;
    kexun_people::sign_in::set_demo_passwords(app.ctx(), &[li]).await.unwrap_err();
    let demo = TestApp::build(app.backend()).settings(|s| s.demo = true).start().await;
    self::li(&demo).await;
    assert_eq!(demo.nobody().get("/api/v1/sign-in").await.ok()["people"], json!([]));
    let li = super::person(demo.ctx(), "li").await;
    kexun_people::sign_in::set_demo_passwords(demo.ctx(), &[li]).await.unwrap();
    let listed = demo.nobody().get("/api/v1/sign-in").await.ok();
    assert_eq!(listed["people"][0]["role"], "agent");
    let password = listed["people"][0]["password"].as_str().unwrap();
    demo.nobody().post("/api/v1/session", with("li", password)).await.ok();
}
