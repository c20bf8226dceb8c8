//! Classes (培训班): teaching at a time and place, with sign-in and feedback (TRN-4 to TRN-6, EVL-1).
//!
//! | room | what it is for |
//! |---|---|
//! | [`places`] | where classes take place, by name |
//! | [`attendance`] | the sign-in code, late, leave, absent; the end of a class |
//! | [`feedback`] | what those who came thought of it |
//!
//! - A class has one session. It is planned, then announced (from then on people know of it), then
//!   ended or cancelled; its calendar entry keeps its name through all changes.
//! - Nobody and no room is in two classes at once. Whoever arranges may let a person be booked twice
//!   knowingly, a room never. It is judged while the tenant's books are held, so that two at once
//!   cannot both find the room free.
//! - Whom a class is meant for is a rule or a choice by hand; who takes part is settled when it is
//!   written down, and a rule is applied anew only by writing it anew.
//! - A class is in the hands of who arranged it, of its lecturer, and of those whose rights reach over
//!   the whole tenant. Everybody else sees of it what concerns himself or his people.

mod api;
pub mod attendance;
mod calendar;
mod choices;
mod clashes;
mod draft;
mod entity;
mod exams;
pub mod feedback;
mod home;
pub mod migration;
mod participants;
pub mod places;
mod report;
mod rules;
mod service;
mod sight;
mod store;
mod telling;
mod view;

pub(crate) use api::router;
pub(crate) use home::part as home_part;

pub use draft::Draft;
pub use report::{Report, concerning, report, titles, visible_to};
pub use service::{announce, arrange, cancel, change};

kexun_base::id!(
    /// A class.
    ClassId,
    /// That somebody takes part in a class.
    ParticipantId,
);

kexun_base::words!(
    /// How far a class has come.
    ClassState {
        /// Written down; nobody was told.
        Planned = "planned",
        /// Those concerned were told.
        Announced = "announced",
        /// Over, and it is settled who came.
        Ended = "ended",
        /// It does not take place.
        Cancelled = "cancelled",
    }

    /// Whether somebody came.
    Attendance {
        /// Not known yet.
        Invited = "invited",
        /// Was there.
        Present = "present",
        /// Was there, and came after the grace.
        Late = "late",
        /// Was excused before.
        Leave = "leave",
        /// Did not come.
        Absent = "absent",
    }

    /// How an application for leave stands.
    LeaveState {
        /// Nobody decided yet.
        Asked = "asked",
        /// He need not come.
        Granted = "granted",
        /// He is to come.
        Refused = "refused",
    }
);
