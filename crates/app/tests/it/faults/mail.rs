//! A mail server that is down for an hour.

use kexun_people::notices::send;
use kexun_people::rights::Role;
use kexun_testkit::smtp::Sink;
use kexun_testkit::{TestApp, both_databases};
use serde_json::json;

use crate::people::{member, person, session, tenant};

both_databases![an_hour_without_mail_server_loses_and_doubles_nothing, one_refused_mail_holds_up_nobody_else];

const PEOPLE: [&str; 3] = ["li", "wang", "zhao"];

/// The program with a mail server and people who have addresses.
async fn with_mail(app: &TestApp) -> (TestApp, Sink) {
    let sink = Sink::start().await;
    let url = sink.url();
    let app = TestApp::build(app.backend()).settings(move |s| s.smtp_url = Some(url)).start().await;
    let acme = tenant(&app, "acme", None).await;
    for name in PEOPLE {
        member(app.ctx(), acme, name, &[Role::Admin]).await;
        let email = json!({ "email": format!("{name}@example.com"), "locale": "en" });
        session(&app, name).await.patch("/api/v1/me", email).await.ok();
    }
    (app, sink)
}

/// Tells everybody something that has a number.
async fn tell(app: &TestApp, n: usize) {
    let acme = kexun_people::tenants::tenant_by_slug(app.ctx().db().read(), "acme").await.unwrap().id;
    let mut persons = Vec::new();
    for name in PEOPLE {
        persons.push(person(app.ctx(), name).await);
    }
    let params = json!({ "file_name": format!("f{n}.csv"), "imported": 9, "rejected": 1 });
    let tx = app.ctx().db().begin().await.unwrap();
    send(app.ctx(), &tx, acme, &persons, "import_done", &params, Some("/imports/7")).await.unwrap();
    tx.commit().await.unwrap();
}

/// The numbers that arrived for somebody, in order of arrival.
fn arrived(sink: &Sink, name: &str) -> Vec<usize> {
    let to = format!("{name}@example.com");
    let number = |data: &str| {
        let link = (0..10).filter(|n| data.contains(&format!("f{n}.csv"))).collect::<Vec<_>>();
        link.first().copied().expect("a mail names the file")
    };
    sink.mails().iter().filter(|mail| mail.to == [to.clone()]).map(|mail| number(&mail.data)).collect()
}

async fn an_hour_without_mail_server_loses_and_doubles_nothing(app: TestApp) {
    let (app, sink) = with_mail(&app).await;
    tell(&app, 0).await;
    app.run_jobs().await;
    assert_eq!(sink.mails().len(), 3);
    sink.go(true);
    let called = sink.calls();
    for minute in 0..60 {
        if minute % 12 == 0 {
            tell(&app, minute / 12 + 1).await;
        }
        app.run_jobs().await;
        app.advance(60);
    }
    let tries = sink.calls() - called;
    assert!((15..=200).contains(&tries), "{tries} tries of 15 mails in an hour");
    sink.go(false);
    // Who told of something new meanwhile does not overtake what waits for the same person.
    tell(&app, 6).await;
    for _ in 0..11 {
        app.run_jobs().await;
        app.advance(60);
    }
    for name in PEOPLE {
        assert_eq!(arrived(&sink, name), [0, 1, 2, 3, 4, 5, 6], "{name}");
    }
    let jobs = session(&app, "li").await.get("/api/v1/jobs?state=queued").await.ok();
    assert_eq!(jobs["items"], json!([]));
    let dead = session(&app, "li").await.get("/api/v1/jobs?state=dead").await.ok();
    assert_eq!(dead["items"], json!([]));
    app.advance(86_400);
    app.run_jobs().await;
    assert_eq!(sink.mails().len(), 21, "once each");
    // A mail bears the date of what it tells of, and a name that tells copies of it.
    let first = &sink.mails()[3].data;
    assert!(first.contains("Date: Wed, 01 Jul 2026 02:00:00") && first.contains("Message-ID: <"), "{first}");
}

async fn one_refused_mail_holds_up_nobody_else(app: TestApp) {
    let (app, sink) = with_mail(&app).await;
    sink.refuse(1);
    tell(&app, 1).await;
    app.run_jobs().await;
    assert_eq!(sink.mails().len(), 2, "the others got theirs");
    tell(&app, 2).await;
    app.run_jobs().await;
    app.advance(2);
    app.run_jobs().await;
    for name in PEOPLE {
        assert_eq!(arrived(&sink, name), [1, 2], "{name}");
    }
}
