//! `kexun check`: what is sound is said to be, what is not is named.

use kexun::operations;
use kexun_people::rights::Role;
use kexun_testkit::{Company, TestApp, both_databases};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::company_with_record;
use crate::service::{HEADER, figures, kexun, outcome, upload};

both_databases![
    sound_data_are_sound,
    days_counted_on_the_way_are_what_a_recount_gives,
    a_changed_event_is_found,
    events_cut_off_are_found,
    changed_figures_are_found_and_made_anew,
    a_changed_transcript_is_found,
    a_changed_fact_is_found,
    a_reference_that_leads_nowhere_is_found,
    a_damaged_job_is_found,
    another_master_key_is_found,
    a_work_that_was_cut_off_is_no_fault,
];

/// Exit status and report of `kexun check --json`.
fn check(app: &TestApp, more: &[&str]) -> (i32, Value) {
    outcome(&kexun(app).args(["check", "--json"]).args(more).output().unwrap())
}

/// Writes into the database past the program. References are not asked for, as `sqlite3` does not.
async fn tamper(app: &TestApp, sql: &str) {
    let tx = app.ctx().db().begin().await.unwrap();
    let changed = tx.execute_unprepared(sql).await.unwrap().rows_affected();
    assert!(changed > 0, "nothing was changed: {sql}");
    tx.commit().await.unwrap();
}

/// The one area in which all faults are, and their words.
fn faults(report: &Value) -> Vec<(String, String)> {
    let words = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let faults = report["faults"].as_array().unwrap_or_else(|| panic!("{report}"));
    faults
        .iter()
        .map(|f| (words(&f["area"]), format!("{}: {}", words(&f["place"]), words(&f["what"]))))
        .collect()
}

/// Tampering leads to one kind of fault that says a word.
fn is_found(app: &TestApp, area: &str, word: &str) -> Value {
    let (status, report) = check(app, &[]);
    let faults = faults(&report);
    assert_eq!((status, &report["sound"]), (1, &Value::Bool(false)), "{report}");
    assert!(faults.iter().any(|(a, words)| a == area && words.contains(word)), "{faults:#?}");
    let said = kexun(app).arg("check").output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains(&format!("WRONG [{area}]")) && said.contains("to do: "), "{said}");
    report
}

async fn sound_data_are_sound(app: TestApp) {
    let empty = check(&app, &[]);
    assert_eq!((empty.0, &empty.1["sound"]), (0, &Value::Bool(true)), "{}", empty.1);
    company_with_record(&app).await;
    let (status, report) = check(&app, &[]);
    assert_eq!((status, faults(&report)), (0, vec![]));
    let acme = &report["tenants"][0];
    assert_eq!((&acme["tenant"], &acme["conversations"]), (&"acme".into(), &100.into()), "{report}");
    assert_eq!(acme["days"], 42);
    assert!(acme["events"].as_i64().unwrap() > 5, "{report}");
}

/// The first import of a tenant counts days while it writes. One conversation goes on for weeks, so that the days of
/// its shop up to its end are read again instead.
async fn days_counted_on_the_way_are_what_a_recount_gives(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let mut file = format!("{HEADER}\n");
    for (id, shop, asked, answered) in [
        ("k1", "S1", "2026-06-01 10:00", "2026-06-01 10:02"),
        ("k2", "S2", "2026-06-01 23:59", "2026-06-02 00:03"),
        ("k3", "S1", "2026-06-02 09:00", "2026-06-02 09:01"),
        ("k4", "S1", "2026-06-02 22:00", "2026-06-04 08:00"),
        ("k5", "S2", "2026-06-05 08:00", "2026-07-20 08:00"),
        ("k6", "S1", "2026-06-06 08:00", "2026-06-06 08:05"),
        ("k7", "S2", "2026-06-10 08:00", "2026-06-10 08:05"),
        ("k8", "S1", "2026-07-20 08:00", "2026-07-20 08:05"),
        ("k9", "S2", "2026-07-20 09:00", "2026-07-22 08:05"),
    ] {
        file += &format!(
            "{id},{shop},客{id},{asked}:00,客户,,在吗\n{id},{shop},客{id},{answered}:00,客服,A,在的\n"
        );
    }
    let done = upload(&app, &operations, "conversations", file.as_bytes()).await;
    assert_eq!((&done["state"], &done["imported"]), (&"done".into(), &18.into()), "{done}");
    let (status, report) = check(&app, &[]);
    assert_eq!((status, faults(&report)), (0, vec![]));
    let counted = figures(&operations, "2026-06-01", "2026-07-31", "day").await;
    assert!(!counted.is_empty());
    let (status, report) = check(&app, &["--recount"]);
    assert_eq!((status, faults(&report)), (0, vec![]));
    assert_eq!(figures(&operations, "2026-06-01", "2026-07-31", "day").await, counted);
}

async fn a_changed_event_is_found(app: TestApp) {
    company_with_record(&app).await;
    tamper(&app, "UPDATE event SET kind = 'import.undone' WHERE seq = 3").await;
    let report = is_found(&app, "events", "event number 3");
    assert_eq!(report["faults"][0]["tenant"], "acme");
}

async fn events_cut_off_are_found(app: TestApp) {
    company_with_record(&app).await;
    tamper(&app, "DELETE FROM event").await;
    is_found(&app, "events", "cut off");
}

async fn changed_figures_are_found_and_made_anew(app: TestApp) {
    let acme = company_with_record(&app).await;
    let other = "(SELECT figures FROM kpi_day WHERE scope = 'shop' ORDER BY day DESC LIMIT 1)";
    tamper(&app, &format!("UPDATE kpi_day SET figures = {other} WHERE scope = 'team' AND day = 20611")).await;
    tamper(&app, "DELETE FROM kpi_day WHERE scope = 'shop' AND day = 20606").await;
    tamper(&app, "UPDATE kpi_contacts SET last_day = last_day + 1 WHERE day = 20608").await;
    tamper(&app, "DELETE FROM kpi_contacts WHERE day = 20609").await;
    let report = is_found(&app, "figures", "of team number 1 are not what");
    let missing = format!("shop {}, 2026-06-02", acme.shop);
    assert!(faults(&report).iter().all(|(area, _)| area == "figures"), "{report}");
    assert!(
        faults(&report).iter().any(|(_, w)| w.starts_with(&missing) && w.contains("missing")),
        "{report}"
    );
    let contacts = faults(&report).into_iter().filter(|(_, w)| w.contains("the contacts that begin on it"));
    assert_eq!(contacts.count(), 4, "{report}");
    let (status, report) = check(&app, &["--recount"]);
    assert_eq!((status, faults(&report)), (0, vec![]));
}

async fn a_changed_transcript_is_found(app: TestApp) {
    company_with_record(&app).await;
    let (first, last) = two_rows(&app).await;
    // The transcript of one conversation under another one, and one that is no transcript.
    tamper(
        &app,
        &format!("UPDATE transcript SET packed = (SELECT packed FROM transcript WHERE {last}) WHERE {first}"),
    )
    .await;
    let report = is_found(&app, "conversations", "not what its transcript says");
    assert_eq!(report["faults_total"], 1, "{report}");
    tamper(
        &app,
        &format!("UPDATE transcript SET packed = (SELECT figures FROM kpi_day LIMIT 1) WHERE {last}"),
    )
    .await;
    is_found(&app, "conversations", "cannot be unpacked");
    tamper(&app, &format!("DELETE FROM transcript WHERE {first}")).await;
    is_found(&app, "conversations", "is missing");
}

/// Conditions for the first and the last conversation with an id.
async fn two_rows(app: &TestApp) -> (String, String) {
    let of = |source| format!("row_id = (SELECT row_id FROM conversation WHERE source_id = '{source}')");
    let alive = "DELETE FROM conversation WHERE died < 9223372036854775807";
    let tx = app.ctx().db().begin().await.unwrap();
    tx.execute_unprepared(alive).await.unwrap();
    let kept = "DELETE FROM transcript WHERE died < 9223372036854775807";
    tx.execute_unprepared(kept).await.unwrap();
    tx.commit().await.unwrap();
    (of("k0"), of("k98"))
}

async fn a_changed_fact_is_found(app: TestApp) {
    company_with_record(&app).await;
    tamper(
        &app,
        "UPDATE conversation SET first_response_s = 1 WHERE source_id = 'k4' AND first_response_s > 1",
    )
    .await;
    is_found(&app, "conversations", "(k4): its facts are not what its transcript says: first_response_s");
}

async fn a_reference_that_leads_nowhere_is_found(app: TestApp) {
    company_with_record(&app).await;
    tamper(&app, "UPDATE event SET tenant_id = subject_id WHERE seq = 2").await;
    is_found(&app, "references", "event.tenant_id");
    tamper(&app, "DELETE FROM customer WHERE number = 1").await;
    is_found(&app, "conversations", "its customer");
}

async fn a_damaged_job_is_found(app: TestApp) {
    company_with_record(&app).await;
    tamper(&app, "UPDATE job SET payload = '{'").await;
    is_found(&app, "jobs", "its order is damaged");
}

async fn another_master_key_is_found(app: TestApp) {
    company_with_record(&app).await;
    let output = kexun(&app).env("KEXUN_KEY", "00".repeat(32)).args(["check", "--json"]).output().unwrap();
    let (status, report) = outcome(&output);
    assert_eq!(status, 1);
    let found = faults(&report);
    assert!(found.iter().any(|(area, words)| area == "events" && words.contains("number 1")), "{found:#?}");
    assert!(found.iter().any(|(_, words)| words.contains("does not open")), "{found:#?}");
}

async fn a_work_that_was_cut_off_is_no_fault(app: TestApp) {
    let acme: Company = company_with_record(&app).await;
    let staging = kexun_service::editions::Staging::begin(app.ctx(), acme.id).await.unwrap();
    drop(staging);
    let report = operations::check(app.ctx()).await.unwrap();
    assert!(report.sound, "{report:#?}");
    assert_eq!(report.findings.notes.len(), 1);
    assert_eq!(report.findings.notes[0].area, "imports");
}
