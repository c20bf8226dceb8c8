//! The only queries on questions.

use std::collections::HashMap;

use kexun_base::Result;
use kexun_base::db::dialect::MAX_PARAMETERS;
use kexun_people::competences::Competence;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect};

use super::body::QuestionKind;
use super::entity::question;
use super::{QuestionId, QuestionState};

/// Which questions are meant; what is none does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pick {
    pub topic: Option<String>,
    pub competence: Option<Competence>,
    pub kind: Option<QuestionKind>,
    /// Lowest and highest difficulty.
    pub difficulty: (i32, i32),
}

/// A question as far as drawing looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picked {
    pub id: QuestionId,
    pub topic: String,
    pub competence: Option<Competence>,
    pub kind: QuestionKind,
    pub difficulty: i32,
}

impl Pick {
    /// Whether it means this question.
    pub fn means(&self, question: &Picked) -> bool {
        self.topic.as_ref().is_none_or(|topic| *topic == question.topic)
            && self.competence.is_none_or(|c| Some(c) == question.competence)
            && self.kind.is_none_or(|k| k == question.kind)
            && (self.difficulty.0..=self.difficulty.1).contains(&question.difficulty)
    }

    fn condition(&self) -> Condition {
        let (lowest, highest) = self.difficulty;
        Condition::all()
            .add(question::Column::Difficulty.between(lowest, highest))
            .add_option(self.topic.as_ref().map(|topic| question::Column::Topic.eq(topic.as_str())))
            .add_option(self.competence.map(|c| question::Column::Competence.eq(c)))
            .add_option(self.kind.map(|k| question::Column::Kind.eq(k)))
    }
}

/// The active questions that any of these means.
pub(crate) async fn active(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    picks: &[Pick],
) -> Result<Vec<Picked>> {
    let any = picks.iter().fold(Condition::any(), |any, pick| any.add(pick.condition()));
    let query = question::Entity::find()
        .select_only()
        .columns([
            question::Column::Id,
            question::Column::Topic,
            question::Column::Competence,
            question::Column::Kind,
            question::Column::Difficulty,
        ])
        .filter(question::Column::TenantId.eq(tenant))
        .filter(question::Column::State.eq(QuestionState::Active))
        .filter(any);
    type Row = (QuestionId, String, Option<Competence>, QuestionKind, i32);
    let rows: Vec<Row> = query.into_tuple().all(db).await?;
    let picked =
        |(id, topic, competence, kind, difficulty)| Picked { id, topic, competence, kind, difficulty };
    Ok(rows.into_iter().map(picked).collect())
}

/// Questions by id; those of another tenant are not among them.
pub(crate) async fn by_ids(
    db: &impl ConnectionTrait,
    tenant: TenantId,
    ids: &[QuestionId],
) -> Result<HashMap<QuestionId, question::Model>> {
    let mut found = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MAX_PARAMETERS - 1) {
        let query = question::Entity::find().filter(question::Column::TenantId.eq(tenant));
        let rows = query.filter(question::Column::Id.is_in(part.iter().copied())).all(db).await?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}
