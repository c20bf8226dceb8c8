//! The home page: what to do now, how it stands, what is new. This wing knows its own lines; upper
//! wings add theirs through [`crate::additions::Additions`].

mod api;

use kexun_base::http::PageRequest;
use kexun_base::time::Day;
use kexun_base::{Ctx, Result, jobs};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::notices;
use crate::rights::{Caller, Right};
use crate::staff::accounts;
use crate::text::Param;

pub(crate) use api::router;

/// Notices that the home page shows.
const NEW: u64 = 5;

/// A line of the home page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HomeLine {
    /// What it is about; the web has the words.
    pub kind: String,
    /// Texts and numbers for the words.
    #[schema(value_type = HashMap<String, Param>)]
    pub params: Value,
    /// Where it leads.
    pub link: Option<String>,
}

/// A figure of the home page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HomeFigure {
    /// Which figure.
    pub key: String,
    /// Its value in the present period; none: nothing to count.
    pub value: Option<f64>,
    /// Its denominator.
    pub n: Option<u64>,
    /// Its value in the period before.
    pub previous: Option<f64>,
    /// What it should be.
    pub target: Option<f64>,
}

/// The seven days that the figures of the home page are of, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HomeWeek {
    /// The first.
    #[schema(value_type = String, format = Date)]
    pub from: Day,
    /// The last.
    #[schema(value_type = String, format = Date)]
    pub to: Day,
    /// Whether one's own place is several shops or teams, whose figures do not add up: the page shows none then.
    pub several: bool,
}

/// The home page.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Home {
    /// The days that the figures are of: the last seven full ones, or where the record ends earlier, the
    /// seven that end with it. None: there is no record, or it is not the reader's to see.
    pub week: Option<HomeWeek>,
    /// What to do now.
    pub now: Vec<HomeLine>,
    /// How it stands.
    pub stands: Vec<HomeFigure>,
    /// What is new.
    pub new: Vec<HomeLine>,
}

impl Home {
    /// Puts another part behind this one.
    pub fn add(&mut self, other: Home) {
        self.week = self.week.or(other.week);
        self.now.extend(other.now);
        self.stands.extend(other.stands);
        self.new.extend(other.new);
    }
}

/// This wing's part of somebody's home page.
async fn own_part(ctx: &Ctx, caller: &Caller) -> Result<Home> {
    let db = ctx.db().read();
    let mut home = Home::default();
    if caller.whole(Right::JobRead).is_ok() {
        let page = PageRequest { cursor: None, limit: Some(100) };
        let dead = jobs::list(db, caller.tenant.0, Some("dead"), &page).await?.items.len();
        home.now.extend(line(dead, "jobs_dead", "/jobs?state=dead"));
    }
    if caller.whole(Right::StaffWrite).is_ok() {
        let loose = accounts::list_all(db, caller.tenant).await?;
        let loose = loose.iter().filter(|a| a.staff_id.is_none()).count();
        home.now.extend(line(loose, "accounts_unlinked", "/accounts?linked=false"));
    }
    if caller.may(Right::NoticeRead) {
        for notice in notices::latest(db, caller.tenant, caller.person, NEW).await? {
            let params = serde_json::from_str(&notice.params)?;
            home.new.push(HomeLine { kind: notice.kind, params, link: notice.link });
        }
    }
    Ok(home)
}

fn line(count: usize, kind: &str, link: &str) -> Option<HomeLine> {
    let line = HomeLine { kind: kind.into(), params: json!({ "count": count }), link: Some(link.into()) };
    (count > 0).then_some(line)
}
