//! Questions asked of the figures, and who may ask what.

use std::sync::Arc;

use kexun_base::memo::Memo;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::Scope;
use kexun_people::staff::AccountId;
use kexun_people::staff::accounts::{self, Account, Rosters};
use kexun_people::tenants::{self, Shop, ShopId, Team, TeamId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::answer::{Answer, AnswerRow};
use super::contacts::{self, Sequences, Which};
use super::rules::{Figure, Per, Period, Value};
use super::store::{self, CellRow, Cells};
use super::sums::{Sum, Sums};
use crate::blocking::blocking;
use crate::editions;

const ADDING: &str = "adding figures up";

/// What a row of the answer stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// An agent account.
    Agent,
    /// A team.
    Team,
    /// A shop.
    Shop,
    /// The tenant as a whole.
    Tenant,
}

impl By {
    /// The word of the API and the command line.
    pub fn word(self) -> &'static str {
        match self {
            By::Agent => "agent",
            By::Team => "team",
            By::Shop => "shop",
            By::Tenant => "tenant",
        }
    }

    /// The daily partial results it is made of.
    fn cells(self) -> &'static str {
        match self {
            By::Agent => "agent",
            By::Team => "team",
            By::Shop | By::Tenant => "shop",
        }
    }
}

impl std::str::FromStr for By {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        [By::Agent, By::Team, By::Shop, By::Tenant]
            .into_iter()
            .find(|b| b.word() == word)
            .ok_or_else(|| Error::field("by", format!("{word:?} is none of agent, team, shop, tenant")))
    }
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// The days asked about.
    pub period: Period,
    /// Rows wanted.
    pub by: By,
    /// How the period is split.
    pub per: Per,
    /// Figures wanted; none: all that ship.
    pub keys: Vec<Figure>,
    /// Of this shop only.
    pub shop: Option<ShopId>,
    /// Of this team only.
    pub team: Option<TeamId>,
    /// Of this agent account only.
    pub agent: Option<AccountId>,
}

/// Names and numbers of a tenant's shops, teams and accounts, and what of them a scope holds.
struct Places {
    tenant: String,
    tenant_id: Uuid,
    shops: Vec<Shop>,
    teams: Vec<Team>,
    accounts: Vec<Account>,
    rosters: Rosters,
}

/// Answers a question, within a scope. A marketplace as a whole is answered by its merchants, one row
/// each: it serves nobody itself, and merchants are to be compared, not added up.
///
/// # Errors
/// `forbidden` when the scope does not reach what is asked for; when the database refuses.
pub async fn ask(ctx: &Ctx, scope: &Scope, question: &Question) -> Result<Answer> {
    let merchants = match question.by {
        By::Tenant if scope.reach.all => tenants::merchants(ctx.db().read(), scope.tenant).await?,
        _ => Vec::new(),
    };
    if merchants.is_empty() {
        return ask_one(ctx, scope, question).await;
    }
    let mut whole = Answer { zone: None, rows: Vec::new() };
    for (place, merchant) in merchants.iter().enumerate() {
        let answer = ask_one(ctx, &Scope::whole(merchant.id), question).await?;
        whole.zone = if place == 0 {
            answer.zone
        } else {
            whole.zone.filter(|zone| Some(zone) == answer.zone.as_ref())
        };
        whole.rows.extend(answer.rows);
    }
    Ok(whole)
}

async fn ask_one(ctx: &Ctx, scope: &Scope, question: &Question) -> Result<Answer> {
    let tx = ctx.db().snapshot().await?;
    let places = Places::load(&tx, scope).await?;
    let wanted = places.allowed(scope, question)?;
    let edition = editions::published(&tx, scope.tenant).await?;
    let periods: Arc<[Period]> = question.period.split(question.per).collect();
    let key = places.memo_key(scope, edition, &wanted, question);
    let kept = key.as_ref().and_then(|key| ctx.kept::<Memo>().get::<Vec<Sum>>(key));
    let sums = match kept {
        Some(sums) => sums,
        None => {
            let asked =
                Asked { scope, edition, places: &places, wanted: &wanted, question, periods: &periods };
            let sums = Arc::new(asked.sums(&tx).await?);
            if let Some(key) = key {
                let a_row = size_of::<Sum>() + question.figures().count() * size_of::<(Figure, Value)>();
                ctx.kept::<Memo>().keep(key, sums.clone(), sums.len() * a_row);
            }
            sums
        }
    };
    let rows = sums.iter().map(|sum| {
        let period = periods[sum.place];
        let (name, id) = places.name(question.by, sum.which);
        AnswerRow {
            by: question.by,
            name,
            id,
            from: Day::from(period.from()),
            to: Day::from(period.to()),
            values: sum.values.iter().map(|(figure, value)| (figure.to_string(), *value)).collect(),
        }
    });
    Ok(Answer { zone: places.zone(&wanted), rows: rows.collect() })
}

/// Days whose partial results are read at once: of a long period not all lie in memory.
const DAYS_AT_ONCE: i32 = 40;

/// A question with all that its answer is worked out from.
struct Asked<'a> {
    scope: &'a Scope,
    edition: i64,
    places: &'a Places,
    wanted: &'a Cells,
    question: &'a Question,
    periods: &'a Arc<[Period]>,
}

impl Asked<'_> {
    /// Adds up the daily partial results.
    async fn sums(&self, db: &impl sea_orm::ConnectionTrait) -> Result<Vec<Sum>> {
        let mut sums = Sums::new(self.question.by, self.periods.clone());
        for which in self.places.always(self.question, self.wanted) {
            sums.of(which)?;
        }
        let (mut from, to) = self.wanted.days;
        while from <= to {
            let until = from.plus(DAYS_AT_ONCE - 1).min(to);
            let wanted = Cells { days: (from, until), ..self.wanted.clone() };
            let cells = store::encoded_cells(db, self.scope.tenant, self.edition, &wanted).await?;
            sums = blocking(ADDING, move || {
                sums.add(cells.into_iter().map(CellRow::try_from))?;
                Ok(sums)
            })
            .await?;
            from = until.plus(1);
        }
        let sequences = self.sequences(db).await?;
        let figures: Vec<Figure> = self.question.figures().collect();
        blocking(ADDING, move || Ok(sums.values(&figures, &sequences))).await
    }

    /// The figures that need the sequence of contacts.
    async fn sequences(&self, db: &impl sea_orm::ConnectionTrait) -> Result<Sequences> {
        let shops: Vec<ShopId> = self.places.shops_of(self.wanted).map(|s| s.id).collect();
        let wanted = contacts::Wanted {
            tenant: self.scope.tenant,
            edition: self.edition,
            shops: &shops,
            by: self.question.by,
            periods: self.periods,
            rosters: &self.places.rosters,
        };
        Sequences::load(db, &wanted, self.question.figures()).await
    }
}

impl Question {
    fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        let all = if self.keys.is_empty() { &Figure::SHIPPED[..] } else { &self.keys };
        all.iter().copied()
    }
}

impl Places {
    async fn load(db: &impl sea_orm::ConnectionTrait, scope: &Scope) -> Result<Places> {
        let tenant = tenants::tenant(db, scope.tenant).await?;
        Ok(Places {
            tenant: tenant.slug,
            tenant_id: tenant.id.0,
            shops: tenants::shops(db, scope.tenant).await?,
            teams: tenants::teams_ever(db, scope.tenant).await?,
            accounts: accounts::list_all(db, scope.tenant).await?,
            rosters: Rosters::load(db, scope.tenant).await?,
        })
    }

    /// Names everything that the sums follow from; none where they follow from more: to which team an
    /// agent belongs today decides whose a contact is.
    fn memo_key(&self, scope: &Scope, edition: i64, wanted: &Cells, question: &Question) -> Option<String> {
        let figures: Vec<Figure> = question.figures().collect();
        if question.by == By::Team && figures.iter().any(|figure| matches!(figure, Figure::Fcr(_))) {
            return None;
        }
        let shops: Vec<ShopId> = self.shops.iter().map(|shop| shop.id).collect();
        let asked = (question.by, question.per, wanted, figures, shops);
        Some(format!("kpi {} {edition} {asked:?}", scope.tenant))
    }

    /// The partial results a question may see.
    fn allowed(&self, scope: &Scope, question: &Question) -> Result<Cells> {
        let mut cells = Cells {
            scope: question.by.cells(),
            days: (Day::from(question.period.from()), Day::from(question.period.to())),
            shops: question.shop.map(|s| vec![s]),
            numbers: None,
        };
        if let Some(shop) = question.shop
            && !self.shops.iter().any(|s| s.id == shop)
        {
            return Err(Error::not_found("shop"));
        }
        match question.by {
            By::Agent => {
                if let Some(agent) = question.agent {
                    let account = self.accounts.iter().find(|a| a.id == agent);
                    cells.numbers =
                        Some(vec![account.ok_or_else(|| Error::not_found("agent account"))?.number]);
                }
                if let Some(team) = question.team {
                    cells.numbers = Some(self.members(&[team]));
                }
            }
            By::Team => {
                if let Some(team) = question.team {
                    let team = self.teams.iter().find(|t| t.id == team);
                    cells.numbers = Some(vec![team.ok_or_else(|| Error::not_found("team"))?.number]);
                }
            }
            By::Shop | By::Tenant if question.team.is_some() || question.agent.is_some() => {
                return Err(Error::field(
                    "by",
                    "a team or agent can only be chosen with by=team or by=agent",
                ));
            }
            By::Shop | By::Tenant => {}
        }
        self.cut(scope, question.by, cells)
    }

    /// Cuts what is asked for down to what the scope reaches.
    fn cut(&self, scope: &Scope, by: By, mut cells: Cells) -> Result<Cells> {
        let reach = &scope.reach;
        if reach.all {
            return Ok(cells);
        }
        let whole_shops: Vec<ShopId> = reach.shops.iter().copied().collect();
        let teams: Vec<TeamId> = reach.teams.iter().copied().collect();
        let own = self.accounts.iter().filter(|a| reach.accounts.contains(&a.id)).map(|a| a.number);
        let numbers: Vec<i32> = match by {
            By::Agent => own.chain(self.members(&teams)).collect(),
            By::Team => self.teams.iter().filter(|t| teams.contains(&t.id)).map(|t| t.number).collect(),
            By::Shop | By::Tenant => Vec::new(),
        };
        let narrow = |wanted: &Option<Vec<i32>>| match wanted {
            Some(wanted) => numbers.iter().copied().filter(|n| wanted.contains(n)).collect(),
            None => numbers.clone(),
        };
        let shops_allowed = match &cells.shops {
            Some(wanted) => wanted.iter().all(|s| whole_shops.contains(s)),
            None => !whole_shops.is_empty(),
        };
        if shops_allowed {
            cells.shops.get_or_insert(whole_shops);
        } else if by == By::Agent || (by == By::Team && !numbers.is_empty()) {
            // Who serves nobody yet has figures of nobody: an empty answer, not a refusal.
            cells.numbers = Some(narrow(&cells.numbers));
        } else {
            return Err(Error::forbidden(
                "your rights do not reach the figures asked for; choose your own team or shop",
            ));
        }
        Ok(cells)
    }

    /// Numbers of the accounts that are, or ever were, in teams.
    fn members(&self, teams: &[TeamId]) -> Vec<i32> {
        let numbers: Vec<i32> =
            self.teams.iter().filter(|t| teams.contains(&t.id)).map(|t| t.number).collect();
        let in_team = |a: &&Account| self.rosters.ever_in(a.number, &numbers);
        self.accounts.iter().filter(in_team).map(|a| a.number).collect()
    }

    /// Rows that are there even when nothing happened.
    fn always(&self, question: &Question, wanted: &Cells) -> Vec<Which> {
        match question.by {
            By::Tenant => vec![Which::Tenant],
            By::Shop => self.shops_of(wanted).map(|s| Which::Shop(s.id)).collect(),
            By::Agent | By::Team => Vec::new(),
        }
    }

    fn shops_of<'a>(&'a self, wanted: &'a Cells) -> impl Iterator<Item = &'a Shop> {
        self.shops.iter().filter(move |s| wanted.shops.as_ref().is_none_or(|w| w.contains(&s.id)))
    }

    fn name(&self, by: By, which: Which) -> (Option<String>, Option<Uuid>) {
        match which {
            Which::Tenant => (Some(self.tenant.clone()), Some(self.tenant_id)),
            Which::Shop(id) => {
                let shop = self.shops.iter().find(|s| s.id == id);
                (shop.map(|s| s.name.clone()), Some(id.0))
            }
            Which::Number(number) if by == By::Team => {
                let team = self.teams.iter().find(|t| t.number == number);
                (team.map(|t| t.name.clone()), team.map(|t| t.id.0))
            }
            Which::Number(number) => {
                let account = self.accounts.iter().find(|a| a.number == number);
                (account.map(|a| a.name.clone()), account.map(|a| a.id.0))
            }
        }
    }

    fn zone(&self, wanted: &Cells) -> Option<String> {
        let mut zones: Vec<&str> = self.shops_of(wanted).map(|s| s.zone.name()).collect();
        zones.sort_unstable();
        zones.dedup();
        match zones.as_slice() {
            [] => Some(tenants::DEFAULT_ZONE.name().to_owned()),
            [one] => Some((*one).to_owned()),
            _ => None,
        }
    }
}
