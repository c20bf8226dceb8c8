//! Whether archives say what the events say.

use std::collections::BTreeMap;

use kexun_base::Result;
use kexun_base::events::{self, Event, EventId};
use kexun_base::findings::Findings;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::entity::entry::Model;
use super::follow::people;
use super::rules::{Draft, drafts};
use super::store;

const AREA: &str = "archive";
const REBUILD: &str = "run `kexun check --recount`: archives are made anew from the events";
const BATCH: u64 = 500;

/// What was looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Verified {
    /// Entries.
    pub entries: u64,
    /// Whether any of them is wrong, missing or too many.
    pub wrong: bool,
}

/// Compares a tenant's archives with the events that they were made of; a batch at a time is in memory.
///
/// # Errors
/// When the database refuses.
pub async fn verify(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    findings: &mut Findings,
) -> Result<Verified> {
    let until = store::cursor(db, tenant).await?;
    let (mut from, mut verified) = (0, Verified::default());
    let mut fault = |place: String, what: &str| {
        verified.wrong = true;
        findings.fault(AREA, place, what, REBUILD);
    };
    while from < until {
        let mut events = events::after(db, tenant.0, from, BATCH).await?;
        events.retain(|event| event.seq.is_some_and(|seq| seq <= until));
        let Some(last) = events.last().and_then(|event| event.seq) else { break };
        let stored = store::between(db, tenant, from, last).await?;
        verified.entries += stored.len() as u64;
        for (place, what) in differences(db, tenant, &events, stored).await? {
            fault(place, what);
        }
        from = last;
    }
    for entry in store::between(db, tenant, from, i64::MAX).await? {
        verified.entries += 1;
        fault(format!("entry {}", entry.id), "its event is not sealed, or there is none");
    }
    Ok(verified)
}

async fn differences(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    events: &[Event],
    stored: Vec<Model>,
) -> Result<Vec<(String, &'static str)>> {
    let told: Vec<(&Event, Draft)> =
        events.iter().flat_map(|e| drafts(&e.kind, &e.data).into_iter().map(move |d| (e, d))).collect();
    let people = people(db, tenant, told.iter().map(|(_, draft)| draft)).await?;
    let mut expected: BTreeMap<(EventId, StaffId), (&Event, Draft)> = told
        .into_iter()
        .filter(|(_, draft)| people.contains_key(&draft.staff))
        .map(|(event, draft)| ((event.id, draft.staff), (event, draft)))
        .collect();
    let mut found = Vec::new();
    for entry in stored {
        let place = format!("entry {}", entry.id);
        match expected.remove(&(entry.event_id, entry.staff_id)) {
            Some((event, draft)) if as_told(&entry, event, &draft) => {}
            Some(_) => found.push((place, "it does not say what its event says")),
            // An event whose data were erased no longer tells what it told.
            None if events.iter().any(|e| e.id == entry.event_id && e.data == Value::Null) => {}
            None => found.push((place, "there is no event behind it")),
        }
    }
    found.extend(expected.into_keys().map(|(event, _)| (format!("event {event}"), "its entry is missing")));
    Ok(found)
}

fn as_told(entry: &Model, event: &Event, draft: &Draft) -> bool {
    let stored = Draft {
        staff: entry.staff_id,
        day: entry.day,
        kind: entry.kind,
        title: entry.title.clone(),
        competence: entry.competence,
        minutes: entry.minutes,
        score: entry.score,
        grade: entry.grade,
        credits: entry.credits,
        make_up: entry.make_up,
        status: entry.status,
        part: entry.part,
    };
    stored == *draft && entry.at == event.at && Some(entry.seq) == event.seq && entry.subject == event.subject
}
