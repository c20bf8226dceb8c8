//! Queries for looking at conversations, beside those for making them ([`super::store`]).

use kexun_base::db::{Tx, bulk, dialect};
use kexun_base::time::{Day, Micros};
use kexun_base::{Ctx, Error, Result};
use kexun_people::tenants::{ShopId, TenantId};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func, Query, SimpleExpr};
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel, Order, QueryOrder, QuerySelect};

use super::ConversationId;
use super::entity::{conversation as fact, transcript as texts};
use super::evidence::Span;
use super::rows::{Lookup, find};
use super::store::{ConversationRow, Stored, rows_of_customers, rows_of_groups, spans};
use super::transcript::pack;
use crate::customers::CustomerId;
use crate::editions::{self, ALIVE, Staging, seen_in};

/// Where a row stands among all of a tenant, newest first: its first day, its beginning, its id.
pub type Place = (Day, Micros, ConversationId);

/// Which rows are looked at. What the database can decide stands here; the rest the timeline does.
#[derive(Debug, Clone)]
pub struct Slice {
    /// The tenant.
    pub tenant: TenantId,
    /// As seen in this edition.
    pub edition: i64,
    /// Of these shops only.
    pub shops: Option<Vec<ShopId>>,
    /// First and last day, if any.
    pub from: Option<Day>,
    /// See `from`.
    pub to: Option<Day>,
    /// Also those that began before the first day and count on a later one.
    pub spanning: bool,
    /// Of this customer only.
    pub customer: Option<CustomerId>,
    /// Whose source id contains this, or whose customer is one of these.
    pub named: Option<(String, Vec<CustomerId>)>,
}

impl Slice {
    /// All of a tenant.
    pub fn whole(tenant: TenantId, edition: i64) -> Self {
        Slice {
            tenant,
            edition,
            shops: None,
            from: None,
            to: None,
            spanning: false,
            customer: None,
            named: None,
        }
    }

    fn condition(&self) -> Condition {
        use fact::Column as C;
        let mut all = Condition::all().add(seen_in(self.edition));
        all = match self.customer {
            // The tenant is asked for with the customer: asked for here as well, it would offer the database a
            // way through all of the tenant's rows.
            Some(one) => all.add(C::RowId.in_subquery(rows_of_customers(self.tenant, &[one]))),
            None => all.add(C::TenantId.eq(self.tenant)),
        };
        if let Some(shops) = &self.shops {
            all = all.add(match self.customer {
                // Not by the index over shops: the customer leads to far fewer rows.
                Some(_) => {
                    Func::coalesce([Expr::col(C::ShopId), Expr::col(C::ShopId)]).is_in(shops.iter().copied())
                }
                None => C::ShopId.is_in(shops.iter().copied()),
            });
        }
        if let Some(to) = self.to {
            all = all.add(C::FirstDay.lte(to));
        }
        if let Some(from) = self.from {
            let begun: SimpleExpr = C::FirstDay.gte(from);
            let lasting = Condition::all().add(spans()).add(C::LastDay.gte(from));
            all = all.add(Condition::any().add(begun).add_option(self.spanning.then_some(lasting)));
        }
        if let Some((part, customers)) = &self.named {
            let of_customer = C::RowId.in_subquery(rows_of_customers(self.tenant, customers));
            let of_source = dialect::contains(C::SourceId, part);
            all = all.add(Condition::any().add(of_source).add(of_customer));
        }
        all
    }
}

/// The rows of a slice behind a place, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn newest(
    db: &impl ConnectionTrait,
    slice: &Slice,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<ConversationRow>> {
    use fact::Column as C;
    let mut query = fact::Entity::find().filter(slice.condition());
    if let Some((day, at, id)) = after {
        let same_moment = Condition::all().add(C::StartedAt.eq(at)).add(C::Id.lt(id));
        let earlier = Condition::any().add(C::StartedAt.lt(at)).add(same_moment);
        let same_day = Condition::all().add(C::FirstDay.eq(day)).add(earlier);
        query = query.filter(C::FirstDay.lte(day));
        query = query.filter(Condition::any().add(C::FirstDay.lt(day)).add(same_day));
    }
    let newest = query
        .order_by(C::FirstDay, Order::Desc)
        .order_by(C::StartedAt, Order::Desc)
        .order_by(C::Id, Order::Desc);
    Ok(newest.limit(limit).all(db).await?)
}

/// Beginnings and ends of the contacts (conversations with a customer message) that touch a span of
/// days in the shops of a slice, by customer, then by beginning: a customer is one of one shop.
///
/// # Errors
/// When the database refuses.
pub async fn contact_spans(db: &impl ConnectionTrait, slice: &Slice, days: (Day, Day)) -> Result<Vec<Span>> {
    use fact::Column as C;
    let of_shops = slice.shops.iter().map(|shops| C::ShopId.is_in(shops.iter().copied()));
    let query = fact::Entity::find()
        .filter(C::TenantId.eq(slice.tenant))
        .filter(of_shops.fold(Condition::all(), Condition::add))
        .filter(C::FirstDay.lte(days.1))
        .filter(C::LastDay.gte(days.0))
        .filter(C::Rounds.gt(0))
        .filter(seen_in(slice.edition))
        .select_only()
        .columns([C::Id, C::CustomerNo, C::StartedAt, C::EndedAt])
        .order_by_asc(C::CustomerNo)
        .order_by_asc(C::StartedAt);
    let rows: Vec<(ConversationId, i32, Micros, Micros)> = query.into_tuple().all(db).await?;
    let span = |(id, customer, opened, last): (ConversationId, i32, Micros, Micros)| Span {
        id,
        customer,
        opened_at: opened.seconds(),
        last_at: last.seconds(),
    };
    let mut spans: Vec<Span> = rows.into_iter().map(span).collect();
    spans.sort_by_key(|s| (s.customer, s.opened_at));
    Ok(spans)
}

/// One conversation of a tenant as seen in an edition.
///
/// # Errors
/// `not_found` when the tenant has none.
pub async fn by_id(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    id: ConversationId,
) -> Result<ConversationRow> {
    let query = fact::Entity::find().filter(fact::Column::TenantId.eq(tenant));
    let query = query.filter(fact::Column::Id.eq(id)).filter(seen_in(edition));
    query.one(db).await?.ok_or_else(|| Error::not_found("conversation"))
}

/// The last day on which any conversation of these shops began; none while there is none.
///
/// # Errors
/// When the database refuses.
pub async fn last_day(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    edition: i64,
    shops: Option<&[ShopId]>,
) -> Result<Option<Day>> {
    let mut query = fact::Entity::find().filter(fact::Column::TenantId.eq(tenant)).filter(seen_in(edition));
    if let Some(shops) = shops {
        query = query.filter(fact::Column::ShopId.is_in(shops.iter().copied()));
    }
    let newest = query.select_only().column(fact::Column::FirstDay).order_by_desc(fact::Column::FirstDay);
    Ok(newest.into_tuple().one(db).await?)
}

/// A conversation with other texts than it has, packed; facts stay as they are.
#[derive(Debug, Clone)]
pub struct Reworded {
    row: ConversationRow,
    transcript: Vec<u8>,
}

impl Reworded {
    /// Of a conversation whose texts were changed. No IO: of many or large ones, work for a thread of its own.
    ///
    /// # Errors
    /// When compressing fails.
    pub fn of(conversation: Stored) -> Result<Reworded> {
        Ok(Reworded { transcript: pack(&conversation.dossier)?, row: conversation.row })
    }
}

/// Puts conversations with other texts in place of what they were, in the edition being staged.
///
/// # Errors
/// When the database refuses.
pub async fn reword(ctx: &Ctx, tx: &Tx, staging: &Staging, conversations: Vec<Reworded>) -> Result<()> {
    let before: Vec<Uuid> = conversations.iter().map(|c| c.row.row_id).collect();
    super::bury(tx, staging, &before).await?;
    let mut lookups = Vec::with_capacity(conversations.len());
    for Reworded { row, transcript } in conversations {
        let row_id: Uuid = ctx.id();
        lookups.push(Lookup { row_id, group: row.group_hash, customer: row.customer_id });
        let row = ConversationRow { row_id, born: staging.edition, died: ALIVE, ..row };
        fact::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
        let texts = texts::ActiveModel {
            row_id: Set(row_id),
            tenant_id: Set(staging.tenant),
            born: Set(staging.edition),
            died: Set(ALIVE),
            packed: Set(transcript),
        };
        texts::Entity::insert(texts).exec_without_returning(tx).await?;
    }
    find(tx, staging.tenant, &lookups).await
}

/// Deletes what groups were in earlier editions, at once: erased texts must not wait for the next
/// cleaning-up.
///
/// # Errors
/// When the database refuses.
pub async fn forget_earlier(tx: &Tx, staging: &Staging, groups: &[Uuid]) -> Result<()> {
    for part in groups.chunks(dialect::MAX_PARAMETERS - 2) {
        let mut rows = Query::select();
        rows.column(fact::Column::RowId)
            .from(fact::Entity)
            .and_where(fact::Column::RowId.in_subquery(rows_of_groups(staging.tenant, part.to_vec())))
            .and_where(fact::Column::Died.lte(staging.edition));
        let earlier: Vec<Uuid> = bulk::ids(tx, &rows).await?;
        forget(tx, &earlier).await?;
    }
    Ok(())
}

/// Deletes rows with their texts and all that finds them.
async fn forget(tx: &Tx, rows: &[Uuid]) -> Result<()> {
    editions::delete_rows(tx, "conversation", rows).await?;
    editions::delete_rows(tx, "transcript", rows).await
}
