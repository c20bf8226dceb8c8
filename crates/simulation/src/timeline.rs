//! Brings what the days yield into the order of time, holding little more than a day.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{Days, NaiveDateTime};

use crate::conversation::Conversation;
use crate::day::DayByDay;

/// One thing of a conversation at its time; `part` is its place in the conversation.
pub(crate) struct Moment {
    pub at: NaiveDateTime,
    pub conversation: Arc<Conversation>,
    pub part: usize,
}

/// The moments of all conversations in the order of time; at the same second, in the order of
/// the conversations and of their parts.
pub(crate) struct Timeline<'a> {
    days: DayByDay<'a>,
    /// The moments of a conversation.
    moments: fn(&Conversation, &mut Vec<NaiveDateTime>),
    /// In order, all before anything not yet generated.
    ready: VecDeque<Moment>,
    /// After the midnight up to which days were generated.
    later: Vec<Moment>,
}

impl<'a> Timeline<'a> {
    pub(crate) fn new(days: DayByDay<'a>, moments: fn(&Conversation, &mut Vec<NaiveDateTime>)) -> Self {
        Self { days, moments, ready: VecDeque::new(), later: Vec::new() }
    }

    /// Generates one more day; false after the last.
    fn advance(&mut self) -> bool {
        let Some((day, conversations)) = self.days.next() else {
            return false;
        };
        let mut all = std::mem::take(&mut self.later);
        let mut times = Vec::new();
        for conversation in conversations {
            let conversation = Arc::new(conversation);
            times.clear();
            (self.moments)(&conversation, &mut times);
            let moment = |(part, at): (usize, &NaiveDateTime)| Moment {
                at: *at,
                conversation: Arc::clone(&conversation),
                part,
            };
            all.extend(times.iter().enumerate().map(moment));
        }
        all.sort_unstable_by_key(|m| (m.at, m.conversation.serial, m.part));
        let midnight = day.checked_add_days(Days::new(1)).and_then(|d| d.and_hms_opt(0, 0, 0));
        let split = midnight.map_or(all.len(), |end| all.partition_point(|m| m.at < end));
        self.later = all.split_off(split);
        self.ready = all.into();
        true
    }

    /// Number of moments held.
    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        self.ready.len() + self.later.len()
    }
}

impl Iterator for Timeline<'_> {
    type Item = Moment;

    fn next(&mut self) -> Option<Moment> {
        loop {
            if let Some(moment) = self.ready.pop_front() {
                return Some(moment);
            }
            if !self.advance() {
                // The rest lies after the last day and is sorted already.
                self.ready = std::mem::take(&mut self.later).into();
                return self.ready.pop_front();
            }
        }
    }
}
