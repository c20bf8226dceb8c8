//! E-mail addresses: found from the @ outwards.
//!
//! A local part of ASCII letters, digits and `._%+-`, a domain of labels that ends in letters. `icon@2x.png` and
//! `vue@5.0.8` have the same form up to the end; a domain that ends like a file or in a digit is none. One blank on
//! either side of the @ and a Chinese full stop before com or cn are typing habits and are followed.

use super::{Kind, Span};

/// Endings that are files, not domains.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "js", "css"];

pub(super) fn find(chars: &[char], spans: &mut Vec<Span>) {
    let mut floor = 0;
    for at in 0..chars.len() {
        if chars[at] != '@' || at < floor {
            continue;
        }
        if let (Some(start), Some(end)) = (local_start(&chars[..at], floor), domain_end(chars, at + 1)) {
            spans.push(Span { kind: Kind::Email, start, end });
            floor = end;
        }
    }
}

fn local_start(before: &[char], floor: usize) -> Option<usize> {
    let end = match before {
        [.., last, ' '] if last.is_ascii_alphanumeric() => before.len() - 1,
        _ => before.len(),
    };
    let mut start = end;
    // RFC 5321 allows 64 characters.
    while start > floor
        && end - start < 64
        && (before[start - 1].is_ascii_alphanumeric() || "._%+-".contains(before[start - 1]))
    {
        start -= 1;
    }
    while start < end && !before[start].is_ascii_alphanumeric() {
        start += 1;
    }
    (start < end).then_some(start)
}

fn domain_end(chars: &[char], mut at: usize) -> Option<usize> {
    if chars.get(at) == Some(&' ') {
        at += 1;
    }
    let mut end = None;
    let mut labels = 0;
    loop {
        let start = at;
        while at < chars.len() && at - start < 63 && (chars[at].is_ascii_alphanumeric() || chars[at] == '-') {
            at += 1;
        }
        let label = &chars[start..at];
        if label.is_empty() {
            break;
        }
        labels += 1;
        let letters: String = label.iter().map(char::to_ascii_lowercase).collect();
        if labels > 1 {
            let ending = letters.len() >= 2
                && label.iter().all(char::is_ascii_alphabetic)
                && !FILES.contains(&letters.as_str());
            end = if ending { Some(at) } else { None };
        }
        match chars.get(at) {
            Some('.') => {}
            Some('。') if ["com", "cn", "net"].iter().any(|top| starts_with(&chars[at + 1..], top)) => {}
            _ => break,
        }
        if !chars.get(at + 1).is_some_and(char::is_ascii_alphanumeric) {
            break;
        }
        at += 1;
    }
    end
}

fn starts_with(chars: &[char], word: &str) -> bool {
    word.chars()
        .enumerate()
        .all(|(place, letter)| chars.get(place).is_some_and(|ch| ch.eq_ignore_ascii_case(&letter)))
}
