//! Calendar entries as files (RFC 5545), and as the invitations that calendars answer to (RFC 5546).
//! Pure.

use serde::{Deserialize, Serialize};

use crate::time::Micros;

/// Octets that a line may have, its end not counted.
const LINE: usize = 75;

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What calendars know it by, the same through all its changes.
    pub uid: String,
    /// Counts its changes, from 0: a calendar keeps the highest.
    pub sequence: i32,
    /// When it was written down so.
    pub stamp: Micros,
    /// When it begins.
    pub starts_at: Micros,
    /// When it ends; the first instant after it.
    pub ends_at: Micros,
    /// What it is.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Where.
    pub location: Option<String>,
    /// Where more stands about it.
    pub url: Option<String>,
    /// Whether it does not take place.
    pub cancelled: bool,
}

/// Who is asked by whom, by e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation<'a> {
    /// Who asks.
    pub organizer: &'a str,
    /// Who is asked.
    pub attendee: &'a str,
    /// His name.
    pub name: &'a str,
}

impl Entry {
    /// The method by which it is sent: `REQUEST` or `CANCEL` to somebody, `PUBLISH` to anybody.
    pub fn method(&self, to: Option<&Invitation<'_>>) -> &'static str {
        match to {
            Some(_) if self.cancelled => "CANCEL",
            Some(_) => "REQUEST",
            None => "PUBLISH",
        }
    }

    /// The file: an invitation to somebody, or the bare entry.
    pub fn file(&self, to: Option<&Invitation<'_>>) -> String {
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Kexun//Kexun//ZH".to_owned(),
            "CALSCALE:GREGORIAN".to_owned(),
            format!("METHOD:{}", self.method(to)),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&self.uid)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", utc(self.stamp)),
            format!("DTSTART:{}", utc(self.starts_at)),
            format!("DTEND:{}", utc(self.ends_at)),
            format!("SUMMARY:{}", escaped(&self.summary)),
        ];
        if !self.description.is_empty() {
            lines.push(format!("DESCRIPTION:{}", escaped(&self.description)));
        }
        lines.extend(self.location.iter().map(|place| format!("LOCATION:{}", escaped(place))));
        // An address is no text: nothing in it is escaped.
        lines.extend(self.url.iter().map(|url| format!("URL:{}", printable(url))));
        lines.push(format!("STATUS:{}", if self.cancelled { "CANCELLED" } else { "CONFIRMED" }));
        if let Some(to) = to {
            lines.push(format!("ORGANIZER:mailto:{}", printable(to.organizer)));
            lines.push(format!(
                "ATTENDEE;CN=\"{}\";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{}",
                printable(to.name).replace('"', "'"),
                printable(to.attendee)
            ));
        }
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
        lines.iter().map(|line| folded(line)).collect()
    }
}

/// An instant in UTC, as `20260701T020000Z`.
fn utc(at: Micros) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text value: what has a meaning of its own is escaped, what cannot be shown is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A line and its end, cut into pieces of no more octets than may be, never within a character.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / LINE * 3 + 2);
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry() -> Entry {
        Entry {
            uid: "19970901T130000Z-123401@example.com".into(),
            sequence: 2,
            stamp: Micros::from_seconds(873_118_800),
            starts_at: Micros::from_seconds(873_286_200),
            ends_at: Micros::from_seconds(873_288_000),
            summary: "Annual Employee Review".into(),
            description: String::new(),
            location: Some("1CP Conference Room 4350".into()),
            url: None,
            cancelled: false,
        }
    }

    /// What a reader makes of a folded file again (RFC 5545, 3.1).
    fn unfolded(file: &str) -> String {
        file.replace("\r\n ", "")
    }

    #[test]
    fn an_entry_is_written_as_the_standard_shows() {
        // The values of RFC 5545, 3.6.1: 2 September 1997, 16:30 to 17:00 UTC.
        let file = entry().file(None);
        for line in [
            "METHOD:PUBLISH",
            "UID:19970901T130000Z-123401@example.com",
            "DTSTAMP:19970901T130000Z",
            "DTSTART:19970903T113000Z",
            "DTEND:19970903T120000Z",
            "SUMMARY:Annual Employee Review",
            "LOCATION:1CP Conference Room 4350",
            "STATUS:CONFIRMED",
            "SEQUENCE:2",
        ] {
            assert!(file.split("\r\n").any(|l| l == line), "{line} is not in\n{file}");
        }
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(file.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn texts_are_escaped_as_the_standard_shows() {
        // RFC 5545, 3.3.11.
        let text = "Project XYZ Final Review\nConference Room - 3B\nCome Prepared.";
        assert_eq!(escaped(text), "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared.");
        assert_eq!(escaped("a;b,c\\d\r\ne\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }

    #[test]
    fn who_is_asked_is_asked_and_told_when_it_is_off() {
        let to = Invitation { organizer: "kexun@example.com", attendee: "li@example.com", name: "李\"雷" };
        let mut entry = entry();
        let asked = unfolded(&entry.file(Some(&to)));
        assert!(asked.contains("METHOD:REQUEST\r\n"));
        assert!(asked.contains("ORGANIZER:mailto:kexun@example.com\r\n"));
        assert!(asked.contains("ATTENDEE;CN=\"李'雷\";"), "{asked}");
        assert!(asked.contains(":mailto:li@example.com\r\n"));
        entry.cancelled = true;
        entry.sequence = 3;
        let told = unfolded(&entry.file(Some(&to)));
        for line in
            ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", "UID:19970901T130000Z-123401@example.com"]
        {
            assert!(told.contains(&format!("{line}\r\n")), "{told}");
        }
    }

    proptest! {
        #[test]
        fn long_lines_are_folded_and_come_back(text in "[a-z培训班：,;\\\\ 😀]{0,300}") {
            let folded = folded(&text);
            for line in folded.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{} octets", line.len());
            }
            prop_assert_eq!(unfolded(&folded), format!("{text}\r\n"));
        }
    }
}
