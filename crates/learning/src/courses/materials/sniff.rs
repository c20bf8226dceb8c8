//! What a file is, by its first bytes. Pure.

use super::FileKind;

/// So many bytes at its beginning tell what a file is.
pub const HEAD: usize = 64;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it can be used for.
    pub kind: FileKind,
    /// The ending that such files have, without dot.
    pub ending: &'static str,
}

/// Brands of MP4 that browsers play; QuickTime, HEIC and audio have others.
const BRANDS: [&[u8]; 13] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash",
    b"MSNV", b"3gp5",
];

/// Endings of Office documents in a ZIP, and of older ones in an OLE file: the content alone does not tell
/// them apart cheaply, and they are only ever saved.
const ZIPPED: [&str; 6] = ["docx", "xlsx", "pptx", "odt", "ods", "odp"];
const OLE: [&str; 3] = ["doc", "xls", "ppt"];

/// What a file that begins with these bytes is; none: nothing that is taken. The name only chooses among
/// documents that are packed alike.
pub fn found(head: &[u8], name: &str) -> Option<Found> {
    let of = |kind, ending| Some(Found { kind, ending });
    let named = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let among = |endings: &[&'static str]| endings.iter().copied().find(|e| *e == named);
    match head {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => of(FileKind::Image, "png"),
        [0xFF, 0xD8, 0xFF, ..] => of(FileKind::Image, "jpg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => of(FileKind::Image, "gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => of(FileKind::Image, "webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] if BRANDS.contains(&&[*a, *b, *c, *d][..]) => {
            of(FileKind::Video, "mp4")
        }
        [0x1A, 0x45, 0xDF, 0xA3, rest @ ..] if rest.windows(4).any(|w| w == b"webm") => {
            of(FileKind::Video, "webm")
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => of(FileKind::File, "pdf"),
        [b'P', b'K', 3, 4, ..] => of(FileKind::File, among(&ZIPPED).unwrap_or("zip")),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => of(FileKind::File, among(&OLE)?),
        _ => None,
    }
}

/// All that [`media_type`] says.
pub const MEDIA_TYPES: [&str; 12] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "video/mp4",
    "video/webm",
    "application/pdf",
    "application/zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/octet-stream",
];

/// The media type of files with an ending of ours.
pub fn media_type(ending: &str) -> &'static str {
    match ending {
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        _ => "application/octet-stream",
    }
}

/// The name of a file with the ending that its content has, without folders and control characters.
pub fn cleaned(name: &str, ending: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let stem: String = stem.chars().filter(|c| !c.is_control()).take(100).collect();
    let stem = stem.trim();
    format!("{}.{ending}", if stem.is_empty() { "file" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_says_what_a_file_is() {
        let ending = |head: &[u8], name| found(head, name).map(|f| f.ending);
        assert_eq!(ending(b"\x89PNG\r\n\x1a\n....", "a.html"), Some("png"));
        assert_eq!(ending(b"\0\0\0\x20ftypisom....", "a.png"), Some("mp4"));
        assert_eq!(ending(b"\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm", "a"), Some("webm"));
        assert_eq!(ending(b"\x1A\x45\xDF\xA3\x9F\x42\x82\x88matroska", "a.webm"), None);
        assert_eq!(ending(b"PK\x03\x04....", "a.PPTX"), Some("pptx"));
        assert_eq!(ending(b"PK\x03\x04....", "a.html"), Some("zip"));
        assert_eq!(ending(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.exe"), None);
        let hostile: [&[u8]; 7] = [
            b"<!doctype html><script>",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"\xEF\xBB\xBF<?xml version=\"1.0\"?><svg/>",
            b"MZ\x90\0",
            b"#!/bin/sh",
            b"\0\0\0\x20ftypqt  ",
            b"",
        ];
        for head in hostile {
            assert_eq!(ending(head, "a.png"), None, "{head:?}");
        }
    }

    #[test]
    fn every_media_type_is_declared() {
        let known = ["png", "jpg", "gif", "webp", "mp4", "webm", "pdf", "zip"];
        for ending in known.iter().chain(&ZIPPED).chain(&OLE) {
            assert!(MEDIA_TYPES.contains(&media_type(ending)), "{ending}");
        }
    }

    #[test]
    fn a_name_loses_what_it_should_not_have() {
        assert_eq!(cleaned("../../etc/退货.html", "png"), "退货.png");
        assert_eq!(cleaned("C:\\x\\a\r\nb.mp4", "mp4"), "ab.mp4");
        assert_eq!(cleaned(".png", "png"), "file.png");
        assert_eq!(cleaned("", "pdf"), "file.pdf");
    }
}
