//! API tokens: for programs, with some of a person's rights in one tenant, until they expire.

use std::collections::BTreeSet;

use kexun_base::events::{self, NewEvent};
use kexun_base::secrets::hex;
use kexun_base::time::Micros;
use kexun_base::{Code, Ctx, Error, Result};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::entity::token;
use super::known::{self, Term};
use super::service::{SEEN_SECONDS, secret_hash};
use super::{TokenId, store};
use crate::persons::PersonId;
use crate::rights::{By, Caller, Right};
use crate::tenants::TenantId;
use crate::text;

/// How long a token lives if nothing is said.
const DEFAULT_DAYS: i64 = 90;
const MOST_DAYS: i64 = 731;

/// A token as its owner sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// The rights it carries, as far as its owner has them.
    pub rights: BTreeSet<Right>,
    /// When it ends.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Micros>,
    /// When it was used last, to within five minutes.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_used_at: Option<Micros>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Micros,
}

impl From<token::Model> for Token {
    fn from(row: token::Model) -> Self {
        Token {
            id: row.id,
            name: row.name,
            // A right that this version of the program does not know carries nothing.
            rights: words(&row.rights),
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            created_at: row.created_at,
        }
    }
}

fn words(json: &str) -> BTreeSet<Right> {
    let words: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    words.iter().filter_map(|w| Right::of_word(w)).collect()
}

/// A token about to be made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// The rights it shall carry.
    pub rights: BTreeSet<Right>,
    /// When it shall end; 90 days from now if not said.
    pub expires_at: Option<Micros>,
}

/// Makes a token of the caller's own; returns its secret, which is not kept.
///
/// # Errors
/// `forbidden` for a right that he lacks; `invalid` for an end that is past or too far.
pub async fn create(ctx: &Ctx, caller: &Caller, new: NewToken) -> Result<(Token, String)> {
    caller.scope(Right::TokenWrite)?;
    if let Some(right) = new.rights.iter().find(|r| !caller.may(**r)) {
        return Err(Error::forbidden(format!("you lack the right {right} yourself; a token cannot have it")));
    }
    issue(ctx, By::Caller(caller), caller.person, new).await
}

/// Makes a token for a person; who may do that the caller of this function decides.
///
/// # Errors
/// `invalid` for an end that is past or too far, or no rights at all.
pub async fn issue(ctx: &Ctx, by: By<'_>, person: PersonId, new: NewToken) -> Result<(Token, String)> {
    let name = text::required("name", &new.name, 100)?;
    if new.rights.is_empty() {
        return Err(Error::field("rights", "is empty; a token without rights opens nothing"));
    }
    let now = ctx.now();
    let expires = new.expires_at.unwrap_or(now.plus_seconds(DEFAULT_DAYS * 86_400));
    if expires <= now || expires > now.plus_seconds(MOST_DAYS * 86_400) {
        return Err(Error::field("expires_at", "must lie within the next two years"));
    }
    let secret = format!("kx_{}", hex(&ctx.random_bytes::<32>()));
    let hash = secret_hash(ctx, "sign_in.token", &secret);
    let tx = ctx.db().begin().await?;
    let row = store::NewToken {
        tenant: by.tenant(),
        person,
        name: &name,
        secret_hash: &hash,
        rights: &new.rights,
        expires_at: Some(expires),
    };
    let token = Token::from(store::insert_token(ctx, &tx, row).await?);
    let data = json!({ "name": token.name, "rights": token.rights, "expires_at": token.expires_at });
    record(ctx, &tx, by, "token.created", token.id, data).await?;
    tx.commit().await?;
    Ok((token, secret))
}

/// The caller's tokens in this tenant.
///
/// # Errors
/// When the database refuses.
pub async fn list(ctx: &Ctx, caller: &Caller) -> Result<Vec<Token>> {
    let rows = store::tokens(ctx.db().read(), caller.tenant, caller.person).await?;
    Ok(rows.into_iter().map(Token::from).collect())
}

/// Withdraws one of the caller's tokens, at once.
///
/// # Errors
/// `not_found` when he has no such token.
pub async fn withdraw(ctx: &Ctx, caller: &Caller, id: TokenId) -> Result<()> {
    let tx = ctx.db().begin().await?;
    known::doubt(ctx, &tx, caller.person).await?;
    if !store::delete_token(&tx, caller.tenant, caller.person, id).await? {
        return Err(Error::not_found("token"));
    }
    record(ctx, &tx, By::Caller(caller), "token.withdrawn", id, json!({})).await?;
    Ok(tx.commit().await?)
}

/// What a token says.
pub(super) struct Carried {
    /// Whose it is.
    pub person: PersonId,
    /// Where it is good.
    pub tenant: TenantId,
    /// What it carries.
    pub rights: BTreeSet<Right>,
    /// For how long that may be believed.
    pub term: Term,
}

/// Whose token this is, where it is good and what it carries.
///
/// # Errors
/// `not_signed_in` when it is unknown, withdrawn or expired.
pub(super) async fn resume(ctx: &Ctx, secret: &str) -> Result<Carried> {
    let hash = secret_hash(ctx, "sign_in.token", secret);
    let now = ctx.now();
    let refuse = |what| Error::new(Code::NotSignedIn, what);
    let row = store::token(ctx.db().read(), &hash).await?;
    let row = row.ok_or_else(|| refuse("this token is unknown or was withdrawn; make a new one"))?;
    if row.expires_at.is_some_and(|at| at <= now) {
        return Err(refuse("this token has expired; make a new one"));
    }
    let mut term = Term { expires_at: row.expires_at, seen_at: row.last_used_at };
    if row.last_used_at.is_none_or(|at| at < now.plus_seconds(-SEEN_SECONDS)) {
        ctx.db().write_grouped(move |tx| Box::pin(store::touch_token(tx, row.id, now))).await?;
        term.seen_at = Some(now);
    }
    Ok(Carried { person: row.person_id, tenant: row.tenant_id, rights: words(&row.rights), term })
}

async fn record(
    ctx: &Ctx,
    tx: &kexun_base::db::Tx,
    by: By<'_>,
    kind: &'static str,
    id: TokenId,
    data: serde_json::Value,
) -> Result<()> {
    let (tenant, actor) = (by.tenant().0, by.actor());
    let event = NewEvent { tenant, kind, actor, subject_kind: "token", subject: id.0, data, caused_by: None };
    events::record(ctx, tx, event).await.map(drop)
}
