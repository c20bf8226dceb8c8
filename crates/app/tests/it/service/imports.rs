//! Imports: what a row becomes, what is refused, and who may bring what in.

use kexun_people::rights::{Grant, Role};
use kexun_testkit::{Client, TestApp, both_databases};
use serde_json::{Value, json};

use super::{HEADER, figures, import_bytes, rejections, undo, upload, worked_example};

both_databases![
    the_same_file_twice_changes_nothing,
    an_import_can_be_undone_and_done_again,
    earlier_messages_keep_the_earlier_conversation,
    an_import_is_found_in_every_part_of_a_thread,
    bad_rows_are_named_and_good_ones_are_in,
    rejected_rows_are_corrected_and_imported_again,
    what_is_exported_runs_no_formula,
    a_supervisor_brings_in_his_own_shop_alone,
    imports_of_another_tenant_are_not_there,
];

const PERIOD: (&str, &str) = ("2026-06-01", "2026-06-30");

async fn all_figures(client: &Client) -> Vec<(String, Value)> {
    figures(client, PERIOD.0, PERIOD.1, "day").await
}

/// The conversations of a tenant: id, beginning, messages; in order of time.
async fn conversations(app: &TestApp, tenant: kexun_people::tenants::TenantId) -> Vec<(String, String, i32)> {
    let db = app.ctx().db().read();
    let edition = kexun_service::editions::published(db, tenant).await.unwrap();
    let shops: Vec<_> =
        kexun_people::tenants::shops(db, tenant).await.unwrap().iter().map(|s| s.id).collect();
    let days = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    let rows =
        kexun_service::conversations::contacts_between(db, tenant, edition, &shops, days).await.unwrap();
    let mut rows: Vec<_> = rows.into_iter().map(|r| (r.started_at, r.id, r.messages)).collect();
    rows.sort();
    rows.into_iter().map(|(at, id, messages)| (id.0.to_string(), at.utc().to_rfc3339(), messages)).collect()
}

async fn the_same_file_twice_changes_nothing(app: TestApp) {
    let acme = app.company().await;
    let director = app.sign_in(&acme, Role::Director).await;
    let ratings = "rating_id,shop,conversation_id,rated_at,score\nr1,S1,k1,2026-06-01 10:20,5\nr2,S1,,2026-06-02 10:20,1\n";
    let contacts = "conversation_id,shop,channel,type,opened_at,closed_at,outcome\n\
                    k1,S1,chat,物流,2026-06-01 10:00,2026-06-01 10:12,solved\n";
    // 好的 twice in one minute are two messages, the file imported again adds none.
    let twice = format!(
        "{}k1,S1,小王,2026-06-01 10:12,客户,,好的\nk1,S1,小王,2026-06-01 10:12,客户,,好的\n",
        worked_example()
    );
    let files = [("conversations", twice.as_str(), 10), ("ratings", ratings, 2), ("contacts", contacts, 1)];
    for (kind, file, rows) in files {
        let (status, first) = import_bytes(&app, kind, file.as_bytes(), &[]);
        let expected = json!({"rows": rows, "imported": rows, "unchanged": 0, "rejected": []});
        assert_eq!((status, counts(&first)), (0, expected), "{kind}: {first}");
    }
    let (before, known) = (all_figures(&director).await, conversations(&app, acme.id).await);
    assert!(!before.is_empty());
    assert_eq!(known.iter().map(|c| c.2).collect::<Vec<_>>(), [10, 0]);
    for (kind, file, rows) in files {
        let (status, second) = import_bytes(&app, kind, file.as_bytes(), &[]);
        let expected = json!({"rows": rows, "imported": 0, "unchanged": rows, "rejected": []});
        assert_eq!((status, counts(&second)), (0, expected), "{kind}: {second}");
    }
    assert_eq!(all_figures(&director).await, before);
    assert_eq!(conversations(&app, acme.id).await, known);
}

fn counts(report: &Value) -> Value {
    let keys = ["rows", "imported", "unchanged", "rejected"];
    keys.iter().map(|k| ((*k).to_owned(), report[k].clone())).collect::<serde_json::Map<_, _>>().into()
}

async fn an_import_can_be_undone_and_done_again(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let file = worked_example();
    let part: String = file.lines().take(4).map(|l| format!("{l}\n")).collect();
    upload(&app, &operations, "conversations", part.as_bytes()).await;
    let of_part = all_figures(&operations).await;
    let whole = upload(&app, &operations, "conversations", file.as_bytes()).await;
    assert_eq!((&whole["imported"], &whole["unchanged"]), (&json!(5), &json!(3)));
    let of_whole = all_figures(&operations).await;
    assert_ne!(of_part, of_whole);
    undo(&app, &operations, &whole).await;
    assert_eq!(all_figures(&operations).await, of_part, "what the first brought stays");
    let id = whole["id"].as_str().unwrap();
    operations.post(&format!("/api/v1/imports/{id}/undo"), json!({})).await.refused("conflict");
    // Old rows are removed in the background; nothing changes by that.
    app.advance(700);
    app.run_jobs().await;
    assert_eq!(all_figures(&operations).await, of_part);
    let again = upload(&app, &operations, "conversations", file.as_bytes()).await;
    assert_eq!((&again["imported"], &again["unchanged"]), (&json!(5), &json!(3)));
    assert_eq!(all_figures(&operations).await, of_whole);
}

async fn earlier_messages_keep_the_earlier_conversation(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let file = |times: &[&str]| {
        let rows = times.iter().map(|at| format!(",S1,小李,2026-06-03 {at},客户,,在吗\n"));
        format!("{HEADER}\n{}", rows.collect::<String>())
    };
    upload(&app, &operations, "conversations", file(&["11:00", "10:00", "13:00"]).as_bytes()).await;
    let cut = conversations(&app, acme.id).await;
    assert_eq!(cut.len(), 3, "silence of an hour parts them: {cut:?}");
    let late = upload(&app, &operations, "conversations", file(&["10:25", "10:50"]).as_bytes()).await;
    let joined = conversations(&app, acme.id).await;
    assert_eq!(joined.len(), 2);
    assert_eq!((&joined[0].0, joined[0].2), (&cut[0].0, 4), "the earlier id stays");
    assert_eq!(joined[1], cut[2], "its neighbour is left alone");
    let earlier = file(&["09:40"]);
    upload(&app, &operations, "conversations", earlier.as_bytes()).await;
    let begun_earlier = conversations(&app, acme.id).await;
    assert_eq!((&begun_earlier[0].0, begun_earlier[0].2), (&cut[0].0, 5));
    assert!(begun_earlier[0].1.starts_with("2026-06-03T01:40"), "{begun_earlier:?}");
    undo(&app, &operations, &late).await;
    let parted = conversations(&app, acme.id).await;
    assert_eq!(parted.iter().map(|c| c.2).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!((&parted[0].0, &parted[2].0), (&cut[0].0, &cut[2].0));
}

async fn an_import_is_found_in_every_part_of_a_thread(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    // One thread; each of three imports brings one of its conversations.
    for hour in [9, 12, 15] {
        let file = format!("{HEADER}\n,S1,小李,2026-06-03 {hour}:00,客户,,在吗\n");
        upload(&app, &operations, "conversations", file.as_bytes()).await;
    }
    let db = app.ctx().db().read();
    let edition = kexun_service::editions::published(db, acme.id).await.unwrap();
    for import in 1..=3 {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            // Page by page, a page being smaller than the thread.
            let page =
                kexun_service::conversations::groups_of_import(db, acme.id, edition, import, after, 1).await;
            let (groups, next) = page.unwrap();
            found.extend(groups);
            after = next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), 1, "import {import}");
    }
}

/// Rows that are wrong in every way that a cell can be, with what is said of each.
const BAD_ROWS: &[(&str, &str, &str)] = &[
    ("b,S1,小王,2012/13/45,客户,,在吗", "sent_at", "not_a_time"),
    ("b,S1,小王,昨天下午,客户,,在吗", "sent_at", "not_a_time"),
    ("b,S1,小王,3/4/2026 10:00,客户,,在吗", "sent_at", "ambiguous_date"),
    ("b,S1,小王,2026-06-01,客户,,在吗", "sent_at", "no_time_of_day"),
    ("b,S1,小王,1926-06-01 10:00,客户,,在吗", "sent_at", "year_out_of_range"),
    ("b,S1,小王,,客户,,在吗", "sent_at", "missing"),
    ("b,S1,,2026-06-01 10:00,客户,,在吗", "customer", "missing"),
    ("b,S1,小王,2026-06-01 10:00,,,在吗", "sender", "missing"),
    ("b,S1,小王,2026-06-01 10:00,路人,,在吗", "sender", "not_one_of"),
    ("b,S1,小王,2026-06-01 10:00,客服,,在吗", "agent", "missing"),
    ("1.23457E+17,S1,小王,2026-06-01 10:00,客户,,在吗", "conversation_id", "lost_digits"),
    ("b,,小王,2026-06-01 10:00,客户,,在吗", "shop", "no_shop"),
    ("b,S1,小王,2026-06-01 10:00,客户,", "", "too_few_cells"),
    ("b,S1,小王,2026-06-01 10:00,客户,,在吗,多了", "", "too_many_cells"),
    ("b,S1,小王,2026-06-01 10:00,客户,,\"在\"吗", "", "bad_quote"),
];

async fn bad_rows_are_named_and_good_ones_are_in(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    // A good row between every two bad ones, one of them over two lines: it counts once.
    let mut file = format!("{HEADER}\ng0,S1,小李,2026-06-01 09:00,客户,,\"第一行\n第二行\"\n");
    let mut expected = Vec::new();
    for (place, (row, column, code)) in BAD_ROWS.iter().enumerate() {
        expected.push((place as i64 * 2 + 3, *column, *code));
        file += &format!("{row}\ng{place},S1,小李,2026-06-01 10:{place:02},客户,,在吗\n");
    }
    let (status, report) = import_bytes(&app, "conversations", file.as_bytes(), &[]);
    assert_eq!(status, 3, "{report}");
    let listed: Vec<(i64, &str)> = report["rejected"].as_array().unwrap().iter().map(named).collect();
    assert_eq!(listed, expected.iter().map(|e| (e.0, e.1)).collect::<Vec<_>>());
    let rows = 2 * BAD_ROWS.len() + 1;
    assert_eq!((&report["rows"], &report["imported"]), (&json!(rows), &json!(BAD_ROWS.len() + 1)));
    let first = &report["rejected"][0];
    assert_eq!(first["reason"], "not a time: 2012/13/45");
    let import = upload(&app, &operations, "conversations", file.as_bytes()).await;
    assert_eq!(import["rejected"], BAD_ROWS.len());
    let coded = rejections(&operations, &import).await;
    let coded: Vec<(i64, &str, &str)> =
        coded.iter().map(|(r, c, w)| (*r, c.as_deref().unwrap_or_default(), w.as_str())).collect();
    assert_eq!(coded, expected);
}

fn named(rejected: &Value) -> (i64, &str) {
    (rejected["row"].as_i64().unwrap(), rejected["column"].as_str().unwrap_or_default())
}

async fn rejected_rows_are_corrected_and_imported_again(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let file = format!(
        "{}k1,S1,小王,2026-06-01 26:00,客户,,\"还在吗, \"\"亲\"\"\"\nk2,S1,=1+1,2026/13/45,客户,,'=cmd\n",
        worked_example()
    );
    let clean = file.replace("26:00", "11:00").replace("2026/13/45", "2026-06-02 9:00");
    for format in ["csv", "xlsx"] {
        let tenant = app.company_named(&format!("fixes-{format}")).await;
        let operations = app.sign_in(&tenant, Role::Operations).await;
        let import = upload(&app, &operations, "conversations", file.as_bytes()).await;
        assert_eq!((&import["imported"], &import["rejected"]), (&json!(8), &json!(2)));
        let id = import["id"].as_str().unwrap();
        let sheet = operations.get(&format!("/api/v1/imports/{id}/rejections/export?format={format}")).await;
        assert_eq!(sheet.status, 200);
        let corrected = match format {
            "csv" => corrected_csv(&sheet.text()),
            _ => corrected_xlsx(&sheet.body),
        };
        let second = upload(&app, &operations, "conversations", &corrected).await;
        let found = (&second["rows"], &second["imported"], &second["rejected"]);
        assert_eq!(found, (&json!(2), &json!(2), &json!(0)), "{format}: {second}");
        let whole = upload(&app, &operations, "conversations", clean.as_bytes()).await;
        assert_eq!((&whole["imported"], &whole["unchanged"]), (&json!(0), &json!(10)), "{format}");
    }
    upload(&app, &operations, "conversations", clean.as_bytes()).await;
    let expected = all_figures(&operations).await;
    let fixed = app.company_named("fixed").await;
    let fixed = app.sign_in(&fixed, Role::Operations).await;
    upload(&app, &fixed, "conversations", clean.as_bytes()).await;
    assert_eq!(all_figures(&fixed).await, expected);
}

fn corrected_csv(sheet: &str) -> Vec<u8> {
    assert!(sheet.starts_with('\u{feff}'), "the mark tells spreadsheets that this is UTF-8");
    sheet.replace("26:00", "11:00").replace("2026/13/45", "2026-06-02 9:00").into_bytes()
}

/// What somebody does in a spreadsheet program: the cells at fault typed anew, the rest untouched.
fn corrected_xlsx(sheet: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut old = zip::ZipArchive::new(Cursor::new(sheet)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..old.len() {
        let mut part = old.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let text = text.replace("26:00", "11:00").replace("2026/13/45", "2026-06-02 9:00");
        new.start_file(part.name().unwrap().into_owned(), zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

async fn what_is_exported_runs_no_formula(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let texts = ["=HYPERLINK(\"http://x\")", "+86 138", "-1+1", "@SUM(A1)", "\tx", "＝1+1"];
    let rows = texts.iter().map(|t| format!("k,S1,c,never,客户,,\"{}\"\n", t.replace('"', "\"\"")));
    let file = format!("{HEADER}\n{}", rows.collect::<String>());
    let import = upload(&app, &operations, "conversations", file.as_bytes()).await;
    assert_eq!(import["rejected"], texts.len());
    let id = import["id"].as_str().unwrap();
    let sheet = operations.get(&format!("/api/v1/imports/{id}/rejections/export?format=csv&lang=en")).await;
    assert!(sheet.header("content-disposition").contains("rejected-1.csv"));
    let text = sheet.text();
    let cells = text.lines().skip(1).flat_map(|l| l.split([',', '"']));
    let run: Vec<&str> = cells.filter(|c| c.starts_with(['=', '+', '-', '@', '\t', '＝'])).collect();
    assert_eq!(run, Vec::<&str>::new(), "{text}");
    assert!(text.contains("not a time: never"), "{text}");
    // An agent whose name is a formula does not run in the table of figures either.
    let agent = format!("{HEADER}\nk,S1,c,2026-06-01 10:00,客服,=1+1,在\n");
    upload(&app, &operations, "conversations", agent.as_bytes()).await;
    let table = operations.get("/api/v1/kpi?from=2026-06-01&to=2026-06-30&by=agent&format=csv").await.text();
    assert!(table.contains("\"'=1+1\""), "{table}");
}

async fn a_supervisor_brings_in_his_own_shop_alone(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let other = worked_example().replace(",S1,", ",S2,");
    upload(&app, &operations, "conversations", other.as_bytes()).await;
    let before = all_figures(&operations).await;
    let grant = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: None };
    let supervisor = app.sign_in_with(&acme, grant).await;
    let mixed = format!(
        "{HEADER}\na,S1,c,2026-06-09 10:00,客户,,在\na,一店,c,2026-06-09 10:01,客户,,在\n\
         a,S2,c,2026-06-09 10:00,客户,,在\na,新店,c,2026-06-09 10:00,客户,,在\n"
    );
    let import = upload(&app, &supervisor, "conversations", mixed.as_bytes()).await;
    assert_eq!((&import["imported"], &import["rejected"]), (&json!(2), &json!(2)));
    let refused = |row| (row, Some("shop".to_owned()), "not_your_shop".to_owned());
    assert_eq!(rejections(&supervisor, &import).await, [refused(4), refused(5)]);
    let shops = operations.get("/api/v1/shops").await.ok().to_string();
    assert!(!shops.contains("新店"), "{shops}");
    let untouched = |all: &[(String, Value)]| -> Vec<(String, Value)> {
        all.iter().filter(|(name, _)| name.starts_with("shop S2")).cloned().collect()
    };
    let after = all_figures(&operations).await;
    assert!(!untouched(&before).is_empty());
    assert_eq!(untouched(&before), untouched(&after));
    let teams = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: Some(acme.team) };
    let of_team = app.sign_in_with(&acme, teams).await;
    let path = "/api/v1/imports?kind=conversations";
    of_team.upload(path, "x.csv", mixed.as_bytes()).await.status(403).refused("forbidden");
}

async fn imports_of_another_tenant_are_not_there(app: TestApp) {
    let (acme, other) = (app.company().await, app.company_named("other").await);
    let operations = app.sign_in(&acme, Role::Operations).await;
    let import = upload(&app, &operations, "conversations", worked_example().as_bytes()).await;
    let id = import["id"].as_str().unwrap();
    let stranger = app.sign_in(&other, Role::Operations).await;
    let grant = Grant { role: Role::Supervisor, shop_id: Some(acme.shop), team_id: None };
    let colleague = app.sign_in_with(&acme, grant).await;
    for client in [&stranger, &colleague] {
        for path in ["", "/rejections", "/rejections/export?format=csv"] {
            client.get(&format!("/api/v1/imports/{id}{path}")).await.status(404).refused("not_found");
        }
        client.post(&format!("/api/v1/imports/{id}/undo"), json!({})).await.refused("not_found");
        assert_eq!(client.get("/api/v1/imports").await.ok()["items"], json!([]));
    }
    assert_eq!(operations.get(&format!("/api/v1/imports/{id}")).await.ok()["state"], "done");
}
