//! The importers' targets: reading ends, with rows, rejections or an error in words.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use kexun_importers::gift::{self, GiftBody, GiftItem};
use kexun_importers::{
    ContactRow, ConversationRow, DateOrder, FileError, Format, Lang, Limits, Options, Outcome, QuestionRow,
    RatingRow, Record, Source, StaffRow,
};
use tempfile::NamedTempFile;
use zip::write::SimpleFileOptions;

use super::{behaviour, size};

pub const TABLE: [&str; 40] = [
    ",",
    ";",
    "\t",
    "|",
    "\"",
    "\"\"",
    "\r\n",
    "\n",
    "\r",
    "\n\n",
    "\u{feff}",
    "\0",
    "conversation_id",
    "会话ID",
    "shop",
    "customer",
    "sent_at",
    "发送时间",
    "sender",
    "agent",
    "text",
    "rating",
    "2026-01-31 13:05",
    "2026/1/31 下午1:05",
    "1769836500",
    "46053.5",
    "31/1/2026",
    "2026-01-31T13:05:00+08:00",
    "客户",
    "客服",
    "机器人",
    "system",
    "=cmd|' /C'!A0",
    "你好",
    "\u{200b}",
    "，",
    "𠮷",
    "sep=;\n",
    "1e5",
    "contact_id",
];

pub const JSON: [&str; 34] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u0000",
    "\\ud83d",
    "\\ud83d\\ude00",
    "null",
    "true",
    "1e999",
    "-0",
    "\n",
    "\r\n",
    "{\"a\":1}",
    "\"conversation_id\":",
    "\"customer\":",
    "\"sent_at\":",
    "\"sender\":\"robot\"",
    "\"text\":",
    "\"rating\":5",
    "\"contact_id\":1",
    "1769836500000",
    "\"2026-01-31T13:05:00Z\"",
    "\u{feff}",
    "\0",
    "{{{{{{{{",
    "[[[[[[[[",
    "你好",
    " ",
    "\"\":",
];

pub const SHEET: [&str; 44] = [
    "<row>",
    "</row>",
    "<row r=\"3\">",
    "<c r=\"A1\">",
    "<c r=\"XFD1048576\" t=\"s\">",
    "<c t=\"inlineStr\">",
    "</c>",
    "<v>",
    "</v>",
    "<is>",
    "</is>",
    "<t>",
    "</t>",
    "<t xml:space=\"preserve\"> </t>",
    "<r>",
    "</r>",
    "<rPh>",
    "<si>",
    "</si>",
    "t=\"b\"",
    "t=\"e\"",
    "t=\"d\"",
    "t=\"str\"",
    "s=\"1\"",
    "s=\"4294967295\"",
    "r=\"A\"",
    "r=\"ZZZZZZZZ9\"",
    "r=\"99999999999999999999\"",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&lt;",
    "&unknown;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "<f>",
    "</f>",
    "46053.5",
    "date1904=\"1\"",
    "\n--- xl/styles.xml\n",
];

pub const GIFT: [&str; 36] = [
    "::",
    "{",
    "}",
    "=",
    "~",
    "#",
    "->",
    "%",
    "%50%",
    "%-100%",
    "%1e400%",
    "####",
    "T",
    "TRUE",
    "F",
    "#3:2",
    "#1..5",
    "\\",
    "\\n",
    "\\{",
    "//",
    "// [id:7]",
    "// [tag:x]",
    "$CATEGORY:",
    "[html]",
    "[markdown]",
    "[moodle]",
    "<p>",
    "&nbsp;",
    "&#x41;",
    "\n\n",
    "\n",
    "\r\n",
    "你好",
    "{}",
    "{=a ~b}",
];

pub const QUESTIONS: [&str; 34] = [
    ",",
    "\"",
    "\n",
    "\r\n",
    "题型",
    "题干",
    "选项",
    "选项A",
    "选项B",
    "答案",
    "解析",
    "能力",
    "知识点",
    "编号",
    "难度",
    "kind",
    "stem",
    "answer",
    "单选",
    "多选题",
    "判断",
    "填空",
    "简答",
    "A",
    "ABC",
    "A,B",
    "正确",
    "错",
    "是",
    "A. 甲\nB. 乙",
    "{{答案}}",
    "____",
    "沟通技巧",
    "；",
];

pub const STAFF: [&str; 34] = [
    ",",
    "\"",
    "\n",
    "\r\n",
    "姓名",
    "工号",
    "登录名",
    "邮箱",
    "店铺",
    "小组",
    "岗位",
    "角色",
    "入职日期",
    "离职日期",
    "导师",
    "账号",
    "name",
    "login",
    "email",
    "role",
    "shop",
    "team",
    "position",
    "joined",
    "客服",
    "agent",
    "supervisor",
    "客服主管",
    "2026-01-05",
    "46027",
    "a@b.cn",
    "true",
    "；",
    "、",
];

/// As small as to be reached by small inputs.
const LIMITS: Limits = Limits { row_bytes: 900, part_bytes: 1 << 20, part_ratio: 100 };

/// What a file gave: rows and rejections in words, or the error's code.
type Read = Result<Vec<String>, &'static str>;

fn read<T: Record + std::fmt::Debug>(bytes: &[u8], format: Format) -> Read {
    match try_read::<T>(bytes, format) {
        Ok(found) => Ok(found),
        Err(error) => {
            assert!(
                [Lang::Zh, Lang::En].iter().all(|lang| error.message(*lang).len() > 10),
                "{error:?} is said in words"
            );
            assert!(
                !matches!(error, FileError::Io(_)),
                "an error of the disk, which a file's content never is: {error:?}"
            );
            Err(error.code())
        }
    }
}

fn try_read<T: Record + std::fmt::Debug>(bytes: &[u8], format: Format) -> Result<Vec<String>, FileError> {
    let mut file = NamedTempFile::new()?;
    file.write_all(bytes)?;
    let order = bytes.len().is_multiple_of(2).then_some(DateOrder::Dmy);
    let options = Options { format, date_order: order, limits: LIMITS };
    let mut reader = Source::open(file.path(), &options)?.reader::<T>()?;
    let (mut found, mut last) = (Vec::new(), 0);
    while let Some(outcome) = reader.next()? {
        let row = match &outcome {
            Outcome::Row { row, .. } => *row,
            Outcome::Rejected(rejection) => {
                let cells: usize = rejection.cells.iter().map(String::len).sum();
                assert!(cells <= 4 * 4096, "a rejection holds no more than is shown: {cells} bytes");
                assert!(!rejection.words(Lang::Zh).is_empty());
                rejection.row
            }
        };
        assert!(row >= last, "rows come in the order of the file: {row} behind {last}");
        last = row;
        found.push(format!("{outcome:?}"));
    }
    let (read, total) = reader.progress();
    assert_eq!(read, total, "at the end all is read");
    assert!(reader.warnings().iter().all(|warning| !warning.message(Lang::En).is_empty()));
    Ok(found)
}

/// How reading went, without what was read: codes of rejections, and how many rows.
fn shape(read: &Read) -> u64 {
    let Ok(found) = read else { return behaviour(read) };
    let words = |text: &String| {
        let reason = text.split("reason: ").nth(1).unwrap_or("row");
        let word: String = reason.chars().take_while(char::is_ascii_alphanumeric).collect();
        let column =
            text.split("name: \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        // Which cells of a row are there shows in its length without its texts.
        (word, column.to_owned(), text.matches("None").count())
    };
    let kinds: BTreeSet<_> = found.iter().map(words).collect();
    behaviour(&(size(found.len()), kinds))
}

/// A table in whatever encoding its bytes are, as each kind of record.
pub fn csv(bytes: &[u8]) -> u64 {
    let conversations = read::<ConversationRow>(bytes, Format::Auto);
    let others = [
        read::<ContactRow>(bytes, Format::Csv),
        read::<RatingRow>(bytes, Format::Csv),
        read::<StaffRow>(bytes, Format::Csv),
    ];
    behaviour(&(shape(&conversations), others.each_ref().map(shape)))
}

/// The same text in every encoding: with a mark it is read alike, without one it is read somehow.
pub fn encodings(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let wide = |order: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{text}").encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    let marked = format!("\u{feff}{text}");
    // Rows are bounded in bytes, of which encodings have different numbers; and what is told by the first bytes
    // of a file is told by other bytes.
    let found = read::<ConversationRow>(marked.as_bytes(), Format::Csv);
    let short = text.len() < LIMITS.row_bytes / 2;
    for other in [wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        let other = read::<ConversationRow>(&other, Format::Csv);
        assert!(!short || other == found, "UTF-16 is read as UTF-8 is:\n{other:?}\n{found:?}");
    }
    let chinese = GB18030.encode(text).0;
    behaviour(&(shape(&found), shape(&read::<ConversationRow>(&chinese, Format::Csv))))
}

const PARTS: [(&str, &str); 4] = [
    (
        "_rels/.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
    ),
];

/// A workbook: bytes of one, or its parts as text (the sheet, then each other part behind a line `--- name`). The
/// checksums of a zip would hide the XML from mutations.
pub fn xlsx(bytes: &[u8]) -> u64 {
    let packed =
        if bytes.starts_with(b"PK") { bytes.to_vec() } else { workbook(&String::from_utf8_lossy(bytes)) };
    shape(&read::<ConversationRow>(&packed, Format::Xlsx))
}

fn workbook(text: &str) -> Vec<u8> {
    let mut written = text.split("\n--- ");
    let sheet = written.next().unwrap_or_default();
    let mut parts: Vec<(&str, &str)> =
        written.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect();
    parts.push(("xl/worksheets/sheet1.xml", sheet));
    for part in PARTS {
        if parts.iter().all(|(name, _)| *name != part.0) {
            parts.push(part);
        }
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        // Not every name, and none twice, can be written: such a part is left out.
        if zip.start_file(name, options).is_ok() {
            zip.write_all(content.as_bytes()).expect("memory takes what is written");
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Lines of JSON.
pub fn json_lines(bytes: &[u8]) -> u64 {
    let conversations = read::<ConversationRow>(bytes, Format::JsonLines);
    behaviour(&(shape(&conversations), shape(&read::<RatingRow>(bytes, Format::Auto))))
}

/// Questions in GIFT, as a file and as a text.
pub fn gift(bytes: &[u8]) -> u64 {
    let mut file = NamedTempFile::new().expect("a file can be made");
    file.write_all(bytes).expect("a file can be written");
    let read = gift::read(file.path()).map_err(|error| error.code());
    let items = gift::parse(&String::from_utf8_lossy(bytes));
    assert!(items.is_sorted_by_key(|(line, _)| *line), "questions come in the order of the file");
    let lines = 1 + bytes.iter().filter(|byte| b"\r\n".contains(byte)).count() as u64;
    assert!(
        items.iter().all(|(line, _)| (1..=lines).contains(line)),
        "a question begins on a line of the file"
    );
    let kinds: BTreeSet<String> = items.iter().map(|(_, item)| kind_of(item)).collect();
    behaviour(&(read.map(|items| size(items.len())), size(items.len()), kinds))
}

fn kind_of(item: &GiftItem) -> String {
    match item {
        GiftItem::Category(_) => "category".into(),
        GiftItem::Broken(reason) => reason.code().into(),
        GiftItem::Question(question) => {
            let body = match &question.body {
                GiftBody::Choice(answers) | GiftBody::Short(answers) => {
                    let weighed = answers.iter().filter(|answer| answer.weight.is_some()).count();
                    assert!(
                        answers.iter().filter_map(|a| a.weight).all(|w| (-100.0..=100.0).contains(&w)),
                        "{answers:?}"
                    );
                    format!("{}{}", size(answers.len()), size(weighed))
                }
                GiftBody::TrueFalse { answer, feedback } => {
                    format!("{answer}{}", feedback.iter().flatten().count())
                }
                other => format!("{other:?}"),
            };
            let has = (
                question.id.is_some(),
                question.tags.len().min(2),
                question.title.is_some(),
                question.feedback.is_some(),
            );
            format!("{body}{has:?}{:?}", question.stem.format)
        }
    }
}

/// The questions' sheet.
pub fn questions(bytes: &[u8]) -> u64 {
    shape(&read::<QuestionRow>(bytes, Format::Auto))
}

/// The staff's sheet.
pub fn staff(bytes: &[u8]) -> u64 {
    shape(&read::<StaffRow>(bytes, Format::Auto))
}
