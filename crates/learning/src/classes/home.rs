//! What classes add to the home page: those that come soon, with the way to sign in, and those that one
//! is to say something about.

use kexun_base::{Ctx, Result};
use kexun_people::home::{Home, HomeLine};
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::StaffId;
use serde_json::json;

use super::calendar::when;
use super::entity::class::Model;
use super::{ClassState, attendance, feedback, participants, store};

/// Seconds before its beginning from which a class comes soon.
const SOON_S: i64 = 36 * 3600;
/// Lines of each kind.
const MOST: usize = 5;

/// This room's part of somebody's home page.
pub(crate) async fn part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let mut home = Home::default();
    let Some(own) = caller.staff.filter(|_| caller.may(Right::ClassRead)) else { return Ok(home) };
    home.now.extend(soon(ctx, caller, own).await?);
    home.now.extend(feedback_due(ctx, caller, own).await?);
    Ok(home)
}

async fn soon(ctx: &Ctx, caller: &Caller, own: StaffId) -> Result<Vec<HomeLine>> {
    let (db, now) = (ctx.db().read(), ctx.now());
    let wanted = store::Wanted {
        concerning: Some(store::Concerning { lecturer: Some(own), arranged_by: None, staff: &[own] }),
        states: &[ClassState::Announced],
        after: Some(now),
        before: Some(now.plus_seconds(SOON_S)),
        title: None,
    };
    let classes = store::next(db, caller.tenant, &wanted, MOST as u64).await?;
    let mut lines = Vec::new();
    for class in classes {
        let teaches = class.lecturer == own;
        let signed_in =
            !teaches && { participants::one(db, caller.tenant, class.id, own).await?.signed_in_at.is_some() };
        let open = attendance::is_open(&class, now);
        let (kind, page) = match (open, teaches) {
            (true, true) => ("class_screen", "/screen"),
            (true, false) if !signed_in => ("class_sign_in", "/sign-in"),
            _ => ("class_soon", ""),
        };
        lines.push(line(kind, &class, page));
    }
    Ok(lines)
}

async fn feedback_due(ctx: &Ctx, caller: &Caller, own: StaffId) -> Result<Vec<HomeLine>> {
    let (db, now) = (ctx.db().read(), ctx.now());
    let wanted = store::Wanted {
        concerning: Some(store::Concerning { staff: &[own], ..store::Concerning::default() }),
        states: &[ClassState::Ended],
        // A class is ended at the latest some hours after its end.
        after: Some(now.plus_seconds(-(feedback::DAYS + 1) * 24 * 3600)),
        ..store::Wanted::default()
    };
    let classes = store::next(db, caller.tenant, &wanted, 50).await?;
    let ids: Vec<_> = classes.iter().map(|c| c.id).collect();
    let said = feedback::store::said(db, caller.tenant, own, &ids).await?;
    let mut all = participants::of_classes(db, caller.tenant, ids).await?;
    let mut is_due = |class: &Model| {
        let part = all.remove(&class.id).unwrap_or_default().into_iter().find(|p| p.staff_id == own);
        let asked = part.is_some_and(|p| feedback::is_due(class, p.status, now));
        asked && !said.contains(&class.id)
    };
    let due = classes.iter().filter(|class| is_due(class)).take(MOST);
    Ok(due.map(|class| line("feedback_due", class, "")).collect())
}

fn line(kind: &str, class: &Model, page: &str) -> HomeLine {
    let params = json!({ "title": class.title, "starts": when(class) });
    HomeLine { kind: kind.into(), params, link: Some(format!("/classes/{}{page}", class.id)) }
}
