//! The person behind a member: what belongs to himself, and what he signs in with.

use kexun_base::db::Tx;
use kexun_base::{Ctx, Error, Result};

use super::entity::staff::Model;
use super::service::{Change, member_within};
use super::{StaffId, store};
use crate::rights::{By, Right};
use crate::sign_in::{self, PasswordHash};
use crate::{persons, text};

/// Checks and hashes the new password of a member, before the transaction of [`change`].
///
/// # Errors
/// `not_found` beyond the caller's scope; `forbidden` as in [`change`]; `invalid` when it will not do.
pub(super) async fn prepare(
    ctx: &Ctx,
    by: By<'_>,
    id: StaffId,
    change: &Change,
    password: &str,
) -> Result<PasswordHash> {
    let db = ctx.db().read();
    let member = member_within(db, &by.scope(Right::StaffWrite)?, id).await?;
    check_in_person(by, &member, change)?;
    let person = persons::by_id(db, member.person_id).await?;
    let login = change.login.as_deref().unwrap_or(&person.login);
    let name = change.name.as_deref().unwrap_or(&member.name);
    sign_in::prepare_password_of(ctx, &[login, name], password).await
}

/// Changes the person behind a member; returns the fields that changed.
///
/// # Errors
/// `invalid`; `conflict` when the login is taken; `forbidden` for what belongs to a person of several organisations, and
/// for login and password of oneself, of who outranks the caller, and by a token.
pub(super) async fn change(
    ctx: &Ctx,
    tx: &Tx,
    by: By<'_>,
    member: &Model,
    change: &Change,
    password: Option<PasswordHash>,
) -> Result<Vec<&'static str>> {
    let old = persons::by_id(tx, member.person_id).await?;
    let mut new = old.clone();
    if let Some(phone) = &change.phone {
        new.phone = text::optional("phone", phone.as_deref(), 40)?;
    }
    if let Some(email) = &change.email {
        new.email = text::email("email", email.as_deref())?;
    }
    if let Some(login) = &change.login {
        new.login = text::login("login", login)?;
    }
    let alone = store::memberships(tx, old.id).await?.len() == 1;
    if alone {
        new.name = member.name.clone();
    }
    let differs = [
        ("phone", new.phone != old.phone),
        ("email", new.email != old.email),
        ("login", new.login != old.login),
        ("password", password.is_some()),
    ];
    let fields: Vec<_> =
        differs.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect();
    if !fields.is_empty() && !alone {
        check_own(by, &fields.join(", "))?;
    }
    if fields.iter().any(|f| ["login", "password"].contains(f)) {
        check_in_person(by, member, change)?;
        check_outranks(tx, by, member).await?;
    }
    if new.login != old.login && persons::by_login(tx, &new.login).await?.is_some() {
        return Err(Error::conflict(format!("the login {:?} is taken; choose another", new.login)));
    }
    if new != old {
        persons::change(tx, &new).await?;
    }
    if let Some(hash) = password {
        sign_in::set_password(ctx, tx, by, old.id, &hash).await?;
    }
    Ok(fields)
}

/// Whoever has a token, or finds a session open, must not make the account his own for good: one's own password takes the
/// old one, and nobody's is set by a program.
fn check_in_person(by: By<'_>, member: &Model, change: &Change) -> Result<()> {
    if by.is(member.person_id) {
        return Err(Error::forbidden(
            "change your own password under your account: that takes the old one; your login somebody else changes",
        ));
    }
    if matches!(by, By::Caller(_)) && !change.in_person {
        return Err(Error::forbidden("a token sets nobody's login or password: sign in and do it yourself"));
    }
    Ok(())
}

/// Whoever sets somebody's password, or takes his second factor away, can act as him: that is granting oneself his
/// roles.
async fn check_outranks(tx: &Tx, by: By<'_>, member: &Model) -> Result<()> {
    for grant in store::grants_of(tx, member.tenant_id, member.id).await? {
        by.check_grant(&grant)?;
    }
    Ok(())
}

/// What belongs to somebody of several organisations none of them changes.
fn check_own(by: By<'_>, what: &str) -> Result<()> {
    if let By::Operator(_) = by {
        return Ok(());
    }
    Err(Error::forbidden(format!("{what}: his own, for he belongs to another organisation too")))
}

/// Takes the second factor of a member away, who lost it, and signs him out everywhere.
///
/// # Errors
/// `not_found` beyond the caller's scope; `forbidden` where he does not outrank him, and for himself; `conflict` when
/// there is none.
pub(super) async fn reset_second_factor(ctx: &Ctx, by: By<'_>, id: StaffId) -> Result<()> {
    let scope = by.scope(Right::StaffWrite)?;
    let tx = ctx.db().begin().await?;
    let member = member_within(&tx, &scope, id).await?;
    if by.is(member.person_id) {
        return Err(Error::forbidden(
            "turn your own off under your account: that takes your password and a code",
        ));
    }
    if store::memberships(&tx, member.person_id).await?.len() > 1 {
        check_own(by, "second factor")?;
    }
    check_outranks(&tx, by, &member).await?;
    sign_in::second_factor::reset(ctx, &tx, by, member.person_id).await?;
    Ok(tx.commit().await?)
}
