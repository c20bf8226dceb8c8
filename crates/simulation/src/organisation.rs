use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::calendar;
use crate::cast;
use crate::catalogue::{MARKETPLACE, MERCHANTS, SHOPS, TEAMS};
use crate::conversation::Conversation;
use crate::day::DayByDay;
use crate::event::{Event, EventKind, events};
use crate::model::{Contact, Marketplace, Merchant, Message, Rating, Role, Shop, Staff, Team};
use crate::plan::Plan;
use crate::render::render;
use crate::skill::{Place, Skill, places, skills};
use crate::texts::situations;
use crate::timeline::{Moment, Timeline};
use crate::training::{Earlier, Training, Trainings, skill_at};
use crate::truth::Truth;

/// The zone of all shops.
const ZONE: &str = "Asia/Shanghai";

/// The simulated organisation: its structure and people, and what they produced.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// The parent tenant.
    pub marketplace: Marketplace,
    /// Its three merchants with their shops and teams.
    pub merchants: Vec<Merchant>,
    /// Everybody; logins, accounts and names are unique.
    pub staff: Vec<Staff>,
    pub(crate) plan: Plan,
    /// Places of the agents, their skills at the end and before a training; the same index in `staff`.
    pub(crate) places: Vec<Place>,
    pub(crate) skills: Vec<Skill>,
    pub(crate) earlier: Vec<Option<Earlier>>,
    pub(crate) trainings: Vec<Training>,
    pub(crate) events: Vec<Event>,
    pub(crate) day_counts: Vec<u32>,
}

impl Organisation {
    /// Builds structure and people; chats are generated when they are asked for.
    pub fn build(plan: &Plan) -> Self {
        let places = places();
        let skills = skills(plan.seed, &places);
        let staff = cast::staff(plan, &places, &skills);
        let Trainings { held, earlier } = Trainings::of(plan, &places, &skills, &staff);
        Self {
            marketplace: MARKETPLACE,
            merchants: merchants(&staff),
            events: events(plan),
            day_counts: calendar::day_counts(plan),
            plan: plan.clone(),
            places,
            skills,
            earlier,
            trainings: held,
            staff,
        }
    }

    /// The plan it was built from.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// All shops, merchant by merchant.
    pub fn shops(&self) -> impl Iterator<Item = &Shop> {
        self.merchants.iter().flat_map(|merchant| &merchant.shops)
    }

    /// All messages in the order of time, generated as they are taken; memory holds about a day.
    pub fn messages(&self) -> impl Iterator<Item = Message<'_>> {
        self.timeline(line_times).map(|moment| self.message(&moment))
    }

    /// All ratings in the order in which they were given.
    pub fn ratings(&self) -> impl Iterator<Item = Rating<'_>> {
        self.timeline(verdict_time).filter_map(|moment| rating(&moment.conversation))
    }

    /// One contact record for each conversation, in the order in which they were closed.
    pub fn contacts(&self) -> impl Iterator<Item = Contact<'_>> {
        self.timeline(closing_time).map(|moment| contact(&moment.conversation))
    }

    /// What is really so.
    pub fn truth(&self) -> Truth {
        Truth::of(self)
    }

    pub(crate) fn timeline(&self, moments: fn(&Conversation, &mut Vec<NaiveDateTime>)) -> Timeline<'_> {
        Timeline::new(DayByDay::new(self), moments)
    }

    /// What an agent is like at a time.
    pub(crate) fn skill(&self, agent: usize, at: NaiveDateTime) -> &Skill {
        skill_at(&self.skills[agent], self.earlier[agent].as_ref(), at.date())
    }

    /// Factor on all waits of a shop at a time.
    pub(crate) fn slowness(&self, shop: usize, at: NaiveDateTime) -> f64 {
        let slow = |e: &Event| e.kind == EventKind::SlowTool && e.covers(SHOPS[shop].code, at.date());
        if self.events.iter().any(slow) { Event::SLOW } else { 1.0 }
    }

    /// The event that makes a situation frequent in a shop at a time and is a fault of the goods.
    pub(crate) fn cluster(&self, shop: usize, situation: usize, at: NaiveDateTime) -> Option<&Event> {
        let key = situations()[situation].key;
        let faulty = |e: &&Event| {
            e.product.is_some() && e.situation == Some(key) && e.covers(SHOPS[shop].code, at.date())
        };
        self.events.iter().find(faulty)
    }

    fn message(&self, moment: &Moment) -> Message<'_> {
        let conversation = &moment.conversation;
        let line = &conversation.lines[moment.part];
        let sketch = &SHOPS[conversation.shop];
        let agent = line.agent.map(|a| self.staff[usize::from(a)].account.as_str());
        Message {
            conversation_id: Arc::clone(&conversation.id),
            shop: sketch.code,
            channel: conversation.channel,
            customer: Arc::clone(&conversation.customer),
            sent_at: line.at,
            sender: line.sender,
            agent,
            text: render(line, conversation, agent),
            message_id: sketch.message_ids.then(|| format!("{}-{}", conversation.id, moment.part + 1)),
            order_id: conversation.order_id.clone(),
            product: conversation.product,
        }
    }
}

/// The tenants below the marketplace with their shops and teams.
fn merchants(staff: &[Staff]) -> Vec<Merchant> {
    let supervisor = |code| {
        let leads = |s: &&Staff| s.shop == Some(code) && s.has(Role::Supervisor);
        staff.iter().find(leads).map(|s| s.login.clone()).unwrap_or_default()
    };
    let shop = |sketch: &crate::catalogue::ShopSketch| Shop {
        code: sketch.code,
        name: sketch.name,
        name_en: sketch.name_en,
        merchant: sketch.merchant,
        zone: ZONE,
        line: sketch.line,
        products: sketch.products,
        teams: (TEAMS.iter().zip(sketch.agents))
            .filter(|(_, agents)| *agents > 0)
            .map(|((name, name_en), _)| Team { name, name_en, supervisor: supervisor(sketch.code) })
            .collect(),
    };
    MERCHANTS
        .iter()
        .map(|(slug, name, name_en)| Merchant {
            slug,
            name,
            name_en,
            shops: SHOPS.iter().filter(|sketch| sketch.merchant == *slug).map(shop).collect(),
        })
        .collect()
}

fn line_times(conversation: &Conversation, times: &mut Vec<NaiveDateTime>) {
    times.extend(conversation.lines.iter().map(|line| line.at));
}

fn verdict_time(conversation: &Conversation, times: &mut Vec<NaiveDateTime>) {
    times.extend(conversation.verdict.map(|verdict| verdict.at));
}

fn closing_time(conversation: &Conversation, times: &mut Vec<NaiveDateTime>) {
    times.push(conversation.closed_at);
}

fn rating(conversation: &Conversation) -> Option<Rating<'static>> {
    conversation.verdict.map(|verdict| Rating {
        rating_id: format!("R-{}", conversation.id),
        shop: SHOPS[conversation.shop].code,
        conversation_id: Arc::clone(&conversation.id),
        rated_at: verdict.at,
        score: verdict.score,
        comment: verdict.comment,
    })
}

fn contact(conversation: &Conversation) -> Contact<'static> {
    let opened_at = conversation.lines.first().map_or(conversation.closed_at, |line| line.at);
    Contact {
        conversation_id: Arc::clone(&conversation.id),
        shop: SHOPS[conversation.shop].code,
        channel: conversation.channel,
        kind: situations()[conversation.situation].name,
        opened_at,
        closed_at: conversation.closed_at,
        outcome: conversation.outcome,
        talk_s: conversation.call.map(|call| call.talk),
        hold_s: conversation.call.map(|call| call.hold),
        after_s: conversation.call.map(|call| call.after),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn little_more_than_a_day_is_held() {
        let last_day = NaiveDate::from_ymd_opt(2026, 5, 31).expect("a date");
        let org = Organisation::build(&Plan { seed: 3, last_day, conversations: 6_000, days: 60 });
        let mut timeline = org.timeline(line_times);
        let (mut total, mut most) = (0, 0);
        while timeline.next().is_some() {
            total += 1;
            most = most.max(timeline.held());
        }
        assert!(most < total / 20, "{most} of {total} held at once");
    }
}
