//! First-contact resolution (一次解决率): the one figure that days cannot add up to.

use super::figures::{Amount, Detail, Figure, Value};

/// One contact of a customer with a shop: a conversation with a customer message, or a contact of
/// which there is no transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The customer's number.
    pub customer: u32,
    /// Its first message, or when it was opened; UTC seconds.
    pub opened_at: i64,
    /// Its last message, or when it was closed, the later of both; UTC seconds, ≥ `opened_at`.
    pub last_at: i64,
    /// Whether it is of the period and scope asked for. The others are there only because they
    /// come before or after one that is.
    pub counted: bool,
}

/// `fcr(x)`: of the counted contacts that are first (the same customer had none in the `hours`
/// before), the share with none in the `hours` after.
///
/// `contacts` are sorted by customer, then by `opened_at`, and hold *all* contacts of the shop
/// (also of other agents) from `hours` before the period, still open then or later, to `hours`
/// after it. Between two contacts counts the time from the end of one to the start of the next; a
/// gap of exactly `hours` is within them.
///
/// [`Detail::Final::final_after`] is when the value is certain: `hours` after the end of the last
/// contact that nothing has followed yet. Until then it can only fall.
#[must_use]
pub fn fcr(contacts: &[Contact], hours: u32) -> Value {
    let mut tally = Resolved::default();
    each(contacts, hours, |index, fate| {
        if contacts[index].counted {
            tally.add(fate);
        }
    });
    tally.value(hours)
}

/// What became of a contact that was a first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// None: another contact followed in time. Else when that is certain, UTC seconds.
    solved_until: Option<i64>,
}

/// Says of each first contact, whoever counts it, what became of it. `contacts` as for [`fcr`].
pub fn each(contacts: &[Contact], hours: u32, mut of: impl FnMut(usize, Fate)) {
    let window = i64::from(hours) * 3600;
    let mut begin = 0;
    for theirs in contacts.chunk_by(|a, b| a.customer == b.customer) {
        let mut busy_until: Option<i64> = None;
        for (index, contact) in theirs.iter().enumerate() {
            let is_first = busy_until.is_none_or(|end| contact.opened_at - end > window);
            busy_until = busy_until.max(Some(contact.last_at));
            if is_first {
                let next = theirs.get(index + 1);
                let solved = next.is_none_or(|next| next.opened_at - contact.last_at > window);
                of(begin + index, Fate { solved_until: solved.then_some(contact.last_at + window) });
            }
        }
        begin += theirs.len();
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
    /// Counts a first contact.
    pub fn add(&mut self, fate: Fate) {
        self.first += 1;
        self.solved += u64::from(fate.solved_until.is_some());
        self.final_after = self.final_after.max(fate.solved_until);
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
