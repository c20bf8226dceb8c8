//! Proposing a plan from needs.

use std::collections::BTreeSet;

use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Right};
use kexun_people::staff::{self, Audience, StaffId};
use kexun_people::tenants;

use super::check::may_write;
use super::draft::{Days, propose};
use super::rules::PlaceOf;
use super::wire::DraftAsked;
use super::{Content, PlanKind};
use crate::needs;
use crate::roster::reads_english;

/// A plan that would answer these needs.
///
/// # Errors
/// `invalid` for days or without needs; `not_found` for a need or place; `conflict` for a need that is
/// settled; `forbidden` where the right to plan does not reach.
pub(super) async fn of(ctx: &Ctx, by: By<'_>, asked: DraftAsked) -> Result<Content> {
    let db = ctx.db().read();
    let tenant = by.tenant();
    let shop = match asked.team {
        Some(team) => Some(tenants::team(db, tenant, team).await?.shop),
        None => asked.shop,
    };
    let place = PlaceOf { shop, team: asked.team };
    may_write(by, asked.kind, place)?;
    if asked.to < asked.from {
        return Err(Error::field("to", "is before `from`"));
    }
    if asked.needs.is_empty() {
        return Err(Error::field("needs", "are none; choose those to plan for, or write the items yourself"));
    }
    let here = staff::members(db, &place.scope(tenant)).await?;
    let here: BTreeSet<StaffId> = here.into_iter().map(|m| m.id).collect();
    let mut rows = needs::to_plan(db, &by.scope(Right::NeedRead)?, &asked.needs).await?;
    for need in &mut rows {
        need.people.retain(|id| here.contains(id));
    }
    let english = reads_english(db, by).await?;
    let today = tenants::today(ctx, db, tenant, shop).await?;
    let days = Days { from: asked.from, to: asked.to, today };
    Ok(Content {
        kind: asked.kind,
        title: title(asked.kind, asked.from, english),
        goals: String::new(),
        from: asked.from,
        to: asked.to,
        shop,
        team: asked.team,
        notify: Audience::default(),
        items: propose(&rows, days, english),
    })
}

fn title(kind: PlanKind, from: Day, english: bool) -> String {
    use chrono::Datelike;
    let (year, month) = (from.date().year(), from.date().month());
    let quarter = month.div_ceil(3);
    match (kind, english) {
        (PlanKind::Annual, false) => format!("{year} 年度培训计划"),
        (PlanKind::Annual, true) => format!("Training plan {year}"),
        (PlanKind::Quarterly, false) => format!("{year} 年第 {quarter} 季度培训计划"),
        (PlanKind::Quarterly, true) => format!("Training plan {year} Q{quarter}"),
        (PlanKind::Monthly, false) => format!("{year} 年 {month} 月培训计划"),
        (PlanKind::Monthly, true) => format!("Training plan {year}-{month:02}"),
        (PlanKind::Temporary, false) => format!("临时培训计划（{from}）"),
        (PlanKind::Temporary, true) => format!("Temporary training plan ({from})"),
    }
}
