//! Codes: what an app shows, and what is kept for the day it is lost. Pure.

use kexun_base::time::Micros;
use kexun_base::{Error, Result};
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret: what RFC 4226 recommends for HMAC-SHA-1.
pub(super) const SECRET_BYTES: usize = 20;
/// How many recovery codes somebody gets.
pub(super) const RECOVERY_CODES: usize = 10;
/// Random bytes of one, five bits of each used: nobody guesses 50 bits through the gate.
pub(super) const RECOVERY_BYTES: usize = 10;
/// Letters and digits that nobody mistakes for one another (those of Crockford's base32).
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKMNPQRSTVWXYZ0123456789";

/// What is said with an app's secret.
pub(super) fn totp(secret: &[u8]) -> Result<Totp> {
    let secret: [u8; SECRET_BYTES] =
        secret.try_into().map_err(|_| Error::internal("a second factor's secret has the wrong length"))?;
    let totp = Builder::new().with_secret(Secret::new_stack(secret)).build();
    totp.map_err(|e| Error::internal(format!("a second factor cannot be used: {e}")))
}

/// The step of a code that is right now, or was one step of 30 s ago, or will be in one; none: it is wrong.
pub(super) fn step_of(secret: &[u8], code: &str, now: Micros) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.seconds()).unwrap_or_default();
    let step = totp(secret)?.check(code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// A secret as people type it into an app.
pub(super) fn written(secret: &[u8]) -> Result<String> {
    Ok(totp(secret)?.secret().to_base32())
}

/// The address that an app reads from a QR code (the key URI format of Google Authenticator).
pub(super) fn address(secret: &[u8], login: &str) -> Result<String> {
    let login: String = login.bytes().map(percent).collect();
    Ok(format!("otpauth://totp/Kexun:{login}?secret={}&issuer=Kexun", written(secret)?))
}

fn percent(byte: u8) -> String {
    let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// A recovery code of random bytes: two groups of five.
pub(super) fn recovery_code(random: [u8; RECOVERY_BYTES]) -> String {
    let letters = random.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let (first, second) = letters.split_at(5);
    format!("{}-{}", String::from_iter(first), String::from_iter(second))
}

/// What somebody typed: without spaces and dashes, narrow, in capitals, digits for the letters they were taken for.
pub(super) fn typed(code: &str) -> String {
    let narrow = |c: char| match c {
        // The wide forms in which a Chinese keyboard writes.
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    let kept = code.chars().map(narrow).filter(|c| !c.is_whitespace() && *c != '-');
    kept.flat_map(char::to_uppercase)
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Its table has eight digits; six are the last six of them.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(SECRET, code, Micros::from_seconds(seconds)).unwrap(), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_is_good_one_step_early_or_late() {
        let at = |seconds| step_of(SECRET, "287082", Micros::from_seconds(seconds)).unwrap();
        assert_eq!([at(0), at(29), at(30), at(59), at(89)], [Some(1); 5]);
        assert_eq!(at(90), None);
        for wrong in ["287083", "28708", "2870822", "", "+87082", "２８７０８２"] {
            assert_eq!(step_of(SECRET, wrong, Micros::from_seconds(59)).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_reads_the_address() {
        assert_eq!(
            address(SECRET, "li lei@店").unwrap(),
            "otpauth://totp/Kexun:li%20lei%40%E5%BA%97?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kexun"
        );
    }

    #[test]
    fn recovery_codes_are_read_however_they_are_typed() {
        let code = recovery_code([0, 31, 22, 23, 255, 7, 8, 9, 10, 11]);
        assert_eq!(code, "A901 9-HJKMN".replace(' ', ""));
        assert_eq!(typed(" a9o l9 hjkmn "), typed(&code));
        assert_eq!(typed("123 456"), "123456");
        assert_eq!(typed("１２３４５６"), "123456");
    }
}
