//! One-contact resolution needs the sequence of a customer's contacts, which days do not add up to.

use std::collections::HashMap;

use kexun_base::time::Day;
use kexun_base::{Error, Result};
use kexun_people::staff::accounts::Rosters;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::ConnectionTrait;

use super::query::By;
use super::rules::{Contact, Resolved, Sender, Timeline, each_first_contact, rounds};
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

/// One-contact resolution of every scope in every period (days: first and last) at once: a contact is looked
/// at once, however many rows are asked for.
pub(super) fn tally(
    contacts: &[OwnedContact],
    by: By,
    periods: &[(Day, Day)],
    rosters: &Rosters,
    hours: u32,
) -> HashMap<(Which, usize), Resolved> {
    let plain: Vec<Contact> = contacts.iter().map(|c| c.contact).collect();
    let mut tallies: HashMap<(Which, usize), Resolved> = HashMap::new();
    each_first_contact(&plain, hours, |index, fate| {
        let contact = &contacts[index];
        let Some(place) = periods.iter().position(|(from, to)| (*from..=*to).contains(&contact.day)) else {
            return;
        };
        for which in owners(contact, by, rosters) {
            tallies.entry((which, place)).or_default().add(fate);
        }
    });
    tallies
}

/// Whose a contact is: all its agents', all their teams'; of no agent or team where there is none.
fn owners(contact: &OwnedContact, by: By, rosters: &Rosters) -> Vec<Which> {
    let mut numbers: Vec<i32> = match by {
        By::Tenant => return vec![Which::Tenant],
        By::Shop => return vec![Which::Shop(contact.shop)],
        By::Agent => contact.agents.clone(),
        By::Team => contact.agents.iter().filter_map(|a| rosters.team_of(*a, contact.day)).collect(),
    };
    if numbers.is_empty() {
        numbers.push(0);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(Which::Number).collect()
}

/// Of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Which {
    Tenant,
    Shop(ShopId),
    Number(i32),
}
