//! Signing in and out, and passwords.

use std::net::IpAddr;

use kexun_base::db::Tx;
use kexun_base::events::{self, Actor, NewEvent};
use kexun_base::secrets::hex;
use kexun_base::time::Micros;
use kexun_base::{Code, Ctx, Error, Result};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tracing::field::display;

use super::known::{self, Term};
use super::second_factor::{self, Passed};
use super::throttle::{Gate, Try};
use super::{SessionId, passwords, rules, store};
use crate::persons::{self, Person, PersonId};
use crate::rights::{By, Caller};
use crate::{notices, staff, tenants};

const DAY_SECONDS: i64 = 24 * 3600;
/// A session ends when it was not used for so long …
const IDLE_SECONDS: i64 = 14 * DAY_SECONDS;
/// … and in any case after so long.
pub const LONGEST_SECONDS: i64 = 90 * DAY_SECONDS;
/// How stale "last seen" may be: not every request shall write.
pub(super) const SEEN_SECONDS: i64 = 300;
/// The public password of the demonstration's people.
pub const DEMO_PASSWORD: &str = "kexun-demo";

/// What the browser keeps of a session.
#[derive(Debug, Clone)]
pub struct SessionSecret(pub String);

pub(super) fn secret_hash(ctx: &Ctx, purpose: &str, secret: &str) -> [u8; 32] {
    ctx.key().derive(purpose).hash(&[secret.as_bytes()])
}

/// From where and instead of what a browser signs in.
#[derive(Debug, Clone, Copy, Default)]
pub struct From<'a> {
    /// Its address, if the server can tell.
    pub address: Option<IpAddr>,
    /// What it says that it is.
    pub user_agent: &'a str,
    /// The session that it brings; the new one takes its place.
    pub instead_of: Option<(PersonId, SessionId)>,
}

/// What somebody signs in with.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// His login.
    pub login: &'a str,
    /// His password.
    pub password: &'a str,
    /// A code of his second factor, if he has one.
    pub code: Option<&'a str>,
}

/// Signs in with a password, and a code where there is a second factor; returns the person and the secret of the new
/// session.
///
/// # Errors
/// `wrong_password` when login and password do not belong together (an unknown login takes as long
/// and answers the same); `second_factor_needed` and `wrong_code` where they do, and the code is missing or not right;
/// `throttled` after too many failures.
pub async fn sign_in(
    ctx: &Ctx,
    Credentials { login, password, code }: Credentials<'_>,
    from: From<'_>,
) -> Result<(Person, SessionSecret)> {
    let gate = Gate::of(ctx, login, from.address);
    let not_looked_at = |error: &Error| {
        tracing::warn!(address = from.address.map(display), code = ?error.code, "a sign-in was not looked at");
    };
    gate.look(ctx).await.inspect_err(not_looked_at)?;
    let _turn = passwords::turn().await.inspect_err(not_looked_at)?;
    let tried = gate.enter(ctx).await.inspect_err(not_looked_at)?;
    let person = persons::by_login(ctx.db().read(), login).await?;
    let stored = match &person {
        Some(person) => store::password_hash(ctx.db().read(), person.id).await?,
        None => None,
    };
    let fits = passwords::verify(password, stored).await?;
    let Some(person) = person.clone().filter(|_| fits) else {
        refused(ctx, person.as_ref(), from, tried.now_waits).await?;
        return Err(Error::new(Code::WrongPassword, "login and password do not belong together"));
    };
    let factor = match second_factor::check(ctx, ctx.db().read(), person.id, code).await {
        Ok(factor) => factor,
        Err(error) => {
            match error.code {
                // The right password alone must not make wrong codes of before forgotten.
                Code::SecondFactorNeeded => {
                    ctx.db().write_grouped(move |tx| Box::pin(tried.not_counted(tx))).await?;
                }
                Code::WrongCode => refused(ctx, Some(&person), from, tried.now_waits).await?,
                _ => {}
            }
            return Err(error);
        }
    };
    let opening = Opening {
        gate,
        factor,
        person: person.id,
        user_agent: from.user_agent.to_owned(),
        address: from.address,
        instead_of: from.instead_of,
    };
    let own = ctx.clone();
    let secret = ctx.db().write_grouped(move |tx| Box::pin(opening.let_in(own, tx))).await?;
    Ok((person, secret))
}

/// Writes a refused try down; and for the person, when it is the one from which on his login must wait.
async fn refused(ctx: &Ctx, person: Option<&Person>, from: From<'_>, now_waits: bool) -> Result<()> {
    // Not the login: people type their password there.
    let (who, address) = (person.map(|p| display(p.id.0)), from.address.map(display));
    tracing::warn!(person = who, address, "a sign-in was refused");
    let Some(person) = person.filter(|_| now_waits) else { return Ok(()) };
    let tx = ctx.db().begin().await?;
    record(ctx, &tx, person.id, Actor::System, "sign_in.throttled", json!({})).await?;
    Ok(tx.commit().await?)
}

/// The session of somebody whose password was right.
struct Opening {
    gate: Gate,
    factor: Option<Passed>,
    person: PersonId,
    user_agent: String,
    address: Option<IpAddr>,
    instead_of: Option<(PersonId, SessionId)>,
}

impl Opening {
    async fn let_in(self, ctx: Ctx, tx: &Tx) -> Result<SessionSecret> {
        match self.factor {
            Some(passed) => second_factor::spend(&ctx, tx, self.person, passed).await?,
            // Once more: he may have turned one on since it was looked for.
            None => {
                second_factor::check(&ctx, tx, self.person, None).await?;
            }
        }
        self.gate.passed(tx).await?;
        if let Some((owner, old)) = self.instead_of {
            end(&ctx, tx, owner, Actor::Person(owner.0), old).await?;
        }
        let (id, secret) = open_from(&ctx, tx, self.person, (&self.user_agent, self.address)).await?;
        let data = json!({ "session": id });
        record(&ctx, tx, self.person, Actor::Person(self.person.0), "session.opened", data).await?;
        Ok(secret)
    }
}

/// Opens a session without asking for a password: after another proof, or in a test.
///
/// # Errors
/// When the database refuses.
pub async fn open_session(
    ctx: &Ctx,
    tx: &Tx,
    person: PersonId,
    user_agent: &str,
) -> Result<(SessionId, SessionSecret)> {
    open_from(ctx, tx, person, (user_agent, None)).await
}

async fn open_from(
    ctx: &Ctx,
    tx: &Tx,
    person: PersonId,
    from: (&str, Option<IpAddr>),
) -> Result<(SessionId, SessionSecret)> {
    let secret = hex(&ctx.random_bytes::<32>());
    let hash = secret_hash(ctx, "sign_in.session", &secret);
    let expires = ctx.now().plus_seconds(IDLE_SECONDS);
    let id = store::insert_session(ctx, tx, person, &hash, from, expires).await?;
    Ok((id, SessionSecret(secret)))
}

/// Whose session this is, if it is one and not over, and for how long that may be believed; keeps it going.
pub(super) async fn resume(ctx: &Ctx, secret: &str) -> Result<Option<(SessionId, PersonId, Term)>> {
    let hash = secret_hash(ctx, "sign_in.session", secret);
    let now = ctx.now();
    let Some(row) = store::session(ctx.db().read(), &hash).await?.filter(|row| row.expires_at > now) else {
        return Ok(None);
    };
    let mut term = Term { expires_at: Some(row.expires_at), seen_at: Some(row.seen_at) };
    if row.seen_at < now.plus_seconds(-SEEN_SECONDS) {
        let expires = sliding(row.created_at, now);
        ctx.db().write_grouped(move |tx| Box::pin(store::touch_session(tx, row.id, now, expires))).await?;
        term = Term { expires_at: Some(expires), seen_at: Some(now) };
    }
    Ok(Some((row.id, row.person_id, term)))
}

fn sliding(created_at: Micros, now: Micros) -> Micros {
    now.plus_seconds(IDLE_SECONDS).min(created_at.plus_seconds(LONGEST_SECONDS))
}

/// Signs out: this session, or everywhere where no session is named.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(ctx: &Ctx, caller: &Caller, session: Option<SessionId>) -> Result<()> {
    let tx = ctx.db().begin().await?;
    match session {
        Some(id) => end(ctx, &tx, caller.person, caller.actor(), id).await?,
        None => {
            known::doubt(ctx, &tx, caller.person).await?;
            let count = store::delete_sessions(&tx, caller.person, None).await?;
            record(
                ctx,
                &tx,
                caller.person,
                caller.actor(),
                "session.all_closed",
                json!({ "sessions": count }),
            )
            .await?;
        }
    }
    Ok(tx.commit().await?)
}

async fn end(ctx: &Ctx, tx: &Tx, person: PersonId, actor: Actor, session: SessionId) -> Result<()> {
    known::doubt(ctx, tx, person).await?;
    store::delete_session(tx, person, session).await?;
    record(ctx, tx, person, actor, "session.closed", json!({ "session": session })).await
}

/// Changes one's own password and signs one's other browsers out.
///
/// # Errors
/// `wrong_password` when the old one is wrong, `throttled` after too many such; `invalid` when the
/// new one will not do.
pub async fn change_own(
    ctx: &Ctx,
    caller: &Caller,
    kept: Option<SessionId>,
    old: &str,
    new: &str,
) -> Result<()> {
    let person = persons::by_id(ctx.db().read(), caller.person).await?;
    // Before the old one is looked at: a new one that will not do is no guess at the old one.
    let tenant = tenants::tenant(ctx.db().read(), caller.tenant).await?;
    rules::check_password("new", new, &[&person.login, &person.name, &tenant.slug, &tenant.name])?;
    let (_, tried) = prove(ctx, &person, old).await?;
    let hash = passwords::hash(ctx, new).await?;
    let tx = ctx.db().begin().await?;
    // Wrong codes of a second factor stay counted: a password proves nothing about them.
    tried.not_counted(&tx).await?;
    store::set_password_hash(ctx, &tx, person.id, &hash, false).await?;
    known::doubt(ctx, &tx, person.id).await?;
    store::delete_sessions(&tx, person.id, kept).await?;
    record(ctx, &tx, person.id, caller.actor(), "password.changed", json!({})).await?;
    notices::send(ctx, &tx, caller.tenant, &[person.id], "password_changed", &json!({}), Some("/me")).await?;
    Ok(tx.commit().await?)
}

/// Asks somebody who is signed in for his password again; gives the gate that was entered, and the try, which still
/// counts as failed.
///
/// # Errors
/// `wrong_password`; `throttled` after too many such.
pub(super) async fn prove(ctx: &Ctx, person: &Person, password: &str) -> Result<(Gate, Try)> {
    let gate = Gate::of(ctx, &person.login, None);
    let tried = gate.enter(ctx).await?;
    let stored = store::password_hash(ctx.db().read(), person.id).await?;
    if !passwords::verify(password, stored).await? {
        return Err(Error::new(Code::WrongPassword, "the password is not right; nothing was changed"));
    }
    Ok((gate, tried))
}

/// A password, checked and hashed before a transaction begins.
#[derive(Debug, Clone)]
pub struct PasswordHash(String);

/// Checks and hashes a password for somebody else.
///
/// # Errors
/// `invalid` when it will not do.
pub async fn prepare_password(ctx: &Ctx, login: &str, password: &str) -> Result<PasswordHash> {
    prepare_password_of(ctx, &[login], password).await
}

/// The same; `about` are the words around the account, which must not be it.
pub(crate) async fn prepare_password_of(ctx: &Ctx, about: &[&str], password: &str) -> Result<PasswordHash> {
    rules::check_password("password", password, about)?;
    Ok(PasswordHash(passwords::hash(ctx, password).await?))
}

/// Gives somebody a password and signs him out everywhere. Who may do that the caller of this
/// function decides.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    person: PersonId,
    hash: &PasswordHash,
) -> Result<()> {
    store::set_password_hash(ctx, tx, person, &hash.0, false).await?;
    known::doubt(ctx, tx, person).await?;
    store::delete_sessions(tx, person, None).await?;
    record(ctx, tx, person, by.actor(), "password.set", json!({})).await
}

/// Gives the demonstration's people the public password; the sign-in page then lists them. One hash
/// serves all: it is public anyway.
///
/// # Errors
/// `conflict` where this is no demonstration.
pub async fn set_demo_passwords(ctx: &Ctx, people: &[PersonId]) -> Result<()> {
    if !ctx.settings().demo {
        return Err(Error::conflict("only a demonstration has a public password"));
    }
    let hash = passwords::hash(ctx, DEMO_PASSWORD).await?;
    let tx = ctx.db().begin().await?;
    for person in people {
        store::set_password_hash(ctx, &tx, *person, &hash, true).await?;
    }
    Ok(tx.commit().await?)
}

/// Persons that the sign-in page lists: those of a demonstration.
pub(super) async fn demo_persons(ctx: &Ctx, db: &impl ConnectionTrait) -> Result<Vec<PersonId>> {
    if ctx.settings().demo { store::demo_persons(db).await } else { Ok(Vec::new()) }
}

/// Writes an event about a person into the books of every tenant he belongs to.
pub(super) async fn record(
    ctx: &Ctx,
    tx: &Tx,
    person: PersonId,
    actor: Actor,
    kind: &'static str,
    data: Value,
) -> Result<()> {
    for member in staff::memberships(tx, person).await? {
        let tenant = member.tenant.0;
        let (subject_kind, subject, data) = ("person", person.0, data.clone());
        events::record(
            ctx,
            tx,
            NewEvent { tenant, kind, actor, subject_kind, subject, data, caused_by: None },
        )
        .await?;
    }
    Ok(())
}
