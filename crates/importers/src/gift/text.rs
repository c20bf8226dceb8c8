//! Characters that know whether they were escaped, and texts made of them.

use super::{GiftFormat, GiftText};

/// A character of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub c: char,
    /// Stands for itself, whatever it would mean.
    pub escaped: bool,
}

impl Sign {
    /// Whether it is this control character.
    pub fn is(self, c: char) -> bool {
        !self.escaped && self.c == c
    }

    fn is_space(self) -> bool {
        !self.escaped && self.c.is_whitespace()
    }
}

/// The characters of a text, with escapes resolved. A backslash before anything that needs none
/// stands for itself.
pub(super) fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = if c == '\\' { rest.peek().copied() } else { None };
        let meant = match next {
            Some('n') => Some('\n'),
            Some(next @ ('~' | '=' | '#' | '{' | '}' | ':' | '[' | ']' | '\\')) => Some(next),
            _ => None,
        };
        match meant {
            Some(meant) => {
                rest.next();
                signs.push(Sign { c: meant, escaped: true });
            }
            None => signs.push(Sign { c, escaped: false }),
        }
    }
    signs
}

/// Without the spaces around it.
pub(super) fn trimmed(mut signs: &[Sign]) -> &[Sign] {
    while let [first, rest @ ..] = signs
        && first.is_space()
    {
        signs = rest;
    }
    while let [rest @ .., last] = signs
        && last.is_space()
    {
        signs = rest;
    }
    signs
}

/// Where a mark made of unescaped characters stands.
pub(super) fn find(signs: &[Sign], mark: &str) -> Option<usize> {
    let mark: Vec<char> = mark.chars().collect();
    signs.windows(mark.len()).position(|w| w.iter().zip(&mark).all(|(sign, c)| sign.is(*c)))
}

/// Takes a format off the beginning; `inherited` where none is named.
pub(super) fn format(signs: &[Sign], inherited: GiftFormat) -> (GiftFormat, &[Sign]) {
    const NAMES: [(&str, GiftFormat); 4] = [
        ("[html]", GiftFormat::Html),
        ("[markdown]", GiftFormat::Markdown),
        ("[plain]", GiftFormat::Plain),
        ("[moodle]", GiftFormat::Moodle),
    ];
    let signs = trimmed(signs);
    let begins = |name: &str| signs.len() >= name.len() && name.chars().zip(signs).all(|(c, s)| s.is(c));
    let named = NAMES.iter().find(|(name, _)| begins(name));
    named.map_or((inherited, signs), |(name, format)| (*format, trimmed(&signs[name.len()..])))
}

/// Characters as a text of a format. Where line breaks mean nothing, white space is one space.
pub(super) fn plain(signs: &[Sign], format: GiftFormat) -> String {
    let keeps = matches!(format, GiftFormat::Html | GiftFormat::Markdown);
    let mut text = String::with_capacity(signs.len());
    let mut space = false;
    for sign in trimmed(signs) {
        if !keeps && sign.is_space() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            text.push(' ');
        }
        text.push(sign.c);
    }
    text
}

/// A text with the format that it names, or inherits.
pub(super) fn text(signs: &[Sign], inherited: GiftFormat) -> GiftText {
    let (format, signs) = format(signs, inherited);
    GiftText { format, text: plain(signs, format) }
}

/// The same where blank is none.
pub(super) fn text_opt(signs: &[Sign], inherited: GiftFormat) -> Option<GiftText> {
    Some(text(signs, inherited)).filter(|text| !text.text.is_empty())
}
