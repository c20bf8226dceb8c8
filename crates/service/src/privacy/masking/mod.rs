//! Personal data in the texts of conversations: where it stands, and how it is taken out and put back.
//!
//! # Words
//!
//! A **piece** is one stretch of text that says who or where a customer is: a telephone number, an identity
//! number, a bank card, an e-mail address, a postal address, a recipient's name behind a label. **Masking** replaces
//! each piece by a **placeholder** and hands the originals back apart, so that they can be kept encrypted;
//! **restoring** is its exact inverse.
//!
//! # Placeholders
//!
//! `⟦mobile⟧`, `⟦landline⟧`, `⟦id⟧`, `⟦card⟧`, `⟦email⟧`, `⟦address⟧`, `⟦name⟧` ([`Kind::placeholder`]). Nothing of the
//! original stays, no last four digits either: customers quote "尾号 1234" in the same chat, and four digits with
//! an address tell a neighbour apart. The word inside is a stable code, not a text to read; whoever shows a transcript
//! renders it in the reader's language (⟦mobile⟧ → 手机号 / mobile number). The brackets U+27E6/U+27E7 occur in
//! no input method that a customer or an agent uses; a text that contains them all the same is safe, because
//! restoring goes by position and never looks for them.
//!
//! # Invariants
//!
//! - [`find`] never panics; its ranges are on character boundaries, in order, not empty, and do not overlap.
//! - `restore(&masked.text, &masked.pieces) == text` for every text.
//! - Masking a masked text changes nothing: [`find`] repeats on the masked text until nothing new appears (taking a
//!   piece out changes the neighbourhood of the rest).
//! - Pure: no clock, no randomness, no state. The same text is masked the same way for ever, which the keyed
//!   comparison of messages on a second import relies on.
//!
//! # How the rules weigh
//!
//! Numbers whose form alone proves what they are (identity number with its check digit, e-mail) are masked wherever
//! they stand. A number that merely looks like a mobile number or card is masked unless its surroundings say
//! otherwise: glued to letters, digits or hyphens (SKU, tracking number), inside a web address, or directly behind words
//! such as 订单号 or 货号 ([`context`]). What could be anything (eight digits, fifteen digits) is masked only behind
//! words that ask for it (电话, 身份证). In doubt, a number that could reach a person is masked.
//!
//! # Cost
//!
//! Most messages hold nothing. [`gate`] passes once over the characters and counts what a piece would need; only then
//! the text is folded ([`folded`]) and the finders run.

mod address;
mod charset;
mod checks;
mod context;
mod email;
mod folded;
mod gate;
mod markers;
mod names;
mod numbers;
mod places;
mod spoken;

use std::ops::Range;

use folded::Folded;

/// What a piece of personal data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Mainland mobile number, 11 digits, with or without country code.
    Mobile,
    /// Fixed-line number with area code, or without one where the text says that it is a telephone.
    Landline,
    /// Resident identity number, 18 characters (GB 11643-1999) or the old 15 digits.
    Identity,
    /// Bank card number, 15 to 19 digits (ISO/IEC 7812).
    BankCard,
    /// E-mail address.
    Email,
    /// Postal address precise to a house, a building, a village or a housing estate.
    Address,
    /// A person's name behind a label such as 收货人.
    Name,
}

impl Kind {
    /// Every kind, in the order of their declaration.
    pub const ALL: [Kind; 7] = [
        Kind::Mobile,
        Kind::Landline,
        Kind::Identity,
        Kind::BankCard,
        Kind::Email,
        Kind::Address,
        Kind::Name,
    ];

    /// The stable code, as stored and as it stands inside the placeholder.
    pub const fn code(self) -> &'static str {
        let placeholder = self.placeholder();
        // Both brackets take three bytes in UTF-8.
        let (_, tail) = placeholder.split_at(3);
        let (code, _) = tail.split_at(tail.len() - 3);
        code
    }

    /// What stands in a masked text in the piece's stead.
    pub const fn placeholder(self) -> &'static str {
        match self {
            Kind::Mobile => "⟦mobile⟧",
            Kind::Landline => "⟦landline⟧",
            Kind::Identity => "⟦id⟧",
            Kind::BankCard => "⟦card⟧",
            Kind::Email => "⟦email⟧",
            Kind::Address => "⟦address⟧",
            Kind::Name => "⟦name⟧",
        }
    }

    /// The kind with this [`Kind::code`], if there is one.
    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A piece of personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Where it stands, in bytes of the text; both ends on character boundaries.
    pub range: Range<usize>,
}

/// A piece that was taken out of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedPiece {
    /// What it is.
    pub kind: Kind,
    /// Where its placeholder begins, in bytes of the masked text.
    pub start: usize,
    /// How long its placeholder is, in bytes.
    pub len: usize,
    /// What stood there.
    pub original: String,
}

/// A text without its personal data, and the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text with placeholders.
    pub text: String,
    /// What was taken out, in the order of the text.
    pub pieces: Vec<MaskedPiece>,
}

/// The personal data in a text, in the order of the text, without overlaps.
pub fn find(text: &str) -> Vec<Piece> {
    let mut pieces = find_once(text);
    if pieces.is_empty() {
        return pieces;
    }
    loop {
        let masked = replace(text, &pieces);
        let more = find_once(&masked.text);
        if more.is_empty() {
            return pieces;
        }
        let before = covered(&pieces);
        let ends: Vec<usize> = pieces.iter().map(|piece| piece.range.end).collect();
        let stood = |at: usize| unmasked(&masked.pieces, &ends, at);
        for piece in more {
            let range = stood(piece.range.start).start..stood(piece.range.end.saturating_sub(1)).end;
            swallow(&mut pieces, Piece { range, ..piece });
        }
        // A piece that is nothing but what was masked already would be found for ever.
        if covered(&pieces) == before {
            return pieces;
        }
    }
}

/// How many bytes the pieces hold.
fn covered(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.range.len()).sum()
}

/// Adds a piece to those that are there, in order. Those that it reaches into become a part of it: what was found
/// around a placeholder holds what stood there.
fn swallow(pieces: &mut Vec<Piece>, mut piece: Piece) {
    let first = pieces.partition_point(|other| other.range.end <= piece.range.start);
    let last = pieces.partition_point(|other| other.range.start < piece.range.end);
    if let (Some(one), Some(other)) = (pieces.get(first), last.checked_sub(1).and_then(|at| pieces.get(at)))
        && first < last
    {
        piece.range = piece.range.start.min(one.range.start)..piece.range.end.max(other.range.end);
    }
    pieces.splice(first..last.max(first), [piece]);
}

/// The text with every piece of personal data replaced by its placeholder.
pub fn mask(text: &str) -> Masked {
    replace(text, &find(text))
}

/// What [`mask`] makes of a text that holds personal data; none where it holds nothing, which most texts do.
pub fn mask_if_personal(text: &str) -> Option<Masked> {
    let pieces = find(text);
    (!pieces.is_empty()).then(|| replace(text, &pieces))
}

/// Puts the originals back: the exact inverse of [`mask`]. With some of the pieces only, the others stay masked.
///
/// `pieces` must be in the order of the text. A piece that does not lie inside the text, behind the one before it,
/// cannot come from [`mask`] and is left out.
pub fn restore(masked_text: &str, pieces: &[MaskedPiece]) -> String {
    let mut text = String::with_capacity(masked_text.len() * 2);
    let mut done = 0;
    for piece in pieces {
        let end = piece.start.saturating_add(piece.len);
        let (Some(before), true) = (masked_text.get(done..piece.start), masked_text.is_char_boundary(end))
        else {
            continue;
        };
        text.push_str(before);
        text.push_str(&piece.original);
        done = end;
    }
    text.push_str(&masked_text[done..]);
    text
}

/// One pass of all finders. Where two claim the same place, the surer one has it.
fn find_once(text: &str) -> Vec<Piece> {
    let may_hold = gate::look(text);
    if !may_hold.anything() {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let mut kept = Vec::new();
    let finders: [(bool, Finder); 5] = [
        (may_hold.email, email::find),
        (may_hold.numbers, numbers::find),
        (may_hold.numbers, spoken::find),
        (may_hold.address, address::find),
        (may_hold.name, names::find),
    ];
    for (_, find) in finders.into_iter().filter(|(may, _)| *may) {
        let mut spans = Vec::new();
        find(&folded.chars, &mut spans);
        spans.retain(|span| is_free(&kept, span));
        kept.extend(spans);
        kept.sort_unstable_by_key(|span| span.start);
    }
    let mut pieces = Vec::with_capacity(kept.len());
    for span in kept {
        // What one finder claims twice, or two characters of the folded text that were one, become one piece.
        swallow(&mut pieces, Piece { kind: span.kind, range: folded.bytes(span.start, span.end) });
    }
    pieces
}

/// Adds the pieces of some kinds, in the order of the text and without overlaps.
type Finder = fn(&[char], &mut Vec<Span>);

/// Whether the place of a span is not taken by those kept, which are in order.
fn is_free(kept: &[Span], span: &Span) -> bool {
    let next = kept.partition_point(|other| other.end <= span.start);
    kept.get(next).is_none_or(|other| span.end <= other.start)
}

/// A piece in characters of the folded text.
#[derive(Clone, Copy, Debug)]
struct Span {
    kind: Kind,
    start: usize,
    end: usize,
}

fn replace(text: &str, pieces: &[Piece]) -> Masked {
    let mut masked =
        Masked { text: String::with_capacity(text.len()), pieces: Vec::with_capacity(pieces.len()) };
    let mut done = 0;
    for piece in pieces {
        masked.text.push_str(&text[done..piece.range.start]);
        let placeholder = piece.kind.placeholder();
        masked.pieces.push(MaskedPiece {
            kind: piece.kind,
            start: masked.text.len(),
            len: placeholder.len(),
            original: text[piece.range.clone()].to_owned(),
        });
        masked.text.push_str(placeholder);
        done = piece.range.end;
    }
    masked.text.push_str(&text[done..]);
    masked
}

/// Where the byte at a place of the masked text stood in the original: one byte, or the whole piece whose
/// placeholder is there. `ends` are the ends of the pieces in the original.
fn unmasked(pieces: &[MaskedPiece], ends: &[usize], at: usize) -> Range<usize> {
    let before = pieces.partition_point(|piece| piece.start + piece.len <= at);
    let (end, stood) = before.checked_sub(1).map_or((0, 0), |last| {
        let last_piece = &pieces[last];
        (last_piece.start + last_piece.len, ends[last])
    });
    let shift = |at: usize| at - end + stood;
    match pieces.get(before).filter(|piece| piece.start <= at) {
        Some(piece) => shift(piece.start)..shift(piece.start) + piece.original.len(),
        None => shift(at)..shift(at + 1),
    }
}
