//! The only queries on persons.

use std::collections::HashMap;

use kexun_base::db::Tx;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_base::{Ctx, Error, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::entity::{ActiveModel, Column, Entity, Model};
use super::{Person, PersonId};

/// A person about to be entered.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// What he will sign in with.
    pub login: String,
    /// His name.
    pub name: String,
    /// Where mails for him go.
    pub email: Option<String>,
    /// His telephone.
    pub phone: Option<String>,
}

/// Enters a person, whose language is Chinese until he says otherwise.
///
/// # Errors
/// `conflict` when the login is taken.
pub async fn create(ctx: &Ctx, tx: &Tx, new: NewPerson) -> Result<Person> {
    let row = ActiveModel {
        id: Set(ctx.id()),
        login: Set(new.login.to_lowercase()),
        name: Set(new.name),
        email: Set(new.email),
        phone: Set(new.phone),
        locale: Set("zh-CN".into()),
        created_at: Set(ctx.now()),
        version: Set(1),
    };
    Ok(row.insert(tx).await?.into())
}

/// One person.
///
/// # Errors
/// `not_found` when there is none.
pub async fn by_id(db: &impl ConnectionTrait, id: PersonId) -> Result<Person> {
    Entity::find_by_id(id).one(db).await?.map(Person::from).ok_or_else(|| Error::not_found("person"))
}

/// Several persons.
///
/// # Errors
/// When the database refuses.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[PersonId]) -> Result<HashMap<PersonId, Person>> {
    let mut found = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS) {
        let rows = Entity::find().filter(Column::Id.is_in(part.iter().copied())).all(db).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row.into())));
    }
    Ok(found)
}

/// The person of a login.
///
/// # Errors
/// When the database refuses.
pub async fn by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<Person>> {
    let row = Entity::find().filter(Column::Login.eq(login.to_lowercase())).one(db).await?;
    Ok(row.map(Person::from))
}

/// Writes what changed about a person; the version tells whether somebody else did meanwhile.
///
/// # Errors
/// `stale_version` when somebody did; `conflict` when the login is taken.
pub async fn change(tx: &Tx, person: &Person) -> Result<()> {
    let row = ActiveModel {
        login: Set(person.login.to_lowercase()),
        name: Set(person.name.clone()),
        email: Set(person.email.clone()),
        phone: Set(person.phone.clone()),
        locale: Set(person.locale.clone()),
        version: Set(person.version.saturating_add(1)),
        ..Default::default()
    };
    let query = Entity::update_many().set(row).filter(Column::Id.eq(person.id));
    let done = query.filter(Column::Version.eq(person.version)).exec(tx).await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::stale()) }
}

impl From<Model> for Person {
    fn from(row: Model) -> Self {
        Person {
            id: row.id,
            login: row.login,
            name: row.name,
            email: row.email,
            phone: row.phone,
            locale: row.locale,
            version: row.version,
        }
    }
}
