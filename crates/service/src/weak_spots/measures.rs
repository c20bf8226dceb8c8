//! What is tested, and how much of a difference matters.
//!
//! The figures overlap: a slow agent is slow in first response, average response, and in every
//! platform's "answered in three minutes". Listing one weakness six times would not make it six, and
//! every test more makes the list a little harder to get on. So [`Measure::ALWAYS`] has one measure a
//! question: how long for the first word, how long afterwards, how often far too long, how often never,
//! are customers content, is the matter solved. A platform's figure joins in where the tenant set a
//! target for it, because then somebody wants to know.

use kexun_stats::histogram::Histogram;
use kexun_stats::moments::log_seconds;
use kexun_stats::weak::{Direction, Margin};

use crate::kpi::rules::{DayFigures, Figure, Text, Unit};

/// A figure of agents that can be compared case by case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// `first_response`: time to the first word.
    FirstResponse,
    /// `average_response`: time to every answer.
    AverageResponse,
    /// `answered_within_T`: rounds answered within T seconds ÷ rounds. Finds who is mostly quick and
    /// now and then leaves for an hour, which means of logarithms hardly show.
    AnsweredWithin(u32),
    /// `unanswered`, as a share: conversations left without any answer ÷ conversations. Not the share
    /// of rounds, which a closing 谢谢 decides.
    Unanswered,
    /// `satisfaction`: ratings of 4–5 ÷ ratings.
    Satisfaction,
    /// `resolution`: closed as solved ÷ closed.
    Resolution,
    /// `taobao_3min`, where it has a target.
    Taobao3min,
    /// `jd_30s`, where it has a target.
    Jd30s,
    /// `douyin_3min`, where it has a target.
    Douyin3min,
}

/// The cases that one conversation, or any set of them, adds to a measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cases {
    /// How many.
    pub n: u64,
    /// Shares: hits. Times: sum of log(seconds + ½).
    pub sum: f64,
    /// Times: sum of seconds.
    pub seconds: f64,
}

impl Measure {
    /// What is always tested.
    pub const ALWAYS: [Measure; 6] = [
        Self::FirstResponse,
        Self::AverageResponse,
        Self::AnsweredWithin(180),
        Self::Unanswered,
        Self::Satisfaction,
        Self::Resolution,
    ];

    /// The measure of a figure; none for those that are counts, or that are not made of
    /// conversations one by one (people who wrote on a day, sequences of contacts).
    pub fn of(figure: Figure) -> Option<Measure> {
        Some(match figure {
            Figure::FirstResponse => Self::FirstResponse,
            Figure::AverageResponse => Self::AverageResponse,
            Figure::AnsweredWithin(seconds) => Self::AnsweredWithin(seconds),
            Figure::Unanswered => Self::Unanswered,
            Figure::Satisfaction => Self::Satisfaction,
            Figure::Resolution => Self::Resolution,
            Figure::Taobao3min => Self::Taobao3min,
            Figure::Jd30s => Self::Jd30s,
            Figure::Douyin3min => Self::Douyin3min,
            _ => return None,
        })
    }

    /// The figure that it judges, whose key it has.
    pub fn figure(self) -> Figure {
        match self {
            Self::FirstResponse => Figure::FirstResponse,
            Self::AverageResponse => Figure::AverageResponse,
            Self::AnsweredWithin(seconds) => Figure::AnsweredWithin(seconds),
            Self::Unanswered => Figure::Unanswered,
            Self::Satisfaction => Figure::Satisfaction,
            Self::Resolution => Figure::Resolution,
            Self::Taobao3min => Figure::Taobao3min,
            Self::Jd30s => Figure::Jd30s,
            Self::Douyin3min => Figure::Douyin3min,
        }
    }

    /// Its name.
    pub fn name(self) -> Text {
        match self {
            Self::Unanswered => {
                Text { zh: "未回复会话占比".into(), en: "Share of conversations unanswered".into() }
            }
            _ => self.figure().definition().name,
        }
    }

    /// Seconds or share.
    pub fn unit(self) -> Unit {
        match self {
            Self::FirstResponse | Self::AverageResponse => Unit::Seconds,
            _ => Unit::Share,
        }
    }

    /// Which way it is worse.
    pub fn direction(self) -> Direction {
        match self {
            Self::FirstResponse | Self::AverageResponse | Self::Unanswered => Direction::HigherIsWorse,
            _ => Direction::LowerIsWorse,
        }
    }

    /// How much worse than the peers before it matters: a quarter more time, five percentage points;
    /// two points of customers without any answer, of whom there should be about one in a hundred.
    pub fn margin(self) -> Margin {
        match self {
            Self::FirstResponse | Self::AverageResponse => Margin::Factor(1.25),
            Self::Unanswered => Margin::Points(0.02),
            _ => Margin::Points(0.05),
        }
    }

    /// The cases in figures.
    pub fn cases(self, figures: &DayFigures) -> Cases {
        let share = |n: u64, hits: u64| Cases { n, sum: hits as f64, seconds: 0.0 };
        match self {
            Self::FirstResponse => times(&figures.first_responses),
            Self::AverageResponse => times(&figures.responses),
            Self::AnsweredWithin(seconds) => share(figures.rounds, figures.responses.at_most(seconds)),
            Self::Unanswered => share(figures.conversations + figures.unanswered, figures.unanswered),
            Self::Satisfaction => share(figures.scores.iter().sum(), figures.scores[3..].iter().sum()),
            Self::Resolution => share(figures.closed.n, figures.closed.hits),
            Self::Taobao3min => share(figures.taobao.n, figures.taobao.hits),
            Self::Jd30s => share(figures.jd.n, figures.jd.hits),
            Self::Douyin3min => share(figures.douyin.n, figures.douyin.hits),
        }
    }
}

fn times(times: &Histogram) -> Cases {
    times.bins().fold(Cases::default(), |sum, (seconds, count)| {
        let (seconds, times) = (f64::from(seconds), count as f64);
        Cases {
            n: sum.n + count,
            sum: sum.sum + times * log_seconds(seconds),
            seconds: sum.seconds + times * seconds,
        }
    })
}
