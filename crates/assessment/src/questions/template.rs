//! The question sheet to fill in: its columns with what goes into them, and two examples.

use std::io::Cursor;

use kexun_base::{Error, Result};
use kexun_importers::records::Record;
use kexun_importers::{Lang, QuestionRow, SheetFormat, TableWriter, Value};

/// What stands in brackets behind a column's name; the import does not read it.
fn remark(column: &str, lang: Lang) -> &'static str {
    match column {
        "type" => lang.pick(
            "必填：单选题、多选题、判断题、填空题、简答题",
            "required: single, multiple, true_false, fill_in, short_answer",
        ),
        "question" => lang.pick("必填", "required"),
        "option_a" => {
            lang.pick("单选题、多选题填写；不够的留空", "single and multiple choice; leave the rest blank")
        }
        "answer" => lang.pick(
            "单选 B；多选 ABD；判断 对或错；填空可有几种写法，用 | 隔开",
            "single: B; multiple: ABD; true or false; fill-in: ways to write it, with | between",
        ),
        "topic" => lang.pick("抽题时按它选", "papers draw by it"),
        "competence" => lang.pick(
            "如 商品知识、沟通技巧、投诉处理、售后政策、平台规则",
            "e.g. product, communication, complaints, after_sales, platform_rules",
        ),
        "difficulty" => lang.pick("1 最易，5 最难；不填算 3", "1 easiest to 5 hardest; 3 if blank"),
        "explanation" => lang.pick("考完后给所有人看", "shown to everybody afterwards"),
        "model_answer" => lang.pick("简答题：给阅卷人看", "short answer: for who marks"),
        "rubric" => lang.pick("简答题：给阅卷人看", "short answer: for who marks"),
        _ => "",
    }
}

/// Two questions as somebody would write them: one to choose, one to mark by hand.
fn examples(lang: Lang) -> [[(&'static str, &'static str); 9]; 2] {
    [
        [
            ("type", lang.pick("多选题", "multiple")),
            (
                "question",
                lang.pick(
                    "买家要求退货，下列哪些要先核实？",
                    "A buyer wants to return an item. What is checked first?",
                ),
            ),
            ("option_a", lang.pick("签收时间", "When it was received")),
            ("option_b", lang.pick("商品是否影响二次销售", "Whether it can be sold again")),
            ("option_c", lang.pick("买家的信用等级", "The buyer's credit level")),
            ("answer", "AB"),
            ("topic", lang.pick("退换货", "Returns")),
            ("competence", lang.pick("售后政策", "after_sales")),
            (
                "explanation",
                lang.pick("七天从签收次日算起。", "Seven days count from the day after it was received."),
            ),
        ],
        [
            ("type", lang.pick("简答题", "short_answer")),
            (
                "question",
                lang.pick(
                    "买家连问三次“到底发没发货”，你怎么回？",
                    "A buyer asks for the third time whether it was sent. What do you write?",
                ),
            ),
            ("topic", lang.pick("安抚", "Calming")),
            ("competence", lang.pick("沟通技巧", "communication")),
            ("difficulty", "4"),
            (
                "model_answer",
                lang.pick(
                    "先致歉，再说查到的物流状态，最后给出下一步和时间。",
                    "Apologise, say what the tracking shows, then what happens next and when.",
                ),
            ),
            (
                "rubric",
                lang.pick(
                    "致歉；有具体状态；有下一步和时间",
                    "apology; a definite state; next step with a time",
                ),
            ),
            ("option_a", ""),
            ("answer", ""),
        ],
    ]
}

/// The sheet as a workbook.
///
/// # Errors
/// When writing fails.
pub(super) fn template(lang: Lang) -> Result<Vec<u8>> {
    write(lang).map_err(Error::from)
}

fn write(lang: Lang) -> std::io::Result<Vec<u8>> {
    let columns = QuestionRow::columns();
    let name = |column: &kexun_importers::Column| {
        let (name, remark) = (lang.pick(column.zh, column.name), remark(column.name, lang));
        match (remark.is_empty(), lang) {
            (true, _) => name.to_owned(),
            (false, Lang::Zh) => format!("{name}（{remark}）"),
            (false, Lang::En) => format!("{name} ({remark})"),
        }
    };
    let header: Vec<String> = columns.iter().map(name).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut table = TableWriter::new(SheetFormat::Xlsx, Cursor::new(Vec::new()), &header)?;
    for example in examples(lang) {
        let cell = |column: &kexun_importers::Column| {
            let said = example.iter().find(|(name, _)| *name == column.name);
            said.map_or(Value::Empty, |(_, text)| Value::Text(text))
        };
        let cells: Vec<Value<'_>> = columns.iter().map(cell).collect();
        table.row(&cells)?;
    }
    Ok(table.finish()?.into_inner())
}
