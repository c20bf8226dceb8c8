//! What happened to a need, from events.

use kexun_base::Result;
use kexun_base::events::{self, Event, Filter};
use kexun_base::http::PageRequest;
use kexun_base::ids::Uuid;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::entity::{need, task};
use super::wire::Step;
use crate::roster::Roster;

/// The steps of a need, of the one that it is part of since then, and of their tasks, the first first.
pub(super) async fn of(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    row: &need::Model,
    tasks: &[task::Model],
    roster: &Roster,
) -> Result<Vec<Step>> {
    let mut found = about(db, tenant, row.id.0).await?;
    if let Some(into) = row.merged_into {
        let merged = found.last().map(|e| e.at);
        found.extend(about(db, tenant, into.0).await?.into_iter().filter(|e| Some(e.at) > merged));
    }
    for task in tasks {
        found.extend(about(db, tenant, task.id.0).await?);
    }
    found.sort_by_key(|event| (event.at, event.id));
    Ok(found.iter().map(|event| step(event, roster)).collect())
}

async fn about(db: &impl ConnectionTrait, tenant: TenantId, subject: Uuid) -> Result<Vec<Event>> {
    let filter = Filter { subject: Some(subject), ..Filter::default() };
    let page = PageRequest { cursor: None, limit: Some(200) };
    let mut found = events::list(db, tenant.0, &filter, &page).await?.items;
    found.reverse();
    Ok(found)
}

fn step(event: &Event, roster: &Roster) -> Step {
    let text = |name: &str| event.data[name].as_str().filter(|t| !t.is_empty()).map(str::to_owned);
    let assignee: Option<StaffId> = read(&event.data["assignee"]);
    Step {
        at: event.at,
        kind: event.kind.clone(),
        by: event.actor.and_then(|person| roster.name_of_person(person)),
        words: text("words"),
        outcome: text("outcome"),
        assignee: assignee.map(|id| roster.name(id)),
        due_on: read(&event.data["due_on"]),
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}
