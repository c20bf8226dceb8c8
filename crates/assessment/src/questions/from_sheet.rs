//! A row of the question sheet as a question. Pure.

use kexun_importers::{Choice as _, QuestionRow, QuestionWord};
use kexun_people::competences::Competence;

use super::body::{Accepted, Choice, Key};
use super::check::Fault;
use super::{Draft, QuestionState};

/// The question that a row means; it is still to be checked.
///
/// # Errors
/// The column at fault, and what is wrong with it.
pub(super) fn draft(row: QuestionRow) -> Result<Draft, Fault> {
    let key = key(&row)?;
    Ok(Draft {
        text: row.text,
        key,
        topic: row.topic.unwrap_or_default(),
        competence: row.competence.and_then(|word| Competence::of_word(word.as_str())),
        difficulty: row.difficulty.and_then(|d| i32::try_from(d).ok()).unwrap_or(3),
        explanation: row.explanation.unwrap_or_default(),
        state: QuestionState::Active,
    })
}

fn key(row: &QuestionRow) -> Result<Key, Fault> {
    let answer = row.answer.as_deref().unwrap_or_default();
    Ok(match row.kind {
        QuestionWord::Single => {
            let (texts, right) = (options(&row.options)?, letters(answer)?);
            let [right] = right.as_slice() else {
                return Err(wrong(
                    "单选题的答案是一个字母，例如 B",
                    "the answer of a single choice is one letter, e.g. B",
                ));
            };
            there(*right, texts.len())?;
            Key::Single { options: choices(texts, |n| if n == *right { 1.0 } else { 0.0 }) }
        }
        QuestionWord::Multiple => {
            let (texts, right) = (options(&row.options)?, letters(answer)?);
            for one in &right {
                there(*one, texts.len())?;
            }
            // As many teachers mark: part of the points for a part of the right ones, none with a wrong one.
            let share = 1.0 / right.len() as f64;
            Key::Multiple { options: choices(texts, |n| if right.contains(&n) { share } else { -1.0 }) }
        }
        QuestionWord::TrueFalse => Key::TrueFalse { answer: truth(answer)? },
        QuestionWord::FillIn => {
            let said = answer.split(['|', '｜', '\n']).map(str::trim).filter(|said| !said.is_empty());
            let one = |said: &str| Accepted { text: said.into(), share: 1.0, feedback: String::new() };
            let accepted: Vec<Accepted> = said.map(one).collect();
            if accepted.is_empty() {
                return Err(missing());
            }
            Key::FillIn { accepted, case_sensitive: false }
        }
        QuestionWord::ShortAnswer => Key::ShortAnswer {
            model: row.model.clone().unwrap_or_else(|| answer.to_owned()),
            rubric: row.rubric.clone().unwrap_or_default(),
        },
    })
}

/// The options without the blank ones behind the last.
fn options(cells: &[Option<String>; 8]) -> Result<Vec<String>, Fault> {
    let count = cells.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let filled: Option<Vec<String>> = cells[..count].iter().cloned().collect();
    filled.ok_or_else(|| {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let gap = cells.iter().position(Option::is_none).unwrap_or_default();
        let letter = names[gap].to_uppercase();
        Fault::new(
            COLUMNS[gap],
            format!("选项 {letter} 是空的，后面却还有选项"),
            format!("option {letter} is empty, but options follow it"),
        )
    })
}

const COLUMNS: [&str; 8] =
    ["option_a", "option_b", "option_c", "option_d", "option_e", "option_f", "option_g", "option_h"];

fn choices(texts: Vec<String>, share: impl Fn(usize) -> f64) -> Vec<Choice> {
    let choice = |(n, text)| Choice { text, share: share(n), feedback: String::new() };
    texts.into_iter().enumerate().map(choice).collect()
}

/// The options that letters name, each once, in their order: `ABD`, `A,B`, `ａ、ｂ`.
fn letters(answer: &str) -> Result<Vec<usize>, Fault> {
    let mut named = Vec::new();
    for c in answer.chars() {
        let letter = match c {
            'Ａ'..='Ｚ' => char::from_u32(u32::from(c) - u32::from('Ａ') + u32::from('A')).unwrap_or(c),
            'ａ'..='ｚ' => char::from_u32(u32::from(c) - u32::from('ａ') + u32::from('A')).unwrap_or(c),
            c => c.to_ascii_uppercase(),
        };
        match letter {
            'A'..='H' => named.push((letter as usize) - ('A' as usize)),
            c if c.is_whitespace() || matches!(c, ',' | ';' | '/' | '+' | '，' | '、' | '；') => {}
            _ => {
                return Err(wrong(
                    format!("答案里的“{c}”不是选项字母；请写 A 到 H，例如 B 或 ABD"),
                    format!("{c:?} is no letter of an option; write A to H, e.g. B or ABD"),
                ));
            }
        }
    }
    named.sort_unstable();
    named.dedup();
    if named.is_empty() { Err(missing()) } else { Ok(named) }
}

fn there(option: usize, count: usize) -> Result<(), Fault> {
    if option < count {
        return Ok(());
    }
    let letter = COLUMNS.get(option).map_or_else(String::new, |name| name[7..].to_uppercase());
    Err(wrong(
        format!("答案是 {letter}，却没有选项 {letter}"),
        format!("the answer is {letter}, but there is no option {letter}"),
    ))
}

fn truth(answer: &str) -> Result<bool, Fault> {
    match answer.trim().to_lowercase().as_str() {
        "" => Err(missing()),
        "对" | "正确" | "是" | "√" | "✓" | "t" | "true" | "y" | "yes" | "1" => Ok(true),
        "错" | "错误" | "否" | "不对" | "×" | "✗" | "x" | "f" | "false" | "n" | "no" | "0" => {
            Ok(false)
        }
        _ => Err(wrong("判断题的答案写“对”或“错”", "the answer of a true/false question is true or false")),
    }
}

fn missing() -> Fault {
    wrong("答案是空的", "is empty; write what is right")
}

fn wrong(zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault::new("answer", zh, en)
}

#[cfg(test)]
mod tests {
    use kexun_importers::Lang;

    use super::*;
    use crate::questions::body::QuestionKind;

    fn row(kind: QuestionWord, options: &[&str], answer: &str) -> QuestionRow {
        let mut cells = [const { None }; 8];
        for (cell, text) in cells.iter_mut().zip(options) {
            *cell = (!text.is_empty()).then(|| (*text).to_owned());
        }
        QuestionRow {
            kind,
            text: "问".into(),
            options: cells,
            answer: (!answer.is_empty()).then(|| answer.to_owned()),
            topic: None,
            competence: None,
            difficulty: None,
            explanation: None,
            model: None,
            rubric: None,
        }
    }

    fn shares(row: QuestionRow) -> Vec<f64> {
        match draft(row).unwrap().key {
            Key::Single { options } | Key::Multiple { options } => options.iter().map(|o| o.share).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn answers_are_read_as_teachers_write_them() {
        use QuestionWord::*;
        assert_eq!(shares(row(Single, &["a", "b", "c"], " ｂ ")), [0.0, 1.0, 0.0]);
        for answer in ["AC", "a、c", "C，A", "A;C;A"] {
            assert_eq!(shares(row(Multiple, &["a", "b", "c"], answer)), [0.5, -1.0, 0.5], "{answer}");
        }
        for (answer, truth) in [("对", true), ("×", false), ("TRUE", true), ("否", false)] {
            assert_eq!(draft(row(TrueFalse, &[], answer)).unwrap().key, Key::TrueFalse { answer: truth });
        }
        let Key::FillIn { accepted, .. } = draft(row(FillIn, &[], "七天|7天｜7 天")).unwrap().key else {
            panic!()
        };
        assert_eq!(accepted.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), ["七天", "7天", "7 天"]);
        assert_eq!(draft(row(ShortAnswer, &[], "")).unwrap().key.kind(), QuestionKind::ShortAnswer);
    }

    #[test]
    fn what_makes_no_sense_names_its_column() {
        use QuestionWord::*;
        for (row, column, said) in [
            (row(Single, &["a", "b"], ""), "answer", "is empty"),
            (row(Single, &["a", "b"], "AB"), "answer", "one letter"),
            (row(Single, &["a", "b"], "D"), "answer", "no option D"),
            (row(Single, &["a", "", "c"], "A"), "option_b", "options follow"),
            (row(Multiple, &["a", "b"], "A?"), "answer", "'?'"),
            (row(TrueFalse, &[], "也许"), "answer", "true or false"),
            (row(FillIn, &[], " | "), "answer", "is empty"),
        ] {
            let fault = draft(row).unwrap_err();
            assert_eq!(fault.field, column);
            assert!(fault.message(Lang::En).contains(said), "{}", fault.message(Lang::En));
        }
    }
}
