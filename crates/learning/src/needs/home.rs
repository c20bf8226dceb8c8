//! What needs and tasks add to the home page.

use kexun_base::{Ctx, Result};
use kexun_people::home::{Home, HomeLine};
use kexun_people::rights::{Caller, Right};
use serde_json::json;

use super::{NeedState, store};

/// This room's part of somebody's home page.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let db = ctx.db().read();
    let mut home = Home::default();
    if let Some(own) = caller.staff {
        let open = store::open_tasks(db, caller.tenant, own).await?;
        home.now.extend(line(open, "tasks_open", "/tasks?state=open&mine=true"));
    }
    if let Ok(mut scope) = caller.scope(Right::NeedWrite) {
        // What one reported oneself elsewhere is for others to sort.
        scope.reach.own = None;
        let reported = store::count(db, &scope, NeedState::Reported).await?;
        home.now.extend(line(reported, "needs_to_sort", "/needs?state=reported"));
        if scope.reach.all {
            let forwarded = store::count(db, &scope, NeedState::Forwarded).await?;
            home.now.extend(line(forwarded, "needs_to_plan", "/needs?state=forwarded"));
        }
    }
    Ok(home)
}

fn line(count: u64, kind: &str, link: &str) -> Option<HomeLine> {
    let line = HomeLine { kind: kind.into(), params: json!({ "count": count }), link: Some(link.into()) };
    (count > 0).then_some(line)
}
