//! Courses as the web shows them, with how far the one who looks is.

use std::collections::{HashMap, HashSet};

use kexun_base::time::Day;
use kexun_base::{Ctx, Result};
use kexun_people::competences::Competence;
use kexun_people::rights::{By, Caller, Scope};
use kexun_people::staff::{self, StaffId};
use kexun_people::tenants;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;

use super::enrolments::{self, Learning, Standing};
use super::entity::{course, lesson};
use super::materials::{CourseFile, CourseFileId};
use super::service::{may_edit, visible};
use super::{CourseId, CourseLevel, CourseState, LessonId, LessonKind, store};
use crate::plans::{self, PlanItemId};

/// Whoever answers for a course.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CourseOwner {
    /// Which member.
    id: StaffId,
    /// His name.
    name: String,
}

/// A course.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CourseItem {
    /// Which course.
    pub id: CourseId,
    /// What it is called.
    title: String,
    /// What it is about.
    description: String,
    /// What it teaches.
    competence: Competence,
    /// How much it expects one to know already.
    level: CourseLevel,
    /// Who answers for it.
    owner: Option<CourseOwner>,
    /// The last day on which it takes people in.
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Day>,
    /// Whether that day has passed.
    over: bool,
    /// How it stands.
    state: CourseState,
    /// Lessons that it has.
    lessons: usize,
    /// How long they take, about.
    minutes: i32,
    /// How far I am; none: I am not in it.
    learning: Option<Learning>,
    /// Whether I may change it.
    may_edit: bool,
    /// Send it back with a change.
    version: i32,
}

/// The item of a plan that a course serves.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CourseCause {
    /// Which item.
    id: PlanItemId,
    /// What it is called; none where its plan is no longer in force.
    title: Option<String>,
}

/// A lesson.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LessonItem {
    /// Which lesson.
    id: LessonId,
    /// What it is called.
    title: String,
    /// What it is.
    kind: LessonKind,
    /// Markdown.
    body: String,
    /// The picture, video or file that it is about.
    file: Option<CourseFile>,
    /// How long the video lasts, in seconds.
    length_s: Option<i32>,
    /// How long it takes, about.
    minutes: i32,
    /// Whether the course is complete only when it is done.
    required: bool,
    /// How far I am in it.
    standing: Standing,
    /// Send it back with a change.
    version: i32,
}

/// A course with its lessons, in their order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CourseDetail {
    /// The course.
    course: CourseItem,
    /// Why it is there.
    plan_item: Option<CourseCause>,
    /// Its lessons.
    lessons: Vec<LessonItem>,
}

/// A course that I am in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyCourse {
    /// The course.
    course: CourseItem,
    /// The lesson to go on with; none: all done.
    next: Option<String>,
    /// Whether it can still be opened.
    offered: bool,
}

/// Courses with how far the caller is in them, in the order they came.
pub async fn items(ctx: &Ctx, caller: &Caller, rows: Vec<course::Model>) -> Result<Vec<CourseItem>> {
    let looked = Looked::at(ctx, caller, &rows).await?;
    Ok(rows.into_iter().map(|row| looked.item(caller, row)).collect())
}

/// A course that the caller may see.
pub async fn detail(ctx: &Ctx, caller: &Caller, id: CourseId) -> Result<CourseDetail> {
    let db = ctx.db().read();
    let row = visible(db, By::Caller(caller), id).await?;
    let looked = Looked::at(ctx, caller, std::slice::from_ref(&row)).await?;
    let files = store::files(db, caller.tenant, id).await?;
    let files: HashMap<CourseFileId, CourseFile> = files.into_iter().map(|f| (f.id, f.into())).collect();
    let lessons = looked.lessons.iter().map(|lesson| looked.lesson(lesson, &files)).collect();
    let plan_item = match row.plan_item {
        Some(item) => Some(cause(db, caller, item).await?),
        None => None,
    };
    Ok(CourseDetail { course: looked.item(caller, row), plan_item, lessons })
}

async fn cause(db: &impl ConnectionTrait, caller: &Caller, id: PlanItemId) -> Result<CourseCause> {
    match plans::item(db, caller.tenant, id).await {
        Ok(item) => Ok(CourseCause { id, title: Some(item.title) }),
        Err(error) if error.code == kexun_base::Code::NotFound => Ok(CourseCause { id, title: None }),
        Err(error) => Err(error),
    }
}

/// The courses that the caller is in: what is due first, then what he is at, then what he has completed.
pub async fn mine(ctx: &Ctx, caller: &Caller) -> Result<Vec<MyCourse>> {
    let Some(staff) = caller.staff else { return Ok(Vec::new()) };
    let db = ctx.db().read();
    let rows = enrolments::own_courses(db, caller.tenant, staff).await?;
    let rows = store::by_ids(db, caller.tenant, rows).await?;
    let looked = Looked::at(ctx, caller, &rows).await?;
    let mut found: Vec<MyCourse> = rows.into_iter().map(|row| looked.mine(caller, row)).collect();
    found.sort_by_key(|my| {
        let learning = my.course.learning.as_ref();
        let completed = learning.is_some_and(|l| l.completed_on.is_some());
        let urgency = enrolments::urgency(learning.and_then(|l| l.due), completed, looked.today);
        // Of those that are done the latest first.
        let latest = learning.and_then(|l| l.completed_on).map_or(0, |day| -day.0);
        (urgency, latest, my.course.id)
    });
    // Begun and withdrawn since: nothing to be done about it.
    found.retain(|my| my.offered || my.course.learning.as_ref().is_some_and(|l| l.completed_on.is_some()));
    Ok(found)
}

/// What is needed to show courses.
struct Looked {
    today: Day,
    lessons: Vec<lesson::Model>,
    enrolments: HashMap<CourseId, enrolments::Enrolment>,
    standings: HashMap<LessonId, Standing>,
    names: HashMap<StaffId, String>,
}

impl Looked {
    async fn at(ctx: &Ctx, caller: &Caller, rows: &[course::Model]) -> Result<Looked> {
        let db = ctx.db().read();
        let ids = || rows.iter().map(|row| row.id);
        let members = staff::members(db, &Scope::whole(caller.tenant)).await?;
        let own = caller.staff.and_then(|own| members.iter().find(|m| m.id == own));
        let (mut enrolments, mut standings) = (HashMap::new(), HashMap::new());
        if let Some(staff) = caller.staff {
            enrolments = enrolments::own(db, caller.tenant, staff, ids()).await?;
            let lessons = enrolments::own_lessons(db, caller.tenant, staff, ids()).await?;
            standings = lessons.into_iter().map(|own| (own.lesson, own.standing)).collect();
        }
        Ok(Looked {
            today: tenants::today(ctx, db, caller.tenant, own.and_then(|m| m.shop)).await?,
            lessons: store::lessons(db, caller.tenant, ids()).await?,
            enrolments,
            standings,
            names: members.into_iter().map(|m| (m.id, m.name)).collect(),
        })
    }

    fn of(&self, course: CourseId) -> impl Iterator<Item = &lesson::Model> {
        self.lessons.iter().filter(move |lesson| lesson.course_id == course)
    }

    fn is_done(&self, lesson: &lesson::Model) -> bool {
        self.standings.get(&lesson.id).is_some_and(|standing| standing.done)
    }

    fn item(&self, caller: &Caller, row: course::Model) -> CourseItem {
        let required: HashSet<LessonId> = self.of(row.id).filter(|l| l.required).map(|l| l.id).collect();
        let done = self.of(row.id).filter(|l| l.required && self.is_done(l)).count();
        let learning = self.enrolments.get(&row.id);
        let owner =
            row.owner.map(|id| CourseOwner { id, name: self.names.get(&id).cloned().unwrap_or_default() });
        CourseItem {
            id: row.id,
            owner,
            may_edit: may_edit(By::Caller(caller), &row),
            over: row.valid_until.is_some_and(|last| last < self.today),
            lessons: self.of(row.id).count(),
            minutes: self.of(row.id).map(|l| l.minutes).sum(),
            learning: learning.map(|own| enrolments::learning(own, done, required.len(), self.today)),
            title: row.title,
            description: row.description,
            competence: row.competence,
            level: row.level,
            valid_until: row.valid_until,
            state: row.state,
            version: row.version,
        }
    }

    fn lesson(&self, row: &lesson::Model, files: &HashMap<CourseFileId, CourseFile>) -> LessonItem {
        LessonItem {
            id: row.id,
            title: row.title.clone(),
            kind: row.kind,
            body: row.body.clone(),
            file: row.course_file_id.and_then(|id| files.get(&id).cloned()),
            length_s: row.length_s,
            minutes: row.minutes,
            required: row.required,
            standing: self.standings.get(&row.id).copied().unwrap_or_default(),
            version: row.version,
        }
    }

    fn mine(&self, caller: &Caller, row: course::Model) -> MyCourse {
        let next = self.of(row.id).find(|l| !self.is_done(l)).map(|l| l.title.clone());
        MyCourse { offered: row.state == CourseState::Published, next, course: self.item(caller, row) }
    }
}
