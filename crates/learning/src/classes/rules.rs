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

/// Who takes part in a class may ask for leave, and be answered, until it is settled who came.
///
/// # Errors
/// `conflict` when it is settled, or the class does not take place.
pub fn check_unsettled(state: ClassState) -> Result<()> {
    match state {
        ClassState::Planned | ClassState::Announced => Ok(()),
        _ => Err(Error::conflict(format!("the class is {state}; it is not changed any more"))),
    }
}

/// A class that was announced may be changed and called off until its end: then people have come, and the
/// books must hear of them. One that nobody was told of can be put right whenever.
///
/// # Errors
/// `conflict` when it is over.
pub fn check_to_come(state: ClassState, ends_at: Micros, now: Micros) -> Result<()> {
    check_unsettled(state)?;
    if state == ClassState::Announced && now >= ends_at {
        return Err(Error::conflict("the class is over; end it, and set by hand who came and who did not"));
    }
    Ok(())
}

/// When a class that nobody ends is ended by itself: some time after its end, and after it was announced
/// where it was over by then, so that there is time to put down who came.
pub fn closes_at(ends_at: Micros, now: Micros) -> Micros {
    ends_at.max(now).plus_seconds(CLOSES_AFTER_S)
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
            assert!(check_unsettled(from).is_err());
            assert!(check_to_come(from, Micros(20), Micros(10)).is_err());
        }
        assert!(check_step(Planned, Ended).is_err());
        assert!(check_to_come(Announced, Micros(20), Micros(19)).is_ok());
        assert!(check_to_come(Announced, Micros(20), Micros(20)).is_err());
        assert!(check_to_come(Planned, Micros(20), Micros(20)).is_ok(), "nobody was told of it");
    }

    #[test]
    fn what_was_over_when_it_was_announced_is_not_ended_at_once() {
        let at = Micros::from_seconds;
        assert_eq!(closes_at(at(100), at(50)), at(100 + CLOSES_AFTER_S));
        assert_eq!(closes_at(at(100), at(86_400)), at(86_400 + CLOSES_AFTER_S));
    }
}
