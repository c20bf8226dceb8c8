//! One-contact resolution needs the sequence of a customer's contacts, which days do not add up to.

use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::staff::accounts::Rosters;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::ConnectionTrait;

use super::query::By;
use super::rules::{Contact, Sender, Timeline, Value, fcr, rounds};
use crate::conversations::{self, ConversationRow};

/// A contact with all that decides whose it is.
pub(super) struct OwnedContact {
    contact: Contact,
    shop: ShopId,
    day: Day,
    agents: Vec<i32>,
}

/// The contacts of shops from `hours` before a period to `hours` after it.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shops: &[ShopId],
    days: (Day, Day),
    hours: u32,
) -> Result<Vec<OwnedContact>> {
    let margin = i32::try_from(hours / 24 + 2).unwrap_or(i32::MAX);
    let around = (days.0.plus(-margin), days.1.plus(margin));
    let rows = conversations::contacts_between(db, tenant, edition, shops, around).await?;
    let contacts = rows.iter().filter_map(|row| owned(row).transpose());
    let mut contacts: Vec<OwnedContact> = contacts.collect::<Result<_>>()?;
    contacts.sort_by_key(|c| (c.contact.customer, c.contact.opened_at));
    Ok(contacts)
}

fn owned(row: &ConversationRow) -> Result<Option<OwnedContact>> {
    let damaged = |_| Error::internal(format!("conversation {} is damaged: run `kexun check`", row.id));
    let timeline = Timeline::decode(&row.timeline).map_err(damaged)?;
    let messages = timeline.utterances();
    if !messages.iter().any(|u| u.sender == Sender::Customer) {
        return Ok(None);
    }
    let wrote = messages.iter().filter(|u| u.sender == Sender::Agent).filter_map(|u| u.agent);
    let mut agents: Vec<i32> = wrote.filter_map(|a| i32::try_from(a).ok()).collect();
    if agents.is_empty() {
        agents.extend(rounds(messages).filter_map(|r| r.agent).filter_map(|a| i32::try_from(a).ok()));
    }
    agents.sort_unstable();
    agents.dedup();
    let contact = Contact {
        customer: u32::try_from(row.customer_no).unwrap_or_default(),
        opened_at: row.started_at.seconds(),
        last_at: row.ended_at.seconds(),
        counted: false,
    };
    Ok(Some(OwnedContact { contact, shop: row.shop_id, day: row.first_day, agents }))
}

/// One-contact resolution of a scope in a period.
pub(super) fn value(
    contacts: &[OwnedContact],
    by: By,
    which: Which,
    days: (Day, Day),
    rosters: &Rosters,
    hours: u32,
) -> Value {
    let counts = |c: &OwnedContact| {
        let owns = |wanted: i32| match by {
            By::Agent if wanted == 0 => c.agents.is_empty(),
            By::Agent => c.agents.contains(&wanted),
            _ if wanted == 0 => c.agents.iter().all(|a| rosters.team_of(*a, c.day).is_none()),
            _ => c.agents.iter().any(|a| rosters.team_of(*a, c.day) == Some(wanted)),
        };
        (days.0..=days.1).contains(&c.day)
            && match which {
                Which::Tenant => true,
                Which::Shop(shop) => c.shop == shop,
                Which::Number(number) => owns(number),
            }
    };
    let marked: Vec<Contact> = contacts.iter().map(|c| Contact { counted: counts(c), ..c.contact }).collect();
    fcr(&marked, hours)
}

/// Of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Which {
    Tenant,
    Shop(ShopId),
    Number(i32),
}
