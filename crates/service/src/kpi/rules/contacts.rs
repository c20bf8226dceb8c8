//! First-contact resolution (一次解决率): the one figure that days cannot add up to.

use super::figures::{Amount, Detail, Figure, Value};

/// One contact of a customer with a shop: a conversation with a customer message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Contact {
    /// The customer's number.
    pub customer: u32,
    /// Its first message, whoever wrote it; UTC seconds.
    pub opened_at: i64,
    /// Its last message; UTC seconds, ≥ `opened_at`.
    pub last_at: i64,
    /// Whose it is: the place of a tally (in [`resolve`]) or of a list of agents (in
    /// [`super::DayContacts`]).
    pub of: u32,
}

/// `fcr(x)`: of the contacts that are first (the same customer had none in the `hours` before), the
/// share with none in the `hours` after. Each first contact is added to the tally that its `of` names.
///
/// `contacts` are sorted by customer, then by `opened_at`, and hold *all* contacts of the shop
/// (also of other agents) from `hours` before the period, still open then or later, to `hours`
/// after it. Between two contacts counts the time from the end of one to the start of the next; a
/// gap of exactly `hours` is within them.
///
/// [`Detail::Final::final_after`] is when the value is certain: `hours` after the end of the last
/// contact that nothing has followed yet. Until then it can only fall.
///
/// # Panics
/// When a contact names a tally that is not there.
pub fn resolve(contacts: &[Contact], hours: u32, tallies: &mut [Resolved]) {
    let window = i64::from(hours) * 3600;
    for theirs in contacts.chunk_by(|a, b| a.customer == b.customer) {
        let mut busy_until: Option<i64> = None;
        for (index, contact) in theirs.iter().enumerate() {
            let is_first = busy_until.is_none_or(|end| contact.opened_at - end > window);
            busy_until = busy_until.max(Some(contact.last_at));
            if is_first {
                let next = theirs.get(index + 1);
                let solved = next.is_none_or(|next| next.opened_at - contact.last_at > window);
                tallies[contact.of as usize].add(solved.then_some(contact.last_at + window));
            }
        }
    }
}

/// First contacts, and those of them that nothing followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    first: u64,
    solved: u64,
    final_after: Option<i64>,
}

impl Resolved {
    /// Counts a first contact; `solved_until`: when it is certain, UTC seconds, that no other followed
    /// in time; none: one did.
    fn add(&mut self, solved_until: Option<i64>) {
        self.merge(Self { first: 1, solved: u64::from(solved_until.is_some()), final_after: solved_until });
    }

    /// Adds what another tally counted.
    pub fn merge(&mut self, other: Self) {
        self.first += other.first;
        self.solved += other.solved;
        self.final_after = self.final_after.max(other.final_after);
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.first == 0
    }

    /// The share that nothing followed.
    #[must_use]
    pub fn value(self, hours: u32) -> Value {
        Value {
            value: (self.first > 0).then(|| Amount::Measure(self.solved as f64 / self.first as f64)),
            n: Some(self.first),
            version: Figure::Fcr(hours).version(),
            detail: Some(Detail::Final { final_after: self.final_after }),
        }
    }
}
