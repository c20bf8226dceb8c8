//! Who is to learn what until when, and how far everybody is (TRN-3).
//!
//! - Somebody is in a course because it was assigned to him, or because he opened it. He is in it once.
//! - How far he is never goes back: reports that come late, twice or in another order change nothing but
//!   upwards, and a lesson once done stays done.
//! - A course is complete when all its required lessons are done. That happens once, and stays.

mod api;
mod assign;
mod entity;
mod export;
mod home;
mod learn;
mod rules;
mod store;

use kexun_base::events::Actor;
use kexun_base::time::{Day, Micros};
use kexun_base::{Error, Result};
use kexun_people::rights::Caller;
use kexun_people::staff::StaffId;
use kexun_people::tenants::TenantId;
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use api::router;
pub use assign::{Assigned, Assignment, assign};
pub(super) use entity::enrolment::Model as Enrolment;
pub use home::part as home;
pub use learn::{Reported, report, start};
pub(super) use learn::{complete_who_are_done, learning};
pub(super) use rules::urgency;
pub use rules::{Report, Standing};
pub(super) use store::{own, own_courses, own_lessons};

kexun_base::id!(
    /// That somebody is in a course.
    EnrolmentId
);

kexun_base::words!(
    /// How far somebody is in a course.
    LearningState {
        /// It was assigned to him; he has not opened it yet.
        Assigned = "assigned",
        /// He has begun.
        Begun = "begun",
        /// He has completed it.
        Done = "done",
    }
);

/// Who learns.
#[derive(Debug, Clone, Copy)]
pub struct Learner {
    /// Where.
    pub tenant: TenantId,
    /// As which member.
    pub staff: StaffId,
    /// As the actor of events.
    pub actor: Actor,
}

impl Learner {
    /// Whoever asks, as a learner.
    ///
    /// # Errors
    /// `conflict` for who is no member here, but looks in from a marketplace.
    pub fn of(caller: &Caller) -> Result<Self> {
        match caller.staff {
            Some(staff) => Ok(Learner { tenant: caller.tenant, staff, actor: caller.actor() }),
            None => Err(Error::conflict("you are no member of this organisation; its members learn here")),
        }
    }
}

/// How far somebody is in a course.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = CourseLearning)]
pub struct Learning {
    /// How far he is.
    pub state: LearningState,
    /// Whether it was assigned to him.
    pub assigned: bool,
    /// The last day on which he should complete it.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Day>,
    /// Whether that day has passed and he has not.
    pub overdue: bool,
    /// Required lessons that he has done.
    pub done: u32,
    /// Required lessons that there are.
    pub required: u32,
    /// When he last reported something.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_at: Option<Micros>,
    /// The day, of his shop's zone, on which he completed it.
    #[schema(value_type = Option<String>, format = Date)]
    pub completed_on: Option<Day>,
}
