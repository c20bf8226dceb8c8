//! The only queries on passwords, sessions and tokens.

use std::collections::BTreeSet;
use std::net::IpAddr;

use kexun_base::db::Tx;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::entity::{credential, session, token};
use super::{SessionId, TokenId};
use crate::persons::PersonId;
use crate::rights::Right;
use crate::tenants::TenantId;

pub(super) async fn password_hash(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<String>> {
    Ok(credential::Entity::find_by_id(person).one(db).await?.map(|row| row.password_hash))
}

pub(super) async fn set_password_hash(
    ctx: &Ctx,
    tx: &Tx,
    person: PersonId,
    hash: &str,
    demo: bool,
) -> Result<()> {
    use credential::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        person_id: Set(person),
        password_hash: Set(hash.to_owned()),
        demo: Set(demo),
        changed_at: Set(ctx.now()),
    };
    let replace = OnConflict::column(Column::PersonId)
        .update_columns([Column::PasswordHash, Column::Demo, Column::ChangedAt])
        .to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    Ok(())
}

/// Persons that have the public password of the demonstration.
pub(super) async fn demo_persons(db: &impl ConnectionTrait) -> Result<Vec<PersonId>> {
    let query = credential::Entity::find().filter(credential::Column::Demo.eq(true));
    Ok(query.all(db).await?.into_iter().map(|row| row.person_id).collect())
}

pub(super) async fn insert_session(
    ctx: &Ctx,
    tx: &Tx,
    person: PersonId,
    secret_hash: &[u8],
    (user_agent, address): (&str, Option<IpAddr>),
    expires_at: Micros,
) -> Result<SessionId> {
    let row = session::ActiveModel {
        id: Set(ctx.id()),
        person_id: Set(person),
        secret_hash: Set(secret_hash.to_vec()),
        user_agent: Set(user_agent.chars().take(200).collect()),
        address: Set(address.map(|address| address.to_string())),
        created_at: Set(ctx.now()),
        seen_at: Set(ctx.now()),
        expires_at: Set(expires_at),
    };
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(ctx.now())).exec(tx).await?;
    Ok(row.insert(tx).await?.id)
}

pub(super) async fn session(db: &impl ConnectionTrait, secret_hash: &[u8]) -> Result<Option<session::Model>> {
    Ok(session::Entity::find().filter(session::Column::SecretHash.eq(secret_hash.to_vec())).one(db).await?)
}

pub(super) async fn touch_session(tx: &Tx, id: SessionId, seen_at: Micros, expires_at: Micros) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(seen_at))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A person's sessions that are not over.
pub(super) async fn sessions(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: Micros,
) -> Result<Vec<session::Model>> {
    let query = session::Entity::find().filter(session::Column::PersonId.eq(person));
    Ok(query.filter(session::Column::ExpiresAt.gt(now)).all(db).await?)
}

/// Ends one session of a person; says whether there was one.
pub(super) async fn delete_session(tx: &Tx, person: PersonId, id: SessionId) -> Result<bool> {
    let query = session::Entity::delete_many().filter(session::Column::Id.eq(id));
    Ok(query.filter(session::Column::PersonId.eq(person)).exec(tx).await?.rows_affected == 1)
}

/// Ends a person's sessions, but one if that is said; returns how many.
pub(super) async fn delete_sessions(tx: &Tx, person: PersonId, but: Option<SessionId>) -> Result<u64> {
    let mut query = session::Entity::delete_many().filter(session::Column::PersonId.eq(person));
    if let Some(kept) = but {
        query = query.filter(session::Column::Id.ne(kept));
    }
    Ok(query.exec(tx).await?.rows_affected)
}

/// A token about to be written.
pub(super) struct NewToken<'a> {
    pub tenant: TenantId,
    pub person: PersonId,
    pub name: &'a str,
    pub secret_hash: &'a [u8],
    pub rights: &'a BTreeSet<Right>,
    pub expires_at: Option<Micros>,
}

pub(super) async fn insert_token(ctx: &Ctx, tx: &Tx, new: NewToken<'_>) -> Result<token::Model> {
    let row = token::ActiveModel {
        id: Set(ctx.id()),
        tenant_id: Set(new.tenant),
        person_id: Set(new.person),
        name: Set(new.name.to_owned()),
        secret_hash: Set(new.secret_hash.to_vec()),
        rights: Set(serde_json::to_string(new.rights)?),
        created_at: Set(ctx.now()),
        expires_at: Set(new.expires_at),
        last_used_at: Set(None),
    };
    Ok(row.insert(tx).await?)
}

pub(super) async fn token(db: &impl ConnectionTrait, secret_hash: &[u8]) -> Result<Option<token::Model>> {
    Ok(token::Entity::find().filter(token::Column::SecretHash.eq(secret_hash.to_vec())).one(db).await?)
}

pub(super) async fn touch_token(tx: &Tx, id: TokenId, used_at: Micros) -> Result<()> {
    token::Entity::update_many()
        .col_expr(token::Column::LastUsedAt, Expr::value(used_at))
        .filter(token::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// A person's tokens in a tenant, newest first.
pub(super) async fn tokens(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    person: PersonId,
) -> Result<Vec<token::Model>> {
    let query = token::Entity::find().filter(token::Column::TenantId.eq(tenant));
    let query = query.filter(token::Column::PersonId.eq(person));
    Ok(query.order_by_desc(token::Column::Id).all(db).await?)
}

/// Withdraws a person's token; says whether there was one.
pub(super) async fn delete_token(tx: &Tx, tenant: TenantId, person: PersonId, id: TokenId) -> Result<bool> {
    let query = token::Entity::delete_many().filter(token::Column::Id.eq(id));
    let query = query.filter(token::Column::TenantId.eq(tenant)).filter(token::Column::PersonId.eq(person));
    Ok(query.exec(tx).await?.rows_affected == 1)
}
