use std::io::Cursor;

use super::*;
use proptest::prelude::*;

fn csv(rows: &[&[Value<'_>]]) -> String {
    let mut table = TableWriter::new(SheetFormat::Csv, Cursor::new(Vec::new()), &["h"]).unwrap();
    for row in rows {
        table.row(row).unwrap();
    }
    let bytes = table.finish().unwrap().into_inner();
    String::from_utf8(bytes).unwrap().split_off("\u{FEFF}h\r\n".len())
}

#[test]
fn formulas_are_defused() {
    for evil in ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
        assert_eq!(defused(evil), format!("'{evil}"));
        assert_eq!(undefused(&defused(evil)), evil);
    }
    for fine in ["-12.5", "-3", "a=b", "", "'", "好", "'quoted'"] {
        assert_eq!(defused(fine), fine);
        assert_eq!(undefused(fine), fine);
    }
    assert_eq!(defused("'=1"), "''=1");
}

#[test]
fn csv_cells() {
    let out = csv(&[&[
        Value::Text("a,b"),
        Value::Whole(-5),
        Value::Number(0.5),
        Value::Empty,
        Value::Number(f64::NAN),
    ]]);
    assert_eq!(out, "\"a,b\",-5,0.5,,\r\n");
    assert_eq!(csv(&[&[Value::Text("=cmd|' /C calc'!A0")]]), "'=cmd|' /C calc'!A0\r\n");
    assert_eq!(csv(&[&[Value::Text("say \"hi\"\nthere; ok")]]), "\"say \"\"hi\"\"\nthere; ok\"\r\n");
}

#[test]
fn a_text_too_long_for_a_cell_is_marked() {
    let long = "😀".repeat(20_000);
    let fitted = fitting(&long);
    assert!(fitted.encode_utf16().count() <= LONGEST_XLSX);
    assert!(fitted.ends_with(CUT_MARK));
    assert_eq!(fitting("short"), "short");
}

proptest! {
    #[test]
    fn defusing_is_undone_exactly(text in "['=+@\t\r\n＝a0.\\-]{0,6}") {
        let harmless = defused(&text);
        prop_assert!(!is_formula_like(&text) || harmless.starts_with('\''));
        let back = undefused(&harmless);
        prop_assert_eq!(back, text.as_str());
    }
}
