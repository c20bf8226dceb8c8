//! Whether the data are sound: the events' chains, references, conversations against their
//! transcripts, figures against conversations, archives against events, jobs.

use std::collections::BTreeSet;

use kexun_base::db::{Tx, references};
use kexun_base::findings::Findings;
use kexun_base::ids::Uuid;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result, events, jobs};
use kexun_outcome::archive;
use kexun_people::tenants::{self, ShopId, TenantId};
use kexun_service::kpi::Zones;
use kexun_service::{conversations, editions, kpi};
use serde::Serialize;

/// Columns whose values may lead nowhere.
const EXEMPT: references::Exempt<'static> = &[
    // Shops and teams that are gone stay in the history.
    ("staff_position", "shop_id"),
    ("staff_position", "team_id"),
    ("need", "shop_id"),
    ("need", "team_id"),
    ("need_task", "shop_id"),
    ("need_task", "team_id"),
    ("plan", "shop_id"),
    ("plan", "team_id"),
    // Rows of an import that is not published yet name shops that publishing will make. Those that
    // are published are looked at with their conversations.
    ("conversation", "shop_id"),
    ("conversation", "customer_id"),
    ("customer", "shop_id"),
    ("kpi_day", "shop_id"),
    ("kpi_contacts", "shop_id"),
];

/// What was looked at, and what was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Whether nothing is wrong.
    pub sound: bool,
    /// What was looked at, tenant by tenant.
    pub tenants: Vec<TenantReport>,
    /// Jobs looked at.
    pub jobs: u64,
    /// What was found.
    #[serde(flatten)]
    pub findings: Findings,
}

/// What was looked at of one tenant.
#[derive(Debug, Serialize)]
pub struct TenantReport {
    /// Its id.
    #[serde(skip)]
    pub id: TenantId,
    /// Its short name.
    pub tenant: String,
    /// Sealed events.
    pub events: i64,
    /// Conversations.
    pub conversations: u64,
    /// Days of shops whose figures were counted anew.
    pub days: u64,
    /// Entries of training archives.
    pub archive_entries: u64,
    /// Whether its archives are not what its events say.
    #[serde(skip)]
    pub wrong_archive: bool,
    /// Days of shops whose figures are wrong.
    #[serde(skip)]
    pub wrong_days: BTreeSet<(ShopId, Day)>,
}

/// Looks at everything, in one state of the database: work that goes on meanwhile is no fault.
///
/// # Errors
/// When the database refuses.
pub async fn check(ctx: &Ctx) -> Result<Report> {
    let db = ctx.db().snapshot().await?;
    let mut report = Report::default();
    for tenant in tenants::every(&db).await? {
        report.findings.look_at(Some(&tenant.slug));
        let looked = check_tenant(ctx, &db, tenant.id, tenant.slug, &mut report.findings).await?;
        report.tenants.push(looked);
    }
    report.findings.look_at(None);
    orphaned_chains(ctx, &db, &mut report).await?;
    for reference in references::all(&db, EXEMPT).await? {
        if let Some(broken) = references::broken(&db, &reference).await? {
            let place = format!("{}.{}", reference.table, reference.column);
            let what =
                format!("{} rows refer to no {}, e.g. {}", broken.rows, reference.to_table, broken.example);
            report.findings.fault("references", place, what, "restore a backup from before it");
        }
    }
    report.jobs = jobs::verify(ctx, &db, &mut report.findings).await?;
    db.rollback().await?;
    report.sound = report.findings.faults_total == 0;
    Ok(report)
}

async fn check_tenant(
    ctx: &Ctx,
    db: &Tx,
    tenant: TenantId,
    slug: String,
    findings: &mut Findings,
) -> Result<TenantReport> {
    check_chain(ctx, db, tenant.0, findings).await?;
    let edition = editions::verify(db, tenant, findings).await?;
    let shops = tenants::shops(db, tenant).await?;
    let zones: Zones = shops.iter().map(|s| (s.id, kpi::zone_of(s))).collect();
    let conversations = conversations::verify(ctx, db, tenant, edition, &zones, findings).await?;
    let figures = kpi::verify(db, tenant, edition, &zones, findings).await?;
    let archives = archive::verify(db, tenant, findings).await?;
    Ok(TenantReport {
        id: tenant,
        tenant: slug,
        events: events::chain_state(db, tenant.0).await?.length,
        conversations,
        days: figures.days,
        archive_entries: archives.entries,
        wrong_archive: archives.wrong,
        wrong_days: figures.wrong,
    })
}

async fn check_chain(ctx: &Ctx, db: &Tx, tenant: Uuid, findings: &mut Findings) -> Result<()> {
    if let Some(fault) = events::verify(ctx, db, tenant).await? {
        findings.fault(
            "events",
            format!("event number {}", fault.seq),
            fault.what,
            "somebody wrote into the database from outside, or the master key is another one: compare with the \
             heads in the log, and restore a backup from before it",
        );
    }
    Ok(())
}

/// Events of tenants that are gone.
async fn orphaned_chains(ctx: &Ctx, db: &Tx, report: &mut Report) -> Result<()> {
    let known: BTreeSet<Uuid> = report.tenants.iter().map(|t| t.id.0).collect();
    for tenant in events::tenants(db).await? {
        if !known.contains(&tenant) {
            check_chain(ctx, db, tenant, &mut report.findings).await?;
        }
    }
    Ok(())
}

/// Makes the figures and archives that a check found wrong anew; returns of how many days of shops and
/// tenants.
///
/// # Errors
/// When the database refuses; the figures are then as before.
pub async fn recount(ctx: &Ctx, report: &Report) -> Result<u64> {
    let mut days = 0;
    for tenant in report.tenants.iter().filter(|t| !t.wrong_days.is_empty()) {
        let zones = kpi::zones(ctx, tenant.id).await?;
        kpi::repair(ctx, tenant.id, &tenant.wrong_days, &zones).await?;
        days += tenant.wrong_days.len() as u64;
    }
    for tenant in report.tenants.iter().filter(|t| t.wrong_archive) {
        archive::rebuild(ctx, tenant.id).await?;
        days += 1;
    }
    Ok(days)
}
