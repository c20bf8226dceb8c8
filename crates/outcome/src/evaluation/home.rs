//! This room's line of the home page: classes that can be judged by now and that nobody judged.

use std::collections::BTreeSet;

use kexun_base::ids::Uuid;
use kexun_base::{Ctx, Result};
use kexun_people::home::{Home, HomeLine};
use kexun_people::rights::{Caller, Right};
use serde_json::json;

use super::service::Sight;
use super::{store, trained};

/// Days after which a class can be judged: four weeks and the day that they begin after.
const RIPE_DAYS: i64 = 29;

/// Days after which nobody is reminded any more.
const STALE_DAYS: i64 = 90;

const DAY_S: i64 = 86_400;

/// How many classes of somebody's people wait for an evaluation.
pub(crate) async fn part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let mut home = Home::default();
    if !caller.may(Right::EvaluationWrite) {
        return Ok(home);
    }
    let db = ctx.db().read();
    let sight = Sight::of(ctx, caller).await?;
    let time = (ctx.now().plus_seconds(-STALE_DAYS * DAY_S), ctx.now().plus_seconds(-RIPE_DAYS * DAY_S));
    let held = trained::classes_held(db, sight.tenant, time).await?;
    let mine =
        |(_, staff): &(&Uuid, &BTreeSet<_>)| sight.people.as_ref().is_none_or(|p| !p.is_disjoint(staff));
    let classes: Vec<Uuid> = held.iter().filter(mine).map(|(class, _)| *class).collect();
    let judged = store::judged(db, sight.tenant, &classes).await?;
    let waiting: Vec<&Uuid> = classes.iter().filter(|class| !judged.contains(class)).collect();
    if let Some(first) = waiting.first() {
        home.now.push(HomeLine {
            kind: "evaluations_ready".into(),
            params: json!({ "count": waiting.len() }),
            link: Some(format!("/evaluations?new=1&kind=class&id={first}")),
        });
    }
    Ok(home)
}
