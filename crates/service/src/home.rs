//! What service adds to the home page of [`kexun_people::home`]: imports that want something, what
//! stayed unanswered, the figures of one's own place for the last seven full days against the seven
//! before. Each line comes from a small function of its own.

use kexun_base::http::PageRequest;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::home::{Home, HomeFigure, HomeLine, HomeWeek};
use kexun_people::rights::{Caller, Right, Scope};
use kexun_people::tenants::{self, ShopId, TenantId};
use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};

use crate::conversations;
use crate::imports::{self, Import, State};
use crate::kpi::rules::{Amount, Figure, Per, Period};
use crate::kpi::targets::{self, Target};
use crate::kpi::{By, Question, ask};
use crate::{editions, weak_spots};

/// The figures that the page shows.
const SHOWN: [Figure; 5] = [
    Figure::Conversations,
    Figure::FirstResponse,
    Figure::AnsweredWithin(180),
    Figure::Unanswered,
    Figure::Satisfaction,
];

/// This wing's part of somebody's home page.
///
/// # Errors
/// When the database refuses.
pub async fn part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let mut home = Home::default();
    if let Ok(scope) = caller.scope(Right::ImportWrite) {
        home.now.extend(of_imports(ctx, caller, &scope).await?);
    }
    if let Ok(scope) = caller.scope(Right::KpiRead)
        && let Some((whose, week)) = week(ctx, &scope).await?
    {
        let reach = &scope.reach;
        let places = if reach.shops.is_empty() { reach.teams.len() } else { reach.shops.len() };
        let several = whose == Whose::Own && !reach.all && places > 1;
        home.week = Some(HomeWeek { from: week.from().into(), to: week.to().into(), several });
        if whose == Whose::Merchants {
            return Ok(home);
        }
        home.stands = figures(ctx, &scope, week).await?;
        let unanswered = home.stands.iter().find(|f| f.key == Figure::Unanswered.to_string());
        if let Some(count) = unanswered.and_then(|f| f.value).filter(|count| *count > 0.0) {
            let link = format!("/conversations?miss=unanswered&from={}&to={}", week.from(), week.to());
            home.now.push(line("unanswered", json!({ "count": count as u64 }), Some(link)));
        }
        home.now.extend(of_weak_spots(ctx, caller, week).await?);
    }
    Ok(home)
}

fn line(kind: &str, params: Json, link: Option<String>) -> HomeLine {
    HomeLine { kind: kind.into(), params, link }
}

/// What importing wants of whoever may import; what it brought, notices tell.
async fn of_imports(ctx: &Ctx, caller: &Caller, scope: &Scope) -> Result<Option<HomeLine>> {
    let by = (!scope.reach.all).then_some(caller.person.0);
    let page = PageRequest { cursor: None, limit: Some(1) };
    let newest = imports::list(ctx.db().read(), scope.tenant, by, &page).await?.items;
    if let Some(newest) = newest.first() {
        return Ok(wanted(newest));
    }
    let nothing_yet = editions::published(ctx.db().read(), scope.tenant).await? == 0;
    Ok(nothing_yet.then(|| line("start_import", json!({}), Some("/imports".into()))))
}

/// What the last import wants of whoever may import.
fn wanted(import: &Import) -> Option<HomeLine> {
    let link = Some(link_of(import));
    let file = &import.file_name;
    match import.state {
        State::Failed => Some(line("import_failed", json!({ "file_name": file }), link)),
        State::Done if import.rejected > 0 => {
            Some(line("rejections", json!({ "file_name": file, "count": import.rejected }), link))
        }
        _ => None,
    }
}

fn link_of(import: &Import) -> String {
    format!("/imports?import={}", import.id)
}

/// Whose record a week is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The tenant's own.
    Own,
    /// That of a marketplace's merchants: it serves nobody itself, and they do not add up.
    Merchants,
}

/// The last seven full days; where the record ends earlier, the seven that end with it. None while
/// there is no record.
async fn week(ctx: &Ctx, scope: &Scope) -> Result<Option<(Whose, Period)>> {
    let db = ctx.db().read();
    let merchants = if scope.reach.all { tenants::merchants(db, scope.tenant).await? } else { Vec::new() };
    let whose = if merchants.is_empty() { Whose::Own } else { Whose::Merchants };
    let of: Vec<TenantId> = match whose {
        Whose::Own => vec![scope.tenant],
        Whose::Merchants => merchants.iter().map(|merchant| merchant.id).collect(),
    };
    let mut last: Option<Day> = None;
    for tenant in &of {
        let edition = editions::published(db, *tenant).await?;
        last = last.max(conversations::last_day(db, *tenant, edition, None).await?);
    }
    let (Some(last), Some(first)) = (last, of.first()) else { return Ok(None) };
    let zone = tenants::shops(db, *first).await?.first().map_or(chrono_tz::Tz::Asia__Shanghai, |s| s.zone);
    let end = last.min(ctx.now().day(zone).plus(-1));
    Ok(Period::new(end.plus(-6).date(), end.date()).map(|week| (whose, week)))
}

/// The figures of one's own place: the whole, else one's only shop or team, else oneself.
async fn figures(ctx: &Ctx, scope: &Scope, week: Period) -> Result<Vec<HomeFigure>> {
    let before = Day::from(week.from());
    let before = Period::new(before.plus(-7).date(), before.plus(-1).date());
    let before = before.ok_or_else(|| Error::internal("seven days make no period"))?;
    let Some(question) = own(scope, week) else { return Ok(Vec::new()) };
    let now = values(ctx, scope, &question).await?;
    let then = values(ctx, scope, &Question { period: before, ..question.clone() }).await?;
    let targets = targets::list(ctx.db().read(), scope.tenant).await?;
    let shop = shop_of(ctx.db().read(), scope, &question).await?;
    let figure = |(figure, now): (&Figure, (Option<f64>, Option<u64>))| {
        let key = figure.to_string();
        let previous = then.iter().find(|(k, _)| *k == key).and_then(|(_, v)| v.0);
        HomeFigure { value: now.0, n: now.1, previous, target: target(&targets, &key, shop), key }
    };
    let of = |figure: &Figure| now.iter().find(|(key, _)| *key == figure.to_string()).map(|(_, v)| *v);
    Ok(SHOWN.iter().filter_map(|f| Some((f, of(f)?))).map(figure).collect())
}

/// One row of figures.
type Values = Vec<(String, (Option<f64>, Option<u64>))>;

async fn values(ctx: &Ctx, scope: &Scope, question: &Question) -> Result<Values> {
    let answer = ask(ctx, scope, question).await?;
    // Several rows do not add up; nothing is shown rather than a part.
    let rows = answer.rows;
    let [row] = rows.as_slice() else { return Ok(Vec::new()) };
    Ok(row.values.iter().map(|(key, v)| (key.clone(), (v.value.map(Amount::as_f64), v.n))).collect())
}

/// The question about one's own place; none where that is several places.
fn own(scope: &Scope, period: Period) -> Option<Question> {
    let reach = &scope.reach;
    let question = Question {
        period,
        by: By::Tenant,
        per: Per::All,
        keys: SHOWN.to_vec(),
        shop: None,
        team: None,
        agent: None,
    };
    if reach.all {
        return Some(question);
    }
    match (reach.shops.len(), reach.teams.len(), reach.accounts.len()) {
        (1, _, _) => Some(Question { by: By::Shop, shop: reach.shops.first().copied(), ..question }),
        (0, 1, _) => Some(Question { by: By::Team, team: reach.teams.first().copied(), ..question }),
        (0, 0, 1) => Some(Question { by: By::Agent, agent: reach.accounts.first().copied(), ..question }),
        _ => None,
    }
}

/// The shop whose targets count there, if it is one.
async fn shop_of(db: &impl ConnectionTrait, scope: &Scope, question: &Question) -> Result<Option<ShopId>> {
    let of_team = match question.team {
        Some(team) => {
            tenants::teams_ever(db, scope.tenant).await?.into_iter().find(|t| t.id == team).map(|t| t.shop)
        }
        None => None,
    };
    Ok(question.shop.or(of_team))
}

fn target(targets: &[Target], key: &str, shop: Option<ShopId>) -> Option<f64> {
    match shop {
        Some(shop) => targets::in_force(targets, key, shop),
        None => targets.iter().find(|t| t.key == key && t.shop_id.is_none())?.target,
    }
}

async fn of_weak_spots(ctx: &Ctx, caller: &Caller, week: Period) -> Result<Option<HomeLine>> {
    let Ok(scope) = caller.scope(Right::WeakSpotRead) else { return Ok(None) };
    // A week tells too little of a person: four do.
    let from = Day::from(week.to()).plus(-27).date();
    let Some(period) = Period::new(from, week.to()) else { return Ok(None) };
    let question = weak_spots::Question { period, shop: None, team: None };
    let found = weak_spots::find(ctx, &scope, &question).await?.spots.len();
    let link = format!("/weak-spots?from={from}&to={}", week.to());
    Ok((found > 0).then(|| line("weak_spots", json!({ "count": found }), Some(link))))
}
