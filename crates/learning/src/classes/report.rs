//! What other rooms ask about classes.

use std::collections::{BTreeSet, HashMap};

use kexun_base::ids::Uuid;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::calendar::zone;
use super::entity::{class, participant};
use super::sight::Sight;
use super::{Attendance, ClassId, ClassState, feedback, participants, store};

/// How a class went.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is called.
    pub title: String,
    /// What it teaches.
    pub competence: Competence,
    /// How far it has come.
    pub state: ClassState,
    /// Its last day, in its zone.
    pub day: Day,
    /// How many take part.
    pub invited: usize,
    /// How many were there in time.
    pub present: usize,
    /// How many came late.
    pub late: usize,
    /// How many were excused.
    pub leave: usize,
    /// How many did not come.
    pub absent: usize,
    /// What they thought of it.
    pub feedback: feedback::Results,
}

fn last_day(class: &class::Model) -> Day {
    // Its end is the first instant after it: at midnight it ended the day before.
    kexun_base::time::Micros(class.ends_at.0 - 1).day(zone(class))
}

pub(super) fn count(all: &[participant::Model], status: Attendance) -> usize {
    all.iter().filter(|p| p.status == status).count()
}

/// How a class went; none for one that is not there.
///
/// # Errors
/// When the database refuses.
pub async fn report(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    tenant: TenantId,
    id: ClassId,
) -> Result<Option<Report>> {
    let Some(class) = store::find(db, tenant, id).await? else { return Ok(None) };
    let all = participants::all(db, tenant, id).await?;
    let feedback = feedback::results(ctx, db, &class, &all).await?;
    Ok(Some(Report {
        day: last_day(&class),
        title: class.title,
        competence: class.competence,
        state: class.state,
        invited: all.len(),
        present: count(&all, Attendance::Present),
        late: count(&all, Attendance::Late),
        leave: count(&all, Attendance::Leave),
        absent: count(&all, Attendance::Absent),
        feedback,
    }))
}

/// What these classes are called.
///
/// # Errors
/// When the database refuses.
pub async fn titles(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>> {
    let rows = store::by_ids(db, tenant, ids.iter().map(|id| ClassId(*id))).await?;
    Ok(rows.into_iter().map(|row| (row.id.0, row.title)).collect())
}

/// Which of these classes a member takes part in or teaches.
///
/// # Errors
/// When the database refuses.
pub async fn concerning(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    staff: StaffId,
    ids: &[Uuid],
) -> Result<BTreeSet<Uuid>> {
    let ids = || ids.iter().map(|id| ClassId(*id));
    let taught = store::by_ids(db, tenant, ids()).await?.into_iter().filter(|c| c.lecturer == staff);
    let mut found: BTreeSet<Uuid> = taught.map(|c| c.id.0).collect();
    for (class, people) in participants::of_classes(db, tenant, ids()).await? {
        if people.iter().any(|p| p.staff_id == staff) {
            found.insert(class.0);
        }
    }
    Ok(found)
}

/// Those of these classes of which somebody sees anything: those in his hands, and those of his people.
///
/// # Errors
/// When the database refuses.
pub async fn visible_to(db: &impl ConnectionTrait, caller: &Caller, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    if !caller.may(Right::ClassRead) {
        return Ok(BTreeSet::new());
    }
    let sight = Sight::of(db, caller).await?;
    let ids = || ids.iter().map(|id| ClassId(*id));
    let mut people = participants::of_classes(db, sight.tenant, ids()).await?;
    let rows = store::by_ids(db, sight.tenant, ids()).await?.into_iter();
    let seen = rows.filter(|class| sight.seen(class, people.remove(&class.id).unwrap_or_default()).is_some());
    Ok(seen.map(|class| class.id.0).collect())
}
