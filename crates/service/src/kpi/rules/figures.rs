//! A figure by its key, and its value.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use kexun_stats::histogram::Histogram;

use super::day::{DayFigures, Mean};

/// A figure that conversations, contacts and ratings can feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Figure {
    /// `outbound` 主动联系
    Outbound,
    /// `conversations` 接待会话数
    Conversations,
    /// `customers` 咨询人数
    Customers,
    /// `unanswered` 未回复会话
    Unanswered,
    /// `rounds` 轮次数
    Rounds,
    /// `customer_messages` 客户消息数
    CustomerMessages,
    /// `agent_messages` 客服消息数
    AgentMessages,
    /// `first_response` 首次响应时长
    FirstResponse,
    /// `average_response` 平均响应时长
    AverageResponse,
    /// `answered_within_T` T 秒内回复率: T in seconds
    AnsweredWithin(u32),
    /// `reply_ratio` 答问比
    ReplyRatio,
    /// `handling_time` 处理时长
    HandlingTime,
    /// `satisfaction` 满意率
    Satisfaction,
    /// `resolution` 解决率
    Resolution,
    /// `fcr_X` 一次解决率: X in hours, 72 if only `fcr` is said
    Fcr(u32),
    /// `taobao_3min` 3分钟人工响应率
    Taobao3min,
    /// `wangwang_response` 旺旺人工响应时间
    WangwangResponse,
    /// `pdd_effective_reply` 拼多多有效回复率
    PddEffectiveReply,
    /// `jd_30s` 京东30秒应答率
    Jd30s,
    /// `jd_satisfaction` 京东售后满意度
    JdSatisfaction,
    /// `douyin_3min` 抖音3分钟人工回复率
    Douyin3min,
    /// `kuaishou_3min` 快手3分钟人工回复率
    Kuaishou3min,
}

/// A key that names no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFigure(pub String);

impl fmt::Display for UnknownFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no figure has the key {:?}", self.0)
    }
}

impl std::error::Error for UnknownFigure {}

/// The amount of a value: a count is whole, everything else is seconds, a share (0–1) or a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Amount {
    /// A number of things.
    Count(u64),
    /// Seconds, or a quotient.
    Measure(f64),
}

impl Amount {
    /// As a number, whatever it is.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Measure(measure) => measure,
        }
    }
}

/// A figure's value, as the JSON of `GET /api/v1/kpi` has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Value {
    /// The value; `None` is *no value*: the denominator is 0. Never so for a count.
    pub value: Option<Amount>,
    /// The denominator: of how many; a count has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// The version of the definition.
    pub version: u32,
    /// What some figures say beside their value.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

/// What some figures say beside their value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Detail {
    /// Percentiles by nearest rank, seconds.
    Percentiles {
        /// The median.
        p50: Option<f64>,
        /// Nine of ten are at most this.
        p90: Option<f64>,
    },
    /// How many of the contacts were rated.
    Rated {
        /// Contacts with at least one rating ÷ contacts (conversations with a customer message)
        /// of the period; `None` without contacts.
        rated_share: Option<f64>,
    },
    /// A value that can still change as time passes.
    Final {
        /// UTC seconds after which it cannot; `None` if it cannot change now.
        final_after: Option<i64>,
    },
}

/// The keys without a parameter.
const KEYS: [(&str, Figure); 20] = [
    ("outbound", Figure::Outbound),
    ("conversations", Figure::Conversations),
    ("customers", Figure::Customers),
    ("unanswered", Figure::Unanswered),
    ("rounds", Figure::Rounds),
    ("customer_messages", Figure::CustomerMessages),
    ("agent_messages", Figure::AgentMessages),
    ("first_response", Figure::FirstResponse),
    ("average_response", Figure::AverageResponse),
    ("reply_ratio", Figure::ReplyRatio),
    ("handling_time", Figure::HandlingTime),
    ("satisfaction", Figure::Satisfaction),
    ("resolution", Figure::Resolution),
    ("taobao_3min", Figure::Taobao3min),
    ("wangwang_response", Figure::WangwangResponse),
    ("pdd_effective_reply", Figure::PddEffectiveReply),
    ("jd_30s", Figure::Jd30s),
    ("jd_satisfaction", Figure::JdSatisfaction),
    ("douyin_3min", Figure::Douyin3min),
    ("kuaishou_3min", Figure::Kuaishou3min),
];

impl fmt::Display for Figure {
    /// The key, with the parameter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnsweredWithin(seconds) => write!(f, "answered_within_{seconds}"),
            Self::Fcr(hours) => write!(f, "fcr_{hours}"),
            _ => {
                let known = KEYS.iter().find(|(_, figure)| figure == self);
                f.write_str(known.expect("every figure without parameter is listed").0)
            }
        }
    }
}

impl FromStr for Figure {
    type Err = UnknownFigure;

    /// A figure by its key: `first_response`, `answered_within_180` (seconds), `fcr_72` (hours),
    /// `fcr`.
    fn from_str(key: &str) -> Result<Self, UnknownFigure> {
        let parameterised = || {
            if let Some(seconds) = key.strip_prefix("answered_within_") {
                return Some(Self::AnsweredWithin(parameter(seconds)?));
            }
            let hours = key.strip_prefix("fcr")?.strip_prefix('_');
            match hours {
                Some(hours) => Some(Self::Fcr(parameter(hours)?)),
                None => (key == "fcr").then_some(Self::Fcr(Self::DEFAULT_FCR_HOURS)),
            }
        };
        let known = KEYS.iter().find(|(name, _)| *name == key);
        known.map(|(_, figure)| *figure).or_else(parameterised).ok_or_else(|| UnknownFigure(key.to_owned()))
    }
}

/// A whole number as it is usually written: one figure has one key.
fn parameter(digits: &str) -> Option<u32> {
    let value = digits.parse().ok()?;
    (u32::to_string(&value) == digits).then_some(value)
}

impl Figure {
    /// x of `fcr` where none is said, hours.
    pub const DEFAULT_FCR_HOURS: u32 = 72;

    /// The version of its definition that is shipped now.
    #[must_use]
    pub fn version(self) -> u32 {
        1
    }

    /// Its value from merged figures. `None` only for [`Figure::Fcr`], which needs the sequence of
    /// contacts: see [`Sequence`](super::Sequence).
    #[must_use]
    pub fn evaluate(self, figures: &DayFigures) -> Option<Value> {
        let f = figures;
        let (good, ratings) = ratings(&f.scores);
        Some(match self {
            Self::Outbound => self.count(f.outbound),
            Self::Conversations => self.count(f.conversations),
            Self::Customers => self.count(f.customers.len()),
            Self::Unanswered => self.count(f.unanswered),
            Self::Rounds => self.count(f.rounds),
            Self::CustomerMessages => self.count(f.customer_messages),
            Self::AgentMessages => self.count(f.agent_messages),
            Self::FirstResponse => {
                Value { detail: Some(percentiles(&f.first_responses)), ..self.mean(&f.first_responses) }
            }
            Self::AverageResponse => self.mean(&f.responses),
            Self::AnsweredWithin(seconds) => self.quotient(f.responses.at_most(seconds), f.rounds),
            Self::ReplyRatio => self.quotient(f.agent_messages, f.customer_messages),
            Self::HandlingTime => self.mean_of(f.handling),
            Self::Satisfaction => Value { detail: Some(rated(f)), ..self.quotient(good, ratings) },
            Self::Resolution => self.quotient(f.closed.hits, f.closed.n),
            Self::Fcr(_) => return None,
            Self::Taobao3min => self.quotient(f.taobao.hits, f.taobao.n),
            Self::WangwangResponse => self.mean_of(f.wangwang),
            Self::PddEffectiveReply => {
                let asked: u64 = f.pdd.values().map(|day| day.asked.len()).sum();
                let neglected: u64 = f.pdd.values().map(|day| day.neglected.len()).sum();
                self.quotient(asked - neglected, asked)
            }
            Self::Jd30s => self.quotient(f.jd.hits, f.jd.n),
            Self::JdSatisfaction => self.quotient(good, ratings),
            Self::Douyin3min => self.quotient(f.douyin.hits, f.douyin.n),
            Self::Kuaishou3min => {
                let reached = f.kuaishou_reached.len();
                self.quotient(reached - f.kuaishou_late.len(), reached)
            }
        })
    }

    fn count(self, count: u64) -> Value {
        Value { value: Some(Amount::Count(count)), n: None, version: self.version(), detail: None }
    }

    fn quotient(self, part: u64, n: u64) -> Value {
        Value {
            value: divide(part as f64, n).map(Amount::Measure),
            n: Some(n),
            version: self.version(),
            detail: None,
        }
    }

    fn mean_of(self, mean: Mean) -> Value {
        self.quotient(mean.sum, mean.n)
    }

    fn mean(self, times: &Histogram) -> Value {
        let n = times.total();
        Value {
            value: divide(times.sum() as f64, n).map(Amount::Measure),
            n: Some(n),
            version: self.version(),
            detail: None,
        }
    }
}

fn divide(part: f64, n: u64) -> Option<f64> {
    (n > 0).then(|| part / n as f64)
}

/// Ratings of 4 and 5, and all.
fn ratings(scores: &[u64; 5]) -> (u64, u64) {
    let sum = |scores: &[u64]| scores.iter().fold(0, |sum: u64, &n| sum.saturating_add(n));
    (sum(&scores[3..]), sum(scores))
}

fn percentiles(times: &Histogram) -> Detail {
    Detail::Percentiles { p50: times.percentile(50).map(f64::from), p90: times.percentile(90).map(f64::from) }
}

fn rated(figures: &DayFigures) -> Detail {
    let contacts = figures.conversations.saturating_add(figures.unanswered);
    Detail::Rated { rated_share: divide(figures.rated as f64, contacts) }
}
