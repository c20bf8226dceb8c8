//! What exams add to the home page: what is to be sat, and what is to be marked.

use kexun_base::{Ctx, Result};
use kexun_people::home::{Home, HomeLine};
use kexun_people::rights::{Caller, Right};
use serde_json::json;

use super::rules::ExamStanding;
use super::{sittings, store};

/// This room's part of somebody's home page.
pub(super) async fn part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let mut home = Home::default();
    home.now.extend(due(ctx, caller).await?);
    home.now.extend(to_mark(ctx, caller).await?);
    Ok(home)
}

/// Exams that are open and that he has not passed.
async fn due(ctx: &Ctx, caller: &Caller) -> Result<Option<HomeLine>> {
    let Some(staff) = caller.staff.filter(|_| caller.may(Right::ExamSit)) else { return Ok(None) };
    let (db, tenant, now) = (ctx.db().read(), caller.tenant, ctx.now());
    let own = store::candidacies(db, tenant, &[staff]).await?;
    let open: Vec<_> = own.iter().filter(|c| c.settled_at.is_none()).map(|c| c.exam_id).collect();
    let waits = sittings::of_candidates(db, tenant, &open).await?;
    let exams = store::exams(db, tenant, &open).await?;
    let mut due = Vec::new();
    for exam in &exams {
        let Some(row) = own.iter().find(|c| c.exam_id == exam.id) else { continue };
        let standing = exam.case(row, waits.get(&(exam.id, staff)).copied()).standing(now);
        if matches!(standing, ExamStanding::Open | ExamStanding::Sitting) {
            due.push(exam);
        }
    }
    let link = match due.as_slice() {
        [] => return Ok(None),
        [one] => format!("/exams/{}", one.id),
        _ => "/exams".to_owned(),
    };
    let params = json!({ "count": due.len(), "title": due[0].title });
    Ok(Some(HomeLine { kind: "exams_due".into(), params, link: Some(link) }))
}

/// Attempts that wait for his marks.
async fn to_mark(ctx: &Ctx, caller: &Caller) -> Result<Option<HomeLine>> {
    let Ok(scope) = caller.scope(Right::ExamMark) else { return Ok(None) };
    if !scope.reach.all && caller.staff.is_none() {
        return Ok(None);
    }
    let db = ctx.db().read();
    let maker = if scope.reach.all { None } else { caller.staff };
    let exams = store::made_by(db, scope.tenant, maker).await?;
    let waiting = sittings::waiting(db, scope.tenant, &exams, caller.staff).await?;
    let link = match waiting.keys().collect::<Vec<_>>().as_slice() {
        [] => return Ok(None),
        [one] => format!("/exams/{one}/marking"),
        _ => "/exams".to_owned(),
    };
    let params = json!({ "count": waiting.values().sum::<u64>() });
    Ok(Some(HomeLine { kind: "attempts_to_mark".into(), params, link: Some(link) }))
}
