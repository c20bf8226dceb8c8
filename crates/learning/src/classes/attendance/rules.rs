//! Codes, times and what follows from them. Pure.

use kexun_base::secrets::Key;
use kexun_base::time::Micros;
use kexun_base::{Error, Result};

use crate::classes::entity::participant::Model;
use crate::classes::rules::Slot;
use crate::classes::{Attendance, ClassId, ClassState, LeaveState};

/// Seconds for which a code stands on the screen.
pub const STEP_S: i64 = 15;
/// Seconds before the beginning from which one signs in.
const EARLY_S: i64 = 30 * 60;
/// Wrong codes that one may enter within [`WINDOW_S`].
pub const TRIES: i32 = 10;
/// Seconds over which wrong codes are counted.
pub const WINDOW_S: i64 = 5 * 60;

/// The six digits of a class in a step of time.
fn digits(key: &Key, class: ClassId, step: i64) -> String {
    let hash = key.hash(&[class.0.as_bytes(), &step.to_be_bytes()]);
    let number = u64::from_be_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]]);
    format!("{:06}", number % 1_000_000)
}

fn step(at: Micros) -> i64 {
    at.seconds().div_euclid(STEP_S)
}

/// The code on the screen of a class, and when it changes.
pub fn code(key: &Key, class: ClassId, now: Micros) -> (String, Micros) {
    (digits(key, class, step(now)), Micros::from_seconds((step(now) + 1) * STEP_S))
}

/// Whether these digits stand on the screen, or stood there just before: reading and typing takes time.
pub fn is_code(key: &Key, class: ClassId, now: Micros, typed: &str) -> bool {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    [step(now), step(now) - 1].iter().any(|step| digits(key, class, *step) == typed)
}

/// When signing in begins.
pub fn opens_at(starts_at: Micros) -> Micros {
    starts_at.plus_seconds(-EARLY_S)
}

/// Whether one may sign in at an instant.
///
/// # Errors
/// `conflict`, saying why not.
pub fn signs_in(state: ClassState, starts_at: Micros, ends_at: Micros, now: Micros) -> Result<()> {
    let refuse = |detail: String| Err(Error::conflict(detail));
    match state {
        ClassState::Announced if now < opens_at(starts_at) => {
            refuse(format!("too early: signing in begins at {}", opens_at(starts_at)))
        }
        ClassState::Announced if now < ends_at => Ok(()),
        ClassState::Announced | ClassState::Ended => {
            refuse("the class is over; ask the lecturer to put down that you came".into())
        }
        ClassState::Planned => refuse("the class is not announced yet".into()),
        ClassState::Cancelled => refuse("the class does not take place".into()),
    }
}

/// What signing in at an instant comes to.
pub fn on_time(starts_at: Micros, late_after_min: i32, at: Micros) -> Attendance {
    let grace = starts_at.plus_seconds(i64::from(late_after_min) * 60);
    if at < grace { Attendance::Present } else { Attendance::Late }
}

/// How somebody stands once what was set by hand is taken back: as when he signed in, if he did.
pub fn taken_back(starts_at: Micros, late_after_min: i32, signed_in_at: Option<Micros>) -> Attendance {
    signed_in_at.map_or(Attendance::Invited, |at| on_time(starts_at, late_after_min, at))
}

/// How somebody stands in a class that is at another time now. A sign-in holds if it would be in time for
/// that, and in any case where only the end is another: who came last had come before it was shortened. What was set by hand, and leave, hold where the two times meet: else they were for another day or
/// hour, he is invited again and may ask for leave again. An application that waits goes on waiting.
pub fn moved(row: Model, from: &Slot, to: &Slot, late_after_min: i32) -> Model {
    if from == to {
        return row;
    }
    let holds = from.meets(to);
    let in_time = |at: &Micros| opens_at(to.starts_at) <= *at && *at < to.ends_at;
    let signed_in_at = row.signed_in_at.filter(|at| from.starts_at == to.starts_at || in_time(at));
    let settled = row.reason.is_some() || row.status == Attendance::Leave;
    let status = match holds && settled {
        true => row.status,
        false => taken_back(to.starts_at, late_after_min, signed_in_at),
    };
    let leave_state = row.leave_state.filter(|state| holds || *state == LeaveState::Asked);
    Model {
        status,
        signed_in_at,
        reason: row.reason.filter(|_| holds),
        leave_reason: row.leave_reason.filter(|_| leave_state.is_some()),
        leave_state,
        ..row
    }
}

/// Minutes of a class that somebody was there for: whoever came late missed what was before, all others
/// who came were there from the beginning.
pub fn minutes(starts_at: Micros, ends_at: Micros, status: Attendance, signed_in_at: Option<Micros>) -> i64 {
    let from = match status {
        Attendance::Present => starts_at,
        Attendance::Late => signed_in_at.unwrap_or(starts_at).max(starts_at),
        Attendance::Invited | Attendance::Leave | Attendance::Absent => return 0,
    };
    ((ends_at.0 - from.0) / 60_000_000).max(0)
}

#[cfg(test)]
mod tests {
    use kexun_base::ids::Uuid;

    use super::*;

    const CLASS: ClassId = ClassId(Uuid::from_u128(7));

    fn at(seconds: i64) -> Micros {
        Micros::from_seconds(seconds)
    }

    #[test]
    fn a_code_holds_for_its_step_and_the_next() {
        let key = Key::from_bytes([1; 32]);
        let (shown, until) = code(&key, CLASS, at(3007));
        assert_eq!((shown.len(), until), (6, at(3015)));
        assert!(is_code(&key, CLASS, at(3000), &shown) && is_code(&key, CLASS, at(3029), &shown));
        assert!(is_code(&key, CLASS, at(3007), &format!(" {} {}", &shown[..3], &shown[3..])));
        assert!(!is_code(&key, CLASS, at(3030), &shown), "two steps later it is old");
        assert!(!is_code(&key, CLASS, at(2999), &shown), "it is not known before");
        assert!(!is_code(&key, ClassId(Uuid::from_u128(8)), at(3007), &shown), "another class has another");
        assert!(!is_code(&Key::from_bytes([2; 32]), CLASS, at(3007), &shown));
        assert!(!is_code(&key, CLASS, at(3007), ""));
    }

    #[test]
    fn signing_in_has_its_time() {
        let may = |state, now| signs_in(state, at(10_000), at(20_000), at(now)).is_ok();
        assert!(!may(ClassState::Announced, 8_199));
        assert!(may(ClassState::Announced, 8_200));
        assert!(may(ClassState::Announced, 19_999));
        assert!(!may(ClassState::Announced, 20_000));
        for state in [ClassState::Planned, ClassState::Ended, ClassState::Cancelled] {
            assert!(!may(state, 15_000), "{state}");
        }
    }

    fn row(status: Attendance, signed_in_at: Option<i64>) -> Model {
        Model {
            id: Uuid::nil().into(),
            tenant_id: Uuid::nil().into(),
            class_id: CLASS,
            staff_id: Uuid::nil().into(),
            status,
            signed_in_at: signed_in_at.map(at),
            reason: None,
            leave_state: None,
            leave_reason: None,
            version: 1,
        }
    }

    /// As a class from 10,000 to 20,000 seconds was moved.
    fn to(row: &Model, from: i64, until: i64) -> Model {
        let slot = |from, until| Slot { starts_at: at(from), ends_at: at(until) };
        moved(row.clone(), &slot(10_000, 20_000), &slot(from, until), 10)
    }

    #[test]
    fn a_sign_in_holds_if_it_is_in_time_for_the_new_time() {
        let signed_in = row(Attendance::Present, Some(9_500));
        let next_week = to(&signed_in, 610_000, 620_000);
        assert_eq!((next_week.status, next_week.signed_in_at), (Attendance::Invited, None));
        assert_eq!(to(&signed_in, 10_000, 30_000), signed_in, "it only lasts longer");
        assert_eq!(to(&signed_in, 10_300, 20_000), signed_in, "five minutes later");
        let late = row(Attendance::Late, Some(15_000));
        assert_eq!(to(&late, 10_000, 14_000), late, "it was shortened when he had come");
        let earlier = to(&signed_in, 8_000, 20_000);
        assert_eq!((earlier.status, earlier.signed_in_at), (Attendance::Late, Some(at(9_500))));
        assert_eq!(to(&signed_in, 12_000, 20_000).signed_in_at, None, "long before it would begin");
    }

    #[test]
    fn leave_and_what_was_set_by_hand_were_for_the_old_time() {
        let leave = Model {
            leave_state: Some(LeaveState::Granted),
            leave_reason: Some("看牙医".into()),
            ..row(Attendance::Leave, None)
        };
        assert_eq!(to(&leave, 15_000, 25_000), leave);
        assert_eq!(to(&leave, 20_000, 30_000), row(Attendance::Invited, None), "he may ask again");
        let asked = Model { leave_state: Some(LeaveState::Asked), status: Attendance::Invited, ..leave };
        assert_eq!(to(&asked, 20_000, 30_000), asked, "it waits for its answer");
        let refused = Model { leave_state: Some(LeaveState::Refused), ..asked };
        assert_eq!(to(&refused, 20_000, 30_000), row(Attendance::Invited, None));
        let by_hand = Model { reason: Some("手机没电".into()), ..row(Attendance::Present, None) };
        assert_eq!(to(&by_hand, 10_300, 20_300), by_hand);
        assert_eq!(to(&by_hand, 90_000, 99_000), row(Attendance::Invited, None));
    }

    #[test]
    fn what_is_taken_back_leaves_the_sign_in() {
        assert_eq!(taken_back(at(600), 10, None), Attendance::Invited);
        assert_eq!(taken_back(at(600), 10, Some(at(0))), Attendance::Present);
        assert_eq!(taken_back(at(600), 10, Some(at(1200))), Attendance::Late);
    }

    #[test]
    fn whoever_comes_after_the_grace_is_late_and_missed_something() {
        assert_eq!(on_time(at(600), 10, at(1199)), Attendance::Present);
        assert_eq!(on_time(at(600), 10, at(1200)), Attendance::Late);
        assert_eq!(on_time(at(600), 0, at(600)), Attendance::Late);
        let of = |status, signed: Option<i64>| minutes(at(0), at(3600), status, signed.map(at));
        assert_eq!(of(Attendance::Present, Some(500)), 60);
        assert_eq!(of(Attendance::Late, Some(1200)), 40);
        assert_eq!(of(Attendance::Late, None), 60);
        assert_eq!(of(Attendance::Late, Some(9999)), 0);
        assert_eq!(of(Attendance::Absent, Some(1)) + of(Attendance::Leave, None), 0);
    }
}
