//! Whether conversations are what their transcripts say: every row has its transcript, every fact is
//! the one that the transcript gives, every customer and shop is there.

use std::collections::HashMap;

use kexun_base::findings::Findings;
use kexun_base::{Ctx, Result};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::browse_store::{Slice, newest};
use super::dossier::Dossier;
use super::facts::{Facts, channel_word};
use super::rows::imports_of;
use super::store::ConversationRow;
use super::transcript::unpack;
use super::verify_store;
use crate::customers::{self, Customer, CustomerId};
use crate::kpi::Zones;

/// Conversations in memory at a time.
const ROWS_A_BATCH: u64 = 500;

const AREA: &str = "conversations";
const RESTORE: &str = "restore a backup from before it, or undo the import that brought it and import again";
const KEY: &str = "start the program with the master key that these data were made with";

/// Looks at every conversation of a tenant as seen in an edition; returns how many there are.
///
/// # Errors
/// When the database refuses.
pub async fn verify(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    zones: &Zones,
    findings: &mut Findings,
) -> Result<u64> {
    let (mut seen, mut with_transcript) = (0, 0);
    let mut closed = None;
    let (slice, mut after) = (Slice::whole(tenant, edition), None);
    loop {
        let rows = newest(db, &slice, after, ROWS_A_BATCH).await?;
        let Some(last) = rows.last() else { break };
        after = Some((last.first_day, last.started_at, last.id));
        let transcripts = verify_store::transcripts(db, tenant, edition, &rows).await?;
        let ids: Vec<CustomerId> = rows.iter().filter_map(|r| r.customer_id).collect();
        let served = customers::by_ids(db, tenant, &ids).await?;
        closed = closed.or_else(|| served.values().find(|c| !opens(ctx, c)).map(|c| c.id));
        let found = verify_store::found_by(db, tenant, &rows).await?;
        for row in &rows {
            if !found.by_group.contains(&row.row_id) {
                findings.fault(AREA, place(row), "its group does not find it", RESTORE);
            }
            if row.customer_id.is_some() && !found.by_customer.contains(&row.row_id) {
                findings.fault(AREA, place(row), "its customer does not find it", RESTORE);
            }
            customer_fault(row, &served, findings);
            match transcripts.get(&row.row_id) {
                Some(packed) => transcript_fault(row, packed, zones, findings),
                None => findings.fault(AREA, place(row), "its transcript is missing", RESTORE),
            }
        }
        seen += rows.len() as u64;
        with_transcript += transcripts.len() as u64;
    }
    if let Some(id) = closed {
        let what = "the key of his personal data does not open; there may be more like him";
        findings.fault(AREA, format!("customer {id}"), what, KEY);
    }
    let transcripts = verify_store::count_transcripts(db, tenant, edition).await?;
    if transcripts > with_transcript {
        let what = format!("{} transcripts belong to no conversation", transcripts - with_transcript);
        findings.fault(AREA, "transcripts", what, RESTORE);
    }
    Ok(seen)
}

fn place(row: &ConversationRow) -> String {
    match &row.source_id {
        Some(source) => format!("conversation {} ({source})", row.id),
        None => format!("conversation {}", row.id),
    }
}

fn opens(ctx: &Ctx, customer: &Customer) -> bool {
    customer.wrapped.as_ref().is_none_or(|wrapped| customers::unwrap(ctx, customer.id, wrapped).is_ok())
}

fn customer_fault(row: &ConversationRow, served: &HashMap<CustomerId, Customer>, findings: &mut Findings) {
    let Some(id) = row.customer_id else {
        if row.customer_no != 0 {
            findings.fault(AREA, place(row), "it has a customer's number and no customer", RESTORE);
        }
        return;
    };
    let what = match served.get(&id) {
        None => format!("its customer {id} is not there"),
        Some(customer) if customer.shop != row.shop_id => format!("its customer {id} is another shop's"),
        Some(customer) if customer.number != row.customer_no => {
            format!("it counts for customer number {}, who is {}", row.customer_no, customer.number)
        }
        Some(_) => return,
    };
    findings.fault(AREA, place(row), what, RESTORE);
}

fn transcript_fault(row: &ConversationRow, packed: &[u8], zones: &Zones, findings: &mut Findings) {
    let Some(zone) = zones.get(&row.shop_id) else {
        return findings.fault(AREA, place(row), format!("its shop {} is not there", row.shop_id), RESTORE);
    };
    let dossier = match unpack(packed) {
        Ok(dossier) => dossier,
        Err(_) => return findings.fault(AREA, place(row), "its transcript cannot be unpacked", RESTORE),
    };
    match Facts::of(&dossier, zone) {
        Ok(facts) => {
            let differing = differing(row, &facts, &dossier);
            if !differing.is_empty() {
                let what = format!("its facts are not what its transcript says: {}", differing.join(", "));
                findings.fault(AREA, place(row), what, RESTORE);
            }
        }
        Err(error) => findings.fault(AREA, place(row), error.to_string(), RESTORE),
    }
}

/// The columns whose values the dossier does not give.
fn differing(row: &ConversationRow, facts: &Facts, dossier: &Dossier) -> Vec<&'static str> {
    let score = facts.outcome.scores.last().map(|s| i32::from(*s));
    let same = [
        ("channel", row.channel == channel_word(facts.channel)),
        ("started_at", row.started_at == facts.started_at),
        ("ended_at", row.ended_at == facts.ended_at),
        ("first_day", row.first_day == facts.days.0),
        ("last_day", row.last_day == facts.days.1),
        ("spans", row.spans == (facts.days.0 != facts.days.1)),
        ("messages", usize::try_from(row.messages) == Ok(dossier.messages.len())),
        ("rounds", row.rounds == facts.rounds.0),
        ("answered", row.answered == facts.rounds.1),
        ("first_response_s", row.first_response_s == facts.first_response_s),
        ("slowest_s", row.slowest_s == facts.slowest_s),
        ("score", row.score == score),
        ("timeline", row.timeline == facts.timeline.encode()),
        ("outcome", row.outcome == facts.outcome.encode()),
        ("imports", row.imports == imports_of(dossier)),
    ];
    same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
}
