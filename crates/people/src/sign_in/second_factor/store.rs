//! The only queries on second factors.

use std::collections::{BTreeSet, HashSet};

use kexun_base::db::Tx;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::entity::{factor, policy, recovery};
use crate::persons::PersonId;
use crate::rights::Role;
use crate::tenants::TenantId;

/// A factor that is on: a code of it was right once, so it is asked for.
pub(super) struct Confirmed {
    /// Since when.
    pub since: Micros,
    /// The secret, sealed.
    pub secret: Vec<u8>,
    /// The step of the code that was right last.
    pub last_step: i64,
}

/// Somebody's factor, if it is on.
pub(super) async fn confirmed(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Confirmed>> {
    let row = factor::Entity::find_by_id(person).one(db).await?;
    Ok(row.and_then(|row| {
        let since = row.confirmed_at?;
        Some(Confirmed { since, secret: row.secret, last_step: row.last_step })
    }))
}

/// Somebody's factor that was begun and is not asked for yet.
pub(super) async fn begun(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<factor::Model>> {
    let query = factor::Entity::find_by_id(person).filter(factor::Column::ConfirmedAt.is_null());
    Ok(query.one(db).await?)
}

/// Who of these people has a second factor.
///
/// # Errors
/// When the database refuses.
pub async fn having(db: &impl ConnectionTrait, people: &[PersonId]) -> Result<HashSet<PersonId>> {
    let query = factor::Entity::find().filter(factor::Column::PersonId.is_in(people.iter().copied()));
    let rows = query.filter(factor::Column::ConfirmedAt.is_not_null()).all(db).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// Whether somebody has a second factor.
pub(in crate::sign_in) async fn is_on(db: &impl ConnectionTrait, person: PersonId) -> Result<bool> {
    Ok(having(db, &[person]).await?.contains(&person))
}

/// Keeps a secret that is not asked for yet, instead of one that never was.
pub(super) async fn begin(ctx: &Ctx, tx: &Tx, person: PersonId, secret: Vec<u8>) -> Result<()> {
    use factor::Column;
    let row = factor::ActiveModel {
        person_id: Set(person),
        secret: Set(secret),
        created_at: Set(ctx.now()),
        confirmed_at: Set(None),
        last_step: Set(0),
    };
    let replace = OnConflict::column(Column::PersonId)
        .update_columns([Column::Secret, Column::CreatedAt, Column::ConfirmedAt, Column::LastStep])
        .to_owned();
    factor::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Confirms a secret, by the code of a step; says whether it is still the one that waits for that.
pub(super) async fn confirm(tx: &Tx, row: &factor::Model, step: i64, at: Micros) -> Result<bool> {
    let done = factor::Entity::update_many()
        .col_expr(factor::Column::ConfirmedAt, Expr::value(at))
        .col_expr(factor::Column::LastStep, Expr::value(step))
        .filter(factor::Column::PersonId.eq(row.person_id))
        .filter(factor::Column::Secret.eq(row.secret.clone()))
        .filter(factor::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Uses a step up; says whether neither it nor a later one was used before.
pub(super) async fn use_step(tx: &Tx, person: PersonId, step: i64) -> Result<bool> {
    let done = factor::Entity::update_many()
        .col_expr(factor::Column::LastStep, Expr::value(step))
        .filter(factor::Column::PersonId.eq(person))
        .filter(factor::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Uses a recovery code up; says whether there was such a one.
pub(super) async fn use_recovery(tx: &Tx, person: PersonId, hash: &[u8]) -> Result<bool> {
    let query = recovery::Entity::delete_many().filter(recovery::Column::CodeHash.eq(hash.to_vec()));
    Ok(query.filter(recovery::Column::PersonId.eq(person)).exec(tx).await?.rows_affected == 1)
}

pub(super) async fn has_recovery(db: &impl ConnectionTrait, person: PersonId, hash: &[u8]) -> Result<bool> {
    let found = recovery::Entity::find_by_id(hash.to_vec()).one(db).await?;
    Ok(found.is_some_and(|row| row.person_id == person))
}

pub(super) async fn recovery_left(db: &impl ConnectionTrait, person: PersonId) -> Result<u64> {
    Ok(recovery::Entity::find().filter(recovery::Column::PersonId.eq(person)).count(db).await?)
}

/// Gives new recovery codes; those of before are worth nothing any more.
pub(super) async fn replace_recovery(tx: &Tx, person: PersonId, hashes: &[[u8; 32]]) -> Result<()> {
    recovery::Entity::delete_many().filter(recovery::Column::PersonId.eq(person)).exec(tx).await?;
    let rows = hashes
        .iter()
        .map(|hash| recovery::ActiveModel { code_hash: Set(hash.to_vec()), person_id: Set(person) });
    recovery::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Forgets a factor and its recovery codes; says whether it was asked for.
pub(super) async fn forget(tx: &Tx, person: PersonId) -> Result<bool> {
    let was_on = is_on(tx, person).await?;
    recovery::Entity::delete_many().filter(recovery::Column::PersonId.eq(person)).exec(tx).await?;
    factor::Entity::delete_by_id(person).exec(tx).await?;
    Ok(was_on)
}

/// The roles of a tenant that must have a second factor.
pub(super) async fn policy(db: &impl ConnectionTrait, tenant: TenantId) -> Result<BTreeSet<Role>> {
    let row = policy::Entity::find_by_id(tenant).one(db).await?;
    let Some(row) = row else { return Ok(BTreeSet::new()) };
    let words: Vec<String> = serde_json::from_str(&row.roles)?;
    Ok(words.iter().filter_map(|word| Role::of_word(word)).collect())
}

pub(super) async fn set_policy(tx: &Tx, tenant: TenantId, roles: &BTreeSet<Role>) -> Result<()> {
    let row = policy::ActiveModel { tenant_id: Set(tenant), roles: Set(serde_json::to_string(roles)?) };
    let replace =
        OnConflict::column(policy::Column::TenantId).update_column(policy::Column::Roles).to_owned();
    policy::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}
