//! Files that are no tables at all.

use crate::tools::{HEADER, ROOT_RELATIONS, refused, zip};

#[test]
fn empty_and_blank() {
    assert_eq!(refused(""), "empty_file");
    assert_eq!(refused("\u{FEFF}"), "empty_file");
    assert_eq!(refused("\r\n \r\n,,\r\n"), "empty_file");
    assert_eq!(refused([0xFF, 0xFE]), "empty_file");
}

#[test]
fn other_kinds() {
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "wrong_kind");
    assert_eq!(refused(b"\xFF\xD8\xFF\xE0\0\x10JFIF"), "wrong_kind");
    assert_eq!(refused(b"%PDF-1.7\n"), "wrong_kind");
    assert_eq!(refused(b"\x1F\x8B\x08\0\0"), "wrong_kind");
    assert_eq!(refused(b"a\0b\0c\0,\0\n\0"), "wrong_kind");
    assert_eq!(refused("\u{FEFF} <!DOCTYPE html><table><tr><td>customer"), "wrong_kind");
    assert_eq!(refused("<?xml version=\"1.0\"?><Workbook/>"), "wrong_kind");
}

#[test]
fn old_and_encrypted_workbooks() {
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(3000, 0);
    assert_eq!(refused(&ole), "old_spreadsheet");
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(&ole), "encrypted");
}

#[test]
fn archives_that_are_no_workbooks() {
    assert_eq!(refused(zip(&[("a.txt", "hello")])), "not_xlsx");
    assert_eq!(
        refused(zip(&[("word/document.xml", "<w/>"), ("_rels/.rels", "<Relationships/>")])),
        "not_xlsx"
    );
    assert_eq!(refused(zip(&[("_rels/.rels", ROOT_RELATIONS), ("xl/workbook.bin", "x")])), "not_xlsx");
    assert_eq!(refused(b"PK\x03\x04 and nothing more"), "damaged");
    let whole = zip(&[("a.txt", "hello")]);
    assert_eq!(refused(&whole[..whole.len() - 8]), "damaged");
}

#[test]
fn headers_that_do_not_fit() {
    assert_eq!(refused("foo,bar\n1,2\n"), "no_known_column");
    assert_eq!(refused("customer,text\n1,2\n"), "missing_columns");
    assert_eq!(refused("c1,S,张三,2026-01-31 13:05:09,customer,,hi\n"), "missing_columns");
    assert_eq!(refused(format!("{HEADER},客户\n")), "duplicate_column");
    assert_eq!(refused(format!("\"{HEADER}\n1,2\n")), "unreadable_header");
    assert_eq!(refused([HEADER.as_bytes(), b",\xFF\n"].concat()), "unreadable_header");
}

#[test]
fn a_format_asked_for_must_fit() {
    use kexun_importers::{ConversationRow, Format, Options};
    let as_format = |bytes: &[u8], format| {
        let options = Options { format, ..Options::default() };
        crate::tools::read_as::<ConversationRow>(bytes, &options).unwrap_err().code()
    };
    assert_eq!(as_format(HEADER.as_bytes(), Format::Xlsx), "not_xlsx");
    assert_eq!(as_format(&zip(&[]), Format::Csv), "wrong_kind");
    assert_eq!(as_format(b"\x89PNG\r\n\x1a\n", Format::Csv), "wrong_kind");
}
