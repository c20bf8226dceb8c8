//! Reading a labelled set, and counting what was found of it.
//!
//! A line holds its pieces as `«m:13800138000»`; `x` marks a look-alike. A found piece is right if a labelled piece
//! of the same kind covers it: exactly for numbers and e-mail, for addresses with an overlap of at least 80 % of what
//! both cover together and every labelled digit inside (where an address begins in a sentence is a matter of taste; the
//! house and the room are not).

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use kexun_service::privacy::masking::{self, Kind, Piece};

/// What was found of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub labelled: usize,
    pub found: usize,
    pub right: usize,
}

impl Count {
    pub fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    pub fn recall(self) -> f64 {
        self.right as f64 / self.labelled.max(1) as f64
    }
}

/// What was found of a set.
#[derive(Debug, Default)]
pub struct Score {
    pub lines: usize,
    pub lookalikes: usize,
    /// Look-alikes that a found piece touches.
    pub mangled: usize,
    kinds: BTreeMap<Kind, Count>,
    mistakes: Vec<String>,
}

impl Score {
    pub fn total(&self) -> Count {
        self.kinds.values().fold(Count::default(), |sum, count| Count {
            labelled: sum.labelled + count.labelled,
            found: sum.found + count.found,
            right: sum.right + count.right,
        })
    }

    /// Personal pieces and look-alikes.
    pub fn labelled(&self) -> usize {
        self.total().labelled + self.lookalikes
    }

    pub fn mistakes(&self) -> String {
        self.mistakes.join("\n")
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        writeln!(
            f,
            "{} lines, {} look-alikes of which {} mangled",
            self.lines, self.lookalikes, self.mangled
        )?;
        for (name, count) in
            self.kinds.iter().map(|(kind, count)| (kind.code(), *count)).chain([("all", total)])
        {
            writeln!(
                f,
                "{name:>9}: labelled {:5} found {:5} right {:5}  precision {:.4} recall {:.4}",
                count.labelled,
                count.found,
                count.right,
                count.precision(),
                count.recall()
            )?;
        }
        Ok(())
    }
}

/// A line without its marks, and what they said.
pub struct Line {
    pub text: String,
    pub pieces: Vec<Piece>,
    pub lookalikes: Vec<Range<usize>>,
}

/// Reads a line of a labelled set.
pub fn read(line: &str) -> Line {
    let mut read = Line { text: String::new(), pieces: Vec::new(), lookalikes: Vec::new() };
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('«') {
        read.text.push_str(before);
        let (mark, after) = after.split_once('»').expect("every mark is closed");
        let (code, marked) = mark.split_once(':').expect("every mark has a kind");
        let range = read.text.len()..read.text.len() + marked.len();
        read.text.push_str(marked);
        match kind(code) {
            Some(kind) => read.pieces.push(Piece { kind, range }),
            None => read.lookalikes.push(range),
        }
        rest = after;
    }
    read.text.push_str(rest);
    read
}

/// The lines of a set; comments and empty lines left out.
pub fn lines(set: &str) -> impl Iterator<Item = Line> + '_ {
    set.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).map(read)
}

fn kind(code: &str) -> Option<Kind> {
    Some(match code {
        "m" => Kind::Mobile,
        "l" => Kind::Landline,
        "i" => Kind::Identity,
        "c" => Kind::BankCard,
        "e" => Kind::Email,
        "a" => Kind::Address,
        "n" => Kind::Name,
        "x" => return None,
        other => panic!("unknown mark {other}"),
    })
}

/// Counts what is found of a set.
pub fn score(set: &str) -> Score {
    let mut score = Score::default();
    for line in lines(set) {
        let found = masking::find(&line.text);
        score.lines += 1;
        score.lookalikes += line.lookalikes.len();
        score.mangled += line
            .lookalikes
            .iter()
            .filter(|range| found.iter().any(|piece| overlap(&piece.range, range) > 0))
            .count();
        for piece in &line.pieces {
            score.kinds.entry(piece.kind).or_default().labelled += 1;
        }
        for piece in &found {
            let count = score.kinds.entry(piece.kind).or_default();
            count.found += 1;
            count.right += usize::from(line.pieces.iter().any(|label| agree(&line.text, label, piece)));
        }
        let all_right = found.len() == line.pieces.len()
            && line.pieces.iter().all(|label| found.iter().any(|piece| agree(&line.text, label, piece)));
        if !all_right {
            let shown: Vec<String> = found
                .iter()
                .map(|piece| format!("{}:{}", piece.kind.code(), &line.text[piece.range.clone()]))
                .collect();
            score.mistakes.push(format!("{} → {}", line.text, shown.join(" | ")));
        }
    }
    score
}

fn agree(text: &str, label: &Piece, found: &Piece) -> bool {
    if label.kind != found.kind {
        return false;
    }
    if label.kind != Kind::Address {
        return label.range == found.range;
    }
    let common = overlap(&label.range, &found.range);
    let together = label.range.len() + found.range.len() - common;
    let digits_inside = text[label.range.clone()]
        .char_indices()
        .filter(|(_, ch)| ch.is_numeric())
        .all(|(at, _)| found.range.contains(&(label.range.start + at)));
    common * 5 >= together * 4 && digits_inside
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> usize {
    left.end.min(right.end).saturating_sub(left.start.max(right.start))
}
