//! The facts of a conversation, made of its dossier: what the row holds and figures are made of.

use kexun_base::bytes::{Reader, put_i64, put_u64};
use kexun_base::time::{Day, Micros};
use kexun_base::{Error, Result};

use super::dossier::Dossier;
use crate::kpi::rules::{
    Channel, Closing, ConversationInput, EARLIEST, LATEST, Rating, Score, ShopZone, Timeline, Utterance,
    rounds,
};

/// What a source says of a conversation beside its messages, as far as figures need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// When the contact was opened, UTC seconds.
    pub opened_at: Option<i64>,
    /// How it ended.
    pub closing: Closing,
    /// Telephone: talk, hold and after-call work, seconds.
    pub call_s: Option<u32>,
    /// Its ratings.
    pub ratings: Vec<Rating>,
    /// Their scores, in the same order.
    pub scores: Vec<u8>,
}

/// The facts of one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// By which way the customer came.
    pub channel: Channel,
    /// Who wrote when.
    pub timeline: Timeline,
    /// What came of it.
    pub outcome: Outcome,
    /// First moment known of it.
    pub started_at: Micros,
    /// Last moment known of it.
    pub ended_at: Micros,
    /// First and last day on which it counts for any figure.
    pub days: (Day, Day),
    /// Number of rounds, and of those answered.
    pub rounds: (i32, i32),
    /// Response time of the first round, if it was answered, seconds.
    pub first_response_s: Option<i32>,
    /// Longest response time, seconds.
    pub slowest_s: Option<i32>,
}

impl Facts {
    /// The facts of a dossier that is not empty.
    ///
    /// # Errors
    /// When its messages are not in order of time: a fault of the program.
    pub fn of(dossier: &Dossier, zone: &ShopZone) -> Result<Facts> {
        let utterances = dossier.messages.iter().map(|m| Utterance {
            at: m.at.seconds().clamp(EARLIEST, LATEST),
            sender: m.sender,
            agent: m.agent,
        });
        let timeline = Timeline::new(utterances.collect()).map_err(|e| Error::internal(e.to_string()))?;
        let outcome = Outcome::of(dossier);
        let channel = dossier
            .contact()
            .and_then(|c| c.channel)
            .or(dossier.messages.first().map(|m| m.channel))
            .unwrap_or(Channel::Chat);
        let (mut count, mut answered, mut first, mut slowest) = (0, 0, None, None);
        for round in rounds(timeline.utterances()) {
            if let Some(seconds) = round.response_s.and_then(|s| i32::try_from(s).ok()) {
                answered += 1;
                first = first.or((count == 0).then_some(seconds));
                slowest = slowest.max(Some(seconds));
            }
            count += 1;
        }
        let (started_at, ended_at) = span(dossier);
        let days = outcome.days(&timeline, started_at, zone);
        Ok(Facts {
            channel,
            timeline,
            outcome,
            started_at,
            ended_at,
            days,
            rounds: (count, answered),
            first_response_s: first,
            slowest_s: slowest,
        })
    }

    /// As the rules of figures want it.
    pub fn input<'a>(&'a self, customer: u32, zone: &'a ShopZone) -> ConversationInput<'a> {
        self.outcome.input(&self.timeline, self.channel, customer, zone)
    }
}

fn span(dossier: &Dossier) -> (Micros, Micros) {
    let messages = dossier.messages.first().map(|m| m.at).zip(dossier.messages.last().map(|m| m.at));
    let contact = dossier.contact().and_then(|c| {
        let first = c.opened_at.or(c.closed_at)?;
        Some((first, c.closed_at.unwrap_or(first)))
    });
    let rating = dossier.effective_ratings().first().map(|r| (r.at, r.at));
    messages.or(contact).or(rating).unwrap_or_default()
}

impl Outcome {
    fn of(dossier: &Dossier) -> Outcome {
        let contact = dossier.contact();
        let closing = match contact {
            Some(c) if c.solved == Some(true) => Closing::Solved,
            Some(c) if c.solved == Some(false) || c.closed_at.is_some() => Closing::Unsolved,
            _ => Closing::Open,
        };
        let mut ratings = Vec::new();
        let mut scores = Vec::new();
        for note in dossier.effective_ratings() {
            if let Some(score) = Score::new(note.score) {
                ratings.push(Rating { at: note.at.seconds(), score });
                scores.push(note.score);
            }
        }
        let opened = contact.and_then(|c| c.opened_at.or(c.closed_at)).map(Micros::seconds);
        Outcome { opened_at: opened, closing, call_s: contact.and_then(|c| c.call_s), ratings, scores }
    }

    /// First and last day on which the conversation counts for any figure.
    fn days(&self, timeline: &Timeline, started_at: Micros, zone: &ShopZone) -> (Day, Day) {
        let messages = timeline.utterances();
        let ends = messages.first().map(|u| u.at).into_iter().chain(messages.last().map(|u| u.at));
        let rated = self.ratings.iter().map(|r| r.at);
        let opened = self.opened_at.filter(|_| messages.is_empty());
        let times = ends.chain(rated).chain(opened);
        let days = times.map(|at| Day::from(zone.day(at)));
        let none = Day::from(zone.day(started_at.seconds()));
        days.fold(None, |range: Option<(Day, Day)>, day| match range {
            None => Some((day, day)),
            Some((first, last)) => Some((first.min(day), last.max(day))),
        })
        .unwrap_or((none, none))
    }

    /// As the rules of figures want it.
    pub fn input<'a>(
        &'a self,
        timeline: &'a Timeline,
        channel: Channel,
        customer: u32,
        zone: &'a ShopZone,
    ) -> ConversationInput<'a> {
        ConversationInput {
            timeline,
            customer,
            channel,
            zone,
            opened_at: self.opened_at,
            call_s: self.call_s,
            closing: self.closing,
            ratings: &self.ratings,
        }
    }

    /// Writes the outcome compactly.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u64(&mut out, self.opened_at.map_or(0, |t| t.unsigned_abs() + 1));
        out.push(match self.closing {
            Closing::Open => 0,
            Closing::Solved => 1,
            Closing::Unsolved => 2,
        });
        put_u64(&mut out, self.call_s.map_or(0, |s| u64::from(s) + 1));
        put_u64(&mut out, self.ratings.len() as u64);
        for (rating, score) in self.ratings.iter().zip(&self.scores) {
            put_i64(&mut out, rating.at);
            out.push(*score);
        }
        out
    }

    /// Reads what [`Outcome::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes are damaged.
    pub fn decode(bytes: &[u8]) -> Result<Outcome> {
        let mut reader = Reader::new(bytes);
        let opened_at = reader.u64()?.checked_sub(1).map(|t| t as i64);
        let closing = match reader.u8()? {
            0 => Closing::Open,
            1 => Closing::Solved,
            _ => Closing::Unsolved,
        };
        let call_s = reader.u64()?.checked_sub(1).and_then(|s| u32::try_from(s).ok());
        let mut outcome = Outcome { opened_at, closing, call_s, ratings: Vec::new(), scores: Vec::new() };
        for _ in 0..reader.count()? {
            let (at, score) = (reader.i64()?, reader.u8()?);
            if let Some(valid) = Score::new(score) {
                outcome.ratings.push(Rating { at, score: valid });
                outcome.scores.push(score);
            }
        }
        Ok(outcome)
    }
}

/// The word stored and shown for a channel.
pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Chat => "chat",
        Channel::Phone => "phone",
        Channel::Email => "email",
        Channel::Ticket => "ticket",
    }
}

/// The channel of a stored word.
pub fn channel_of_word(word: &str) -> Channel {
    match word {
        "phone" => Channel::Phone,
        "email" => Channel::Email,
        "ticket" => Channel::Ticket,
        _ => Channel::Chat,
    }
}
