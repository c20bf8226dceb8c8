//! A conversation as it is planned, before its words are filled in.

use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::model::{Channel, Outcome, Sender};

/// A conversation about to begin.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub at: NaiveDateTime,
    pub shop: usize,
    pub situation: usize,
    pub customer: Arc<str>,
    pub product: Option<&'static str>,
    /// The customer comes back with the same matter.
    pub again: bool,
    /// The agent writes first.
    pub outbound: bool,
}

/// A line whose words are not yet filled in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub at: NaiveDateTime,
    pub sender: Sender,
    pub agent: Option<u16>,
    pub template: &'static str,
    /// Decides slips and emoji.
    pub salt: u32,
}

/// Seconds of a telephone call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    pub talk: u32,
    pub hold: u32,
    pub after: u32,
}

/// A rating as given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    pub at: NaiveDateTime,
    pub score: u8,
    pub comment: Option<&'static str>,
}

/// A finished conversation.
#[derive(Debug)]
pub(crate) struct Conversation {
    pub serial: u64,
    pub id: Arc<str>,
    pub shop: usize,
    pub situation: usize,
    pub channel: Channel,
    pub customer: Arc<str>,
    pub order_id: Option<Arc<str>>,
    pub product: Option<&'static str>,
    /// Decides what fills the slots, the same throughout the conversation.
    pub slots: u64,
    pub lines: Vec<Line>,
    pub outcome: Outcome,
    pub closed_at: NaiveDateTime,
    pub call: Option<Call>,
    pub verdict: Option<Verdict>,
    /// When the customer comes back with the same matter, if he does.
    pub back_at: Option<NaiveDateTime>,
}
