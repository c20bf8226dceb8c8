//! A question of GIFT as a question. Pure.

use kexun_importers::gift::{GiftAnswer, GiftBody, GiftFormat, GiftQuestion, GiftText};

use super::body::{Accepted, Choice, Key};
use super::{Draft, QuestionState};

/// Why a question is passed over: Chinese and English words.
pub(super) type Skip = (&'static str, &'static str);

/// The question that a GIFT question means, of the last category named; it is still to be checked.
///
/// # Errors
/// Why there is no such question here.
pub(super) fn draft(question: &GiftQuestion, category: &str) -> Result<Draft, Skip> {
    let mut explanation: Vec<String> = question.feedback.iter().map(plain).collect();
    let key = match &question.body {
        GiftBody::Description => {
            return Err(("是说明文字，不是题目", "is a text between questions, not a question"));
        }
        GiftBody::Numerical => {
            return Err((
                "数值题还不支持；可以改成填空题",
                "numerical questions are not known here yet; a fill-in question may do",
            ));
        }
        GiftBody::Matching => return Err(("配对题还不支持", "matching questions are not known here yet")),
        GiftBody::Essay => Key::ShortAnswer { model: String::new(), rubric: String::new() },
        GiftBody::TrueFalse { answer, feedback } => {
            explanation.extend(feedback.iter().flatten().map(plain));
            Key::TrueFalse { answer: *answer }
        }
        GiftBody::Choice(options) => choice(options),
        GiftBody::Short(answers) => {
            let accepted = |a: &GiftAnswer| Accepted {
                text: plain(&a.text),
                share: a.weight.unwrap_or(100.0) / 100.0,
                feedback: a.feedback.as_ref().map(plain).unwrap_or_default(),
            };
            Key::FillIn { accepted: answers.iter().map(accepted).collect(), case_sensitive: false }
        }
    };
    explanation.retain(|part| !part.is_empty());
    Ok(Draft {
        text: plain(&question.stem),
        key,
        topic: topic(category),
        competence: None,
        difficulty: 3,
        explanation: explanation.join("\n"),
        state: QuestionState::Active,
    })
}

/// One `=` is a single choice, several are a multiple choice in which all of them are right, and none
/// is one whose weights say what is right.
fn choice(options: &[GiftAnswer]) -> Key {
    let right = options.iter().filter(|o| o.correct).count();
    let share = |option: &GiftAnswer| match option.weight {
        Some(weight) => weight / 100.0,
        None if option.correct => 1.0 / right as f64,
        None => 0.0,
    };
    let one = |option: &GiftAnswer| Choice {
        text: plain(&option.text),
        share: share(option),
        feedback: option.feedback.as_ref().map(plain).unwrap_or_default(),
    };
    let choices = options.iter().map(one).collect();
    if right == 1 { Key::Single { options: choices } } else { Key::Multiple { options: choices } }
}

/// The topic that a category means: its path without what only Moodle understands.
fn topic(category: &str) -> String {
    let parts = category.split('/').map(str::trim);
    let meant = parts.filter(|part| !part.is_empty() && !part.starts_with('$') && *part != "top");
    let topic = meant.collect::<Vec<_>>().join(" / ");
    topic.chars().take(100).collect()
}

/// A text as people read it. HTML loses its tags: paragraphs become lines, pictures are named.
pub(super) fn plain(text: &GiftText) -> String {
    if text.format == GiftFormat::Html { without_tags(&text.text) } else { text.text.clone() }
}

fn without_tags(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        plain.push_str(&entities(&rest[..open]));
        let after = &rest[open + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let (end, tag) = match (is_tag, after.strip_prefix("!--")) {
            (true, Some(_)) => (after.find("-->").map(|end| end + 3), ""),
            (true, None) => {
                let end = after.find('>');
                (end.map(|end| end + 1), &after[..end.unwrap_or(0)])
            }
            (false, _) => (None, ""),
        };
        let Some(end) = end else {
            // No tag, or one that never ends: it stands for itself. What cannot end once cannot end later.
            plain.push('<');
            if is_tag {
                plain.push_str(&entities(after));
                rest = "";
                break;
            }
            rest = after;
            continue;
        };
        plain.push_str(shown(tag));
        rest = &after[end..];
    }
    plain.push_str(&entities(rest));
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// What is seen of a tag.
fn shown(tag: &str) -> &'static str {
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next();
    match name.unwrap_or_default().to_ascii_lowercase().as_str() {
        "p" | "br" | "div" | "li" | "tr" | "ul" | "ol" | "pre" | "h1" | "h2" | "h3" | "h4" => "\n",
        "td" | "th" => " ",
        "img" => "[图片 picture]",
        _ => "",
    }
}

fn entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // The longest entity that is known here has nine characters.
        let name = rest.char_indices().take(10).find(|(_, c)| *c == ';').map(|(end, _)| &rest[..end]);
        match name.and_then(|name| Some((name, entity(name)?))) {
            Some((name, c)) => {
                plain.push(c);
                rest = &rest[name.len() + 1..];
            }
            None => plain.push('&'),
        }
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => ' ',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "mdash" => '—',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use kexun_importers::gift::{GiftItem, parse};
    use proptest::prelude::*;

    use super::*;
    use crate::questions::check;

    fn one(text: &str) -> Result<Draft, Skip> {
        match &parse(text)[0].1 {
            GiftItem::Question(question) => draft(question, "$course$/top/售后/退换货"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn choices_are_single_or_multiple_by_what_is_right() {
        let shares = |text: &str| match one(text).unwrap().key {
            Key::Single { options } => (true, options.iter().map(|o| o.share).collect::<Vec<_>>()),
            Key::Multiple { options } => (false, options.iter().map(|o| o.share).collect()),
            other => panic!("{other:?}"),
        };
        assert_eq!(shares("Q{=a ~b ~%50%c}"), (true, vec![1.0, 0.0, 0.5]));
        assert_eq!(shares("Q{=a =b ~c}"), (false, vec![0.5, 0.5, 0.0]));
        assert_eq!(shares("Q{~%50%a ~%50%b ~%-100%c}"), (false, vec![0.5, 0.5, -1.0]));
    }

    #[test]
    fn category_and_feedback_come_along() {
        let draft = one("Q{FALSE#no#yes####see page 2}").unwrap();
        assert_eq!(draft.topic, "售后 / 退换货");
        assert_eq!(draft.explanation, "see page 2\nno\nyes");
        assert_eq!(draft.key, Key::TrueFalse { answer: false });
    }

    #[test]
    fn what_is_not_known_says_why() {
        for text in ["Q{#5}", "Q{=a->b =c->d =e->f}", "Just text."] {
            assert!(one(text).is_err(), "{text}");
        }
    }

    #[test]
    fn html_is_read_as_people_see_it() {
        let seen = |html: &str| plain(&GiftText { format: GiftFormat::Html, text: html.into() });
        assert_eq!(
            seen("<p>7&nbsp;天 &lt;b&gt; &#20320;</p><p>a<br>b <!-- <x> -->c</p>"),
            "7 天 <b> 你\na\nb c"
        );
        assert_eq!(seen("1 < 2 <img src=x> & <unended"), "1 < 2 [图片 picture] & <unended");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_stop(html in "[<>&;#/!a-z0-9 -]{0,80}", stem in "[a-z{}=~#%>-]{0,40}") {
            without_tags(&html);
            for (_, item) in parse(&stem) {
                if let GiftItem::Question(question) = item && let Ok(draft) = draft(&question, &html) {
                    let _ = check::checked(draft);
                }
            }
        }
    }
}
