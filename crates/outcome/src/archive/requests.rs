//! Applications for a look into somebody's archive.

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent};
use kexun_base::{Ctx, Error, Result};
use kexun_people::notices;
use kexun_people::persons::PersonId;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::{self, StaffId};
use serde_json::{Value, json};

use super::RequestId;
use super::access::{Ground, member, open_to};
use super::entity::request::Model;
use super::rules::{MOST_DAYS, RequestState};
use super::service::names;
use super::store;

/// Longest purpose or reason, in characters.
const LONGEST: usize = 500;
/// Where applications are seen.
const LINK: &str = "/archive-requests";

fn stated(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Error::field(field, format!("must say it in 1 to {LONGEST} characters")));
    }
    Ok(text.to_owned())
}

fn lasting(days: i32) -> Result<i32> {
    if (1..=MOST_DAYS).contains(&days) {
        return Ok(days);
    }
    Err(Error::field("days", format!("must be 1 to {MOST_DAYS}")))
}

async fn record(
    ctx: &Ctx,
    tx: &Tx,
    caller: &Caller,
    kind: &'static str,
    row: &Model,
    more: Value,
) -> Result<()> {
    let mut data = json!({ "staff": row.staff_id, "applicant": row.person_id, "purpose": row.purpose });
    for (name, value) in more.as_object().into_iter().flatten() {
        data[name] = value.clone();
    }
    let event = NewEvent {
        tenant: caller.tenant.0,
        kind,
        actor: caller.actor(),
        subject_kind: "archive_request",
        subject: row.id.0,
        data,
        caused_by: None,
    };
    events::record(ctx, tx, event).await.map(drop)
}

/// Applies for a look into a member's archive, for so many days from the decision on.
///
/// # Errors
/// `not_found` for who is no member; `invalid` for days or purpose that cannot be, and where the archive
/// is open to the caller anyway; `conflict` when he waits for a decision on it, or holds one.
pub(super) async fn apply(
    ctx: &Ctx,
    caller: &Caller,
    id: StaffId,
    purpose: &str,
    days: i32,
) -> Result<Model> {
    let (purpose, days, now) = (stated("purpose", purpose)?, lasting(days)?, ctx.now());
    let tx = ctx.db().begin().await?;
    let of = member(&tx, caller.tenant, id).await?;
    match open_to(caller, &of) {
        Some(Ground::Own) => {
            return Err(Error::field("staff", "is yourself; your own archive is open to you"));
        }
        Some(_) => return Err(Error::field("staff", "is somebody whose archive you keep; just open it")),
        None => {}
    }
    let before = store::requests_for(&tx, caller.tenant, caller.person, id).await?;
    match before.first().map(|r| r.state.at(r.valid_until, now)) {
        Some(RequestState::Waiting) => {
            return Err(Error::conflict("you applied already; wait for the decision, or take it back first"));
        }
        Some(RequestState::Granted) => return Err(Error::conflict("you may look into this archive now")),
        _ => {}
    }
    let row = Model {
        id: ctx.id(),
        tenant_id: caller.tenant,
        staff_id: id,
        person_id: caller.person,
        purpose,
        days,
        state: RequestState::Waiting,
        asked_at: now,
        decided_by: None,
        decided_at: None,
        reason: None,
        valid_until: None,
        version: 1,
    };
    store::insert_request(&tx, row.clone()).await?;
    record(ctx, &tx, caller, "archive.requested", &row, json!({ "days": days })).await?;
    let applicant = names(&tx, caller.tenant, &[caller.person]).await?.remove(&caller.person);
    let approvers: Vec<PersonId> = staff::holders(&tx, caller.tenant, Right::ArchiveApprove)
        .await?
        .into_iter()
        .map(|member| member.person)
        .filter(|person| *person != caller.person)
        .collect();
    let params = json!({ "name": applicant, "staff": of.name });
    notices::send(ctx, &tx, caller.tenant, &approvers, "archive_requested", &params, Some(LINK)).await?;
    tx.commit().await?;
    Ok(row)
}

/// What is decided on an application.
#[derive(Debug, Clone)]
pub(super) enum Decision {
    /// Granted, for so many days or as many as were asked for.
    Grant(Option<i32>),
    /// Refused, saying why.
    Refuse(String),
}

/// Decides on an application.
///
/// # Errors
/// `forbidden` on one's own, or without the right on the whole organisation; `conflict` when it does not
/// wait any more; `invalid` for a refusal without a reason; `stale_version`.
pub(super) async fn decide(
    ctx: &Ctx,
    caller: &Caller,
    id: RequestId,
    decision: Decision,
    version: i32,
) -> Result<Model> {
    let tenant = caller.whole(Right::ArchiveApprove)?.tenant;
    let tx = ctx.db().begin().await?;
    let mut row = store::request(&tx, tenant, id).await?;
    if row.person_id == caller.person {
        return Err(Error::forbidden("nobody decides on his own application; somebody else must"));
    }
    if row.version != version {
        return Err(Error::stale());
    }
    if row.state != RequestState::Waiting {
        return Err(Error::conflict("this application does not wait for a decision any more"));
    }
    let now = ctx.now();
    let kind = match decision {
        Decision::Grant(days) => {
            row.days = lasting(days.unwrap_or(row.days))?;
            row.valid_until = Some(now.plus_seconds(i64::from(row.days) * 86_400));
            row.state = RequestState::Granted;
            "archive.granted"
        }
        Decision::Refuse(reason) => {
            row.reason = Some(stated("reason", &reason)?);
            row.state = RequestState::Refused;
            "archive.refused"
        }
    };
    row.decided_by = Some(caller.person);
    row.decided_at = Some(now);
    let row = store::update_request(&tx, row).await?;
    let more = json!({ "days": row.days, "valid_until": row.valid_until, "reason": row.reason });
    record(ctx, &tx, caller, kind, &row, more).await?;
    let of = member(&tx, tenant, row.staff_id).await?;
    let params = json!({ "staff": of.name });
    notices::send(ctx, &tx, tenant, &[row.person_id], "archive_decided", &params, Some(LINK)).await?;
    tx.commit().await?;
    Ok(row)
}

/// Takes an application back, decided on or not: the applicant his own, who decides any.
///
/// # Errors
/// `not_found` for others'; `conflict` when there is nothing left to take back; `stale_version`.
pub(super) async fn withdraw(ctx: &Ctx, caller: &Caller, id: RequestId, version: i32) -> Result<Model> {
    let tx = ctx.db().begin().await?;
    let mut row = store::request(&tx, caller.tenant, id).await?;
    if row.person_id != caller.person && caller.whole(Right::ArchiveApprove).is_err() {
        return Err(Error::not_found("application"));
    }
    if row.version != version {
        return Err(Error::stale());
    }
    if !matches!(row.state.at(row.valid_until, ctx.now()), RequestState::Waiting | RequestState::Granted) {
        return Err(Error::conflict("this application is over; there is nothing to take back"));
    }
    row.state = RequestState::Withdrawn;
    row.valid_until = None;
    let row = store::update_request(&tx, row).await?;
    record(ctx, &tx, caller, "archive.withdrawn", &row, json!({})).await?;
    tx.commit().await?;
    Ok(row)
}
