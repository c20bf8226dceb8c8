//! Numbers: telephone, identity, bank card.
//!
//! Digits are read in **groups** joined by one blank, hyphen, dot or bracket into **chains**; a candidate is a
//! stretch of whole groups. `138 0013 8000` is three groups and one candidate. A candidate must not be **glued**: a
//! letter, a digit, or a hyphen, dot, underscore or slash with a letter or digit behind it next to a number makes it
//! a part of something longer (SKU, tracking number, version, web address).

use super::context::{self, Topic};
use super::{Kind, Span, checks};

/// A run of digits, in characters.
#[derive(Clone, Copy, Debug)]
struct Group {
    start: usize,
    end: usize,
}

/// More groups than any number has: eighteen digits one by one.
const MOST_GROUPS: usize = 19;
/// More digits than any number has: a card of 19.
const MOST_DIGITS: usize = 19;

pub(super) fn find(chars: &[char], spans: &mut Vec<Span>) {
    for chain in chains(chars) {
        let mut first = 0;
        while first < chain.len() {
            let found = (first + 1..=chain.len().min(first + MOST_GROUPS)).rev().find_map(|end| {
                let candidate = Candidate::new(chars, &chain, first, end)?;
                Some((end, candidate.judge()?))
            });
            first = match found {
                Some((end, span)) => {
                    spans.push(span);
                    end
                }
                None => first + 1,
            };
        }
    }
}

/// The chains of a text: groups with at most one joint between them, or a bracket and a joint.
fn chains(chars: &[char]) -> Vec<Vec<Group>> {
    let mut chains: Vec<Vec<Group>> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && chars[at].is_ascii_digit() {
            at += 1;
        }
        let group = Group { start, end: at };
        match chains.last_mut() {
            Some(chain) if chain.last().is_some_and(|last| joins(&chars[last.end..start])) => {
                chain.push(group)
            }
            _ => chains.push(vec![group]),
        }
    }
    chains
}

fn joins(between: &[char]) -> bool {
    match between {
        [one] => " -._()".contains(*one),
        [one, two] => {
            matches!((one, two), (')', ' ' | '-') | (' ' | '-', '(') | (' ', '-' | ' ') | ('-', ' ' | '-'))
        }
        [' ', '-', ' '] => true,
        _ => false,
    }
}

/// Groups `first..end` of a chain, read as one number.
struct Candidate<'a> {
    chars: &'a [char],
    chain: &'a [Group],
    first: usize,
    last: usize,
    digits: Vec<u8>,
    start: usize,
    end: usize,
}

impl<'a> Candidate<'a> {
    fn new(chars: &'a [char], chain: &'a [Group], first: usize, end: usize) -> Option<Candidate<'a>> {
        let groups = &chain[first..end];
        let count: usize = groups.iter().map(|group| group.end - group.start).sum();
        if !(7..=MOST_DIGITS).contains(&count) {
            return None;
        }
        let digits = groups
            .iter()
            .flat_map(|group| &chars[group.start..group.end])
            .map(|&digit| digit as u8 - b'0')
            .collect();
        let (start, stop) = (chain[first].start, chain[end - 1].end);
        Some(Candidate { chars, chain, first, last: end - 1, digits, start, end: stop })
    }

    /// What the number is, if it is personal. The surest form is tried first.
    fn judge(&self) -> Option<Span> {
        self.identity().or_else(|| self.card()).or_else(|| self.mobile()).or_else(|| self.landline())
    }

    /// The number up to `end`, with the sign of a country code and the bracket around a code.
    fn span(&self, kind: Kind, end: usize) -> Option<Span> {
        let before = |start: usize, sign: char| start > 0 && self.chars[start - 1] == sign;
        let coded = self.digits.starts_with(&[8, 6]);
        let mut start = self.start - usize::from(coded && before(self.start, '+'));
        start -= usize::from(before(start, '(') && self.chars[start..end].contains(&')'));
        Some(Span { kind, start, end })
    }

    fn before(&self) -> Option<Topic> {
        context::directly_before(self.chars, self.start, self.digits.len())
    }

    /// Whether the words around say that the number is no one's.
    fn is_other(&self) -> bool {
        self.before() == Some(Topic::Other) || context::other_behind(self.chars, self.end)
    }

    /// The check digit, the date and the province together leave one chance in some 20,000 for a number that is none,
    /// so the words around are not asked. Where the words say identity, a mistyped check digit does not help either.
    fn identity(&self) -> Option<Span> {
        let mut digits = self.digits.clone();
        let mut end = self.end;
        if digits.len() == 17 {
            end = match self.chars[end..] {
                ['X' | 'x', ..] => end + 1,
                [' ' | '-', 'X' | 'x', ..] => end + 2,
                _ => return None,
            };
            digits.push(10);
        }
        if self.is_glued(end) {
            return None;
        }
        let says_so = || context::near_before(self.chars, self.start, Topic::Identity);
        let is = checks::is_identity(&digits)
            || (checks::is_identity_form(&digits) && self.before() == Some(Topic::Identity))
            || (checks::is_old_identity(&digits) && says_so() && !self.is_other());
        is.then_some(Span { kind: Kind::Identity, start: self.start, end })
    }

    /// Prefix, length and check digit; where the words say card, two of the three.
    fn card(&self) -> Option<Span> {
        let long = (16..=19).contains(&self.digits.len());
        let amex = checks::is_amex_prefix(&self.digits);
        if !(long || amex) || self.is_glued(self.end) || self.groups().rev().skip(1).any(|len| len < 3) {
            return None;
        }
        let says_so = context::near_before(self.chars, self.start, Topic::Card);
        let known = checks::is_card_prefix(&self.digits);
        let luhn = checks::is_luhn(&self.digits);
        let is = (known && luhn) || (says_so && (known || luhn));
        if is && !self.is_other() { self.span(Kind::BankCard, self.end) } else { None }
    }

    fn mobile(&self) -> Option<Span> {
        let prefix = match self.digits.len() {
            11 => 0,
            12 if self.digits[0] == 0 => 1,
            13 if self.digits.starts_with(&[8, 6]) => 2,
            14 if self.digits.starts_with(&[0, 8, 6]) => 3,
            15 if self.digits.starts_with(&[0, 0, 8, 6]) => 4,
            _ => return None,
        };
        if !checks::is_mobile(&self.digits[prefix..]) || self.is_glued(self.end) {
            return None;
        }
        let before = self.before();
        let shaped = self.is_mobile_shape(prefix);
        if !shaped && before != Some(Topic::Phone) {
            return None;
        }
        let plus = self.start > 0 && self.chars[self.start - 1] == '+';
        if plus && prefix == 2 {
            return self.span(Kind::Mobile, self.end);
        }
        let other = before == Some(Topic::Other)
            || (before != Some(Topic::Phone) && context::other_behind(self.chars, self.end));
        if other { None } else { self.span(Kind::Mobile, self.end) }
    }

    /// Whether the groups are cut as people cut a mobile number. `15 200 100 300` is a list of sizes.
    fn is_mobile_shape(&self, prefix: usize) -> bool {
        let mut shape: Vec<usize> = self.groups().collect();
        if shape.len() > 1 && shape[0] == prefix {
            shape.remove(0);
        } else {
            shape[0] -= prefix;
        }
        matches!(
            shape.as_slice(),
            [11] | [3, 4, 4]
                | [4, 4, 3]
                | [4, 3, 4]
                | [3, 3, 5]
                | [5, 3, 3]
                | [3, 3, 3, 2]
                | [3, 8]
                | [7, 4]
                | [5, 6]
                | [3, 2, 2, 2, 2]
                | [3, 2, 2, 4]
                | [3, 4, 2, 2]
        ) || shape.iter().all(|len| *len == 1)
    }

    /// With an area code wherever it stands; seven or eight digits alone only directly behind 电话 and the like.
    fn landline(&self) -> Option<Span> {
        if self.is_other() || self.groups().any(|len| len < 2) {
            return None;
        }
        let mut digits = self.digits.as_slice();
        let mut end = self.end;
        let mut groups = self.groups().count();
        let mut owned;
        if digits.starts_with(&[8, 6]) && digits.len() >= 11 {
            owned = digits[1..].to_vec();
            owned[0] = 0;
            if digits[2] == 0 {
                owned.remove(0);
            }
            digits = &owned;
            groups -= usize::from(self.groups().next() == Some(2));
        }
        let local = match checks::area_code(digits) {
            Some(len) if groups <= 3 && checks::is_subscriber(&digits[len..], len) => true,
            _ => {
                groups <= 2
                    && matches!(digits, [2..=8, ..])
                    && matches!(digits.len(), 7 | 8)
                    && self.before() == Some(Topic::Phone)
            }
        };
        if !local {
            return None;
        }
        if let Some(extension) = self.extension() {
            end = extension.end;
        } else if self.is_glued(end) {
            return None;
        }
        self.span(Kind::Landline, end)
    }

    /// A switchboard's extension: a group of up to five digits behind a hyphen, the last of its chain.
    fn extension(&self) -> Option<Group> {
        let next = *self.chain.get(self.last + 1)?;
        let hyphen = self.chars[self.end..next.start] == ['-'];
        let short = (2..=5).contains(&(next.end - next.start));
        let last = self.last + 2 == self.chain.len()
            && !self.chars.get(next.end).is_some_and(char::is_ascii_alphanumeric);
        (hyphen && short && last).then_some(next)
    }

    /// The lengths of the groups.
    fn groups(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.chain[self.first..=self.last].iter().map(|group| group.end - group.start)
    }

    /// Whether the number that ends at `end` is a part of something longer.
    fn is_glued(&self, end: usize) -> bool {
        self.is_glued_left()
            || is_glued_right(self.chars, end)
            || self.is_in_row()
            || is_in_web_address(self.chars, self.start)
    }

    fn is_glued_left(&self) -> bool {
        match self.chars[..self.start] {
            [.., last] if last.is_ascii_alphabetic() => self.before() != Some(Topic::Phone),
            [.., last, '-' | '.' | '_' | '/'] if last.is_ascii_alphabetic() => {
                self.before() != Some(Topic::Phone)
            }
            [.., last, '-' | '.' | '_'] => last.is_ascii_digit(),
            [.., '¥' | '$' | '#' | '%' | '⟧'] => true,
            _ => false,
        }
    }

    /// Whether a number in groups stands in a longer row of groups of its kind, so that its ends are a guess:
    /// `36 37 38 39 40`. A neighbour as long as a whole number is the next number.
    fn is_in_row(&self) -> bool {
        if self.first == self.last {
            return false;
        }
        let near = |group: &Group| {
            (3..=6).contains(&(group.end - group.start))
                || (group.end - group.start == 1 && self.groups().all(|len| len == 1))
        };
        let left = self.first.checked_sub(1).and_then(|place| self.chain.get(place)).is_some_and(near);
        let right = self.chain.get(self.last + 1).is_some_and(near);
        left || right
    }
}

fn is_glued_right(chars: &[char], end: usize) -> bool {
    match chars[end..] {
        [next, ..] if next.is_ascii_alphabetic() || next == '%' => true,
        ['-' | '.' | '_', next, ..] => next.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Whether the number stands in a web address, other than as a telephone.
fn is_in_web_address(chars: &[char], at: usize) -> bool {
    let mut start = at;
    // A web address before the number is not longer than this in a chat that matters.
    while start > 0 && at - start < 300 && chars[start - 1].is_ascii_graphic() {
        start -= 1;
    }
    let word: String = chars[start..at].iter().map(char::to_ascii_lowercase).collect();
    (word.contains("://") || word.contains("www.") || word.ends_with("id="))
        && !["tel=", "phone=", "mobile=", "tel:"].iter().any(|key| word.ends_with(key))
}
