//! GIFT: the golden files of another parser, and whatever else may come.

use std::path::PathBuf;

use kexun_importers::gift::{
    GiftAnswer, GiftBody, GiftFormat, GiftItem, GiftQuestion, GiftText, parse, read,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::tools::file;

fn text(text: &GiftText) -> Value {
    let format = match text.format {
        GiftFormat::Moodle => "moodle",
        GiftFormat::Plain => "plain",
        GiftFormat::Html => "html",
        GiftFormat::Markdown => "markdown",
    };
    json!({ "format": format, "text": text.text })
}

fn text_opt(some: Option<&GiftText>) -> Value {
    some.map_or(Value::Null, text)
}

fn answers(answers: &[GiftAnswer]) -> Value {
    let one = |answer: &GiftAnswer| {
        json!({
            "isCorrect": answer.correct,
            "weight": answer.weight,
            "text": text(&answer.text),
            "feedback": text_opt(answer.feedback.as_ref()),
        })
    };
    answers.iter().map(one).collect()
}

/// A question in the words of the golden files, as far as both know it.
fn shown(question: &GiftQuestion) -> Value {
    let mut shown = json!({
        "id": question.id,
        "tags": if question.tags.is_empty() { Value::Null } else { json!(question.tags) },
        "title": question.title,
        "stem": text(&question.stem),
        "globalFeedback": text_opt(question.feedback.as_ref()),
    });
    let kind = match &question.body {
        GiftBody::Description => "Description",
        GiftBody::Essay => "Essay",
        GiftBody::Numerical => "Numerical",
        GiftBody::Matching => "Matching",
        GiftBody::TrueFalse { answer, feedback: [first, second] } => {
            shown["isTrue"] = json!(answer);
            shown["trueFeedback"] = text_opt(first.as_ref());
            shown["falseFeedback"] = text_opt(second.as_ref());
            "TF"
        }
        GiftBody::Choice(choices) => {
            shown["choices"] = answers(choices);
            "MC"
        }
        GiftBody::Short(words) => {
            shown["choices"] = answers(words);
            "Short"
        }
    };
    shown["type"] = json!(kind);
    shown
}

/// What of a golden question is compared: pairs and numbers are not read here.
fn expected(mut golden: Value) -> Value {
    if golden["type"] == "Category" {
        return golden;
    }
    let fields = golden.as_object_mut().unwrap();
    fields.remove("hasEmbeddedAnswers");
    if fields["type"] == "Numerical" {
        fields.remove("choices");
    }
    fields.remove("matchPairs");
    for field in ["id", "tags", "globalFeedback"] {
        fields.entry(field).or_insert(Value::Null);
    }
    for choice in fields.get_mut("choices").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(weight) = choice["weight"].as_f64() {
            choice["weight"] = json!(weight);
        }
    }
    golden
}

#[test]
fn golden_files_say_what_their_json_says() {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/gift-golden/tests/questions");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut compared = 0;
    for path in files.map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "gift")) {
        let golden: Vec<Value> =
            serde_json::from_slice::<Value>(&std::fs::read(path.with_extension("json")).unwrap())
                .map(|json| json.as_array().cloned().unwrap_or_else(|| vec![json]))
                .unwrap();
        let found: Vec<Value> = read(&path)
            .unwrap()
            .into_iter()
            .map(|(line, item)| match item {
                GiftItem::Question(question) => shown(&question),
                GiftItem::Category(title) => json!({ "type": "Category", "title": title }),
                GiftItem::Broken(reason) => panic!("{}:{line}: {reason}", path.display()),
            })
            .collect();
        let golden: Vec<Value> = golden.into_iter().map(expected).collect();
        assert_eq!(found.len(), golden.len(), "{}", path.display());
        for (found, golden) in found.into_iter().zip(golden) {
            assert_eq!(found, golden, "{}", path.display());
            compared += 1;
        }
    }
    assert!(compared > 90, "only {compared} questions were compared");
}

#[test]
fn a_broken_question_costs_itself_alone() {
    let items = parse(
        "Good?{T}\n\nForgotten {=a ~b\n\nTwo {=a}{=b}\n\nstray } brace\n\nWeight {=a ~%900%b}\n\nText {a =b}\n\nLast?{F}\n",
    );
    let lines: Vec<(u64, bool)> =
        items.iter().map(|(line, item)| (*line, matches!(item, GiftItem::Broken(_)))).collect();
    assert_eq!(lines, [(1, false), (3, true), (5, true), (7, true), (9, true), (11, true), (13, false)]);
}

#[test]
fn a_blank_line_within_braces_is_none() {
    let items = parse("Which?{\n  =this\n\n  ~that\n}\n\nNext?{T}");
    assert_eq!(items.len(), 2);
    let GiftItem::Question(first) = &items[0].1 else { panic!("{items:?}") };
    assert!(matches!(&first.body, GiftBody::Choice(options) if options.len() == 2));
}

#[test]
fn an_empty_file_and_a_picture_are_refused() {
    assert_eq!(read(file(b"// nothing\n\n").path()).unwrap_err().code(), "empty_file");
    assert_eq!(read(file(b"\x89PNG\r\n\x1a\n\0\0").path()).unwrap_err().code(), "wrong_kind");
}

/// Time grows with the file and not with its square: with that, these would not end while anybody waits.
#[test]
fn hostile_files_take_time_in_proportion() {
    for piece in ["{", "}", "{\n\n", "::", "~%", "=", "\\", "#", "[html]", "{=a->", "//[tag:\n", "-", " \n"] {
        let hostile = piece.repeat(2_000_000 / piece.len());
        drop(parse(&hostile));
        drop(parse(&format!("x {{{hostile}}}")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_it_stop(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "{", "}", "=", "~", "#", "####", "::", ":", "\\", "%", "%50%", "[html]", "[", "]", "\n", "\n\n", " ",
            "//", "$CATEGORY:", "T", "FALSE", "->", "题", "\u{feff}", "\r\n", "a", "\u{0}",
        ]), 0..60)) {
        let text: String = pieces.concat();
        let items = parse(&text);
        let lines = text.lines().count() as u64;
        prop_assert!(items.iter().all(|(line, _)| (1..=lines).contains(line)));
        prop_assert!(items.is_sorted_by_key(|(line, _)| *line));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(file(&bytes).path());
    }

    /// What is escaped comes back as it was.
    #[test]
    fn escaped_texts_come_back(stem in "[a-z题~=#{}:\\[\\]\\\\]{1,20}", options in prop::collection::vec("[a-z~=#{}:\\\\]{1,8}", 2..5)) {
        let escaped = |text: &str| -> String {
            text.chars().flat_map(|c| "~=#{}:[]\\".contains(c).then_some('\\').into_iter().chain([c])).collect()
        };
        let written: String = options.iter().map(|o| format!("~{}\n", escaped(o))).collect();
        let items = parse(&format!("{}{{\n={}\n{written}}}", escaped(&stem), escaped("right")));
        let GiftItem::Question(question) = &items[0].1 else { panic!("{items:?}") };
        prop_assert_eq!(&question.stem.text, &stem);
        let GiftBody::Choice(found) = &question.body else { panic!("{question:?}") };
        let found: Vec<&str> = found[1..].iter().map(|o| o.text.text.as_str()).collect();
        prop_assert_eq!(found, options.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
