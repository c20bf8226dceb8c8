//! The line of the home page: courses that one should complete soon.

use kexun_base::{Ctx, Result};
use kexun_people::home::{Home, HomeLine};
use kexun_people::rights::Caller;
use kexun_people::tenants;
use serde_json::json;

use super::store;
use crate::courses::store as courses;

/// So many days ahead a course is due soon.
const SOON: i32 = 7;

/// This room's part of somebody's home page.
///
/// # Errors
/// When the database refuses.
pub async fn part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let mut home = Home::default();
    let Some(staff) = caller.staff else { return Ok(home) };
    let db = ctx.db().read();
    let today = tenants::today(ctx, db, caller.tenant, None).await?;
    let mut due = store::of_staff(db, caller.tenant, staff).await?;
    due.retain(|row| row.completed_at.is_none() && row.due.is_some_and(|due| due <= today.plus(SOON)));
    if due.is_empty() {
        return Ok(home);
    }
    let offered = courses::published(db, caller.tenant, due.iter().map(|row| row.course_id)).await?;
    let count = due.iter().filter(|row| offered.contains(&row.course_id)).count();
    if count > 0 {
        let params = json!({ "count": count });
        home.now.push(HomeLine { kind: "courses_due".into(), params, link: Some("/learn".into()) });
    }
    Ok(home)
}
