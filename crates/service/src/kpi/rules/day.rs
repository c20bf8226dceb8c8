//! The mergeable partial result behind every figure.

use std::collections::BTreeMap;

use kexun_stats::histogram::Histogram;
use roaring::RoaringBitmap;

/// A sum of seconds and of how many things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mean {
    /// How many.
    pub n: u64,
    /// Seconds together.
    pub sum: u64,
}

impl Mean {
    pub(super) fn add(&mut self, seconds: u64) {
        self.merge(Self { n: 1, sum: seconds });
    }

    fn merge(&mut self, other: Self) {
        add(&mut self.n, other.n);
        add(&mut self.sum, other.sum);
    }
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Of how many: the denominator.
    pub n: u64,
    /// How many, ≤ `n`.
    pub hits: u64,
}

impl Share {
    pub(super) fn add(&mut self, hit: bool) {
        self.merge(Self { n: 1, hits: u64::from(hit) });
    }

    pub(super) fn merge(&mut self, other: Self) {
        add(&mut self.n, other.n);
        add(&mut self.hits, other.hits);
    }
}

/// The people who asked on one day, for `pdd_effective_reply`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Askers {
    /// Customers with a message between 08 and 23 h.
    pub asked: RoaringBitmap,
    /// Those of them with such a message unanswered, or answered after more than an hour.
    pub neglected: RoaringBitmap,
}

/// Everything that the figures of one day and scope are calculated from; merged, of several days
/// or scopes.
///
/// Merging is associative and commutative, and merging the partial results of a set of
/// conversations gives what one pass over all would. Counters saturate rather than overflow.
/// Customers are numbers unique in the tenant; a customer of two shops has two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayFigures {
    /// Conversations with agent messages and no customer message.
    pub outbound: u64,
    /// Conversations with messages of customer and agent.
    pub conversations: u64,
    /// Conversations with customer messages and no agent message.
    pub unanswered: u64,
    /// Of `conversations` and `unanswered`, those with at least one rating.
    pub rated: u64,
    /// Contacts closed, and of these closed as solved.
    pub closed: Share,
    /// Customer messages.
    pub customer_messages: u64,
    /// Agent messages in conversations with a customer message.
    pub agent_messages: u64,
    /// Handling time.
    pub handling: Mean,
    /// First responses.
    pub first_responses: Histogram,
    /// Rounds, answered or not.
    pub rounds: u64,
    /// Response times of all answered rounds.
    pub responses: Histogram,
    /// Customers with a message.
    pub customers: RoaringBitmap,
    /// `taobao_3min`: rounds, and those answered in time.
    pub taobao: Share,
    /// `wangwang_response`: capped response times.
    pub wangwang: Mean,
    /// `pdd_effective_reply`: by day since 1970-01-01, because a person counts once *a day*.
    pub pdd: BTreeMap<i32, Askers>,
    /// `jd_30s`: conversations, and those first answered in time.
    pub jd: Share,
    /// `douyin_3min`: customer messages, and those answered in time.
    pub douyin: Share,
    /// `kuaishou_3min`: people who reached a human.
    pub kuaishou_reached: RoaringBitmap,
    /// `kuaishou_3min`: those of them who waited too long.
    pub kuaishou_late: RoaringBitmap,
    /// Ratings by score: `scores[0]` is score 1.
    pub scores: [u64; 5],
}

impl DayFigures {
    /// Adds what `other` counted: of other conversations of the same day and scope, or of another
    /// day, or of another scope that shares no conversation with this one. (Rows of agents do *not*
    /// add up to their team's or shop's: take those from their own rows.)
    pub fn merge(&mut self, other: &Self) {
        add(&mut self.outbound, other.outbound);
        add(&mut self.conversations, other.conversations);
        add(&mut self.unanswered, other.unanswered);
        add(&mut self.rated, other.rated);
        self.closed.merge(other.closed);
        add(&mut self.customer_messages, other.customer_messages);
        add(&mut self.agent_messages, other.agent_messages);
        self.handling.merge(other.handling);
        self.first_responses.merge(&other.first_responses);
        add(&mut self.rounds, other.rounds);
        self.responses.merge(&other.responses);
        self.customers |= &other.customers;
        self.taobao.merge(other.taobao);
        self.wangwang.merge(other.wangwang);
        for (&day, askers) in &other.pdd {
            let mine = self.pdd.entry(day).or_default();
            mine.asked |= &askers.asked;
            mine.neglected |= &askers.neglected;
        }
        self.jd.merge(other.jd);
        self.douyin.merge(other.douyin);
        self.kuaishou_reached |= &other.kuaishou_reached;
        self.kuaishou_late |= &other.kuaishou_late;
        for (mine, theirs) in self.scores.iter_mut().zip(other.scores) {
            add(mine, theirs);
        }
    }

    /// Whether nothing at all has been counted, so that the row need not be kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn add(mine: &mut u64, theirs: u64) {
    *mine = mine.saturating_add(theirs);
}
