//! From lines to questions.

use super::text::{self, Sign};
use super::{GiftBody, GiftFormat, GiftItem, GiftQuestion, answers, broken};
use crate::reason::Reason;

/// The lines of one question, and what comments before it say.
#[derive(Default)]
pub(super) struct Block {
    pub line: u64,
    text: String,
    id: Option<String>,
    tags: Vec<String>,
    category: bool,
}

/// Cuts a file at blank lines. A blank line within braces does not cut, as long as the next brace is
/// the closing one: a brace that was forgotten costs one question, not the rest of the file.
pub(super) fn cut(text: &str) -> Vec<Block> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.lines().collect();
    let next = next_braces(&lines);
    let (mut blocks, mut block, mut open) = (Vec::new(), Block::default(), false);
    for (index, line) in lines.iter().enumerate() {
        let bare = line.trim();
        if let Some(comment) = bare.strip_prefix("//") {
            block.remember(comment);
            continue;
        }
        let closes = open && next[index] == Some('}');
        let is_category = !closes && bare.starts_with("$CATEGORY:");
        if (bare.is_empty() && !closes) || is_category {
            block.end(&mut blocks);
            open = false;
        }
        if bare.is_empty() && block.text.is_empty() {
            continue;
        }
        if block.text.is_empty() {
            block.line = index as u64 + 1;
        }
        block.text.push_str(line);
        block.text.push('\n');
        if is_category {
            block.category = true;
            block.end(&mut blocks);
            continue;
        }
        if let Some(last) = braces(line).last() {
            open = last == '{';
        }
    }
    block.end(&mut blocks);
    blocks
}

/// The braces of a line that are not escaped.
fn braces(line: &str) -> impl Iterator<Item = char> {
    let mut escaped = false;
    line.chars().filter(move |c| {
        let meant = !escaped && matches!(c, '{' | '}');
        escaped = !escaped && *c == '\\';
        meant
    })
}

/// For every line the first brace on it or after it.
fn next_braces(lines: &[&str]) -> Vec<Option<char>> {
    let mut next = vec![None; lines.len()];
    let mut ahead = None;
    for (index, line) in lines.iter().enumerate().rev() {
        if !line.trim_start().starts_with("//") {
            ahead = braces(line).next().or(ahead);
        }
        next[index] = ahead;
    }
    next
}

impl Block {
    /// Keeps what a comment says of the question that follows.
    fn remember(&mut self, comment: &str) {
        for part in comment.split('[').skip(1) {
            let Some((inner, _)) = part.split_once(']') else { continue };
            match inner.split_once(':') {
                Some(("id", id)) => self.id = Some(id.trim().to_owned()),
                Some(("tag", tag)) => self.tags.push(tag.trim().to_owned()),
                _ => {}
            }
        }
    }

    fn end(&mut self, blocks: &mut Vec<Block>) {
        if !self.text.is_empty() {
            blocks.push(std::mem::take(self));
        }
    }

    /// What the lines say.
    pub fn item(self) -> GiftItem {
        if self.category {
            let path = self.text.trim().trim_start_matches("$CATEGORY:");
            let path = text::signs(path.trim());
            return GiftItem::Category(text::plain(&path, GiftFormat::Moodle));
        }
        match question(&text::signs(self.text.trim())) {
            Ok(question) => {
                GiftItem::Question(Box::new(GiftQuestion { id: self.id, tags: self.tags, ..question }))
            }
            Err(reason) => GiftItem::Broken(reason),
        }
    }
}

fn question(signs: &[Sign]) -> Result<GiftQuestion, Reason> {
    let (title, rest) = title(signs);
    let (format, rest) = text::format(rest, GiftFormat::Moodle);
    let open = rest.iter().position(|s| s.is('{'));
    let close = rest.iter().position(|s| s.is('}'));
    let (stem, body, feedback) = match (open, close) {
        (None, None) => (rest.to_vec(), GiftBody::Description, None),
        (Some(open), Some(close)) if open < close => {
            let after = &rest[close + 1..];
            if after.iter().any(|s| s.is('{') || s.is('}')) {
                return Err(broken(
                    "two_answers",
                    "这里有两组答案（两对花括号）；题与题之间要空一行，文字里的 { 和 } 要写成 \\{ 和 \\}",
                    "there are two sets of answers in braces; put a blank line between questions, and write { and } in texts as \\{ and \\}",
                ));
            }
            let (body, feedback) = answers::body(&rest[open + 1..close], format)?;
            (with_gap(&rest[..open], after), body, feedback)
        }
        _ => {
            return Err(broken(
                "unpaired_brace",
                "花括号不成对；答案写在 { 和 } 之间，文字里的花括号要写成 \\{ 和 \\}",
                "a brace has no partner; answers stand between { and }, and braces in texts are written \\{ and \\}",
            ));
        }
    };
    let stem = super::GiftText { format, text: text::plain(&stem, format) };
    Ok(GiftQuestion { id: None, tags: Vec::new(), title, stem, body, feedback })
}

fn title(signs: &[Sign]) -> (Option<String>, &[Sign]) {
    let is_mark = |two: &[Sign]| two.iter().all(|s| s.is(':'));
    if signs.len() < 4 || !is_mark(&signs[..2]) {
        return (None, signs);
    }
    let Some(end) = text::find(&signs[2..], "::") else { return (None, signs) };
    let title = text::plain(&signs[2..2 + end], GiftFormat::Moodle);
    (Some(title).filter(|t| !t.is_empty()), &signs[end + 4..])
}

/// The text with a gap where the answer goes, if text follows it.
fn with_gap(before: &[Sign], after: &[Sign]) -> Vec<Sign> {
    let (before, after) = (text::trimmed(before), text::trimmed(after));
    if after.is_empty() {
        return before.to_vec();
    }
    let gap = if before.is_empty() { "_____ " } else { " _____ " };
    let gap: Vec<Sign> = gap.chars().map(|c| Sign { c, escaped: true }).collect();
    [before, &gap, after].concat()
}
