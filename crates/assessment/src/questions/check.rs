//! What a question must be like to be asked. Pure.

use kexun_base::Error;
use kexun_importers::Lang;

use super::Draft;
use super::body::{Accepted, Choice, Key};
use crate::texts::cleaned;

/// The most characters of a question, an explanation, a model answer or a rubric.
pub(super) const LONGEST_TEXT: usize = 8_000;
/// The most characters of an option, a written answer or a feedback.
const LONGEST_ANSWER: usize = 4_000;
/// The most characters of a topic.
const LONGEST_TOPIC: usize = 100;
/// The most options, or written answers that count.
const MOST_ANSWERS: usize = 20;
/// Weights come in per cent with a few decimals: three times 33.33 is everything.
const ABOUT: f64 = 0.001;

/// What is wrong with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field at fault, as the API names it.
    pub field: &'static str,
    zh: String,
    en: String,
}

impl Fault {
    pub(super) fn new(field: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Fault { field, zh: zh.into(), en: en.into() }
    }

    /// What is wrong and what would be right.
    pub fn message(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::field(fault.field, fault.en)
    }
}

/// A question with its texts cleaned, if it can be asked.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn checked(draft: Draft) -> Result<Draft, Fault> {
    let text = text("text", &draft.text, LONGEST_TEXT)?;
    if text.is_empty() {
        return Err(Fault::new("text", "题干是空的", "is empty; write what is asked"));
    }
    if !(1..=5).contains(&draft.difficulty) {
        return Err(Fault::new("difficulty", "难度要在 1 到 5 之间", "must be from 1 to 5"));
    }
    let topic = self::text("topic", &draft.topic, LONGEST_TOPIC)?;
    let topic = topic.split_whitespace().collect::<Vec<_>>().join(" ");
    let explanation = self::text("explanation", &draft.explanation, LONGEST_TEXT)?;
    Ok(Draft { text, topic, explanation, key: key(draft.key)?, ..draft })
}

fn key(key: Key) -> Result<Key, Fault> {
    Ok(match key {
        Key::Single { options } => {
            let options = choices(options)?;
            match options.iter().filter(|o| o.share >= 1.0 - ABOUT).count() {
                1 => Key::Single { options },
                0 => {
                    return Err(Fault::new(
                        "key",
                        "还没有正确选项",
                        "no option is the right one; give one the share 1",
                    ));
                }
                _ => {
                    return Err(Fault::new(
                        "key",
                        "单选题只能有一个正确选项；有几个就改为多选题",
                        "several options are right; make it a multiple choice, or leave one",
                    ));
                }
            }
        }
        Key::Multiple { options } => {
            let options = choices(options)?;
            let right: f64 = options.iter().map(|o| o.share.max(0.0)).sum();
            if (right - 1.0).abs() > ABOUT {
                return Err(Fault::new(
                    "key",
                    format!("正确选项的得分比例合计应为 100%，现为 {:.0}%", right * 100.0),
                    format!("the shares of the right options add up to {right:.3}; they must add up to 1"),
                ));
            }
            Key::Multiple { options }
        }
        Key::TrueFalse { answer } => Key::TrueFalse { answer },
        Key::FillIn { accepted, case_sensitive } => {
            Key::FillIn { accepted: self::accepted(accepted)?, case_sensitive }
        }
        Key::ShortAnswer { model, rubric } => Key::ShortAnswer {
            model: text("key", &model, LONGEST_TEXT)?,
            rubric: text("key", &rubric, LONGEST_TEXT)?,
        },
    })
}

fn choices(options: Vec<Choice>) -> Result<Vec<Choice>, Fault> {
    if options.len() < 2 {
        return Err(Fault::new("key", "至少要有两个选项", "there must be two options at least"));
    }
    most(options.len())?;
    let mut checked: Vec<Choice> = Vec::with_capacity(options.len());
    for (option, letter) in options.into_iter().zip('A'..) {
        let said = text("key", &option.text, LONGEST_ANSWER)?;
        if said.is_empty() {
            return Err(Fault::new(
                "key",
                format!("选项 {letter} 是空的"),
                format!("option {letter} is empty; write it or take it out"),
            ));
        }
        if let Some((_, other)) = checked.iter().zip('A'..).find(|(o, _)| o.text == said) {
            return Err(Fault::new(
                "key",
                format!("选项 {other} 和 {letter} 相同"),
                format!("options {other} and {letter} are the same"),
            ));
        }
        if !(-1.0..=1.0).contains(&option.share) {
            return Err(Fault::new(
                "key",
                format!("选项 {letter} 的得分比例要在 -100% 到 100% 之间"),
                format!("the share of option {letter} must be from -1 to 1"),
            ));
        }
        let feedback = text("key", &option.feedback, LONGEST_ANSWER)?;
        checked.push(Choice { text: said, feedback, ..option });
    }
    Ok(checked)
}

fn accepted(answers: Vec<Accepted>) -> Result<Vec<Accepted>, Fault> {
    most(answers.len())?;
    let mut checked = Vec::with_capacity(answers.len());
    for (answer, number) in answers.into_iter().zip(1..) {
        let said = text("key", &answer.text, LONGEST_ANSWER)?;
        if said.is_empty() {
            return Err(Fault::new(
                "key",
                format!("第 {number} 个答案是空的"),
                format!("answer {number} is empty; write it or take it out"),
            ));
        }
        if !(0.0..=1.0).contains(&answer.share) {
            return Err(Fault::new(
                "key",
                format!("第 {number} 个答案的得分比例要在 0 到 100% 之间"),
                format!("the share of answer {number} must be from 0 to 1"),
            ));
        }
        let feedback = text("key", &answer.feedback, LONGEST_ANSWER)?;
        checked.push(Accepted { text: said, feedback, ..answer });
    }
    if !checked.iter().any(|a| a.share >= 1.0 - ABOUT) {
        return Err(Fault::new(
            "key",
            "至少要有一个得满分的答案",
            "no answer earns all points; give one the share 1",
        ));
    }
    Ok(checked)
}

fn most(count: usize) -> Result<(), Fault> {
    if count <= MOST_ANSWERS {
        return Ok(());
    }
    Err(Fault::new(
        "key",
        format!("答案太多：{count} 个，最多 {MOST_ANSWERS} 个"),
        format!("has {count} answers; {MOST_ANSWERS} at most"),
    ))
}

/// A text without what no text may hold: trimmed, line ends alike, no control characters.
fn text(field: &'static str, text: &str, most: usize) -> Result<String, Fault> {
    let kept = cleaned(text);
    let kept = kept.trim();
    let length = kept.chars().count();
    if length > most {
        return Err(Fault::new(
            field,
            format!("有 {length} 个字，最多 {most} 个"),
            format!("has {length} characters; {most} at most"),
        ));
    }
    Ok(kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::QuestionState;

    fn draft(key: Key) -> Draft {
        Draft {
            text: " 七天无理由？\r\n ".into(),
            key,
            topic: " 售后  政策 ".into(),
            competence: None,
            difficulty: 3,
            explanation: String::new(),
            state: QuestionState::Active,
        }
    }

    fn options(shares: &[(&str, f64)]) -> Vec<Choice> {
        let option = |(text, share): &(&str, f64)| Choice {
            text: (*text).into(),
            share: *share,
            feedback: String::new(),
        };
        shares.iter().map(option).collect()
    }

    fn answers(shares: &[(&str, f64)]) -> Vec<Accepted> {
        let one = |o: Choice| Accepted { text: o.text, share: o.share, feedback: o.feedback };
        options(shares).into_iter().map(one).collect()
    }

    #[test]
    fn texts_are_cleaned() {
        let clean = checked(draft(Key::TrueFalse { answer: true })).unwrap();
        assert_eq!((clean.text.as_str(), clean.topic.as_str()), ("七天无理由？", "售后 政策"));
        let nul = Draft { text: "a\0b".into(), ..draft(Key::TrueFalse { answer: true }) };
        assert_eq!(checked(nul).unwrap().text, "ab");
    }

    #[test]
    fn what_cannot_be_asked_is_refused_with_what_is_wrong() {
        let single = |o: &[(&str, f64)]| Key::Single { options: options(o) };
        let multiple = |o: &[(&str, f64)]| Key::Multiple { options: options(o) };
        let fill_in = |a: &[(&str, f64)]| Key::FillIn { accepted: answers(a), case_sensitive: false };
        for (key, said) in [
            (single(&[("a", 1.0)]), "two options"),
            (single(&[("a", 0.5), ("b", 0.0)]), "right one"),
            (single(&[("a", 1.0), ("b", 1.0)]), "several"),
            (single(&[("a", 1.0), (" ", 0.0)]), "option B is empty"),
            (single(&[("a", 1.0), ("a ", 0.0)]), "options A and B are the same"),
            (single(&[("a", 1.0), ("b", -2.0)]), "option B"),
            (single(&[("a", 1.0), ("b", f64::NAN)]), "option B"),
            (multiple(&[("a", 0.5), ("b", 0.4), ("c", -1.0)]), "0.900"),
            (multiple(&[("a", 0.0), ("b", -1.0)]), "add up"),
            (fill_in(&[]), "no answer earns"),
            (fill_in(&[("a", 0.5)]), "no answer earns"),
            (fill_in(&[("a", 1.0), ("", 1.0)]), "answer 2 is empty"),
        ] {
            let fault = checked(draft(key.clone())).unwrap_err();
            assert_eq!(fault.field, "key");
            assert!(fault.message(Lang::En).contains(said), "{key:?}: {}", fault.message(Lang::En));
        }
        for fine in [
            single(&[("a", 1.0), ("b", 0.5)]),
            multiple(&[("a", 0.333_33), ("b", 0.333_33), ("c", 0.333_33), ("d", -1.0)]),
            fill_in(&[("a", 1.0), ("*", 0.0)]),
            Key::ShortAnswer { model: String::new(), rubric: String::new() },
        ] {
            assert!(checked(draft(fine.clone())).is_ok(), "{fine:?}");
        }
    }
}
