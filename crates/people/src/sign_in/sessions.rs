//! A person's own sessions: where he is signed in, and ending what he does not know or need.

use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::devices::device;
use super::service::record;
use super::{SessionId, known, store};
use crate::rights::Caller;

/// A signed-in browser as its person sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Session {
    /// Its id; signs nobody in.
    pub id: SessionId,
    /// Browser and system, as the browser says; null if it says nothing.
    #[schema(required)]
    pub device: Option<String>,
    /// The address from which it signed in; null if it is not known.
    #[schema(required)]
    pub address: Option<String>,
    /// When it signed in.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Micros,
    /// When it was used last, to within five minutes.
    #[schema(value_type = String, format = DateTime)]
    pub last_used_at: Micros,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// The caller's sessions that are not over: the one that asks, then those used last.
///
/// # Errors
/// When the database refuses.
pub(super) async fn list(ctx: &Ctx, caller: &Caller, this: SessionId) -> Result<Vec<Session>> {
    let rows = store::sessions(ctx.db().read(), caller.person, ctx.now()).await?;
    let mut sessions: Vec<Session> = rows
        .into_iter()
        .map(|row| Session {
            id: row.id,
            device: device(&row.user_agent),
            address: row.address,
            created_at: row.created_at,
            last_used_at: row.seen_at,
            this: row.id == this,
        })
        .collect();
    sessions.sort_by_key(|session| (!session.this, std::cmp::Reverse(session.last_used_at)));
    Ok(sessions)
}

/// Ends one of the caller's sessions, at once.
///
/// # Errors
/// `not_found` when it is not his, or over already.
pub(super) async fn end(ctx: &Ctx, caller: &Caller, session: SessionId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    known::doubt(ctx, &tx, caller.person).await?;
    if !store::delete_session(&tx, caller.person, session).await? {
        return Err(Error::not_found("session"));
    }
    record(ctx, &tx, caller.person, caller.actor(), "session.closed", json!({ "session": session })).await?;
    Ok(tx.commit().await?)
}

/// Ends all the caller's sessions but the one that asks.
///
/// # Errors
/// When the database refuses.
pub(super) async fn end_others(ctx: &Ctx, caller: &Caller, this: SessionId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    known::doubt(ctx, &tx, caller.person).await?;
    let count = store::delete_sessions(&tx, caller.person, Some(this)).await?;
    record(ctx, &tx, caller.person, caller.actor(), "session.others_closed", json!({ "sessions": count }))
        .await?;
    Ok(tx.commit().await?)
}
