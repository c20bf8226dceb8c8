//! What is known of a batch of groups and what arrives become its new rows, sorted by time outside memory.

use kexun_base::secrets::Key;
use kexun_base::time::Day;
use kexun_base::{Code, Ctx, Error, Result};
use uuid::Uuid;

use super::merge::{Found, Frame, Group, Touched, customer_of};
use super::refused::InChinese;
use super::sort::{SortKey, Sorter};
use crate::conversations::merge::{add, join as join_known};
use crate::conversations::{self, ConversationRow, Head, NewRow, Stored};
use crate::customers::{self, Customer};

/// What joining a batch of groups brought about, beside its new rows.
pub(super) struct Joined {
    /// The rows that new ones replace.
    pub dead: Vec<Uuid>,
    /// Days whose figures must be made anew.
    pub touched: Touched,
    /// Rows of the file that brought something new.
    pub imported: u64,
    /// Rows that were known.
    pub unchanged: u64,
    /// Rows that contradict what is known.
    pub contradicting: Vec<u64>,
    /// Rows of the file, all in all.
    pub rows: u64,
}

/// Joins a batch of groups with what is known of them; the new rows go to `rows`.
pub(super) fn join(ctx: &Ctx, frame: &Frame, found: Found, rows: &mut Sorter) -> Result<Joined> {
    let mut found = found;
    let mut batch = Batch::default();
    for mut group in std::mem::take(&mut found.groups) {
        batch.rows += group.arrivals.rows() as u64;
        let known = found.known.remove(&group.id).unwrap_or_default();
        let named = group.customer.take();
        let customer = customer_of(&known, named.as_ref(), &found.served);
        if let Some(customer) = customer {
            own_pieces(ctx, frame, &mut group, customer)?;
        }
        batch.add(frame, group, known, customer, rows)?;
    }
    Ok(Joined {
        dead: batch.dead,
        touched: batch.touched,
        imported: batch.imported,
        unchanged: batch.unchanged,
        contradicting: batch.contradicting,
        rows: batch.rows,
    })
}

/// Seals pieces with the key of the customer they belong to; who was erased gets neither pieces nor
/// texts back.
fn own_pieces(ctx: &Ctx, frame: &Frame, group: &mut Group, customer: &Customer) -> Result<()> {
    if customer.erased {
        group.arrivals.ratings.iter_mut().for_each(|(_, rating)| rating.comment.clear());
        group.arrivals.messages.iter_mut().for_each(|(_, message)| conversations::blank(message));
        return Ok(());
    }
    let mut key: Option<Key> = None;
    for (_, message) in &mut group.arrivals.messages {
        if message.sealed.is_empty() {
            continue;
        }
        let plain = frame.passing.open(&group.hash, &message.sealed)?;
        let key = match &key {
            Some(key) => key,
            None => key.insert(customers::key_of(ctx, customer)?),
        };
        message.sealed = key.seal(ctx.random(), group.id.as_bytes(), &plain);
    }
    Ok(())
}

#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    dead: Vec<Uuid>,
    touched: Touched,
    imported: u64,
    unchanged: u64,
    contradicting: Vec<u64>,
    rows: u64,
}

impl Batch {
    fn add(
        &mut self,
        frame: &Frame,
        group: Group,
        known: Vec<Stored>,
        customer: Option<&Customer>,
        rows: &mut Sorter,
    ) -> Result<()> {
        let (shop, zone) = &frame.shops[group.shop as usize];
        let mut arrivals = group.arrivals;
        for (_, message) in &mut arrivals.messages {
            message.agent = message.agent.map(|place| frame.agents[place as usize]);
        }
        let (before, dossiers): (Vec<_>, Vec<_>) = known.into_iter().map(|s| (s.row, s.dossier)).unzip();
        let (mut whole, owners) = join_known(before.iter().map(|row| row.id).zip(dossiers).collect());
        let tally = add(&mut whole, frame.number, arrivals);
        self.imported += tally.imported;
        self.unchanged += tally.unchanged;
        self.contradicting.extend(tally.contradicting);
        let head = Head {
            shop: *shop,
            group: group.id,
            source_id: group.conversation.or_else(|| before.iter().find_map(|r| r.source_id.clone())),
            customer: customer.map(|c| c.id).or_else(|| before.iter().find_map(|r| r.customer_id)),
            customer_no: customer.map_or_else(|| before.first().map_or(0, |r| r.customer_no), |c| c.number),
        };
        let after = NewRow::of_group(&head, whole, &owners, group.is_thread, zone)?;
        note_touched(&before, &after, &mut self.touched);
        self.dead.extend(before.iter().map(|r| r.row_id));
        for row in after {
            let row = row.pack().map_err(in_chinese)?;
            self.bytes.clear();
            row.write(&mut self.bytes);
            let (day, at) = row.place();
            rows.push(SortKey::of_time(day, at), &self.bytes)?;
        }
        Ok(())
    }
}

/// A conversation that grew too large over several imports is the file's fault, and said in both languages.
fn in_chinese(error: Error) -> Error {
    if error.code != Code::Invalid || error.cause.is_some() {
        return error;
    }
    let zh = "一个会话加上以前导入的内容后太大，整个文件未导入。请检查会话编号或客户名是否被多个会话共用。";
    Error { cause: Some(Box::new(InChinese(zh.to_owned()))), ..error }
}

/// Days whose figures change: none when the group counts as it did before.
pub(super) fn note_touched(before: &[ConversationRow], after: &[NewRow], touched: &mut Touched) {
    let same = before.len() == after.len()
        && after.iter().all(|new| before.iter().any(|old| conversations::counts_alike(old, new)));
    if same {
        return;
    }
    let days = before.iter().map(|r| (r.shop_id, r.first_day, r.last_day));
    let days = days.chain(after.iter().map(|n| (n.head.shop, n.facts.days.0, n.facts.days.1)));
    for (shop, first, last) in days {
        touched.extend((first.0..=last.0).map(|day| (shop, Day(day))));
    }
}
