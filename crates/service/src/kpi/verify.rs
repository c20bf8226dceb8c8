//! Whether the daily partial results are what the conversations of their days give.

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::findings::Findings;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::staff::accounts::Rosters;
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::ConnectionTrait;

use super::Zones;
use super::contacts;
use super::rebuild::{count, is_recount_due, make_anew};
use super::store;
use crate::conversations;
use crate::editions::Staging;

const AREA: &str = "figures";
const RECOUNT: &str = "run `kexun check --recount`: figures are made anew from the conversations";

/// What was looked at.
#[derive(Debug, Clone, Default)]
pub struct Verified {
    /// Days of shops.
    pub days: u64,
    /// Those of them whose figures are wrong.
    pub wrong: BTreeSet<(ShopId, Day)>,
}

/// Counts every day of every shop anew, as seen in an edition, and compares. A day at a time is in
/// memory.
///
/// # Errors
/// When the database refuses.
pub async fn verify(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    zones: &Zones,
    findings: &mut Findings,
) -> Result<Verified> {
    let rosters = Rosters::load(db, tenant).await?;
    let moved = is_recount_due(db, tenant).await?;
    if moved {
        let what =
            "people changed teams and figures wait to be counted anew: those of teams were not compared";
        findings.note(AREA, "teams", what, "nothing; check again later");
    }
    let mut days = conversations::days(db, tenant, edition).await?;
    days.extend(store::days_of_all(db, tenant, edition).await?);
    days.extend(contacts::days(db, tenant, edition).await?);
    let mut verified = Verified { days: days.len() as u64, wrong: BTreeSet::new() };
    for (shop, day) in days {
        let what = differing(db, tenant, edition, (shop, day), zones, &rosters, moved).await?;
        if let Some(what) = what {
            findings.fault(AREA, format!("shop {shop}, {day}"), what, RECOUNT);
            verified.wrong.insert((shop, day));
        }
    }
    Ok(verified)
}

type Stored = BTreeMap<(String, i32), Vec<u8>>;

async fn differing(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    (shop, day): (ShopId, Day),
    zones: &Zones,
    rosters: &Rosters,
    moved: bool,
) -> Result<Option<String>> {
    let rows = conversations::counted_on_day(db, tenant, edition, shop, day).await?;
    let zone = zones.get(&shop).cloned().unwrap_or_default();
    let counted = match count(&rows, day, &zone, rosters) {
        Ok(counted) => counted,
        Err(error) => return Ok(Some(format!("they cannot be counted: {error}"))),
    };
    let word = |scope| {
        let (word, number) = store::stored(scope);
        (word.to_owned(), number)
    };
    let begun = contacts::on_day(db, tenant, edition, shop, day).await?;
    let contacts_differ = !begun.iter().eq(counted.begun.as_ref());
    let mut expected: Stored = counted.cells.into_iter().map(|(s, figures)| (word(s), figures)).collect();
    let cells = store::on_day(db, tenant, edition, shop, day).await?;
    let found = cells.len();
    let mut stored: Stored = cells.into_iter().map(|c| ((c.scope, c.number), c.figures)).collect();
    if stored.len() < found {
        return Ok(Some("there are two for one scope".into()));
    }
    if moved {
        expected.retain(|(scope, _), _| scope != "team");
        stored.retain(|(scope, _), _| scope != "team");
    }
    let scopes: BTreeSet<&(String, i32)> = expected.keys().chain(stored.keys()).collect();
    let wrong = scopes.into_iter().filter(|scope| expected.get(scope) != stored.get(scope));
    let mut wrong: Vec<String> = wrong.map(|scope| said(scope, &expected, &stored)).collect();
    if contacts_differ {
        wrong.push("the contacts that begin on it are not those of the conversations".into());
    }
    Ok((!wrong.is_empty()).then(|| wrong.join("; ")))
}

fn said(scope: &(String, i32), expected: &Stored, stored: &Stored) -> String {
    let name = match (scope.0.as_str(), scope.1) {
        ("shop", _) => "of the shop".to_owned(),
        (word, 0) => format!("of no known {word}"),
        (word, number) => format!("of {word} number {number}"),
    };
    match (expected.contains_key(scope), stored.contains_key(scope)) {
        (true, false) => format!("those {name} are missing"),
        (false, _) => format!("those {name} have no conversations behind them"),
        (true, true) => format!("those {name} are not what the conversations give"),
    }
}

/// Makes the figures of these days anew and publishes them.
///
/// # Errors
/// When the database refuses; the figures are then as before.
pub async fn repair(
    ctx: &Ctx,
    tenant: TenantId,
    days: &BTreeSet<(ShopId, Day)>,
    zones: &Zones,
) -> Result<()> {
    let staging = Staging::begin(ctx, tenant).await?;
    let published = make_anew(ctx, &staging, days, zones).await.map(|()| true);
    staging.end(ctx, published).await
}
