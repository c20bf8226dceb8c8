//! Joining what an import brings with what is known, and taking an import out again. Pure.
//!
//! The result depends on the set of items alone, not on the order, number or time of the imports
//! that brought them (a property test says so); only ties do: items of the same instant stand by
//! import, then by row.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::ConversationId;
use super::dossier::{Contact, Dossier, Message, RatingNote, Source};
use crate::kpi::rules::split_by_silence;

/// What an import brings to one group. Sources of the items are filled in by [`add`].
#[derive(Debug, Clone, Default)]
pub struct Arrivals {
    /// Messages with their rows, in the order of the file; `ident` without the how-manieth.
    pub messages: Vec<(u64, Message)>,
    /// Contact notes with their rows.
    pub contacts: Vec<(u64, Contact)>,
    /// Ratings with their rows.
    pub ratings: Vec<(u64, RatingNote)>,
}

impl Arrivals {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.messages.len() + self.contacts.len() + self.ratings.len()
    }
}

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that brought something new.
    pub imported: u64,
    /// Rows that were known already.
    pub unchanged: u64,
    /// Rows whose `message_id` is known with another time, sender or text.
    pub contradicting: Vec<u64>,
}

/// Adds an import's arrivals to a dossier. `by_id` says whether the messages are told apart by the
/// source's own message ids (then the second row of an id is the same message) or by content (then
/// it is the second such message).
pub fn add(dossier: &mut Dossier, import: u32, arrivals: Arrivals) -> Tally {
    let mut tally = Tally::default();
    add_messages(dossier, import, arrivals.messages, &mut tally);
    add_notes(&mut dossier.contacts, import, arrivals.contacts, &mut tally);
    add_notes(&mut dossier.ratings, import, arrivals.ratings, &mut tally);
    tidy(dossier);
    tally
}

/// A note that is the same as another one if it says the same, whoever brought it.
trait Note: Clone + Eq + Hash {
    fn sources(&mut self) -> &mut Vec<Source>;
}

impl Note for Contact {
    fn sources(&mut self) -> &mut Vec<Source> {
        &mut self.sources
    }
}

impl Note for RatingNote {
    fn sources(&mut self) -> &mut Vec<Source> {
        &mut self.sources
    }
}

fn add_notes<N: Note>(known: &mut Vec<N>, import: u32, arrivals: Vec<(u64, N)>, tally: &mut Tally) {
    if arrivals.is_empty() {
        return;
    }
    let bare = |note: &N| {
        let mut bare = note.clone();
        bare.sources().clear();
        bare
    };
    let mut places: HashMap<N, usize> = HashMap::with_capacity(known.len() + arrivals.len());
    for (place, note) in known.iter().enumerate() {
        places.entry(bare(note)).or_insert(place);
    }
    for (row, mut note) in arrivals {
        let source = Source { import, row };
        match places.get(&note) {
            Some(&place) => note_source(known[place].sources(), source, tally),
            None => {
                places.insert(note.clone(), known.len());
                note.sources().push(source);
                known.push(note);
                tally.imported += 1;
            }
        }
    }
}

fn add_messages(dossier: &mut Dossier, import: u32, messages: Vec<(u64, Message)>, tally: &mut Tally) {
    let mut places: ByIdent<usize> = ByIdent::default();
    places.reserve(dossier.messages.len() + messages.len());
    places.extend(dossier.messages.iter().enumerate().map(|(place, m)| (m.ident, place)));
    let mut seen: ByIdent<u64> = ByIdent::default();
    dossier.messages.reserve(messages.len());
    for (row, mut message) in messages {
        let source = Source { import, row };
        if message.ident & BY_ID == 0 {
            let times = seen.entry(message.ident).or_default();
            message.ident = nth(message.ident, *times);
            *times += 1;
        }
        match places.get(&message.ident) {
            Some(&place) if contradicts(&dossier.messages[place], &message) => tally.contradicting.push(row),
            Some(&place) => note_source(&mut dossier.messages[place].sources, source, tally),
            None => {
                places.insert(message.ident, dossier.messages.len());
                dossier.messages.push(Message { sources: vec![source], ..message });
                tally.imported += 1;
            }
        }
    }
}

/// By ident. An ident is a keyed hash: there is nothing left to hash, and nobody can choose colliding ones.
type ByIdent<T> = HashMap<u64, T, BuildHasherDefault<Unhashed>>;

#[derive(Default)]
struct Unhashed(u64);

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, ident: u64) {
        // The top bit says that the source gave an id, and tables look at the top bits first.
        self.0 = ident.rotate_left(17);
    }
}

/// Set in the ident of a message that the source itself gave an id.
pub const BY_ID: u64 = 1 << 63;

/// Ident of the how-manieth message of the same content in a file (0: the first).
fn nth(ident: u64, times: u64) -> u64 {
    // A multiplicative step keeps idents of different messages as unlikely to meet as before.
    ident.wrapping_add(times.wrapping_mul(0x9E37_79B9_7F4A_7C15)) & !BY_ID
}

fn contradicts(known: &Message, new: &Message) -> bool {
    new.ident & BY_ID != 0 && (known.at, known.sender, &known.text) != (new.at, new.sender, &new.text)
}

fn note_source(sources: &mut Vec<Source>, source: Source, tally: &mut Tally) {
    if !sources.iter().any(|s| s.import == source.import) {
        sources.push(source);
    }
    tally.unchanged += 1;
}

/// Takes an import out: what no other import brought is gone. Says whether anything changed.
pub fn remove(dossier: &mut Dossier, import: u32) -> bool {
    let mut touched = false;
    let mut left = |sources: &mut Vec<Source>| {
        let before = sources.len();
        sources.retain(|s| s.import != import);
        touched |= sources.len() != before;
        !sources.is_empty()
    };
    dossier.messages.retain_mut(|m| left(&mut m.sources));
    dossier.contacts.retain_mut(|c| left(&mut c.sources));
    dossier.ratings.retain_mut(|r| left(&mut r.sources));
    tidy(dossier);
    touched
}

fn tidy(dossier: &mut Dossier) {
    dossier.messages.sort_by_key(|m| (m.at, m.sources.iter().min().copied()));
}

/// Joins the dossiers of the conversations of one group, remembering which message was whose.
pub fn join(known: Vec<(ConversationId, Dossier)>) -> (Dossier, Owners) {
    let mut whole = Dossier::default();
    let mut owners = Owners::default();
    let mut known = known;
    known.sort_by_key(|(id, dossier)| (dossier.messages.first().map(|m| m.at), *id));
    for (rank, (id, mut dossier)) in known.into_iter().enumerate() {
        owners.of_message.extend(dossier.messages.iter().map(|m| (m.ident, rank)));
        owners.ids.push(id);
        whole.messages.append(&mut dossier.messages);
        whole.contacts.append(&mut dossier.contacts);
        whole.ratings.append(&mut dossier.ratings);
    }
    tidy(&mut whole);
    (whole, owners)
}

/// Which conversation each message belonged to, earlier conversations first.
#[derive(Debug, Default)]
pub struct Owners {
    ids: Vec<ConversationId>,
    of_message: ByIdent<usize>,
}

/// Cuts a dossier into conversations: one, or for a bare thread wherever there was silence for more
/// than `gap_s`. A piece keeps the earliest id among those its messages had, each id is used once, and a
/// piece that is new has none yet.
pub fn cut(dossier: Dossier, owners: &Owners, gap_s: Option<u32>) -> Vec<(Option<ConversationId>, Dossier)> {
    if dossier.is_empty() {
        return Vec::new();
    }
    let mut taken = HashSet::new();
    let mut id_of = |messages: &[Message]| {
        let ranks = messages.iter().filter_map(|m| owners.of_message.get(&m.ident));
        let rank = ranks.filter(|rank| !taken.contains(*rank)).min().copied();
        let rank = rank.or_else(|| (messages.is_empty() && !owners.ids.is_empty()).then_some(0));
        let rank = rank?;
        taken.insert(rank);
        Some(owners.ids[rank])
    };
    let Some(gap_s) = gap_s else {
        return vec![(id_of(&dossier.messages), dossier)];
    };
    let times: Vec<i64> = dossier.messages.iter().map(|m| m.at.seconds()).collect();
    let mut pieces = Vec::new();
    let mut rest = dossier.messages;
    let cuts: Vec<usize> = split_by_silence(&times, gap_s).collect();
    for at in cuts.into_iter().rev() {
        pieces.push(rest.split_off(at));
    }
    pieces.push(rest);
    pieces.reverse();
    let mut cut: Vec<(Option<ConversationId>, Dossier)> = pieces
        .into_iter()
        .map(|messages| (id_of(&messages), Dossier { messages, ..Dossier::default() }))
        .collect();
    // Notes on a bare thread name no conversation of it: they stay with its first.
    if let Some((_, first)) = cut.first_mut() {
        first.contacts = dossier.contacts;
        first.ratings = dossier.ratings;
    }
    cut
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use kexun_base::time::Micros;

    use super::*;

    fn rating(ident: u64) -> RatingNote {
        RatingNote { ident, at: Micros(0), score: 5, comment: "好".into(), sources: Vec::new() }
    }

    #[test]
    fn a_note_that_says_the_same_is_one_with_two_sources() {
        let mut dossier = Dossier::default();
        let contact = |kind: &str| Contact { kind: Some(kind.to_owned()), ..Contact::default() };
        let contacts = vec![(2, contact("物流")), (3, contact("退货")), (4, contact("物流"))];
        let first = add(&mut dossier, 1, Arrivals { contacts, ..Arrivals::default() });
        assert_eq!((first.imported, first.unchanged), (2, 1));
        let contacts = vec![(2, contact("退货")), (3, contact("尺码"))];
        let ratings = vec![(4, rating(7)), (5, RatingNote { score: 1, ..rating(7) }), (6, rating(7))];
        let second = add(&mut dossier, 2, Arrivals { contacts, ratings, ..Arrivals::default() });
        assert_eq!((second.imported, second.unchanged), (3, 2));
        let sources = |imports: &[(u32, u64)]| -> Vec<Source> {
            imports.iter().map(|&(import, row)| Source { import, row }).collect()
        };
        let of_contacts: Vec<_> = dossier.contacts.iter().map(|c| c.sources.clone()).collect();
        assert_eq!(of_contacts, [sources(&[(1, 2)]), sources(&[(1, 3), (2, 2)]), sources(&[(2, 3)])]);
        let of_ratings: Vec<_> = dossier.ratings.iter().map(|r| (r.score, r.sources.clone())).collect();
        assert_eq!(of_ratings, [(5, sources(&[(2, 4)])), (1, sources(&[(2, 5)]))]);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a measurement")]
    fn time_does_not_grow_with_the_square_of_the_notes() {
        const MANY: u64 = 60_000;
        let begun = Instant::now();
        let mut dossier = Dossier::default();
        for import in 1..=2 {
            let ratings = (0..MANY).map(|ident| (ident, rating(ident))).collect();
            add(&mut dossier, import, Arrivals { ratings, ..Arrivals::default() });
        }
        assert_eq!(dossier.ratings.len() as u64, MANY);
        // Each compared with each took minutes.
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}
