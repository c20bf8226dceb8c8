//! Files as people have them, and files that nobody should have.

use std::io::{Cursor, Read, Write};
use std::time::Duration;

use kexun_importers::{SheetFormat, TableWriter, Value as Cell};
use kexun_people::rights::Role;
use kexun_testkit::databases::{self, Backend};
use kexun_testkit::{TestApp, both_databases};
use serde_json::{Value, json};

use super::{HEADER, figures, import_bytes, import_command, outcome, rejections, upload, worked_example};

both_databases![
    one_table_in_many_clothes_is_the_same_table,
    what_is_no_table_changes_nothing,
    an_upload_that_is_no_table_says_so,
    days_before_months_or_after,
    odd_texts_come_in_whole,
    nul_characters_are_refused_and_named,
];

/// The worked example's cells.
fn cells() -> Vec<Vec<String>> {
    let plain = super::WORKED_EXAMPLE.lines();
    plain.map(|line| line.splitn(7, ',').map(str::to_owned).collect()).collect()
}

fn separated(by: char, end: &str) -> String {
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|c| format!("\"{c}\"")).collect();
        cells.join(&by.to_string()) + end
    };
    cells().iter().map(line).collect()
}

fn workbook() -> Vec<u8> {
    let cells = cells();
    let header: Vec<&str> = cells[0].iter().map(String::as_str).collect();
    let mut table = TableWriter::new(SheetFormat::Xlsx, Cursor::new(Vec::new()), &header).unwrap();
    for row in &cells[1..] {
        let row: Vec<Cell<'_>> = row.iter().map(|c| Cell::Text(c)).collect();
        table.row(&row).unwrap();
    }
    table.finish().unwrap().into_inner()
}

fn json_lines() -> String {
    let cells = cells();
    let line = |row: &Vec<String>| {
        let pairs = cells[0].iter().zip(row).map(|(k, v)| (k.clone(), json!(v)));
        Value::Object(pairs.collect()).to_string() + "\n"
    };
    cells[1..].iter().map(line).collect()
}

fn clothes() -> Vec<(&'static str, Vec<u8>)> {
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let chinese = separated(',', "\n").replacen(
        "\"conversation_id\",\"shop\",\"customer\",\"sent_at\",\"sender\",\"agent\",\"text\"",
        "会话编号,店铺,客户,时间,发送方,客服,内容",
        1,
    );
    let turned: String = cells()
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let cells: Vec<String> = row.iter().rev().map(|c| format!("\"{c}\"")).collect();
            format!("{},{}\n", cells.join(","), if place == 0 { "备注" } else { "x" })
        })
        .collect();
    vec![
        ("GB18030 and CRLF", gb18030(&chinese.replace('\n', "\r\n"))),
        ("UTF-8 with a mark", format!("\u{feff}{chinese}").into_bytes()),
        ("UTF-16", utf16(&chinese)),
        ("semicolons", separated(';', "\r\n").into_bytes()),
        ("tabs", separated('\t', "\n").into_bytes()),
        ("old Mac line ends", separated(',', "\r").into_bytes()),
        ("columns turned round, one unknown", turned.into_bytes()),
        ("a workbook", workbook()),
        ("JSON Lines", json_lines().into_bytes()),
        ("blank lines at the end", (separated(',', "\n") + "\n\n,,,,,,\n").into_bytes()),
    ]
}

async fn one_table_in_many_clothes_is_the_same_table(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    upload(&app, &operations, "conversations", worked_example().as_bytes()).await;
    let before = figures(&operations, "2026-06-01", "2026-06-30", "day").await;
    for (name, bytes) in clothes() {
        let (status, report) = import_bytes(&app, "conversations", &bytes, &[]);
        assert_eq!(status, 0, "{name}: {report}");
        let found = (&report["imported"], &report["unchanged"]);
        assert_eq!(found, (&json!(0), &json!(8)), "{name}: {report}");
        if name.contains("unknown") {
            assert!(report["warnings"].to_string().contains("备注"), "{report}");
        }
    }
    assert_eq!(figures(&operations, "2026-06-01", "2026-06-30", "day").await, before);
}

/// A workbook whose sheet unpacks to a thousand times its size.
fn bomb() -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(workbook())).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..old.len() {
        let mut part = old.by_index(place).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        new.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        if let Some((head, tail)) = text.split_once("</sheetData>").filter(|_| name.contains("sheet1")) {
            new.write_all(head.as_bytes()).unwrap();
            let rows = "<row></row>".repeat(1000);
            for _ in 0..6000 {
                new.write_all(rows.as_bytes()).unwrap();
            }
            text = format!("</sheetData>{tail}");
        }
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn no_tables() -> Vec<(&'static [u8], &'static str)> {
    vec![
        (b"", "empty"),
        (b"\r\n\r\n \r\n", "empty"),
        (b"name,age\n\xe5\xbc\xa0,3\n", "no known column"),
        (b"shop,customer,text\nS1,c,hello\n", "Missing columns: sent_at"),
        (PNG, "a picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "a web page"),
        (b"[{\"customer\": \"c\"}]", "JSON array"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", "old Excel"),
        (b"PK\x03\x04not really", "orkbook"),
        (b"customer,customer,sent_at,sender,text\nc,c,2026-06-01 10:00,customer,x\n", "both mean"),
        (b"cust\0omer,\0sent_at,sender,text\nc,2026-06-01 10:00,customer,x\n", ""),
    ]
}

async fn what_is_no_table_changes_nothing(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    upload(&app, &operations, "conversations", worked_example().as_bytes()).await;
    let before = figures(&operations, "2026-06-01", "2026-06-30", "day").await;
    let bomb = bomb();
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    let mut bad = no_tables();
    bad.push((&bomb, "absurd size"));
    for (bytes, words) in bad {
        let (status, said) = import_bytes(&app, "conversations", bytes, &["--shop", "S1"]);
        let said = said.to_string();
        assert!(status == 1 && said.contains(words), "{words}: {status} {said}");
    }
    let missing = import_command(&app, "conversations", "/nowhere/a.csv".as_ref(), &[]).output().unwrap();
    assert_eq!(outcome(&missing).0, 1);
    let kind = import_command(&app, "gossip", "/nowhere/a.csv".as_ref(), &[]).output().unwrap();
    assert_eq!(outcome(&kind).0, 2, "wrong use");
    // A table without rows is a table.
    let (status, report) = import_bytes(&app, "conversations", format!("{HEADER}\n").as_bytes(), &[]);
    assert_eq!((status, &report["rows"]), (0, &json!(0)));
    assert_eq!(figures(&operations, "2026-06-01", "2026-06-30", "day").await, before);
}

async fn an_upload_that_is_no_table_says_so(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    for (bytes, _) in no_tables() {
        let import = upload(&app, &operations, "conversations", bytes).await;
        assert_eq!(
            (&import["state"], &import["error"]["code"]),
            (&json!("failed"), &json!("unreadable_file"))
        );
        let said = import["error"]["detail_zh"].as_str().unwrap();
        assert!(said.chars().any(|c| ('一'..='龥').contains(&c)), "in Chinese too: {said}");
        let id: kexun_base::ids::Uuid = serde_json::from_value(import["id"].clone()).unwrap();
        assert!(!app.ctx().files().path(id).exists(), "its bytes do not stay");
    }
    let jobs = operations.get("/api/v1/jobs?state=dead").await.ok();
    assert_eq!(jobs["items"], json!([]), "a bad file is no fault of the program");
    let path = "/api/v1/imports?kind=conversations";
    operations.upload(&format!("{path}&date_order=ymd"), "a.csv", b"x").await.refused("invalid");
    operations.upload(&format!("{path}&shop=%00"), "a.csv", b"x").await.refused("invalid");
    operations.upload("/api/v1/imports?kind=gossip", "a.csv", b"x").await.refused("invalid");
    operations.upload_parts(path, &[]).await.refused("invalid");
}

async fn days_before_months_or_after(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let file = format!(
        "{HEADER}\nk,S1,c,3/4/2026 10:00,客户,,在\nk,S1,c,25/4/2026 10:00,客户,,在\nk,S1,c,2012/13/45,客户,,在\n"
    );
    let rows = |report: &Value| -> Vec<(i64, String)> {
        let rows = report["rejected"].as_array().unwrap().iter();
        rows.map(|r| (r["row"].as_i64().unwrap(), r["reason"].as_str().unwrap().to_owned())).collect()
    };
    let (status, unsaid) = import_bytes(&app, "conversations", file.as_bytes(), &[]);
    let refused = rows(&unsaid);
    assert_eq!((status, refused.iter().map(|r| r.0).collect::<Vec<_>>()), (3, vec![2, 4]), "{unsaid}");
    assert!(refused[0].1.contains("3/4/2026"), "{refused:?}");
    let (_, dmy) = import_bytes(&app, "conversations", file.as_bytes(), &["--date-order", "dmy"]);
    assert_eq!((&dmy["imported"], rows(&dmy)[0].0), (&json!(1), 4), "{dmy}");
    let (_, mdy) = import_bytes(&app, "conversations", file.as_bytes(), &["--date-order", "mdy"]);
    assert_eq!(&mdy["imported"], 1, "the fourth of March is another moment: {mdy}");
    let per_day = figures(&operations, "2026-03-01", "2026-04-30", "day").await;
    let days: Vec<&str> = per_day.iter().filter_map(|(name, _)| name.strip_prefix("tenant  ")).collect();
    assert_eq!(days, ["2026-03-04", "2026-04-03", "2026-04-25"]);
}

async fn odd_texts_come_in_whole(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let long = "这条消息很长。".repeat(50_000);
    assert!(long.len() > 1_000_000);
    let texts = [
        long.as_str(),
        "👩‍👩‍👧‍👦🏳️‍🌈 𠮷野家 㐂 \u{202e}abc\u{200b} ﷽",
        "=HYPERLINK(\"http://x\",\"y\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "第一行\r\n第二行\n\n第四行,\"引号\";\t制表",
        "\u{1}\u{7f}\u{fffd}\u{10ffff}",
        "'; DROP TABLE conversation; --",
        "",
    ];
    let name = "𠮷👍\"; --".to_owned();
    let mut lines = String::new();
    for (place, text) in texts.iter().enumerate() {
        let row = json!({"conversation_id": "k👍", "shop": "S1", "customer": name, "text": text,
            "sent_at": format!("2026-06-01 10:{place:02}:00"), "sender": "agent", "agent": "=1+1𠮷"});
        lines += &format!("{row}\n");
    }
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rows = texts.iter().enumerate().map(|(place, text)| {
        let (name, text) = (quoted(&name), quoted(text));
        format!("k👍,S1,{name},2026-06-01 10:{place:02}:00,agent,=1+1𠮷,{text}\n")
    });
    let csv = format!("{HEADER}\n{}", rows.collect::<String>());
    let (status, first) = import_bytes(&app, "conversations", lines.as_bytes(), &[]);
    assert_eq!((status, &first["imported"]), (0, &json!(texts.len())), "{first}");
    let (status, second) = import_bytes(&app, "conversations", csv.as_bytes(), &[]);
    assert_eq!((status, &second["unchanged"]), (0, &json!(texts.len())), "each is known again: {second}");
    let agents = operations.get("/api/v1/kpi?from=2026-06-01&to=2026-06-01&by=agent").await.ok();
    assert_eq!(agents["rows"][0]["agent"], "=1+1𠮷", "{agents}");
    // What is beyond all measure is refused; its neighbours are in.
    let giant = format!(
        "{HEADER}\nk,S1,c,2026-06-01 12:00,客户,,{}\nk,S1,c,2026-06-01 12:01,客户,,好\n",
        "长".repeat(2 << 20)
    );
    let (status, report) = import_bytes(&app, "conversations", giant.as_bytes(), &[]);
    assert_eq!((status, &report["imported"], &report["rejected"][0]["row"]), (3, &json!(1), &json!(2)));
}

async fn nul_characters_are_refused_and_named(app: TestApp) {
    let acme = app.company().await;
    let operations = app.sign_in(&acme, Role::Operations).await;
    let columns = ["conversation_id", "shop", "customer", "sent_at", "sender", "agent", "text"];
    let good = ["k", "S1", "c", "2026-06-01 10:00:00", "agent", "A", "好"];
    let spoilt = |place: usize| -> Vec<String> {
        let cells = good.iter().enumerate();
        cells.map(|(at, cell)| format!("{cell}{}", if at == place { "\0" } else { "" })).collect()
    };
    let mut csv = format!("{HEADER}\n");
    let mut lines = String::new();
    for place in 0..columns.len() {
        let cells = spoilt(place);
        csv += &format!(
            "{}\n{}\n",
            cells.join(","),
            good.join(",").replace(":00:00", &format!(":00:{place:02}"))
        );
        let pairs = columns.iter().zip(&cells).map(|(k, v)| ((*k).to_owned(), json!(v)));
        lines += &format!("{}\n", Value::Object(pairs.collect()));
    }
    let import = upload(&app, &operations, "conversations", csv.as_bytes()).await;
    assert_eq!((&import["imported"], &import["rejected"]), (&json!(7), &json!(7)), "{import}");
    let refused = rejections(&operations, &import).await;
    assert_eq!(refused.iter().map(|r| r.0).collect::<Vec<_>>(), [2, 4, 6, 8, 10, 12, 14]);
    assert!(refused.iter().all(|r| r.2 == "nul_character"), "{refused:?}");
    let id = import["id"].as_str().unwrap();
    for format in ["csv", "xlsx"] {
        let path = format!("/api/v1/imports/{id}/rejections/export?format={format}");
        assert_eq!(operations.get(&path).await.status, 200);
    }
    let import = upload(&app, &operations, "conversations", lines.as_bytes()).await;
    assert_eq!((&import["imported"], &import["rejected"]), (&json!(0), &json!(7)), "{import}");
}

/// Rows of the sheet whose memory is looked at.
const MANY: usize = 300_000;

/// What a process may take at most, KiB.
const BOUND_KIB: u64 = 300 * 1024;

#[test]
fn memory_does_not_grow_with_the_file() {
    if std::env::var_os("KEXUN_TEST_SKIP_SLOW").is_some() {
        println!("PASSED OVER: KEXUN_TEST_SKIP_SLOW is set");
        return;
    }
    databases::run(Backend::Sqlite, |app: TestApp| async move {
        app.company().await;
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut out = std::io::BufWriter::new(&file);
        writeln!(out, "{HEADER}").unwrap();
        for row in 0..MANY {
            let (chat, day, hour) = (row / 20, row % 28 + 1, row / 20 % 24);
            let sender = if row % 2 == 0 { "客户," } else { "客服,小李" };
            let text = "请问这件衣服什么时候可以发货呢，我比较着急，麻烦帮我催一下好吗，谢谢";
            let (minute, second) = (row / 60 % 60, row % 60);
            // The rows of a chat lie far apart, so that sorting has to do its work.
            let chat = (chat * 7919 + row % 20 * 104_729) % 15_000;
            writeln!(out, "k{chat},S1,买家{chat},2026-06-{day:02} {hour:02}:{minute:02}:{second:02},{sender},第{row}条:{text}")
                .unwrap();
        }
        out.flush().unwrap();
        let child = import_command(&app, "conversations", file.path(), &[]).spawn().unwrap();
        let most = most_memory(child.id());
        let (status, report) = outcome(&child.wait_with_output().unwrap());
        assert_eq!((status, &report["imported"]), (0, &json!(MANY)), "{report}");
        let size = file.as_file().metadata().unwrap().len() >> 20;
        println!("{MANY} rows, {size} MiB: at most {} MiB of memory", most >> 10);
        assert!(most > 0 && most < BOUND_KIB, "{most} KiB");
    });
}

/// All in one conversation: it could hardly be opened again, and is held whole while it is put together.
#[test]
fn one_conversation_id_for_all_is_refused_and_said_where() {
    if std::env::var_os("KEXUN_TEST_SKIP_SLOW").is_some() {
        println!("PASSED OVER: KEXUN_TEST_SKIP_SLOW is set");
        return;
    }
    databases::run(Backend::Sqlite, |app: TestApp| async move {
        let acme = app.company().await;
        let operations = app.sign_in(&acme, Role::Operations).await;
        let mut file = String::from("rating_id,shop,conversation_id,rated_at,score\n");
        file += "r0,S1,k1,2026-06-01 10:20,5\n";
        for row in 0..200_001 {
            file += &format!("q{row},S1,k0,2026-06-01 10:20,5\n");
        }
        let import = upload(&app, &operations, "ratings", file.as_bytes()).await;
        assert_eq!((&import["state"], &import["imported"]), (&json!("failed"), &json!(0)), "{import}");
        let (said, zh) = (import["error"]["detail"].as_str().unwrap(), &import["error"]["detail_zh"]);
        assert!(said.contains("row 3 on") && said.contains("conversation_id"), "{said}");
        assert!(zh.as_str().unwrap().contains("第 3 行"), "{zh}");
        assert_eq!(import["error"]["code"], "unreadable_file");
    });
}

/// The most memory that a process ever had, KiB; looked at until it ends.
fn most_memory(process: u32) -> u64 {
    let mut most = 0;
    while let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/status")) {
        // A process that has ended but was not waited for has no memory any more.
        let line = status.lines().find(|l| l.starts_with("VmHWM:"));
        let Some(line) = line else { break };
        most = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(most);
        std::thread::sleep(Duration::from_millis(10));
    }
    most
}
