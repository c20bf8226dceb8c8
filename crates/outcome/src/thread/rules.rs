//! Which stage a thing stands in, who may read it, where its page is. Pure.

use kexun_base::ids::Uuid;
use kexun_people::rights::{Caller, Right};

kexun_base::words!(
    /// A kind of thing that a chain leads over.
    ThreadKind {
        /// A training need.
        Need = "need",
        /// A task that came of a need.
        Task = "task",
        /// A plan.
        Plan = "plan",
        /// An item of a plan.
        PlanItem = "plan_item",
        /// A course.
        Course = "course",
        /// A class.
        Class = "class",
        /// An exam.
        Exam = "exam",
        /// An evaluation of a training.
        Evaluation = "evaluation",
    }
);

kexun_base::words!(
    /// A stage of the chain, in this order.
    ThreadStage {
        /// Conversations that show it.
        Conversations = "conversations",
        /// What the figures say is weak.
        WeakSpot = "weak_spot",
        /// What people need.
        Need = "need",
        /// What was planned.
        PlanItem = "plan_item",
        /// What was taught.
        Class = "class",
        /// What was examined.
        Exam = "exam",
        /// What it changed.
        Effect = "effect",
    }
);

impl ThreadKind {
    /// The stage it stands in; none for what stands beside the chain.
    pub fn stage(self) -> Option<ThreadStage> {
        match self {
            ThreadKind::Need => Some(ThreadStage::Need),
            ThreadKind::Task => None,
            ThreadKind::Plan | ThreadKind::PlanItem => Some(ThreadStage::PlanItem),
            ThreadKind::Course | ThreadKind::Class => Some(ThreadStage::Class),
            ThreadKind::Exam => Some(ThreadStage::Exam),
            ThreadKind::Evaluation => Some(ThreadStage::Effect),
        }
    }

    /// The rights of which one lets one read such things.
    pub(super) fn rights(self) -> &'static [Right] {
        match self {
            ThreadKind::Need | ThreadKind::Task => &[Right::NeedRead],
            ThreadKind::Plan | ThreadKind::PlanItem => &[Right::PlanRead],
            ThreadKind::Course => &[Right::CourseRead, Right::CourseWrite, Right::CourseAssign],
            ThreadKind::Class => &[Right::ClassRead],
            ThreadKind::Exam => &[Right::ExamSit, Right::ExamRead],
            ThreadKind::Evaluation => &[Right::EvaluationRead],
        }
    }

    /// The address of its page; an item is shown on the page of its plan.
    pub(super) fn link(self, id: Uuid, plan: Option<Uuid>) -> Option<String> {
        Some(match self {
            ThreadKind::Need => format!("/needs?need={id}"),
            ThreadKind::Task => format!("/tasks?task={id}"),
            ThreadKind::Plan => format!("/plans/{id}"),
            ThreadKind::PlanItem => format!("/plans/{}?item={id}", plan?),
            ThreadKind::Course => format!("/courses/{id}"),
            ThreadKind::Class => format!("/classes/{id}"),
            ThreadKind::Exam => format!("/exams/{id}"),
            ThreadKind::Evaluation => format!("/evaluations/{id}"),
        })
    }
}

/// Whether somebody may read things of a kind at all.
pub(super) fn may_read(caller: &Caller, kind: ThreadKind) -> bool {
    kind.rights().iter().any(|right| caller.may(*right))
}

/// Whether somebody may read all things of a kind, whosever they are.
pub(super) fn reads_all(caller: &Caller, kind: ThreadKind) -> bool {
    kind.rights().iter().any(|right| caller.scope(*right).is_ok_and(|scope| scope.reach.all))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kexun_people::persons::PersonId;
    use kexun_people::rights::{Grant, Role};
    use kexun_people::staff::StaffId;
    use kexun_people::tenants::{TeamId, TenantId};

    use super::*;

    fn caller(role: Role, team: Option<u128>) -> Caller {
        let team_id = team.map(|n| TeamId(Uuid::from_u128(n)));
        Caller {
            person: PersonId(Uuid::from_u128(1)),
            tenant: TenantId(Uuid::from_u128(2)),
            staff: Some(StaffId(Uuid::from_u128(3))),
            grants: vec![Grant { role, shop_id: None, team_id }],
            accounts: BTreeSet::new(),
            only: None,
            unproven: false,
        }
    }

    #[test]
    fn an_agent_reads_his_own_and_no_plan() {
        let agent = caller(Role::Agent, Some(5));
        let supervisor = caller(Role::Supervisor, Some(5));
        let director = caller(Role::Director, None);
        for kind in [ThreadKind::Need, ThreadKind::Course, ThreadKind::Class, ThreadKind::Exam] {
            assert!(may_read(&agent, kind) && !reads_all(&agent, kind), "{kind}");
            assert!(may_read(&supervisor, kind) && !reads_all(&supervisor, kind), "{kind}");
        }
        for kind in [ThreadKind::Plan, ThreadKind::PlanItem, ThreadKind::Evaluation] {
            assert!(!may_read(&agent, kind) && may_read(&supervisor, kind), "{kind}");
            assert!(!reads_all(&supervisor, kind) && reads_all(&director, kind), "{kind}");
        }
        // A lecturer has the right to exams, but only on those given to him.
        assert!(!reads_all(&caller(Role::Lecturer, None), ThreadKind::Exam));
    }

    #[test]
    fn an_item_leads_to_its_plan() {
        let (item, plan) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(ThreadKind::PlanItem.link(item, Some(plan)), Some(format!("/plans/{plan}?item={item}")));
        assert_eq!(ThreadKind::PlanItem.link(item, None), None);
    }
}
