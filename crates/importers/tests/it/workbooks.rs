//! XLSX workbooks, real and hostile.

use std::io::{Cursor, Write};

use kexun_importers::{ConversationRow, Limits, Options, StaffRow, Warning};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;

use crate::tools::{
    HEADER, RELATIONS, ROOT_RELATIONS, STYLES, WORKBOOK, cell, header_row, read, read_as, refused, row,
    workbook, zip,
};

/// A row of inline cells around a given `sent_at` cell.
fn message(sent_at: &str, text: &str) -> String {
    row(&[cell("c1"), cell("S"), cell("张三"), sent_at.into(), cell("customer"), cell(""), cell(text)])
}

fn times(bytes: &[u8]) -> Vec<String> {
    let read = read(bytes);
    assert!(read.rejected.is_empty(), "{:?}", read.rejected);
    read.rows.iter().map(|(_, value)| format!("{:?}", value.sent_at)).collect()
}

#[test]
fn a_workbook_of_another_library_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(HEADER.split(',')) {
        sheet.write(0, column, name).unwrap();
    }
    let dated = Format::new().set_num_format("yyyy/m/d h:mm:ss");
    let at = ExcelDateTime::parse_from_str("2026-01-31 13:05:09").unwrap();
    sheet.write(1, 0, 12_345_678_901_i64).unwrap();
    sheet.write(1, 1, "旗舰店").unwrap();
    sheet.write(1, 2, "张三").unwrap();
    sheet.write_datetime_with_format(1, 3, &at, &dated).unwrap();
    sheet.write(1, 4, "客服").unwrap();
    sheet.write_formula(1, 5, Formula::new("=\"小\"&\"李\"").set_result("小李")).unwrap();
    sheet.write(1, 6, " 你好 <b>&amp; 😀\n_x0041_ ").unwrap();
    book.add_worksheet().write(0, 0, "other").unwrap();
    let read = read(book.save_to_buffer().unwrap());
    assert!(read.rejected.is_empty(), "{:?}", read.rejected);
    assert_eq!(read.warnings, [Warning::OtherSheets { read: "Sheet1".into(), others: 1 }]);
    let (number, value) = &read.rows[0];
    assert_eq!(*number, 2);
    assert_eq!(value.conversation_id.as_deref(), Some("12345678901"));
    assert_eq!(value.agent.as_deref(), Some("小李"));
    assert_eq!(value.text, " 你好 <b>&amp; 😀\n_x0041_ ");
    assert_eq!(format!("{:?}", value.sent_at), "Local(2026-01-31T13:05:09)");
}

#[test]
fn dates_by_style_and_as_text() {
    let serial = |style| format!("<c s=\"{style}\"><v>46053.545243055554</v></c>");
    let rows = [
        header_row(),
        message(&serial(1), "built-in"),
        message(&serial(3), "custom"),
        message(&serial(2), "a day by its style, but with a time"),
        message("<c t=\"d\"><v>2026-01-31T13:05:09</v></c>", "iso"),
        message(&cell("2026年1月31日 13:05:09"), "text"),
    ];
    let times = times(&workbook(&rows.concat(), ""));
    assert_eq!(times, vec!["Local(2026-01-31T13:05:09)"; 5]);
    let bad = [
        header_row(),
        message(&serial(0), "a bare number"),
        message("<c s=\"2\"><v>46053</v></c>", "a day"),
        message("<c t=\"e\"><v>#REF!</v></c>", "an error"),
        message("<c s=\"1\"><v>9999999</v></c>", "year 29277"),
        message("<c><f>NOW()</f></c>", "never calculated"),
    ];
    let read = read(workbook(&bad.concat(), ""));
    let codes: Vec<_> = read.faults().iter().map(|(_, _, code)| *code).collect();
    assert_eq!(codes, ["not_a_time", "no_time_of_day", "cell_error", "not_a_time", "cell_error"]);
}

#[test]
fn the_1904_date_system() {
    let serial = "<c s=\"1\"><v>44591.545243055554</v></c>";
    let sheet =
        format!("<worksheet><sheetData>{}{}</sheetData></worksheet>", header_row(), message(serial, "x"));
    let book = WORKBOOK.replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    let bytes = zip(&[
        ("_rels/.rels", ROOT_RELATIONS),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    assert_eq!(times(&bytes), ["Local(2026-01-31T13:05:09)"]);
}

#[test]
fn numbers_as_ids() {
    let with_id = |value: &str| {
        row(&[
            format!("<c><v>{value}</v></c>"),
            cell("S"),
            cell("x"),
            cell("2026-01-31 10:00"),
            cell("customer"),
            cell(""),
            cell("t"),
        ])
    };
    let ids = ["12345678901", "1.2345678901E10", "123456789012345678", "7", "1.5", "1.2345678901234568E+17"];
    let rows: String = ids.iter().map(|id| with_id(id)).collect();
    let read = read(workbook(&(header_row() + &rows), ""));
    let found: Vec<_> = read.rows.iter().filter_map(|(_, row)| row.conversation_id.clone()).collect();
    assert_eq!(found, ["12345678901", "12345678901", "123456789012345678", "7", "1.5"]);
    assert_eq!(read.faults(), [(7, Some("conversation_id"), "lost_digits")]);
}

#[test]
fn sparse_cells_rich_strings_and_row_numbers() {
    let strings = "<si><r><t>第一</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 二</t></r><rPh><t>ruby</t></rPh></si>";
    let rows = header_row()
        + r#"<row r="5"><c r="C5" t="str"><v>x</v></c><c r="D5" t="str"><v>2026-01-31 10:00</v></c><c r="E5" t="str"><v>customer</v></c><c r="G5" t="s"><v>0</v></c></row>"#
        + r#"<row r="9"><c r="C9" t="str"><v>x</v></c><c r="ZZ9" t="str"><v>far out</v></c></row><row r="10"/><row r="11"><c r="A11"/></row>"#;
    let read = read(workbook(&rows, strings));
    assert_eq!(read.rows[0].0, 5);
    assert_eq!(read.rows[0].1.text, "第一 二");
    assert_eq!(read.faults(), [(9, None, "too_many_cells")]);
}

#[test]
fn a_message_of_a_megabyte_is_taken_and_one_of_five_is_not() {
    let at = cell("2026-01-31 10:00");
    let big = "好".repeat(1_000_000);
    let five = "y".repeat(5_000_000);
    let rows = [header_row(), message(&at, &big), message(&at, &five), message(&at, "last")];
    let read = read(workbook(&rows.concat(), ""));
    assert_eq!(read.rows.len(), 2);
    assert_eq!(read.rows[0].1.text, big);
    assert_eq!(read.faults(), [(3, None, "row_too_big")]);
    // Numbers weigh as much as texts.
    let digits = format!("<c><v>{}</v></c>", "7".repeat(3_000_000));
    let numbers = row(&[cell("c1"), cell("S"), cell("张三"), at, cell("customer"), digits.clone(), digits]);
    assert_eq!(self::read(workbook(&(header_row() + &numbers), "")).faults(), [(2, None, "row_too_big")]);
}

/// A workbook whose sheet has a part that packs to nearly nothing.
fn bomb(part: &str, before: &str, filler: &[u8], times: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let sheet = format!("<worksheet><sheetData>{}</sheetData></worksheet>", header_row());
    let parts = [
        ("_rels/.rels", ROOT_RELATIONS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    for (name, content) in parts.into_iter().filter(|(name, _)| *name != part) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.start_file(part, SimpleFileOptions::default()).unwrap();
    zip.write_all(before.as_bytes()).unwrap();
    for _ in 0..times {
        zip.write_all(filler).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn zip_bombs_are_refused() {
    let rows = "<row><c t=\"str\"><v>1</v></c></row>".repeat(30_000).into_bytes();
    let before = format!("<worksheet><sheetData>{}", header_row());
    assert_eq!(refused(bomb("xl/worksheets/sheet1.xml", &before, &rows, 50)), "zip_bomb");
    let strings = "<si><t>aaaaaaaaaaaaaaaa</t></si>".repeat(30_000).into_bytes();
    assert_eq!(refused(bomb("xl/sharedStrings.xml", "<sst>", &strings, 50)), "zip_bomb");
    // One element without end, or open ones without number: what an XML reader keeps in memory.
    let letters = vec![b'a'; 1 << 20];
    for before in ["<sst><si><t>", "<sst a=\""] {
        // Both bounds lie at 16 MiB; which is met first is the unpacker's affair.
        let code = refused(bomb("xl/sharedStrings.xml", before, &letters, 50));
        assert!(["zip_bomb", "damaged"].contains(&code));
    }
    let nested = "<a>".repeat(1000).into_bytes();
    assert_eq!(refused(bomb("xl/sharedStrings.xml", "<sst>", &nested, 50)), "damaged");
}

#[test]
fn a_part_beyond_its_limit_is_refused() {
    let at = cell("2026-01-31 10:00");
    let rows = header_row() + &message(&at, &"x".repeat(10_000));
    let limits = Limits { part_bytes: 5_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let error = read_as::<ConversationRow>(&workbook(&rows, ""), &options).unwrap_err();
    assert_eq!(error.code(), "zip_bomb");
}

#[test]
fn damage_is_found() {
    let rows = header_row() + &message(&cell("2026-01-31 10:00"), "x");
    let whole = workbook(&rows, "");
    assert_eq!(read(&whole).rows.len(), 1);
    let cut = rows.replace("</row>", "");
    assert_eq!(refused(workbook(&cut, "")), "damaged");
    let missing = header_row() + &message("<c t=\"s\"><v>99</v></c>", "x");
    assert_eq!(refused(workbook(&missing, "")), "damaged");
    assert_eq!(refused(workbook("", "")), "empty_file");
}

#[test]
fn hidden_sheets_are_passed_over() {
    let book = WORKBOOK.replace(
        "<sheets>",
        "<sheets><sheet name=\"dropdowns\" sheetId=\"2\" state=\"hidden\" r:id=\"rId9\"/>",
    );
    let relations = RELATIONS.replace(
        "</Relationships>",
        "<Relationship Id=\"rId9\" Type=\"x/worksheet\" Target=\"worksheets/hidden.xml\"/></Relationships>",
    );
    let sheet = "<worksheet><sheetData><row><c t=\"str\"><v>账号</v></c><c t=\"str\"><v>姓名</v></c></row><row><c><v>7</v></c><c t=\"str\"><v>李</v></c></row></sheetData></worksheet>";
    let bytes = zip(&[
        ("_rels/.rels", ROOT_RELATIONS),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relations),
        (
            "xl/worksheets/hidden.xml",
            "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let read = read_as::<StaffRow>(&bytes, &Options::default()).unwrap();
    assert_eq!(read.rows[0].1.account, "7");
    assert!(read.warnings.is_empty());
}
