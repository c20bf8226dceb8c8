//! Making courses, publishing and withdrawing them.

use kexun_base::db::Tx;
use kexun_base::events::{self, NewEvent, Subject};
use kexun_base::time::Day;
use kexun_base::{Ctx, Error, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::{By, Right, Scope};
use kexun_people::staff::{self, StaffId};
use kexun_people::text::some_or_null;
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::entity::course;
use super::{CourseId, CourseLevel, CourseState, rules, store};
use crate::plans::{self, PlanItemId};

/// A course as it is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CourseDraft {
    /// What it is called.
    pub title: String,
    /// What it is about.
    #[serde(default)]
    pub description: String,
    /// What it teaches.
    pub competence: Competence,
    /// How much it expects one to know already.
    pub level: CourseLevel,
    /// Who answers for it; left out: who makes it.
    pub owner: Option<StaffId>,
    /// The last day on which it takes people in; none: no end.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<Day>,
    /// The item of an approved plan that it serves.
    pub plan_item: Option<PlanItemId>,
}

/// What is to change of a course; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CourseChange {
    /// What it is called.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// What it teaches.
    pub competence: Option<Competence>,
    /// How much it expects one to know already.
    pub level: Option<CourseLevel>,
    /// Who answers for it.
    pub owner: Option<StaffId>,
    /// The last day on which it takes people in; null: no end.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<Option<Day>>,
    /// The item of an approved plan that it serves; null: none.
    #[serde(default, deserialize_with = "some_or_null")]
    #[schema(value_type = Option<PlanItemId>)]
    pub plan_item: Option<Option<PlanItemId>>,
    /// The version that was seen.
    pub version: i32,
}

/// Makes a course: a draft.
///
/// # Errors
/// `invalid`; `forbidden` without the right, or when somebody else is to be its owner; `not_found` for the
/// item of a plan.
pub async fn make(ctx: &Ctx, by: By<'_>, draft: CourseDraft) -> Result<CourseId> {
    let scope = by.scope(Right::CourseWrite)?;
    let tx = ctx.db().begin().await?;
    let owner = match draft.owner {
        Some(owner) => Some(checked_owner(&tx, &scope, owner).await?),
        None => scope.reach.own,
    };
    let row = course::Model {
        id: ctx.id(),
        tenant_id: scope.tenant,
        title: rules::title(&draft.title)?,
        description: rules::description(&draft.description)?,
        competence: draft.competence,
        level: draft.level,
        owner,
        valid_until: draft.valid_until,
        state: CourseState::Draft,
        plan_item: draft.plan_item,
        made_at: ctx.now(),
        version: 1,
    };
    let causes = causes(&tx, &row).await?;
    store::insert(&tx, row.clone()).await?;
    let data = json!({ "title": row.title, "competence": row.competence });
    events::record_because(ctx, &tx, event(by, &row, "course.made", data), &causes).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// A course that somebody may change, held until the transaction ends.
///
/// # Errors
/// `forbidden` for a published course of somebody else; `not_found` for any other.
pub(super) async fn for_edit(tx: &Tx, by: By<'_>, id: CourseId) -> Result<course::Model> {
    let scope = by.scope(Right::CourseWrite)?;
    let row = store::held(tx, scope.tenant, id).await?;
    if may_edit(by, &row) {
        return Ok(row);
    }
    if row.state == CourseState::Published {
        return Err(Error::forbidden(
            "this course belongs to somebody else; ask its owner or the training group to change it",
        ));
    }
    Err(Error::not_found("course"))
}

/// Whether somebody may change a course: its owner, and whoever makes courses for the whole organisation.
pub(super) fn may_edit(by: By<'_>, row: &course::Model) -> bool {
    by.scope(Right::CourseWrite).is_ok_and(|scope| {
        scope.tenant == row.tenant_id
            && (scope.reach.all || (scope.reach.own.is_some() && scope.reach.own == row.owner))
    })
}

/// Whether somebody who may see courses sees this one.
pub(super) fn sees(by: By<'_>, row: &course::Model) -> bool {
    row.state == CourseState::Published || may_edit(by, row)
}

/// A course that somebody may see.
///
/// # Errors
/// `not_found` when it is none.
pub(super) async fn visible(db: &impl ConnectionTrait, by: By<'_>, id: CourseId) -> Result<course::Model> {
    let scope = by.scope(Right::CourseRead)?;
    let row = store::course(db, scope.tenant, id).await?;
    if sees(by, &row) { Ok(row) } else { Err(Error::not_found("course")) }
}

/// Changes what a course is.
///
/// # Errors
/// As [`for_edit`] and [`make`]; `stale_version`.
pub async fn change(ctx: &Ctx, by: By<'_>, id: CourseId, change: CourseChange) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let mut row = for_edit(&tx, by, id).await?;
    if let Some(title) = &change.title {
        row.title = rules::title(title)?;
    }
    if let Some(description) = &change.description {
        row.description = rules::description(description)?;
    }
    if let Some(owner) = change.owner.filter(|owner| Some(*owner) != row.owner) {
        row.owner = Some(checked_owner(&tx, &by.scope(Right::CourseWrite)?, owner).await?);
    }
    row.competence = change.competence.unwrap_or(row.competence);
    row.level = change.level.unwrap_or(row.level);
    row.valid_until = change.valid_until.unwrap_or(row.valid_until);
    let served = row.plan_item;
    row.plan_item = change.plan_item.unwrap_or(served);
    let causes = if row.plan_item == served { Vec::new() } else { causes(&tx, &row).await? };
    row.version = change.version;
    let row = store::update(&tx, row).await?;
    let data = json!({ "title": row.title, "what": "course" });
    events::record_because(ctx, &tx, event(by, &row, "course.changed", data), &causes).await?;
    Ok(tx.commit().await?)
}

/// Publishes a course.
///
/// # Errors
/// As [`for_edit`]; `conflict` when it is published already or nothing in it must be done; `stale_version`.
pub async fn publish(ctx: &Ctx, by: By<'_>, id: CourseId, version: i32) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row = for_edit(&tx, by, id).await?;
    if row.state == CourseState::Published {
        return Err(Error::conflict("the course is published already"));
    }
    if !store::lessons(&tx, row.tenant_id, [id]).await?.iter().any(|l| l.required) {
        return Err(Error::conflict("the course has no required lesson yet; add one, then publish"));
    }
    let row = course::Model { state: CourseState::Published, version, ..row };
    let row = store::update(&tx, row).await?;
    let causes: Vec<Subject> = served(&row).into_iter().collect();
    let data = json!({ "title": row.title, "competence": row.competence });
    events::record_because(ctx, &tx, event(by, &row, "course.published", data), &causes).await?;
    Ok(tx.commit().await?)
}

/// Withdraws a published course: nobody sees it but its makers; what people did stays.
///
/// # Errors
/// As [`for_edit`]; `conflict` when it is not published; `stale_version`.
pub async fn withdraw(ctx: &Ctx, by: By<'_>, id: CourseId, version: i32) -> Result<()> {
    let tx = ctx.db().begin().await?;
    let row = for_edit(&tx, by, id).await?;
    if row.state != CourseState::Published {
        return Err(Error::conflict("only a published course can be withdrawn"));
    }
    let row = store::update(&tx, course::Model { state: CourseState::Withdrawn, version, ..row }).await?;
    events::record(ctx, &tx, event(by, &row, "course.withdrawn", json!({ "title": row.title }))).await?;
    Ok(tx.commit().await?)
}

/// Who makes courses for the whole organisation gives them to anybody; others keep theirs.
async fn checked_owner(db: &impl ConnectionTrait, scope: &Scope, owner: StaffId) -> Result<StaffId> {
    if scope.reach.own == Some(owner) {
        return Ok(owner);
    }
    if !scope.reach.all {
        return Err(Error::forbidden("you can make courses of your own only; leave the owner out"));
    }
    let members = staff::members(db, &Scope::whole(scope.tenant)).await?;
    match members.iter().any(|m| m.id == owner) {
        true => Ok(owner),
        false => Err(Error::field("owner", "is nobody of your organisation")),
    }
}

/// The item of a plan that a course serves, which must be there.
async fn causes(db: &impl ConnectionTrait, row: &course::Model) -> Result<Vec<Subject>> {
    if let Some(item) = row.plan_item {
        plans::item(db, row.tenant_id, item).await?;
    }
    Ok(served(row).into_iter().collect())
}

fn served(row: &course::Model) -> Option<Subject> {
    row.plan_item.map(|item| Subject { kind: "plan_item", id: item.0 })
}

/// An event about a course.
pub(super) fn event(by: By<'_>, row: &course::Model, kind: &'static str, data: Value) -> NewEvent {
    NewEvent {
        tenant: row.tenant_id.0,
        kind,
        actor: by.actor(),
        subject_kind: "course",
        subject: row.id.0,
        data,
        caused_by: None,
    }
}
