//! What plans add to the home page.

use kexun_base::{Ctx, Result};
use kexun_people::home::{Home, HomeLine};
use kexun_people::rights::{Caller, Right};
use serde_json::json;

use super::{PlanState, store};

/// This room's part of somebody's home page: plans that wait for his decision, and his own that came back.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let db = ctx.db().read();
    let mut home = Home::default();
    if let Ok(scope) = caller.scope(Right::PlanApprove) {
        let mut waiting = 0;
        for plan in store::standing(db, caller.tenant, PlanState::Submitted).await? {
            let newest = store::version(db, caller.tenant, plan.id, plan.number).await?;
            let mine = newest.submitted_by == Some(caller.person);
            waiting += u64::from(scope.holds(plan.shop_id, plan.team_id) && !mine);
        }
        home.now.extend(line(waiting, "plans_to_approve", "/plans?state=submitted"));
    }
    if caller.may(Right::PlanWrite) {
        let returned = store::standing(db, caller.tenant, PlanState::Returned).await?;
        let mine = returned.iter().filter(|p| p.made_by.is_some() && p.made_by == caller.staff).count();
        home.now.extend(line(mine as u64, "plans_returned", "/plans?state=returned"));
    }
    Ok(home)
}

fn line(count: u64, kind: &str, link: &str) -> Option<HomeLine> {
    let line = HomeLine { kind: kind.into(), params: json!({ "count": count }), link: Some(link.into()) };
    (count > 0).then_some(line)
}
