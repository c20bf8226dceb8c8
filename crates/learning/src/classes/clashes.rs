//! Looking for people and rooms that are booked already, and saying so.

use std::collections::{BTreeSet, HashMap};

use kexun_base::Result;
use kexun_base::time::Micros;
use kexun_people::staff::{self, StaffId};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::entity::{class, participant};
use super::places::{self, PlaceId};
use super::rules::{Booking, Clash, Slot, clashes};
use super::{Attendance, ClassId, participants, store};

/// Somebody or some room that is booked already.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ClassConflict)]
pub struct Conflict {
    /// Who is in another class; none: it is the room.
    pub staff: Option<StaffId>,
    /// Name of the person or of the room.
    pub name: String,
    /// By which class.
    pub class: ClassId,
    /// What that class is called.
    pub title: String,
    /// When that class begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Micros,
    /// When that class ends.
    #[schema(value_type = String, format = DateTime)]
    pub ends_at: Micros,
}

impl Conflict {
    /// As a part of a sentence, the times in the other class's own zone.
    fn words(&self, zone: chrono_tz::Tz) -> String {
        let at = |at: Micros, form: &str| at.utc().with_timezone(&zone).format(form).to_string();
        let (from, to) = (at(self.starts_at, "%Y-%m-%d %H:%M"), at(self.ends_at, "%H:%M"));
        let what = if self.staff.is_some() { "is in" } else { "is taken by" };
        format!("{} {what} “{}” ({from}–{to})", self.name, self.title)
    }
}

/// What a booking takes that is taken already, rooms first.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    wanted: &Booking,
) -> Result<Vec<Conflict>> {
    let others = store::meeting(db, tenant, &wanted.slot).await?;
    let mut people = participants::of_classes(db, tenant, others.iter().map(|c| c.id)).await?;
    let mut found: Vec<(Clash, class::Model)> = Vec::new();
    for other in others {
        let taken = booking(&other, &people.remove(&other.id).unwrap_or_default());
        found.extend(clashes(wanted, &taken).into_iter().map(|clash| (clash, other.clone())));
    }
    found.sort_by_key(|(clash, class)| (*clash, class.starts_at));
    named(db, tenant, found).await
}

/// What a class takes up. Who has leave is free.
pub(super) fn booking(class: &class::Model, people: &[participant::Model]) -> Booking {
    let there = people.iter().filter(|p| p.status != Attendance::Leave);
    Booking {
        class: Some(class.id),
        slot: Slot { starts_at: class.starts_at, ends_at: class.ends_at },
        place: class.place_id,
        lecturer: class.lecturer,
        staff: there.map(|p| p.staff_id).collect(),
    }
}

async fn named(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    found: Vec<(Clash, class::Model)>,
) -> Result<Vec<Conflict>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let who = |(clash, _): &(Clash, _)| if let Clash::Person(id) = clash { Some(*id) } else { None };
    let ids: BTreeSet<StaffId> = found.iter().filter_map(who).collect();
    let people = staff::some(db, tenant, &ids.into_iter().collect::<Vec<_>>()).await?;
    let people: HashMap<StaffId, String> = people.into_iter().map(|m| (m.id, m.name)).collect();
    let rooms: HashMap<PlaceId, String> = places::names(db, tenant).await?;
    let conflict = |(clash, class): (Clash, class::Model)| {
        let (staff, name) = match clash {
            Clash::Place(id) => (None, rooms.get(&id).cloned()),
            Clash::Person(id) => (Some(id), people.get(&id).cloned()),
        };
        let (name, title) = (name.unwrap_or_default(), class.title);
        Conflict { staff, name, class: class.id, title, starts_at: class.starts_at, ends_at: class.ends_at }
    };
    Ok(found.into_iter().map(conflict).collect())
}

/// Refuses what may not be booked: rooms never, people unless that is meant so.
///
/// # Errors
/// `conflict`, naming whom or what, by which class and when.
pub(super) fn demand_free(found: &[Conflict], accept_people: bool, zone: chrono_tz::Tz) -> Result<()> {
    const NAMED: usize = 5;
    let stands: Vec<&Conflict> = found.iter().filter(|c| c.staff.is_none() || !accept_people).collect();
    if stands.is_empty() {
        return Ok(());
    }
    let mut words: Vec<String> = stands.iter().take(NAMED).map(|c| c.words(zone)).collect();
    if stands.len() > NAMED {
        words.push(format!("and {} more", stands.len() - NAMED));
    }
    let advice = match stands.iter().any(|c| c.staff.is_none()) {
        true => "choose another time or room",
        false => "choose another time, or accept the conflict",
    };
    Err(kexun_base::Error::conflict(format!("{}; {advice}", words.join("; "))))
}
