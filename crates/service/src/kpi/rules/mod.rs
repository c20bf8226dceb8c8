//! The pure rules of the figures (指标): no IO, no clock, no randomness.
//!
//! From a conversation's messages to a figure in four steps:
//!
//! 1. [`Timeline`]: who wrote when, without the texts, a few bytes a message;
//! 2. [`rounds`]: the timeline cut into rounds (轮次), each with its owner and response time;
//! 3. [`contribute`]: one conversation added to every [`Cell`] (day × scope) concerned, each a
//!    [`DayFigures`] that merges with others of any day or scope;
//! 4. [`Figure::evaluate`]: a [`Value`] from the merged [`DayFigures`].
//!
//! Only [`Figure::Fcr`] cannot be merged from days (whether a contact is the first one depends on the days
//! around it) and is calculated from the [`Sequence`] of contacts ([`resolve`]), of which each day keeps
//! those that begin on it ([`DayContacts`]).
//!
//! # How the published definitions are read
//!
//! Where a definition leaves something open, this is what is calculated:
//!
//! * **Day.** Conversation figures, first responses, message counts (`douyin_3min` too, whose unit
//!   is the message) belong to the day of the conversation's first message of whatever sender;
//!   round figures to the day the round starts. Figures of *people* (`customers`,
//!   `pdd_effective_reply`) belong to the day the customer's message itself was sent, because they
//!   ask who wrote in a period; `kuaishou_3min` counts people by their rounds and follows the
//!   round. Ratings belong to the day they were given.
//! * **Whose.** A conversation is credited to every agent who wrote in it; if none did, to the
//!   owner of its one, unanswered, round. Its outcome and its ratings go the same way. The first
//!   response, and `jd_30s`, belong to the owner of the conversation's first round.
//! * **Teams.** A team is the union of its agents, each thing counted once: a conversation in which
//!   two members wrote is one, its handling time runs from the first to the last message of any
//!   member, a customer of two members is one person. Membership is that of the day on which the
//!   thing is counted. What belongs to no agent, or to an agent without a team, is the row `None`.
//! * **Windows** of the day are local and half open: 08–23 h is 08:00:00 ≤ t < 23:00:00. A round is
//!   inside if it *starts* inside, a message if it is *sent* inside.
//! * **A message's answer** (`pdd_effective_reply`, `douyin_3min`) is the next agent message, its
//!   wait is counted from that message, not from the first one of its round.
//! * `jd_30s` divides by all conversations with a customer message, unanswered ones included.
//! * `kuaishou_3min`: a person who reached a human is one with an answered round; the wait is the
//!   response time of such a round. A round that nobody answered is no wait.
//! * `handling_time` of a telephone conversation without any duration is unknown and left out.
//! * `resolution`: closed without an outcome is closed, and not as solved.

mod cells;
mod codec;
mod contacts;
mod contribute;
mod day;
mod day_codec;
mod day_contacts;
mod definitions;
mod figures;
mod input;
mod periods;
mod rounds;
mod timeline;
mod zone;

#[cfg(test)]
mod tests;

pub use cells::{Cell, Scope, Sink};
pub use codec::DecodeError;
pub use contacts::{Contact, Resolved, resolve};
pub use contribute::contribute;
pub use day::{Askers, DayFigures, Mean, Share};
pub use day_contacts::{DayContacts, Owned, OwnedContact, Sequence};
pub use definitions::{Better, Definition, Group, Text, Unit, Window};
pub use figures::{Amount, Detail, Figure, UnknownFigure, Value};
pub use input::{Channel, Closing, ConversationInput, Rating, Score};
pub use periods::{Per, Period};
pub use rounds::{Round, Rounds, rounds};
pub use timeline::{
    DEFAULT_GAP_S, EARLIEST, LATEST, Sender, Timeline, TimelineError, Utterance, split_by_silence,
};
pub use zone::ShopZone;
