//! What a conversation is to the figures.

use super::timeline::Timeline;
use super::zone::ShopZone;

/// By which way the customer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// 在线: chat, the default.
    Chat,
    /// 电话: handling time is what the telephone system reports.
    Phone,
    /// 邮件
    Email,
    /// 工单
    Ticket,
}

/// How a contact ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closing {
    /// Not closed, as far as the source says.
    Open,
    /// Closed as solved.
    Solved,
    /// Closed, but not as solved: as unsolved, or with no outcome given.
    Unsolved,
}

/// A rating's score, 1–5; 4 is 满意, 5 is 非常满意.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Score(pub(super) u8);

impl Score {
    /// A score; `None` outside 1–5.
    #[must_use]
    pub fn new(score: u8) -> Option<Self> {
        (1..=5).contains(&score).then_some(Self(score))
    }
}

/// A customer's rating of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rating {
    /// When it was given, UTC seconds.
    pub at: i64,
    /// The score.
    pub score: Score,
}

/// One conversation with all that figures need of it.
#[derive(Clone, Copy, Debug)]
pub struct ConversationInput<'a> {
    /// Its messages; empty for a contact without transcript, or for ratings whose conversation is
    /// unknown.
    pub timeline: &'a Timeline,
    /// The customer's number, unique in the tenant.
    pub customer: u32,
    /// The channel.
    pub channel: Channel,
    /// The shop's zone.
    pub zone: &'a ShopZone,
    /// When the contact was opened, UTC seconds; used only if there is no message.
    pub opened_at: Option<i64>,
    /// Telephone: talk + hold + after-call work, seconds; `None` if the source gives none of them.
    pub call_s: Option<u32>,
    /// How it ended.
    pub closing: Closing,
    /// Its ratings.
    pub ratings: &'a [Rating],
}
