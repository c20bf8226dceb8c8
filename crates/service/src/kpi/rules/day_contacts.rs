//! The contacts that begin on one day of a shop, as bytes: what [`super::resolve`] needs of a
//! conversation, in eight or nine bytes instead of a row.
//!
//! Few agents serve a shop on a day and most contacts have one, so the distinct lists of agents are
//! written once and a contact names the place of its own.

use std::collections::BTreeSet;

use super::codec::{DecodeError, Reader, put};
use super::contacts::{Contact, Resolved, resolve};
use super::rounds::rounds;
use super::timeline::{Sender, Timeline};

const VERSION: u8 = 1;

/// A contact with the agents whose it is, numbers ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedContact {
    /// The customer's number.
    pub customer: u32,
    /// Its first message, UTC seconds.
    pub opened_at: i64,
    /// Its last message, UTC seconds.
    pub last_at: i64,
    /// Whose it is: those who wrote in it, or if none did those to whom its rounds belong; empty if it
    /// is nobody's.
    pub owners: Vec<u32>,
}

impl OwnedContact {
    /// A conversation of a customer as a contact; none if no customer wrote in it.
    #[must_use]
    pub fn of(customer: u32, timeline: &Timeline) -> Option<Self> {
        let messages = timeline.utterances();
        if !messages.iter().any(|u| u.sender == Sender::Customer) {
            return None;
        }
        let wrote = messages.iter().filter(|u| u.sender == Sender::Agent);
        let mut owners: Vec<u32> = wrote.filter_map(|u| u.agent).collect();
        if owners.is_empty() {
            owners.extend(rounds(messages).filter_map(|round| round.agent));
        }
        owners.sort_unstable();
        owners.dedup();
        Some(Self { customer, opened_at: messages.first()?.at, last_at: messages.last()?.at, owners })
    }
}

/// The contacts that begin on one day of a shop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayContacts {
    owners: Vec<Vec<u32>>,
    contacts: Vec<Contact>,
}

impl DayContacts {
    /// Of these contacts, in whatever order.
    #[must_use]
    pub fn new(found: &[OwnedContact]) -> Self {
        let lists: BTreeSet<&Vec<u32>> = found.iter().map(|contact| &contact.owners).collect();
        let owners: Vec<Vec<u32>> = lists.into_iter().cloned().collect();
        let contact = |found: &OwnedContact| {
            let of = owners.binary_search(&found.owners).expect("every list is among them");
            Contact {
                customer: found.customer,
                opened_at: found.opened_at,
                last_at: found.last_at,
                of: u32::try_from(of).expect("fewer lists than contacts of a day"),
            }
        };
        let mut contacts: Vec<Contact> = found.iter().map(contact).collect();
        contacts.sort_unstable();
        Self { owners, contacts }
    }

    /// Sorted by customer, then by beginning; `of` is the place of a list in [`Self::owners`].
    #[must_use]
    pub fn contacts(&self) -> &[Contact] {
        &self.contacts
    }

    /// The distinct lists of agents whose contacts are, sorted.
    #[must_use]
    pub fn owners(&self) -> &[Vec<u32>] {
        &self.owners
    }

    /// The contacts as bytes; equal contacts give equal bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(16 + 9 * self.contacts.len());
        out.push(VERSION);
        put(&mut out, self.owners.len() as u64);
        for list in &self.owners {
            put(&mut out, list.len() as u64);
            let mut before = 0;
            for agent in list {
                put(&mut out, u64::from(agent - before));
                before = *agent;
            }
        }
        put(&mut out, self.contacts.len() as u64);
        let Some(earliest) = self.contacts.iter().map(|c| c.opened_at).min() else { return out };
        put(&mut out, earliest as u64);
        let mut before = 0;
        for contact in &self.contacts {
            put(&mut out, u64::from(contact.customer - before));
            put(&mut out, (contact.opened_at - earliest) as u64);
            put(&mut out, (contact.last_at - contact.opened_at) as u64);
            put(&mut out, u64::from(contact.of));
            before = contact.customer;
        }
        out
    }

    /// The contacts that [`DayContacts::encode`] wrote.
    ///
    /// # Errors
    /// Bytes that are cut off, too long, of another version, out of order or range, or name a list of
    /// agents that is not there.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes, VERSION)?;
        let owners = lists(&mut reader)?;
        let contacts = contacts(&mut reader, owners.len())?;
        reader.end()?;
        Ok(Self { owners, contacts })
    }
}

fn lists(r: &mut Reader<'_>) -> Result<Vec<Vec<u32>>, DecodeError> {
    let count = r.count(1)?;
    let mut lists: Vec<Vec<u32>> = Vec::with_capacity(count);
    for _ in 0..count {
        let len = r.count(1)?;
        let mut list = Vec::with_capacity(len);
        let mut before = 0u32;
        for place in 0..len {
            let step = r.u32()?;
            if step == 0 && place > 0 {
                return Err(DecodeError("agents out of order"));
            }
            before = before.checked_add(step).ok_or(DecodeError("agent too large"))?;
            list.push(before);
        }
        if lists.last().is_some_and(|last| *last >= list) {
            return Err(DecodeError("lists of agents out of order"));
        }
        lists.push(list);
    }
    Ok(lists)
}

fn contacts(r: &mut Reader<'_>, lists: usize) -> Result<Vec<Contact>, DecodeError> {
    let count = r.count(4)?;
    let mut contacts: Vec<Contact> = Vec::with_capacity(count);
    let mut named = vec![false; lists];
    let earliest = if count > 0 { r.u32()? } else { 0 };
    let mut is_earliest = count == 0;
    let mut before = 0u32;
    for _ in 0..count {
        let customer = before.checked_add(r.u32()?).ok_or(DecodeError("customer out of range"))?;
        let opened_at = earliest.checked_add(r.u32()?).ok_or(DecodeError("time out of range"))?;
        let last_at = opened_at.checked_add(r.u32()?).ok_or(DecodeError("time out of range"))?;
        let of = r.u32()?;
        *named.get_mut(of as usize).ok_or(DecodeError("a list of agents that is not there"))? = true;
        is_earliest |= opened_at == earliest;
        let contact = Contact { customer, opened_at: opened_at.into(), last_at: last_at.into(), of };
        if contacts.last().is_some_and(|last| *last > contact) {
            return Err(DecodeError("contacts out of order"));
        }
        contacts.push(contact);
        before = customer;
    }
    if !is_earliest || named.contains(&false) {
        return Err(DecodeError("written in another way"));
    }
    Ok(contacts)
}

/// The contacts of a shop on several days, in the sequence in which they decide about each other.
#[derive(Clone, Debug, Default)]
pub struct Sequence<D> {
    contacts: Vec<Contact>,
    owners: Vec<(D, Vec<u32>)>,
}

impl<D: Copy> Sequence<D> {
    /// Adds those that begin on a day.
    pub fn add(&mut self, day: D, of_day: DayContacts) {
        // Contacts of a day are fewer than its messages; 32 bits hold those of years.
        let first = u32::try_from(self.owners.len()).expect("fewer lists of agents than 32 bits name");
        self.owners.extend(of_day.owners.into_iter().map(|list| (day, list)));
        self.contacts.extend(of_day.contacts.iter().map(|c| Contact { of: first + c.of, ..*c }));
    }

    /// What became of the first contacts that began on each day, by whose they were: for each of
    /// `hours` a tally, see [`resolve`].
    #[must_use]
    pub fn resolve(mut self, hours: &[u32]) -> Vec<Owned<D>> {
        self.contacts.sort_unstable();
        let tallies = hours.iter().map(|hours| {
            let mut of_lists = vec![Resolved::default(); self.owners.len()];
            resolve(&self.contacts, *hours, &mut of_lists);
            of_lists
        });
        let tallies: Vec<Vec<Resolved>> = tallies.collect();
        let of_list = |(place, (day, agents)): (usize, (D, Vec<u32>))| Owned {
            day,
            agents,
            tallies: tallies.iter().map(|of_lists| of_lists[place]).collect(),
        };
        self.owners.into_iter().enumerate().map(of_list).collect()
    }
}

/// The first contacts that began on a day and have the same agents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned<D> {
    /// The day.
    pub day: D,
    /// Whose they are; empty: nobody's.
    pub agents: Vec<u32>,
    /// What became of them, for each number of hours asked for.
    pub tallies: Vec<Resolved>,
}
