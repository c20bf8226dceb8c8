//! What candidates are told.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use kexun_base::db::Tx;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use kexun_people::notices;
use kexun_people::persons::PersonId;
use kexun_people::staff::{self, Member, StaffId};
use kexun_people::tenants::{self, ShopId, TenantId};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::entity::Model;

/// The zones of a tenant's shops.
pub(super) struct Zones(Vec<(ShopId, Tz)>);

impl Zones {
    pub async fn of(db: &impl ConnectionTrait, tenant: TenantId) -> Result<Self> {
        let shops = tenants::shops(db, tenant).await?;
        Ok(Zones(shops.into_iter().map(|shop| (shop.id, shop.zone)).collect()))
    }

    /// The zone of a shop; of the first where somebody belongs to none.
    pub fn zone(&self, shop: Option<ShopId>) -> Tz {
        let own = self.0.iter().find(|(id, _)| Some(*id) == shop).or(self.0.first());
        own.map_or(tenants::DEFAULT_ZONE, |(_, zone)| *zone)
    }
}

/// Those of a tenant's members who are named.
pub(super) async fn members(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    named: &[StaffId],
) -> Result<Vec<Member>> {
    staff::some(db, tenant, named).await
}

/// Tells members of an exam and its window, each in the time of his shop.
pub(super) async fn of_window(
    ctx: &Ctx,
    tx: &Tx,
    exam: &Model,
    members: &[Member],
    kind: &str,
) -> Result<()> {
    let zones = Zones::of(tx, exam.tenant_id).await?;
    let mut by_zone: BTreeMap<&str, (Tz, Vec<PersonId>)> = BTreeMap::new();
    for member in members {
        let zone = zones.zone(member.shop);
        by_zone.entry(zone.name()).or_insert_with(|| (zone, Vec::new())).1.push(member.person);
    }
    for (zone, persons) in by_zone.into_values() {
        let params = json!({
            "title": exam.title, "opens": clock(exam.opens_at, zone), "closes": clock(exam.closes_at, zone),
        });
        let link = format!("/exams/{}", exam.id);
        notices::send(ctx, tx, exam.tenant_id, &persons, kind, &params, Some(&link)).await?;
    }
    Ok(())
}

/// Tells somebody that his result is there; what it is stands behind the link, for him only.
pub(super) async fn of_result(ctx: &Ctx, tx: &Tx, exam: &Model, member: StaffId) -> Result<()> {
    let persons: Vec<_> =
        members(tx, exam.tenant_id, &[member]).await?.into_iter().map(|member| member.person).collect();
    let link = format!("/exams/{}", exam.id);
    let params = json!({ "title": exam.title });
    notices::send(ctx, tx, exam.tenant_id, &persons, "exam_graded", &params, Some(&link)).await
}

fn clock(at: Micros, zone: Tz) -> String {
    at.utc().with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}
