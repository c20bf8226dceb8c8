//! One holder at a time, across processes: a lease is held until its end and must be renewed.
//! Whoever does work in several transactions under a lease renews it *in each of them*, so that a
//! holder that slept too long cannot write after another took over.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait};

use crate::ctx::Ctx;
use crate::errors::{Code, Error, Result};
use crate::time::Micros;

mod entity {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lease")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub holder: Uuid,
        pub until: Micros,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A clock may be wrong by so much before a lease that it gave is taken for the work of a clock set back
/// since, and counts as ended.
const SKEW_SECONDS: i64 = 300;

/// A lease that this holder has.
#[derive(Debug, Clone)]
pub struct Lease {
    name: String,
    holder: Uuid,
    seconds: i64,
}

impl Lease {
    /// Takes the lease `name` for `seconds` if nobody has it; none if somebody does.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take(ctx: &Ctx, name: &str, seconds: i64) -> Result<Option<Lease>> {
        let lease = Lease { name: name.to_owned(), holder: ctx.id::<Uuid>(), seconds };
        let tx = ctx.db().begin().await?;
        let free = entity::ActiveModel {
            name: Set(lease.name.clone()),
            holder: Set(Uuid::nil()),
            until: Set(Micros(0)),
        };
        let keep = OnConflict::column(entity::Column::Name).do_nothing().to_owned();
        entity::Entity::insert(free).on_conflict(keep).exec_without_returning(&tx).await?;
        let now = ctx.now();
        let taken = entity::Entity::update_many()
            .col_expr(entity::Column::Holder, Expr::value(lease.holder))
            .col_expr(entity::Column::Until, Expr::value(now.plus_seconds(seconds)))
            .filter(entity::Column::Name.eq(name))
            .filter(
                Condition::any()
                    .add(entity::Column::Until.lt(now))
                    .add(entity::Column::Until.gt(now.plus_seconds(seconds + SKEW_SECONDS))),
            )
            .exec(&tx)
            .await?
            .rows_affected;
        tx.commit().await?;
        Ok((taken == 1).then_some(lease))
    }

    /// Keeps the lease for its time again, within the transaction of the work done under it.
    ///
    /// # Errors
    /// `unavailable` when it was lost: the work must not be committed, and who took over goes on with it.
    pub async fn renew(&self, ctx: &Ctx, tx: &impl ConnectionTrait) -> Result<()> {
        let kept = entity::Entity::update_many()
            .col_expr(entity::Column::Until, Expr::value(ctx.now().plus_seconds(self.seconds)))
            .filter(entity::Column::Name.eq(&self.name))
            .filter(entity::Column::Holder.eq(self.holder))
            .exec(tx)
            .await?
            .rows_affected;
        if kept == 1 {
            return Ok(());
        }
        let lost = format!("another process took over the work on {}; this one stops", self.name);
        Err(Error::new(Code::Unavailable, lost))
    }

    /// Gives the lease back within a transaction.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn release(&self, tx: &impl ConnectionTrait) -> Result<()> {
        entity::Entity::update_many()
            .col_expr(entity::Column::Until, Expr::value(Micros(0)))
            .filter(entity::Column::Name.eq(&self.name))
            .filter(entity::Column::Holder.eq(self.holder))
            .exec(tx)
            .await?;
        Ok(())
    }
}
