//! Whom a class, course or plan taught, and when: from the events that tell of it. No other file of this
//! room knows how those are written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono_tz::Tz;
use kexun_base::Result;
use kexun_base::events::lineage::{self, Link};
use kexun_base::events::{self, Event, Filter};
use kexun_base::http::PageRequest;
use kexun_base::ids::Uuid;
use kexun_base::time::{Day, Micros};
use kexun_people::staff::StaffId;
use kexun_people::tenants::{self, TenantId};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

kexun_base::words!(
    /// What can be evaluated.
    EvaluatedKind {
        /// A class: everybody on its day.
        Class = "class",
        /// A course: everybody on the day he completed it.
        Course = "course",
        /// A plan: by the classes and courses that came of its items.
        Plan = "plan",
    }
);

/// What is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EvaluationSubject)]
pub struct Subject {
    /// A class, a course or a plan.
    pub kind: EvaluatedKind,
    /// Which one.
    pub id: Uuid,
}

/// Zones of people's shops; of whom none is known, that of Shanghai.
pub(super) type Zones = HashMap<StaffId, Tz>;

/// Who was taught, each with his day.
pub(super) type Days = BTreeMap<StaffId, Day>;

/// A training that took place, or is to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Training {
    /// What it is called.
    pub title: String,
    /// Words of what it taught.
    pub competences: BTreeSet<String>,
    /// Who took part (class: was present or late; course: completed it).
    pub trained: Days,
    /// Who was to take part, whether he did or not.
    pub invited: Days,
    /// First and last days of the weak spots of which came what each one was to take part in: by these
    /// days people were chosen.
    pub evidence: BTreeMap<StaffId, BTreeSet<(Day, Day)>>,
}

/// The training, as events tell; none: the tenant has no such thing.
pub(super) async fn training(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    subject: Subject,
    zones: &Zones,
) -> Result<Option<Training>> {
    let told = of_subject(db, tenant, subject.kind.word(), subject.id).await?;
    if told.is_empty() {
        return Ok(None);
    }
    let mut training = Training { title: title(&told), ..Training::default() };
    let parts = match subject.kind {
        EvaluatedKind::Plan => came_of_plan(db, tenant, subject.id).await?,
        kind => vec![(kind, subject.id)],
    };
    for (kind, id) in parts {
        let told = of_subject(db, tenant, kind.word(), id).await?;
        let mut part = Training::default();
        match kind {
            EvaluatedKind::Class => part.add_class(&told, zones),
            _ => part.add_course(&told, zones),
        }
        training.add(part, &evidence(db, tenant, kind, id).await?);
    }
    Ok(Some(training))
}

/// The days of the weak spots of which a class or course came, by way of needs.
async fn evidence(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    kind: EvaluatedKind,
    id: Uuid,
) -> Result<BTreeSet<(Day, Day)>> {
    let mut found = BTreeSet::new();
    for cause in lineage::of(db, tenant.0, &Link { kind: kind.word().to_owned(), id }).await?.before {
        if cause.kind != "need" {
            continue;
        }
        for event in of_subject(db, tenant, "need", cause.id).await? {
            let day = |key: &str| event.data[key].as_str().and_then(|day| day.parse().ok());
            if event.kind == "need.raised" {
                found.extend(day("from").zip(day("to")));
            }
        }
    }
    Ok(found)
}

impl Training {
    /// Adds a class or course that came of this evidence.
    fn add(&mut self, part: Training, evidence: &BTreeSet<(Day, Day)>) {
        for staff in part.invited.keys().filter(|_| !evidence.is_empty()) {
            self.evidence.entry(*staff).or_default().extend(evidence);
        }
        self.competences.extend(part.competences);
        part.trained.into_iter().for_each(|(staff, day)| earliest(&mut self.trained, staff, day));
        part.invited.into_iter().for_each(|(staff, day)| earliest(&mut self.invited, staff, day));
    }

    fn add_class(&mut self, told: &[Event], zones: &Zones) {
        // Attendance may be closed days later: the class is over on the day for which it was last arranged.
        let arranged = told.iter().rev().find_map(|event| instant(&event.data["starts_at"]));
        // Of somebody whose attendance was put right, the last word counts.
        let attended = told.iter().filter(|event| event.kind == "class.attended");
        let last: BTreeMap<StaffId, &Event> =
            attended.filter_map(|event| Some((staff_in(&event.data["staff"])?, event))).collect();
        for (staff, event) in last {
            let day = match arranged {
                Some(at) => at.day(zone_of(staff, zones)),
                None => day_of(event, staff, zones),
            };
            self.competences.extend(text(&event.data["competence"]));
            earliest(&mut self.invited, staff, day);
            if took_part(&event.data["status"]) {
                earliest(&mut self.trained, staff, day);
            }
        }
    }

    fn add_course(&mut self, told: &[Event], zones: &Zones) {
        for event in told {
            match event.kind.as_str() {
                "course.assigned" => {
                    let named = event.data["staff"].as_array().into_iter().flatten();
                    for staff in named.filter_map(staff_in) {
                        earliest(&mut self.invited, staff, day_of(event, staff, zones));
                    }
                }
                "course.completed" => {
                    let Some(staff) = staff_in(&event.data["staff"]) else { continue };
                    let day = day_of(event, staff, zones);
                    self.competences.extend(text(&event.data["competence"]));
                    earliest(&mut self.trained, staff, day);
                    earliest(&mut self.invited, staff, day);
                }
                _ => {}
            }
        }
    }
}

/// Who was taught one of these competences, wherever, at a time.
pub(super) async fn taught_meanwhile(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    competences: &BTreeSet<String>,
    (from, until): (Micros, Micros),
) -> Result<BTreeSet<StaffId>> {
    let mut found = BTreeSet::new();
    for kind in ["class.attended", "course.completed"] {
        let filter =
            Filter { kind: Some(kind.to_owned()), from: Some(from), until: Some(until), ..Filter::default() };
        let told = all(db, tenant, &filter).await?;
        let the_same = |e: &&Event| text(&e.data["competence"]).is_some_and(|c| competences.contains(&c));
        let taught = |e: &&Event| kind != "class.attended" || took_part(&e.data["status"]);
        found.extend(told.iter().filter(the_same).filter(taught).filter_map(|e| staff_in(&e.data["staff"])));
    }
    Ok(found)
}

/// The classes whose attendance was noted at a time, and who took part.
pub(super) async fn classes_held(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    (from, until): (Micros, Micros),
) -> Result<BTreeMap<Uuid, BTreeSet<StaffId>>> {
    let filter = Filter {
        kind: Some("class.attended".to_owned()),
        from: Some(from),
        until: Some(until),
        ..Filter::default()
    };
    let mut classes: BTreeMap<Uuid, BTreeSet<StaffId>> = BTreeMap::new();
    for event in all(db, tenant, &filter).await? {
        if took_part(&event.data["status"]) {
            classes.entry(event.subject).or_default().extend(staff_in(&event.data["staff"]));
        }
    }
    Ok(classes)
}

/// Whether somebody teaches a class.
pub(super) async fn teaches(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    class: Uuid,
    staff: StaffId,
) -> Result<bool> {
    let told = of_subject(db, tenant, EvaluatedKind::Class.word(), class).await?;
    // The last event that names him counts: a class can change hands.
    let named = told.iter().rev().find_map(|event| event.data.get("lecturer"));
    Ok(named.and_then(staff_in) == Some(staff))
}

/// The classes and courses that came of a plan's items.
async fn came_of_plan(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    plan: Uuid,
) -> Result<Vec<(EvaluatedKind, Uuid)>> {
    let added = Filter { kind: Some("plan_item.added".to_owned()), ..Filter::default() };
    let its = |event: &Event| event.data["plan"].as_str() == Some(&plan.to_string());
    let items = all(db, tenant, &added).await?.into_iter().filter(its).map(|e| ("plan_item", e.subject));
    let mut found = Vec::new();
    for (kind, id) in items.chain([("plan", plan)]) {
        let from = Link { kind: kind.to_owned(), id };
        for link in lineage::of(db, tenant.0, &from).await?.after {
            let kind = EvaluatedKind::of_word(&link.kind).filter(|kind| *kind != EvaluatedKind::Plan);
            found.extend(kind.map(|kind| (kind, link.id)));
        }
    }
    found.sort_by_key(|(_, id)| *id);
    found.dedup();
    Ok(found)
}

/// All events of a thing, oldest first.
pub(super) async fn of_subject(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    kind: &str,
    id: Uuid,
) -> Result<Vec<Event>> {
    let filter = Filter { kind: Some(format!("{kind}.")), subject: Some(id), ..Filter::default() };
    all(db, tenant, &filter).await
}

async fn all(db: &impl ConnectionTrait, tenant: TenantId, filter: &Filter) -> Result<Vec<Event>> {
    let mut found = Vec::new();
    let mut page = PageRequest { cursor: None, limit: Some(200) };
    loop {
        let part = events::list(db, tenant.0, filter, &page).await?;
        found.extend(part.items);
        if part.next.is_none() {
            break;
        }
        page.cursor = part.next;
    }
    found.reverse();
    Ok(found)
}

/// What a thing is called, as the last event that says so has it.
pub(super) fn title(told: &[Event]) -> String {
    told.iter().rev().find_map(|event| text(&event.data["title"])).unwrap_or_default()
}

pub(super) fn staff_in(value: &Value) -> Option<StaffId> {
    value.as_str()?.parse().ok()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn took_part(status: &Value) -> bool {
    matches!(status.as_str(), Some("present" | "late"))
}

/// The day that an event names; if it names none, that on which it was written, where he works.
fn day_of(event: &Event, staff: StaffId, zones: &Zones) -> Day {
    let named = event.data["day"].as_str().and_then(|day| day.parse().ok());
    named.unwrap_or_else(|| event.at.day(zone_of(staff, zones)))
}

fn zone_of(staff: StaffId, zones: &Zones) -> Tz {
    zones.get(&staff).copied().unwrap_or(tenants::DEFAULT_ZONE)
}

fn instant(value: &Value) -> Option<Micros> {
    serde_json::from_value(value.clone()).ok()
}

fn earliest(days: &mut Days, staff: StaffId, day: Day) {
    let first = days.entry(staff).or_insert(day);
    *first = day.min(*first);
}
