//! Tables of exams and of who is to sit them.

use kexun_base::time::Micros;
use kexun_people::competences::Competence;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use sea_orm::entity::prelude::*;

use super::rules::{Asking, Case, Grade, Limits, MakeUpRule, Share, ShowsAnswers};
use super::{AttemptState, ExamId};
use crate::papers::PaperId;
use crate::points::Points;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "exam")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExamId,
    pub tenant_id: TenantId,
    pub title: String,
    pub competence: Competence,
    pub paper_id: PaperId,
    pub opens_at: Micros,
    pub closes_at: Micros,
    pub minutes: i32,
    pub attempts: i32,
    pub excellent: Share,
    pub good: Share,
    pub pass: Share,
    pub credits: Points,
    pub make_up_after_days: Option<i32>,
    pub make_up_window_days: Option<i32>,
    pub make_up_times: Option<i32>,
    pub shows_answers: ShowsAnswers,
    /// The exam that it and its make-ups began with; its own id for that one.
    pub series: ExamId,
    /// The exam that it is a make-up of.
    pub make_up_of: Option<ExamId>,
    /// 0 for the first of a series, 1 for its make-up …
    pub make_up_number: i32,
    /// Who set it, and marks it; none: the operator.
    pub made_by: Option<StaffId>,
    pub made_at: Micros,
    pub cancelled_at: Option<Micros>,
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn limits(&self) -> Limits {
        Limits { excellent: self.excellent, good: self.good, pass: self.pass }
    }

    pub fn make_up(&self) -> Option<MakeUpRule> {
        Some(MakeUpRule {
            after_days: self.make_up_after_days?,
            window_days: self.make_up_window_days?,
            times: self.make_up_times?,
        })
    }

    /// The rule that who fails it is called again by, if he is.
    pub fn next_make_up(&self) -> Option<MakeUpRule> {
        self.make_up().filter(|rule| self.make_up_number < rule.times)
    }

    /// What it has to do with telling one of its candidates what is right.
    pub fn asking(&self, candidate: &candidate::Model) -> Asking {
        let may_fail = candidate.settled_at.is_none() && !candidate.grade.is_some_and(Grade::passes);
        Asking { closes_at: self.closes_at, may_follow: may_fail && self.next_make_up().is_some() }
    }

    /// What is known of it and one of its candidates, whose attempts wait for `waits`.
    pub fn case(&self, candidate: &candidate::Model, waits: Option<AttemptState>) -> Case {
        Case {
            cancelled: self.cancelled_at.is_some(),
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            allowed: self.attempts,
            begun: candidate.begun,
            waits,
            best: candidate.grade,
        }
    }
}

/// Somebody who is to sit an exam, and what came of it.
pub mod candidate {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "exam_candidate")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub exam_id: ExamId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff_id: StaffId,
        pub tenant_id: TenantId,
        /// How many attempts he began.
        pub begun: i32,
        /// Share of points of his best attempt.
        pub score: Option<f64>,
        pub grade: Option<Grade>,
        /// What he earned by it, which may have been earned before in the series.
        pub credits: Points,
        pub absent: bool,
        /// When the result became final.
        pub settled_at: Option<Micros>,
        /// The make-up that he was put into.
        pub make_up: Option<ExamId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
