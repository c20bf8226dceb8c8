//! Signing in, setting by hand, leave, and the end of a class.

use std::collections::BTreeSet;

use kexun_base::db::Tx;
use kexun_base::events::{self, Actor};
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{By, Caller, Right};
use kexun_people::staff::{self, StaffId};
use kexun_people::tenants::TenantId;
use kexun_people::text::required;
use sea_orm::sea_query::LockType;
use serde_json::{Value, json};

use super::wire::{ClassCode, ClassSignedIn};
use super::{rules, throttle};
use crate::classes::calendar::day;
use crate::classes::entity::{class, participant};
use crate::classes::rules::{CLOSES_AFTER_S, check_step, check_unsettled};
use crate::classes::service::event;
use crate::classes::telling::Teller;
use crate::classes::{Attendance, ClassId, ClassState, LeaveState, participants, sight, store};

/// What the codes are keyed by.
const PURPOSE: &str = "classes.sign_in";

/// The code of a class that is in the caller's hands.
pub async fn code(ctx: &Ctx, caller: &Caller, id: ClassId) -> Result<ClassCode> {
    let db = ctx.db().read();
    let class = store::class(db, caller.tenant, id).await?;
    sight::demand(&By::Caller(caller), Right::ClassTeach, &class)?;
    let all = participants::all(db, caller.tenant, id).await?;
    let now = ctx.now();
    let (code, changes_at) = rules::code(&ctx.key().derive(PURPOSE), id, now);
    Ok(ClassCode {
        code: super::is_open(&class, now).then_some(code),
        changes_at,
        now,
        opens_at: rules::opens_at(class.starts_at),
        closes_at: class.ends_at,
        came: all.iter().filter(|p| came(p.status)).count(),
        expected: all.iter().filter(|p| p.status != Attendance::Leave).count(),
    })
}

fn came(status: Attendance) -> bool {
    matches!(status, Attendance::Present | Attendance::Late)
}

/// Signs the caller in to a class that he takes part in.
///
/// # Errors
/// `not_found` when he takes no part; `conflict` too early or too late; `invalid` on `code` when it does
/// not stand on the screen; `throttled` after too many wrong ones.
pub async fn sign_in(ctx: &Ctx, caller: &Caller, id: ClassId, typed: &str) -> Result<ClassSignedIn> {
    let scope = caller.scope(Right::ClassRead)?;
    let own = caller.staff.ok_or_else(|| Error::not_found("class that you take part in"))?;
    let tx = ctx.db().begin().await?;
    let now = ctx.now();
    let class = store::hold(&tx, scope.tenant, id, LockType::Share).await?;
    let seen = participants::one(&tx, scope.tenant, id, own).await?;
    if let Some(done) = signed(&class, &seen) {
        return Ok(done);
    }
    rules::signs_in(class.state, class.starts_at, class.ends_at, now)?;
    throttle::enter(&tx, scope.tenant, own, now).await?;
    if !rules::is_code(&ctx.key().derive(PURPOSE), id, now, typed) {
        // The wrong try must be remembered.
        tx.commit().await?;
        return Err(Error::field("code", "does not stand on the screen; read it again, it changes"));
    }
    throttle::passed(&tx, own).await?;
    // The same person at the same moment from another device waited at the count of tries.
    let seen = participants::one(&tx, scope.tenant, id, own).await?;
    if let Some(done) = signed(&class, &seen) {
        return Ok(done);
    }
    let status = rules::on_time(class.starts_at, class.late_after_min, now);
    // Whatever was set by hand before, he has come.
    let row = participant::Model { status, signed_in_at: Some(now), reason: None, ..seen };
    let row = participants::update(&tx, row).await?;
    let data = json!({ "staff": own, "status": status });
    events::record(ctx, &tx, event(scope.tenant, caller.actor(), "class.signed_in", id, data)).await?;
    tx.commit().await?;
    signed(&class, &row).ok_or_else(|| Error::internal("who signed in is not signed in"))
}

fn signed(class: &class::Model, row: &participant::Model) -> Option<ClassSignedIn> {
    let at = row.signed_in_at?;
    let after_min = (at.0 - class.starts_at.0).div_euclid(60_000_000);
    Some(ClassSignedIn { status: row.status, signed_in_at: at, after_min })
}

/// A class in somebody's hands, held until the transaction ends.
async fn taught(tx: &Tx, by: &By<'_>, id: ClassId) -> Result<class::Model> {
    let class = store::hold(tx, by.tenant(), id, LockType::Update).await?;
    sight::demand(by, Right::ClassTeach, &class)?;
    Ok(class)
}

async fn seen(tx: &Tx, class: &class::Model, staff: StaffId, version: i32) -> Result<participant::Model> {
    let row = participants::one(tx, class.tenant_id, class.id, staff).await?;
    if row.version == version { Ok(row) } else { Err(Error::stale()) }
}

/// Sets by hand how somebody stands; `Invited` takes that back, and leaves a sign-in as it was. After the
/// end of the class this puts right what the books say of him.
///
/// # Errors
/// `not_found`, `stale_version`; `conflict` for a class that is not announced or did not take place;
/// `invalid` without a reason.
pub async fn set(
    ctx: &Ctx,
    by: By<'_>,
    id: ClassId,
    staff: StaffId,
    (status, reason, version): (Attendance, &str, i32),
) -> Result<()> {
    let reason = required("reason", reason, 200)?;
    let tx = ctx.db().begin().await?;
    let class = taught(&tx, &by, id).await?;
    let ended = class.state == ClassState::Ended;
    if !ended && class.state != ClassState::Announced {
        return Err(Error::conflict(format!("the class is {}; nobody attends it", class.state)));
    }
    if ended && status == Attendance::Invited {
        return Err(Error::field("status", "must say whether he came: the class is over"));
    }
    let before = seen(&tx, &class, staff, version).await?;
    let was = before.status;
    let (status, kept) = match status {
        Attendance::Invited => {
            (rules::taken_back(class.starts_at, class.late_after_min, before.signed_in_at), None)
        }
        set => (set, Some(reason.clone())),
    };
    let row = participant::Model { status, reason: kept, ..before };
    let row = participants::update(&tx, row).await?;
    let data = json!({ "staff": staff, "status": status, "before": was, "reason": reason });
    events::record(ctx, &tx, event(class.tenant_id, by.actor(), "class.attendance_set", id, data)).await?;
    if ended && was != status {
        record_attended(ctx, &tx, by.actor(), &class, &row).await?;
    }
    Ok(tx.commit().await?)
}

/// Asks for leave from a class that has not begun; its lecturer and who arranged it are told.
///
/// # Errors
/// `not_found` when the caller takes no part; `conflict` when it has begun, or he has asked already.
pub async fn ask_leave(ctx: &Ctx, caller: &Caller, id: ClassId, reason: &str) -> Result<()> {
    let reason = required("reason", reason, 200)?;
    let scope = caller.scope(Right::ClassRead)?;
    let own = caller.staff.ok_or_else(|| Error::not_found("class that you take part in"))?;
    let tx = ctx.db().begin().await?;
    let class = store::hold(&tx, scope.tenant, id, LockType::Share).await?;
    let row = participants::one(&tx, scope.tenant, id, own).await?;
    check_unsettled(class.state)?;
    if ctx.now() >= class.starts_at {
        return Err(Error::conflict("the class has begun; talk to the lecturer"));
    }
    if row.leave_state.is_some() {
        return Err(Error::conflict("you have asked for leave already; you will be told the answer"));
    }
    let row = participant::Model {
        leave_state: Some(LeaveState::Asked),
        leave_reason: Some(reason.clone()),
        ..row
    };
    participants::update(&tx, row).await?;
    let data = json!({ "staff": own, "reason": reason });
    events::record(ctx, &tx, event(scope.tenant, caller.actor(), "class.leave_asked", id, data)).await?;
    let teller = Teller::of(ctx, &tx, &class).await?;
    let people = staff::some(&tx, scope.tenant, &[own, class.lecturer]).await?;
    let name = people.iter().find(|m| m.id == own).map(|m| m.name.clone()).unwrap_or_default();
    let deciding = people.iter().filter(|m| m.id == class.lecturer).map(|m| m.person);
    let deciding: BTreeSet<_> = deciding.chain(class.arranged_by).collect();
    let deciding: Vec<_> = deciding.into_iter().collect();
    teller.send_to("class_leave_asked", &deciding, json!({ "name": name }), None).await?;
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}

/// Answers an application for leave.
///
/// # Errors
/// `not_found`, `stale_version`; `conflict` when nobody asked, it was answered, or the class is over.
pub async fn answer_leave(
    ctx: &Ctx,
    by: By<'_>,
    id: ClassId,
    staff: StaffId,
    (granted, version): (bool, i32),
) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let class = taught(&tx, &by, id).await?;
    check_unsettled(class.state)?;
    let row = seen(&tx, &class, staff, version).await?;
    if row.leave_state != Some(LeaveState::Asked) {
        return Err(Error::conflict("there is no application that waits for an answer"));
    }
    let excused = granted && row.status == Attendance::Invited;
    let row = participant::Model {
        leave_state: Some(if granted { LeaveState::Granted } else { LeaveState::Refused }),
        status: if excused { Attendance::Leave } else { row.status },
        ..row
    };
    participants::update(&tx, row).await?;
    let data = json!({ "staff": staff, "granted": granted });
    events::record(ctx, &tx, event(class.tenant_id, by.actor(), "class.leave_answered", id, data)).await?;
    let teller = Teller::of(ctx, &tx, &class).await?;
    let kind = if granted { "class_leave_granted" } else { "class_leave_refused" };
    teller.say(kind, &BTreeSet::from([staff]), json!({})).await?;
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}

/// Ends a class: whoever did not come was absent, everybody's attendance goes into the books, and who
/// came is asked what he thought of it.
///
/// # Errors
/// `not_found`, `stale_version`; `conflict` when it is not announced or not over.
pub async fn close(ctx: &Ctx, by: By<'_>, id: ClassId, version: i32) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let class = taught(&tx, &by, id).await?;
    if class.version != version {
        return Err(Error::stale());
    }
    check_step(class.state, ClassState::Ended)?;
    if ctx.now() < class.ends_at {
        return Err(Error::conflict("the class goes on; end it when it is over, or change when it ends"));
    }
    end(ctx, &tx, by.actor(), class).await?;
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(())
}

/// The job: ends a class that nobody ended some time after its end. One that was moved meanwhile has a
/// later job.
pub async fn close_due(ctx: Ctx, order: Value) -> Result<()> {
    let tenant: TenantId = serde_json::from_value(order["tenant"].clone())?;
    let id: ClassId = serde_json::from_value(order["class"].clone())?;
    let tx = ctx.db().begin().await?;
    let class = store::hold(&tx, tenant, id, LockType::Update).await?;
    let due = class.ends_at.plus_seconds(CLOSES_AFTER_S) <= ctx.now();
    if class.state != ClassState::Announced || !due {
        return Ok(());
    }
    end(&ctx, &tx, Actor::System, class).await?;
    Ok(tx.commit().await?)
}

async fn end(ctx: &Ctx, tx: &Tx, actor: Actor, class: class::Model) -> Result<()> {
    let (tenant, id) = (class.tenant_id, class.id);
    participants::make_absent(tx, tenant, id).await?;
    let over = class::Model { state: ClassState::Ended, closed_at: Some(ctx.now()), ..class };
    let class = store::update(tx, over).await?;
    let all = participants::all(tx, tenant, id).await?;
    for row in &all {
        record_attended(ctx, tx, actor, &class, row).await?;
    }
    let came: BTreeSet<StaffId> = all.iter().filter(|p| came(p.status)).map(|p| p.staff_id).collect();
    let data = json!({ "title": class.title, "invited": all.len(), "came": came.len() });
    events::record(ctx, tx, event(tenant, actor, "class.ended", id, data)).await?;
    Teller::of(ctx, tx, &class).await?.say("class_feedback", &came, json!({})).await
}

async fn record_attended(
    ctx: &Ctx,
    tx: &Tx,
    actor: Actor,
    class: &class::Model,
    row: &participant::Model,
) -> Result<()> {
    let minutes = rules::minutes(class.starts_at, class.ends_at, row.status, row.signed_in_at);
    let data = json!({
        "staff": row.staff_id, "title": class.title, "competence": class.competence,
        "status": row.status, "minutes": minutes, "day": day(class),
    });
    events::record(ctx, tx, event(class.tenant_id, actor, "class.attended", class.id, data)).await.map(drop)
}
