//! What an answer earns. Pure.

use super::body::{Accepted, Choice, Key, Response};

/// Which part of a question's points an answer earns, 0 to 1; none: a person must look at it. A blank
/// answer, and one that does not belong to the kind of question, earns nothing.
pub fn mark(key: &Key, response: &Response) -> Option<f64> {
    let share = match (key, response) {
        (Key::ShortAnswer { .. }, Response::ShortAnswer { .. }) => {
            return blank(response).then_some(0.0);
        }
        (Key::Single { options }, Response::Single { option: Some(chosen) }) => {
            options.get(usize::from(*chosen)).map_or(0.0, |option| option.share)
        }
        (Key::Multiple { options }, Response::Multiple { options: chosen }) => {
            let earned: f64 =
                chosen.iter().filter_map(|n| options.get(usize::from(*n))).map(|option| option.share).sum();
            // Three times 33.33 % is everything.
            earned / best(options)
        }
        (Key::TrueFalse { answer }, Response::TrueFalse { answer: Some(said) }) => {
            f64::from(u8::from(answer == said))
        }
        (Key::FillIn { accepted, case_sensitive }, Response::FillIn { text }) => {
            written(accepted, *case_sensitive, text)
        }
        _ => 0.0,
    };
    Some(if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 })
}

/// Whether nothing was answered, or the answer taken back.
pub fn blank(response: &Response) -> bool {
    match response {
        Response::Single { option } => option.is_none(),
        Response::Multiple { options } => options.is_empty(),
        Response::TrueFalse { answer } => answer.is_none(),
        Response::FillIn { text } | Response::ShortAnswer { text } => text.trim().is_empty(),
    }
}

/// Whether an answer can be one to this question: of its kind, and naming options that there are.
pub fn fits(key: &Key, response: &Response) -> bool {
    match (key, response) {
        (Key::Single { options }, Response::Single { option }) => {
            option.is_none_or(|n| usize::from(n) < options.len())
        }
        (Key::Multiple { options }, Response::Multiple { options: chosen }) => {
            chosen.iter().all(|n| usize::from(*n) < options.len())
        }
        (Key::TrueFalse { .. }, Response::TrueFalse { .. })
        | (Key::FillIn { .. }, Response::FillIn { .. })
        | (Key::ShortAnswer { .. }, Response::ShortAnswer { .. }) => true,
        _ => false,
    }
}

/// What all right options of a multiple choice add up to.
fn best(options: &[Choice]) -> f64 {
    options.iter().map(|option| option.share.max(0.0)).sum()
}

fn written(accepted: &[Accepted], case_sensitive: bool, text: &str) -> f64 {
    let said = folded(text, case_sensitive);
    if said.is_empty() {
        return 0.0;
    }
    let matching = accepted.iter().filter(|a| matches(&folded(&a.text, case_sensitive), &said));
    // The first that fits counts: a catch-all at the end does not spoil those before it.
    matching.map(|a| a.share).next().unwrap_or(0.0)
}

/// A written answer as it is compared: full-width letters and digits as plain ones, no space around it,
/// one space for several, and upper case as lower case where that does not matter.
fn folded(text: &str, case_sensitive: bool) -> Vec<char> {
    let plain = text.chars().map(|c| match c {
        '\u{3000}' => ' ',
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let mut folded: Vec<char> = Vec::with_capacity(text.len());
    for c in plain {
        if c == ' ' && folded.last().is_none_or(|last| *last == ' ') {
            continue;
        }
        if case_sensitive { folded.push(c) } else { folded.extend(c.to_lowercase()) }
    }
    if folded.last() == Some(&' ') {
        folded.pop();
    }
    folded
}

/// Whether a text is what a pattern describes: `*` stands for any characters, `\*` for a star. Takes
/// time in proportion to the product of the lengths at most.
fn matches(pattern: &[char], text: &[char]) -> bool {
    let pattern = tokens(pattern);
    let (mut p, mut t) = (0, 0);
    // The last star, and where in the text what follows it was tried.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(None) => {
                retry = Some((p, t));
                p += 1;
            }
            Some(Some(c)) if *c == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((star, tried)) = retry else { return false };
                retry = Some((star, tried + 1));
                p = star + 1;
                t = tried + 1;
            }
        }
    }
    pattern[p..].iter().all(Option::is_none)
}

/// Characters that must stand there; none: a star.
fn tokens(pattern: &[char]) -> Vec<Option<char>> {
    let mut tokens = Vec::with_capacity(pattern.len());
    let mut rest = pattern.iter().copied().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.peek() == Some(&'*') => tokens.push(rest.next()),
            '*' => tokens.push(None),
            c => tokens.push(Some(c)),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn options(shares: &[f64]) -> Vec<Choice> {
        let option = |(n, share): (usize, &f64)| Choice {
            text: format!("option {n}"),
            share: *share,
            feedback: String::new(),
        };
        shares.iter().enumerate().map(option).collect()
    }

    fn accepted(texts: &[(&str, f64)]) -> Key {
        let one = |(text, share): &(&str, f64)| Accepted {
            text: (*text).into(),
            share: *share,
            feedback: String::new(),
        };
        Key::FillIn { accepted: texts.iter().map(one).collect(), case_sensitive: false }
    }

    fn said(key: &Key, text: &str) -> f64 {
        mark(key, &Response::FillIn { text: text.into() }).unwrap()
    }

    #[test]
    fn a_choice_earns_its_share() {
        let single = Key::Single { options: options(&[0.0, 1.0, 0.5, -0.5]) };
        let chosen = |option| mark(&single, &Response::Single { option });
        assert_eq!(chosen(Some(1)), Some(1.0));
        assert_eq!(chosen(Some(2)), Some(0.5));
        for nothing in [Some(0), Some(3), Some(99), None] {
            assert_eq!(chosen(nothing), Some(0.0));
        }
    }

    #[test]
    fn wrong_options_of_a_multiple_choice_take_away_down_to_nothing() {
        let thirds = Key::Multiple { options: options(&[0.333_33, 0.333_33, -1.0, 0.333_33]) };
        let chosen = |numbers: &[u16]| {
            mark(&thirds, &Response::Multiple { options: numbers.iter().copied().collect() }).unwrap()
        };
        assert!((chosen(&[0, 1, 3]) - 1.0).abs() < 1e-12);
        assert!((chosen(&[0, 3]) - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(chosen(&[0, 1, 2, 3]), 0.0);
        assert_eq!(chosen(&[]), 0.0);
    }

    #[test]
    fn what_is_written_is_compared_as_a_person_would() {
        let key = accepted(&[("no one", 1.0), ("nobody*", 0.5), (r"5 \* 4", 1.0), ("*", 0.1)]);
        assert_eq!(said(&key, "  No   One "), 1.0);
        assert_eq!(said(&key, "ＮＯ　ＯＮＥ"), 1.0);
        assert_eq!(said(&key, "nobody at all"), 0.5);
        assert_eq!(said(&key, "5 * 4"), 1.0);
        assert_eq!(said(&key, "5 x 4"), 0.1);
        assert_eq!(said(&key, "   "), 0.0);
        let strict = Key::FillIn {
            accepted: vec![Accepted { text: "SKU".into(), share: 1.0, feedback: String::new() }],
            case_sensitive: true,
        };
        assert_eq!((said(&strict, "SKU"), said(&strict, "sku")), (1.0, 0.0));
    }

    #[test]
    fn sentences_need_a_person_unless_there_are_none() {
        let key = Key::ShortAnswer { model: String::new(), rubric: String::new() };
        assert_eq!(mark(&key, &Response::ShortAnswer { text: "因为".into() }), None);
        assert_eq!(mark(&key, &Response::ShortAnswer { text: " \n".into() }), Some(0.0));
        assert_eq!(mark(&key, &Response::Single { option: Some(0) }), Some(0.0));
        assert!(!fits(&key, &Response::Single { option: None }));
    }

    #[test]
    fn a_hostile_pattern_takes_no_time() {
        let pattern: Vec<char> = "*a".repeat(2_000).chars().collect();
        let text: Vec<char> = "a".repeat(1_999).chars().collect();
        assert!(!matches(&pattern, &text));
    }

    proptest! {
        #[test]
        fn a_star_means_what_it_says(parts in proptest::collection::vec("[ab]{0,3}", 1..5), text in "[ab]{0,10}") {
            // Slow and plainly right: the parts in order, the first at the start, the last at the end.
            fn slow(parts: &[String], text: &str, first: bool) -> bool {
                let Some((part, rest)) = parts.split_first() else { return text.is_empty() };
                let at: Vec<usize> = if first { vec![0] } else { (0..=text.len()).collect() };
                at.into_iter().any(|i| {
                    text[i..].strip_prefix(part.as_str()).is_some_and(|after| {
                        if rest.is_empty() { after.is_empty() } else { slow(rest, after, false) }
                    })
                })
            }
            let pattern: Vec<char> = parts.join("*").chars().collect();
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(matches(&pattern, &chars), slow(&parts, &text, true));
        }

        #[test]
        fn marks_lie_between_nothing_and_all(
            shares in proptest::collection::vec(-1.0..=1.0f64, 0..6),
            chosen in proptest::collection::btree_set(0u16..8, 0..6),
        ) {
            let key = Key::Multiple { options: options(&shares) };
            let chosen: BTreeSet<u16> = chosen;
            let earned = mark(&key, &Response::Multiple { options: chosen }).unwrap();
            prop_assert!((0.0..=1.0).contains(&earned));
        }
    }
}
