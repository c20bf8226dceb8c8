//! Classes as somebody sees them.

use std::collections::{BTreeSet, HashMap};

use kexun_base::http::{Page, PageRequest};
use kexun_base::ids::Uuid;
use kexun_base::time::Micros;
use kexun_base::{Code, Ctx, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::Caller;
use kexun_people::staff::{self, Audience, Member, StaffId};
use kexun_people::tenants::{ShopId, TeamId};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::entity::{class, participant};
use super::exams::{self, ClassExam};
use super::places::{self, PlaceId};
use super::sight::{Seen, Sight};
use super::{Attendance, ClassId, ClassState, LeaveState, attendance, feedback, participants, report, store};
use crate::{courses, plans};

/// Which classes to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ClassFilter {
    /// Part of the title.
    pub q: Option<String>,
    /// Only those that I take part in.
    pub mine: Option<bool>,
    /// Only those that I teach.
    pub teaching: Option<bool>,
    /// In this state.
    #[param(inline)]
    pub state: Option<ClassState>,
    /// Which end after this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    pub after: Option<Micros>,
    /// Which begin before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    pub before: Option<Micros>,
}

/// Something by id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct ClassRef {
    /// Its id.
    id: Uuid,
    /// Its name.
    name: String,
}

/// How many stand how.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassCounts {
    /// How many take part.
    people: usize,
    /// Of whom nothing is known yet.
    invited: usize,
    /// Who came in time.
    present: usize,
    /// Who came late.
    late: usize,
    /// Who were excused.
    leave: usize,
    /// Who did not come.
    absent: usize,
}

/// How I stand in a class.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClassMyPart)]
pub(super) struct MyPart {
    /// Whether I came.
    status: Attendance,
    /// When I signed in.
    #[schema(value_type = Option<String>, format = DateTime)]
    signed_in_at: Option<Micros>,
    /// How my application for leave stands.
    leave_state: Option<LeaveState>,
    /// Whether I can sign in now, and have not.
    sign_in: bool,
    /// Whether I am to say what I thought of it, and have not.
    feedback_due: bool,
}

/// A class.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassItem {
    /// Its id.
    id: ClassId,
    /// What it is called.
    title: String,
    /// What it teaches.
    competence: Competence,
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    starts_at: Micros,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    ends_at: Micros,
    /// The zone that its times are told in.
    zone: String,
    /// Name of the room.
    place: Option<String>,
    /// Where it can be attended from afar.
    online_url: Option<String>,
    /// Who teaches.
    lecturer: ClassRef,
    /// How many may take part; none: as many as like.
    seats: Option<i32>,
    /// How far it has come.
    state: ClassState,
    /// How many of those whom I see stand how; none: I see only myself.
    counts: Option<ClassCounts>,
    /// How I stand in it; none: I take no part.
    mine: Option<MyPart>,
    /// Whether I teach it.
    teaching: bool,
    /// Whether it is in my hands, as far as my rights go.
    in_hands: bool,
    /// Send it back with a change.
    version: i32,
}

/// Somebody who takes part in a class.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassParticipant {
    /// Which member.
    id: StaffId,
    /// His name.
    name: String,
    /// His shop.
    shop_id: Option<ShopId>,
    /// His team.
    team_id: Option<TeamId>,
    /// Whether he came.
    status: Attendance,
    /// When he signed in.
    #[schema(value_type = Option<String>, format = DateTime)]
    signed_in_at: Option<Micros>,
    /// Why the status was set by hand.
    reason: Option<String>,
    /// How his application for leave stands.
    leave_state: Option<LeaveState>,
    /// Why he asked for leave.
    leave_reason: Option<String>,
    /// Send it back with a change.
    version: i32,
}

/// A class with who takes part.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClassDetail {
    /// The class.
    #[serde(flatten)]
    item: ClassItem,
    /// What it is about.
    description: Option<String>,
    /// Minutes after its beginning from which one is late.
    late_after_min: i32,
    /// The course that it is held on.
    course: Option<ClassRef>,
    /// The plan item that it comes of.
    plan_item: Option<ClassRef>,
    /// Whom it was meant for, as it was chosen; none where it is not in my hands.
    audience: Option<Audience>,
    /// When signing in begins.
    #[schema(value_type = String, format = DateTime)]
    sign_in_from: Micros,
    /// When it was settled who came.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Micros>,
    /// Why it does not take place.
    cancel_reason: Option<String>,
    /// Who takes part, as far as I see them, by account.
    participants: Vec<ClassParticipant>,
    /// The exams that came of it; where I see only myself, those that concern me.
    exams: Vec<ClassExam>,
}

/// Names that several classes need.
struct Names {
    places: HashMap<PlaceId, String>,
    members: HashMap<StaffId, Member>,
    said: BTreeSet<ClassId>,
}

impl Names {
    async fn load(
        db: &impl ConnectionTrait,
        sight: &Sight,
        classes: &[class::Model],
        more: impl Iterator<Item = StaffId>,
    ) -> Result<Names> {
        let ids: BTreeSet<StaffId> = classes.iter().map(|c| c.lecturer).chain(more).collect();
        let members = staff::some(db, sight.tenant, &ids.into_iter().collect::<Vec<_>>()).await?;
        let classes: Vec<ClassId> = classes.iter().map(|c| c.id).collect();
        let said = match sight.own {
            Some(own) => feedback::store::said(db, sight.tenant, own, &classes).await?,
            None => BTreeSet::new(),
        };
        Ok(Names {
            places: places::names(db, sight.tenant).await?,
            members: members.into_iter().map(|m| (m.id, m)).collect(),
            said,
        })
    }

    fn member(&self, id: StaffId) -> ClassRef {
        let name = self.members.get(&id).map(|m| m.name.clone()).unwrap_or_default();
        ClassRef { id: id.0, name }
    }
}

fn item(class: &class::Model, seen: &Seen, sight: &Sight, names: &Names, now: Micros) -> ClassItem {
    let mine = seen.people.iter().find(|p| Some(p.staff_id) == sight.own);
    let people = &seen.people;
    let counts = ClassCounts {
        people: people.len(),
        invited: report::count(people, Attendance::Invited),
        present: report::count(people, Attendance::Present),
        late: report::count(people, Attendance::Late),
        leave: report::count(people, Attendance::Leave),
        absent: report::count(people, Attendance::Absent),
    };
    ClassItem {
        id: class.id,
        title: class.title.clone(),
        competence: class.competence,
        starts_at: class.starts_at,
        ends_at: class.ends_at,
        zone: class.zone.clone(),
        place: class.place_id.and_then(|id| names.places.get(&id).cloned()),
        online_url: class.online_url.clone(),
        lecturer: names.member(class.lecturer),
        seats: class.seats,
        state: class.state,
        counts: seen.beyond_own.then_some(counts),
        mine: mine.map(|p| MyPart {
            status: p.status,
            signed_in_at: p.signed_in_at,
            leave_state: p.leave_state,
            sign_in: p.signed_in_at.is_none() && attendance::is_open(class, now),
            feedback_due: feedback::is_due(class, p.status, now) && !names.said.contains(&class.id),
        }),
        teaching: sight.own == Some(class.lecturer),
        in_hands: seen.hands,
        version: class.version,
    }
}

/// Classes that somebody sees, the latest first.
pub(super) async fn list(
    ctx: &Ctx,
    caller: &Caller,
    filter: &ClassFilter,
    page: &PageRequest,
) -> Result<Page<ClassItem>> {
    let db = ctx.db().read();
    let sight = Sight::of(db, caller).await?;
    let own: Vec<StaffId> = sight.own.into_iter().collect();
    let people = sight.people();
    let concerning = match (filter.mine.unwrap_or(false), filter.teaching.unwrap_or(false)) {
        (false, false) => sight.concerning(&people),
        (mine, teaching) => Some(store::Concerning {
            staff: if mine { &own } else { &[] },
            lecturer: sight.own.filter(|_| teaching),
            arranged_by: None,
        }),
    };
    let states: Vec<ClassState> = filter.state.into_iter().collect();
    let wanted = store::Wanted {
        concerning,
        states: &states,
        after: filter.after,
        before: filter.before,
        title: filter.q.as_deref(),
    };
    let Page { items: rows, next } = store::page(db, sight.tenant, &wanted, page).await?;
    let mut all = participants::of_classes(db, sight.tenant, rows.iter().map(|c| c.id)).await?;
    let names = Names::load(db, &sight, &rows, std::iter::empty()).await?;
    let now = ctx.now();
    let shown = |class: class::Model| {
        let seen = sight.seen(&class, all.remove(&class.id).unwrap_or_default())?;
        Some(item(&class, &seen, &sight, &names, now))
    };
    Ok(Page { items: rows.into_iter().filter_map(shown).collect(), next })
}

/// A class that somebody sees.
pub(super) async fn detail(ctx: &Ctx, caller: &Caller, id: ClassId) -> Result<ClassDetail> {
    let db = ctx.db().read();
    let sight = Sight::of(db, caller).await?;
    let (class, seen) = sight.class(db, id).await?;
    let ids = seen.people.iter().map(|p| p.staff_id);
    let names = Names::load(db, &sight, std::slice::from_ref(&class), ids).await?;
    let (course, plan_item) = origin(db, &class).await?;
    let audience = match seen.hands {
        true => Some(serde_json::from_str(&class.audience)?),
        false => None,
    };
    let item = item(&class, &seen, &sight, &names, ctx.now());
    let exams = exams::of_class(db, sight.tenant, id, (seen.beyond_own, sight.own)).await?;
    let mut people = seen.people;
    people.sort_by_key(|p| names.members.get(&p.staff_id).map(|m| m.account.clone()));
    Ok(ClassDetail {
        item,
        description: class.description,
        late_after_min: class.late_after_min,
        course,
        plan_item,
        audience,
        sign_in_from: attendance::opens_at(class.starts_at),
        closed_at: class.closed_at,
        cancel_reason: class.cancel_reason,
        participants: people.into_iter().map(|p| participant(p, &names)).collect(),
        exams,
    })
}

fn participant(row: participant::Model, names: &Names) -> ClassParticipant {
    let member = names.members.get(&row.staff_id);
    ClassParticipant {
        id: row.staff_id,
        name: member.map(|m| m.name.clone()).unwrap_or_default(),
        shop_id: member.and_then(|m| m.shop),
        team_id: member.and_then(|m| m.team),
        status: row.status,
        signed_in_at: row.signed_in_at,
        reason: row.reason,
        leave_state: row.leave_state,
        leave_reason: row.leave_reason,
        version: row.version,
    }
}

/// What a class comes of. A course that was taken back, or a plan that is being revised, is not shown.
async fn origin(
    db: &impl ConnectionTrait,
    class: &class::Model,
) -> Result<(Option<ClassRef>, Option<ClassRef>)> {
    let course = match class.of_course {
        Some(id) => there(courses::head(db, class.tenant_id, id).await)?,
        None => None,
    };
    let item = match class.of_plan_item {
        Some(id) => there(plans::item(db, class.tenant_id, id).await)?,
        None => None,
    };
    let course = course.map(|c| ClassRef { id: c.id.0, name: c.title });
    Ok((course, item.map(|i| ClassRef { id: i.id.0, name: i.title })))
}

fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Err(error) if error.code == Code::NotFound => Ok(None),
        found => found.map(Some),
    }
}
