//! On what ground somebody looks into an archive, and the trace that it leaves.

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent};
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::{self, Member, StaffId};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::RequestId;
use super::entity::request::Model as Request;
use super::rules::RequestState;
use super::store;

/// Why somebody may look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ground {
    /// It is his own.
    Own,
    /// He keeps it.
    Keeper,
    /// It was granted to him.
    Granted(Request),
}

impl Ground {
    /// The application, if one was needed.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Ground::Granted(request) => Some(request.id),
            _ => None,
        }
    }

    /// The purpose that was stated.
    pub fn purpose(&self) -> Option<&str> {
        match self {
            Ground::Granted(request) => Some(&request.purpose),
            _ => None,
        }
    }

    /// Until when; none: without end.
    pub fn until(&self) -> Option<Micros> {
        match self {
            Ground::Granted(request) => request.valid_until,
            _ => None,
        }
    }
}

/// A member of the tenant.
///
/// # Errors
/// `not_found`.
pub(super) async fn member(db: &impl ConnectionTrait, tenant: TenantId, id: StaffId) -> Result<Member> {
    let found = staff::some(db, tenant, &[id]).await?.pop();
    found.ok_or_else(|| Error::not_found("member of staff"))
}

/// Whether a member's archive is open to somebody without asking.
pub(super) fn open_to(caller: &Caller, member: &Member) -> Option<Ground> {
    if caller.staff == Some(member.id) {
        return Some(Ground::Own);
    }
    let keeps = caller.scope(Right::ArchiveRead).is_ok_and(|scope| scope.holds(member.shop, member.team));
    keeps.then_some(Ground::Keeper)
}

/// Why somebody may look into a member's archive.
///
/// # Errors
/// `not_found` for who is no member, or when the caller could not even apply; `forbidden` when he would
/// have to apply, or what was granted is over.
pub(super) async fn ground(
    db: &impl ConnectionTrait,
    caller: &Caller,
    id: StaffId,
    now: Micros,
) -> Result<(Member, Ground)> {
    let member = member(db, caller.tenant, id).await?;
    if let Some(ground) = open_to(caller, &member) {
        return Ok((member, ground));
    }
    if !caller.may(Right::ArchiveApply) {
        return Err(Error::not_found("archive"));
    }
    let requests = store::requests_for(db, caller.tenant, caller.person, id).await?;
    let states: Vec<RequestState> = requests.iter().map(|r| r.state.at(r.valid_until, now)).collect();
    if let Some(at) = states.iter().position(|state| *state == RequestState::Granted) {
        return Ok((member, Ground::Granted(requests[at].clone())));
    }
    Err(Error::forbidden(match states.first() {
        Some(RequestState::Waiting) => "your application for this archive is not decided yet",
        Some(RequestState::Expired) => {
            "the time for which you might look into this archive is over; apply again"
        }
        _ => "this archive is not yours; apply for a look into it, saying why",
    }))
}

/// Leaves the trace of a look: in the audit log, where its owner is shown it. Looks at one's own leave none.
pub(super) async fn leave_trace(
    ctx: &Ctx,
    tx: &Tx,
    caller: &Caller,
    (member, ground): (&Member, &Ground),
    kind: &'static str,
) -> Result<()> {
    if *ground == Ground::Own {
        return Ok(());
    }
    let event = NewEvent {
        tenant: caller.tenant.0,
        kind,
        actor: caller.actor(),
        subject_kind: "staff",
        subject: member.id.0,
        data: json!({ "staff": member.id, "request": ground.request(), "purpose": ground.purpose() }),
        caused_by: None,
    };
    events::record(ctx, tx, event).await.map(drop)
}
