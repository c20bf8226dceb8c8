//! Accounts: what a session, a token, a guesser can do with them.

use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use crate::people::{PASSWORD, admin_of_acme, member_with_password, session};

both_databases![
    signing_in_again_ends_the_session_before,
    a_token_does_not_change_its_account,
    passwords_that_are_guessed_first_are_refused,
    a_password_set_by_another_ends_all_sessions,
    nobody_learns_which_logins_there_are,
];

async fn signing_in_again_ends_the_session_before(app: TestApp) {
    let (acme, _) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let with = json!({ "login": "li", "password": PASSWORD });
    let first = app.nobody().post("/api/v1/session", with.clone()).await.set_cookie();
    let elsewhere = session(&app, "li").await;
    // A cookie that somebody put there before is not what one is signed in with afterwards.
    let planted = app.nobody().cookie("kexun_session=planted").post("/api/v1/session", with.clone()).await;
    assert!(!planted.set_cookie().contains("planted"));
    let second = app.nobody().cookie(&first).post("/api/v1/session", with).await.set_cookie();
    assert_ne!(first, second);
    app.nobody().cookie(&first).get("/api/v1/me").await.refused("not_signed_in");
    app.nobody().cookie(&second).get("/api/v1/me").await.ok();
    elsewhere.get("/api/v1/me").await.ok();
}

async fn a_token_does_not_change_its_account(app: TestApp) {
    let (_, boss) = admin_of_acme(&app).await;
    let made = boss.post("/api/v1/tokens", json!({ "name": "t", "rights": ["org:read"] })).await.ok();
    let program = app.nobody().token(made["token"].as_str().unwrap());
    program.patch("/api/v1/me", json!({ "email": "thief@example.com" })).await.refused("forbidden");
    let change = json!({ "old": PASSWORD, "new": "another one" });
    program.post("/api/v1/me/password", change).await.refused("forbidden");
    program.delete("/api/v1/sessions").await.refused("forbidden");
    let more = json!({ "name": "more", "rights": ["org:read", "org:write"] });
    program.post("/api/v1/tokens", more).await.refused("forbidden");
    boss.get("/api/v1/me").await.ok();
}

async fn passwords_that_are_guessed_first_are_refused(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "lilei", &[Role::Agent]).await;
    let lilei = session(&app, "lilei").await;
    for new in ["password", "1qaz2wsx3edc", "lilei2026", "acme12345", "kexun2026", "11111111"] {
        let sent = json!({ "old": PASSWORD, "new": new });
        // However many there are, none counts as a guess at the old one.
        let refused = lilei.post("/api/v1/me/password", sent).await.refused("invalid");
        assert_eq!(refused["fields"][0]["field"], "new", "{new}: {refused}");
    }
    let member = json!({ "account": "wang", "name": "王", "password": "wang12345" });
    let refused = boss.post("/api/v1/staff", member).await.refused("invalid");
    assert_eq!(refused["fields"][0]["field"], "password");
    // Long ones, in any script, with any characters, are taken as they are.
    let long = "天地玄黄宇宙洪荒 日月盈昃辰宿列张 <>'\"\\ 寒来暑往秋收冬藏 闰余成岁律吕调阳 云腾致雨露结为霜 金生丽水玉出昆冈 剑号巨阙珠称夜光 ok";
    assert!(long.chars().count() >= 64);
    lilei.post("/api/v1/me/password", json!({ "old": PASSWORD, "new": long })).await.status(204);
    let with = |password: &str| json!({ "login": "lilei", "password": password });
    app.nobody().post("/api/v1/session", with(long)).await.ok();
    app.nobody().post("/api/v1/session", with(&long.to_uppercase())).await.refused("wrong_password");
}

async fn a_password_set_by_another_ends_all_sessions(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let id = member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let li = session(&app, "li").await;
    let set = json!({ "password": "four unrelated words", "version": 1 });
    boss.patch(&format!("/api/v1/staff/{id}"), set).await.ok();
    li.get("/api/v1/me").await.refused("not_signed_in");
}

async fn nobody_learns_which_logins_there_are(app: TestApp) {
    let (acme, _) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    for n in 0..7 {
        let mut answers = Vec::new();
        for login in ["li", "nobody"] {
            let guess = json!({ "login": login, "password": "guess guess" });
            let answer = app.nobody().from([10, 0, n, 1]).post("/api/v1/session", guess).await;
            let mut problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            problem["request_id"].take();
            answers.push((answer.status, problem));
        }
        assert_eq!(answers[0], answers[1], "try {n}");
    }
}
