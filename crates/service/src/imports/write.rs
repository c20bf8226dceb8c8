//! The fourth step: new rows are written in the order of time, then what finds them in its own order.
//!
//! Everything that is written grows at its end: a page of the database is filled once and not touched again, so that a
//! message costs the same in a large record as in a small one. While one batch is written, the next is made.

use kexun_base::bytes::Reader;
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::TenantId;
use uuid::Uuid;

use super::merge::runs;
use super::sort::{Gathered, SMALL_RUN, SortKey, Sorted, Sorter};
use crate::conversations::{self, Finders, Packed, PackedRow};
use crate::customers::CustomerId;
use crate::editions::Staging;
use crate::kpi::{CountedDays, Counting};

/// Rows written in one transaction: so many that its sync to disk weighs little, so few that others who want to
/// write wait no longer than some tens of milliseconds.
const ROWS_A_BATCH: usize = 2_500;
/// Bytes of rows written in one transaction, so that a batch of giants stays short.
const BYTES_A_BATCH: usize = 3 << 20;
/// Rows that find others, written in one transaction.
const FINDERS_A_BATCH: usize = 15_000;

/// Writes rows, and counts their days on the way with `counting`, which it gives back; `written` hears how many rows
/// are written.
pub async fn write(
    ctx: &Ctx,
    staging: &Staging,
    rows: Sorted,
    counting: Option<Counting>,
    written: impl Fn(u64),
) -> Result<Option<Counting>> {
    let mut ordered = Ordered::new(ctx, staging, rows, counting);
    let (mut next, mut done) = (None, 0);
    loop {
        let making = tokio::task::spawn_blocking(move || {
            let next = ordered.next()?;
            Ok::<_, Error>((ordered, next))
        });
        let count = match &next {
            Some(Batch::Rows(packed, _)) => packed.len() as u64,
            _ => 0,
        };
        let (made, inserted) = tokio::join!(making, insert(ctx, staging, next));
        inserted?;
        (ordered, next) =
            made.map_err(|e| Error::internal(format!("putting rows in order broke: {e}")))??;
        done += count;
        written(done);
        if next.is_none() {
            break;
        }
    }
    ctx.db().tell_sizes(&conversations::TABLES).await?;
    Ok(ordered.counting)
}

/// What one transaction writes.
enum Batch {
    Rows(Packed, Option<CountedDays>),
    Finders(Finders),
}

async fn insert(ctx: &Ctx, staging: &Staging, batch: Option<Batch>) -> Result<()> {
    let Some(batch) = batch else { return Ok(()) };
    let tx = staging.batch(ctx).await?;
    match batch {
        Batch::Rows(packed, days) => {
            packed.insert(&tx).await?;
            if let Some(days) = days {
                days.write(ctx, &tx, staging).await?;
            }
        }
        Batch::Finders(finders) => finders.insert(&tx).await?,
    }
    Ok(tx.commit().await?)
}

/// What is to be written, in order.
struct Ordered {
    ctx: Ctx,
    tenant: TenantId,
    edition: i64,
    rows: Sorted,
    /// Counts the days of rows that come by.
    counting: Option<Counting>,
    /// Which rows groups and customers have, as far as rows were made.
    finding: Option<(Sorter, Sorter)>,
    /// The same in order, once all are made.
    finders: Option<(Sorted, Sorted)>,
}

impl Ordered {
    fn new(ctx: &Ctx, staging: &Staging, rows: Sorted, counting: Option<Counting>) -> Self {
        let (tenant, edition) = (staging.tenant, staging.edition);
        let sorter = || Sorter::new(&runs(ctx), SMALL_RUN);
        let finding = Some((sorter(), sorter()));
        Ordered { ctx: ctx.clone(), tenant, edition, rows, counting, finding, finders: None }
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        if let Some((of_group, of_customer)) = &mut self.finding {
            let rows = next_rows(&mut self.rows)?;
            let days = self.counting.as_mut().map(|counting| count(counting, &rows)).transpose()?;
            let packed = Packed::of(&self.ctx, self.tenant, self.edition, rows);
            for lookup in &packed.lookups {
                of_group.push(SortKey::of_id(lookup.group), lookup.row_id.as_bytes())?;
                if let Some(customer) = lookup.customer {
                    of_customer.push(SortKey::of_id(customer.0), lookup.row_id.as_bytes())?;
                }
            }
            if !packed.is_empty() || days.as_ref().is_some_and(|days| !days.is_empty()) {
                return Ok(Some(Batch::Rows(packed, days)));
            }
        }
        if let Some((of_group, of_customer)) = self.finding.take() {
            self.finders = Some((of_group.finish()?, of_customer.finish()?));
        }
        let Some((of_group, of_customer)) = &mut self.finders else { return Ok(None) };
        let mut finders = Finders::new(self.tenant);
        for found in of_group.take(FINDERS_A_BATCH) {
            each(&found?, |key, row| finders.of_group(key, row))?;
        }
        for found in of_customer.take(FINDERS_A_BATCH.saturating_sub(finders.len())) {
            each(&found?, |key, row| finders.of_customer(CustomerId(key), row))?;
        }
        Ok((!finders.is_empty()).then_some(Batch::Finders(finders)))
    }
}

/// Lets rows be counted, and gives the days that are complete with them; none came: all that are left.
fn count(counting: &mut Counting, rows: &[PackedRow]) -> Result<CountedDays> {
    for row in rows {
        let (shop, counted) = row.counted();
        counting.take(shop, &counted);
    }
    counting.complete(rows.last().map(|row| row.place().0))
}

fn next_rows(rows: &mut Sorted) -> Result<Vec<PackedRow>> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < ROWS_A_BATCH && bytes < BYTES_A_BATCH {
        let Some(gathered) = rows.next() else { break };
        let gathered = gathered?;
        bytes += gathered.bytes.len();
        let mut reader = Reader::new(&gathered.bytes);
        while !reader.is_empty() {
            batch.push(PackedRow::read(&mut reader)?);
        }
    }
    Ok(batch)
}

/// The rows that a key finds.
fn each(found: &Gathered, mut take: impl FnMut(Uuid, Uuid)) -> Result<()> {
    let mut reader = Reader::new(&found.bytes);
    while !reader.is_empty() {
        take(
            found.key.id(),
            Uuid::from_bytes(reader.take(16)?.try_into().expect("sixteen bytes were taken")),
        );
    }
    Ok(())
}
