//! Texts that people type: cleaned and bounded before they are stored. Pure.

use kexun_base::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// A text or number that is filled into words of the web.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Param {
    /// A name, a day, a word that the web knows.
    Text(String),
    /// How many.
    Number(f64),
}

/// A name or the like: trimmed, not empty, at most `most` characters, no control characters.
pub fn required(field: &str, text: &str, most: usize) -> Result<String> {
    match optional(field, Some(text), most)? {
        Some(text) => Ok(text),
        None => Err(Error::field(field, "is empty; write something")),
    }
}

/// The same where nothing is fine: blank is none.
pub fn optional(field: &str, text: Option<&str>, most: usize) -> Result<Option<String>> {
    let text = text.unwrap_or_default().trim();
    if text.chars().any(char::is_control) {
        return Err(Error::field(field, "has control characters or line breaks in it; take them out"));
    }
    let length = text.chars().count();
    if length > most {
        return Err(Error::field(field, format!("has {length} characters; {most} at most")));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// A text of several lines, or nothing: trimmed, line ends as `\n`, at most `most` characters, no other
/// control characters but tabs.
pub fn lines(field: &str, text: &str, most: usize) -> Result<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Error::field(field, "has control characters in it; take them out"));
    }
    let length = text.chars().count();
    if length > most {
        return Err(Error::field(field, format!("has {length} characters; {most} at most")));
    }
    Ok(text.to_owned())
}

/// An e-mail address, roughly: the mail server knows better, this catches slips.
pub fn email(field: &str, text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = optional(field, text, 200)? else { return Ok(None) };
    if text.parse::<lettre::Address>().is_ok() {
        return Ok(Some(text));
    }
    Err(Error::field(field, format!("{text:?} is no e-mail address, e.g. li@example.com")))
}

/// A login: 1 to 64 characters, no spaces, lower case.
pub fn login(field: &str, text: &str) -> Result<String> {
    let text = required(field, text, 64)?.to_lowercase();
    if text.contains(char::is_whitespace) {
        return Err(Error::field(field, "has spaces in it; a login has none"));
    }
    Ok(text)
}

/// Short name of a tenant, as it stands in headers and addresses.
pub fn slug(field: &str, text: &str) -> Result<String> {
    let text = required(field, text, 64)?;
    if text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)) {
        return Ok(text);
    }
    Err(Error::field(field, "may have Latin letters, digits, - _ and . only"))
}

/// Tells a field that is left out (none) from one that is `null` (some of none).
pub fn some_or_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_bounded() {
        assert_eq!(required("name", "  李雷 ", 10).unwrap(), "李雷");
        assert!(required("name", " \t ", 10).is_err());
        assert!(required("name", "a\nb", 10).is_err());
        assert!(required("name", "一二三", 2).is_err());
        assert_eq!(optional("phone", Some("  "), 10).unwrap(), None);
    }

    #[test]
    fn texts_of_several_lines_keep_them() {
        assert_eq!(lines("words", " 一\r\n\t二\r三\n ", 6).unwrap(), "一\n\t二\n三");
        assert_eq!(lines("words", " \r\n ", 0).unwrap(), "", "blank counts nothing");
        assert!(lines("words", "1234567", 6).is_err() && lines("words", "a\u{0}", 6).is_err());
    }

    #[test]
    fn slips_in_addresses_are_caught() {
        assert_eq!(email("email", Some("li@example.com")).unwrap().as_deref(), Some("li@example.com"));
        for wrong in ["li", "li@", "@example.com", "li li@example.com"] {
            assert!(email("email", Some(wrong)).is_err(), "{wrong}");
        }
        assert_eq!(login("login", " Li.Lei ").unwrap(), "li.lei");
        assert!(login("login", "li lei").is_err());
        assert!(slug("slug", "店").is_err());
        assert_eq!(slug("slug", "T_1").unwrap(), "T_1");
    }
}
