use std::io::Cursor;

use super::*;
use proptest::prelude::*;

const LIMIT: usize = 1000;

/// All rows as text, a bad one with its kind in front.
fn split(bytes: &[u8]) -> Vec<Vec<String>> {
    // A tiny buffer puts its edge everywhere; a big one lets rows be taken as a whole.
    let rows = split_with(bytes, 3);
    assert_eq!(split_with(bytes, 1 << 16), rows);
    rows
}

fn split_with(bytes: &[u8], capacity: usize) -> Vec<Vec<String>> {
    let mut splitter = Splitter {
        input: BufReader::with_capacity(capacity, Cursor::new(bytes)),
        separator: b',',
        limit: LIMIT,
        position: 0,
        bytes: Vec::new(),
        ends: Vec::new(),
        gap: 0,
        cut: Vec::new(),
        size: 0,
        after_return: false,
    };
    let mut rows = Vec::new();
    while let Some(found) = splitter.next().unwrap() {
        let cells = splitter.cells().map(|cell| String::from_utf8_lossy(cell).into_owned());
        let mut row: Vec<String> = cells.collect();
        if found != Found::Row {
            row = vec![format!("{found:?}")];
        }
        rows.push(row);
    }
    assert_eq!(splitter.position, bytes.len() as u64);
    rows
}

#[test]
fn quotes_and_line_ends() {
    assert_eq!(split(b"a,b\nc,d"), [["a", "b"], ["c", "d"]]);
    assert_eq!(split(b"a,b\r\nc,d\r\n"), [["a", "b"], ["c", "d"]]);
    assert_eq!(split(b"a,b\rc,d\r"), [["a", "b"], ["c", "d"]]);
    assert_eq!(split(b"\"a,1\",\"b\"\"2\"\n"), [["a,1", "b\"2"]]);
    assert_eq!(split(b"\"line\r\nbreak\",b\nc,d"), [["line\r\nbreak", "b"], ["c", "d"]]);
    assert_eq!(split(b"5\" screen,b\n"), [["5\" screen", "b"]]);
    assert_eq!(split(b"\"a\"  ,b\n"), [["a", "b"]]);
    assert_eq!(split(b"a,\n\n,b"), [vec!["a", ""], vec![""], vec!["", "b"]]);
    assert_eq!(split(b"a,\"\""), [["a", ""]]);
    assert!(split(b"").is_empty());
}

#[test]
fn a_bad_quote_costs_its_line_only() {
    assert_eq!(split(b"a,\"b\nc,d\ne,f"), [vec!["BadQuote"], vec!["c", "d"], vec!["e", "f"]]);
    assert_eq!(split(b"a,\"b"), [["BadQuote"]]);
    assert_eq!(split(b"a,\"b\"c\nd,e"), [vec!["BadQuote"], vec!["d", "e"]]);
    // The quote of line 1 would meet that of line 3 and swallow line 2.
    let rows = split(b"a,\"b\nc,d\ne,\"f, g\"\n");
    assert_eq!(rows, [vec!["BadQuote"], vec!["c", "d"], vec!["e", "f, g"]]);
}

#[test]
fn a_row_too_big_costs_itself_only() {
    let long = "x".repeat(LIMIT + 1);
    let rows = split(format!("a,{long}\nb,c\n\"{long}\n{long}\",d\ne,f").as_bytes());
    assert_eq!(rows, [vec!["TooBig"], vec!["b", "c"], vec!["TooBig"], vec!["e", "f"]]);
    let many = ",".repeat(LIMIT - 1);
    assert_eq!(split(format!("{many}\na").as_bytes())[0].len(), LIMIT);
}

#[test]
fn work_stays_linear_in_the_face_of_quotes() {
    let mut bytes = Vec::new();
    for _ in 0..20_000 {
        bytes.extend_from_slice(b"\"\"\"\nx\"\"y\n\"\"\"\"z\n\"a\n");
    }
    assert!(!split(&bytes).is_empty());
}

fn written(rows: &[Vec<String>]) -> String {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
}

proptest! {
    #[test]
    fn what_is_quoted_comes_back(rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n;好 ]{0,6}", 1..4), 0..6)) {
        prop_assert_eq!(split(written(&rows).as_bytes()), rows);
    }

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(prop::sample::select(b"a,\"\"\n\r;\xFF ".to_vec()), 0..400)) {
        split(&bytes);
    }
}

#[test]
fn the_separator_is_told_by_the_header() {
    let sniff = |text: &str| sniff_separator(&mut text.as_bytes(), 1000).unwrap();
    assert_eq!(sniff("a,b;c,d\n;;;;"), b',');
    assert_eq!(sniff("\n\r\na;b;c,d\n"), b';');
    assert_eq!(sniff("a\tb\r\n"), b'\t');
    assert_eq!(sniff("\"a;b;c;d\",e\n"), b',');
    assert_eq!(sniff("alone"), b',');
}

fn rows_of(bytes: &[u8]) -> Vec<(Vec<String>, Option<Reason>)> {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    let text = crate::encoding::open_text(file).unwrap();
    let mut rows = CsvRows::open(text, Limits::default()).unwrap();
    let mut found = Vec::new();
    let mut last = Cells::default();
    while let Some(row) = rows.next(last).unwrap() {
        found.push((row.cells.texts(), row.fault.map(|fault| fault.reason)));
        last = row.cells;
    }
    found
}

#[test]
fn rows_without_anything_are_none() {
    let rows = rows_of(b"a,b\n,\n ,\t\n\"\",\n\n1,2\n");
    assert_eq!(rows, [(vec!["1".to_owned(), "2".to_owned()], None)]);
}

#[test]
fn half_a_character_in_each_of_two_cells_is_none() {
    for cells in [&b"\xE4,\xB8\xAD"[..], b"\"\xE4\",\"\xB8\xAD\""] {
        let bytes =
            [&b"a,b\n"[..], "好好好好好好好好好好好好好好好好好好好好,1\n".as_bytes(), cells].concat();
        assert_eq!(rows_of(&bytes)[1].1, Some(Reason::BadEncoding("UTF-8")));
    }
}

#[test]
fn memory_used_again_holds_nothing_old() {
    let rows = rows_of(b"a,b\nlong text,\"quoted\"\nx\ny,\n,z,\n");
    let cells: Vec<&[String]> = rows.iter().map(|(cells, _)| cells.as_slice()).collect();
    assert_eq!(cells, [&["long text", "quoted"][..], &["x"], &["y", ""], &["", "z"]]);
}
