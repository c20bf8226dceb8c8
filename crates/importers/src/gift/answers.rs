//! What stands between the braces.

use super::text::{Sign, find, text, text_opt, trimmed};
use super::{GiftAnswer, GiftBody, GiftFormat, GiftText, broken};
use crate::reason::Reason;

/// The most characters of a weight.
const LONGEST_WEIGHT: usize = 12;

/// What is to be answered, and the feedback to everybody.
pub(super) fn body(signs: &[Sign], format: GiftFormat) -> Result<(GiftBody, Option<GiftText>), Reason> {
    let (signs, feedback) = match find(signs, "####") {
        Some(at) => (&signs[..at], text_opt(&signs[at + 4..], format)),
        None => (signs, None),
    };
    let signs = trimmed(signs);
    let body = match signs.first() {
        None => GiftBody::Essay,
        Some(first) if first.is('#') => GiftBody::Numerical,
        Some(_) => match true_false(signs, format) {
            Some(body) => body,
            None => offered(signs, format)?,
        },
    };
    Ok((body, feedback))
}

fn true_false(signs: &[Sign], format: GiftFormat) -> Option<GiftBody> {
    let mut parts = signs.split(|s| s.is('#'));
    let word: String = trimmed(parts.next()?).iter().map(|s| s.c).take(6).collect();
    let answer = match word.as_str() {
        "T" | "TRUE" | "True" | "true" => true,
        "F" | "FALSE" | "False" | "false" => false,
        _ => return None,
    };
    let mut feedback = || parts.next().and_then(|part| text_opt(part, format));
    let feedback = [feedback(), feedback()];
    Some(GiftBody::TrueFalse { answer, feedback })
}

fn offered(signs: &[Sign], format: GiftFormat) -> Result<GiftBody, Reason> {
    let is_mark = |s: &Sign| s.is('=') || s.is('~');
    let Some(first) = signs.iter().position(is_mark) else {
        // One word alone needs no mark.
        return Ok(GiftBody::Short(vec![answer(true, signs, format)?]));
    };
    if first > 0 {
        return Err(broken(
            "no_mark",
            "第一个答案前要有 = 或 ~；文字里的 = 和 ~ 要写成 \\= 和 \\~",
            "the first answer has no = or ~ before it; write = and ~ in texts as \\= and \\~",
        ));
    }
    let mut pairs = true;
    let mut answers = Vec::new();
    let mut rest = signs;
    while let [mark, after @ ..] = rest {
        let end = after.iter().position(is_mark).unwrap_or(after.len());
        pairs &= mark.is('=') && find(&after[..end], "->").is_some();
        answers.push(answer(mark.is('='), &after[..end], format)?);
        rest = &after[end..];
    }
    let choice = signs.iter().any(|s| s.is('~'));
    Ok(match (choice, pairs) {
        (true, _) => GiftBody::Choice(answers),
        (false, true) => GiftBody::Matching,
        (false, false) => GiftBody::Short(answers),
    })
}

fn answer(correct: bool, signs: &[Sign], format: GiftFormat) -> Result<GiftAnswer, Reason> {
    let (weight, signs) = weight(trimmed(signs))?;
    let (said, feedback) = match signs.iter().position(|s| s.is('#')) {
        Some(at) => (&signs[..at], text_opt(&signs[at + 1..], format)),
        None => (signs, None),
    };
    Ok(GiftAnswer { correct, weight, text: text(said, format), feedback })
}

/// Takes a weight (`%50%`) off the beginning. What only looks like one is text.
fn weight(signs: &[Sign]) -> Result<(Option<f64>, &[Sign]), Reason> {
    let [first, rest @ ..] = signs else { return Ok((None, signs)) };
    let end = rest.iter().take(LONGEST_WEIGHT).position(|s| s.is('%')).filter(|_| first.is('%'));
    let Some(end) = end else { return Ok((None, signs)) };
    let number: String = rest[..end].iter().map(|s| s.c).collect();
    let Ok(number) = number.trim().parse::<f64>() else { return Ok((None, signs)) };
    if !(-100.0..=100.0).contains(&number) {
        return Err(broken(
            "weight",
            "答案的百分比要在 -100 到 100 之间",
            "the weight of an answer lies between -100 and 100 per cent",
        ));
    }
    Ok((Some(number), &rest[end + 1..]))
}
