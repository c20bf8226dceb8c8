//! JSON Lines.

use kexun_importers::{ContactRow, ConversationRow, Options, Warning};

use crate::tools::{read, read_as, refused};

#[test]
fn good_lines_are_read_and_bad_ones_named() {
    let lines = [
        r#"{"conversation_id":12345678901234567890123,"customer":42,"时间":"2026-01-31T13:05:09+08:00","sender":"客户","text":"你好\n\ud83d\ude00","mood":1}"#,
        r#"{"customer": "a", "#,
        "",
        r#"{"customer":"a","sent_at":"2026-01-31 10:00","sender":"customer","text":"a\u0000"}"#,
        r#"{"customer":"a","sent_at":1769835909,"sender":"customer","text":"a"}"#,
        r#"{"customer":"a","sent_at":"2026-01-31 10:00","sender":"customer","text":["a"]}"#,
        r#"{"customer":"a","客户":"b","sent_at":"2026-01-31 10:00","sender":"customer","text":"a"}"#,
        r#"{"customer":"a","sent_at":"2026-01-31 10:00","sender":"customer","text":"\ud800"}"#,
        r#"[1,2]"#,
        r#"{"sent_at":"2026-01-31 10:00","sender":"customer","text":"a"}"#,
        r#"{"customer":"买家","买家昵称":"n","sent_at":"2026-01-31 10:00","sender":"customer","text":null,"mood":2,"原因":"x"}"#,
    ];
    let read = read(lines.join("\r\n"));
    let faults = [
        (2, None, "not_json"),
        (4, Some("text"), "nul_character"),
        (5, Some("sent_at"), "not_a_time"),
        (6, Some("text"), "not_text"),
        (7, None, "duplicate_key"),
        (8, None, "not_json"),
        (9, None, "not_json"),
        (10, Some("customer"), "missing"),
    ];
    assert_eq!(read.faults(), faults);
    assert_eq!(read.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1, 11]);
    let first = &read.rows[0].1;
    assert_eq!(first.conversation_id.as_deref(), Some("12345678901234567890123"));
    assert_eq!(first.customer, "42");
    assert_eq!(first.text, "你好\n😀");
    assert_eq!(read.rows[1].1.customer, "买家");
    assert_eq!(read.warnings, [Warning::UnknownColumn("mood".into())]);
}

#[test]
fn a_line_too_long_costs_itself() {
    let good = r#"{"customer":"a","sent_at":"2026-01-31 10:00","sender":"customer","text":"a"}"#;
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(5_000_000));
    let read = read(format!("{good}\n{long}\n{good}\n"));
    assert_eq!(read.rows.len(), 2);
    assert_eq!(read.faults(), [(2, None, "row_too_big")]);
}

#[test]
fn deep_nesting_is_survived() {
    let good = r#"{"customer":"a","sent_at":"2026-01-31 10:00","sender":"customer","text":"a"}"#;
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let read = read(format!("{good}\n{deep}\n{good}"));
    assert_eq!(read.rows.len(), 2);
}

#[test]
fn contacts() {
    let line = r#"{"conversation_id":"c","type":"退货","opened_at":"2026-01-31 10:00","outcome":"已解决","talk_s":61,"hold_s":"5","after_s":null}"#;
    let read = read_as::<ContactRow>(line.as_bytes(), &Options::default()).unwrap();
    let contact = &read.rows[0].1;
    assert_eq!((contact.talk_s, contact.hold_s, contact.after_s), (Some(61), Some(5), None));
}

#[test]
fn what_is_no_json_lines() {
    assert_eq!(refused("[{\"customer\":1}]"), "json_array");
    assert_eq!(refused("{\"foo\":1}"), "no_known_column");
    let options = Options { format: kexun_importers::Format::JsonLines, ..Options::default() };
    let read = read_as::<ConversationRow>(b"nonsense\n", &options).unwrap();
    assert_eq!(read.faults(), [(1, None, "not_json")]);
}
