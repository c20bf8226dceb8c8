//! What is written comes back the same, and rejected rows can be corrected and imported again.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use kexun_importers::{
    ConversationRow, Lang, Moment, RejectionSheet, Sender, SheetFormat, TableWriter, Value,
};
use proptest::prelude::*;

use crate::tools::{HEADER, read, read_as};

const FORMATS: [SheetFormat; 2] = [SheetFormat::Csv, SheetFormat::Xlsx];

fn table(format: SheetFormat, header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut table = TableWriter::new(format, Cursor::new(Vec::new()), header).unwrap();
    for row in rows {
        let cells: Vec<Value<'_>> = row.iter().map(Value::from).collect();
        table.row(&cells).unwrap();
    }
    table.finish().unwrap().into_inner()
}

#[test]
fn rejected_rows_are_corrected_and_imported_again() {
    let file = format!(
        "备注,{HEADER}\nr,c1,S,x,2012/13/45,customer,,=1+1\nr,c2,S,x,2026-01-31 10:00,customer,,fine\nr,c3,S,x,3/4/2026 10:00,nobody,,\"a\nb\"\n"
    );
    let first = read(file);
    for format in FORMATS {
        let out = Cursor::new(Vec::new());
        let mut sheet = RejectionSheet::new(format, out, &first.header, Lang::Zh).unwrap();
        for rejection in &first.rejected {
            sheet.row(&rejection.cells, &rejection.words(Lang::Zh)).unwrap();
        }
        let sheet = sheet.finish().unwrap().into_inner();
        let again = read(&sheet);
        assert_eq!(again.header, first.header, "the reason column is no column of the file");
        assert_eq!(again.warnings, first.warnings, "and it is ignored silently");
        let cells = |read: &crate::tools::Read<ConversationRow>| {
            read.rejected.iter().map(|r| (r.cells.clone(), r.reason.clone())).collect::<Vec<_>>()
        };
        assert_eq!(cells(&again), cells(&first));
        let corrected: Vec<Vec<String>> = again
            .rejected
            .iter()
            .map(|r| {
                let mut row = r.cells.clone();
                row[4] = "2026-01-31 11:00".into();
                row[5] = "customer".into();
                row.push("old reason".into());
                row
            })
            .collect();
        let mut header: Vec<&str> = again.header.iter().map(String::as_str).collect();
        header.push("原因");
        let last = read(table(format, &header, &corrected));
        assert!(last.rejected.is_empty(), "{:?}", last.rejected);
        assert_eq!(last.rows[0].1.text, "=1+1");
        assert_eq!(last.rows[1].1.text, "a\nb");
    }
}

#[test]
fn a_cut_cell_is_not_imported() {
    let long = "长".repeat(40_000);
    let row = ["c1", "S", "x", "2026-01-31 10:00", "customer", "", &long].map(String::from);
    let header: Vec<&str> = HEADER.split(',').collect();
    let read = read(table(SheetFormat::Xlsx, &header, &[row.to_vec()]));
    assert_eq!(read.faults(), [(2, Some("text"), "cut_cell")]);
}

#[test]
fn xlsx_holds_texts_and_numbers_and_no_formulas() {
    let mut table = TableWriter::new(SheetFormat::Xlsx, Cursor::new(Vec::new()), &["a", "b"]).unwrap();
    table.row(&[Value::Text("=1+1"), Value::Number(-2.5)]).unwrap();
    table.row(&[Value::Text("@x"), Value::Whole(9_007_199_254_740_993)]).unwrap();
    let out = table.finish().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(out).unwrap();
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert!(formulas.used_cells().next().is_none());
    let range = book.worksheet_range("Sheet1").unwrap();
    assert_eq!(range.get((1, 0)), Some(&Data::String("=1+1".into())));
    assert_eq!(range.get((1, 1)), Some(&Data::Float(-2.5)));
    assert_eq!(range.get((2, 0)), Some(&Data::String("@x".into())));
    assert_eq!(range.get((2, 1)), Some(&Data::String("9007199254740993".into())));
}

#[derive(Debug, Clone)]
struct Message {
    customer: String,
    seconds: i64,
    sender: Sender,
    text: String,
}

fn messages() -> impl Strategy<Value = Vec<Message>> {
    let sender = prop::sample::select(vec![Sender::Customer, Sender::Robot, Sender::System]);
    let text = prop_oneof!["[=+@'\\-\t\r\n,;\"a好😀 _x0]{0,12}", "\\PC{0,30}", "[_x0-9A-F]{0,14}",];
    let message = ("[a-z好]{1,8}", 631_152_000_i64..4_133_980_800, sender, text)
        .prop_map(|(customer, seconds, sender, text)| Message { customer, seconds, sender, text });
    prop::collection::vec(message, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn every_message_comes_back(messages in messages()) {
        use kexun_importers::Choice;
        let rows: Vec<Vec<String>> = messages
            .iter()
            .map(|m| {
                let at = chrono::DateTime::from_timestamp(m.seconds, 0).unwrap().to_rfc3339();
                vec![m.customer.clone(), at, m.sender.as_str().into(), m.text.clone()]
            })
            .collect();
        for format in FORMATS {
            let bytes = table(format, &["customer", "时间", "sender", "text"], &rows);
            let read = read_as::<ConversationRow>(&bytes, &Default::default()).unwrap();
            prop_assert!(read.rejected.is_empty(), "{:?} {:?}", format, read.rejected);
            prop_assert_eq!(read.rows.len(), messages.len());
            for ((_, row), message) in read.rows.iter().zip(&messages) {
                prop_assert_eq!(&row.customer, &message.customer);
                prop_assert_eq!(row.sent_at, Moment::Utc(message.seconds * 1_000_000));
                prop_assert_eq!(&row.text, &message.text, "{:?}", format);
            }
        }
    }
}
