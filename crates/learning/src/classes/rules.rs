//! What decides about a class. Pure.

use std::collections::BTreeSet;

use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use kexun_people::staff::StaffId;

use super::places::PlaceId;
use super::{ClassId, ClassState};

/// The longest class, in seconds.
pub const LONGEST_S: i64 = 24 * 3600;
/// Seconds after its end when a class that nobody ended is ended by itself.
pub const CLOSES_AFTER_S: i64 = 2 * 3600;

/// A time from an instant up to, not including, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Its first instant.
    pub starts_at: Micros,
    /// The first instant after it.
    pub ends_at: Micros,
}

impl Slot {
    /// Whether the two have an instant in common.
    pub fn meets(&self, other: &Slot) -> bool {
        self.starts_at < other.ends_at && other.starts_at < self.ends_at
    }
}

/// Who and what a class takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Which class; none: one that is still to be made.
    pub class: Option<ClassId>,
    /// When.
    pub slot: Slot,
    /// Where.
    pub place: Option<PlaceId>,
    /// Who teaches.
    pub lecturer: StaffId,
    /// Who takes part.
    pub staff: BTreeSet<StaffId>,
}

/// What two bookings both want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// The room.
    Place(PlaceId),
    /// Somebody, as lecturer or participant.
    Person(StaffId),
}

/// What a wanted booking would take that another has at the same time; nothing for the same class.
pub fn clashes(wanted: &Booking, other: &Booking) -> Vec<Clash> {
    let same = wanted.class.is_some() && wanted.class == other.class;
    if same || !wanted.slot.meets(&other.slot) {
        return Vec::new();
    }
    let place = wanted.place.filter(|place| other.place == Some(*place)).map(Clash::Place);
    let people = wanted.staff.iter().chain([&wanted.lecturer]).collect::<BTreeSet<_>>();
    let busy = |who: &&StaffId| other.lecturer == **who || other.staff.contains(*who);
    place.into_iter().chain(people.into_iter().filter(busy).map(|who| Clash::Person(*who))).collect()
}

/// Whether a class may go from one state to another.
///
/// # Errors
/// `conflict`, saying how it stands.
pub fn check_step(from: ClassState, to: ClassState) -> Result<()> {
    use ClassState::{Announced, Cancelled, Ended, Planned};
    match (from, to) {
        (Planned, Announced | Cancelled) | (Announced, Ended | Cancelled) => Ok(()),
        _ => Err(Error::conflict(format!("the class is {from}; it cannot become {to}"))),
    }
}

/// A class may be changed while it is to come or goes on.
///
/// # Errors
/// `conflict` when it is over.
pub fn check_changeable(state: ClassState) -> Result<()> {
    match state {
        ClassState::Planned | ClassState::Announced => Ok(()),
        _ => Err(Error::conflict(format!("the class is {state}; it is not changed any more"))),
    }
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;

    fn booking(class: u128, from: i64, to: i64, place: u128, lecturer: u128, staff: &[u128]) -> Booking {
        let id = Uuid::from_u128;
        Booking {
            class: (class > 0).then(|| ClassId(id(class))),
            slot: Slot { starts_at: Micros(from), ends_at: Micros(to) },
            place: (place > 0).then(|| PlaceId(id(place))),
            lecturer: StaffId(id(lecturer)),
            staff: staff.iter().map(|n| StaffId(id(*n))).collect(),
        }
    }

    fn person(n: u128) -> Clash {
        Clash::Person(StaffId(Uuid::from_u128(n)))
    }

    #[test]
    fn one_after_the_other_is_no_clash() {
        let first = booking(1, 10, 20, 5, 7, &[8]);
        assert!(clashes(&booking(0, 20, 30, 5, 7, &[8]), &first).is_empty());
        assert!(clashes(&booking(0, 0, 10, 5, 7, &[8]), &first).is_empty());
        for (from, to) in [(19, 30), (0, 11), (12, 13), (0, 99), (10, 20)] {
            assert_eq!(clashes(&booking(0, from, to, 5, 7, &[8]), &first).len(), 3, "{from}–{to}");
        }
    }

    #[test]
    fn a_person_clashes_as_lecturer_and_as_participant_once() {
        let first = booking(1, 10, 20, 5, 7, &[8, 9]);
        assert_eq!(clashes(&booking(2, 10, 20, 6, 8, &[7]), &first), [person(7), person(8)]);
        assert_eq!(clashes(&booking(2, 10, 20, 0, 9, &[9]), &first), [person(9)]);
        let nowhere = booking(1, 10, 20, 0, 7, &[]);
        assert!(
            clashes(&booking(2, 10, 20, 0, 3, &[4]), &nowhere).is_empty(),
            "no room is no room in common"
        );
    }

    #[test]
    fn a_class_does_not_stand_in_its_own_way() {
        let first = booking(1, 10, 20, 5, 7, &[8]);
        assert!(clashes(&booking(1, 15, 25, 5, 7, &[8]), &first).is_empty());
        assert_eq!(clashes(&booking(0, 15, 25, 0, 7, &[]), &booking(0, 10, 20, 0, 7, &[])), [person(7)]);
    }

    #[test]
    fn what_is_over_stays_so() {
        use ClassState::{Announced, Cancelled, Ended, Planned};
        for (from, to) in
            [(Planned, Announced), (Planned, Cancelled), (Announced, Ended), (Announced, Cancelled)]
        {
            assert!(check_step(from, to).is_ok(), "{from} {to}");
        }
        for from in [Ended, Cancelled] {
            assert!(ClassState::ALL.iter().all(|to| check_step(from, *to).is_err()));
            assert!(check_changeable(from).is_err());
        }
        assert!(check_step(Planned, Ended).is_err());
    }
}
