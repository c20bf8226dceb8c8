//! The inbox and mails.

use kexun_people::notices::send;
use kexun_people::persons::PersonId;
use kexun_people::rights::Role;
use kexun_people::tenants::TenantId;
use kexun_testkit::smtp::Sink;
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{admin_of_acme, member, person, session};

both_databases![
    a_notice_arrives_and_is_read,
    a_notice_is_mailed_in_the_readers_language,
    a_busy_mail_server_is_tried_again,
    a_new_role_is_told,
];

async fn tell(app: &TestApp, tenant: TenantId, persons: &[PersonId], kind: &str) {
    let tx = app.ctx().db().begin().await.unwrap();
    let params = json!({ "file_name": "七月.csv", "imported": 9, "rejected": 1 });
    send(app.ctx(), &tx, tenant, persons, kind, &params, Some("/imports/7")).await.unwrap();
    tx.commit().await.unwrap();
}

/// The tenant's jobs that send mails.
async fn mail_jobs(boss: &Client) -> Vec<Value> {
    let jobs = boss.get("/api/v1/jobs").await.ok()["items"].as_array().unwrap().clone();
    jobs.into_iter().filter(|job| job["kind"] == "notices.mail").collect()
}

async fn a_notice_arrives_and_is_read(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    member(app.ctx(), acme, "li", &[Role::Agent]).await;
    let (to_boss, to_li) = (person(app.ctx(), "boss").await, person(app.ctx(), "li").await);
    tell(&app, acme, &[to_boss, to_li], "import_done").await;
    app.advance(1);
    tell(&app, acme, &[to_li], "import_failed").await;
    assert_eq!(mail_jobs(&boss).await.len(), 0, "no mail without a mail server");
    let li = session(&app, "li").await;
    assert_eq!(li.get("/api/v1/me").await.ok()["unread"], 2);
    let inbox = li.get("/api/v1/notices").await.ok();
    assert_eq!(inbox["items"][1]["kind"], "import_done");
    assert_eq!(inbox["items"][1]["params"]["imported"], 9);
    let first = inbox["items"][1]["id"].as_str().unwrap();
    boss.post(&format!("/api/v1/notices/{first}/read"), json!({})).await.refused("not_found");
    li.post(&format!("/api/v1/notices/{first}/read"), json!({})).await.status(204);
    assert_eq!(li.get("/api/v1/notices?unread=true").await.ok()["items"].as_array().unwrap().len(), 1);
    li.post("/api/v1/notices/read-all", json!({})).await.status(204);
    assert_eq!(li.get("/api/v1/me").await.ok()["unread"], 0);
    assert_eq!(boss.get("/api/v1/me").await.ok()["unread"], 1);
}

async fn with_mail(app: &TestApp, sink: &Sink) -> TestApp {
    let url = sink.url();
    TestApp::build(app.backend()).settings(move |s| s.smtp_url = Some(url)).start().await
}

async fn a_notice_is_mailed_in_the_readers_language(app: TestApp) {
    let sink = Sink::start().await;
    let app = with_mail(&app, &sink).await;
    let (acme, boss) = admin_of_acme(&app).await;
    member(app.ctx(), acme, "li", &[Role::Agent]).await;
    boss.patch("/api/v1/me", json!({ "email": "boss@example.com" })).await.ok();
    let to_boss = person(app.ctx(), "boss").await;
    tell(&app, acme, &[to_boss, person(app.ctx(), "li").await], "import_done").await;
    assert_eq!(mail_jobs(&boss).await.len(), 1, "who has no address gets no mail");
    app.run_jobs().await;
    boss.patch("/api/v1/me", json!({ "locale": "en" })).await.ok();
    tell(&app, acme, &[to_boss], "import_failed").await;
    app.run_jobs().await;
    let mails = sink.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].to, ["boss@example.com"]);
    assert!(mails[0].data.contains("Content-Type: text/plain"), "{}", mails[0].data);
    assert!(mails[0].data.contains("=?utf-8?"), "a Chinese subject is encoded: {}", mails[0].data);
    assert!(mails[1].data.contains("could not be imported"), "{}", mails[1].data);
    assert!(mails[1].data.contains("/imports/7"), "{}", mails[1].data);
}

async fn a_busy_mail_server_is_tried_again(app: TestApp) {
    let sink = Sink::start().await;
    let app = with_mail(&app, &sink).await;
    let (acme, boss) = admin_of_acme(&app).await;
    boss.patch("/api/v1/me", json!({ "email": "boss@example.com" })).await.ok();
    sink.refuse(1);
    tell(&app, acme, &[person(app.ctx(), "boss").await], "import_done").await;
    app.run_jobs().await;
    assert!(sink.mails().is_empty());
    let job = mail_jobs(&boss).await.remove(0);
    assert_eq!(job["state"], "queued");
    assert!(job["last_error"].as_str().unwrap().contains("451"), "{job}");
    app.advance(5);
    app.run_jobs().await;
    assert_eq!(sink.mails().len(), 1);
    app.advance(3600);
    app.run_jobs().await;
    assert_eq!(sink.mails().len(), 1, "a mail that was sent is not sent again");
}

async fn a_new_role_is_told(app: TestApp) {
    let (acme, boss) = admin_of_acme(&app).await;
    let li = member(app.ctx(), acme, "li", &[Role::Agent]).await;
    boss.post(&format!("/api/v1/staff/{li}/roles"), json!({ "role": "mentor" })).await.ok();
    let inbox = session(&app, "li").await.get("/api/v1/notices").await.ok();
    assert_eq!(
        (&inbox["items"][0]["kind"], &inbox["items"][0]["params"]["role"]),
        (&json!("role_granted"), &json!("mentor"))
    );
}
