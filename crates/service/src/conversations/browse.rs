//! Lists of conversations, and the evidence behind figures.
//!
//! Rows of the period come newest first in batches; what the database cannot decide (whose they are,
//! what they add to a figure) is decided on their timelines. Memory is bounded by a batch and a page,
//! whatever the period holds.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kexun_base::http::PageRequest;
use kexun_base::secrets::hex;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::Scope;
use kexun_people::staff::AccountId;
use kexun_people::tenants::{ShopId, TeamId};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ConversationId;
use super::browse_store::{Place, Slice, contact_spans, newest};
use super::evidence::{counts, first_contacts, has_limit, has_worse_side, misses, usual_limit};
use super::sight::{Sight, Weighed};
use super::store::ConversationRow;
use super::view::{self, Names};
use super::wire::{ConversationPage, Total};
use crate::customers::{self, CustomerId};
use crate::editions;
use crate::kpi::rules::{DayFigures, Figure, Period, Scope as Cells};
use crate::kpi::{self, cells, targets};

/// Conversations are counted up to here.
const COUNTED: u64 = 1000;
/// Rows read at once.
const BATCH: u64 = 500;
/// Rows that one request for the newest looks through.
const LOOKED_THROUGH: usize = 100_000;
/// Customers of a name that are looked for.
const CUSTOMERS: u64 = 1000;

/// In which order conversations are listed; those without a value come last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub enum Sort {
    /// Newest first, by day and then by beginning.
    #[default]
    #[serde(rename = "-started_at")]
    Newest,
    /// Oldest first.
    #[serde(rename = "started_at")]
    Oldest,
    /// Longest response first.
    #[serde(rename = "-slowest")]
    Slowest,
    /// Shortest longest response first.
    #[serde(rename = "slowest")]
    Quickest,
    /// Slowest first response first.
    #[serde(rename = "-first_response")]
    LatestFirst,
    /// Quickest first response first.
    #[serde(rename = "first_response")]
    SoonestFirst,
    /// Best rated first.
    #[serde(rename = "-score")]
    BestRated,
    /// Worst rated first.
    #[serde(rename = "score")]
    WorstRated,
}

/// Which conversations are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// First day: conversations that began on it or later; with `key`, that count from it on.
    #[param(value_type = Option<String>, format = Date)]
    pub from: Option<NaiveDate>,
    /// Last day.
    #[param(value_type = Option<String>, format = Date)]
    pub to: Option<NaiveDate>,
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// Of this team: with an agent who belonged to it on the day; with `key`, the team's figure, which the caller must
    /// be allowed to see.
    pub team: Option<TeamId>,
    /// Of this agent account: in which it wrote, or that are its own; with `key`, its figure, which the caller must be
    /// allowed to see.
    pub agent: Option<AccountId>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Part of the shop's own id of the conversation, or of the customer's name.
    pub q: Option<String>,
    /// A figure: exactly the conversations that it is made of, in the period (which is required then)
    /// and scope.
    pub key: Option<String>,
    /// With `key`: only those that make the figure worse: slow responses, unanswered, rated 3 or less
    /// and so on. Of a figure that has no worse side, all.
    pub miss: Option<bool>,
    /// With `key`: a response time beyond so many seconds is slow. If not said, beyond the target; if
    /// there is none, in the slowest tenth.
    #[param(minimum = 0)]
    pub over: Option<u32>,
    /// In which order.
    #[param(inline)]
    pub sort: Option<Sort>,
}

/// The figure asked about.
struct Evidence {
    figure: Figure,
    period: Period,
    cells: Vec<Cells>,
    /// What is slow in shops with a target, and elsewhere, seconds.
    targets: HashMap<ShopId, u32>,
    limit_s: Option<u32>,
    only_misses: bool,
    /// For one-contact resolution: the first contacts, and whether they stayed the only ones.
    first_contacts: HashMap<ConversationId, bool>,
}

/// Conversations, as somebody may see them.
///
/// # Errors
/// `invalid` with the field at fault, `not_found` for a shop, team or agent that the tenant lacks;
/// when the database refuses.
pub async fn list(ctx: &Ctx, scope: Scope, asked: &Asked, page: &PageRequest) -> Result<ConversationPage> {
    let tx = ctx.db().snapshot().await?;
    let sight = Sight::load(&tx, scope).await?;
    let edition = editions::published(&tx, sight.scope.tenant).await?;
    let slice = slice(&tx, &sight, edition, asked).await?;
    let evidence = Evidence::of(&tx, &sight, &slice, asked).await?;
    let search = Search {
        slice,
        team: asked.team.map(|team| sight.cells_of_team(team)).transpose()?,
        agent: asked.agent.map(|agent| sight.cells_of_agent(agent)).transpose()?,
        evidence,
        sight,
    };
    let sort = asked.sort.unwrap_or_default();
    let found = match sort {
        Sort::Newest => search.newest(&tx, page).await?,
        _ => search.ranked(&tx, sort, page).await?,
    };
    let names = Names::load(&tx, search.sight.scope.tenant, found.hits.iter().map(|h| &h.row)).await?;
    let items = found.hits.into_iter().map(|hit| {
        let item = view::item(&search.sight, &names, &hit.row, &hit.weighed);
        view::ConversationItem { miss: hit.miss, ..item }
    });
    let shops =
        || search.sight.shops.keys().copied().filter(|shop| asked.shop.is_none_or(|wanted| wanted == *shop));
    let limit_s = search.evidence.as_ref().and_then(|evidence| evidence.told(shops()));
    Ok(ConversationPage { items: items.collect(), next: found.next, total: found.total, limit_s })
}

async fn slice(db: &impl ConnectionTrait, sight: &Sight, edition: i64, asked: &Asked) -> Result<Slice> {
    let reach = &sight.scope.reach;
    if asked.shop.is_some_and(|shop| !sight.shops.contains_key(&shop)) {
        return Err(Error::not_found("shop"));
    }
    let whole_shops_only = reach.teams.is_empty() && reach.accounts.is_empty();
    let reached = (!reach.all && whole_shops_only).then(|| reach.shops.iter().copied().collect());
    let part = asked.q.as_deref().map(str::trim).filter(|q| !q.is_empty());
    let named = match part {
        Some(part) => {
            let customers = customers::ids_named(db, sight.scope.tenant, part, CUSTOMERS).await?;
            Some((part.to_owned(), customers))
        }
        None => None,
    };
    Ok(Slice {
        tenant: sight.scope.tenant,
        edition,
        shops: asked.shop.map(|shop| vec![shop]).or(reached),
        from: asked.from.map(Day::from),
        to: asked.to.map(Day::from),
        spanning: asked.key.is_some(),
        customer: asked.customer,
        named,
    })
}

impl Evidence {
    async fn of(
        db: &impl ConnectionTrait,
        sight: &Sight,
        slice: &Slice,
        asked: &Asked,
    ) -> Result<Option<Evidence>> {
        let only_misses = asked.miss == Some(true);
        let Some(key) = &asked.key else {
            let alone = only_misses.then(|| Error::field("miss", "needs a key: which figure is made worse?"));
            return alone.map_or(Ok(None), Err);
        };
        let unknown =
            |_| Error::field("key", format!("there is no figure {key:?}; see /api/v1/kpi/definitions"));
        let figure: Figure = key.parse().map_err(unknown)?;
        let mut evidence = Evidence {
            figure,
            period: period(asked)?,
            // Limits follow from the whole figure, which is told to whoever may ask for it alone.
            cells: match (asked.agent, asked.team) {
                (Some(agent), _) => vec![sight.reached(sight.cells_of_agent(agent)?, asked.shop)?],
                (None, Some(team)) => vec![sight.reached(sight.cells_of_team(team)?, asked.shop)?],
                (None, None) => sight.usual_cells(asked.shop),
            },
            targets: HashMap::new(),
            limit_s: asked.over,
            only_misses: only_misses && has_worse_side(figure),
            first_contacts: HashMap::new(),
        };
        if let Figure::Fcr(hours) = figure {
            let margin = i32::try_from(hours / 24 + 2).unwrap_or(i32::MAX);
            let days = (
                Day::from(evidence.period.from()).plus(-margin),
                Day::from(evidence.period.to()).plus(margin),
            );
            let contacts = contact_spans(db, slice, days).await?;
            evidence.first_contacts = first_contacts(&contacts, hours);
        }
        if evidence.limit_s.is_none() && has_limit(figure) {
            let targets = targets::list(db, sight.scope.tenant).await?;
            // A target below a second is none that whole seconds could miss by less.
            let in_force =
                |shop| targets::in_force(&targets, key, shop).map(|seconds| seconds.max(0.0) as u32);
            evidence.targets =
                sight.shops.keys().filter_map(|shop| Some((*shop, in_force(*shop)?))).collect();
            let whole = evidence.whole(db, sight, slice.edition, asked.shop).await?;
            evidence.limit_s = usual_limit(figure, &whole);
        }
        Ok(Some(evidence))
    }

    /// What is slow in all of these shops, if it is the same.
    fn told(&self, shops: impl Iterator<Item = ShopId>) -> Option<u32> {
        let limits: HashSet<Option<u32>> = shops.map(|shop| self.limit_of(shop)).collect();
        if limits.len() == 1 { limits.into_iter().next().flatten() } else { None }
    }

    fn limit_of(&self, shop: ShopId) -> Option<u32> {
        self.targets.get(&shop).copied().or(self.limit_s)
    }

    /// The figures of the whole period and scope.
    async fn whole(
        &self,
        db: &impl ConnectionTrait,
        sight: &Sight,
        edition: i64,
        shop: Option<ShopId>,
    ) -> Result<DayFigures> {
        let numbers = self.cells.iter().filter_map(|cells| match cells {
            Cells::Team(Some(n)) | Cells::Agent(Some(n)) => i32::try_from(*n).ok(),
            _ => None,
        });
        let (word, numbers) = match self.cells.first() {
            Some(Cells::Agent(_)) => ("agent", Some(numbers.collect())),
            Some(Cells::Team(_)) => ("team", Some(numbers.collect())),
            Some(Cells::Shop) => ("shop", None),
            None => return Ok(DayFigures::default()),
        };
        let days = (Day::from(self.period.from()), Day::from(self.period.to()));
        let shops = sight.shops_of(&self.cells, shop);
        let wanted = kpi::Cells { scope: word, days, shops, numbers };
        let mut whole = DayFigures::default();
        for cell in cells(db, sight.scope.tenant, edition, &wanted).await? {
            whole.merge(&cell.figures);
        }
        Ok(whole)
    }

    /// Whether a conversation belongs to the evidence; if so, whether it makes the figure worse.
    fn weigh(&self, row: &ConversationRow, weighed: &Weighed) -> Option<bool> {
        let adds = weighed.shares.within(|cells| self.cells.contains(&cells), self.period);
        if !counts(self.figure, &adds) {
            return None;
        }
        let miss = match self.figure {
            Figure::Fcr(_) => !self.first_contacts.get(&row.id).copied()?,
            figure => misses(figure, &adds, self.limit_of(row.shop_id)),
        };
        (miss || !self.only_misses).then_some(miss)
    }
}

fn period(asked: &Asked) -> Result<Period> {
    let needed = |name| Error::field(name, "is needed with a key: a figure is one of a period");
    let (from, to) = (asked.from.ok_or_else(|| needed("from"))?, asked.to.ok_or_else(|| needed("to"))?);
    let period = Period::new(from, to).ok_or_else(|| Error::field("to", "is before `from`"))?;
    if period.days() > 3700 {
        return Err(Error::field("to", "a period spans at most ten years"));
    }
    Ok(period)
}

/// A conversation that was looked for.
struct Hit {
    row: ConversationRow,
    weighed: Weighed,
    miss: Option<bool>,
}

struct Found {
    hits: Vec<Hit>,
    next: Option<String>,
    total: Option<Total>,
}

/// Where a row stands in an order other than newest first: what has no value last, then by value,
/// then newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Rank(bool, i64, std::cmp::Reverse<Place>);

impl Rank {
    fn of(sort: Sort, row: &ConversationRow) -> Rank {
        let value = match sort {
            Sort::Newest => Some(-row.started_at.0),
            Sort::Oldest => Some(row.started_at.0),
            Sort::Slowest => row.slowest_s.map(|s| -i64::from(s)),
            Sort::Quickest => row.slowest_s.map(i64::from),
            Sort::LatestFirst => row.first_response_s.map(|s| -i64::from(s)),
            Sort::SoonestFirst => row.first_response_s.map(i64::from),
            Sort::BestRated => row.score.map(|s| -i64::from(s)),
            Sort::WorstRated => row.score.map(i64::from),
        };
        Rank(value.is_none(), value.unwrap_or(0), std::cmp::Reverse(place(row)))
    }
}

fn place(row: &ConversationRow) -> Place {
    (row.first_day, row.started_at, row.id)
}

struct Search {
    slice: Slice,
    team: Option<Cells>,
    agent: Option<Cells>,
    evidence: Option<Evidence>,
    sight: Sight,
}

impl Search {
    /// The conversation, if it is among those looked for and the scope reaches it.
    fn hit(&self, row: ConversationRow) -> Result<Option<Hit>> {
        let weighed = self.sight.weigh(&row)?;
        let concerns =
            |wanted: Option<Cells>| wanted.is_none_or(|w| weighed.shares.concern(|cells| cells == w));
        if !self.sight.sees(&row, &weighed) || !concerns(self.team) || !concerns(self.agent) {
            return Ok(None);
        }
        let miss = match &self.evidence {
            None => None,
            Some(evidence) => match evidence.weigh(&row, &weighed) {
                Some(miss) => has_worse_side(evidence.figure).then_some(miss),
                None => return Ok(None),
            },
        };
        Ok(Some(Hit { row, weighed, miss }))
    }

    /// A page of the newest: stops reading as soon as it is full, and on the first page counted.
    async fn newest(&self, db: &impl ConnectionTrait, page: &PageRequest) -> Result<Found> {
        let mut after: Option<Place> = page.after()?;
        let first = after.is_none();
        let limit = page.limit() as usize;
        let (mut hits, mut count, mut looked) = (Vec::new(), 0u64, 0);
        // Where the next page begins: behind the last row shown, or, where looking was given up before
        // the page was full, behind the last row looked at.
        let mut next = None;
        let mut ended = false;
        while !ended && looked < LOOKED_THROUGH && (hits.len() <= limit || (first && count <= COUNTED)) {
            let rows = newest(db, &self.slice, after, BATCH).await?;
            ended = (rows.len() as u64) < BATCH;
            looked += rows.len();
            after = rows.last().map(place).or(after);
            for hit in rows.into_iter().map(|row| self.hit(row)).filter_map(Result::transpose) {
                let hit = hit?;
                count += 1;
                if hits.len() <= limit {
                    hits.push(hit);
                }
            }
        }
        if hits.len() > limit {
            hits.truncate(limit);
            next = hits.last().map(|hit| place(&hit.row));
        } else if !ended {
            next = after;
        }
        let total = first.then_some(Total { count: count.min(COUNTED), more: count > COUNTED || !ended });
        Ok(Found { hits, next: next.map(|n| cursor(&n)).transpose()?, total })
    }

    /// A page in another order: looks through all, keeping no more than the page.
    async fn ranked(&self, db: &impl ConnectionTrait, sort: Sort, page: &PageRequest) -> Result<Found> {
        let behind: Option<Rank> = page.after()?;
        let limit = page.limit() as usize;
        let mut best: Vec<(Rank, Hit)> = Vec::new();
        let (mut count, mut after, mut ended) = (0u64, None, false);
        while !ended {
            let rows = newest(db, &self.slice, after, BATCH).await?;
            ended = (rows.len() as u64) < BATCH;
            after = rows.last().map(place).or(after);
            for hit in rows.into_iter().map(|row| self.hit(row)).filter_map(Result::transpose) {
                let hit = hit?;
                count += 1;
                let rank = Rank::of(sort, &hit.row);
                if behind.is_none_or(|behind| rank > behind) {
                    best.push((rank, hit));
                }
            }
            best.sort_by_key(|(rank, _)| *rank);
            best.truncate(limit + 1);
        }
        let more = best.len() > limit;
        best.truncate(limit);
        let next = best.last().filter(|_| more).map(|(rank, _)| cursor(rank)).transpose()?;
        let total = behind.is_none().then_some(Total { count: count.min(COUNTED), more: count > COUNTED });
        Ok(Found { hits: best.into_iter().map(|(_, hit)| hit).collect(), next, total })
    }
}

fn cursor(place: &impl Serialize) -> Result<String> {
    Ok(hex(&serde_json::to_vec(place)?))
}

/// Ids of customers in conversations, each once.
pub(super) fn customers_of<'a>(rows: impl Iterator<Item = &'a ConversationRow>) -> Vec<CustomerId> {
    rows.filter_map(|row| row.customer_id).collect::<HashSet<_>>().into_iter().collect()
}
