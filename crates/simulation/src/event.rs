//! Things that happen to shops, not to agents: what early signals should find and what must
//! not be held against a person.

use chrono::{Days, NaiveDate};

use crate::plan::Plan;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A faulty batch: quality complaints about one product and lower ratings.
    FaultyBatch,
    /// Parcels are stuck: many enquiries after the logistics.
    ParcelsStuck,
    /// The chat tool is slow for a day: every answer of the shop takes longer.
    SlowTool,
    /// Spoilt goods of one product: a cluster of complaints at the very end of the span.
    SpoiltGoods,
}

/// A known event of the simulated span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// Code of the shop concerned.
    pub shop: &'static str,
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// The product concerned, if one.
    pub product: Option<&'static str>,
    /// Key of the situation that becomes frequent, if one.
    pub situation: Option<&'static str>,
}

impl Event {
    /// Whether it concerns the shop on the day.
    pub fn covers(&self, shop: &str, day: NaiveDate) -> bool {
        self.shop == shop && self.from <= day && day <= self.to
    }

    /// Factor on the weight of its situation.
    pub(crate) const CLUSTER: f64 = 7.0;
    /// Factor on every wait while the tool is slow.
    pub(crate) const SLOW: f64 = 2.2;
}

/// The events of a plan, at fixed fractions of its span.
pub(crate) fn events(plan: &Plan) -> Vec<Event> {
    let days = u64::from(plan.days.max(1));
    let at = |percent: u64| {
        plan.first_day().checked_add_days(Days::new(days * percent / 100)).unwrap_or(plan.last_day)
    };
    let last_but = |n| plan.last_day.checked_sub_days(Days::new(n)).unwrap_or(plan.last_day);
    vec![
        Event {
            kind: EventKind::ParcelsStuck,
            shop: "YZ01",
            from: at(33),
            to: at(36).min(plan.last_day),
            product: None,
            situation: Some("logistics_stuck"),
        },
        Event {
            kind: EventKind::FaultyBatch,
            shop: "QM01",
            from: at(60),
            to: at(66).min(plan.last_day),
            product: Some("智能手表S3"),
            situation: Some("quality"),
        },
        Event {
            kind: EventKind::SlowTool,
            shop: "YZ02",
            from: at(78).min(plan.last_day),
            to: at(78).min(plan.last_day),
            product: None,
            situation: None,
        },
        Event {
            kind: EventKind::SpoiltGoods,
            shop: "HS01",
            from: last_but(1),
            to: plan.last_day,
            product: Some("全麦吐司整箱"),
            situation: Some("spoilt"),
        },
    ]
}
