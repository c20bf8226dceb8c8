//! Bytes that nobody meant: whatever comes, reading ends, with rows, rejections or an error.

use std::sync::OnceLock;

use encoding_rs::GB18030;
use kexun_importers::{
    ContactRow, ConversationRow, Format, Limits, Options, QuestionRow, RatingRow, Record, StaffRow,
};
use proptest::prelude::*;

use crate::tools::{HEADER, cell, header_row, read_as, row, workbook};

/// Good files, to be damaged.
fn good_files() -> &'static [Vec<u8>] {
    static FILES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let line = "c1,S,张三,2026/1/31 13:05,客服,小李,\"你好，\n\"\"在\"\"吗\"\r\n";
        let csv = format!("{HEADER}\r\n{}", line.repeat(5));
        let json = r#"{"conversation_id":1,"customer":"张三","sent_at":"2026-01-31 13:05","sender":"robot","text":"x"}"#;
        let cells: Vec<String> = "c1,S,张三,2026-01-31 13:05,客户,,你好".split(',').map(cell).collect();
        vec![
            GB18030.encode(&csv).0.into_owned(),
            format!("\u{FEFF}{csv}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            csv.into_bytes(),
            format!("{json}\n{json}\n{json}\n").into_bytes(),
            workbook(&(header_row() + &row(&cells).repeat(3)), "<si><t>x</t></si>"),
        ]
    })
}

fn survives<T: Record>(bytes: &[u8], format: Format) {
    let limits = Limits { row_bytes: 300, part_bytes: 1 << 20, part_ratio: 100 };
    let options = Options { format, limits, ..Options::default() };
    if let Ok(read) = read_as::<T>(bytes, &options) {
        let shown = read.rejected.iter().flat_map(|rejection| &rejection.cells).map(String::len);
        assert!(shown.max().unwrap_or(0) <= 3 * 4096, "a rejection holds no more than is shown");
    }
}

fn survives_all(bytes: &[u8]) {
    for format in [Format::Auto, Format::Csv, Format::JsonLines, Format::Xlsx] {
        survives::<ConversationRow>(bytes, format);
    }
    survives::<ContactRow>(bytes, Format::Auto);
    survives::<RatingRow>(bytes, Format::Auto);
    survives::<StaffRow>(bytes, Format::Auto);
    survives::<QuestionRow>(bytes, Format::Auto);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survives_all(&bytes);
        let with_header = [HEADER.as_bytes(), b"\n", &bytes].concat();
        survives_all(&with_header);
    }

    #[test]
    fn mutated_files(
        which in 0..5_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12),
    ) {
        let mut bytes = good_files()[which].clone();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(bytes.len() - at % 20),
            }
        }
        survives_all(&bytes);
    }

    /// Zip checks hide the XML from mutations of the whole; so the XML is mutated before packing.
    #[test]
    fn mutated_sheets(changes in prop::collection::vec((any::<prop::sample::Index>(), "[<>/=\"a-z&;0-9]{0,4}"), 1..6)) {
        let cells: Vec<String> = "c1,S,张三,2026-01-31 13:05,客户,,你好".split(',').map(cell).collect();
        let mut rows = header_row() + &row(&cells).repeat(3);
        for (at, piece) in changes {
            let wanted = at.index(rows.len());
            let at = (0..=wanted).rfind(|at| rows.is_char_boundary(*at)).unwrap();
            rows.insert_str(at, &piece);
        }
        survives::<ConversationRow>(&workbook(&rows, "<si><t>x</t></si>"), Format::Auto);
    }
}
