//! Separated values in all encodings, separators and states of disrepair.

use encoding_rs::GB18030;
use kexun_importers::{
    Channel, ConversationRow, DateOrder, Lang, Moment, Options, RatingRow, Reason, Role, Sender, StaffRow,
    Warning,
};

use crate::tools::{HEADER, read, read_as};

const GOOD: &str = "c1,S,张三,2026-01-31 13:05:09,customer,,你好，在吗？😀𠮷";

fn with_header(rows: &[u8]) -> Vec<u8> {
    [HEADER.as_bytes(), b"\n", rows].concat()
}

#[test]
fn a_row_has_all_its_values() {
    let text = "会话编号,店铺,渠道,客户,时间,发送方,客服,内容,消息编号,订单号,商品,备注\r\n\
                c1,旗舰店,电话,张三,2026/1/31 13:05,客服,小李,\"第一行\r\n第二行 \",m1,'0123456789012345678,=\"007\",x\r\n";
    let read = read(text);
    assert!(read.rejected.is_empty(), "{:?}", read.rejected);
    assert_eq!(read.warnings, [Warning::UnknownColumn("备注".into())]);
    let (row, value) = &read.rows[0];
    assert_eq!(*row, 2);
    assert_eq!(value.channel, Channel::Phone);
    assert_eq!(value.sender, Sender::Agent);
    assert_eq!(value.agent.as_deref(), Some("小李"));
    assert_eq!(value.text, "第一行\r\n第二行 ");
    assert_eq!(value.order_id.as_deref(), Some("0123456789012345678"));
    assert_eq!(value.product.as_deref(), Some("007"));
    assert!(matches!(value.sent_at, Moment::Local(_)));
}

#[test]
fn encodings_and_separators() {
    let expected = read(format!("{HEADER}\n{GOOD}\n")).rows;
    assert_eq!(expected.len(), 1);
    let chinese = "会话编号,店铺,客户,时间,发送方,客服,内容";
    for header in [HEADER, chinese] {
        for separator in [",", ";", "\t"] {
            for end in ["\n", "\r\n", "\r"] {
                let text = format!("{header}{end}{GOOD}{end}").replace(',', separator);
                let utf16 = format!("\u{FEFF}{text}");
                let gb = GB18030.encode(&text).0.into_owned();
                let files = [
                    text.clone().into_bytes(),
                    format!("\u{FEFF}{text}").into_bytes(),
                    gb.clone(),
                    [&b"\x84\x31\x95\x33"[..], &gb].concat(),
                    utf16.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                    utf16.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                ];
                for bytes in files {
                    let read = read(&bytes);
                    assert_eq!(read.rows, expected, "{separator:?} {end:?} {read:?}");
                }
            }
        }
    }
}

#[test]
fn bad_rows_are_named_and_good_rows_read() {
    let rows = [
        GOOD,                                                         // 2
        "c1,S,张三,2012/13/45,customer,,x",                           // 3
        "c1,S,张三,3/4/2026 10:00,customer,,x",                       // 4
        "c1,S,张三,2026-01-31,customer,,x",                           // 5
        "c1,S,,2026-01-31 13:05,customer,,x",                         // 6
        "c1,S,张三,2026-01-31 13:05,somebody,,x",                     // 7
        "c1,S,张三,2026-01-31 13:05,agent,,x",                        // 8
        "c1,S,张三,2026-01-31 13:05,customer",                        // 9
        "c1,S,张三,2026-01-31 13:05,customer,,x,y",                   // 10
        "c1,S,张三,2026-01-31 13:05,customer,,a\0b",                  // 11
        "1.23457E+17,S,张三,2026-01-31 13:05,customer,,x",            // 12
        "",                                                           // 13
        "c1,S,张三,2026-01-31 13:05,customer,,\"two\nlines\",,",      // 14
        "c1,S,张三,,customer,,x",                                     // 15
        "c1,S,张三,2026-01-31 13:05,customer,,\"never closed",        // 16
        GOOD,                                                         // 17
        "c1,S,张三,2026-01-31 13:05,customer,,\"unclosed at the end", // 18
    ];
    let read = read(format!("{HEADER}\n{}", rows.join("\n")));
    let good: Vec<u64> = read.rows.iter().map(|(row, _)| *row).collect();
    assert_eq!(good, [2, 14, 17]);
    let faults = [
        (3, Some("sent_at"), "not_a_time"),
        (4, Some("sent_at"), "ambiguous_date"),
        (5, Some("sent_at"), "no_time_of_day"),
        (6, Some("customer"), "missing"),
        (7, Some("sender"), "not_one_of"),
        (8, Some("agent"), "missing"),
        (9, None, "too_few_cells"),
        (10, None, "too_many_cells"),
        (11, Some("text"), "nul_character"),
        (12, Some("conversation_id"), "lost_digits"),
        (15, Some("sent_at"), "missing"),
        (16, None, "bad_quote"),
        (18, None, "bad_quote"),
    ];
    assert_eq!(read.faults(), faults);
    let first = &read.rejected[0];
    assert_eq!(first.reason.to_string(), "not a time: 2012/13/45");
    assert_eq!(first.words(Lang::Zh), "时间：不是时间：2012/13/45");
    assert_eq!(first.cells, ["c1", "S", "张三", "2012/13/45", "customer", "", "x"]);
}

#[test]
fn a_broken_byte_costs_its_row() {
    for encode in [|text: &str| text.as_bytes().to_vec(), |text: &str| GB18030.encode(text).0.into_owned()] {
        let mut bytes = with_header(&encode(&format!("{GOOD}\n{GOOD}\n")));
        bytes.extend_from_slice(b"c1,S,x,2026-01-31 13:05,customer,,a\xFFb\n");
        bytes.extend_from_slice(&encode(GOOD));
        let read = read(&bytes);
        assert_eq!(read.rows.len(), 3);
        assert_eq!(read.rows[2].1.customer, "张三");
        assert_eq!(read.faults(), [(4, None, "bad_encoding")]);
    }
}

#[test]
fn ambiguous_dates_follow_the_order_given() {
    let options = Options { date_order: Some(DateOrder::Dmy), ..Options::default() };
    let bytes = with_header(b"c1,S,x,3/4/2026 10:00,customer,,hi\n");
    let read = read_as::<ConversationRow>(&bytes, &options).unwrap();
    assert_eq!(
        read.rows[0].1.sent_at,
        kexun_importers::times::parse_moment("2026-04-03 10:00", None).unwrap()
    );
}

#[test]
fn a_message_of_a_megabyte_is_taken_and_one_of_five_is_not() {
    let megabyte = "好".repeat(1_000_000);
    let five = "y".repeat(5_000_000);
    let prefix = "c1,S,x,2026-01-31 13:05,customer,,";
    let read =
        read(format!("{HEADER}\n{prefix}{megabyte}\n{prefix}{five}\n{prefix}\"{five}\n{five}\"\n{GOOD}\n"));
    assert_eq!(read.rows.len(), 2);
    assert_eq!(read.rows[0].1.text, megabyte);
    assert_eq!(read.faults(), [(3, None, "row_too_big"), (4, None, "row_too_big")]);
    assert_eq!(read.rejected[0].cells[2], "x");
    assert!(read.rejected[0].cells.iter().all(|cell| cell.len() < 10_000));
    // What was cut is marked, so that the rejected row cannot come in as if it were whole.
    let again = [HEADER.to_owned(), read.rejected[0].cells.join(","), GOOD.into()].join("\n");
    assert_eq!(crate::tools::read(again).faults(), [(2, Some("text"), "cut_cell")]);
}

#[test]
fn a_separator_line_in_front_is_passed_over() {
    let read = read(format!("sep=;\r\n{HEADER}\r\n{GOOD}\r\n").replace(',', ";"));
    assert_eq!(read.rows[0].0, 3);
}

/// Callers read and write on threads of their own.
#[test]
fn readers_and_writers_can_be_sent() {
    fn sent<T: Send>() {}
    sent::<kexun_importers::Reader<ConversationRow>>();
    sent::<kexun_importers::TableWriter<std::fs::File>>();
}

#[test]
fn the_caller_can_reject_the_last_row() {
    let file = crate::tools::file(&with_header(GOOD.as_bytes()));
    let source = kexun_importers::Source::open(file.path(), &Options::default()).unwrap();
    let mut reader = source.reader::<ConversationRow>().unwrap();
    reader.next().unwrap().unwrap();
    let reason =
        Reason::Other { code: "no_such_shop", zh: "没有这个店铺".into(), en: "no such shop".into() };
    let rejection = reader.reject(Some("shop"), reason);
    assert_eq!((rejection.row, rejection.column_name()), (2, Some("shop")));
    assert_eq!(rejection.words(Lang::En), "shop: no such shop");
    assert_eq!(rejection.cells[2], "张三");
}

#[test]
fn ratings() {
    let text = "评价编号,店铺,会话编号,评价时间,评分（1-5）,评价内容\nr1,S,c1,2026-01-31,5.0,好\nr2,S,,2026/2/1 8:00,6,\nr3,S,,2026/2/1 8:00,,\n";
    let read = read_as::<RatingRow>(text.as_bytes(), &Options::default()).unwrap();
    assert_eq!((read.rows[0].1.score, read.rows[0].1.comment.as_deref()), (5, Some("好")));
    assert_eq!(read.faults(), [(3, Some("score"), "not_a_number"), (4, Some("score"), "missing")]);
}

#[test]
fn staff() {
    let text = "账号,姓名,店铺,班组,入职日期,手机,角色\nli,李四,S,T,2025年3月1日,13800000000,客服、导师；admin\nwu,吴,S,T,,,皇帝\n";
    let read = read_as::<StaffRow>(text.as_bytes(), &Options::default()).unwrap();
    let staff = &read.rows[0].1;
    assert_eq!(staff.roles, [Role::Agent, Role::Mentor, Role::Admin]);
    assert_eq!(staff.joined_on.unwrap().to_string(), "2025-03-01");
    assert_eq!(read.faults(), [(3, Some("roles"), "not_one_of")]);
}

#[test]
fn a_position_is_a_role_only_where_it_is_called_one() {
    let text = "账号,姓名,岗位\nli,李四,资深客服\nwu,吴,主管、客服\nhan,韩,\n";
    let read = read_as::<StaffRow>(text.as_bytes(), &Options::default()).unwrap();
    let of = |row: usize| (&read.rows[row].1.position, &read.rows[row].1.roles);
    assert_eq!(of(0), (&Some("资深客服".into()), &vec![]));
    assert_eq!(of(1), (&Some("主管、客服".into()), &vec![Role::Supervisor, Role::Agent]));
    assert_eq!(of(2), (&None, &vec![]));
    // Beside roles it says nothing about them.
    let text = "账号,姓名,岗位,角色\nli,李四,主管,客服\n";
    let read = read_as::<StaffRow>(text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(read.rows[0].1.roles, [Role::Agent]);
}
