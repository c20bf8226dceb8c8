//! Who sees which exams.

use std::collections::BTreeSet;

use kexun_base::Result;
use kexun_people::rights::{Caller, Right};
use kexun_people::staff::{self, StaffId};
use kexun_people::tenants::TenantId;
use sea_orm::ConnectionTrait;

use super::entity::{Model, candidate};

/// Which exams somebody sees, and whose results in them.
#[derive(Debug)]
pub(super) struct Sight {
    pub tenant: TenantId,
    /// Everything.
    pub whole: bool,
    /// All of the exams that this member set.
    pub maker: Option<StaffId>,
    /// These people in whatever exam.
    pub people: BTreeSet<StaffId>,
}

impl Sight {
    /// What a right shows: to whom it reaches over everything, everything; to others the exams they set,
    /// and their people's part of the rest.
    pub async fn of(db: &impl ConnectionTrait, caller: &Caller, right: Right) -> Result<Self> {
        let scope = caller.scope(right)?;
        let people = match scope.reach.all {
            true => BTreeSet::new(),
            false => staff::members(db, &scope).await?.into_iter().map(|member| member.id).collect(),
        };
        Ok(Sight { tenant: scope.tenant, whole: scope.reach.all, maker: caller.staff, people })
    }

    /// Whether an exam is seen as a whole.
    pub fn whole_of(&self, exam: &Model) -> bool {
        self.whole || (self.maker.is_some() && exam.made_by == self.maker)
    }

    /// Those of an exam's candidates who are seen.
    pub fn part(&self, exam: &Model, mut candidates: Vec<candidate::Model>) -> Vec<candidate::Model> {
        if !self.whole_of(exam) {
            candidates.retain(|candidate| self.people.contains(&candidate.staff_id));
        }
        candidates
    }
}
