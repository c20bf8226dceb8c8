//! Who wrote when: a conversation without its texts.

use std::fmt;

use super::codec::{DecodeError, Reader, put};

/// The earliest time that a timeline takes: 1970-01-01T00:00:00Z, in UTC seconds.
pub const EARLIEST: i64 = 0;
/// The latest time that a timeline takes: 2106-02-07T06:28:15Z. Together with [`EARLIEST`] it makes
/// every difference fit 32 bits; importers refuse rows outside.
pub const LATEST: i64 = u32::MAX as i64;
/// The silence after which a bare thread (customer × shop) starts a new conversation, in seconds,
/// where nothing else is set: 30 minutes.
pub const DEFAULT_GAP_S: u32 = 30 * 60;

const VERSION: u8 = 1;

/// The kind of sender of a message (发送方).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sender {
    /// 客户
    Customer,
    /// 客服: a person.
    Agent,
    /// 机器人: neither ends nor starts a round.
    Robot,
    /// 系统: likewise.
    System,
}

impl Sender {
    const ALL: [Self; 4] = [Self::Customer, Self::Agent, Self::Robot, Self::System];
}

/// One message, reduced to what figures need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Utterance {
    /// When, in UTC seconds, fractions cut off.
    pub at: i64,
    /// By whom.
    pub sender: Sender,
    /// The tenant-wide number of the agent account. On a customer's message: the agent whom the
    /// source names as assigned at that time. `None` where the source names nobody.
    pub agent: Option<u32>,
}

/// The messages of one conversation in their order, oldest first. Order among messages of the same
/// second is the caller's (import, then row) and kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    utterances: Vec<Utterance>,
}

/// Why messages make no timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineError {
    /// The message at this index is earlier than the one before it.
    Unsorted(usize),
    /// The message at this index is outside [`EARLIEST`]..=[`LATEST`].
    OutOfRange(usize),
}

impl fmt::Display for TimelineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsorted(i) => write!(f, "message {i} is earlier than the one before it"),
            Self::OutOfRange(i) => write!(f, "message {i} is not between 1970 and 2106"),
        }
    }
}

impl std::error::Error for TimelineError {}

impl Timeline {
    /// A timeline of messages sorted by time.
    ///
    /// # Errors
    /// The first message that is out of order or of range.
    pub fn new(utterances: Vec<Utterance>) -> Result<Self, TimelineError> {
        let mut before = EARLIEST;
        for (index, utterance) in utterances.iter().enumerate() {
            if !(EARLIEST..=LATEST).contains(&utterance.at) {
                return Err(TimelineError::OutOfRange(index));
            }
            if utterance.at < before {
                return Err(TimelineError::Unsorted(index));
            }
            before = utterance.at;
        }
        Ok(Self { utterances })
    }

    /// The messages, oldest first.
    #[must_use]
    pub fn utterances(&self) -> &[Utterance] {
        &self.utterances
    }

    /// The timeline as bytes: about two a message.
    ///
    /// A message is one number: seconds since the message before · 8 + sender, + 4 if the agent is
    /// another one than on the last message of the same kind of sender; then the agent follows.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 + 3 * self.utterances.len());
        out.push(VERSION);
        put(&mut out, self.utterances.len() as u64);
        let mut before = EARLIEST;
        let mut agents = [None; 4];
        for utterance in &self.utterances {
            let sender = utterance.sender as usize;
            let other = agents[sender] != utterance.agent;
            let passed = (utterance.at - before) as u64;
            put(&mut out, passed << 3 | u64::from(other) << 2 | sender as u64);
            if other {
                put(&mut out, utterance.agent.map_or(0, |a| u64::from(a) + 1));
                agents[sender] = utterance.agent;
            }
            before = utterance.at;
        }
        out
    }

    /// The timeline that [`Timeline::encode`] wrote.
    ///
    /// # Errors
    /// Any byte string that `encode` does not write.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut timeline = Self::default();
        timeline.decode_from(bytes)?;
        Ok(timeline)
    }

    /// Like [`Timeline::decode`], into the memory of a timeline no longer needed; it is empty
    /// after an error.
    ///
    /// # Errors
    /// Any byte string that `encode` does not write.
    pub fn decode_from(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        let read = self.read(bytes);
        if read.is_err() {
            self.utterances.clear();
        }
        read
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        let mut reader = Reader::new(bytes, VERSION)?;
        let count = reader.count(1)?;
        self.utterances.clear();
        self.utterances.reserve(count);
        let mut before = EARLIEST as u64;
        let mut agents = [None; 4];
        for _ in 0..count {
            let head = reader.u64()?;
            let sender = (head & 3) as usize;
            if head & 4 != 0 {
                let agent = match reader.u64()? {
                    0 => None,
                    n => Some(u32::try_from(n - 1).map_err(|_| DecodeError("agent too large"))?),
                };
                if agents[sender] == agent {
                    return Err(DecodeError("agent repeated"));
                }
                agents[sender] = agent;
            }
            // `head >> 3` is below 2^61 and `before` below 2^32: the sum cannot overflow.
            before += head >> 3;
            if before > LATEST as u64 {
                return Err(DecodeError("time out of range"));
            }
            self.utterances.push(Utterance {
                at: before as i64,
                sender: Sender::ALL[sender],
                agent: agents[sender],
            });
        }
        reader.end()
    }
}

/// Where a bare thread falls into conversations: the indices of the messages that start a new one,
/// because more than `gap_s` seconds have passed since the message before, whoever wrote it.
/// `times` are UTC seconds, sorted. The first message starts a conversation without saying so.
pub fn split_by_silence(times: &[i64], gap_s: u32) -> impl Iterator<Item = usize> + '_ {
    let silent = move |pair: &[i64]| pair[1].saturating_sub(pair[0]) > i64::from(gap_s);
    times.windows(2).enumerate().filter(move |(_, pair)| silent(pair)).map(|(index, _)| index + 1)
}
