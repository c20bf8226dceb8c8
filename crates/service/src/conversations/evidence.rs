//! Which conversations stand behind a figure, and which of them make it worse. Pure.
//!
//! A conversation is weighed by the very rule that the figures are made by ([`contribute`]): what it
//! adds to a figure's cells says whether it belongs to the evidence, so that the evidence cannot tell
//! another story than the figure (a property test adds it up again).
//!
//! What makes a figure worse (`miss`):
//!
//! | figure | a conversation |
//! |---|---|
//! | `unanswered` | that is one |
//! | `first_response`, `average_response` | with a response slower than the limit: the one asked for, else the target, else in the slowest tenth |
//! | `wangwang_response` | whose mean is above the limit: the one asked for, else the target, else the figure itself |
//! | `answered_within_T`, `taobao_3min` | with a round not answered in time |
//! | `jd_30s` | not first answered in time |
//! | `douyin_3min` | with a customer message not answered in time |
//! | `pdd_effective_reply`, `kuaishou_3min` | in which the customer was neglected |
//! | `satisfaction`, `jd_satisfaction` | rated 3 or less |
//! | `resolution` | closed, not as solved |
//! | `fcr_X` | that is a first contact and was followed by another in time |
//!
//! All other figures have no worse side.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::ConversationId;
use kexun_stats::histogram::Histogram;

use crate::kpi::rules::{Cell, ConversationInput, DayFigures, Figure, Period, Scope, contribute};

/// What one conversation adds to the figures of every day and scope it concerns.
#[derive(Debug, Default)]
pub struct Shares(HashMap<Cell, DayFigures>);

impl Shares {
    /// Weighs a conversation; `team_of` as for [`contribute`].
    pub fn of(
        conversation: &ConversationInput<'_>,
        team_of: &impl Fn(u32, NaiveDate) -> Option<u32>,
    ) -> Shares {
        let mut cells = HashMap::new();
        contribute(conversation, team_of, &mut cells);
        Shares(cells)
    }

    /// Whether it counts for anything in one of these scopes.
    pub fn concern(&self, scope: impl Fn(Scope) -> bool) -> bool {
        self.0.keys().any(|cell| scope(cell.scope))
    }

    /// What it adds to one of these scopes in a period.
    pub fn within(&self, scope: impl Fn(Scope) -> bool, period: Period) -> DayFigures {
        let mut all = DayFigures::default();
        for (cell, figures) in &self.0 {
            if period.contains(cell.day) && scope(cell.scope) {
                all.merge(figures);
            }
        }
        all
    }
}

/// Whether a conversation that adds this belongs to the evidence of a figure: to its value, or to
/// what the value is a part of. For [`Figure::Fcr`]: whether it is a contact at all, see
/// [`first_contacts`].
pub fn counts(figure: Figure, adds: &DayFigures) -> bool {
    let f = adds;
    match figure {
        Figure::Outbound => f.outbound > 0,
        Figure::Conversations => f.conversations > 0,
        Figure::Customers => !f.customers.is_empty(),
        Figure::Unanswered => f.unanswered > 0,
        Figure::Rounds | Figure::AnsweredWithin(_) => f.rounds > 0,
        Figure::CustomerMessages => f.customer_messages > 0,
        Figure::AgentMessages => f.agent_messages > 0,
        Figure::FirstResponse => f.first_responses.total() > 0,
        Figure::AverageResponse => f.responses.total() > 0,
        Figure::ReplyRatio => f.agent_messages > 0 || f.customer_messages > 0,
        Figure::HandlingTime => f.handling.n > 0,
        Figure::Satisfaction | Figure::JdSatisfaction => f.scores.iter().any(|n| *n > 0),
        Figure::Resolution => f.closed.n > 0,
        Figure::Fcr(_) => f.conversations > 0 || f.unanswered > 0,
        Figure::Taobao3min => f.taobao.n > 0,
        Figure::WangwangResponse => f.wangwang.n > 0,
        Figure::PddEffectiveReply => f.pdd.values().any(|day| !day.asked.is_empty()),
        Figure::Jd30s => f.jd.n > 0,
        Figure::Douyin3min => f.douyin.n > 0,
        Figure::Kuaishou3min => !f.kuaishou_reached.is_empty(),
    }
}

/// Whether conversations can make a figure worse at all.
pub fn has_worse_side(figure: Figure) -> bool {
    figure.definition().better.is_some()
}

/// Whether a conversation that adds this makes a figure worse; `limit_s` for the figures that have
/// one ([`usual_limit`]). Not for [`Figure::Fcr`], see [`first_contacts`].
pub fn misses(figure: Figure, adds: &DayFigures, limit_s: Option<u32>) -> bool {
    let f = adds;
    let slower = |times: &Histogram| limit_s.is_some_and(|limit| times.at_most(limit) < times.total());
    match figure {
        Figure::Unanswered => f.unanswered > 0,
        Figure::FirstResponse => slower(&f.first_responses),
        Figure::AverageResponse => slower(&f.responses),
        Figure::AnsweredWithin(seconds) => f.responses.at_most(seconds) < f.rounds,
        Figure::Satisfaction | Figure::JdSatisfaction => f.scores[..3].iter().any(|n| *n > 0),
        Figure::Resolution => f.closed.hits < f.closed.n,
        Figure::Taobao3min => f.taobao.hits < f.taobao.n,
        Figure::WangwangResponse => {
            limit_s.is_some_and(|limit| f.wangwang.sum > f.wangwang.n * u64::from(limit))
        }
        Figure::PddEffectiveReply => f.pdd.values().any(|day| !day.neglected.is_empty()),
        Figure::Jd30s => f.jd.hits < f.jd.n,
        Figure::Douyin3min => f.douyin.hits < f.douyin.n,
        Figure::Kuaishou3min => !f.kuaishou_late.is_empty(),
        Figure::Outbound
        | Figure::Conversations
        | Figure::Customers
        | Figure::Rounds
        | Figure::CustomerMessages
        | Figure::AgentMessages
        | Figure::ReplyRatio
        | Figure::HandlingTime
        | Figure::Fcr(_) => false,
    }
}

/// Whether a conversation makes a figure worse by a response beyond a limit that the figure itself
/// does not have.
pub fn has_limit(figure: Figure) -> bool {
    matches!(figure, Figure::FirstResponse | Figure::AverageResponse | Figure::WangwangResponse)
}

/// The limit, in seconds, beyond which a response is slow where nobody said one: of the figures of
/// the whole period and scope, what puts the slowest tenth beyond it, or for a capped mean the mean.
/// `None`: the figure has no limit, or nothing is slower than the rest.
pub fn usual_limit(figure: Figure, whole: &DayFigures) -> Option<u32> {
    // Times are whole seconds: at least the 90th percentile is slower than a second less.
    let tenth = |times: &Histogram| times.percentile(90).and_then(|p90| p90.checked_sub(1));
    match figure {
        Figure::FirstResponse => tenth(&whole.first_responses),
        Figure::AverageResponse => tenth(&whole.responses),
        Figure::WangwangResponse => {
            whole.wangwang.sum.checked_div(whole.wangwang.n).and_then(|s| s.try_into().ok())
        }
        _ => None,
    }
}

/// When a contact began and ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The conversation.
    pub id: ConversationId,
    /// The customer's number.
    pub customer: i32,
    /// Its first message, UTC seconds.
    pub opened_at: i64,
    /// Its last message, UTC seconds.
    pub last_at: i64,
}

/// Of all contacts, sorted by customer and beginning, those that are first (the same customer had
/// none in the `hours` before), and whether none followed in the `hours` after: the rule of
/// [`resolve`](crate::kpi::rules::resolve), contact by contact.
pub fn first_contacts(contacts: &[Span], hours: u32) -> HashMap<ConversationId, bool> {
    let window = i64::from(hours) * 3600;
    let mut found = HashMap::new();
    for theirs in contacts.chunk_by(|a, b| a.customer == b.customer) {
        let mut busy_until: Option<i64> = None;
        for (index, contact) in theirs.iter().enumerate() {
            let first = busy_until.is_none_or(|end| contact.opened_at - end > window);
            busy_until = busy_until.max(Some(contact.last_at));
            if first {
                let next = theirs.get(index + 1);
                found.insert(contact.id, next.is_none_or(|next| next.opened_at - contact.last_at > window));
            }
        }
    }
    found
}
