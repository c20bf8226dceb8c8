//! Codes, times and what follows from them. Pure.

use kexun_base::secrets::Key;
use kexun_base::time::Micros;
use kexun_base::{Error, Result};

use crate::classes::{Attendance, ClassId, ClassState};

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
