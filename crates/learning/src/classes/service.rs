//! Arranging, changing, announcing and calling off classes.

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::db::Tx;
use kexun_base::events::{self, Actor, NewEvent, Subject};
use kexun_base::{Ctx, Error, Result, jobs};
use kexun_people::rights::{By, Right, Scope};
use kexun_people::staff::{self, Audience, StaffId};
use kexun_people::tenants::{self, TenantId};
use sea_orm::sea_query::LockType;
use serde_json::{Value, json};

use super::draft::{Draft, Sound};
use super::entity::class::Model;
use super::entity::participant;
use super::rules::{Booking, Slot, check_step, check_to_come, closes_at};
use super::telling::Teller;
use super::{Attendance, ClassId, ClassState, attendance, clashes, participants, places, sight, store};
use crate::{courses, plans};

/// An event on a class.
pub(super) fn event(
    tenant: TenantId,
    actor: Actor,
    kind: &'static str,
    id: ClassId,
    data: Value,
) -> NewEvent {
    NewEvent { tenant: tenant.0, kind, actor, subject_kind: "class", subject: id.0, data, caused_by: None }
}

/// Arranges a class, which nobody is told of before it is announced.
///
/// # Errors
/// `invalid` for what cannot be; `not_found` for a course or plan item; `conflict` naming who or what is
/// booked already.
pub async fn arrange(ctx: &Ctx, by: By<'_>, draft: &Draft) -> Result<ClassId> {
    let scope = by.scope(Right::ClassWrite)?;
    let sound = draft.sound()?;
    let tx = ctx.db().begin().await?;
    tenants::lock(&tx, scope.tenant).await?;
    let causes = causes(&tx, scope.tenant, draft).await?;
    check_lecturer(&tx, &scope, draft.lecturer).await?;
    let audience = draft.audience.clone().unwrap_or_default();
    let staff = chosen(&tx, &scope, &audience, draft.lecturer).await?;
    let class = Model {
        id: ctx.id(),
        tenant_id: scope.tenant,
        title: String::new(),
        description: None,
        competence: draft.competence,
        of_course: draft.course,
        of_plan_item: draft.plan_item,
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        zone: String::new(),
        place_id: None,
        online_url: None,
        lecturer: draft.lecturer,
        seats: None,
        late_after_min: 0,
        audience: serde_json::to_string(&audience)?,
        state: ClassState::Planned,
        sequence: 0,
        arranged_by: sight::person(&by),
        cancel_reason: None,
        closed_at: None,
        version: 1,
    };
    let class = written(ctx, &tx, class, draft, sound).await?;
    check_room(ctx, &tx, &class, (&staff, &BTreeSet::new()), draft.accept_conflicts).await?;
    let id = class.id;
    store::insert(&tx, class.clone()).await?;
    participants::add(ctx, &tx, scope.tenant, id, &staff).await?;
    let data = json!({
        "title": class.title, "starts_at": class.starts_at, "lecturer": class.lecturer, "invited": staff.len(),
    });
    let event = event(scope.tenant, by.actor(), "class.arranged", id, data);
    events::record_because(ctx, &tx, event, &causes).await?;
    tx.commit().await?;
    Ok(id)
}

async fn causes(tx: &Tx, tenant: TenantId, draft: &Draft) -> Result<Vec<Subject>> {
    let mut causes = Vec::new();
    if let Some(item) = draft.plan_item {
        plans::item(tx, tenant, item).await?;
        causes.push(Subject { kind: "plan_item", id: item.0 });
    }
    if let Some(course) = draft.course {
        courses::head(tx, tenant, course).await?;
        causes.push(Subject { kind: "course", id: course.0 });
    }
    Ok(causes)
}

/// Who teaches must be allowed to, and who has nobody under him arranges what he teaches himself.
async fn check_lecturer(tx: &Tx, scope: &Scope, lecturer: StaffId) -> Result<()> {
    if !sight::leads(scope) && scope.reach.own != Some(lecturer) {
        return Err(Error::field("lecturer", "must be yourself: you arrange the classes that you teach"));
    }
    let teachers = staff::holders(tx, scope.tenant, Right::ClassTeach).await?;
    if teachers.iter().any(|m| m.id == lecturer) {
        return Ok(());
    }
    Err(Error::field("lecturer", "is nobody who may teach; choose a lecturer, or grant that role first"))
}

/// Whom a choice means. Who teaches takes no seat.
async fn chosen(tx: &Tx, scope: &Scope, audience: &Audience, lecturer: StaffId) -> Result<BTreeSet<StaffId>> {
    if audience.is_empty() {
        return Ok(BTreeSet::new());
    }
    let members = audience.within(tx, scope, "audience").await?;
    Ok(members.into_iter().map(|m| m.id).filter(|id| *id != lecturer).collect())
}

/// A class with what stands in a draft.
async fn written(ctx: &Ctx, tx: &Tx, class: Model, draft: &Draft, sound: Sound) -> Result<Model> {
    let place_id = match &sound.place {
        Some(name) => Some(places::ensure(ctx, tx, class.tenant_id, name).await?),
        None => None,
    };
    Ok(Model {
        title: sound.title,
        description: sound.description,
        competence: draft.competence,
        starts_at: sound.slot.starts_at,
        ends_at: sound.slot.ends_at,
        zone: sound.zone.name().to_owned(),
        place_id,
        online_url: sound.online_url,
        lecturer: draft.lecturer,
        seats: sound.seats,
        late_after_min: sound.late_after_min,
        ..class
    })
}

/// Seats enough, and nobody and nothing booked twice; of the people, who has leave is free, and keeps his
/// seat. The tenant's books must be held.
async fn check_room(
    ctx: &Ctx,
    tx: &Tx,
    class: &Model,
    (staff, free): (&BTreeSet<StaffId>, &BTreeSet<StaffId>),
    accept: bool,
) -> Result<()> {
    if let Some(seats) = class.seats
        && staff.len() > usize::try_from(seats).unwrap_or_default()
    {
        let detail = format!("are {seats} for {} people; add seats or choose fewer people", staff.len());
        return Err(Error::field("seats", detail));
    }
    // What is over can be written down later; it stands in nobody's way.
    if class.ends_at <= ctx.now() {
        return Ok(());
    }
    let wanted = Booking { staff: staff - free, ..clashes::booking(class, &[]) };
    let found = clashes::find(tx, class.tenant_id, &wanted).await?;
    clashes::demand_free(&found, accept, super::calendar::zone(class))
}

/// Changes a class that is to come; who was told of it is told again when time, place, title or
/// lecturer change. At another time people stand as far as what they did holds for it.
///
/// # Errors
/// As [`arrange`]; `stale_version`; `conflict` when it was announced and is over.
pub async fn change(ctx: &Ctx, by: By<'_>, id: ClassId, draft: &Draft, version: i32) -> Result<()> {
    let scope = by.scope(Right::ClassWrite)?;
    let sound = draft.sound()?;
    let tx = ctx.db().begin().await?;
    tenants::lock(&tx, scope.tenant).await?;
    let before = in_hands(&tx, &by, id, version).await?;
    check_to_come(before.state, before.ends_at, ctx.now())?;
    if draft.lecturer != before.lecturer {
        check_lecturer(&tx, &scope, draft.lecturer).await?;
    }
    let mut after = written(ctx, &tx, before.clone(), draft, sound).await?;
    let were = participants::all(&tx, scope.tenant, id).await?;
    let people = at_time(&were, &before, &slot(&after), after.late_after_min);
    let now: BTreeSet<StaffId> = were.iter().map(|p| p.staff_id).collect();
    let staff = match &draft.audience {
        None => now.iter().copied().filter(|id| *id != after.lecturer).collect(),
        Some(audience) => {
            after.audience = serde_json::to_string(audience)?;
            kept(&tx, &scope, &people, chosen(&tx, &scope, audience, after.lecturer).await?).await?
        }
    };
    check_room(ctx, &tx, &after, (&staff, &on_leave(&people)), draft.accept_conflicts).await?;
    let moved = is_moved(&before, &after);
    let added: BTreeSet<StaffId> = staff.difference(&now).copied().collect();
    let gone: BTreeSet<StaffId> = now.difference(&staff).copied().collect();
    if moved || !gone.is_empty() {
        after.sequence += 1;
    }
    participants::remove(&tx, scope.tenant, id, &gone).await?;
    participants::add(ctx, &tx, scope.tenant, id, &added).await?;
    let again = stand_anew(&tx, &were, people, &staff).await?;
    let after = store::update(&tx, after).await?;
    let data = json!({
        "title": after.title, "starts_at": after.starts_at, "lecturer": after.lecturer, "before": before.starts_at,
        "added": added.len(), "removed": gone.len(), "invited_again": again.keys().collect::<Vec<_>>(),
    });
    events::record(ctx, &tx, event(scope.tenant, by.actor(), "class.changed", id, data)).await?;
    if after.state == ClassState::Announced {
        let stay = now.intersection(&staff).copied().collect();
        tell_change(ctx, &tx, (&before, &after), moved, (&added, &stay, &gone), &again).await?;
        if after.ends_at != before.ends_at {
            order_close(ctx, &tx, &after).await?;
        }
    }
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}

/// Who signed in already stays, whatever the choice says now; and so do those who are not his to choose.
async fn kept(
    tx: &Tx,
    scope: &Scope,
    now: &[participant::Model],
    mut chosen: BTreeSet<StaffId>,
) -> Result<BTreeSet<StaffId>> {
    let his: BTreeSet<StaffId> = staff::members(tx, scope).await?.into_iter().map(|m| m.id).collect();
    let stays = |p: &&participant::Model| {
        matches!(p.status, Attendance::Present | Attendance::Late) || !his.contains(&p.staff_id)
    };
    chosen.extend(now.iter().filter(stays).map(|p| p.staff_id));
    Ok(chosen)
}

fn slot(class: &Model) -> Slot {
    Slot { starts_at: class.starts_at, ends_at: class.ends_at }
}

/// Who takes part in a class, as they would stand at another time.
fn at_time(
    people: &[participant::Model],
    class: &Model,
    to: &Slot,
    late_after_min: i32,
) -> Vec<participant::Model> {
    people.iter().map(|row| attendance::moved(row.clone(), &slot(class), to, late_after_min)).collect()
}

fn on_leave(people: &[participant::Model]) -> BTreeSet<StaffId> {
    people.iter().filter(|p| p.status == Attendance::Leave).map(|p| p.staff_id).collect()
}

/// Writes how those stand who stay and stand otherwise than before; gives who is invited again, with how
/// he stood.
async fn stand_anew(
    tx: &Tx,
    were: &[participant::Model],
    are: Vec<participant::Model>,
    stay: &BTreeSet<StaffId>,
) -> Result<BTreeMap<StaffId, Attendance>> {
    let mut again = BTreeMap::new();
    for (was, is) in were.iter().zip(are).filter(|(was, is)| *was != is && stay.contains(&was.staff_id)) {
        if is.status == Attendance::Invited && was.status != is.status {
            again.insert(was.staff_id, was.status);
        }
        participants::update(tx, is).await?;
    }
    Ok(again)
}

/// Whether calendars must hear of a change.
fn is_moved(before: &Model, after: &Model) -> bool {
    let shown = |c: &Model| {
        let time = (c.starts_at, c.ends_at, c.zone.clone());
        let place = (c.place_id, c.online_url.clone());
        (c.title.clone(), c.description.clone(), time, place, c.lecturer)
    };
    shown(before) != shown(after)
}

async fn tell_change(
    ctx: &Ctx,
    tx: &Tx,
    (before, after): (&Model, &Model),
    moved: bool,
    (added, stay, gone): (&BTreeSet<StaffId>, &BTreeSet<StaffId>, &BTreeSet<StaffId>),
    again: &BTreeMap<StaffId, Attendance>,
) -> Result<()> {
    let teller = Teller::of(ctx, tx, after).await?;
    teller.invite("class_announced", added, json!({})).await?;
    teller.uninvite("class_removed", gone, json!({})).await?;
    if moved {
        teller.invite("class_changed", stay, json!({})).await?;
    }
    // Who had leave is expected again; that must not only follow from the new time.
    let lapsed = again.iter().filter(|(_, was)| **was == Attendance::Leave).map(|(id, _)| *id);
    teller.say("class_leave_refused", &lapsed.collect(), json!({})).await?;
    let lecturer = |class: &Model| BTreeSet::from([class.lecturer]);
    if before.lecturer != after.lecturer {
        teller.uninvite("class_removed", &lecturer(before), json!({})).await?;
        let count = json!({ "count": stay.len() + added.len() });
        teller.invite("class_to_teach", &lecturer(after), count).await?;
    } else if moved {
        teller.invite("class_changed", &lecturer(after), json!({})).await?;
    }
    Ok(())
}

/// A class that is in somebody's hands, held until the transaction ends, as he saw it.
pub(super) async fn in_hands(tx: &Tx, by: &By<'_>, id: ClassId, version: i32) -> Result<Model> {
    let class = store::hold(tx, by.tenant(), id, LockType::Update).await?;
    sight::demand(by, Right::ClassWrite, &class)?;
    if class.version == version { Ok(class) } else { Err(Error::stale()) }
}

/// Announces a class: everybody concerned is told, with the entry for his calendar unless it is over.
///
/// # Errors
/// `not_found`, `stale_version`; `conflict` when it was announced, has no place or nobody takes part.
pub async fn announce(ctx: &Ctx, by: By<'_>, id: ClassId, version: i32) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let class = in_hands(&tx, &by, id, version).await?;
    check_step(class.state, ClassState::Announced)?;
    if class.place_id.is_none() && class.online_url.is_none() {
        return Err(Error::conflict(
            "nobody would know where to go; give the class a place or an address first",
        ));
    }
    let staff = participants::all(&tx, class.tenant_id, id).await?;
    let staff: BTreeSet<StaffId> = staff.iter().map(|p| p.staff_id).collect();
    if staff.is_empty() {
        return Err(Error::conflict("nobody takes part yet; choose people first"));
    }
    let class = store::update(&tx, Model { state: ClassState::Announced, ..class }).await?;
    let data = json!({ "title": class.title, "invited": staff.len() });
    events::record(ctx, &tx, event(class.tenant_id, by.actor(), "class.announced", id, data)).await?;
    let teller = Teller::of(ctx, &tx, &class).await?;
    teller.announce("class_announced", &staff, json!({})).await?;
    let lecturer = BTreeSet::from([class.lecturer]);
    teller.announce("class_to_teach", &lecturer, json!({ "count": staff.len() })).await?;
    order_close(ctx, &tx, &class).await?;
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}

/// Has the class ended by itself some time after its end.
async fn order_close(ctx: &Ctx, tx: &Tx, class: &Model) -> Result<()> {
    let at = closes_at(class.ends_at, ctx.now());
    let order = json!({ "tenant": class.tenant_id, "class": class.id });
    jobs::enqueue_at(ctx, tx, Some(class.tenant_id.0), attendance::CLOSE_JOB, &order, at).await.map(drop)
}

/// Calls a class off; who was told of it is told that.
///
/// # Errors
/// `not_found`, `stale_version`; `conflict` when it was announced and is over; `invalid` without a reason.
pub async fn cancel(ctx: &Ctx, by: By<'_>, id: ClassId, version: i32, reason: &str) -> Result<()> {
    let reason = kexun_people::text::required("reason", reason, 200)?;
    let tx = ctx.db().begin().await?;
    let class = in_hands(&tx, &by, id, version).await?;
    check_step(class.state, ClassState::Cancelled)?;
    check_to_come(class.state, class.ends_at, ctx.now())?;
    let told = class.state == ClassState::Announced;
    let off = Model {
        state: ClassState::Cancelled,
        cancel_reason: Some(reason.clone()),
        sequence: class.sequence + 1,
        ..class
    };
    let class = store::update(&tx, off).await?;
    let data = json!({ "title": class.title, "reason": reason });
    events::record(ctx, &tx, event(class.tenant_id, by.actor(), "class.cancelled", id, data)).await?;
    if told {
        let staff = participants::all(&tx, class.tenant_id, id).await?;
        let all = staff.iter().map(|p| p.staff_id).chain([class.lecturer]).collect();
        let teller = Teller::of(ctx, &tx, &class).await?;
        teller.invite("class_cancelled", &all, json!({ "reason": reason })).await?;
    }
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}

/// What a class would take that is taken already, and how many would take part: for who is about to
/// write it down.
///
/// # Errors
/// As [`arrange`], but for the conflicts.
pub(super) async fn preview(
    ctx: &Ctx,
    by: By<'_>,
    wanted: &super::choices::Wanted,
) -> Result<(Vec<clashes::Conflict>, usize)> {
    let scope = by.scope(Right::ClassWrite)?;
    let slot = super::draft::slot(wanted.starts_at, wanted.ends_at)?;
    let tx = ctx.db().snapshot().await?;
    let people = match wanted.class {
        Some(class) => {
            let class = store::class(&tx, scope.tenant, class).await?;
            sight::demand(&by, Right::ClassWrite, &class)?;
            let now = participants::all(&tx, scope.tenant, class.id).await?;
            at_time(&now, &class, &slot, class.late_after_min)
        }
        None => Vec::new(),
    };
    let staff: BTreeSet<StaffId> = match &wanted.audience {
        Some(audience) => chosen(&tx, &scope, audience, wanted.lecturer).await?,
        None => people.iter().map(|p| p.staff_id).filter(|id| *id != wanted.lecturer).collect(),
    };
    let place = match wanted.place.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => places::named(&tx, scope.tenant, name).await?,
        None => None,
    };
    let count = staff.len();
    let staff = &staff - &on_leave(&people);
    let booking = Booking { class: wanted.class, slot, place, lecturer: wanted.lecturer, staff };
    let over = slot.ends_at <= ctx.now();
    let found = if over { Vec::new() } else { clashes::find(&tx, scope.tenant, &booking).await? };
    Ok((found, count))
}
