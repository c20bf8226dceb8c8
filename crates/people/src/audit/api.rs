//! `/events`, `/jobs`.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::StatusCode;
use kexun_base::events::{self, Event, EventId, NewEvent};
use kexun_base::http::server::DONE;
use kexun_base::http::{Json, OpenApiRouter, Page, PageRequest, Path, Query, routes};
use kexun_base::ids::Uuid;
use kexun_base::jobs::{self, Job, JobId};
use kexun_base::time::{Day, Micros};
use kexun_base::{Ctx, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::persons::{self, PersonId};
use crate::rights::route::guarded;
use crate::rights::{Caller, Right};
use crate::tenants::{self, TenantId};

pub fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(guarded(Right::AuditRead, routes!(list_events)))
        .routes(guarded(Right::AuditRead, routes!(chain)))
        .routes(guarded(Right::JobRead, routes!(list_jobs)))
        .routes(guarded(Right::JobRead, routes!(retry_job)))
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct EventFilter {
    /// Kinds that begin so, e.g. `import.`.
    kind: Option<String>,
    /// Id or login of the person who did it.
    actor: Option<String>,
    /// Id of the thing it happened to.
    subject: Option<Uuid>,
    /// From this day on, in the tenant's zone.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Day>,
    /// Up to and with this day, in the tenant's zone.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Day>,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
struct ActorOut {
    /// `person`, `system` or `operator`.
    kind: String,
    /// The person's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// The person's name.
    name: Option<String>,
}

/// What it happened to.
#[derive(Debug, Serialize, ToSchema)]
struct SubjectOut {
    /// Kind of thing.
    kind: String,
    /// Its id.
    id: Uuid,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
struct EventOut {
    /// Its id.
    id: EventId,
    /// Its place in the chain; none until it is sealed.
    seq: Option<i64>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    at: Micros,
    /// What happened.
    kind: String,
    /// Who did it.
    actor: ActorOut,
    /// What it happened to.
    subject: SubjectOut,
    /// Particulars; null where they were erased.
    #[schema(value_type = Option<Object>)]
    data: Value,
    /// Hash in the chain, hexadecimal; none until it is sealed.
    hash: Option<String>,
}

/// The audit log, newest first.
#[utoipa::path(get, path = "/events", tag = "audit", params(EventFilter, PageRequest),
    responses((status = 200, body = Page<EventOut>)))]
async fn list_events(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(wanted): Query<EventFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<EventOut>>> {
    let tenant = caller.whole(Right::AuditRead)?.tenant;
    let db = ctx.db().read();
    let actor = match wanted.actor.as_deref().filter(|a| !a.is_empty()) {
        None => None,
        // A login that nobody has did nothing.
        Some(text) => Some(match text.parse::<Uuid>() {
            Ok(id) => id,
            Err(_) => persons::by_login(db, text).await?.map_or(Uuid::nil(), |p| p.id.0),
        }),
    };
    let zone = tenants::zone(db, tenant, None).await?;
    let filter = events::Filter {
        kind: wanted.kind.filter(|k| !k.is_empty()),
        actor,
        subject: wanted.subject,
        from: wanted.from.map(|day| day.begins(zone)),
        until: wanted.to.map(|day| day.plus(1).begins(zone)),
    };
    let found = events::list(db, tenant.0, &filter, &page).await?;
    let ids: Vec<PersonId> = found.items.iter().filter_map(|e| e.actor.map(PersonId)).collect();
    let names = persons::by_ids(db, &ids).await?.into_iter().map(|(id, p)| (id.0, p.name)).collect();
    Ok(Json(found.map(|event| event_out(event, &names))))
}

fn event_out(event: Event, names: &HashMap<Uuid, String>) -> EventOut {
    let name = event.actor.and_then(|id| names.get(&id).cloned());
    EventOut {
        id: event.id,
        seq: event.seq,
        at: event.at,
        kind: event.kind,
        actor: ActorOut { kind: event.actor_kind, id: event.actor, name },
        subject: SubjectOut { kind: event.subject_kind, id: event.subject },
        data: event.data,
        hash: event.hash,
    }
}

/// How the chain stands.
#[derive(Debug, Serialize, ToSchema)]
struct ChainOut {
    /// Number of sealed events.
    length: i64,
    /// Hash of the last one; compare it with the copy in the server's log.
    head: Option<String>,
    /// When the last one was sealed.
    #[schema(value_type = Option<String>, format = DateTime)]
    sealed_at: Option<Micros>,
    /// Events that wait to be sealed.
    pending: u64,
    /// Whether the chain is whole; none unless `verify` was asked for.
    intact: Option<bool>,
    /// The place where it is broken.
    broken_at: Option<i64>,
    /// What is wrong there.
    what: Option<&'static str>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Verify {
    /// Walk the whole chain and say whether it is intact: takes a while for long ones.
    verify: Option<bool>,
}

/// How the audit log's chain stands.
#[utoipa::path(get, path = "/events/chain", tag = "audit", params(Verify),
    responses((status = 200, body = ChainOut)))]
async fn chain(State(ctx): State<Ctx>, caller: Caller, Query(ask): Query<Verify>) -> Result<Json<ChainOut>> {
    let tenant = caller.whole(Right::AuditRead)?.tenant;
    let snapshot = ctx.db().snapshot().await?;
    let state = events::chain_state(&snapshot, tenant.0).await?;
    let (mut intact, mut fault) = (None, None);
    if ask.verify.unwrap_or(false) {
        fault = events::verify(&ctx, &snapshot, tenant.0).await?;
        intact = Some(fault.is_none());
    }
    snapshot.rollback().await?;
    Ok(Json(ChainOut {
        length: state.length,
        head: state.head,
        sealed_at: state.sealed_at,
        pending: state.pending,
        intact,
        broken_at: fault.as_ref().map(|f| f.seq),
        what: fault.map(|f| f.what),
    }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct JobFilter {
    /// `queued`, `done` or `dead`.
    state: Option<String>,
}

/// Background jobs of this tenant, newest first.
#[utoipa::path(get, path = "/jobs", tag = "jobs", params(JobFilter, PageRequest),
    responses((status = 200, body = Page<Job>)))]
async fn list_jobs(
    State(ctx): State<Ctx>,
    caller: Caller,
    Query(wanted): Query<JobFilter>,
    Query(page): Query<PageRequest>,
) -> Result<Json<Page<Job>>> {
    let tenant = caller.whole(Right::JobRead)?.tenant;
    let state = wanted.state.as_deref().filter(|s| !s.is_empty());
    Ok(Json(jobs::list(ctx.db().read(), tenant.0, state, &page).await?))
}

/// Starts a dead job again.
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "jobs", params(("id" = JobId, Path)),
    responses((status = 204)))]
async fn retry_job(State(ctx): State<Ctx>, caller: Caller, Path(id): Path<JobId>) -> Result<StatusCode> {
    let TenantId(tenant) = caller.whole(Right::JobRead)?.tenant;
    let tx = ctx.db().begin().await?;
    jobs::retry(&ctx, &tx, tenant, id).await?;
    let (kind, subject_kind, subject, data) = ("job.retried", "job", id.0, json!({}));
    let actor = caller.actor();
    events::record(&ctx, &tx, NewEvent { tenant, kind, actor, subject_kind, subject, data, caused_by: None })
        .await?;
    tx.commit().await?;
    ctx.jobs().wake();
    Ok(DONE)
}
