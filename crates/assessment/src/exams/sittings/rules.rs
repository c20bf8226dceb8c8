//! Which answers an item takes, and which of those given counts. Pure.

use std::collections::BTreeMap;

use kexun_base::{Error, Result};

use crate::papers::Sheet;
use crate::questions::body::{Key, QuestionKind, Response};

const LONGEST_FILL_IN: usize = 500;
const LONGEST_SHORT_ANSWER: usize = 10_000;
/// Beyond this a number is no longer exact in JavaScript.
const HIGHEST_SEQ: i64 = 1 << 53;

/// What kinds of answers the items of a sheet take, in its order: `single:4,true_false`.
pub fn shapes(sheet: &Sheet) -> String {
    let shape = |key: &Key| match key {
        Key::Single { options } | Key::Multiple { options } => format!("{}:{}", key.kind(), options.len()),
        Key::TrueFalse { .. } | Key::FillIn { .. } | Key::ShortAnswer { .. } => key.kind().to_string(),
    };
    sheet.items.iter().map(|item| shape(&item.key)).collect::<Vec<_>>().join(",")
}

/// Whether item `n`, counted from 1, takes this answer.
///
/// # Errors
/// `not_found` where there is no such item, else `invalid`.
pub fn check(shapes: &str, n: i32, response: &Response, client_seq: i64) -> Result<()> {
    let shape = usize::try_from(i64::from(n) - 1).ok().and_then(|at| shapes.split(',').nth(at));
    let shape = shape.ok_or_else(|| Error::not_found("question of this exam"))?;
    let (kind, options) = shape.split_once(':').unwrap_or((shape, "0"));
    if !(0..=HIGHEST_SEQ).contains(&client_seq) {
        return Err(Error::field("client_seq", "must be from 0 to 2^53"));
    }
    let options: u16 = options.parse().unwrap_or_default();
    let (of, fits) = match response {
        Response::Single { option } => (QuestionKind::Single, option.is_none_or(|o| o < options)),
        Response::Multiple { options: chosen } => {
            (QuestionKind::Multiple, chosen.iter().all(|o| *o < options))
        }
        Response::TrueFalse { .. } => (QuestionKind::TrueFalse, true),
        Response::FillIn { text } => (QuestionKind::FillIn, text.chars().count() <= LONGEST_FILL_IN),
        Response::ShortAnswer { text } => {
            (QuestionKind::ShortAnswer, text.chars().count() <= LONGEST_SHORT_ANSWER)
        }
    };
    if of.word() != kind {
        return Err(Error::field("response", format!("question {n} takes an answer of the kind {kind}")));
    }
    if !fits {
        return Err(Error::field(
            "response",
            format!(
                "names an option that question {n} does not have, or is longer than {LONGEST_FILL_IN} \
                 characters (short answers: {LONGEST_SHORT_ANSWER})"
            ),
        ));
    }
    Ok(())
}

/// What counts of each item: its highest sequence, whatever the order of arrival.
pub fn latest<T>(log: impl IntoIterator<Item = (i32, i64, T)>) -> BTreeMap<i32, (i64, T)> {
    let mut latest: BTreeMap<i32, (i64, T)> = BTreeMap::new();
    for (item, seq, response) in log {
        if latest.get(&item).is_none_or(|(known, _)| *known < seq) {
            latest.insert(item, (seq, response));
        }
    }
    latest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const SHAPES: &str = "single:3,multiple:4,true_false,fill_in,short_answer";

    #[test]
    fn an_item_takes_answers_of_its_kind() {
        let takes = |n, response| check(SHAPES, n, &response, 1).is_ok();
        assert!(takes(1, Response::Single { option: Some(2) }));
        assert!(takes(1, Response::Single { option: None }));
        assert!(!takes(1, Response::Single { option: Some(3) }));
        assert!(!takes(1, Response::TrueFalse { answer: Some(true) }));
        assert!(takes(2, Response::Multiple { options: BTreeSet::from([0, 3]) }));
        assert!(!takes(2, Response::Multiple { options: BTreeSet::from([4]) }));
        assert!(takes(3, Response::TrueFalse { answer: None }));
        assert!(takes(4, Response::FillIn { text: "七天".into() }));
        assert!(!takes(4, Response::FillIn { text: "长".repeat(501) }));
        assert!(takes(5, Response::ShortAnswer { text: "长".repeat(501) }));
        for nowhere in [0, 6, -1, i32::MIN + 1] {
            let error = check(SHAPES, nowhere, &Response::Single { option: None }, 1).unwrap_err();
            assert_eq!(error.code, kexun_base::Code::NotFound);
        }
        assert!(check(SHAPES, 1, &Response::Single { option: None }, -1).is_err());
    }

    proptest! {
        #[test]
        fn the_highest_sequence_counts_in_any_order(
            log in proptest::collection::btree_map((1..4i32, 0..50i64), 0..1000u32, 0..60),
            at in 0..1000usize,
        ) {
            let log: Vec<_> = log.into_iter().map(|((item, seq), response)| (item, seq, response)).collect();
            let expected = latest(log.clone());
            let mut shuffled = log.clone();
            if !shuffled.is_empty() {
                shuffled.rotate_left(at % log.len());
            }
            // Each sent twice.
            shuffled.extend(log.iter().rev().copied());
            prop_assert_eq!(&latest(shuffled), &expected);
            for (item, seq, _) in log {
                prop_assert!(expected[&item].0 >= seq);
            }
        }
    }
}
