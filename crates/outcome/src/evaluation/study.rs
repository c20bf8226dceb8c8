//! The study of one training by one figure: from the events and the daily partial results to an
//! [`Outcome`].

use std::collections::{BTreeMap, BTreeSet};

use kexun_base::{Ctx, Error, Result};
use kexun_people::staff::StaffId;
use kexun_people::tenants::{self, TenantId};
use kexun_service::kpi::rules::Figure;
use kexun_stats::effects::{Design, NotEnough, Observation, Options, difference_in_differences};
use sea_orm::ConnectionTrait;

use super::compare::Everybody;
use super::outcome::{
    ComparedWith, Effect, EffectLack, EffectVerdict, Lacking, LeftOut, Outcome, People, Since, Table, Trend,
    Week,
};
use super::rules::{Evidence, Presence, Row, Weeks, Windows, together};
use super::trained::{self, Days, Subject, Training};
use super::words::verdict;

/// So many people to compare with are looked for before the net is cast wider.
const ENOUGH: u64 = 5;

/// What is asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub subject: Subject,
    pub figure: Figure,
    /// Weeks before the first training, and after the last.
    pub weeks: (i32, i32),
    /// Who compares; none: the nearest of whom there are enough.
    pub comparison: Option<ComparedWith>,
    /// Those named by hand.
    pub named: Vec<StaffId>,
    /// Everybody who was to take part counts as trained, whether he came or not.
    pub invited: bool,
}

/// What was found, of whom.
#[derive(Debug)]
pub(super) struct Studied {
    pub title: String,
    pub trained: BTreeSet<StaffId>,
    pub outcome: Outcome,
}

/// Who compares with the trained, and the rows of all.
struct Panel {
    comparison: ComparedWith,
    rows: Vec<Row>,
    trained: People,
    controls: People,
    taught_elsewhere: u64,
    windows: Windows,
}

/// Studies the trained among `reach` (none: all of them).
///
/// # Errors
/// `not_found` when there is no such training or it taught nobody within reach; `conflict` when it taught
/// nobody yet.
pub(super) async fn study(
    ctx: &Ctx,
    tenant: TenantId,
    asked: &Asked,
    reach: Option<&BTreeSet<StaffId>>,
) -> Result<Studied> {
    let db = ctx.db().snapshot().await?;
    let everybody = Everybody::load(&db, tenant).await?;
    let found = trained::training(&db, tenant, asked.subject, &everybody.zones()).await?;
    let training = found.ok_or_else(|| Error::not_found(asked.subject.kind.word()))?;
    let all = if asked.invited { &training.invited } else { &training.trained };
    let mut within = all.clone();
    within.retain(|staff, _| reach.is_none_or(|reach| reach.contains(staff)));
    let beyond_reach = (all.len() - within.len()) as u64;
    let (Some(first_day), Some(last_day)) = (within.values().min(), within.values().max()) else {
        return Err(taught_nobody(asked, reach.is_some()));
    };
    let (first_day, last_day) = (*first_day, *last_day);
    let mut weeks = Weeks::around((first_day, last_day), asked.weeks.0, asked.weeks.1);
    let evidence = evidence(&weeks, &training, &within);
    weeks.first = Windows::widest(&weeks, asked.weeks, &evidence).first().unwrap_or(weeks.first);
    let about = (&training, &within, &evidence);
    let panel = Panel::choose(&db, tenant, &everybody, asked, about, &weeks).await?;
    panel.windows.check(panel.rows.len() as u64)?;
    let figure = asked.figure;
    // Seconds of arithmetic where many were trained on many days: others are answered meanwhile.
    let found = tokio::task::spawn_blocking(move || panel.outcome(figure, &weeks)).await;
    let found = found.map_err(|error| Error::internal(format!("the evaluation broke off: {error}")))?;
    let outcome = Outcome { first_day, last_day, beyond_reach, ..found };
    Ok(Studied { title: training.title, trained: within.into_keys().collect(), outcome })
}

/// By which days those were chosen who were trained within the same week.
fn evidence(weeks: &Weeks, training: &Training, trained: &Days) -> Evidence {
    let mut evidence = Evidence::new();
    for (staff, day) in trained {
        let known = training.evidence.get(staff).into_iter().flatten();
        evidence.entry(weeks.after(*day)).or_default().extend(known);
    }
    evidence
}

fn taught_nobody(asked: &Asked, partly: bool) -> Error {
    if partly {
        return Error::not_found(asked.subject.kind.word());
    }
    Error::conflict(
        "nobody took part in it yet; evaluate it once attendance is closed or the course completed",
    )
}

impl Panel {
    async fn choose(
        db: &impl ConnectionTrait,
        tenant: TenantId,
        everybody: &Everybody,
        asked: &Asked,
        (training, trained, evidence): (&Training, &Days, &Evidence),
        weeks: &Weeks,
    ) -> Result<Panel> {
        let (from, to) = weeks.all_days();
        let time = (from.begins(tenants::DEFAULT_ZONE), to.plus(2).begins(tenants::DEFAULT_ZONE));
        let elsewhere = trained::taught_meanwhile(db, tenant, &training.competences, time).await?;
        let widening = [ComparedWith::Team, ComparedWith::Shop, ComparedWith::Organisation];
        let levels = asked.comparison.as_ref().map_or(&widening[..], std::slice::from_ref);
        let mut chosen = None;
        for comparison in levels {
            let comparable = everybody.comparable(*comparison, trained, &asked.named);
            // Trained beyond the maker's reach: taught the same, so no yardstick either.
            let taught = |staff: &&StaffId| elsewhere.contains(staff) || training.trained.contains_key(staff);
            let controls: BTreeSet<StaffId> = comparable.iter().filter(|s| !taught(s)).copied().collect();
            let rows = everybody.rows(db, trained, &controls, asked.figure, weeks).await?;
            let windows = Windows::of(weeks, asked.weeks, evidence, &rows);
            let panel = Panel {
                comparison: *comparison,
                trained: everybody.count(rows.iter().filter(|row| row.from.is_some()), &windows),
                controls: everybody.count(rows.iter().filter(|row| row.from.is_none()), &windows),
                taught_elsewhere: (comparable.len() - controls.len()) as u64,
                rows,
                windows,
            };
            let enough = panel.controls.counted >= ENOUGH;
            chosen = Some(panel);
            if enough {
                break;
            }
        }
        chosen.ok_or_else(|| Error::internal("no comparison was tried"))
    }

    fn outcome(&self, figure: Figure, weeks: &Weeks) -> Outcome {
        let mut outcome = Outcome {
            verdict: EffectVerdict::NotEnough,
            estimate: None,
            lacking: None,
            trend: None,
            first_day: weeks.anchor,
            last_day: weeks.anchor,
            comparison: self.comparison,
            trained: self.trained,
            controls: self.controls,
            beyond_reach: 0,
            taught_elsewhere: self.taught_elsewhere,
            left_out: self.windows.left_out().map(|(first, last, count)| LeftOut {
                from: weeks.days(first).0,
                to: weeks.days(last).1,
                weeks: count,
                short: self.windows.short,
            }),
            table: self.table(),
            weeks: (weeks.first..=weeks.last).map(|week| self.week(week, weeks)).collect(),
            since: Vec::new(),
        };
        let (observations, design) = self.observations();
        match difference_in_differences(&observations, &design, &Options::default()) {
            Ok(found) => {
                let effect = Effect {
                    effect: found.effect,
                    se: found.se,
                    dof: found.dof,
                    low: found.lower,
                    high: found.upper,
                    p: found.p,
                };
                outcome.verdict = verdict(&effect, figure.definition().better);
                outcome.estimate = Some(effect);
                outcome.trend = found.trend.map(|t| Trend {
                    slope: t.slope_difference,
                    low: t.lower,
                    high: t.upper,
                    p: t.p,
                    differs: t.lower > 0.0 || t.upper < 0.0,
                });
                let since = found.by_time.iter().map(|point| Since {
                    week: point.relative,
                    effect: point.effect.value,
                    low: point.effect.lower,
                    high: point.effect.upper,
                    people: point.trained_units as u64,
                });
                outcome.since = since.collect();
            }
            Err(lack) => outcome.lacking = Some(lacking(lack)),
        }
        outcome
    }

    fn observations(&self) -> (Vec<Observation>, Design) {
        let mut observations = Vec::new();
        let mut treated_from = BTreeMap::new();
        for (unit, row) in (0..).zip(&self.rows) {
            treated_from.extend(row.from.map(|from| (unit, from)));
            observations.extend(row.weeks.iter().map(|(week, measured)| Observation {
                unit,
                period: *week,
                value: measured.value,
                weight: measured.n as f64,
            }));
        }
        (observations, Design { treated_from, windows: self.windows.by_start.clone() })
    }

    /// Those of a group who count: who was there before only, or after only, would move the means by
    /// coming or going. While nothing has come after yet, all of them.
    fn group(&self, trained: bool) -> impl Iterator<Item = &Row> {
        let of_group = move |row: &&Row| row.from.is_some() == trained;
        let seen_after = |row: &Row| row.side(&self.windows, true).next().is_some();
        let waits = !self.rows.iter().filter(of_group).any(seen_after);
        let counts = move |row: &&Row| waits || row.presence(&self.windows) == Presence::Both;
        self.rows.iter().filter(of_group).filter(counts)
    }

    fn week(&self, week: i32, weeks: &Weeks) -> Week {
        let (from, to) = weeks.days(week);
        let group = |trained| together(self.group(trained), |row| row.in_week(&self.windows, week));
        Week { week, from, to, trained: group(true), controls: group(false) }
    }

    fn table(&self) -> Table {
        let side = |trained, after| together(self.group(trained), |row| row.side(&self.windows, after));
        Table {
            trained_before: side(true, false),
            trained_after: side(true, true),
            controls_before: side(false, false),
            controls_after: side(false, true),
        }
    }
}

fn lacking(reason: NotEnough) -> Lacking {
    let lack = |what, found: f64, needed: f64| Lacking { what, found, needed };
    match reason {
        NotEnough::NoBefore => lack(EffectLack::Before, 0.0, 1.0),
        NotEnough::NoAfter => lack(EffectLack::After, 0.0, 1.0),
        NotEnough::TooFewTrained { n, needed } => lack(EffectLack::Trained, n as f64, needed as f64),
        NotEnough::TooFewControls { n, needed } => lack(EffectLack::Controls, n as f64, needed as f64),
        NotEnough::TooFewCases { cases, needed } => lack(EffectLack::Cases, cases, needed),
        NotEnough::NoScatter => lack(EffectLack::Scatter, 0.0, 1.0),
        NotEnough::NothingInCommon => lack(EffectLack::Common, 0.0, 1.0),
        NotEnough::TooUneven { dof, needed } => lack(EffectLack::Spread, dof, needed),
    }
}
