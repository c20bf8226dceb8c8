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

/// The clocks of several servers may differ by so much.
const SKEW_SECONDS: i64 = 60;

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

/// Failures that still count. One that lies in the future was noted before the clock was set back: it is
/// forgotten, or people would wait until the clock has caught up.
pub fn remembered(failures: i32, last_at: Micros, now: Micros) -> i32 {
    let old = last_at.plus_seconds(FORGET_SECONDS) < now;
    if old || last_at > now.plus_seconds(SKEW_SECONDS) { 0 } else { failures }
}

/// Words of the program's own field, with which guessers begin.
const FIELD_WORDS: [&str; 8] = ["kexun", "客训", "kefu", "客服", "peixun", "培训", "dianpu", "qijiandian"];
/// A password that a guesser finds within so many tries is refused: what the gate lets through in years.
const LEAST_GUESSES: u64 = 1_000_000;

/// Whether a password is long enough and not one that guessers try first: lists of passwords that became
/// known, words, names, dates, patterns of the keyboard, and `about`, the words around this account. No rule
/// says which characters must be in it.
///
/// # Errors
/// `invalid` on `field`.
pub fn check_password(field: &str, password: &str, about: &[&str]) -> Result<()> {
    let length = password.chars().count();
    if length < 8 {
        return Err(Error::field(field, "needs at least 8 characters"));
    }
    if password.len() > 512 {
        return Err(Error::field(field, "is too long; 512 bytes at most"));
    }
    let words: Vec<&str> = FIELD_WORDS.iter().chain(about).copied().filter(|w| w.len() > 2).collect();
    if zxcvbn::zxcvbn(password, &words).guesses() < LEAST_GUESSES {
        let detail = "is easily guessed: a common password, a name, the login, or a simple pattern; take another, \
                      such as a few words that have nothing to do with each other";
        return Err(Error::field(field, detail));
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
        assert_eq!(remembered(9, at, at.plus_seconds(-SKEW_SECONDS)), 9);
        assert_eq!(remembered(9, at, at.plus_seconds(-SKEW_SECONDS - 1)), 0, "the clock was set back");
    }

    #[test]
    fn short_passwords_are_refused() {
        assert!(check_password("new", "1234567", &["li"]).is_err());
        assert!(check_password("new", "客服工作八个字吧", &["li"]).is_ok());
        assert!(check_password("new", "LiLei2026", &["lilei2026"]).is_err());
        assert!(check_password("new", &"a".repeat(513), &["li"]).is_err());
    }

    #[test]
    fn passwords_that_guessers_try_first_are_refused() {
        let about = ["lilei", "yunzhi"];
        for common in
            ["password", "12345678", "1qaz2wsx3edc", "P@ssw0rd", "qwertyuiop", "aaaaaaaaaaaa", "20260101"]
        {
            assert!(check_password("new", common, &about).is_err(), "{common}");
        }
        for close in ["kexun2026", "yunzhi123", "lilei2026", "ielil2026", "Kefu12345"] {
            assert!(check_password("new", close, &about).is_err(), "{close}");
        }
        for fine in [
            "correct horse battery",
            "another one",
            "三只小猪爱吃西瓜",
            "gT7#qLw2",
            &"天地玄黄宇宙洪荒".repeat(8),
        ] {
            assert!(check_password("new", fine, &about).is_ok(), "{fine}");
        }
    }
}
