//! The table's history.

use kexun_base::db::schema::index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, integer, uuid};
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, FromQueryResult};

use crate::kpi::rules::{DayContacts, OwnedContact, Timeline};

/// 2026-11: contacts by days; those of the days that were counted before.
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "service_kpi_contacts_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("kpi_contacts")
            .col(uuid("row_id").primary_key())
            .col(uuid("tenant_id"))
            .col(big_integer("born"))
            .col(big_integer("died"))
            .col(uuid("shop_id"))
            .col(integer("day"))
            .col(integer("last_day"))
            .col(binary("contacts"))
            .to_owned();
        manager.create_table(table).await?;
        index(manager, "kpi_contacts_of", "kpi_contacts", &["tenant_id", "shop_id", "day", "last_day"])
            .await?;
        fill(manager.get_connection()).await
    }
}

/// A day of a shop as it is seen: on every one on which a contact begins, figures of the shop are stored.
#[derive(FromQueryResult)]
struct CountedDay {
    row_id: Uuid,
    tenant_id: Uuid,
    born: i64,
    died: i64,
    shop_id: Uuid,
    day: i32,
    edition: i64,
}

#[derive(FromQueryResult)]
struct Begun {
    customer_no: i32,
    last_day: i32,
    timeline: Vec<u8>,
}

/// Makes the rows of the days that have figures, in the edition that is seen, a day at a time. What an
/// import staged and did not publish is forgotten by the next one as it would be without them.
async fn fill(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let days = Query::select()
        .columns(["row_id", "tenant_id", "born", "died", "shop_id", "day"].map(|c| ("kpi_day", c)))
        .column(("published_edition", "edition"))
        .from("kpi_day")
        .inner_join(
            "published_edition",
            Expr::col(("published_edition", "tenant_id")).equals(("kpi_day", "tenant_id")),
        )
        .and_where(Expr::col(("kpi_day", "scope")).eq("shop"))
        .and_where(Expr::col(("kpi_day", "born")).lte(Expr::col(("published_edition", "edition"))))
        .and_where(Expr::col(("kpi_day", "died")).gt(Expr::col(("published_edition", "edition"))))
        .to_owned();
    let days = CountedDay::find_by_statement(db.get_database_backend().build(&days)).all(db).await?;
    for day in days {
        let begun = Query::select()
            .columns(["customer_no", "last_day", "timeline"])
            .from("conversation")
            .and_where(Expr::col("tenant_id").eq(day.tenant_id))
            .and_where(Expr::col("shop_id").eq(day.shop_id))
            .and_where(Expr::col("first_day").eq(day.day))
            .and_where(Expr::col("born").lte(day.edition))
            .and_where(Expr::col("died").gt(day.edition))
            .to_owned();
        let begun = Begun::find_by_statement(db.get_database_backend().build(&begun)).all(db).await?;
        // A damaged conversation is for `kexun check` to find; the program starts.
        let contacts = begun.iter().filter_map(|row| {
            let timeline = Timeline::decode(&row.timeline).ok()?;
            Some((row.last_day, OwnedContact::of(row.customer_no.try_into().ok()?, &timeline)?))
        });
        let (last_days, contacts): (Vec<i32>, Vec<OwnedContact>) = contacts.unzip();
        let Some(last_day) = last_days.into_iter().max() else { continue };
        let row = Query::insert()
            .into_table("kpi_contacts")
            .columns(["row_id", "tenant_id", "born", "died", "shop_id", "day", "last_day", "contacts"])
            .values_panic([
                day.row_id.into(),
                day.tenant_id.into(),
                day.born.into(),
                day.died.into(),
                day.shop_id.into(),
                day.day.into(),
                last_day.into(),
                DayContacts::new(&contacts).encode().into(),
            ])
            .to_owned();
        db.execute(&row).await?;
    }
    Ok(())
}
