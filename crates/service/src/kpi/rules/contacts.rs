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
    let window = i64::from(hours) * 3600;
    let (mut first, mut solved) = (0u64, 0u64);
    let mut final_after = None;
    for theirs in contacts.chunk_by(|a, b| a.customer == b.customer) {
        let mut busy_until: Option<i64> = None;
        for (index, contact) in theirs.iter().enumerate() {
            let is_first = busy_until.is_none_or(|end| contact.opened_at - end > window);
            busy_until = busy_until.max(Some(contact.last_at));
            if !(contact.counted && is_first) {
                continue;
            }
            first += 1;
            let next = theirs.get(index + 1);
            if next.is_none_or(|next| next.opened_at - contact.last_at > window) {
                solved += 1;
                final_after = final_after.max(Some(contact.last_at + window));
            }
        }
    }
    Value {
        value: (first > 0).then(|| Amount::Measure(solved as f64 / first as f64)),
        n: Some(first),
        version: Figure::Fcr(hours).version(),
        detail: Some(Detail::Final { final_after }),
    }
}
