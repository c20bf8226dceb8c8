//! Rounds (轮次): what a customer wrote until an agent answered.

use super::timeline::{Sender, Utterance};

/// One round. Robot and system messages neither start nor end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Index of its first customer message: the first of the conversation, or the first after an
    /// agent's message.
    pub start: usize,
    /// Index of the agent message that ended it, if one did.
    pub answer: Option<usize>,
    /// One past the last message that may belong to it: the index of the answer, or the number of
    /// messages. Its customer messages are those of `start..end`.
    pub end: usize,
    /// Time of the message that ended it minus time of its *first* customer message, seconds.
    pub response_s: Option<u32>,
    /// Whom it belongs to: the agent who ended it; if nobody did, the agent that the source names
    /// on its first customer message, else the last agent who wrote before, else nobody.
    pub agent: Option<u32>,
    /// Its customer messages, ≥ 1.
    pub customer_messages: u32,
}

/// The rounds of a conversation, in order. Only the last can be unanswered.
#[derive(Clone, Debug)]
pub struct Rounds<'a> {
    utterances: &'a [Utterance],
    next: usize,
    last_agent: Option<u32>,
}

/// Cuts a conversation into rounds, without allocating. `utterances` are sorted by time.
#[must_use]
pub fn rounds(utterances: &[Utterance]) -> Rounds<'_> {
    Rounds { utterances, next: 0, last_agent: None }
}

impl Iterator for Rounds<'_> {
    type Item = Round;

    fn next(&mut self) -> Option<Round> {
        let start = self.start()?;
        let first = self.utterances[start];
        let mut customer_messages = 0;
        for (index, utterance) in self.utterances.iter().enumerate().skip(start) {
            match utterance.sender {
                Sender::Customer => customer_messages += 1,
                Sender::Agent => {
                    self.next = index + 1;
                    self.last_agent = utterance.agent;
                    return Some(Round {
                        start,
                        answer: Some(index),
                        end: index,
                        response_s: Some((utterance.at - first.at) as u32),
                        agent: utterance.agent,
                        customer_messages,
                    });
                }
                Sender::Robot | Sender::System => {}
            }
        }
        self.next = self.utterances.len();
        Some(Round {
            start,
            answer: None,
            end: self.utterances.len(),
            response_s: None,
            agent: first.agent.or(self.last_agent),
            customer_messages,
        })
    }
}

impl Rounds<'_> {
    /// The next customer message; agents before it answer nothing but are remembered.
    fn start(&mut self) -> Option<usize> {
        while let Some(utterance) = self.utterances.get(self.next) {
            match utterance.sender {
                Sender::Customer => return Some(self.next),
                Sender::Agent => self.last_agent = utterance.agent,
                Sender::Robot | Sender::System => {}
            }
            self.next += 1;
        }
        None
    }
}
