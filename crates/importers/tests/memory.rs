//! Memory does not grow with the file: 300,000 rows of CSV, XLSX and JSON Lines, most texts
//! different from each other, are read within a bound that their content exceeds several times.
//!
//! Alone in its program, since it looks at the memory of the whole process.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};

use kexun_importers::{ConversationRow, Options, Outcome, Source};
use tempfile::NamedTempFile;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const ROWS: u64 = 300_000;
const HEADER: &str = "conversation_id,customer,sent_at,sender,agent,text";

/// Half of what the texts of one file take.
const BOUND_KIB: u64 = 24 * 1024;

fn cells(row: u64) -> [String; 6] {
    let sender = if row.is_multiple_of(2) { "客户" } else { "客服" };
    [
        format!("c{}", row / 20),
        format!("买家{}", row / 20),
        format!(
            "2026-01-{:02} {:02}:{:02}:{:02}",
            row / 20_000 + 1,
            row / 3600 % 24,
            row / 60 % 60,
            row % 60
        ),
        sender.into(),
        "小李".into(),
        format!(
            "第{row}条消息：请问这件衣服什么时候可以发货呢，我比较着急，麻烦帮我催一下好吗，谢谢，谢谢，再次感谢"
        ),
    ]
}

fn csv() -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    let mut out = BufWriter::new(&file);
    writeln!(out, "{HEADER}").unwrap();
    for row in 0..ROWS {
        writeln!(out, "{}", cells(row).join(",")).unwrap();
    }
    out.flush().unwrap();
    drop(out);
    file
}

fn json_lines() -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    let mut out = BufWriter::new(&file);
    for row in 0..ROWS {
        let pairs = HEADER.split(',').zip(cells(row)).map(|(key, cell)| format!("\"{key}\":\"{cell}\""));
        writeln!(out, "{{{}}}", pairs.collect::<Vec<_>>().join(",")).unwrap();
    }
    out.flush().unwrap();
    drop(out);
    file
}

/// A sheet whose texts are all shared strings, as spreadsheets write it.
fn xlsx() -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    let mut zip = zip::ZipWriter::new(BufWriter::new(file.reopen().unwrap()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    let mut part = |name: &str, content: &mut dyn FnMut(&mut dyn Write)| {
        zip.start_file(name, options).unwrap();
        content(&mut BufWriter::with_capacity(1 << 16, &mut zip));
    };
    let relation = |id, kind, target| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: &[String]| format!("<Relationships>{}</Relationships>", all.concat());
    let root = relations(&[relation("r1", "officeDocument", "xl/workbook.xml")]);
    part("_rels/.rels", &mut |out| out.write_all(root.as_bytes()).unwrap());
    let book = "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    part("xl/workbook.xml", &mut |out| out.write_all(book.as_bytes()).unwrap());
    let inner = relations(&[
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
    ]);
    part("xl/_rels/workbook.xml.rels", &mut |out| out.write_all(inner.as_bytes()).unwrap());
    part("xl/sharedStrings.xml", &mut |out| {
        write!(out, "<sst>").unwrap();
        HEADER.split(',').for_each(|name| write!(out, "<si><t>{name}</t></si>").unwrap());
        for row in 0..ROWS {
            cells(row).iter().for_each(|cell| write!(out, "<si><t>{cell}</t></si>").unwrap());
        }
        write!(out, "</sst>").unwrap();
    });
    part("xl/worksheets/sheet1.xml", &mut |out| {
        write!(out, "<worksheet><sheetData>").unwrap();
        for row in 0..=ROWS {
            let mut line = format!("<row r=\"{}\">", row + 1);
            for (column, index) in ('A'..).zip(row * 6..row * 6 + 6) {
                write!(line, "<c r=\"{column}{}\" t=\"s\"><v>{index}</v></c>", row + 1).unwrap();
            }
            write!(out, "{line}</row>").unwrap();
        }
        write!(out, "</sheetData></worksheet>").unwrap();
    });
    zip.finish().unwrap().flush().unwrap();
    file
}

/// A field of `/proc/self/status` in KiB.
fn status(field: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(field))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Reads all rows and gives the growth of resident memory at its peak.
fn peak_growth(file: &NamedTempFile) -> u64 {
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS:").unwrap();
    let mut reader =
        Source::open(file.path(), &Options::default()).unwrap().reader::<ConversationRow>().unwrap();
    let mut rows = 0;
    while let Some(outcome) = reader.next().unwrap() {
        match outcome {
            Outcome::Row { .. } => rows += 1,
            Outcome::Rejected(rejection) => panic!("{rejection:?}"),
        }
    }
    assert_eq!(rows, ROWS);
    status("VmHWM:").unwrap().saturating_sub(before)
}

#[test]
fn memory_does_not_grow_with_the_file() {
    if status("VmHWM:").is_none() || fs::write("/proc/self/clear_refs", "5").is_err() {
        println!("skipped: this system does not tell a process its peak of memory");
        return;
    }
    for (name, file) in [("CSV", csv()), ("JSON Lines", json_lines()), ("XLSX", xlsx())] {
        let growth = peak_growth(&file);
        println!("{name}: {growth} KiB for {ROWS} rows");
        assert!(growth < BOUND_KIB, "{name} took {growth} KiB");
    }
}
