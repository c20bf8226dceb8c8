//! `Idempotency-Key`: a write that is sent again because its answer was lost is answered again,
//! not done again.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;

use crate::ctx::Ctx;
use crate::db::Tx;
use crate::errors::{Code, Error, Result};
use crate::keyed::{self, Keyed};
use crate::secrets::hex;
use crate::time::Micros;

const HEADER: &str = "idempotency-key";
const MAX_BODY: usize = 2 << 20;
/// Marks a key whose request is still being worked on.
const RUNNING: i32 = 0;
/// A request that was cut off holds its key for so long.
const RUNNING_SECONDS: i64 = 60;
const KEEP_SECONDS: i64 = 24 * 3600;

mod entity {
    use sea_orm::entity::prelude::*;

    use crate::time::Micros;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_key")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub owner: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub request: String,
        pub status: i32,
        pub body: String,
        pub at: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
use entity::{ActiveModel, Column, Entity, Model};

/// Put into a response's extensions, keeps its body out of the database: it holds a secret, or personal
/// data in clear. The request is still not done twice: sent again, it is refused with `conflict`.
#[derive(Debug, Clone, Copy)]
pub struct KeepNoCopy;

/// Stands as status for an answer that was not kept.
const NOT_KEPT: i32 = -1;
/// Stands as status for a change that was written down while its answer is not known yet: it is set in the
/// transaction of the change, so that a server that is cut off in between does not do it a second time.
const DONE: i32 = -2;

/// Marks the request's key, if it has one, as done within the transaction of its change.
///
/// # Errors
/// `in_progress` when it took so long that it lost the key; when the database refuses.
pub(crate) async fn done(tx: &Tx) -> Result<()> {
    let Some(keyed) = keyed::current() else { return Ok(()) };
    let marked = Entity::update_many()
        .col_expr(Column::Status, Expr::value(DONE))
        .filter(held(&keyed))
        .filter(Column::Status.is_in([RUNNING, DONE]))
        .exec(tx)
        .await?;
    // It lost the key to the same request, sent again, which makes the change in its stead.
    if marked.rows_affected == 1 { Ok(()) } else { Err(in_progress()) }
}

/// The row of a key, as long as this request holds it.
fn held(Keyed { owner, key, since }: &Keyed) -> Condition {
    Condition::all().add(Column::Owner.eq(*owner)).add(Column::Key.eq(key)).add(Column::At.eq(*since))
}

/// Answers a request of `owner` once per key. Requests without a key, and uploads (which are
/// idempotent by their content), pass through.
///
/// # Errors
/// `idempotency_mismatch` when the key was used for another request, `in_progress` while the first
/// one is still being worked on.
pub async fn once(ctx: &Ctx, owner: Uuid, request: Request, next: Next) -> Result<Response> {
    let Some(key) = key_of(request.headers())? else { return Ok(next.run(request).await) };
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY)
        .await
        .map_err(|_| Error::new(Code::TooLarge, "a request with an idempotency key is at most 2 MB"))?;
    let print = fingerprint(ctx, parts.method.as_str(), &parts.uri.to_string(), &body);
    let keyed = match begin(ctx, owner, key, &print).await? {
        Begun::Before(answered) => return Ok(replay(answered)),
        Begun::Now(keyed) => keyed,
    };
    let work = next.run(Request::from_parts(parts, Body::from(body)));
    let response = keyed::under(Some(keyed.clone()), work).await;
    remember(ctx, &keyed, response).await
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>> {
    let Some(key) = headers.get(HEADER) else { return Ok(None) };
    let upload = headers.get(header::CONTENT_TYPE).is_some_and(|c| c.as_bytes().starts_with(b"multipart/"));
    if upload {
        return Ok(None);
    }
    match key.to_str() {
        Ok(key) if !key.is_empty() && key.len() <= 200 => Ok(Some(key.to_owned())),
        _ => Err(Error::invalid("Idempotency-Key must be 1 to 200 ASCII characters")),
    }
}

/// Keyed: a body may hold a password, which nobody shall guess from what is kept here.
fn fingerprint(ctx: &Ctx, method: &str, uri: &str, body: &Bytes) -> String {
    hex(&ctx.key().derive("idempotency.request").hash(&[method.as_bytes(), uri.as_bytes(), body]))
}

/// What a key is found to be.
enum Begun {
    /// Reserved by this request.
    Now(Keyed),
    /// That of a request that was answered like this.
    Before(Model),
}

/// Reserves the key, if the request was not answered before.
async fn begin(ctx: &Ctx, owner: Uuid, key: String, print: &str) -> Result<Begun> {
    let tx = ctx.db().begin().await?;
    let now = ctx.now();
    Entity::delete_many().filter(Column::At.lt(now.plus_seconds(-KEEP_SECONDS))).exec(&tx).await?;
    let found = Entity::find_by_id((owner, key.clone())).one(&tx).await?;
    if let Some(found) = found {
        if found.request != print {
            let detail = "this Idempotency-Key was used for another request; use a new one";
            return Err(Error::new(Code::IdempotencyMismatch, detail));
        }
        if found.status == NOT_KEPT {
            let detail =
                "this was done already; its answer is not kept, since it held what nobody else may read";
            return Err(Error::conflict(detail));
        }
        if !matches!(found.status, RUNNING | DONE) {
            return Ok(Begun::Before(found));
        }
        // One that lies in the future was begun before the clock was set back.
        if found.at > now.plus_seconds(-RUNNING_SECONDS) && found.at <= now.plus_seconds(RUNNING_SECONDS) {
            return Err(in_progress());
        }
        if found.status == DONE {
            let detail = "this was done already, but its answer was lost; look at what is there now";
            return Err(Error::conflict(detail));
        }
        Entity::delete_by_id((owner, key.clone())).exec(&tx).await?;
    }
    let inserted = row(owner, &key, print, now).insert(&tx).await.map_err(Error::from);
    match inserted {
        // Another request with this key was a moment faster.
        Err(error) if error.is_unique_violation() => return Err(in_progress()),
        other => other?,
    };
    tx.commit().await?;
    Ok(Begun::Now(Keyed { owner, key, since: now }))
}

fn in_progress() -> Error {
    let detail = "the first request with this key is still being worked on; ask again in a moment";
    Error::new(Code::InProgress, detail)
}

async fn remember(ctx: &Ctx, keyed: &Keyed, response: Response) -> Result<Response> {
    let (parts, body) = response.into_parts();
    let body =
        to_bytes(body, MAX_BODY).await.map_err(|_| Error::internal("the answer is too large to keep"))?;
    let (status, kept) = match parts.extensions.get::<KeepNoCopy>() {
        Some(KeepNoCopy) => (NOT_KEPT, String::new()),
        None => (i32::from(parts.status.as_u16()), String::from_utf8_lossy(&body).into_owned()),
    };
    let tx = ctx.db().begin().await?;
    if parts.status.is_success() {
        Entity::update_many()
            .col_expr(Column::Status, Expr::value(status))
            .col_expr(Column::Body, Expr::value(kept))
            .filter(held(keyed))
            .exec(&tx)
            .await?;
    } else {
        // A refused request changed nothing: the same key may try again. One that was written down and whose
        // commit was not heard of is not done again.
        Entity::delete_many().filter(held(keyed)).filter(Column::Status.eq(RUNNING)).exec(&tx).await?;
    }
    tx.commit().await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn row(owner: Uuid, key: &str, print: &str, at: Micros) -> ActiveModel {
    ActiveModel {
        owner: Set(owner),
        key: Set(key.to_owned()),
        request: Set(print.to_owned()),
        status: Set(RUNNING),
        body: Set(String::new()),
        at: Set(at),
    }
}

fn replay(answered: Model) -> Response {
    let status = u16::try_from(answered.status).ok().and_then(|s| StatusCode::from_u16(s).ok());
    let mut response = (status.unwrap_or(StatusCode::OK), answered.body).into_response();
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response.headers_mut().insert("idempotent-replay", HeaderValue::from_static("true"));
    response
}
