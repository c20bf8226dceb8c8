//! Questions for weak spots: whose conversations are looked at, and who may be told of.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kexun_base::ids::Uuid;
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::Scope;
use kexun_people::staff::accounts::{self, Account, Rosters};
use kexun_people::tenants::{self, Shop, ShopId, Team, TeamId};
use kexun_stats::weak::{Policy, Verdict};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::evidence::{Agent, Evidence, Sums};
use super::funnel::{Funnel, FunnelPoint, shape, verdict_word};
use super::measures::Measure;
use super::rules::{Found, Judgement, Yardstick, judge};
use super::words::words;
use crate::conversations::facts::{Outcome, channel_of_word};
use crate::conversations::{self, ConversationRow};
use crate::editions;
use crate::kpi::rules::{Figure, Period, ShopZone, Text, Timeline, Unit};
use crate::kpi::targets::{self, Target};
use crate::kpi::zone_of;

/// Where to look for weak spots.
#[derive(Debug, Clone)]
pub struct Question {
    /// The days asked about.
    pub period: Period,
    /// In this shop only.
    pub shop: Option<ShopId>,
    /// In this team only.
    pub team: Option<TeamId>,
}

/// What was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WeakSpots {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Number of comparisons over which the rate of false entries is controlled.
    pub tested: usize,
    /// Share of `spots` that may be expected to be false.
    pub fdr: f64,
    /// What is tested, and which keys a funnel can be drawn of.
    pub measures: Vec<Tested>,
    /// The weak spots, the most certain first.
    pub spots: Vec<Spot>,
    /// What looks weak and may be chance.
    pub unclear: Vec<Spot>,
}

/// What is tested.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Tested {
    /// Key of the figure.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// `seconds` or `share`.
    pub unit: Unit,
}

/// Something with an id and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Place {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// A weak spot, or what looks like one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Spot {
    /// Key of the figure.
    pub key: String,
    /// Name of what was measured.
    pub name: Text,
    /// `seconds` or `share`: of value, estimate, low, high, peers and target.
    pub unit: Unit,
    /// The agent account.
    pub agent: Place,
    /// His shop.
    pub shop: Place,
    /// His team at that time.
    pub team: Option<Place>,
    /// His cases.
    pub n: u64,
    /// The figure, from his cases alone.
    pub value: f64,
    /// His true value, as far as the cases and his team's tell.
    pub estimate: f64,
    /// Lower end of the 95 % interval of the true value.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The others of his team; none if there are fewer than two.
    pub peers: Option<f64>,
    /// The target in force.
    pub target: Option<f64>,
    /// Which of the two the words speak of.
    pub against: Yardstick,
    /// Probability that the true value is worse than that by more than the margin, 0 to 1.
    pub certainty: f64,
    /// How many of his cases more than expected are bad.
    pub excess: f64,
    /// `weak`, `unclear` or `too_few`.
    #[schema(value_type = String)]
    pub verdict: &'static str,
    /// All this in a sentence.
    pub words: Text,
    /// Parameters of `GET /conversations` for the conversations to look at.
    pub evidence: Evident,
}

/// Parameters of `GET /conversations`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Evident {
    /// Key of the figure.
    pub key: String,
    /// The agent account.
    pub agent: Uuid,
    /// The shop.
    pub shop: Uuid,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Only those that make the figure worse.
    pub miss: bool,
}

/// Finds the weak spots of a period among those whom the scope reaches.
///
/// # Errors
/// `not_found` or `forbidden` for a shop or team; when the database refuses.
pub async fn find(ctx: &Ctx, scope: &Scope, question: &Question) -> Result<WeakSpots> {
    let study = Study::load(ctx, scope, question, None).await?;
    let judgement = study.judge()?;
    let mut spots = Vec::new();
    let mut unclear = Vec::new();
    for found in &judgement.found {
        match found.finding.verdict {
            Verdict::Weak => spots.extend(study.spot(found)),
            Verdict::Unclear => unclear.extend(study.spot(found)),
            Verdict::TooFew if found.looks_weak() => unclear.extend(study.spot(found)),
            Verdict::TooFew | Verdict::Fine => {}
        }
    }
    for list in [&mut spots, &mut unclear] {
        list.sort_by(|a, b| b.certainty.total_cmp(&a.certainty).then(b.excess.total_cmp(&a.excess)));
    }
    Ok(WeakSpots {
        from: Day::from(question.period.from()),
        to: Day::from(question.period.to()),
        tested: judgement.tested,
        fdr: Policy::default().false_discovery_rate,
        measures: study.tested(),
        spots,
        unclear,
    })
}

/// One figure of everybody whom the scope reaches, among the limits of chance.
///
/// # Errors
/// `invalid` for a key that cannot be compared case by case; as [`find`] otherwise.
pub async fn funnel(ctx: &Ctx, scope: &Scope, key: &str, question: &Question) -> Result<Funnel> {
    let measure = key.parse::<Figure>().ok().and_then(Measure::of).ok_or_else(|| {
        Error::field(
            "key",
            "cannot be drawn as a funnel; `measures` of GET /api/v1/weak-spots lists what can",
        )
    })?;
    let study = Study::load(ctx, scope, question, Some(measure)).await?;
    let judgement = study.judge()?;
    let place = study.evidence.measures().iter().position(|m| *m == measure).unwrap_or_default();
    let sums = |(agent, sums): (&Agent, &[Sums])| (*agent, sums[place]);
    let with_cases = |(_, sums): &(Agent, Sums)| sums.moments.n > 0;
    let all: Vec<(Agent, Sums)> = study.evidence.agents().map(sums).filter(with_cases).collect();
    let shape = shape(measure, &all);
    let points = shape.points.iter().filter(|(agent, ..)| study.asked(agent)).filter_map(|point| {
        let &(agent, n, value, figure) = point;
        let found = judgement.found.iter().find(|f| f.agent == agent && f.measure == measure);
        Some(FunnelPoint {
            agent: study.account(agent.account)?,
            n,
            value,
            figure,
            estimate: found.map(|f| f.finding.estimate),
            verdict: verdict_word(found.map_or(Verdict::Fine, |f| f.finding.verdict)),
        })
    });
    Ok(Funnel { key: key.to_owned(), centre: shape.centre, points: points.collect(), limits: shape.limits })
}

/// A question with all that answers it.
struct Study<'a> {
    scope: &'a Scope,
    question: &'a Question,
    shops: Vec<Shop>,
    teams: Vec<Team>,
    accounts: Vec<Account>,
    targets: Vec<Target>,
    evidence: Evidence,
}

impl<'a> Study<'a> {
    async fn load(
        ctx: &Ctx,
        scope: &'a Scope,
        question: &'a Question,
        more: Option<Measure>,
    ) -> Result<Study<'a>> {
        let tx = ctx.db().snapshot().await?;
        let targets = targets::list(&tx, scope.tenant).await?;
        let mut study = Study {
            scope,
            question,
            shops: tenants::shops(&tx, scope.tenant).await?,
            teams: tenants::teams_ever(&tx, scope.tenant).await?,
            accounts: accounts::list_all(&tx, scope.tenant).await?,
            evidence: Evidence::new(question.period, measures(&targets, more)),
            targets,
        };
        let wanted = study.wanted()?;
        study.gather(&tx, &wanted).await?;
        Ok(study)
    }

    /// The shops whose conversations are needed: those of whom is asked, whole, for the peers' sake.
    fn wanted(&self) -> Result<Vec<(ShopId, ShopZone)>> {
        let Question { shop, team, .. } = *self.question;
        let team_of = |id: TeamId| self.teams.iter().find(|t| t.id == id);
        if shop.is_some_and(|id| !self.shops.iter().any(|s| s.id == id)) {
            return Err(Error::not_found("shop"));
        }
        let asked_team = team.map(|id| team_of(id).ok_or_else(|| Error::not_found("team"))).transpose()?;
        let reach = &self.scope.reach;
        let of_teams = reach.teams.iter().filter_map(|id| team_of(*id));
        let partly: BTreeSet<ShopId> = of_teams.map(|t| t.shop).chain(reach.shops.iter().copied()).collect();
        let holds = |id: ShopId| reach.all || partly.contains(&id);
        let team_held = asked_team.is_none_or(|t| self.scope.holds_team(t.shop, t.id));
        if !team_held || shop.is_some_and(|id| !holds(id)) {
            return Err(Error::forbidden("your rights do not reach there; choose your own team or shop"));
        }
        let in_question = |s: &&Shop| {
            holds(s.id) && shop.is_none_or(|id| id == s.id) && asked_team.is_none_or(|t| t.shop == s.id)
        };
        Ok(self.shops.iter().filter(in_question).map(|s| (s.id, zone_of(s))).collect())
    }

    /// Adds the conversations of the period, a shop's day at a time, so that memory does not grow with
    /// their number.
    async fn gather(&mut self, db: &impl ConnectionTrait, shops: &[(ShopId, ShopZone)]) -> Result<()> {
        let tenant = self.scope.tenant;
        let edition = editions::published(db, tenant).await?;
        let rosters = Rosters::load(db, tenant).await?;
        let team_of = |agent: u32, day: NaiveDate| {
            let account = i32::try_from(agent).ok()?;
            rosters.team_of(account, Day::from(day)).and_then(|team| u32::try_from(team).ok())
        };
        let (first, last) = (Day::from(self.question.period.from()), Day::from(self.question.period.to()));
        let mut timeline = Timeline::default();
        for (shop, zone) in shops {
            for day in (first.0..=last.0).map(Day) {
                let rows = conversations::on_day(db, tenant, edition, *shop, day).await?;
                // One that spans several days is taken whole on its first day of the period.
                for row in rows.iter().filter(|row| row.first_day == day || day == first) {
                    let outcome = Outcome::decode(&row.outcome)?;
                    timeline.decode_from(&row.timeline).map_err(|_| damaged(row))?;
                    let customer = u32::try_from(row.customer_no).map_err(|_| damaged(row))?;
                    let input = outcome.input(&timeline, channel_of_word(&row.channel), customer, zone);
                    self.evidence.add(*shop, &input, &team_of);
                }
            }
        }
        Ok(())
    }

    fn judge(&self) -> Result<Judgement> {
        let target =
            |m: Measure, shop: ShopId| targets::in_force(&self.targets, &m.figure().to_string(), shop);
        judge(&self.evidence, &target, &|agent| self.asked(agent))
            .map_err(|e| Error::internal(format!("weak spots cannot be judged: {e}")))
    }

    /// Whether somebody is asked about, and may be told of.
    fn asked(&self, agent: &Agent) -> bool {
        let team = agent.team.and_then(|number| self.team(number));
        let held = match team {
            Some(team) => self.scope.holds_team(agent.shop, team.id),
            None => self.scope.holds_shop(agent.shop),
        };
        held && self.question.team.is_none_or(|id| team.is_some_and(|t| t.id == id))
    }

    fn team(&self, number: u32) -> Option<&Team> {
        self.teams.iter().find(|t| u32::try_from(t.number) == Ok(number))
    }

    fn account(&self, number: u32) -> Option<Place> {
        let account = self.accounts.iter().find(|a| u32::try_from(a.number) == Ok(number))?;
        Some(Place { id: account.id.0, name: account.name.clone() })
    }

    fn tested(&self) -> Vec<Tested> {
        let told = |m: &Measure| Tested { key: m.figure().to_string(), name: m.name(), unit: m.unit() };
        self.evidence.measures().iter().map(told).collect()
    }

    fn spot(&self, found: &Found) -> Option<Spot> {
        let agent = self.account(found.agent.account)?;
        let shop = self.shops.iter().find(|s| s.id == found.agent.shop)?;
        let team = found.agent.team.and_then(|number| self.team(number));
        let (against, comparison) = found.telling()?;
        let (finding, key) = (&found.finding, found.measure.figure().to_string());
        Some(Spot {
            evidence: Evident {
                key: key.clone(),
                agent: agent.id,
                shop: shop.id.0,
                from: Day::from(self.question.period.from()),
                to: Day::from(self.question.period.to()),
                miss: true,
            },
            key,
            name: found.measure.name(),
            unit: found.measure.unit(),
            agent,
            shop: Place { id: shop.id.0, name: shop.name.clone() },
            team: team.map(|t| Place { id: t.id.0, name: t.name.clone() }),
            n: finding.n,
            value: finding.value,
            estimate: finding.estimate,
            low: finding.interval.0,
            high: finding.interval.1,
            peers: finding.peers.map(|c| c.reference),
            target: finding.target.map(|c| c.reference),
            against,
            certainty: comparison.certainty,
            excess: comparison.excess,
            verdict: verdict_word(finding.verdict),
            words: words(found),
        })
    }
}

/// What is tested: always the same, and whatever else has a target.
fn measures(targets: &[Target], more: Option<Measure>) -> Vec<Measure> {
    let set = targets.iter().filter(|t| t.target.is_some());
    let with_target = set.filter_map(|t| t.key.parse::<Figure>().ok()).filter_map(Measure::of);
    let mut measures = Measure::ALWAYS.to_vec();
    for measure in with_target.chain(more) {
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    measures
}

fn damaged(row: &ConversationRow) -> Error {
    Error::internal(format!("conversation {} is damaged: run `kexun check`", row.id))
}
