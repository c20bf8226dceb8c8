//! Looking into archives.

use std::collections::HashMap;

use chrono_tz::Tz;
use kexun_base::events;
use kexun_base::http::{Page, PageRequest};
use kexun_base::ids::Uuid;
use kexun_base::time::{Day, Micros};
use kexun_base::{Ctx, Error, Result};
use kexun_people::competences::Competence;
use kexun_people::persons::{self, PersonId};
use kexun_people::rights::{Caller, Right, Scope};
use kexun_people::staff::{self, Member, StaffId, Step};
use kexun_people::tenants::{self, TenantId};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use utoipa::IntoParams;

use super::access::{Ground, ground, leave_trace, member};
use super::entity::entry::Model as Entry;
use super::rules::{self, EntryKind, Totals};
use super::store;

/// Which entries are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ArchiveFilter {
    /// Of this kind.
    pub kind: Option<EntryKind>,
    /// About this competence.
    pub competence: Option<Competence>,
    /// From this day on, in the member's zone.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<Day>,
    /// Up to and with this day, in the member's zone.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<Day>,
}

impl ArchiveFilter {
    fn holds(&self, entry: &Entry, zone: Tz) -> bool {
        let day = day_of(entry, zone);
        self.kind.is_none_or(|kind| kind == entry.kind)
            && self.competence.is_none_or(|competence| entry.competence == Some(competence))
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }
}

/// The day that an entry tells of: that which its event names, else that on which it was written.
pub(super) fn day_of(entry: &Entry, zone: Tz) -> Day {
    entry.day.unwrap_or_else(|| entry.at.day(zone))
}

/// Somebody's archive, as it is shown to one reader at one time.
pub(super) struct Archive {
    pub member: Member,
    /// His steps, oldest first.
    pub history: Vec<Step>,
    pub zone: Tz,
    /// The entries that were asked for, in their order; whether a later one stands in its place.
    pub entries: Vec<(Entry, bool)>,
    pub totals: Totals,
    pub ground: Ground,
    /// Name of the reader.
    pub reader: String,
    /// When he looked.
    pub at: Micros,
}

/// What a look is for: `archive.viewed` or `archive.exported` is left in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    View,
    Export,
}

impl Look {
    fn event(self) -> &'static str {
        match self {
            Look::View => "archive.viewed",
            Look::Export => "archive.exported",
        }
    }
}

/// Opens a member's archive. The trace is written before anything is read.
///
/// # Errors
/// As [`ground`].
pub(super) async fn open(
    ctx: &Ctx,
    caller: &Caller,
    id: StaffId,
    filter: &ArchiveFilter,
    look: Look,
) -> Result<Archive> {
    let now = ctx.now();
    let (member, ground) = ground(ctx.db().read(), caller, id, now).await?;
    if ground != Ground::Own {
        let tx = ctx.db().begin().await?;
        // Asked again where it counts: what was granted may just have been taken back.
        let (member, ground) = self::ground(&tx, caller, id, now).await?;
        leave_trace(ctx, &tx, caller, (&member, &ground), look.event()).await?;
        tx.commit().await?;
    }
    let (db, tenant) = (ctx.db().read(), caller.tenant);
    let zone = tenants::zone(db, tenant, member.shop).await?;
    let all = store::of_staff(db, tenant, &[id]).await?.remove(&id).unwrap_or_default();
    let replaced = rules::replaced(&all);
    let mut entries: Vec<(Entry, bool)> = all.into_iter().zip(replaced).collect();
    entries.retain(|(entry, _)| filter.holds(entry, zone));
    let totals = rules::totals(entries.iter().map(|(entry, replaced)| (entry, *replaced)));
    let history = staff::history(db, tenant, id).await?;
    let reader = names(db, tenant, &[caller.person]).await?.remove(&caller.person).unwrap_or_default();
    Ok(Archive { member, history, zone, entries, totals, ground, reader, at: now })
}

/// The caller as a member.
///
/// # Errors
/// `not_found` for who oversees the tenant from above and belongs to it in no other way.
pub(super) fn own(caller: &Caller) -> Result<StaffId> {
    caller.staff.ok_or_else(|| Error::not_found("archive of yours here"))
}

/// Names of persons: as the tenant calls them where they are its members.
pub(super) async fn names(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, String>> {
    let mut names: HashMap<PersonId, String> =
        persons::by_ids(db, ids).await?.into_iter().map(|(id, person)| (id, person.name)).collect();
    for member in staff::members(db, &Scope::whole(tenant)).await? {
        if let Some(name) = names.get_mut(&member.person) {
            *name = member.name;
        }
    }
    Ok(names)
}

/// A look that somebody took into an archive.
pub(super) struct Looked {
    pub at: Micros,
    pub who: Option<String>,
    pub exported: bool,
    pub request: Option<Uuid>,
    pub purpose: Option<String>,
}

/// Who looked into a member's archive, the latest first: for its owner and for who keeps it.
///
/// # Errors
/// `not_found` for everybody else.
pub(super) async fn looks(
    ctx: &Ctx,
    caller: &Caller,
    id: StaffId,
    page: &PageRequest,
) -> Result<Page<Looked>> {
    let (db, tenant) = (ctx.db().read(), caller.tenant);
    let member = member(db, tenant, id).await?;
    if super::access::open_to(caller, &member).is_none() {
        return Err(Error::not_found("archive"));
    }
    let filter =
        events::Filter { kind: Some("archive.".into()), subject: Some(id.0), ..events::Filter::default() };
    let found = events::list(db, tenant.0, &filter, page).await?;
    let readers: Vec<PersonId> = found.items.iter().filter_map(|e| e.actor.map(PersonId)).collect();
    let names = names(db, tenant, &readers).await?;
    Ok(found.map(|event| Looked {
        at: event.at,
        who: event.actor.and_then(|id| names.get(&PersonId(id)).cloned()),
        exported: event.kind == Look::Export.event(),
        request: event.data["request"].as_str().and_then(|id| id.parse().ok()),
        purpose: event.data["purpose"].as_str().map(str::to_owned),
    }))
}

/// Those whose archives the caller keeps, by account, with what these add up to.
///
/// # Errors
/// `forbidden` for who keeps none.
pub(super) async fn people(
    ctx: &Ctx,
    caller: &Caller,
    q: Option<&str>,
    page: &PageRequest,
) -> Result<Page<(Member, Totals)>> {
    let mut scope = caller.scope(Right::ArchiveRead)?;
    scope.reach.own = None;
    let db = ctx.db().read();
    let mut members = staff::members(db, &scope).await?;
    let part = q.map(|q| q.trim().to_lowercase()).filter(|q| !q.is_empty());
    let after = page.after::<String>()?;
    members.retain(|m| after.as_ref().is_none_or(|after| m.account > *after));
    members.retain(|m| {
        let is_in = |text: &str| part.as_ref().is_none_or(|part| text.to_lowercase().contains(part.as_str()));
        is_in(&m.name) || is_in(&m.account)
    });
    members.sort_by(|a, b| a.account.cmp(&b.account));
    members.truncate(page.limit() as usize + 1);
    let shown = page.page(members, |member| member.account.clone());
    let ids: Vec<StaffId> = shown.items.iter().map(|member| member.id).collect();
    let archives = store::of_staff(db, scope.tenant, &ids).await?;
    Ok(shown.map(|member| {
        let entries = archives.get(&member.id).map(Vec::as_slice).unwrap_or_default();
        let totals = rules::totals(entries.iter().zip(rules::replaced(entries)));
        (member, totals)
    }))
}
