//! Counting failed tries per login and per address. A try is counted before the password is looked
//! at and taken back when it was right, so that many at once gain nothing.

use std::net::IpAddr;

use kexun_base::db::Tx;
use kexun_base::secrets::hex;
use kexun_base::time::Micros;
use kexun_base::{Code, Ctx, Error, Result};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query};

use super::entity::attempt::{ActiveModel, Column, Entity};
use super::rules::{self, OF_ADDRESS, OF_LOGIN};

/// What a try is counted under.
#[derive(Clone)]
pub struct Gate {
    login: String,
    address: Option<String>,
}

impl Gate {
    /// The gate of a login, tried from an address where that is known. A network of IPv6 counts as
    /// one address: whoever has one has 2⁶⁴.
    pub fn of(ctx: &Ctx, login: &str, address: Option<IpAddr>) -> Gate {
        let key = ctx.key().derive("sign_in.attempts");
        let print = |kind: &str, text: &str| format!("{kind}:{}", hex(&key.hash(&[text.as_bytes()])[..16]));
        let address = address.map(|a| match a.to_canonical() {
            IpAddr::V4(a) => a.to_string(),
            IpAddr::V6(a) => format!("{:?}", &a.octets()[..8]),
        });
        Gate { login: print("login", &login.to_lowercase()), address: address.map(|a| print("address", &a)) }
    }

    /// Refuses who must wait, before he takes somebody's place in the queue.
    ///
    /// # Errors
    /// `throttled` when too many failed before.
    pub async fn look(&self, ctx: &Ctx) -> Result<()> {
        let keys = [Some((&self.login, OF_LOGIN)), self.address.as_ref().map(|key| (key, OF_ADDRESS))];
        for (key, free) in keys.into_iter().flatten() {
            if let Some(row) = Entity::find_by_id(key.clone()).one(ctx.db().read()).await? {
                check(row.failures, row.last_at, ctx.now(), free)?;
            }
        }
        Ok(())
    }

    /// Counts the try as failed until [`Gate::passed`] or [`Try::not_counted`] says otherwise.
    ///
    /// # Errors
    /// `throttled` when too many failed before; the try is then not counted.
    pub async fn enter(&self, ctx: &Ctx) -> Result<Try> {
        let (gate, now) = (self.clone(), ctx.now());
        ctx.db().write_grouped(move |tx| Box::pin(gate.count(tx, now))).await
    }

    async fn count(self, tx: &Tx, now: Micros) -> Result<Try> {
        let (failures, before) = count(tx, &self.login, OF_LOGIN, now).await?;
        let mut counted = vec![(self.login, before)];
        if let Some(address) = self.address {
            let (_, before) = count(tx, &address, OF_ADDRESS, now).await?;
            counted.push((address, before));
        }
        forget_old(tx, now).await?;
        Ok(Try { now_waits: failures == OF_LOGIN, at: now, counted })
    }

    /// Takes the try back, and what a login failed before: all was right.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn passed(&self, tx: &Tx) -> Result<()> {
        Entity::delete_by_id(self.login.clone()).exec(tx).await?;
        if let Some(address) = &self.address {
            one_less(tx, address).await?;
        }
        Ok(())
    }
}

/// A try that was counted.
pub struct Try {
    /// Whether it is the failure from which on the login must wait.
    pub now_waits: bool,
    at: Micros,
    /// What it was counted under, and when the try before it was.
    counted: Vec<(String, Micros)>,
}

impl Try {
    /// Takes this try back, and leaves the others counted: it was right as far as it went. Who has waited does not
    /// begin to wait again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn not_counted(self, tx: &Tx) -> Result<()> {
        for (key, before) in &self.counted {
            one_less(tx, key).await?;
            // Where another try was counted meanwhile, it is that one which is waited for.
            Entity::update_many()
                .col_expr(Column::LastAt, Expr::value(*before))
                .filter(Column::Key.eq(key))
                .filter(Column::LastAt.eq(self.at))
                .exec(tx)
                .await?;
        }
        Ok(())
    }
}

/// Forgets what was counted longer than a day ago, but for what another sign-in holds: two that wait for each other's
/// would both be lost.
async fn forget_old(tx: &Tx, now: Micros) -> Result<()> {
    let old = Query::select()
        .column(Column::Key)
        .from(Entity)
        .and_where(Expr::col(Column::LastAt).lt(now.plus_seconds(-24 * 3600)))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    Entity::delete_many().filter(Column::Key.in_subquery(old)).exec(tx).await?;
    Ok(())
}

async fn one_less(tx: &Tx, key: &str) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Failures, Expr::col(Column::Failures).sub(1))
        .filter(Column::Key.eq(key))
        .filter(Column::Failures.gt(0))
        .exec(tx)
        .await?;
    Ok(())
}

/// One more failure under a key; returns how many there are now, and when the one before was.
async fn count(tx: &Tx, key: &str, free: i32, now: Micros) -> Result<(i32, Micros)> {
    // Writing first holds the row until the transaction ends, on both databases.
    let row = ActiveModel { key: Set(key.to_owned()), failures: Set(1), last_at: Set(now) };
    let more = OnConflict::column(Column::Key)
        .value(Column::Failures, Expr::col((Entity, Column::Failures)).add(1))
        .to_owned();
    Entity::insert(row).on_conflict(more).exec_without_returning(tx).await?;
    let row = Entity::find_by_id(key.to_owned()).one(tx).await?;
    let row = row.ok_or_else(|| Error::internal("a counted try is not there"))?;
    let last_at = row.last_at;
    let before = check(row.failures - 1, last_at, now, free)?;
    let row = ActiveModel { key: Set(key.to_owned()), failures: Set(before + 1), last_at: Set(now) };
    Entity::update(row).exec(tx).await?;
    Ok((before + 1, last_at))
}

/// How many failures still count; refused when they are too many.
fn check(failures: i32, last_at: Micros, now: Micros, free: i32) -> Result<i32> {
    let before = rules::remembered(failures, last_at, now);
    let wait = rules::wait_seconds(before, last_at, now, free);
    if wait > 0 {
        let detail = format!("too many failed tries; wait {wait} seconds and try again");
        return Err(Error::new(Code::Throttled, detail).retry_after(u32::try_from(wait).unwrap_or(1)));
    }
    Ok(before)
}
