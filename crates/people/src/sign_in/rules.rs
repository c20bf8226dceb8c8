//! When a try is refused unseen, and what a password must be. Pure.

use kexun_base::time::Micros;
use kexun_base::{Error, Result};

/// Failures of a login before tries must wait.
pub const OF_LOGIN: i32 = 5;
/// Failures from an address before tries must wait: many people may share one.
pub const OF_ADDRESS: i32 = 30;
const FIRST_WAIT_SECONDS: i64 = 30;
const LONGEST_WAIT_SECONDS: i64 = 15 * 60;
/// Failures older than this are forgotten.
pub const FORGET_SECONDS: i64 = 3600;

/// Seconds that a try must still wait after `failures`, the last of them at `last_at`; 0: it may be
/// made now. From the `free`th failure on one waits 30 s, 60 s, 120 s … at most 15 minutes.
pub fn wait_seconds(failures: i32, last_at: Micros, now: Micros, free: i32) -> i64 {
    if failures < free {
        return 0;
    }
    let doublings = u32::try_from(failures - free).unwrap_or(0).min(10);
    let wait = (FIRST_WAIT_SECONDS << doublings).min(LONGEST_WAIT_SECONDS);
    (last_at.plus_seconds(wait).0 - now.0).max(0).div_euclid(1_000_000)
        + i64::from(last_at.plus_seconds(wait) > now)
}

/// Failures that still count.
pub fn remembered(failures: i32, last_at: Micros, now: Micros) -> i32 {
    if last_at.plus_seconds(FORGET_SECONDS) < now { 0 } else { failures }
}

/// Whether a password is long enough and not the login itself.
///
/// # Errors
/// `invalid` on `field`.
pub fn check_password(field: &str, password: &str, login: &str) -> Result<()> {
    let length = password.chars().count();
    if length < 8 {
        return Err(Error::field(field, "needs at least 8 characters"));
    }
    if password.len() > 512 {
        return Err(Error::field(field, "is too long; 512 bytes at most"));
    }
    if password.to_lowercase() == login.to_lowercase() {
        return Err(Error::field(field, "must not be the login"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_wait_longer_and_longer() {
        let at = Micros::from_seconds(1000);
        let after = |failures, seconds| wait_seconds(failures, at, at.plus_seconds(seconds), OF_LOGIN);
        assert_eq!(after(4, 0), 0);
        assert_eq!(after(5, 1), 30);
        assert_eq!(after(5, 30), 0);
        assert_eq!(after(6, 0), 61);
        assert_eq!(after(99, 0), LONGEST_WAIT_SECONDS + 1);
        assert_eq!(remembered(9, at, at.plus_seconds(FORGET_SECONDS)), 9);
        assert_eq!(remembered(9, at, at.plus_seconds(FORGET_SECONDS + 1)), 0);
    }

    #[test]
    fn short_passwords_are_refused() {
        assert!(check_password("new", "1234567", "li").is_err());
        assert!(check_password("new", "客服工作八个字吧", "li").is_ok());
        assert!(check_password("new", "LiLei2026", "lilei2026").is_err());
        assert!(check_password("new", &"a".repeat(513), "li").is_err());
    }
}
