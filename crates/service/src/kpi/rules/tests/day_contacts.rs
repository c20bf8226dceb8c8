//! Contacts by days: as bytes, and put together again.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::*;
use super::build::*;
use super::properties::utterances;

fn owned(customer: u32, opened_at: i64, last_at: i64, owners: &[u32]) -> OwnedContact {
    OwnedContact { customer, opened_at, last_at, owners: owners.to_vec() }
}

#[test]
fn a_contact_takes_eight_bytes() {
    let start = 1_767_571_200;
    let contact = |i: u32| owned(i * 300, start + i64::from(i % 80_000), start + 90_000, &[100 + i % 60]);
    let bytes = DayContacts::new(&(0..2000).map(contact).collect::<Vec<_>>()).encode();
    assert!(bytes.len() < 18_500, "{}", bytes.len());
    assert_eq!(DayContacts::new(&[]).encode(), [1, 0, 0]);
    assert_eq!(DayContacts::decode(&[1, 0, 0]), Ok(DayContacts::default()));
}

#[test]
fn who_wrote_owns_a_contact_or_else_who_was_to_answer() {
    let of = |utterances| OwnedContact::of(7, &Timeline::new(utterances).unwrap());
    assert_eq!(of(vec![]), None);
    assert_eq!(of(vec![robot(5), agent(6, A)]), None);
    assert_eq!(of(vec![robot(5), customer(6)]), Some(owned(7, 5, 6, &[])));
    assert_eq!(of(vec![assigned(6, Some(B)), robot(9)]), Some(owned(7, 6, 9, &[B])));
    let both = vec![customer(1), agent(2, B), assigned(3, Some(5)), agent(4, A), agent(5, B)];
    assert_eq!(of(both), Some(owned(7, 1, 5, &[A, B])));
    let nameless = Utterance { at: 8, sender: Sender::Agent, agent: None };
    assert_eq!(of(vec![assigned(7, Some(A)), nameless]), Some(owned(7, 7, 8, &[])));
}

#[test]
fn what_is_written_in_another_way_is_refused() {
    let good = DayContacts::new(&[owned(3, 100, 110, &[1]), owned(5, 90, 95, &[1, 4])]).encode();
    assert_eq!(good, [1, 2, 1, 1, 2, 1, 3, 2, 90, 3, 10, 10, 0, 2, 0, 5, 1]);
    assert!(DayContacts::decode(&good).is_ok());
    let refused = |place: usize, byte: u8, why: &str| {
        let mut bytes = good.clone();
        bytes[place] = byte;
        let error = DayContacts::decode(&bytes).unwrap_err().to_string();
        assert!(error.contains(why), "{place} {byte}: {error}");
    };
    refused(0, 2, "unknown version");
    refused(3, 2, "lists of agents out of order");
    refused(6, 0, "agents out of order");
    refused(7, 3, "length beyond the end");
    refused(12, 1, "written in another way");
    refused(14, 1, "written in another way");
    refused(16, 2, "not there");
    let twice = [1, 1, 0, 2, 90, 3, 5, 1, 0, 0, 0, 1, 0];
    assert!(DayContacts::decode(&twice).unwrap_err().to_string().contains("contacts out of order"));
    let far = [1, 1, 0, 1, 255, 255, 255, 255, 15, 3, 0, 1, 0];
    assert!(DayContacts::decode(&far).unwrap_err().to_string().contains("time out of range"));
}

fn contacts() -> impl Strategy<Value = Vec<OwnedContact>> {
    let hour = 3600;
    let contact = (
        0u32..4,
        0i64..400,
        prop_oneof![8 => 0i64..60, 1 => 0i64..300],
        prop::collection::btree_set(1u32..5, 0..3),
    );
    prop::collection::vec(contact, 0..30).prop_map(move |raw| {
        let contact =
            |(customer, opened, lasts, owners): (u32, i64, i64, std::collections::BTreeSet<u32>)| {
                OwnedContact {
                    customer,
                    opened_at: opened * hour,
                    last_at: (opened + lasts) * hour,
                    owners: owners.into_iter().collect(),
                }
            };
        raw.into_iter().map(contact).collect()
    })
}

/// Days of 24 h since the first hour.
fn day_of(contact: &OwnedContact) -> i64 {
    contact.opened_at / 86_400
}

/// The former way, from all contacts at once: each agent's and day's tally asked for by itself.
fn at_once(all: &[OwnedContact], agent: Option<u32>, day: i64, hours: u32) -> Value {
    let is_his = |c: &OwnedContact| agent.map_or(c.owners.is_empty(), |agent| c.owners.contains(&agent));
    let mut contacts: Vec<Contact> = all
        .iter()
        .map(|c| Contact {
            customer: c.customer,
            opened_at: c.opened_at,
            last_at: c.last_at,
            of: u32::from(is_his(c) && day_of(c) == day),
        })
        .collect();
    contacts.sort_by_key(|c| (c.customer, c.opened_at));
    fcr(&contacts, hours)
}

/// Of each agent (none: nobody's) on each day, through the bytes of each day.
fn by_days(all: &[OwnedContact], hours: &[u32]) -> BTreeMap<(Option<u32>, i64), Vec<Resolved>> {
    let mut days: BTreeMap<i64, Vec<OwnedContact>> = BTreeMap::new();
    for contact in all {
        days.entry(day_of(contact)).or_default().push(contact.clone());
    }
    let mut sequence = Sequence::default();
    for (day, of_day) in days {
        let bytes = DayContacts::new(&of_day).encode();
        sequence.add(day, DayContacts::decode(&bytes).unwrap());
    }
    let mut tallies: BTreeMap<(Option<u32>, i64), Vec<Resolved>> = BTreeMap::new();
    for owned in sequence.resolve(hours) {
        let agents = owned.agents.iter().map(|agent| Some(*agent));
        for agent in agents.chain(owned.agents.is_empty().then_some(None)) {
            let sum =
                tallies.entry((agent, owned.day)).or_insert_with(|| vec![Resolved::default(); hours.len()]);
            sum.iter_mut().zip(&owned.tallies).for_each(|(sum, tally)| sum.merge(*tally));
        }
    }
    tallies
}

proptest! {
    #[test]
    fn contacts_come_back(mut found in contacts(), place in any::<usize>(), by in 1u8..) {
        let bytes = DayContacts::new(&found).encode();
        let back = DayContacts::decode(&bytes).unwrap();
        prop_assert_eq!(&back, &DayContacts::new(&found));
        let with_owners = |c: &Contact| owned(c.customer, c.opened_at, c.last_at, &back.owners()[c.of as usize]);
        let came: Vec<OwnedContact> = back.contacts().iter().map(with_owners).collect();
        let key = |c: &OwnedContact| (c.customer, c.opened_at, c.last_at, c.owners.clone());
        found.sort_by_key(key);
        prop_assert_eq!(&came, &found);
        found.reverse();
        prop_assert_eq!(&DayContacts::new(&found).encode(), &bytes);
        for end in 0..bytes.len() {
            prop_assert!(DayContacts::decode(&bytes[..end]).is_err());
        }
        let mut damaged = bytes.clone();
        let place = place % damaged.len();
        damaged[place] ^= by;
        if let Ok(other) = DayContacts::decode(&damaged) {
            prop_assert_eq!(other.encode(), damaged);
        }
        let longer = [&bytes[..], &[0]].concat();
        prop_assert!(DayContacts::decode(&longer).is_err());
    }

    #[test]
    fn any_bytes_are_refused_or_written_so(bytes in prop::collection::vec(prop_oneof![3 => 0u8..6, 1 => any::<u8>()], 0..40)) {
        let versioned: Vec<u8> = std::iter::once(1).chain(bytes).collect();
        if let Ok(contacts) = DayContacts::decode(&versioned) {
            prop_assert_eq!(contacts.encode(), versioned);
        }
    }

    #[test]
    fn days_put_together_answer_as_all_at_once(all in contacts(), hours in 1u32..100) {
        let tallies = by_days(&all, &[hours, 72]);
        for agent in [None, Some(1), Some(2), Some(3), Some(4)] {
            for day in 0..17 {
                let tally = tallies.get(&(agent, day)).cloned().unwrap_or_else(|| vec![Resolved::default(); 2]);
                let found = [tally[0].value(hours), tally[1].value(72)];
                let expected = [at_once(&all, agent, day, hours), at_once(&all, agent, day, 72)];
                // Of those that begin in one second any may come first, and be the first contact.
                let mut begins: Vec<(u32, i64)> = all.iter().map(|c| (c.customer, c.opened_at)).collect();
                begins.sort_unstable();
                if begins.windows(2).all(|pair| pair[0] != pair[1]) {
                    prop_assert_eq!(found, expected, "{:?} on {}", agent, day);
                }
            }
        }
    }

    #[test]
    fn a_timeline_is_a_contact_of_those_who_wrote(utterances in utterances()) {
        let timeline = Timeline::new(utterances.clone()).unwrap();
        let asked = utterances.iter().any(|u| u.sender == Sender::Customer);
        let contact = OwnedContact::of(1, &timeline);
        prop_assert_eq!(contact.is_some(), asked);
        if let Some(contact) = contact {
            let wrote = utterances.iter().filter(|u| u.sender == Sender::Agent).filter_map(|u| u.agent);
            let wrote: std::collections::BTreeSet<u32> = wrote.collect();
            prop_assert!(wrote.is_empty() || wrote.into_iter().eq(contact.owners.iter().copied()));
            prop_assert!(contact.owners.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!((contact.opened_at, contact.last_at), (utterances[0].at, utterances[utterances.len() - 1].at));
        }
    }
}
