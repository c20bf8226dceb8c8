//! What is known of a group: messages, contact notes, ratings, each with its sources.

use kexun_base::bytes::{Reader, put_bytes, put_i64, put_opt_str, put_str, put_u64};
use kexun_base::time::Micros;
use kexun_base::{Error, Result};

use crate::kpi::rules::{Channel, Sender};

/// An import and a row of it that brought an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// Number of the import within the tenant.
    pub import: u32,
    /// Row of its file.
    pub row: u64,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What tells it from all other messages of its group: a keyed hash.
    pub ident: u64,
    /// When it was sent.
    pub at: Micros,
    /// Who sent it.
    pub sender: Sender,
    /// Number of the agent account: the sender, or on a customer's message the agent assigned.
    pub agent: Option<u32>,
    /// By which way it came.
    pub channel: Channel,
    /// Its text, masked.
    pub text: String,
    /// The masked pieces, sealed with the customer's key; empty when there are none.
    pub sealed: Vec<u8>,
    /// The order it speaks of.
    pub order: Option<String>,
    /// The product it speaks of.
    pub product: Option<String>,
    /// The imports that brought it.
    pub sources: Vec<Source>,
}

/// What a source says of a contact as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Contact {
    /// By which way the customer came, if the source says so.
    pub channel: Option<Channel>,
    /// The source's own word for its type.
    pub kind: Option<String>,
    /// When it was opened.
    pub opened_at: Option<Micros>,
    /// When it was closed.
    pub closed_at: Option<Micros>,
    /// Whether it was closed as solved.
    pub solved: Option<bool>,
    /// Seconds of talk, hold and after-call work together.
    pub call_s: Option<u32>,
    /// The imports that said so.
    pub sources: Vec<Source>,
}

/// A customer's rating.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RatingNote {
    /// What tells it from other ratings: a keyed hash of the source's id.
    pub ident: u64,
    /// When it was given.
    pub at: Micros,
    /// 1 to 5.
    pub score: u8,
    /// Its comment, masked.
    pub comment: String,
    /// The imports that brought it.
    pub sources: Vec<Source>,
}

/// Everything known of a group, or of one conversation of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dossier {
    /// Messages; sorted by time, then by source, once merged.
    pub messages: Vec<Message>,
    /// Contact notes; the one with the latest source counts.
    pub contacts: Vec<Contact>,
    /// Ratings; of several versions of one, the one with the latest source counts.
    pub ratings: Vec<RatingNote>,
}

impl Dossier {
    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.contacts.is_empty() && self.ratings.is_empty()
    }

    /// The contact note that counts.
    pub fn contact(&self) -> Option<&Contact> {
        self.contacts.iter().max_by_key(|c| c.sources.iter().max().copied())
    }

    /// The ratings that count: of each the version of the latest source.
    pub fn effective_ratings(&self) -> Vec<&RatingNote> {
        let mut ratings: Vec<&RatingNote> = self.ratings.iter().collect();
        ratings.sort_by_key(|r| (r.ident, std::cmp::Reverse(r.sources.iter().max().copied())));
        ratings.dedup_by_key(|r| r.ident);
        ratings.sort_by_key(|r| (r.at, r.ident));
        ratings
    }
}

const VERSION: u8 = 1;

/// Writes a dossier compactly.
pub fn encode(dossier: &Dossier) -> Vec<u8> {
    let mut out = vec![VERSION];
    put_u64(&mut out, dossier.messages.len() as u64);
    let mut before = 0;
    for message in &dossier.messages {
        put_message(&mut out, message, before);
        before = message.at.0;
    }
    put_u64(&mut out, dossier.contacts.len() as u64);
    for contact in &dossier.contacts {
        put_contact(&mut out, contact);
    }
    put_u64(&mut out, dossier.ratings.len() as u64);
    for rating in &dossier.ratings {
        put_rating(&mut out, rating);
    }
    out
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// When the bytes are damaged.
pub fn decode(bytes: &[u8]) -> Result<Dossier> {
    let mut reader = Reader::new(bytes);
    if reader.u8()? != VERSION {
        return Err(Error::internal("a transcript was written by a newer version of the program"));
    }
    let mut dossier = Dossier::default();
    let mut before = 0;
    for _ in 0..reader.count()? {
        let message = read_message(&mut reader, before)?;
        before = message.at.0;
        dossier.messages.push(message);
    }
    for _ in 0..reader.count()? {
        dossier.contacts.push(read_contact(&mut reader)?);
    }
    for _ in 0..reader.count()? {
        dossier.ratings.push(read_rating(&mut reader)?);
    }
    Ok(dossier)
}

pub(crate) fn put_message(out: &mut Vec<u8>, message: &Message, before: i64) {
    let has_extra = message.order.is_some() || message.product.is_some() || !message.sealed.is_empty();
    let flags = sender_code(message.sender) | channel_code(message.channel) << 4;
    out.push(flags | u8::from(has_extra) << 2 | u8::from(message.agent.is_some()) << 3);
    out.extend_from_slice(&message.ident.to_le_bytes());
    put_i64(out, message.at.0.wrapping_sub(before));
    if let Some(agent) = message.agent {
        put_u64(out, u64::from(agent));
    }
    put_str(out, &message.text);
    if has_extra {
        put_opt_str(out, message.order.as_deref());
        put_opt_str(out, message.product.as_deref());
        put_bytes(out, &message.sealed);
    }
    put_sources(out, &message.sources);
}

fn read_message(reader: &mut Reader<'_>, before: i64) -> Result<Message> {
    let (flags, mut message) = read_start(reader, before)?;
    read_texts(reader, flags, &mut message)?;
    message.sources = read_sources(reader)?;
    Ok(message)
}

/// What stands before the texts of a message, which are empty yet; and its flags, for [`read_texts`].
pub(crate) fn read_start(reader: &mut Reader<'_>, before: i64) -> Result<(u8, Message)> {
    let flags = reader.u8()?;
    let ident = u64::from_le_bytes(reader.take(8)?.try_into().expect("eight bytes were taken"));
    let at = Micros(before.wrapping_add(reader.i64()?));
    let message = Message {
        ident,
        at,
        sender: sender_of_code(flags & 3),
        agent: if flags & 8 != 0 { Some(reader.u32()?) } else { None },
        channel: channel_of_code(flags >> 4),
        text: String::new(),
        sealed: Vec::new(),
        order: None,
        product: None,
        sources: Vec::new(),
    };
    Ok((flags, message))
}

/// The texts of a message.
pub(crate) fn read_texts(reader: &mut Reader<'_>, flags: u8, message: &mut Message) -> Result<()> {
    message.text = reader.str()?.to_owned();
    if flags & 4 != 0 {
        message.order = reader.opt_str()?.map(str::to_owned);
        message.product = reader.opt_str()?.map(str::to_owned);
        message.sealed = reader.bytes()?.to_vec();
    }
    Ok(())
}

pub(crate) fn put_contact(out: &mut Vec<u8>, contact: &Contact) {
    out.push(contact.channel.map_or(0, |c| channel_code(c) + 1));
    put_opt_str(out, contact.kind.as_deref());
    put_opt_i64(out, contact.opened_at.map(|t| t.0));
    put_opt_i64(out, contact.closed_at.map(|t| t.0));
    put_opt_i64(out, contact.solved.map(i64::from));
    put_opt_i64(out, contact.call_s.map(i64::from));
    put_sources(out, &contact.sources);
}

pub(crate) fn read_contact(reader: &mut Reader<'_>) -> Result<Contact> {
    Ok(Contact {
        channel: match reader.u8()? {
            0 => None,
            code => Some(channel_of_code(code - 1)),
        },
        kind: reader.opt_str()?.map(str::to_owned),
        opened_at: read_opt_i64(reader)?.map(Micros),
        closed_at: read_opt_i64(reader)?.map(Micros),
        solved: read_opt_i64(reader)?.map(|s| s != 0),
        call_s: read_opt_i64(reader)?.and_then(|s| u32::try_from(s).ok()),
        sources: read_sources(reader)?,
    })
}

pub(crate) fn put_rating(out: &mut Vec<u8>, rating: &RatingNote) {
    out.extend_from_slice(&rating.ident.to_le_bytes());
    put_i64(out, rating.at.0);
    out.push(rating.score);
    put_str(out, &rating.comment);
    put_sources(out, &rating.sources);
}

pub(crate) fn read_rating(reader: &mut Reader<'_>) -> Result<RatingNote> {
    Ok(RatingNote {
        ident: u64::from_le_bytes(reader.take(8)?.try_into().expect("eight bytes were taken")),
        at: Micros(reader.i64()?),
        score: reader.u8()?,
        comment: reader.str()?.to_owned(),
        sources: read_sources(reader)?,
    })
}

fn put_opt_i64(out: &mut Vec<u8>, value: Option<i64>) {
    match value {
        None => out.push(0),
        Some(value) => {
            out.push(1);
            put_i64(out, value);
        }
    }
}

fn read_opt_i64(reader: &mut Reader<'_>) -> Result<Option<i64>> {
    if reader.u8()? == 0 { Ok(None) } else { reader.i64().map(Some) }
}

fn put_sources(out: &mut Vec<u8>, sources: &[Source]) {
    put_u64(out, sources.len() as u64);
    for source in sources {
        put_u64(out, u64::from(source.import));
        put_u64(out, source.row);
    }
}

fn read_sources(reader: &mut Reader<'_>) -> Result<Vec<Source>> {
    let count = reader.count()?;
    (0..count).map(|_| Ok(Source { import: reader.u32()?, row: reader.u64()? })).collect()
}

/// The two bits that stand for a kind of sender.
pub(crate) fn sender_code(sender: Sender) -> u8 {
    match sender {
        Sender::Customer => 0,
        Sender::Agent => 1,
        Sender::Robot => 2,
        Sender::System => 3,
    }
}

/// The kind of sender of two bits.
fn sender_of_code(code: u8) -> Sender {
    match code & 3 {
        0 => Sender::Customer,
        1 => Sender::Agent,
        2 => Sender::Robot,
        _ => Sender::System,
    }
}

/// The two bits that stand for a channel.
pub(crate) fn channel_code(channel: Channel) -> u8 {
    match channel {
        Channel::Chat => 0,
        Channel::Phone => 1,
        Channel::Email => 2,
        Channel::Ticket => 3,
    }
}

/// The channel of two bits.
pub(crate) fn channel_of_code(code: u8) -> Channel {
    match code & 3 {
        0 => Channel::Chat,
        1 => Channel::Phone,
        2 => Channel::Email,
        _ => Channel::Ticket,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dossier_comes_back() {
        let source = Source { import: 3, row: 17 };
        let message = Message {
            ident: 42,
            at: Micros(1_700_000_000_000_000),
            sender: Sender::Agent,
            agent: Some(7),
            channel: Channel::Phone,
            text: "您好".into(),
            sealed: vec![1, 2],
            order: Some("o1".into()),
            product: None,
            sources: vec![source],
        };
        let plain = Message {
            sealed: Vec::new(),
            order: None,
            agent: None,
            sender: Sender::System,
            ..message.clone()
        };
        let contact =
            Contact { solved: Some(true), call_s: Some(70), sources: vec![source], ..Contact::default() };
        let rating =
            RatingNote { ident: 1, at: Micros(5), score: 4, comment: String::new(), sources: vec![source] };
        let dossier =
            Dossier { messages: vec![message, plain], contacts: vec![contact], ratings: vec![rating] };
        let bytes = encode(&dossier);
        assert_eq!(decode(&bytes).unwrap(), dossier);
        for cut in 0..bytes.len() {
            assert!(decode(&bytes[..cut]).is_err());
        }
    }
}
