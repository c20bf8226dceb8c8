//! A disk that is full: what cannot be written is refused in plain words, what was written stays, and
//! everything goes on once there is room again.

use axum::body::Bytes;
use kexun::operations;
use kexun_base::files::Files;
use kexun_base::ids::Uuid;
use kexun_base::{Code, jobs};
use kexun_people::rights::Role;
use kexun_testkit::{Answer, Backend, Client, TestApp, databases};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::assessment::exams_stage::{answer_path, begin, exam, paper, set, stage};
use crate::service::crash::big_file;

#[test]
fn a_full_database_refuses_and_keeps_what_it_has() {
    databases::run(Backend::Sqlite, refused_and_kept);
}

#[test]
fn an_import_waits_for_room() {
    databases::run(Backend::Sqlite, import_waits);
}

/// As if the disk had room for so many pages more; none: for as many as come. A connection that the program
/// opens anew, as it does when a full disk has ended a transaction, has no limit either.
async fn room(app: &TestApp, pages: Option<i64>) {
    let tx = app.ctx().db().begin().await.unwrap();
    let asked = sea_orm::Statement::from_string(tx.get_database_backend(), "PRAGMA page_count");
    let used: i64 = tx.query_one_raw(asked).await.unwrap().unwrap().try_get("", "page_count").unwrap();
    let most = pages.map_or(1 << 30, |more| used + more);
    tx.execute_unprepared(&format!("PRAGMA max_page_count = {most}")).await.unwrap();
    tx.commit().await.unwrap();
}

async fn shop(admin: &Client, n: usize) -> Answer {
    admin.post("/api/v1/shops", json!({ "code": format!("F{n}"), "name": "店".repeat(60) })).await
}

async fn refused_and_kept(app: TestApp) {
    let stage = stage(&app, 1).await;
    let admin = app.sign_in(&stage.acme, Role::Admin).await;
    let question =
        json!({ "text": "怎样安抚客户？", "key": { "kind": "short_answer", "model": "好", "rubric": "好" } });
    let bank = paper(&stage.hr, &[question]).await;
    let (member, candidate) = &stage.agents[0];
    let exam = set(&stage.hr, exam(&app, &bank, &[member])).await;
    let attempt = begin(candidate, &exam).await["attempt"].as_str().unwrap().to_owned();
    let answer = |seq: usize| {
        let text = format!("{seq}{}", "写".repeat(3000));
        json!({ "response": { "kind": "short_answer", "text": text }, "client_seq": seq })
    };
    candidate.put(&answer_path(&attempt, 1), answer(1)).await.ok();
    room(&app, Some(0)).await;
    let mut kept = 1;
    let refused = loop {
        let saved = candidate.put(&answer_path(&attempt, 1), answer(kept + 1)).await;
        if saved.status != 200 {
            break saved;
        }
        kept += 1;
        assert!(kept < 200, "it never gets full");
    };
    let said = refused.status(503).refused("unavailable");
    assert!(said["detail"].as_str().unwrap().contains("disk of the database is full"), "{said}");
    assert!(
        last_text(candidate, &exam).await.starts_with(&kept.to_string()),
        "what was acknowledged is there"
    );
    room(&app, None).await;
    candidate.put(&answer_path(&attempt, 1), answer(kept + 1)).await.ok();
    assert!(last_text(candidate, &exam).await.starts_with(&(kept + 1).to_string()));

    room(&app, Some(0)).await;
    let mut shops = 0;
    while shop(&admin, shops).await.status == 201 {
        shops += 1;
        assert!(shops < 200, "it never gets full");
    }
    let listed = admin.get("/api/v1/shops").await.ok();
    assert_eq!(listed["items"].as_array().unwrap().len(), shops + 1, "what was refused is not there");
    app.nobody().get("/readyz").await.status(200);
    room(&app, None).await;
    shop(&admin, 999).await.status(201);
    app.seal().await;
    assert!(operations::check(app.ctx()).await.unwrap().sound);
}

async fn last_text(candidate: &Client, exam: &str) -> String {
    let sitting = begin(candidate, exam).await;
    sitting["answers"]["1"]["text"].as_str().unwrap().to_owned()
}

async fn import_waits(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let admin = app.sign_in(&acme, Role::Admin).await;
    let content = big_file();
    let path = "/api/v1/imports?kind=conversations";
    let ordered = operations.upload(path, "a.csv", content.as_bytes()).await.status(202).ok();
    let seen =
        async || operations.get(&format!("/api/v1/imports/{}", ordered["id"].as_str().unwrap())).await.ok();
    // Longer than a job would be tried that fails by its own fault.
    for _ in 0..12 {
        room(&app, Some(30)).await;
        // With the disk quite full the job cannot even be taken.
        jobs::run_due(app.ctx()).await.ok();
        app.advance(600);
    }
    let waiting = seen().await;
    assert!(["reading", "merging"].contains(&waiting["state"].as_str().unwrap()), "{waiting}");
    let job = admin.get("/api/v1/jobs?state=queued").await.ok();
    assert!(reason(&job).contains("is full"), "{job}");
    room(&app, None).await;
    app.run_jobs().await;
    let done = seen().await;
    assert_eq!((&done["state"], &done["imported"]), (&json!("done"), &json!(content.lines().count() - 1)));
    app.seal().await;
    assert!(operations::check(app.ctx()).await.unwrap().sound);
}

fn reason(jobs: &Value) -> &str {
    let jobs = jobs["items"].as_array().unwrap();
    let import = jobs.iter().find(|job| job["kind"] == "imports.run").expect("the import waits");
    import["last_error"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn an_upload_that_finds_no_room_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path().to_owned());
    let id = Uuid::from_u128(1);
    // A device that is always full, where the upload is written first.
    std::os::unix::fs::symlink("/dev/full", folder.path().join(format!("{id}.part"))).unwrap();
    let bytes = futures::stream::iter([Ok::<_, &str>(Bytes::from_static(b"name,rowid"))]);
    let error = files.save(id, bytes, 100).await.unwrap_err();
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
