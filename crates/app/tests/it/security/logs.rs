//! What the log must never hold, however much it is asked to tell.

use std::io::Write;
use std::sync::{Arc, Mutex};

use kexun_people::rights::Role;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;
use tracing_subscriber::EnvFilter;

use crate::people::{PASSWORD, admin_of_acme, member_with_password};

both_databases![secrets_and_texts_stay_out_of_the_log];

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A conversation with a telephone number in it.
const CHATS: &str = "conversation_id,shop,customer,sent_at,sender,agent,text\n\
    c1,S1,alice,2026-06-30 10:00:00,customer,,我的电话是13912345678请回电\n\
    c1,S1,alice,2026-06-30 10:01:00,agent,agent,好的马上回您\n";

async fn secrets_and_texts_stay_out_of_the_log(app: TestApp) {
    let kept = Kept::default();
    let writer = kept.clone();
    let log = tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::new("trace"))
        .with_writer(move || writer.clone())
        .finish();
    let (acme, boss) = admin_of_acme(&app).await;
    member_with_password(app.ctx(), acme, "li", &[Role::Agent]).await;
    let listening = tracing::subscriber::set_default(log);
    let with = |login: &str, password: &str| json!({ "login": login, "password": password });
    app.nobody().post("/api/v1/session", with("li", "wrong-and-secret")).await.refused("wrong_password");
    // People type their password where the login goes.
    app.nobody()
        .post("/api/v1/session", with("typed-in-the-wrong-field", "x"))
        .await
        .refused("wrong_password");
    let answer = app.nobody().post("/api/v1/session", with("li", PASSWORD)).await;
    let cookie = answer.set_cookie();
    app.nobody().cookie(&cookie).get("/api/v1/events").await.refused("forbidden");
    app.nobody()
        .cookie(&cookie)
        .without("x-kexun")
        .patch("/api/v1/me", json!({}))
        .await
        .refused("cross_site");
    let token = boss.post("/api/v1/tokens", json!({ "name": "t", "rights": ["org:read"] })).await.ok();
    let token = token["token"].as_str().unwrap().to_owned();
    app.nobody().token(&token).get("/api/v1/shops").await.ok();
    app.nobody().token(&format!("{token}0")).get("/api/v1/shops").await.refused("not_signed_in");
    boss.upload("/api/v1/imports?kind=conversations", "chats.csv", CHATS.as_bytes()).await.ok();
    app.run_jobs().await;
    let found =
        boss.get("/api/v1/conversations?from=2026-06-01&to=2026-07-01&q=%E7%94%B5%E8%AF%9D").await.ok();
    let id = found["items"][0]["id"].as_str().unwrap_or("01890000-0000-7000-8000-000000000000");
    boss.post(&format!("/api/v1/conversations/{id}/unmask"), json!({ "reason": "投诉" })).await;
    drop(listening);

    let log = String::from_utf8_lossy(&kept.0.lock().unwrap()).into_owned();
    assert!(log.contains("a sign-in was refused") && log.contains("without the right"), "{log}");
    assert!(log.contains("refused as another site's"), "{log}");
    let secret = cookie.split_once('=').unwrap().1;
    let never = [
        PASSWORD,
        "wrong-and-secret",
        "typed-in-the-wrong-field",
        secret,
        &token[3..],
        "argon2id",
        "13912345678",
        "我的电话",
        "好的马上",
    ];
    for word in never {
        let line = log.lines().find(|line| line.contains(word));
        assert!(line.is_none(), "{word:?} is in the log: {line:?}");
    }
}
