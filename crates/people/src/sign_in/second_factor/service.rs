//! Setting a second factor up, asking for it, and doing without it again.

use kexun_base::db::Tx;
use kexun_base::events::Actor;
use kexun_base::time::Micros;
use kexun_base::{Code, Ctx, Error, Result};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::rules::{self, RECOVERY_CODES, SECRET_BYTES};
use super::store;
use crate::persons::{self, PersonId};
use crate::rights::{By, Caller};
use crate::sign_in::service::{prove, record};
use crate::sign_in::throttle::Gate;
use crate::sign_in::{SessionId, known, store as sessions};
use crate::tenants::TenantId;
use crate::{notices, staff};

/// Whether somebody has a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SecondFactor {
    /// Whether it is asked for when he signs in.
    pub on: bool,
    /// Since when.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    pub since: Option<Micros>,
    /// Recovery codes that he did not use yet.
    pub recovery_codes_left: u64,
}

/// Whether somebody has a second factor.
///
/// # Errors
/// When the database refuses.
pub(super) async fn state(db: &impl ConnectionTrait, person: PersonId) -> Result<SecondFactor> {
    let since = store::confirmed(db, person).await?.map(|factor| factor.since);
    let recovery_codes_left = if since.is_some() { store::recovery_left(db, person).await? } else { 0 };
    Ok(SecondFactor { on: since.is_some(), since, recovery_codes_left })
}

/// A secret on its way into an app; it is shown this once.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = SecondFactorBegun)]
pub(super) struct Begun {
    /// The secret, to be typed in where no camera is: base32.
    pub secret: String,
    /// The address that apps read from a QR code.
    pub address: String,
}

/// Makes a secret for the caller's app; it is asked for once a code of it was right ([`confirm`]).
///
/// # Errors
/// `wrong_password`; `conflict` when he has a second factor; `throttled`.
pub(super) async fn begin(ctx: &Ctx, caller: &Caller, password: &str) -> Result<Begun> {
    let person = persons::by_id(ctx.db().read(), caller.person).await?;
    let (_, tried) = prove(ctx, &person, password).await?;
    let secret: [u8; SECRET_BYTES] = ctx.random_bytes();
    let tx = ctx.db().begin().await?;
    tried.not_counted(&tx).await?;
    if store::is_on(&tx, person.id).await? {
        return Err(Error::conflict("you have a second factor; turn it off before you set another up"));
    }
    store::begin(ctx, &tx, person.id, seal(ctx, person.id, &secret)).await?;
    tx.commit().await?;
    Ok(Begun { secret: rules::written(&secret)?, address: rules::address(&secret, &person.login)? })
}

/// Turns the second factor on: the app shows the right code. Gives the recovery codes, which are shown this once;
/// the caller's other browsers are signed out.
///
/// # Errors
/// `wrong_code`; `conflict` when nothing was begun, or it is on already; `throttled`.
pub(super) async fn confirm(
    ctx: &Ctx,
    caller: &Caller,
    session: SessionId,
    code: &str,
) -> Result<Vec<String>> {
    let person = persons::by_id(ctx.db().read(), caller.person).await?;
    let row = store::begun(ctx.db().read(), person.id).await?;
    let row = row.ok_or_else(|| Error::conflict("there is nothing to confirm: begin with your password"))?;
    let gate = Gate::of(ctx, &person.login, None);
    gate.enter(ctx).await?;
    let secret = open(ctx, person.id, &row.secret)?;
    let step = rules::step_of(&secret, &rules::typed(code), ctx.now())?.ok_or_else(wrong)?;
    let tx = ctx.db().begin().await?;
    if !store::confirm(&tx, &row, step, ctx.now()).await? {
        return Err(Error::conflict(
            "another secret was begun, or this one confirmed, meanwhile: begin again",
        ));
    }
    let codes = new_recovery(ctx, &tx, person.id).await?;
    changed(ctx, &tx, caller, session, gate, "second_factor.on", "second_factor_on").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Gives new recovery codes instead of those of before.
///
/// # Errors
/// `wrong_code`; `conflict` when he has no second factor; `throttled`.
pub(super) async fn renew(ctx: &Ctx, caller: &Caller, session: SessionId, code: &str) -> Result<Vec<String>> {
    let person = persons::by_id(ctx.db().read(), caller.person).await?;
    must_be_on(ctx, person.id).await?;
    let gate = Gate::of(ctx, &person.login, None);
    gate.enter(ctx).await?;
    let passed = own(ctx, person.id, code).await?;
    let tx = ctx.db().begin().await?;
    spend(ctx, &tx, person.id, passed).await?;
    let codes = new_recovery(ctx, &tx, person.id).await?;
    changed(ctx, &tx, caller, session, gate, "second_factor.codes_renewed", "recovery_codes_renewed").await?;
    tx.commit().await?;
    Ok(codes)
}

/// Turns the second factor off.
///
/// # Errors
/// `wrong_password`, `wrong_code`; `conflict` when he has none; `throttled`.
pub(super) async fn off(
    ctx: &Ctx,
    caller: &Caller,
    session: SessionId,
    password: &str,
    code: &str,
) -> Result<()> {
    let person = persons::by_id(ctx.db().read(), caller.person).await?;
    must_be_on(ctx, person.id).await?;
    let (gate, _) = prove(ctx, &person, password).await?;
    let passed = own(ctx, person.id, code).await?;
    let tx = ctx.db().begin().await?;
    spend(ctx, &tx, person.id, passed).await?;
    store::forget(&tx, person.id).await?;
    changed(ctx, &tx, caller, session, gate, "second_factor.off", "second_factor_off").await?;
    Ok(tx.commit().await?)
}

/// Takes somebody's second factor away, since he lost it, and signs him out everywhere. Who may do that the caller of
/// this function decides.
///
/// # Errors
/// `conflict` when he has none.
pub async fn reset(ctx: &Ctx, tx: &Tx, by: By<'_>, person: PersonId) -> Result<()> {
    if !store::forget(tx, person).await? {
        return Err(Error::conflict("there is no second factor to be turned off"));
    }
    known::doubt(ctx, tx, person).await?;
    sessions::delete_sessions(tx, person, None).await?;
    record(ctx, tx, person, by.actor(), "second_factor.reset", json!({})).await?;
    tell(ctx, tx, by.tenant(), person, "second_factor_reset").await
}

/// A second factor that was right, to be used up in the transaction that lets somebody in.
#[derive(Debug)]
pub enum Passed {
    /// A code of the app, of this step.
    Step(i64),
    /// A recovery code, hashed.
    Recovery([u8; 32]),
}

/// Looks at a code that is brought with the right password. None: there is no second factor, and none is needed.
///
/// # Errors
/// `second_factor_needed` when none is brought; `wrong_code`.
pub async fn check(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    person: PersonId,
    code: Option<&str>,
) -> Result<Option<Passed>> {
    let Some(factor) = store::confirmed(db, person).await? else {
        return Ok(None);
    };
    let Some(code) = code.map(rules::typed).filter(|code| !code.is_empty()) else {
        let detail = "the password is right; send the code that your authenticator app shows as well, or a recovery code";
        return Err(Error::new(Code::SecondFactorNeeded, detail));
    };
    let secret = open(ctx, person, &factor.secret)?;
    if let Some(step) = rules::step_of(&secret, &code, ctx.now())? {
        return if step > factor.last_step { Ok(Some(Passed::Step(step))) } else { Err(wrong()) };
    }
    let hash = recovery_hash(ctx, person, &code);
    let known = store::has_recovery(db, person, &hash).await?;
    if known { Ok(Some(Passed::Recovery(hash))) } else { Err(wrong()) }
}

/// Uses up what [`check`] found right: nobody else gets in with it.
///
/// # Errors
/// `wrong_code` when somebody was faster.
pub async fn spend(ctx: &Ctx, tx: &Tx, person: PersonId, passed: Passed) -> Result<()> {
    let is_first = match passed {
        Passed::Step(step) => store::use_step(tx, person, step).await?,
        Passed::Recovery(hash) => store::use_recovery(tx, person, &hash).await?,
    };
    if !is_first {
        return Err(wrong());
    }
    if let Passed::Recovery(_) = passed {
        let data = json!({ "left": store::recovery_left(tx, person).await? });
        record(ctx, tx, person, Actor::Person(person.0), "second_factor.recovered", data).await?;
        for member in staff::memberships(tx, person).await? {
            tell(ctx, tx, member.tenant, person, "recovery_code_used").await?;
        }
    }
    Ok(())
}

/// Before a try is counted: without a factor there is nothing to guess.
async fn must_be_on(ctx: &Ctx, person: PersonId) -> Result<()> {
    if store::is_on(ctx.db().read(), person).await? { Ok(()) } else { Err(none()) }
}

/// The caller's own code.
async fn own(ctx: &Ctx, person: PersonId, code: &str) -> Result<Passed> {
    check(ctx, ctx.db().read(), person, Some(code)).await?.ok_or_else(none)
}

fn none() -> Error {
    Error::conflict("you have no second factor")
}

/// What follows on each change: the other browsers are signed out, it is written down, and the person told.
async fn changed(
    ctx: &Ctx,
    tx: &Tx,
    caller: &Caller,
    session: SessionId,
    gate: Gate,
    event: &'static str,
    notice: &'static str,
) -> Result<()> {
    gate.passed(tx).await?;
    known::doubt(ctx, tx, caller.person).await?;
    sessions::delete_sessions(tx, caller.person, Some(session)).await?;
    record(ctx, tx, caller.person, caller.actor(), event, json!({})).await?;
    tell(ctx, tx, caller.tenant, caller.person, notice).await
}

async fn tell(ctx: &Ctx, tx: &Tx, tenant: TenantId, person: PersonId, notice: &'static str) -> Result<()> {
    notices::send(ctx, tx, tenant, &[person], notice, &json!({}), Some("/me")).await
}

async fn new_recovery(ctx: &Ctx, tx: &Tx, person: PersonId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| rules::recovery_code(ctx.random_bytes())).collect();
    let hashes: Vec<[u8; 32]> =
        codes.iter().map(|code| recovery_hash(ctx, person, &rules::typed(code))).collect();
    store::replace_recovery(tx, person, &hashes).await?;
    Ok(codes)
}

fn recovery_hash(ctx: &Ctx, person: PersonId, typed: &str) -> [u8; 32] {
    ctx.key().derive("sign_in.recovery").hash(&[person.0.as_bytes(), typed.as_bytes()])
}

fn seal(ctx: &Ctx, person: PersonId, secret: &[u8]) -> Vec<u8> {
    ctx.key().derive("sign_in.second_factor").seal(ctx.random(), person.0.as_bytes(), secret)
}

fn open(ctx: &Ctx, person: PersonId, sealed: &[u8]) -> Result<Vec<u8>> {
    ctx.key().derive("sign_in.second_factor").open(person.0.as_bytes(), sealed)
}

fn wrong() -> Error {
    let detail = "this code is not right, or was used already; take the next one, or a recovery code. Where none is \
                  right, look at the clocks of the phone and of the server";
    Error::new(Code::WrongCode, detail)
}
