//! The days of the span, one after another: which conversations each of them brings.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use rand::Rng;

use crate::calendar;
use crate::catalogue::SHOPS;
use crate::conversation::{Arrival, Conversation};
use crate::draw::{Dice, Purpose, chance, dice, index, mix, weighted};
use crate::event::Event;
use crate::names::CUSTOMERS;
use crate::organisation::Organisation;
use crate::roster::Roster;
use crate::talk::converse;
use crate::texts::{Phase, situations};

/// Share of conversations that agents begin.
const OUTBOUND: f64 = 0.02;
/// Probability that a fresh matter comes from a customer who is already known.
const KNOWN: f64 = 0.3;

/// Runs through the span; holds one day's conversations at a time.
pub(crate) struct DayByDay<'a> {
    org: &'a Organisation,
    next: usize,
    serial: u64,
    roster: Roster,
    /// Customers who come back, by day.
    back: BTreeMap<NaiveDate, Vec<Arrival>>,
    /// Customers known so far, per shop.
    customers: [u32; SHOPS.len()],
}

impl<'a> DayByDay<'a> {
    pub(crate) fn new(org: &'a Organisation) -> Self {
        let roster = Roster::new(org.places.len());
        Self { org, next: 0, serial: 0, roster, back: BTreeMap::new(), customers: [0; SHOPS.len()] }
    }

    fn arrivals(&mut self, dice: &mut Dice, day: NaiveDate, count: usize) -> Vec<Arrival> {
        let mut all = self.back.remove(&day).unwrap_or_default();
        all.truncate(count);
        while all.len() < count {
            all.push(self.fresh(dice, day));
        }
        all.sort_by_key(|arrival| arrival.at);
        all
    }

    /// A matter that was not there before.
    fn fresh(&mut self, dice: &mut Dice, day: NaiveDate) -> Arrival {
        let shares: Vec<f64> = SHOPS.iter().map(|shop| shop.share).collect();
        let shop = weighted(dice, &shares);
        let outbound = chance(dice, OUTBOUND);
        let second =
            if outbound { dice.random_range(9 * 3600..20 * 3600) } else { calendar::second_of_day(dice) };
        let at = day.and_hms_opt(0, 0, 0).unwrap_or_default() + TimeDelta::seconds(i64::from(second));
        let situation = self.situation(dice, shop, day);
        Arrival {
            at,
            shop,
            situation,
            customer: self.customer(dice, shop),
            product: self.article(dice, shop, situation, at),
            again: false,
            outbound,
        }
    }

    fn situation(&self, dice: &mut Dice, shop: usize, day: NaiveDate) -> usize {
        let sketch = &SHOPS[shop];
        let aftermath = calendar::aftermath(day);
        let weight = |s: &crate::texts::Situation| {
            if !s.lines.contains(&sketch.line) {
                return 0.0;
            }
            let cluster =
                self.org.events.iter().any(|e| e.situation == Some(s.key) && e.covers(sketch.code, day));
            let season = if aftermath && s.phase != Phase::PreSales { 1.6 } else { 1.0 };
            s.weight * season * if cluster { Event::CLUSTER } else { 1.0 }
        };
        let weights: Vec<f64> = situations().iter().map(weight).collect();
        weighted(dice, &weights)
    }

    fn customer(&mut self, dice: &mut Dice, shop: usize) -> Arc<str> {
        let known = &mut self.customers[shop];
        let number = if *known > 0 && chance(dice, KNOWN) {
            dice.random_range(0..*known)
        } else {
            *known += 1;
            *known - 1
        };
        let hash = mix(self.org.plan.seed ^ mix(u64::from(number) << 3 | shop as u64));
        let word = CUSTOMERS[(hash % CUSTOMERS.len() as u64) as usize];
        // The number makes it unique; the factor is prime to 100,000,000, so numbers do not repeat.
        let digits = (u64::from(number) * 7_368_787 + 1_043) % 100_000_000;
        Arc::from(format!("{word}{digits}").as_str())
    }

    fn article(
        &self,
        dice: &mut Dice,
        shop: usize,
        situation: usize,
        at: NaiveDateTime,
    ) -> Option<&'static str> {
        let cluster = self.org.cluster(shop, situation, at).and_then(|event| event.product);
        match cluster {
            Some(product) if chance(dice, 0.85) => Some(product),
            _ => Some(SHOPS[shop].products[index(dice, SHOPS[shop].products.len())]),
        }
    }

    fn remember(&mut self, conversation: &Conversation) {
        let Some(at) = conversation.back_at else { return };
        self.back.entry(at.date()).or_default().push(Arrival {
            at,
            shop: conversation.shop,
            situation: conversation.situation,
            customer: Arc::clone(&conversation.customer),
            product: conversation.product,
            again: true,
            outbound: false,
        });
    }
}

impl Iterator for DayByDay<'_> {
    /// A day and the conversations that begin on it, in the order in which they begin.
    type Item = (NaiveDate, Vec<Conversation>);

    fn next(&mut self) -> Option<Self::Item> {
        let count = *self.org.day_counts.get(self.next)? as usize;
        let day = self.org.plan.first_day().checked_add_days(Days::new(self.next as u64))?;
        let mut dice = dice(self.org.plan.seed, Purpose::Day, self.next as u64);
        self.next += 1;
        let arrivals = self.arrivals(&mut dice, day, count);
        let mut all = Vec::with_capacity(count);
        for (number, arrival) in arrivals.into_iter().enumerate() {
            self.serial += 1;
            let code = SHOPS[arrival.shop].code;
            let id = format!("{code}-{}-{:05}", day.format("%Y%m%d"), number + 1);
            let conversation = converse(self.org, &mut self.roster, arrival, self.serial, Arc::from(id));
            self.remember(&conversation);
            all.push(conversation);
        }
        Some((day, all))
    }
}
