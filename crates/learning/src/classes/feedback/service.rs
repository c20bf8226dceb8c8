//! Giving feedback, and what is told of it.

use kexun_base::events;
use kexun_base::time::Micros;
use kexun_base::{Ctx, Error, Result};
use kexun_people::rights::{Caller, Right};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::entity::Model;
use super::{Results, rules, store, until};
use crate::classes::draft::prose;
use crate::classes::entity::{class, participant};
use crate::classes::service::event;
use crate::classes::sight::Seen;
use crate::classes::{Attendance, ClassId, participants, store as classes};

/// What somebody thought of a class: four statements, each from 1 (not at all) to 5 (fully).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeedbackAnswers)]
pub struct Answers {
    /// 内容有用: the content is of use.
    #[schema(minimum = 1, maximum = 5)]
    pub content: i32,
    /// 讲师: the lecturer taught well.
    #[schema(minimum = 1, maximum = 5)]
    pub lecturer: i32,
    /// 组织: time, place and order were good.
    #[schema(minimum = 1, maximum = 5)]
    pub organisation: i32,
    /// 能用到工作中: I can apply it in my work.
    #[schema(minimum = 1, maximum = 5)]
    pub applicable: i32,
    /// In one's own words: at most 1,000 characters.
    pub remarks: Option<String>,
    /// The version that was seen; 0 where nothing was said yet.
    #[serde(default)]
    pub version: i32,
}

impl From<Model> for Answers {
    fn from(row: Model) -> Self {
        Answers {
            content: row.content,
            lecturer: row.lecturer,
            organisation: row.organisation,
            applicable: row.applicable,
            remarks: row.remarks,
            version: row.version,
        }
    }
}

impl Answers {
    fn check(&self) -> Result<Option<String>> {
        let scales = [
            ("content", self.content),
            ("lecturer", self.lecturer),
            ("organisation", self.organisation),
            ("applicable", self.applicable),
        ];
        match scales.iter().find(|(_, value)| !(1..=5).contains(value)) {
            Some((field, _)) => Err(Error::field(field, "must be from 1 to 5")),
            None => prose("remarks", self.remarks.as_deref(), 1000),
        }
    }
}

/// Says, or says otherwise, what the caller thought of a class that he came to.
///
/// # Errors
/// `not_found` when he takes no part; `conflict` when he was not there, it is not over, or too long ago;
/// `stale_version`.
pub async fn give(ctx: &Ctx, caller: &Caller, id: ClassId, answers: &Answers) -> Result<Answers> {
    let scope = caller.scope(Right::ClassRead)?;
    let own = caller.staff.ok_or_else(|| Error::not_found("class that you take part in"))?;
    let remarks = answers.check()?;
    let tx = ctx.db().begin().await?;
    let class = classes::class(&tx, scope.tenant, id).await?;
    let part = participants::one(&tx, scope.tenant, id, own).await?;
    check_open(&class, part.status, ctx.now())?;
    let said = store::mine(&tx, scope.tenant, id, own).await?;
    if said.as_ref().map_or(0, |row| row.version) != answers.version {
        return Err(Error::stale());
    }
    let first = said.is_none();
    let row = Model {
        id: said.map_or_else(|| ctx.id(), |row| row.id),
        tenant_id: scope.tenant,
        class_id: id,
        staff_id: own,
        content: answers.content,
        lecturer: answers.lecturer,
        organisation: answers.organisation,
        applicable: answers.applicable,
        remarks,
        version: answers.version,
    };
    let row = store::put(&tx, row).await?;
    if first {
        // That he answered, not what: the books have names.
        let data = json!({ "staff": own, "title": class.title });
        events::record(ctx, &tx, event(scope.tenant, caller.actor(), "class.feedback_given", id, data))
            .await?;
    }
    tx.commit().await?;
    Ok(row.into())
}

fn came(status: Attendance) -> bool {
    matches!(status, Attendance::Present | Attendance::Late)
}

fn check_open(class: &class::Model, status: Attendance, now: Micros) -> Result<()> {
    let Some(until) = until(class) else {
        return Err(Error::conflict("the class is not over; say what you think of it when it is"));
    };
    if !came(status) {
        return Err(Error::conflict("only who was there can say what he thought of it"));
    }
    if now > until {
        return Err(Error::conflict(format!("it could be said until {until}; tell the lecturer in person")));
    }
    Ok(())
}

/// Whether somebody who stands so in a class can say what he thinks of it.
pub(in crate::classes) fn is_due(class: &class::Model, status: Attendance, now: Micros) -> bool {
    check_open(class, status, now).is_ok()
}

/// What may be told of what people thought of a class to who sees this of it. None: he does not see all who took part
/// in it. Until the time for answers is over it is how many answered, and no more.
///
/// # Errors
/// When the database refuses.
pub(super) async fn told_of(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    class: &class::Model,
    seen: &Seen,
) -> Result<Option<Results>> {
    if !seen.whole {
        return Ok(None);
    }
    results(ctx, db, class, &seen.people).await.map(Some)
}

/// What may be told of a class in which these took part.
pub(in crate::classes) async fn results(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    class: &class::Model,
    all: &[participant::Model],
) -> Result<Results> {
    let answers = store::of_class(db, class.tenant_id, class.id).await?;
    let asked = all.iter().filter(|p| came(p.status)).count();
    let over = until(class).is_some_and(|until| ctx.now() > until);
    Ok(rules::results(&answers, asked, over, &ctx.key().derive("classes.feedback")))
}
