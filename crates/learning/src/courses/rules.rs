//! What a course and a lesson must be like. Pure.

use kexun_base::{Error, Result};
use kexun_people::text;

use super::LessonKind;
use super::materials::FileKind;

/// The most characters of a lesson's text: some fifty pages.
const MOST_BODY: usize = 50_000;
/// The most characters of a course's description.
const MOST_DESCRIPTION: usize = 2_000;
/// The longest video: a day, in seconds.
const LONGEST_S: i32 = 86_400;
/// The longest lesson: ten hours, in minutes.
const MOST_MINUTES: i32 = 600;

/// What a lesson holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// What it is called.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// What its file is, if it has one.
    pub file: Option<FileKind>,
    /// How long a video lasts.
    pub length_s: Option<i32>,
    /// How long it takes, about.
    pub minutes: i32,
}

/// A title.
pub fn title(title: &str) -> Result<String> {
    text::required("title", title, 100)
}

/// A description of several lines.
pub fn description(description: &str) -> Result<String> {
    text::lines("description", description, MOST_DESCRIPTION)
}

/// What a lesson holds, cleaned: a text has text, each other kind the file that it is about, a video its
/// length besides.
pub fn content(kind: LessonKind, content: Content) -> Result<Content> {
    let title = title(&content.title)?;
    let body = text::lines("body", &content.body, MOST_BODY)?;
    if !(1..=MOST_MINUTES).contains(&content.minutes) {
        return Err(Error::field("minutes", format!("must be from 1 to {MOST_MINUTES}")));
    }
    let wanted = match kind {
        LessonKind::Text => None,
        LessonKind::Image => Some(FileKind::Image),
        LessonKind::Video => Some(FileKind::Video),
        LessonKind::File => Some(FileKind::File),
    };
    match (wanted, content.file) {
        (None, Some(_)) => return Err(Error::field("file", "a text has none; put pictures into its text")),
        (None, None) if body.is_empty() => return Err(Error::field("body", "is empty; write something")),
        (Some(kind), None) => {
            return Err(Error::field("file", format!("is missing: upload a file of the kind {kind} first")));
        }
        (Some(wanted), Some(file)) if wanted != file => {
            return Err(Error::field("file", format!("is of the kind {file}; this lesson takes {wanted}")));
        }
        _ => {}
    }
    let length_s = match (kind, content.length_s) {
        (LessonKind::Video, Some(length)) if (1..=LONGEST_S).contains(&length) => Some(length),
        (LessonKind::Video, _) => {
            return Err(Error::field(
                "length_s",
                format!("of a video must be from 1 to {LONGEST_S} seconds: by it is known who saw it"),
            ));
        }
        _ => None,
    };
    Ok(Content { title, body, length_s, ..content })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_has_what_its_kind_needs() {
        let draft = |body: &str, file, length_s| Content {
            title: "退货".into(),
            body: body.into(),
            file,
            length_s,
            minutes: 5,
        };
        let fault = |kind, draft| content(kind, draft).err().map(|e| e.fields[0].field.clone());
        assert_eq!(fault(LessonKind::Text, draft("# 一\r\n二", None, None)), None);
        assert_eq!(fault(LessonKind::Text, draft("  \n", None, None)).as_deref(), Some("body"));
        assert_eq!(fault(LessonKind::Text, draft("a\0", None, None)).as_deref(), Some("body"));
        assert_eq!(fault(LessonKind::Text, draft("a", Some(FileKind::Image), None)).as_deref(), Some("file"));
        assert_eq!(fault(LessonKind::Image, draft("", Some(FileKind::Image), None)), None);
        assert_eq!(fault(LessonKind::Image, draft("", Some(FileKind::File), None)).as_deref(), Some("file"));
        assert_eq!(fault(LessonKind::Video, draft("", Some(FileKind::Video), Some(90))), None);
        for length in [None, Some(0), Some(-5), Some(90_000)] {
            let fault = fault(LessonKind::Video, draft("", Some(FileKind::Video), length));
            assert_eq!(fault.as_deref(), Some("length_s"), "{length:?}");
        }
        let kept = content(LessonKind::Text, draft("a\r\nb", None, Some(7))).unwrap();
        assert_eq!((kept.body.as_str(), kept.length_s), ("a\nb", None));
    }
}
