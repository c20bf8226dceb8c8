//! Assigning courses, and seeing how far people are.

use std::collections::{HashMap, HashSet};

use kexun_base::events;
use kexun_base::time::{Day, Micros};
use kexun_base::{Ctx, Error, Result};
use kexun_people::notices;
use kexun_people::persons::PersonId;
use kexun_people::rights::{By, Right, Scope};
use kexun_people::staff::{self, Audience, Member, StaffId};
use kexun_people::tenants::{self, ShopId};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::entity::enrolment;
use super::learn::{learning, required};
use super::{Learning, rules, store};
use crate::courses::entity::course;
use crate::courses::service::{event, may_edit, visible};
use crate::courses::{CourseId, CourseState, store as courses};
use crate::plans::{self, PlanItemId};
use kexun_base::events::Subject;

/// To whom a course is to be assigned.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CourseAssignment)]
pub struct Assignment {
    /// To whom; a rule reaches as far as your right to assign.
    pub audience: Audience,
    /// The last day on which they should complete it.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Day>,
    /// Why: the item of an approved plan; left out: the one that the course serves.
    pub plan_item: Option<PlanItemId>,
}

/// What became of an assignment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CourseAssigned)]
pub struct Assigned {
    /// To so many it was assigned anew.
    pub added: u32,
    /// So many were in the course already and have the new day.
    pub changed: u32,
    /// So many have completed it already; nothing changed for them.
    pub done: u32,
}

/// Assigns a published course. Who has completed it is left alone.
///
/// # Errors
/// `not_found` for a course that one does not see, or an item of a plan; `conflict` when it is not published
/// or its last day has passed; `invalid` for an audience of nobody, or a day that has passed.
pub async fn assign(ctx: &Ctx, by: By<'_>, id: CourseId, new: Assignment) -> Result<Assigned> {
    let scope = by.scope(Right::CourseAssign)?;
    let tx = ctx.db().begin().await?;
    let course = visible(&tx, by, id).await?;
    let today = tenants::today(ctx, &tx, scope.tenant, None).await?;
    checked(&course, &new, today)?;
    let members = new.audience.within(&tx, &scope, "audience").await?;
    if members.is_empty() {
        return Err(Error::field("audience", "means nobody among your people; choose others"));
    }
    if let Some(item) = new.plan_item {
        plans::item(&tx, scope.tenant, item).await?;
    }
    let reason = new.plan_item.or(course.plan_item);
    let known: HashMap<StaffId, enrolment::Model> = store::held_of_course(&tx, scope.tenant, id)
        .await?
        .into_iter()
        .map(|row| (row.staff_id, row))
        .collect();
    let (mut result, mut added, mut told) = (Assigned::default(), Vec::new(), Vec::new());
    for member in &members {
        match known.get(&member.id) {
            Some(row) if row.completed_at.is_some() => {
                result.done += 1;
                continue;
            }
            Some(row) => {
                let assigned_at = row.assigned_at.or(Some(ctx.now()));
                let plan_item = reason.or(row.plan_item);
                store::update(&tx, enrolment::Model { due: new.due, assigned_at, plan_item, ..row.clone() })
                    .await?;
                result.changed += 1;
            }
            None => {
                added.push(row(ctx, &course, member, &new, reason));
                result.added += 1;
            }
        }
        told.push(member);
    }
    store::insert(&tx, added).await?;
    if !told.is_empty() {
        let staff: Vec<StaffId> = told.iter().map(|m| m.id).collect();
        let data = json!({ "title": course.title, "staff": staff, "due": new.due });
        let causes: Vec<Subject> =
            reason.map(|item| Subject { kind: "plan_item", id: item.0 }).into_iter().collect();
        events::record_because(ctx, &tx, event(by, &course, "course.assigned", data), &causes).await?;
        tell(ctx, &tx, &course, new.due, &told).await?;
    }
    tx.commit().await?;
    Ok(result)
}

fn checked(course: &course::Model, new: &Assignment, today: Day) -> Result<()> {
    if course.state != CourseState::Published {
        return Err(Error::conflict("only a published course can be assigned; publish it first"));
    }
    if course.valid_until.is_some_and(|last| last < today) {
        return Err(Error::conflict("the last day of this course has passed; give it a later one first"));
    }
    if new.due.is_some_and(|due| due < today) {
        return Err(Error::field("due", "has passed already"));
    }
    if new.audience.is_empty() {
        return Err(Error::field("audience", "means nobody; choose a rule or name somebody"));
    }
    Ok(())
}

fn row(
    ctx: &Ctx,
    course: &course::Model,
    member: &Member,
    new: &Assignment,
    reason: Option<PlanItemId>,
) -> enrolment::Model {
    enrolment::Model {
        id: ctx.id(),
        tenant_id: course.tenant_id,
        course_id: course.id,
        staff_id: member.id,
        plan_item: reason,
        due: new.due,
        assigned_at: Some(ctx.now()),
        opened_at: None,
        last_at: None,
        completed_at: None,
        completed_on: None,
    }
}

async fn tell(
    ctx: &Ctx,
    tx: &kexun_base::db::Tx,
    course: &course::Model,
    due: Option<Day>,
    members: &[&Member],
) -> Result<()> {
    let persons: Vec<PersonId> = members.iter().map(|m| m.person).collect();
    let link = format!("/courses/{}", course.id);
    let (kind, params) = match due {
        Some(due) => ("course_assigned_due", json!({ "title": course.title, "due": due })),
        None => ("course_assigned", json!({ "title": course.title })),
    };
    notices::send(ctx, tx, course.tenant_id, &persons, kind, &params, Some(&link)).await
}

/// Somebody in a course, as those see him who assign it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CourseLearner {
    /// Which member.
    pub id: StaffId,
    /// His name.
    pub name: String,
    /// His account.
    pub account: String,
    /// His shop.
    pub shop: Option<ShopId>,
    /// How far he is.
    pub learning: Learning,
    /// When he opened the course.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub opened_at: Option<Micros>,
}

/// The course and those of one's people who are in it: who is late first, then who is at it, then who is
/// done.
///
/// # Errors
/// `forbidden` without the right to assign; `not_found` for a course that one does not see.
pub(super) async fn learners(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    by: By<'_>,
    id: CourseId,
) -> Result<(course::Model, Vec<CourseLearner>)> {
    let scope: Scope = by.scope(Right::CourseAssign)?;
    let course = courses::course(db, scope.tenant, id).await?;
    if course.state == CourseState::Draft && !may_edit(by, &course) {
        return Err(Error::not_found("course"));
    }
    let required = required(&courses::lessons(db, scope.tenant, [id]).await?);
    let done = store::done_in(db, scope.tenant, id).await?;
    let today = tenants::today(ctx, db, scope.tenant, None).await?;
    let members: HashMap<StaffId, Member> =
        staff::members(db, &scope).await?.into_iter().map(|m| (m.id, m)).collect();
    let nothing = HashSet::new();
    let mut found: Vec<CourseLearner> = Vec::new();
    for row in store::of_course(db, scope.tenant, id).await? {
        let Some(member) = members.get(&row.staff_id) else { continue };
        let done = done.get(&row.staff_id).unwrap_or(&nothing);
        let learning = learning(&row, required.intersection(done).count(), required.len(), today);
        found.push(CourseLearner {
            id: member.id,
            name: member.name.clone(),
            account: member.account.clone(),
            shop: member.shop,
            learning,
            opened_at: row.opened_at,
        });
    }
    found.sort_by(|a, b| {
        let key =
            |l: &CourseLearner| rules::urgency(l.learning.due, l.learning.completed_on.is_some(), today);
        key(a).cmp(&key(b)).then_with(|| a.account.cmp(&b.account))
    });
    Ok((course, found))
}
